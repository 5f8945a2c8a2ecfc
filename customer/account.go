package customer

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// An Account holds the facts about a customer's account that the policy asks for. Printing
// and logging it shows no names, and encoding it is an error. In the zero Account, every
// fact is unknown.
type Account struct {
	// ID is the account's id, as in [refund.Subscription]. Empty means unknown.
	ID string

	// Holder is the holder's name, for people. Accounts are compared by ID alone.
	// Optional.
	Holder string

	// Username is the name with which the customer signs in. Empty means that the customer
	// chose none ([refund.ClauseRegistration]).
	Username string

	// Particulars are the entries that the registration form requires. Nil means that the
	// registration is unknown.
	Particulars []Particular

	// Delegates have the holder's permission to use the account. Nil and an empty list both
	// mean no delegates.
	Delegates []Delegate

	// Reports are the reports of unauthorized use. Nil means that the reports are unknown;
	// an empty list states that there are none.
	Reports []MisuseReport
}

// String returns the account's id and the numbers of delegates and reports, such as
// "account ACC-7 (2 delegates)". It omits the holder's name and the username.
func (a Account) String() string {
	s := "account with an unknown id"
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

// Format writes the result of String for every verb. Package fmt does not call it for the
// verbs %p and %w, nor for an account in an unexported field.
func (a Account) Format(f fmt.State, _ rune) { io.WriteString(f, a.String()) }

// LogValue returns the result of String.
func (a Account) LogValue() slog.Value { return slog.StringValue(a.String()) }

// A structured logger passes a value inside a slice or a struct to an encoder, which would
// write every field. So the methods that encoders call return an error.

var errNotEncoded = errors.New("customer: an account is private and is not encoded: encode the fields that are needed")

// MarshalText always returns an error, so that encoding/json, encoding/xml and JSON loggers
// do not write names.
func (a Account) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary always returns an error, so that encoding/gob and similar encoders do not
// write names.
func (a Account) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// A Particular is one entry that the registration form requires, such as a postal address.
// It does not hold the content of the entry. In the zero Particular, the entry is missing.
type Particular struct {
	Name    string // the name of the entry, such as "postal address"
	Present bool   // the customer gave the entry, and it is current as far as the host knows
}
