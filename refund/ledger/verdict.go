package ledger

import (
	"cmp"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A verdict is a decision on a dispute, or the result of an instruction or an outside
// refund. The zero verdict is unset.
type verdict struct {
	state  State
	at     time.Time
	amount refund.Money // lost, in a dispute
}

// after reports whether v counts instead of w: it is the later one or, at the same instant,
// returns more money. The order is total, so the result does not depend on the order of
// recording.
func (v verdict) after(w verdict) bool {
	if w.state == 0 {
		return true
	}
	order := instant.Of(v.at).Compare(instant.Of(w.at))
	if order == 0 {
		order = cmp.Compare(v.state.returns(), w.state.returns())
	}
	if order == 0 && v.state == StateLost && w.state == StateLost {
		order, _ = v.amount.Cmp(w.amount) // in one currency
	}
	return order > 0
}

// returns returns 1 for the states in which the customer has the money, and 0 otherwise.
func (s State) returns() int {
	if s == StateLost || s == StateSettled {
		return 1
	}
	return 0
}

// A verdictKey identifies a verdict.
type verdictKey struct {
	kind   EventKind
	id     string
	at     instant.Instant
	amount string
}

func (e *Event) verdictKey() verdictKey {
	return verdictKey{e.Kind, e.ID, instant.Of(e.At), e.Amount.Amount()}
}

// isNew remembers a verdict, and reports whether it was new.
func (b *books) isNew(e *Event) bool {
	k := e.verdictKey()
	if b.verdicts[k] {
		return false
	}
	b.verdicts[k] = true
	return true
}
