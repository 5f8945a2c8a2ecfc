package refundtest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A bound limits the change of an amount.
type bound struct {
	words string
	holds func(compared int) bool
}

var (
	noMore  = bound{"at most ", func(n int) bool { return n <= 0 }}
	noLess  = bound{"at least ", func(n int) bool { return n >= 0 }}
	theSame = bound{"", func(n int) bool { return n == 0 }}
)

// amounts returns a breach unless the amounts of a changed case are within the bounds.
func (t *trial) amounts(what string, p *refund.Policy, c *refund.Case, refundable, entitlement bound) *breach {
	o, b := t.changed(what, p, c)
	if b != nil {
		return b
	}
	for _, m := range [...]struct {
		name   string
		was    *refund.Money
		is     *refund.Money
		bounds bound
	}{
		{"refundable ", &t.o.Refundable, &o.Refundable, refundable},
		{"entitlement ", &t.o.Entitlement, &o.Entitlement, entitlement},
	} {
		n, err := m.is.Cmp(*m.was)
		if err != nil { // law "currency" reports it on the changed case
			return nil
		}
		if !m.bounds.holds(n) {
			return &breach{got: what + ", " + m.name + m.is.String(), want: m.bounds.words + m.was.String() + ", the amount without the change", outcome: o}
		}
	}
	return nil
}

// same returns a breach unless a changed case has the same outcome.
func (t *trial) same(what string, p *refund.Policy, c *refund.Case) *breach {
	o, b := t.changed(what, p, c)
	if b != nil {
		return b
	}
	if !o.Equal(t.o) {
		return &breach{got: what + ", " + first(o.Diff(t.o)), want: "the same outcome", outcome: o}
	}
	return nil
}

// withIssue returns the case with one more issue.
func (t *trial) withIssue(opened, resolved time.Time) *refund.Case {
	c := *t.c
	c.Issues = make(refund.IssueLog, len(t.c.Issues)+1)
	c.Issues[copy(c.Issues, t.c.Issues)] = refund.Issue{ID: "T-" + strconv.Itoa(len(c.Issues)) + "-more", Opened: opened, Resolved: resolved}
	return &c
}

func lawOneMoreResolved(t *trial) *breach {
	return inSteps([]time.Time{t.c.Request.At, t.c.Subscription.Start}, func(at time.Time) *breach {
		b := t.amounts("with one more resolved issue", t.p, t.withIssue(at, at), noMore, noMore)
		return b.of("resolved at " + instant(at))
	})
}

func lawOpenIssue(t *trial) *breach {
	return t.same("with one more unresolved issue", t.p, t.withIssue(t.c.Subscription.Start, time.Time{}))
}

func lawResolvedAfterRequest(t *trial) *breach {
	if t.p.Readings.ResolvedUntil != refund.ResolvedUntilRequest {
		return nil
	}
	return inSteps(moments, func(later time.Duration) *breach {
		at := t.c.Request.At.Add(later)
		b := t.same("with one more issue, resolved after the request", t.p, t.withIssue(t.c.Subscription.Start, at))
		return b.of("later by " + later.String())
	})
}

// minorUnit returns the smallest positive amount of a currency.
func minorUnit(currency refund.Currency) refund.Money {
	return mustMoney(decimal.New(1, -int32(currency.Digits())), currency)
}

func mustMoney(amount decimal.Decimal, currency refund.Currency) refund.Money {
	m, err := refund.NewMoney(amount, currency)
	if err != nil {
		panic("refundtest: " + err.Error())
	}
	return m
}

// more returns the amounts by which an amount is raised.
func (t *trial) more() []refund.Money {
	price := t.c.Subscription.Price
	unit := minorUnit(price.Currency())
	return []refund.Money{unit, plus(price, unit)}
}

func lawHigherCharge(t *trial) *breach {
	return inSteps(t.more(), func(more refund.Money) *breach {
		c := *t.c
		charge := &c.Subscription.Service.PerInstance
		*charge = plus(*charge, more)
		b := t.amounts("with a higher charge", t.p, &c, noMore, noMore)
		return b.of("charge " + charge.String())
	})
}

// Under either reading of resolved_until, a later request never counts fewer resolutions,
// and after the closing the entitlement is zero.
func lawLaterRequest(t *trial) *breach {
	return inSteps(append(slices.Clip(moments), 20*24*time.Hour), func(later time.Duration) *breach {
		c := *t.c
		c.Request.CalledBack = time.Time{}
		c.Request.At = c.Request.At.Add(later)
		b := t.amounts("with a later request", t.p, &c, noMore, noMore)
		return b.of("later by " + later.String())
	})
}

// An amountStep is a change of one amount of a case.
type amountStep struct {
	what   string
	amount refund.Money
}

func lawMoreRefunded(t *trial) *breach {
	s := &t.c.Subscription
	return inSteps([]amountStep{
		{"with the whole payment refunded earlier", less(s.Paid, s.Disputed)},
		{"with one more minor unit refunded earlier", plus(s.Refunded, minorUnit(s.Price.Currency()))},
	}, func(step amountStep) *breach {
		c := *t.c
		c.Subscription.Refunded = step.amount
		return t.amounts(step.what, t.p, &c, noMore, theSame)
	})
}

func lawMoreDisputed(t *trial) *breach {
	s := &t.c.Subscription
	return inSteps([]amountStep{
		{"with the whole payment disputed", less(s.Paid, s.Refunded)},
		{"with one more minor unit disputed", plus(s.Disputed, minorUnit(s.Price.Currency()))},
	}, func(step amountStep) *breach {
		c := *t.c
		c.Subscription.Disputed = step.amount
		return t.amounts(step.what, t.p, &c, noMore, theSame)
	})
}

// A dispute that is lost counts as refunded.
func lawDisputeLost(t *trial) *breach {
	c := *t.c
	c.Subscription.Refunded, c.Subscription.Disputed = t.taken(), refund.Money{}
	return t.amounts("with the dispute lost", t.p, &c, theSame, theSame)
}

func lawMorePaid(t *trial) *breach {
	return inSteps(t.more(), func(more refund.Money) *breach {
		c := *t.c
		c.Subscription.Paid = plus(c.Subscription.Paid, more)
		b := t.amounts("with a higher payment", t.p, &c, noLess, noLess)
		return b.of("paid " + c.Subscription.Paid.String())
	})
}

// objections are findings on every clause that takes one, blocking if the clause allows it.
var objections = func() (list []refund.Finding) {
	for _, clause := range lookedAt {
		list = append(list, refund.Finding{Clause: clause, Severity: refund.SeverityAdvisory})
	}
	return append(list,
		refund.Finding{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking},
		refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityBlocking})
}()

func lawFindingMovesNothing(t *trial) *breach {
	type step struct {
		what string
		list []refund.Finding
	}
	return inSteps([]step{
		{"without findings", nil},
		{"with every objection", slices.Concat(t.c.Findings, objections)},
	}, func(change step) *breach {
		c := *t.c
		c.Findings = change.list
		o, b := t.changed(change.what, t.p, &c)
		if b != nil {
			return b
		}
		with := o // without the changes that findings may make
		with.Held, with.Statuses, with.Findings = t.o.Held, t.o.Statuses, t.o.Findings
		if !with.Equal(t.o) {
			return &breach{got: change.what + ", " + first(with.Diff(t.o)), want: "the same amounts", outcome: o}
		}
		if change.list != nil && !o.Held {
			return &breach{got: change.what + ", not held", want: "held", outcome: o, clause: refund.ClauseCredentials}
		}
		return nil
	})
}

// withFinding returns the case with one more finding.
func (t *trial) withFinding(f refund.Finding) *refund.Case {
	c := *t.c
	c.Findings = append(slices.Clone(t.c.Findings), f)
	return &c
}

// lookedAt are the clauses that take findings.
var lookedAt = slices.DeleteFunc(refund.Clauses(), func(c refund.Clause) bool { return !c.TakesFindings() })

func lawAdvisoryFinding(t *trial) *breach {
	return inSteps(lookedAt, func(clause refund.Clause) *breach {
		what := "with an advisory finding on " + clause.String()
		o, b := t.changed(what, t.p, t.withFinding(refund.Finding{Clause: clause, Severity: refund.SeverityAdvisory, Subject: t.c.Request.By}))
		if b != nil {
			return b
		}
		want := t.o.Statuses
		if want[clause] != refund.StatusBlocking {
			want[clause] = refund.StatusObjected
		}
		for _, other := range refund.Clauses() {
			if got := o.Statuses[other]; got != want[other] {
				return &breach{clause: clause, got: what + ", " + other.String() + " is " + got.String(), want: want[other].String(), outcome: o}
			}
		}
		if o.Held != t.o.Held {
			return &breach{clause: clause, got: what + ", held is " + strconv.FormatBool(o.Held), want: strconv.FormatBool(t.o.Held) + ", as without the finding", outcome: o}
		}
		return nil
	})
}

// lookAlikes are subjects that differ from the requester's id, some only by a byte.
func lookAlikes(c *refund.Case) []string {
	by := c.Request.By
	return []string{"", c.Subscription.Account, by + " ", " " + by, by + "0", strings.ToLower(by), strings.ToUpper(by), "somebody else"}
}

func lawVouching(t *trial) *breach {
	const clause = refund.ClauseAccountAccess
	by := t.c.Request.By
	unchanged, vouchedFor := t.o.Statuses[clause], statusOf(t.worst(clause))
	if vouchedFor == refund.StatusNotEvaluated {
		vouchedFor = refund.StatusSatisfied
	}
	return inSteps(append(lookAlikes(t.c), by), func(subject string) *breach {
		want := unchanged
		if subject == by && by != "" {
			want = vouchedFor
		}
		what := "with a satisfied finding on " + quoted(subject)
		o, b := t.changed(what, t.p, t.withFinding(refund.Finding{Clause: clause, Severity: refund.SeveritySatisfied, Subject: subject}))
		if b != nil {
			return b
		}
		if got := o.Statuses[clause]; got != want {
			return &breach{got: what + ", account-access is " + got.String(), want: want.String() + ": " + quoted(by) + " asked", outcome: o}
		}
		return nil
	})
}
