package refund_test

import (
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/internal/oracle"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// drawCase draws a policy and a valid case.
func drawCase(t *rapid.T) (refund.Policy, refund.Case) {
	p := gen.Policy().Draw(t, "policy")
	return p, gen.Case(p).Draw(t, "case")
}

// judged evaluates a case that was generated as a valid one.
func judged(t *rapid.T, p refund.Policy, c refund.Case) refund.Outcome {
	t.Helper()
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// same fails unless both outcomes are equal and have the same sentences.
func same(t *rapid.T, what string, got, want refund.Outcome) {
	t.Helper()
	if !got.Equal(want) {
		t.Errorf("%s: outcome is\n%+v, want\n%+v", what, got, want)
	}
	for _, clause := range refund.Clauses() {
		if g, w := got.Why(clause), want.Why(clause); g != w {
			t.Errorf("%s: %v says %q, want %q", what, clause, g, w)
		}
	}
}

// copyCase returns a copy that shares no slices.
func copyCase(c refund.Case) refund.Case {
	c.Issues, c.Findings = slices.Clone(c.Issues), slices.Clone(c.Findings)
	return c
}

// copyPolicy returns a copy that shares no slices and no map.
func copyPolicy(p refund.Policy) refund.Policy {
	p.Required = slices.Clone(p.Required)
	for day := range p.Hours {
		p.Hours[day] = slices.Clone(p.Hours[day])
	}
	p.SpecialDays = maps.Clone(p.SpecialDays)
	for day := range p.SpecialDays {
		p.SpecialDays[day] = slices.Clone(p.SpecialDays[day])
	}
	return p
}

// brokenLaw returns the name of a law that an outcome breaks, or "".
func brokenLaw(c refund.Case, o refund.Outcome) string {
	s := c.Subscription
	price, paid := oracle.Rat(s.Price), oracle.Rat(s.Paid)
	refundable, entitlement, deduction := oracle.Rat(o.Refundable), oracle.Rat(o.Entitlement), oracle.Rat(o.Deduction)
	remaining := oracle.Rat(o.Remaining)
	lesser := price
	if paid.Cmp(price) < 0 {
		lesser = paid
	}
	taken := new(big.Rat).Add(oracle.Rat(s.Refunded), oracle.Rat(s.Disputed))
	fits := func(released *big.Rat) bool { // under the cap, which earlier refunds may have passed
		return released.Sign() == 0 || new(big.Rat).Add(released, taken).Cmp(lesser) <= 0
	}
	difference := new(big.Rat).Sub(entitlement, taken)
	steps := new(big.Rat)
	for i, step := range o.Steps() {
		if step.Clause != refund.Clauses()[i] || step.Status != o.Statuses[step.Clause] {
			return fmt.Sprintf("steps are all clauses in order: %v", o.Steps())
		}
		if !step.Amount.IsZero() && (step.Status != refund.StatusApplied || step.Amount.Currency() != s.Price.Currency()) {
			return fmt.Sprintf("only what applies moves the figure: %v", step)
		}
		steps.Add(steps, oracle.Rat(step.Amount))
	}
	blocking := false
	for _, clause := range refund.Clauses() {
		status := o.Statuses[clause]
		if status < refund.StatusApplied || status > refund.StatusNotEvaluated {
			return fmt.Sprintf("every clause has a status: %v is %v", clause, status)
		}
		blocking = blocking || status == refund.StatusBlocking
		if fault := brokenLine(o.Why(clause)); fault != "" {
			return fmt.Sprintf("every clause has a reason in one line: %v %s: %q", clause, fault, o.Why(clause))
		}
	}
	switch {
	case refundable.Sign() < 0:
		return "refundable is never negative"
	case !fits(refundable):
		return "refundable, refunded and disputed together are at most the lesser of price and paid"
	case remaining.Sign() < 0 || !fits(remaining):
		return "remaining, refunded and disputed together are at most the lesser of price and paid"
	case refundable.Cmp(remaining) > 0:
		return "refundable is at most remaining"
	case refundable.Sign() > 0 && refundable.Cmp(difference) != 0 || refundable.Sign() == 0 && difference.Sign() > 0:
		return "refundable is the entitlement less refunded and disputed, or zero"
	case oracle.Rat(o.Refunded).Cmp(oracle.Rat(s.Refunded)) != 0 || oracle.Rat(o.Disputed).Cmp(oracle.Rat(s.Disputed)) != 0:
		return "refunded and disputed are those of the subscription"
	case entitlement.Sign() < 0 || entitlement.Cmp(lesser) > 0:
		return "the entitlement is at most the lesser of price and paid"
	case refundable.Cmp(entitlement) > 0:
		return "refundable is at most the entitlement"
	case deduction.Sign() < 0:
		return "a deduction is never negative"
	case steps.Cmp(entitlement) != 0:
		return "the steps add up to the entitlement"
	case o.Held != blocking:
		return "held while a clause is blocking, and only then"
	case o.Window.Closes.Before(o.Window.Opens):
		return "a window never closes before it opens"
	case !o.Callback.Earliest.Before(o.Callback.Latest):
		return "a call back is due from earliest to latest"
	case o.Statuses[0] != 0:
		return "element 0 of the statuses belongs to no clause"
	}
	return ""
}

// brokenLine returns why a text is not one line of words, or "".
func brokenLine(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "is empty"
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }):
		return "has a control character"
	case strings.ContainsAny(text, "\u2028\u2029\u202e"):
		return "has a character that breaks or turns lines"
	}
	return ""
}

func TestLawAboveAllOthers(t *testing.T) {
	checkMany(t, 400, func(t *rapid.T) {
		p, c := drawCase(t)
		if law := brokenLaw(c, judged(t, p, c)); law != "" {
			t.Fatal(law)
		}
	})
}

// amountsOf holds the part of an outcome that findings and clocks must not change.
func amountsOf(o refund.Outcome) string {
	text := fmt.Sprint(o.Verdict, o.Refundable, o.Entitlement, o.Deduction, o.Refunded, o.Disputed, o.Remaining, o.ResolvedIssues)
	for _, step := range o.Steps() {
		text += fmt.Sprintf(" %v %v", step.Clause, step.Amount)
	}
	return text
}

func TestRefundableNeverGrows(t *testing.T) {
	notMore := func(t *rapid.T, p refund.Policy, c, changed refund.Case) {
		t.Helper()
		before, after := judged(t, p, c), judged(t, p, changed)
		if more, err := after.Refundable.Cmp(before.Refundable); err != nil || more > 0 {
			t.Errorf("refundable grew from %v to %v (%v)", before.Refundable, after.Refundable, err)
		}
		if more, err := after.Entitlement.Cmp(before.Entitlement); err != nil || more > 0 {
			t.Errorf("entitlement grew from %v to %v (%v)", before.Entitlement, after.Entitlement, err)
		}
	}
	t.Run("with one more resolved issue", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			p, c := drawCase(t)
			more := copyCase(c)
			at := rapid.SampledFrom([]time.Time{c.Request.At, c.Subscription.Start, c.Request.At.Add(time.Nanosecond)}).Draw(t, "resolved")
			more.Issues = append(more.Issues, resolvedAt("T-more", at))
			notMore(t, p, c, more)
		})
	})
	t.Run("with an open issue resolved", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			p, c := drawCase(t)
			c.Issues = append(c.Issues, refund.Issue{ID: "T-open", Opened: c.Subscription.Start})
			resolved := copyCase(c)
			resolved.Issues[len(c.Issues)-1].Resolved = c.Request.At
			notMore(t, p, c, resolved)
		})
	})
	t.Run("with a higher charge", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			p, c := drawCase(t)
			more := gen.Amount(c.Subscription.Price.Currency()).Draw(t, "more")
			higher := c
			charge, err := c.Subscription.Service.PerInstance.Add(more)
			if err != nil {
				t.Fatal(err)
			}
			higher.Subscription.Service.PerInstance = charge
			notMore(t, p, c, higher)
		})
	})
	// Under either reading of resolved_until, a later request never counts fewer
	// resolutions. After the closing, the entitlement is zero.
	t.Run("with a later request", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			p, c := drawCase(t)
			c.Request.CalledBack = time.Time{}
			later := c
			by := rapid.SampledFrom([]time.Duration{1, time.Minute, 24 * time.Hour, 20 * 24 * time.Hour}).Draw(t, "later")
			later.Request.At = c.Request.At.Add(by)
			notMore(t, p, c, later)
		})
	})
	t.Run("with more refunded or disputed", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			p, c := drawCase(t)
			before := judged(t, p, c)
			left := difference(t, c.Subscription.Paid, total(t, c.Subscription.Refunded, c.Subscription.Disputed))
			more := amountUpTo(t, left)
			for what, taken := range map[string]func(*refund.Subscription) *refund.Money{
				"refunded": func(s *refund.Subscription) *refund.Money { return &s.Refunded },
				"disputed": func(s *refund.Subscription) *refund.Money { return &s.Disputed },
			} {
				changed := c
				m := taken(&changed.Subscription)
				*m = total(t, *m, more)
				notMore(t, p, c, changed)
				after := judged(t, p, changed)
				if !after.Entitlement.Equal(before.Entitlement) || after.Verdict != before.Verdict || after.Statuses != before.Statuses {
					t.Errorf("%v more %s: entitlement went from %v to %v, verdict from %v to %v", more, what, before.Entitlement, after.Entitlement, before.Verdict, after.Verdict)
				}
				if grown, err := after.Remaining.Cmp(before.Remaining); err != nil || grown > 0 {
					t.Errorf("remaining grew from %v to %v (%v)", before.Remaining, after.Remaining, err)
				}
			}
		})
	})
}

func total(t *rapid.T, m, n refund.Money) refund.Money {
	t.Helper()
	total, err := m.Add(n)
	if err != nil {
		t.Fatal(err)
	}
	return total
}

func difference(t *rapid.T, m, n refund.Money) refund.Money {
	t.Helper()
	rest, err := m.Sub(n)
	if err != nil {
		t.Fatal(err)
	}
	return rest
}

// amountUpTo draws an amount from zero to another.
func amountUpTo(t *rapid.T, most refund.Money) refund.Money {
	m := gen.Amount(most.Currency()).Draw(t, "amount")
	if above, err := m.Cmp(most); err != nil || above > 0 {
		return most
	}
	return m
}

// A lost dispute counts as refunded; a dispute that was won no longer counts.
func TestDecidedDisputes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		open := judged(t, p, c)
		lost, won := c, c
		lost.Subscription.Refunded, lost.Subscription.Disputed = total(t, c.Subscription.Refunded, c.Subscription.Disputed), refund.Money{}
		won.Subscription.Disputed = refund.Money{}
		if o := judged(t, p, lost); !o.Refundable.Equal(open.Refundable) || !o.Remaining.Equal(open.Remaining) {
			t.Errorf("refundable goes from %v to %v, remaining from %v to %v when the dispute is lost", open.Refundable, o.Refundable, open.Remaining, o.Remaining)
		}
		if o := judged(t, p, won); oracle.Rat(o.Refundable).Cmp(oracle.Rat(open.Refundable)) < 0 ||
			oracle.Rat(o.Refundable).Cmp(new(big.Rat).Add(oracle.Rat(open.Refundable), oracle.Rat(c.Subscription.Disputed))) > 0 {
			t.Errorf("refundable goes from %v to %v when a dispute of %v is won", open.Refundable, o.Refundable, c.Subscription.Disputed)
		}
	})
}

func TestRefundableNeverShrinksWhenMoreWasPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		more := gen.Amount(c.Subscription.Price.Currency()).Draw(t, "more")
		paid, err := c.Subscription.Paid.Add(more)
		if err != nil {
			t.Fatal(err)
		}
		richer := c
		richer.Subscription.Paid = paid
		before, after := judged(t, p, c), judged(t, p, richer)
		if less, err := after.Refundable.Cmp(before.Refundable); err != nil || less < 0 {
			t.Errorf("refundable shrank from %v to %v (%v)", before.Refundable, after.Refundable, err)
		}
		if less, err := after.Remaining.Cmp(before.Remaining); err != nil || less < 0 {
			t.Errorf("remaining shrank from %v to %v (%v)", before.Remaining, after.Remaining, err)
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		shuffled := c
		if len(c.Issues) > 0 { // an empty log must not become a missing one
			shuffled.Issues = rapid.Permutation(c.Issues).Draw(t, "issues")
		}
		if len(c.Findings) > 0 {
			shuffled.Findings = rapid.Permutation(c.Findings).Draw(t, "findings")
		}
		same(t, "another order", judged(t, p, shuffled), judged(t, p, c))
	})
}

// everyInstant returns a case with each of its instants changed.
func everyInstant(c refund.Case, change func(time.Time) time.Time) refund.Case {
	c = copyCase(c)
	unlessZero := func(at *time.Time) {
		if !at.IsZero() {
			*at = change(*at)
		}
	}
	unlessZero(&c.Subscription.Start)
	unlessZero(&c.Request.At)
	unlessZero(&c.Request.CalledBack)
	for i := range c.Issues {
		unlessZero(&c.Issues[i].Opened)
		unlessZero(&c.Issues[i].Resolved)
	}
	return c
}

func TestLocationOfAnInstantDoesNotMatter(t *testing.T) {
	apia, east := zone(t, "Pacific/Apia"), time.FixedZone("", 14*60*60)
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		for _, loc := range []*time.Location{time.UTC, apia, east, time.Local} {
			moved := everyInstant(c, func(at time.Time) time.Time { return at.In(loc) })
			same(t, "instants in "+loc.String(), judged(t, p, moved), judged(t, p, c))
		}
	})
}

func TestMonotonicReadingDoesNotMatter(t *testing.T) {
	now := time.Now()
	// The clock was set between two readings, so their monotonic order differs from their
	// order on the calendar.
	skewed := now
	reading := (*[2]uint64)(unsafe.Pointer(&skewed))
	reading[1] -= uint64(300 * 24 * time.Hour)
	if !skewed.Round(0).Equal(now.Round(0)) || !skewed.Before(now) {
		t.Fatal("time.Time is not laid out as this test believes")
	}
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		odd := false
		read := everyInstant(c, func(at time.Time) time.Time {
			odd = !odd
			if odd {
				return now.Add(at.Sub(now))
			}
			return skewed.Add(at.Sub(now))
		})
		got := judged(t, p, read)
		same(t, "with monotonic readings", got, judged(t, p, c))
		for _, at := range []time.Time{got.Window.Opens, got.Window.Closes, got.Callback.Earliest, got.Callback.Latest, got.Basis.RequestedAt, got.Basis.CalledBack} {
			if strings.Contains(at.String(), "m=") {
				t.Errorf("%v keeps a monotonic reading", at)
			}
		}
	})
}

func TestEveryCurrencyAlike(t *testing.T) {
	minor := func(m refund.Money) *big.Int {
		scaled := new(big.Rat).Mul(oracle.Rat(m), new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(m.Currency().Digits())), nil)))
		if !scaled.IsInt() {
			t.Fatalf("%v does not fit the minor unit", m)
		}
		return scaled.Num()
	}
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		want := judged(t, p, c)
		for _, code := range []string{"USD", "JPY", "BHD", "CLF", "EEK", "BYR"} {
			currency := refund.MustCurrency(code)
			exchanged := c
			s := &exchanged.Subscription
			for _, m := range []*refund.Money{&s.Price, &s.Paid, &s.Refunded, &s.Disputed, &s.Service.PerInstance} {
				if !m.IsZero() {
					*m = ofMinor(t, minor(*m), currency)
				}
			}
			got := judged(t, p, exchanged)
			for _, pair := range [][2]refund.Money{
				{got.Refundable, want.Refundable}, {got.Entitlement, want.Entitlement}, {got.Deduction, want.Deduction},
				{got.Refunded, want.Refunded}, {got.Disputed, want.Disputed}, {got.Remaining, want.Remaining},
			} {
				if pair[0].Currency() != currency || minor(pair[0]).Cmp(minor(pair[1])) != 0 {
					t.Errorf("%v in %v is %v", pair[1], currency, pair[0])
				}
			}
			if got.Verdict != want.Verdict || got.Statuses != want.Statuses || got.Held != want.Held {
				t.Errorf("in %v: %v %v, want %v %v", currency, got.Verdict, got.Statuses, want.Verdict, want.Statuses)
			}
		}
	})
}

func TestResolutionAfterTheRequestHasNoEffect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		p.Readings.ResolvedUntil = refund.ResolvedUntilRequest
		later := copyCase(c)
		for i, after := range []time.Duration{1, time.Hour, 5 * 24 * time.Hour} {
			later.Issues = append(later.Issues, resolvedAt("T-later-"+strconv.Itoa(i), c.Request.At.Add(after)))
		}
		same(t, "resolved after the request", judged(t, p, later), judged(t, p, c))
	})
}

func TestFindingNeverChangesAnAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		want := judged(t, p, c)
		without := c
		without.Findings = nil
		if got := judged(t, p, without); amountsOf(got) != amountsOf(want) {
			t.Errorf("without findings: %v, want %v", amountsOf(got), amountsOf(want))
		}
		worse := c
		for _, clause := range refund.Clauses() {
			if clause.TakesFindings() {
				worse.Findings = append(worse.Findings, refund.Finding{Clause: clause, Severity: refund.SeverityAdvisory})
			}
		}
		worse.Findings = append(worse.Findings, refund.Finding{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking})
		got := judged(t, p, worse)
		if amountsOf(got) != amountsOf(want) {
			t.Errorf("with every objection: %v, want %v", amountsOf(got), amountsOf(want))
		}
		if !got.Held {
			t.Error("a blocking finding does not hold the refund")
		}
	})
}

// closedGates returns the clauses that prevent a release even if the officer acknowledges
// every objection: blocking clauses, and required clauses that are not reviewed.
func closedGates(p refund.Policy, o refund.Outcome) (closed []refund.Clause) {
	for _, clause := range refund.Clauses() {
		switch {
		case o.Statuses[clause] == refund.StatusBlocking,
			o.Statuses[clause] == refund.StatusNotEvaluated && slices.Contains(p.Required, clause):
			closed = append(closed, clause)
		}
	}
	return closed
}

func TestAdvisoryFindingDoesNotLiftAHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		before := judged(t, p, c)
		for _, clause := range refund.Clauses() {
			if !clause.TakesFindings() {
				continue
			}
			doubted := copyCase(c)
			doubted.Findings = append(doubted.Findings, refund.Finding{Clause: clause, Severity: refund.SeverityAdvisory, Subject: c.Request.By})
			after := judged(t, p, doubted)
			if amountsOf(after) != amountsOf(before) || after.Held != before.Held {
				t.Errorf("an advisory finding on %v: %v, held %v; want %v, %v", clause, amountsOf(after), after.Held, amountsOf(before), before.Held)
			}
			want := before.Statuses
			if want[clause] != refund.StatusBlocking {
				want[clause] = refund.StatusObjected
			}
			if after.Statuses != want {
				t.Errorf("an advisory finding on %v: statuses are %v, want %v", clause, after.Statuses, want)
			}
			// A gate may change from not reviewed to not acknowledged. It stays closed
			// unless the officer acknowledges the clause.
			opened := slices.DeleteFunc(closedGates(p, before), func(gate refund.Clause) bool {
				return slices.Contains(closedGates(p, after), gate) || after.Statuses[gate] == refund.StatusObjected
			})
			if len(opened) > 0 {
				t.Errorf("an advisory finding on %v opens %v", clause, opened)
			}
		}
	})
}

func TestVouchingClearsOnlyTheOneNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		by := c.Request.By
		before := judged(t, p, c)
		vouch := func(subject string) refund.Outcome {
			vouched := copyCase(c)
			vouched.Findings = append(vouched.Findings, refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeveritySatisfied, Subject: subject})
			return judged(t, p, vouched)
		}
		for _, subject := range []string{"", c.Subscription.Account, "somebody else", by + " ", " " + by, by + "\x00", strings.ToLower(by), strings.ToUpper(by)} {
			if subject == by && by != "" {
				continue
			}
			if after := vouch(subject); after.Statuses != before.Statuses || after.Held != before.Held {
				t.Errorf("vouching for %q where %q asked: statuses are %v, want %v", subject, by, after.Statuses, before.Statuses)
			}
		}
		if by == "" {
			return
		}
		has := func(severity refund.Severity) bool {
			return slices.ContainsFunc(c.Findings, func(f refund.Finding) bool {
				return f.Clause == refund.ClauseAccountAccess && f.Severity == severity
			})
		}
		want := before.Statuses
		switch access := &want[refund.ClauseAccountAccess]; {
		case has(refund.SeverityBlocking):
			*access = refund.StatusBlocking
		case has(refund.SeverityAdvisory):
			*access = refund.StatusObjected
		default:
			*access = refund.StatusSatisfied
		}
		if after := vouch(by); after.Statuses != want {
			t.Errorf("vouching for %q, who asked: statuses are %v, want %v", by, after.Statuses, want)
		}
	})
}

// scribble overwrites the elements of slices and maps of a case and a policy.
func scribble(p refund.Policy, c refund.Case) {
	for _, openings := range p.Hours {
		clear(openings)
	}
	for _, openings := range p.SpecialDays {
		clear(openings)
	}
	clear(p.SpecialDays)
	for i := range c.Issues {
		c.Issues[i] = refund.Issue{}
	}
	for i := range c.Findings {
		c.Findings[i] = refund.Finding{Clause: refund.ClauseCap, Detail: "changed"}
	}
}

func TestEvaluateDoesNotShareOrModifyItsInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawCase(t)
		// Room behind the slices, which an append would write into.
		c.Findings = append(slices.Grow([]refund.Finding(nil), len(c.Findings)+4), c.Findings...)
		room := c.Findings[:cap(c.Findings)]
		wasPolicy, wasCase, wasRoom := copyPolicy(p), copyCase(c), slices.Clone(room)

		got := judged(t, p, c)
		want := got
		want.Findings = slices.Clone(got.Findings)
		if !reflect.DeepEqual(p, wasPolicy) || !slices.Equal(c.Issues, wasCase.Issues) || !slices.Equal(room, wasRoom) {
			t.Error("Evaluate wrote into its input")
		}
		for i := range got.Findings { // the outcome must not share memory either
			got.Findings[i].Detail = "changed"
		}
		if !slices.Equal(c.Findings, wasCase.Findings) {
			t.Error("the outcome shares the findings of the case")
		}
		copy(got.Findings, want.Findings)
		scribble(p, c)
		same(t, "input changed later", got, want)
	})
}

func TestEvaluateConcurrently(t *testing.T) {
	checkMany(t, 20, func(t *rapid.T) {
		p, c := drawCase(t)
		want := judged(t, p, c)
		var wait sync.WaitGroup
		got := make([]refund.Outcome, 4)
		for i := range got {
			wait.Go(func() {
				got[i], _ = p.Evaluate(c)
				for _, clause := range refund.Clauses() {
					got[i].Why(clause)
				}
			})
		}
		wait.Wait()
		for i := range got {
			same(t, "concurrently", got[i], want)
		}
	})
}
