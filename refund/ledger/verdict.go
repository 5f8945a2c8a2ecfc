package ledger

import (
	"cmp"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A verdict is a decision on a dispute, an instruction or an outside refund. The zero
// verdict is none.
type verdict struct {
	state  State
	at     time.Time
	amount refund.Money // lost, in a dispute
}

// after reports whether v stands rather than w. The order is total, so that the verdict
// that stands does not depend on the order in which they are recorded: the latest, on a
// tie the one that returns more money.
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

// returns is 1 for the states in which the customer has the money.
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

// isNew notes a verdict, and reports whether it was not known.
func (b *books) isNew(e *Event) bool {
	k := e.verdictKey()
	if b.verdicts[k] {
		return false
	}
	b.verdicts[k] = true
	return true
}
