package ledger

import (
	"iter"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Reconcile compares the books with a provider's statement and returns the differences:
// first the entries that the books lack and can record, then the entries that disagree or
// that the books cannot record, then the entries that the provider lacks, and then the
// limits. Entries of the statement are in its order, payments before refunds before
// disputes; those that the provider lacks are in the order of the books. There are no
// differences if the books agree with the statement and no limit is exceeded.
//
// The entitlement is the total amount that the policy grants ([refund.Outcome]). The zero
// Money means that it is unknown. Goodwill is not part of it: once goodwill was granted, pass
// the sum of both, or the zero Money. The books do not have the kinds of decisions.
//
// If recording a fact resolves a difference, its Event is that fact. [Ledger.Record]
// accepts the events in the order of the differences. Once they are recorded, only
// differences without an event remain. Each difference assumes that the events before it
// are recorded.
//
// A refund with the key of an instruction is compared with the instruction. A second refund
// with the same key counts as an additional one, unless it failed. If no refund in the
// statement has a key, a refund that the books lack is compared with an instruction that
// was sent, on the same payment and of the same amount. It does not settle the instruction:
// a person has to decide whether they are the same. A refund that the books have as a
// reversal is compared with the reversal.
//
// An instruction that was submitted, and that the provider lacks, is a difference with
// DifferenceMissingAtProvider, EventPosted and, as BooksState, StateSubmitted. A person need
// not look at it while the host sends the instruction again with the same key. To leave out
// the ones that are just being sent, let the statement end (To) some minutes before the run.
//
// These entries may be missing on the other side: failed refunds, won disputes,
// instructions that were not sent and, in the books, fully reversed payments and outside
// refunds that name no payment.
func Reconcile(l Ledger, s Statement, entitlement refund.Money) []Difference {
	r := reconciler{b: l.b, s: &s}
	if r.b == nil {
		r.b = newBooks("", refund.Money{}) // without a currency, so that every event is refused
	}
	r.prepare()
	// In two rounds: if the statement has an entry twice, the one that can be recorded is
	// recorded first, and then both are compared with it.
	for i := range s.Payments {
		r.takePayment(&s.Payments[i])
	}
	for i := range s.Refunds {
		r.takeRefund(&s.Refunds[i])
	}
	for i := range s.Disputes {
		r.takeDispute(&s.Disputes[i])
	}
	for i := range s.Payments {
		r.payment(&s.Payments[i])
	}
	for i := range s.Refunds {
		r.refund(&s.Refunds[i])
	}
	for i := range s.Disputes {
		r.dispute(&s.Disputes[i])
	}
	r.missing()
	r.limits(entitlement)
	return r.list
}

// A Reconciliation is one subscription to reconcile ([Reconcile]).
type Reconciliation struct {
	Ledger      Ledger
	Statement   Statement
	Entitlement refund.Money // as for Reconcile; the zero Money if it is unknown
}

// ReconcileAll returns the differences of many subscriptions, one subscription after the
// other, as [Reconcile] does. It keeps only one subscription in memory. Errors of the
// sequence are returned as they are, with the zero Difference, and do not end the
// iteration.
func ReconcileAll(subscriptions iter.Seq2[Reconciliation, error]) iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		for s, err := range subscriptions {
			if err != nil {
				if !yield(Difference{}, err) {
					return
				}
				continue
			}
			for _, d := range Reconcile(s.Ledger, s.Statement, s.Entitlement) {
				if !yield(d, nil) {
					return
				}
			}
		}
	}
}

// A reconciler compares books with a statement.
type reconciler struct {
	b      *books // with the events of the differences found
	cloned bool   // b is a copy, which may be changed
	s      *Statement
	list   []Difference
	found  map[finding]bool // the differences in list

	// Whether the statement has the ledger's entries, by index.
	payments, outside, disputes []bool
	carriers                    map[place]carrier

	reversed []reversedPart // of the payments, maybe shorter
	keyless  bool           // no refund in the statement has a key
	sent     map[sent][]place
	taken    map[string]place // by the id of a refund that was compared with an instruction
}

// A finding identifies a difference, for entries that a statement has twice.
type finding struct {
	code   DifferenceCode
	kind   EventKind
	id     string
	amount string
	state  State
}

func (r *reconciler) prepare() {
	n, m := len(r.b.payments), len(r.b.outside)
	marks := make([]bool, n+m+len(r.b.disputes))
	r.payments, r.outside, r.disputes = marks[:n:n], marks[n:n+m:n+m], marks[n+m:]
	r.findCarriers()
	r.sumReversals()
}

// mark records that the statement has an entry of the ledger.
func mark(marks []bool, i int) {
	if i < len(marks) { // not one that an event of this run added
		marks[i] = true
	}
}

// add adds a difference, with its event if the books accept the event.
func (r *reconciler) add(d Difference, e Event) {
	f := finding{d.Code, d.Kind, d.ID, d.Provider.String(), d.ProviderState}
	if r.found[f] {
		return
	}
	if r.found == nil {
		r.found = map[finding]bool{}
	}
	r.found[f] = true
	d.Subscription = r.b.subscription
	if e.Kind != 0 && r.record(e) {
		d.Event = e
	}
	r.list = append(r.list, d)
}

// take adds an entry that the books lack, if they accept the event for it.
func (r *reconciler) take(d Difference, e Event) {
	if r.record(e) {
		d.Code, d.Subscription, d.Event = DifferenceMissingInBooks, r.b.subscription, e
		r.list = append(r.list, d)
	}
}

// lack adds an entry that the books lack and cannot record.
func (r *reconciler) lack(d Difference) {
	d.Code = DifferenceMissingInBooks
	r.add(d, Event{})
}

// record enters an event, so that later differences follow from it, and reports whether
// it changed the books.
func (r *reconciler) record(e Event) bool {
	if !r.cloned {
		r.b, r.cloned = r.b.clone(), true
	}
	entered, err := r.b.enter(e)
	return err == nil && entered
}

// isExpected reports whether an entry of the books at an instant is within the time of the statement.
func (r *reconciler) isExpected(at time.Time) bool { return !at.Before(r.s.From) && !r.isLater(at) }

// isLater reports whether the statement ends before an instant.
func (r *reconciler) isLater(at time.Time) bool { return !r.s.To.IsZero() && !at.Before(r.s.To) }

func (r *reconciler) takePayment(p *ListedPayment) {
	if _, known := r.b.paymentByID[p.ID]; !known {
		r.take(p.lacking(), p.event())
	}
}

func (p *ListedPayment) lacking() Difference {
	return Difference{Kind: EventPaid, ID: p.ID, Provider: p.Amount}
}

func (r *reconciler) payment(p *ListedPayment) {
	i, known := r.b.paymentByID[p.ID]
	if !known {
		r.lack(p.lacking())
		return
	}
	mark(r.payments, i)
	if amount := r.b.payments[i].amount; !amount.Equal(p.Amount) {
		r.add(Difference{Code: DifferenceOtherAmount, Kind: EventPaid, ID: p.ID, Books: amount, Provider: p.Amount}, Event{})
	}
	r.reversal(i, p)
}

// needsDispute reports whether the books need a dispute that they lack.
func (r *reconciler) needsDispute(d *DisputeStatus) bool {
	v := d.verdict()
	return v.state != StateWon && (!d.At.Before(r.s.From) || !v.at.Before(r.s.From))
}

func (r *reconciler) takeDispute(d *DisputeStatus) {
	if _, known := r.b.disputeByID[d.ID]; !known && r.needsDispute(d) {
		r.take(d.lacking(), Event{Kind: EventDisputed, At: d.At, ID: d.ID, Payment: d.Payment, Amount: d.Amount})
	}
}

func (d *DisputeStatus) lacking() Difference {
	return Difference{Kind: EventDisputed, ID: d.ID, Provider: d.Amount, ProviderState: d.verdict().disputeState()}
}

func (r *reconciler) dispute(d *DisputeStatus) {
	i, known := r.b.disputeByID[d.ID]
	if !known {
		if r.needsDispute(d) {
			r.lack(d.lacking())
		}
		return
	}
	mark(r.disputes, i)
	e, stands, v := &r.b.events[r.b.disputes[i].event], r.b.disputes[i].stands, d.verdict()
	diff := Difference{Kind: EventDisputed, ID: d.ID, Books: e.Amount, Provider: d.Amount, BooksState: stands.disputeState(), ProviderState: v.disputeState()}
	r.differs(diff, e.Payment, d.Payment)
	if d.Payment != "" && e.Payment != d.Payment {
		return
	}
	switch {
	case stands.state != v.state:
		diff.Code = DifferenceOtherState
	case v.state == StateLost && !stands.amount.Equal(v.amount):
		diff.Code, diff.Kind, diff.Books, diff.Provider = DifferenceOtherAmount, EventLost, stands.amount, v.amount
	default:
		return
	}
	if stands.state != 0 && r.isLater(stands.at) {
		return // decided after the end of the statement
	}
	var fact Event
	switch {
	case !v.after(stands): // the books would not change
	case v.state == StateWon:
		fact = Event{Kind: EventWon, At: v.at, ID: d.ID}
	case v.state == StateLost:
		fact = Event{Kind: EventLost, At: v.at, ID: d.ID, Amount: v.amount}
	}
	r.add(diff, fact)
}

// disputeState returns the state of a dispute with the verdict.
func (v verdict) disputeState() State {
	if v.state == 0 {
		return StateOpen
	}
	return v.state
}

// missing adds the entries of the ledger that the statement lacks.
func (r *reconciler) missing() {
	lacks := func(kind EventKind, id string, amount refund.Money, state State) {
		r.add(Difference{Code: DifferenceMissingAtProvider, Kind: kind, ID: id, Books: amount, BooksState: state}, Event{})
	}
	for i, listed := range r.payments {
		p := &r.b.payments[i]
		if e := &r.b.events[p.event]; !listed && r.isExpected(e.At) && exact.Less(p.reversed, p.amount) {
			lacks(EventPaid, e.ID, p.amount, 0)
		}
	}
	for i := range r.b.refunds {
		e := &r.b.events[r.b.refunds[i].event]
		for j, p := range r.b.refunds[i].shares {
			if _, carried := r.carriers[place{i, j}]; !carried && p.isSent() && r.isExpected(p.at) {
				lacks(EventPosted, r.b.instructionKey(e, e.Shares[j]), e.Shares[j].Amount, p.state)
			}
		}
	}
	for i, listed := range r.outside {
		e := &r.b.events[r.b.outside[i].event]
		if !listed && e.Payment != "" && r.isExpected(e.At) && r.b.counted(i).Sign() > 0 {
			lacks(EventRefunded, e.ID, e.Amount, StateSettled)
		}
	}
	for i, listed := range r.disputes {
		d := &r.b.disputes[i]
		if e := &r.b.events[d.event]; !listed && r.isExpected(e.At) && d.stands.state != StateWon {
			lacks(EventDisputed, e.ID, e.Amount, d.stands.disputeState())
		}
	}
}

// limits adds the amounts returned beyond the cap and beyond the entitlement.
func (r *reconciler) limits(entitlement refund.Money) {
	t := r.b.totals()
	returned := exact.Add(t.Returned, t.Excess)
	if t.BeyondCap.Sign() > 0 {
		r.add(Difference{Code: DifferenceBeyondCap, Books: exact.Min(r.b.price, t.Paid), Provider: returned}, Event{})
	}
	if entitlement.IsZero() || returned.Sign() == 0 {
		return
	}
	// In another currency, no amount is within the entitlement.
	if order, err := returned.Cmp(entitlement); err != nil || order > 0 {
		r.add(Difference{Code: DifferenceBeyondEntitlement, Books: entitlement, Provider: returned}, Event{})
	}
}
