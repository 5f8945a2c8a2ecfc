package ledger

import (
	"errors"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// The errors of the package. [Ledger.Post] also returns [decision.ErrStale] for a
// decision that was made on other books, and [decision.ErrNothingToRefund] for a denial.
var (
	// ErrConflict: the id or key is already used for something else, or the decision was
	// posted under another key.
	ErrConflict = errors.New("ledger: conflict")
	// ErrDisputed: open disputes claim money of the instruction. Wait until they are won,
	// or drop the instruction with [Ledger.Fail].
	ErrDisputed = errors.New("ledger: the amount is disputed")
	// ErrFailed: the instruction has failed. Post the decision again, under another key.
	ErrFailed = errors.New("ledger: the instruction has failed")
	// ErrInsufficient: facts recorded since the refund was posted leave too little for the
	// instruction. Drop it with [Ledger.Fail].
	ErrInsufficient = errors.New("ledger: the remaining amount is too small")
	// ErrUnknown: the payment, instruction, refund or dispute is not in the books. If a fact
	// arrived too early, record it again after the fact that it refers to.
	ErrUnknown = errors.New("ledger: unknown")
)

// A BooksError is the error for a decision that was made on other books. It matches
// [decision.ErrStale].
type BooksError struct {
	What      string // "price", "paid", "refunded" or "disputed"
	Then, Now refund.Money
}

// Error returns a text with both amounts and the next step.
func (e *BooksError) Error() string {
	return "ledger: stale decision: " + e.What + " is " + e.Now.String() + " in the books, and was " + e.Then.String() +
		" in the case: evaluate again with Ledger.Subscription"
}

// Unwrap returns [decision.ErrStale].
func (e *BooksError) Unwrap() error { return decision.ErrStale }

// insufficient returns the error for a posted refund of more than the available amount; it
// matches ErrInsufficient. Only [Restore] needs it: Post refuses a decision on other books
// first.
type insufficient struct{ amount, available, disputed refund.Money }

func (e *insufficient) Error() string {
	return "ledger: " + e.amount.String() + " is more than the available " + e.available.String() + "; " + e.disputed.String() + " is disputed"
}

func (e *insufficient) Unwrap() error { return ErrInsufficient }

// conflict returns an error that matches ErrConflict.
type conflict struct{ reason string }

func (e *conflict) Error() string { return "ledger: conflict: " + e.reason }
func (e *conflict) Unwrap() error { return ErrConflict }

// unknown returns an error that matches ErrUnknown.
type unknown struct{ what string }

func (e *unknown) Error() string { return "ledger: unknown " + e.what }
func (e *unknown) Unwrap() error { return ErrUnknown }

// invalid returns an error with one fault, or nil for an empty reason.
func invalid(path, reason string) error {
	var faults refund.Faults
	faults.Add(path, reason)
	return faults.Err()
}
