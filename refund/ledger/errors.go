package ledger

import (
	"errors"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// What a program acts on. Beside these, a decision or a plan on other books is
// [decision.ErrStale], and nothing to give back [decision.ErrNothingToRefund].
var (
	// ErrConflict: the key stands for something else, or the decision was posted under
	// another key.
	ErrConflict = errors.New("ledger: conflict")
	// ErrInsufficient: less is free than is to be refunded, since a part is disputed or
	// was given back. It comes in an [*InsufficientError].
	ErrInsufficient = errors.New("ledger: not enough is free")
	// ErrDisputed: the payment was disputed since the refund was posted. Let the
	// instruction fail, or wait for the dispute to be won.
	ErrDisputed = errors.New("ledger: the payment is disputed")
	// ErrTransition: what is told cannot follow on what is known. It comes in a
	// [*TransitionError].
	ErrTransition = errors.New("ledger: cannot follow")
	// ErrUnknown: there is no such payment, instruction or dispute; if it was told too
	// early, tell it again later.
	ErrUnknown = errors.New("ledger: not known")
)

// InsufficientError says what is free, and what is held in disputes. It matches
// [ErrInsufficient].
type InsufficientError struct {
	Amount, Free, Held refund.Money
}

// Error tells the amounts.
func (e *InsufficientError) Error() string {
	return "ledger: " + e.Amount.String() + " is more than the " + e.Free.String() + " that is free, with " + e.Held.String() + " in dispute"
}

// Unwrap returns [ErrInsufficient].
func (e *InsufficientError) Unwrap() error { return ErrInsufficient }

// TransitionError names the two states. It matches [ErrTransition].
type TransitionError struct {
	From, To State
}

// Error names both states.
func (e *TransitionError) Error() string {
	return "ledger: " + e.To.String() + " cannot follow on " + e.From.String()
}

// Unwrap returns [ErrTransition].
func (e *TransitionError) Unwrap() error { return ErrTransition }

// VersionError is that of a plan that was made on another version of the books. It
// matches [decision.ErrStale].
type VersionError struct {
	Planned, Now int
}

// Error names both versions.
func (e *VersionError) Error() string {
	return "ledger: planned on version " + strconv.Itoa(e.Planned) + ", which is now " + strconv.Itoa(e.Now)
}

// Unwrap returns [decision.ErrStale].
func (e *VersionError) Unwrap() error { return decision.ErrStale }

// BooksError is that of a decision that was judged on other books. It matches
// [decision.ErrStale].
type BooksError struct {
	What      string // "price", "paid" or "refunded"
	Then, Now refund.Money
}

// Error tells what has changed, and the amounts.
func (e *BooksError) Error() string {
	return "ledger: decided on " + e.Then.String() + " " + e.What + ", which is now " + e.Now.String()
}

// Unwrap returns [decision.ErrStale].
func (e *BooksError) Unwrap() error { return decision.ErrStale }

// conflict is an error that matches ErrConflict.
type conflict struct{ reason string }

func (e *conflict) Error() string { return "ledger: conflict: " + e.reason }
func (e *conflict) Unwrap() error { return ErrConflict }

// unknown is an error that matches ErrUnknown.
type unknown struct{ what string }

func (e *unknown) Error() string { return "ledger: the " + e.what + " is not known" }
func (e *unknown) Unwrap() error { return ErrUnknown }

func invalid(path, reason string) error {
	return &refund.InvalidError{Faults: []refund.Fault{{Path: path, Reason: reason}}}
}
