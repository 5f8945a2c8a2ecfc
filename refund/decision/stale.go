package decision

import (
	"errors"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// ErrStale is the error for facts that have changed since an outcome was shown or a
// decision was recorded. It is wrapped in a [*StaleError].
var ErrStale = errors.New("decision: stale")

// StaleError names what has changed. It matches [ErrStale].
type StaleError struct {
	What      string // "policy", "case" or "outcome"
	Then, Now refund.Digest
}

// Error says what has changed.
func (e *StaleError) Error() string {
	return "decision: stale: the " + e.What + " has changed since"
}

// Unwrap returns [ErrStale].
func (e *StaleError) Unwrap() error { return ErrStale }
