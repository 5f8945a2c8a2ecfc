package refund

import (
	"slices"
	"time"
)

// An Outcome is the result of evaluating a case: the verdict, the amounts, and a status
// for every clause. [Policy.Evaluate] returns it. The zero Outcome grants no refund.
//
// An outcome does not release money; only a decision of package decision does. Tests may
// build outcomes by hand. Instants are in the policy's location.
type Outcome struct {
	// Subscription is the id of the subscription.
	Subscription string

	// Verdict is the rule that determined the entitlement.
	Verdict Verdict

	// Refundable is the amount that may be refunded now: Entitlement less Refunded and
	// Disputed, never negative. Do not pay it before the company has approved it, or
	// while the outcome is held.
	Refundable Money

	// Entitlement is the total that the customer may receive, including earlier refunds.
	// It is never more than the amount subscribed or the amount paid.
	Entitlement Money

	// Deduction is the charge for all resolved issues under [ClauseCase2], otherwise
	// zero. It may be more than the amount from which it is deducted.
	Deduction Money

	// Refunded and Disputed are those of the subscription. They are amounts of zero if
	// the subscription has the zero Money.
	Refunded, Disputed Money

	// Remaining is the maximum that any decision may release: the lesser of Price and
	// Paid, less Refunded and Disputed, never negative ([ClauseCap]).
	Remaining Money

	// ResolvedIssues is the number of resolutions that count, whatever the verdict.
	ResolvedIssues int

	// Window is the refund window.
	Window Window

	// Held is true if a clause is blocking. [Outcome.Why] of that clause says what ends
	// the hold.
	Held bool

	// Callback is the period in which the company must call back.
	Callback Callback

	// Statuses holds the status of every clause.
	Statuses Statuses

	// Findings are those of the case and those of the evaluation, sorted by clause, the
	// worst of a clause first. It is nil if there are none.
	Findings []Finding

	// Basis holds the facts that the sentences of Why cite.
	Basis Basis
}

// Basis is the part of a policy and of a case on which an [Outcome] rests. The zero Basis
// has no facts.
type Basis struct {
	Policy     string // the policy's version
	Location   string // the name of the policy's location
	WindowDays int
	Readings   Readings

	Account     string // the account that holds the subscription
	RequestedBy string // the requester
	RecordedBy  string // the officer who recorded the request

	Service ServiceType // the kind of service
	Price   Money       // the amount subscribed
	Paid    Money       // the amount received

	RequestedAt time.Time
	Channel     Channel
	CalledBack  time.Time // zero if no call back is recorded
}

// Base returns the amount from which charges are deducted: Price, or, under
// [DeductFromAmountPaid], the lesser of Price and Paid.
func (b Basis) Base() Money { return b.Readings.base(b.Price, b.Paid) }

func (r Readings) base(price, paid Money) Money {
	if r.DeductFrom == DeductFromAmountPaid {
		return lesser(price, paid)
	}
	return price
}

// Equal reports whether b and c hold the same facts. The locations of instants are ignored.
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

// Equal reports whether o and p are the same. The locations of instants are ignored.
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

// A Step is the status of one clause in an outcome, and its contribution to the
// entitlement.
type Step struct {
	Clause Clause
	Status Status // as in Outcome.Statuses

	// Amount is added to the entitlement; it is negative for a deduction. It is the zero
	// Money if the clause does not change the entitlement.
	Amount Money
}

// Steps returns a step for every clause, in the policy's order. The amounts add up to
// Entitlement: [ClauseGuarantee] contributes the base ([Basis.Base]), [ClauseCase2]
// deducts the charges, and [ClauseCap] deducts the excess over the lesser of price and
// paid.
func (o Outcome) Steps() []Step {
	return o.fillSteps(make([]Step, clauseCount)) // inlined: the steps need not escape to the heap
}

func (o *Outcome) fillSteps(steps []Step) []Step {
	for i := range steps {
		c := Clause(i + 1)
		steps[i] = Step{c, o.Statuses[c], o.moved(c)}
	}
	return steps
}

// moved returns the contribution of a clause to the entitlement ([Step.Amount]).
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
