package ledger

import (
	"errors"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// The errors that a program acts on. [Ledger.Post] also returns [decision.ErrStale] for a
// decision that was made on other books, and [decision.ErrNothingToRefund] for a denial.
var (
	// ErrConflict: the id or key stands for something else, or the decision was posted
	// under another key.
	ErrConflict = errors.New("ledger: conflict")
	// ErrDisputed: open disputes claim money of the instruction. Wait until they are won,
	// or drop the instruction with [Ledger.Fail].
	ErrDisputed = errors.New("ledger: the amount is disputed")
	// ErrFailed: the instruction has failed. Post the decision again, under another key.
	ErrFailed = errors.New("ledger: the instruction has failed")
	// ErrInsufficient: facts recorded since the refund was posted leave too little for the
	// instruction. Drop it with [Ledger.Fail].
	ErrInsufficient = errors.New("ledger: the remaining amount is too small")
	// ErrUnknown: the payment, instruction, refund or dispute is not in the books. If the
	// fact arrived before the one that it is about, record it again later.
	ErrUnknown = errors.New("ledger: unknown")
)

// BooksError is the error for a decision that was judged on other books. It matches
// [decision.ErrStale].
type BooksError struct {
	What      string // "price", "paid", "refunded" or "disputed"
	Then, Now refund.Money
}

// Error returns a text with the amounts, and what to do.
func (e *BooksError) Error() string {
	return "ledger: stale decision: " + e.What + " is " + e.Now.String() + " in the books, and was " + e.Then.String() +
		" in the case: evaluate again with Ledger.Subscription"
}

// Unwrap returns [decision.ErrStale].
func (e *BooksError) Unwrap() error { return decision.ErrStale }

// insufficient is the error for an event that refunds more than is available; it matches
// ErrInsufficient. Only [Restore] meets one: the amount of a decision on the books of now
// is available.
type insufficient struct{ amount, available, disputed refund.Money }

func (e *insufficient) Error() string {
	return "ledger: " + e.amount.String() + " is more than the available " + e.available.String() + "; " + e.disputed.String() + " is disputed"
}

func (e *insufficient) Unwrap() error { return ErrInsufficient }

// conflict is an error that matches ErrConflict.
type conflict struct{ reason string }

func (e *conflict) Error() string { return "ledger: conflict: " + e.reason }
func (e *conflict) Unwrap() error { return ErrConflict }

// unknown is an error that matches ErrUnknown.
type unknown struct{ what string }

func (e *unknown) Error() string { return "ledger: unknown " + e.what }
func (e *unknown) Unwrap() error { return ErrUnknown }

// invalid returns an error with one fault, or nil for an empty reason.
func invalid(path, reason string) error {
	var faults refund.Faults
	faults.Add(path, reason)
	return faults.Err()
}
