package decision

import (
	"errors"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// ErrStale means that the facts have changed since an outcome was shown or a decision was
// recorded. It is wrapped in a [*StaleError].
var ErrStale = errors.New("decision: stale: the facts have changed")

// StaleError names the changed fact. It matches [ErrStale].
type StaleError struct {
	What      string        // "policy", "case" or "outcome"
	Then, Now refund.Digest // the digests of the fact
}

// Error names the changed fact and says how to continue.
func (e *StaleError) Error() string {
	text := "decision: stale: the " + e.What + " has changed since "
	switch e.What {
	case "policy":
		return text + "the decision: use the policy of that time, or decide again"
	case "case":
		return text + "the decision: evaluate it and decide again"
	}
	if e.Then.IsZero() {
		return "decision: stale: no outcome was shown: pass the digest of the outcome that the officer saw"
	}
	return text + "the officer saw it: show the new outcome and decide again"
}

// Unwrap returns [ErrStale].
func (e *StaleError) Unwrap() error { return ErrStale }
