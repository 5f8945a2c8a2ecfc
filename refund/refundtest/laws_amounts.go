package refundtest

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// ofAmounts is a law that needs amounts in the currency of the case. Where they are
// not, law "currency" says so.
func ofAmounts(check func(*trial) *breach) func(*trial) *breach {
	return func(t *trial) *breach {
		if lawCurrency(t) != nil {
			return nil
		}
		return check(t)
	}
}

func lawCurrency(t *trial) *breach {
	currency := t.c.Subscription.Price.Currency()
	for _, m := range [...]struct {
		name   string
		amount *refund.Money
	}{
		{"refundable", &t.o.Refundable}, {"entitlement", &t.o.Entitlement}, {"deduction", &t.o.Deduction},
		{"refunded", &t.o.Refunded}, {"disputed", &t.o.Disputed}, {"remaining", &t.o.Remaining},
	} {
		if m.amount.Currency() != currency {
			return but(m.name+" "+m.amount.String(), "an amount in "+currency.Code())
		}
	}
	return nil
}

// compare compares amounts of one currency; the zero Money is zero in each.
func compare(a, b refund.Money) int {
	n, err := a.Cmp(b)
	if err != nil {
		panic("refundtest: " + err.Error())
	}
	return n
}

func least(amounts ...refund.Money) refund.Money { return slices.MinFunc(amounts, compare) }

// less returns a less b, at least zero.
func less(a, b refund.Money) refund.Money {
	d, err := a.Sub(b)
	if err != nil {
		panic("refundtest: " + err.Error())
	}
	return slices.MaxFunc([]refund.Money{d, d.Times(0)}, compare)
}

func plus(a, b refund.Money) refund.Money {
	sum, err := a.Add(b)
	if err != nil {
		panic("refundtest: " + err.Error())
	}
	return sum
}

// lesser is the most that may be refunded altogether.
func (t *trial) lesser() refund.Money { return least(t.c.Subscription.Price, t.c.Subscription.Paid) }

// taken is the amount that was refunded before or is disputed.
func (t *trial) taken() refund.Money {
	return plus(t.c.Subscription.Refunded, t.c.Subscription.Disputed)
}

func (t *trial) takenText() string {
	return "refunded before " + t.c.Subscription.Refunded.String() + ", disputed " + t.c.Subscription.Disputed.String()
}

// base is the amount from which charges are deducted.
func (t *trial) base() refund.Money {
	if t.p.Readings.DeductFrom == refund.DeductFromAmountPaid {
		return t.lesser()
	}
	return t.c.Subscription.Price
}

// oneTime reports whether the case is one of a one-time service that is not refunded, by
// the issues that the outcome counts.
func (t *trial) oneTime() bool {
	if t.c.Subscription.Service.Billing != refund.BillingOneTime {
		return false
	}
	return t.p.Readings.OneTime == refund.OneTimeNeverRefunded || t.o.ResolvedIssues > 0
}

// granted reports whether the guarantee applies to the case: no one-time service that is
// not refunded, and asked in the window of the outcome.
func (t *trial) granted() bool { return !t.oneTime() && t.inWindow() }

func (t *trial) inWindow() bool {
	at := t.c.Request.At
	return !at.Before(t.o.Window.Opens) && at.Before(t.o.Window.Closes)
}

func lawNeverMore(t *trial) *breach {
	most := less(t.lesser(), t.taken())
	facts := ": price " + t.c.Subscription.Price.String() + ", paid " + t.c.Subscription.Paid.String() + ", " + t.takenText()
	if got := t.o.Refundable; got.Sign() < 0 || compare(got, most) > 0 {
		return but("refundable "+got.String(), "from zero to "+most.String()+facts)
	}
	return nil
}

func lawRemaining(t *trial) *breach {
	want := less(t.lesser(), t.taken())
	if got := t.o.Remaining; compare(got, want) != 0 {
		return but("remaining "+got.String(), want.String()+": price "+t.c.Subscription.Price.String()+
			", paid "+t.c.Subscription.Paid.String()+", "+t.takenText())
	}
	return nil
}

func lawEntitlement(t *trial) *breach {
	got := t.o.Entitlement
	if got.Sign() < 0 {
		return butOf(refund.ClauseCase2, "entitlement "+got.String(), "at least zero")
	}
	if compare(got, t.lesser()) > 0 {
		return but("entitlement "+got.String(), "at most "+t.lesser().String())
	}
	return nil
}

func lawEarlierRefunds(t *trial) *breach {
	want := less(t.o.Entitlement, t.taken())
	if got := t.o.Refundable; compare(got, want) != 0 {
		clause := refund.ClauseCap
		if t.o.Deduction.Sign() > 0 { // where the cap alone would leave too much
			clause = refund.ClauseCase2
		}
		return butOf(clause, "refundable "+got.String(), want.String()+": entitlement "+t.o.Entitlement.String()+", "+t.takenText())
	}
	return nil
}

// casesHold reports whether case-1 and case-2 are as their laws say, so that what
// follows from them can be told from what they are.
func (t *trial) casesHold() bool { return lawCase1(t) == nil && lawCase2(t) == nil }

func lawCapStatus(t *trial) *breach {
	if !t.casesHold() {
		return nil
	}
	want := refund.StatusSatisfied
	switch {
	case !t.o.Verdict.Granted():
		want = refund.StatusNotApplicable
	case compare(t.o.Entitlement, less(t.base(), t.o.Deduction)) < 0:
		want = refund.StatusApplied
	}
	return t.status(refund.ClauseCap, want)
}

// zeroDue is the breach if an outcome is not the given verdict with an entitlement of
// zero.
func (t *trial) zeroDue(verdict refund.Verdict) *breach {
	switch {
	case t.o.Verdict != verdict:
		return but("verdict "+t.o.Verdict.String(), verdict.String())
	case t.o.Entitlement.Sign() != 0:
		return but("entitlement "+t.o.Entitlement.String(), "zero")
	case t.o.Deduction.Sign() != 0:
		return but("deduction "+t.o.Deduction.String(), "zero")
	}
	return nil
}

func lawWindowEdges(t *trial) *breach {
	switch {
	case t.oneTime():
		return nil
	case !t.inWindow():
		return t.zeroDue(refund.VerdictWindowClosed)
	case t.o.Verdict == refund.VerdictWindowClosed:
		return but("verdict "+t.o.Verdict.String(), "open: asked at "+instant(t.c.Request.At)+", in the window "+span(t.o.Window))
	}
	return nil
}

func lawOneTime(t *trial) *breach {
	if t.oneTime() {
		return t.zeroDue(refund.VerdictOneTimeService)
	}
	if t.o.Verdict == refund.VerdictOneTimeService {
		if t.c.Subscription.Service.Billing == refund.BillingOneTime {
			return but("verdict "+t.o.Verdict.String(), "another one: no issue counts as resolved, and one_time is refunded_if_unresolved")
		}
		return but("verdict "+t.o.Verdict.String(), "another one: the service is recurring")
	}
	return nil
}

func lawCase1(t *trial) *breach {
	if !t.granted() || t.o.ResolvedIssues != 0 {
		return nil
	}
	switch want := least(t.base(), t.lesser()); {
	case t.o.Verdict != refund.VerdictFull:
		return but("verdict "+t.o.Verdict.String(), "full: no issue counts as resolved")
	case t.o.Deduction.Sign() != 0:
		return but("deduction "+t.o.Deduction.String(), "zero")
	case compare(t.o.Entitlement, want) < 0: // more than that is for the cap
		return but("entitlement "+t.o.Entitlement.String(), want.String())
	}
	return nil
}

func lawCase2(t *trial) *breach {
	n := t.o.ResolvedIssues
	if !t.granted() || n == 0 {
		return nil
	}
	deduction := t.c.Subscription.Service.PerInstance.Times(n)
	left := less(t.base(), deduction)
	verdict := refund.VerdictDeducted
	if left.Sign() == 0 {
		verdict = refund.VerdictConsumed
	}
	want := least(left, t.lesser())
	sum := number(n, "resolved issue") + " at " + t.c.Subscription.Service.PerInstance.String() + ", off " + t.base().String()
	switch {
	case compare(t.o.Deduction, deduction) != 0:
		return but("deduction "+t.o.Deduction.String(), deduction.String()+": "+sum)
	case t.o.Verdict != verdict:
		return but("verdict "+t.o.Verdict.String(), verdict.String()+": "+sum)
	case compare(t.o.Entitlement, want) != 0 && compare(least(t.o.Entitlement, left), t.lesser()) <= 0:
		// Else it is the cap that is forgotten.
		return but("entitlement "+t.o.Entitlement.String(), want.String()+": "+sum)
	}
	return nil
}

func lawSteps(t *trial) *breach {
	if !t.casesHold() {
		return nil
	}
	sum := t.o.Entitlement.Times(0)
	for _, step := range t.o.Steps() {
		if step.Amount.IsZero() {
			continue
		}
		var err error
		if sum, err = sum.Add(step.Amount); err != nil {
			return nil // facts in another currency, which law "basis" tells
		}
	}
	if compare(sum, t.o.Entitlement) != 0 {
		return but("steps add up to "+sum.String(), "entitlement "+t.o.Entitlement.String())
	}
	return nil
}
