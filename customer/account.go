package customer

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// An Account is what the host knows of a customer's account, as far as the policy
// asks. It prints without names. The zero Account is one that nothing is known of.
type Account struct {
	// ID is the account's id, as in [refund.Subscription].
	ID string

	// Holder is the holder's name, for people. Identity is compared by ID alone. Optional.
	Holder string

	// Username is the name that the customer chose to sign in with; empty means that
	// none was chosen ([refund.ClauseRegistration]).
	Username string

	// Particulars are what the registration form requires. Nil means that the
	// registration is not known.
	Particulars []Particular

	// Delegates are who has the holder's permission to use the account. Nil and empty
	// both mean nobody.
	Delegates []Delegate

	// Reports are the reports of unauthorized use. Nil means that it is not known
	// whether there are any; an empty list, that there are none.
	Reports []MisuseReport
}

// String returns the account's id and counts, such as "account ACC-7 (2 delegates)":
// neither the holder's name nor the username. So do all verbs of package fmt, and
// LogValue.
func (a Account) String() string {
	s := "account of an unknown id"
	if a.ID != "" {
		s = "account " + a.ID
	}
	var counts []string
	if n := len(a.Delegates); n > 0 {
		counts = append(counts, words.Count(n, "delegate", "delegates"))
	}
	if n := len(a.Reports); n > 0 {
		counts = append(counts, words.Count(n, "report", "reports"))
	}
	if counts != nil {
		s += " (" + strings.Join(counts, ", ") + ")"
	}
	return s
}

// Format writes what String returns, whatever the verb.
func (a Account) Format(f fmt.State, _ rune) { io.WriteString(f, a.String()) }

// LogValue returns what String does.
func (a Account) LogValue() slog.Value { return slog.StringValue(a.String()) }

// A Particular is one thing that the registration form requires, such as a postal
// address. What it says is not kept here.
type Particular struct {
	Name    string // such as "postal address"
	Present bool   // given, and current as far as is known
}
