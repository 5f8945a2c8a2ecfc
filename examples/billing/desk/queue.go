package desk

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// An Item is a case in the queue.
type Item struct {
	Subscription string          `json:"subscription"`
	Customer     string          `json:"customer"` // the name
	Asked        time.Time       `json:"asked"`
	Verdict      refund.Verdict  `json:"verdict"`
	Refundable   refund.Money    `json:"refundable"`
	Callback     refund.Callback `json:"callback"`
	CalledBack   bool            `json:"called_back"`
	Held         []refund.Clause `json:"held,omitempty"`  // the clauses on hold
	Frees        string          `json:"frees,omitempty"` // the reason of the last of them, which names the end of the hold
	State        State           `json:"state"`
	Overdue      bool            `json:"overdue"` // the call back is late
	Due          bool            `json:"due"`     // the call back may be made now

	urgency int // orders the open cases
}

// A State is how far a case is.
type State string

const (
	StateOpen     State = "open"     // asked for, without a decision
	StatePaying   State = "paying"   // approved, and the money is under way
	StatePaid     State = "paid"     // approved, and the provider has paid
	StateFailed   State = "failed"   // approved, and a payout failed
	StateDeclined State = "declined" // declined
)

// state returns how far a case is, by its newest decision; "" if the customer has not asked.
func state(r Record, books ledger.Ledger, made *Decided) State {
	switch {
	case made == nil && r.Request.At.IsZero():
		return ""
	case made == nil:
		return StateOpen
	case made.Facts.Kind == decision.KindDeclined:
		return StateDeclined
	}
	posted, ok := books.Refund(made.key())
	if !ok { // the books are older than the decision
		return StatePaying
	}
	s := StatePaid
	for _, share := range posted.Shares {
		switch share.State {
		case ledger.StatePending, ledger.StateSubmitted:
			return StatePaying
		case ledger.StateFailed:
			s = StateFailed
		}
	}
	return s
}

// Decided reports whether a case has a decision. One whose refund has failed does not count.
func (s State) Decided() bool { return s == StatePaying || s == StatePaid || s == StateDeclined }

// States are all states of cases whose customers have asked.
var States = []State{StateOpen, StatePaying, StatePaid, StateFailed, StateDeclined}

// Totals are the sums over the open cases.
type Totals struct {
	Open, Due, Overdue, Held int
	Refundable               []refund.Money // one for each currency
}

// item returns the item of a file, or an error if its case cannot be evaluated.
func (f *file) item() (Item, error) {
	v, err := f.desk.assess(f.Record, f.books, f.now)
	o := v.Outcome
	i := Item{Subscription: f.Subscription.ID, Customer: f.Customer.Name, Asked: f.Request.At, Verdict: o.Verdict,
		Refundable: o.Refundable, Callback: o.Callback, CalledBack: !f.Request.CalledBack.IsZero(), State: f.state()}
	for _, c := range refund.Clauses() {
		if o.Statuses[c] == refund.StatusBlocking {
			i.Held, i.Frees = append(i.Held, c), o.Why(c)
		}
	}
	return i, err
}

// Queue returns the cases of a state, at most limit. The open ones begin with the overdue call
// backs, then those that are due, then the oldest requests; the totals are over all of them.
// Cases of another state begin with the latest change, and have no totals.
func (d *Desk) Queue(ctx context.Context, s State, limit int) (items []Item, t Totals, err error) {
	now, all := d.conf.Now(), limit
	policies := d.conf.Policies.Policies()
	here := policies[len(policies)-1].Location // JSON has the instants in UTC
	if s == StateOpen {
		all = math.MaxInt32
	}
	if items, err = list[Item](ctx, d.db, `SELECT item FROM cases WHERE state = $1 ORDER BY changed DESC LIMIT $2`, s, all); err != nil {
		return nil, t, err
	}
	for n := range items {
		i := &items[n]
		i.Asked, i.Callback = i.Asked.In(here), refund.Callback{Earliest: i.Callback.Earliest.In(here), Latest: i.Callback.Latest.In(here)}
		if s == StateOpen {
			t.add(i, now)
		}
	}
	if s == StateOpen {
		slices.SortFunc(items, func(a, b Item) int {
			return cmp.Or(b.urgency-a.urgency, a.Asked.Compare(b.Asked))
		})
	}
	return items[:min(limit, len(items))], t, err
}

// add adds an open case, and sets the marks Overdue and Due of its item.
func (t *Totals) add(i *Item, now time.Time) {
	t.Open++
	if !i.CalledBack && now.After(i.Callback.Latest) {
		i.Overdue, i.urgency = true, 2
		t.Overdue++
	} else if !i.CalledBack && !now.Before(i.Callback.Earliest) {
		i.Due, i.urgency = true, 1
		t.Due++
	}
	if len(i.Held) > 0 {
		t.Held++
	}
	for n := range t.Refundable {
		if sum, err := t.Refundable[n].Add(i.Refundable); err == nil { // of the same currency
			t.Refundable[n] = sum
			return
		}
	}
	t.Refundable = append(t.Refundable, i.Refundable)
}
