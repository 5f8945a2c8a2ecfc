package refundtest

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// ofAmounts returns a check that is skipped for amounts in another currency than the
// case's, which law "currency" reports.
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

// compare compares two amounts of one currency; the zero Money is zero in any currency.
func compare(a, b refund.Money) int {
	n, err := a.Cmp(b)
	if err != nil {
		panic("refundtest: " + err.Error())
	}
	return n
}

func least(amounts ...refund.Money) refund.Money { return slices.MinFunc(amounts, compare) }

// less returns a minus b, or zero if that is negative.
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

// lesser returns the lesser of price and paid, the limit of all refunds together.
func (t *trial) lesser() refund.Money { return least(t.c.Subscription.Price, t.c.Subscription.Paid) }

// taken returns the sum of the earlier refunds and the disputed amounts.
func (t *trial) taken() refund.Money {
	return plus(t.c.Subscription.Refunded, t.c.Subscription.Disputed)
}

func (t *trial) takenText() string {
	return "refunded earlier " + t.c.Subscription.Refunded.String() + ", disputed " + t.c.Subscription.Disputed.String()
}

// base returns the amount from which charges are deducted.
func (t *trial) base() refund.Money {
	if t.p.Readings.DeductFrom == refund.DeductFromAmountPaid {
		return t.lesser()
	}
	return t.c.Subscription.Price
}

// oneTime reports whether the case has a one-time service that is not refunded, given the
// number of resolved issues in the outcome.
func (t *trial) oneTime() bool {
	if t.c.Subscription.Service.Billing != refund.BillingOneTime {
		return false
	}
	return t.p.Readings.OneTime == refund.OneTimeNeverRefunded || t.o.ResolvedIssues > 0
}

// granted reports whether the guarantee applies to the case, given the outcome's window.
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
		if t.o.Deduction.Sign() > 0 { // the deduction, not the cap, is the lower limit
			clause = refund.ClauseCase2
		}
		return butOf(clause, "refundable "+got.String(), want.String()+": entitlement "+t.o.Entitlement.String()+", "+t.takenText())
	}
	return nil
}

// casesHold reports whether the laws of case-1 and case-2 hold. If they do not, laws that
// build on them are not checked.
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

// zeroDue returns a breach unless the outcome has the given verdict and an entitlement of
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
			return but("verdict "+t.o.Verdict.String(), "another verdict: no issue counts as resolved, and one_time is refunded_if_unresolved")
		}
		return but("verdict "+t.o.Verdict.String(), "another verdict: the service is recurring")
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
	case compare(t.o.Entitlement, want) < 0: // an excess is a breach of the cap
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
		// Otherwise the cap is missing, which another law reports.
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
			return nil // facts in another currency, which law "basis" reports
		}
	}
	if compare(sum, t.o.Entitlement) != 0 {
		return but("steps add up to "+sum.String(), "entitlement "+t.o.Entitlement.String())
	}
	return nil
}
