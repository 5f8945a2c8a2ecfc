package customer

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"
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

	// Reports are those of unauthorised use. Nil means that it is not known whether
	// there are any; an empty list, that there are none.
	Reports []Report
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
	for _, n := range []struct {
		count    int
		one, all string
	}{{len(a.Delegates), " delegate", " delegates"}, {len(a.Reports), " report", " reports"}} {
		switch n.count {
		case 0:
		case 1:
			counts = append(counts, "1"+n.one)
		default:
			counts = append(counts, strconv.Itoa(n.count)+n.all)
		}
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

// A Delegate is somebody with the holder's permission to use the account.
type Delegate struct {
	// Account is the delegate's own account id.
	Account string

	// From and Until are when the permission holds: at From it does, at Until it does
	// not any more. The zero From means always before Until, the zero Until for good.
	From, Until time.Time
}

// Holds reports whether the permission holds at an instant.
func (d Delegate) Holds(at time.Time) bool {
	return (d.From.IsZero() || !at.Before(d.From)) && (d.Until.IsZero() || at.Before(d.Until))
}

// A Report is one of unauthorised use of the account.
type Report struct {
	ID string // names the report in a finding

	// Made and Closed are when: at Made it is open, at Closed it is not any more. The
	// zero Closed means that it is open still.
	Made, Closed time.Time
}

// Open reports whether the report is open at an instant. One that is to be made later
// is not.
func (r Report) Open(at time.Time) bool {
	return !at.Before(r.Made) && (r.Closed.IsZero() || at.Before(r.Closed))
}

// A Requester is who asks for a refund, as the host has authenticated them. The zero
// Requester is not known.
type Requester struct {
	// Account is the requester's own account id, never one that an e-mail states.
	Account string
}

// access says what an account is to a requester.
func (a *Account) access(r Requester, at time.Time) access {
	holder, who := id(a.ID), id(r.Account)
	switch {
	case holder == "" || who == "":
		return accessUnknown
	case holder == who:
		return accessHolder
	}
	for _, d := range a.Delegates {
		if id(d.Account) == who && d.Holds(at) {
			return accessDelegate
		}
	}
	return accessStranger
}

type access int

const (
	accessUnknown access = iota
	accessHolder
	accessDelegate
	accessStranger
)

// id returns an id as it is compared: without the blanks, tabs and line ends of ASCII
// around it, which forms leave behind, and otherwise byte for byte.
func id(s string) string { return strings.Trim(s, " \t\r\n") }
