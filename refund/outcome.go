package refund

import (
	"slices"
	"time"
)

// An Outcome is what the policy says about a case: the amount, and for every clause
// what came of it. It has no power: nothing is paid out on an outcome, and it may
// be built by hand in a test. [Policy.Evaluate] makes true ones. The zero Outcome
// grants nothing.
//
// It shares no memory with the case. Instants are in the policy's location.
type Outcome struct {
	// Subscription is the id of the subscription.
	Subscription string

	// Verdict says which rule decided.
	Verdict Verdict

	// Refundable is the amount that may be refunded now: the entitlement less what was
	// refunded before and what is disputed, never negative. It is an entitlement until the
	// company has approved it, and must not be paid while the outcome is held.
	Refundable Money

	// Entitlement is the amount with which the customer ends up, earlier refunds included:
	// never more than was subscribed or paid.
	Entitlement Money

	// Deduction is the charges for resolved issues under [ClauseCase2], else zero. It may be
	// more than there is to deduct from.
	Deduction Money

	// Refunded and Disputed are those of the subscription, zero if it has none.
	Refunded, Disputed Money

	// Remaining is the most that any decision may release: the lesser of price and paid,
	// less what was refunded before and what is disputed, never negative ([ClauseCap]).
	Remaining Money

	// ResolvedIssues is how many resolutions count, whatever the verdict.
	ResolvedIssues int

	// Window is the time in which the guarantee was open.
	Window Window

	// Held is true while a clause is blocking; its finding says what would free it.
	Held bool

	// Callback is when the request is to be called back.
	Callback Callback

	// Statuses has the status of every clause.
	Statuses Statuses

	// Findings are those of the case, and those that the evaluation made, in the
	// order of the clauses, the worst of a clause first. Nil if there are none.
	Findings []Finding

	// Basis is the facts that the reasons cite.
	Basis Basis
}

// Basis is the part of a policy and a case that an [Outcome] rests on and its
// reasons cite. The zero Basis is no facts.
type Basis struct {
	Policy     string // the policy's version
	Location   string // the name of the policy's location
	WindowDays int
	Readings   Readings

	Account     string // who holds the subscription
	RequestedBy string // who asked
	RecordedBy  string // the officer who took the request down

	Service ServiceType // what was subscribed to
	Price   Money       // the amount subscribed
	Paid    Money       // the amount received

	RequestedAt time.Time
	Channel     Channel
	CalledBack  time.Time // zero: not recorded
}

// Base returns the amount from which charges are deducted: the price, or the lesser of
// price and paid under [DeductFromAmountPaid].
func (b Basis) Base() Money { return b.Readings.base(b.Price, b.Paid) }

func (r Readings) base(price, paid Money) Money {
	if r.DeductFrom == DeductFromAmountPaid {
		return lesser(price, paid)
	}
	return price
}

// Equal reports whether both bases are the same facts; instants are compared as
// such, in whatever locations.
func (b Basis) Equal(c Basis) bool {
	return b.Policy == c.Policy &&
		b.Location == c.Location &&
		b.WindowDays == c.WindowDays &&
		b.Readings == c.Readings &&
		b.Account == c.Account &&
		b.RequestedBy == c.RequestedBy &&
		b.RecordedBy == c.RecordedBy &&
		b.Service.Code == c.Service.Code &&
		b.Service.Billing == c.Service.Billing &&
		b.Service.PerInstance.Equal(c.Service.PerInstance) &&
		b.Price.Equal(c.Price) &&
		b.Paid.Equal(c.Paid) &&
		b.RequestedAt.Equal(c.RequestedAt) &&
		b.Channel == c.Channel &&
		b.CalledBack.Equal(c.CalledBack)
}

// Equal reports whether both outcomes are the same; instants are compared as such,
// in whatever locations.
func (o Outcome) Equal(p Outcome) bool {
	return o.Subscription == p.Subscription &&
		o.Verdict == p.Verdict &&
		o.Refundable.Equal(p.Refundable) &&
		o.Entitlement.Equal(p.Entitlement) &&
		o.Deduction.Equal(p.Deduction) &&
		o.Refunded.Equal(p.Refunded) &&
		o.Disputed.Equal(p.Disputed) &&
		o.Remaining.Equal(p.Remaining) &&
		o.ResolvedIssues == p.ResolvedIssues &&
		o.Window.Equal(p.Window) &&
		o.Held == p.Held &&
		o.Callback.Equal(p.Callback) &&
		o.Statuses == p.Statuses &&
		slices.Equal(o.Findings, p.Findings) &&
		o.Basis.Equal(p.Basis)
}

// A Step is the status of one clause in an outcome, and its part of the entitlement.
type Step struct {
	Clause Clause // every clause has a step
	Status Status // as in Outcome.Statuses

	// Amount is by how much the clause changed the figure, negative where it reduced it; the
	// zero Money for a clause that changes none.
	Amount Money
}

// Steps returns a step for every clause, in the policy's order. The guarantee opens with
// the base, case-2 deducts the charges, and the cap deducts what exceeds the lesser of
// price and paid; so the amounts add up to Entitlement.
func (o Outcome) Steps() []Step {
	return o.fillSteps(make([]Step, clauseCount)) // inlined, so that a caller that keeps no step allocates none
}

func (o *Outcome) fillSteps(steps []Step) []Step {
	for i := range steps {
		c := Clause(i + 1)
		steps[i] = Step{c, o.Statuses[c], o.moved(c)}
	}
	return steps
}

// moved returns by how much an applied clause changed the figure.
func (o *Outcome) moved(c Clause) Money {
	if o.Statuses[c] != StatusApplied {
		return Money{}
	}
	base := o.Basis.Base()
	switch c {
	case ClauseGuarantee:
		return base
	case ClauseCase2:
		return lesser(o.Deduction, base).neg()
	case ClauseCap:
		return o.Entitlement.sub(o.due(), base.currency)
	}
	return Money{}
}

// due returns the entitlement before the cap.
func (o *Outcome) due() Money { return due(o.Basis.Base(), o.Deduction) }

func due(base, deduction Money) Money { return base.sub(deduction, base.currency).floor0() }
