package gen_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// sold is a subscription at a price.
func sold(price refund.Money) refund.Subscription {
	return refund.Subscription{
		ID:      "SUB-1",
		Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: price.Times(0)},
		Start:   time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC),
		Price:   price,
	}
}

var ledgers = gen.Ledger(sold(refund.MustMoney("100.00", "USD")))

// refundIs reports whether a refund is in a state.
func refundIs(l ledger.Ledger, s ledger.State) bool {
	return slices.ContainsFunc(l.Refunds(), func(r ledger.Refund) bool { return r.State == s })
}

func disputeIs(l ledger.Ledger, s ledger.State) bool {
	return slices.ContainsFunc(l.Disputes(), func(d ledger.DisputeStatus) bool { return d.State == s })
}

// cameBack reports whether a refund failed after it was settled.
func cameBack(l ledger.Ledger) bool {
	settled := map[string]bool{}
	for _, e := range l.Events() {
		switch e.Kind {
		case ledger.EventSettled:
			settled[e.ID] = true
		case ledger.EventFailed:
			if settled[e.ID] {
				return true
			}
		}
	}
	return false
}

func TestLedgersReachEverything(t *testing.T) {
	const draws = 800
	seen := map[string]int{}
	for seed := range draws {
		l := ledgers.Example(seed + 1)
		totals, refunds := l.Totals(), l.Refunds()
		paid, err := totals.Paid.Cmp(l.Price())
		if err != nil {
			t.Fatal(err)
		}
		for what, is := range map[string]bool{
			"no refund":                len(refunds) == 0,
			"a refund is pending":      refundIs(l, ledger.StatePending),
			"a refund is submitted":    refundIs(l, ledger.StateSubmitted),
			"a refund is settled":      refundIs(l, ledger.StateSettled),
			"a refund has failed":      refundIs(l, ledger.StateFailed),
			"a settled one came back":  cameBack(l),
			"several refunds":          len(refunds) > 1,
			"one over several":         slices.ContainsFunc(refunds, func(r ledger.Refund) bool { return len(r.Shares) > 1 }),
			"a dispute is open":        disputeIs(l, ledger.StateOpen),
			"a dispute is won":         disputeIs(l, ledger.StateWon),
			"a dispute is lost":        disputeIs(l, ledger.StateLost),
			"returned twice":           totals.Excess.Sign() > 0,
			"an amount is disputed":    totals.Disputed.Sign() > 0,
			"no amount is left":        totals.Refundable.Sign() == 0,
			"all is left":              totals.Refundable.Equal(totals.Paid),
			"paid less than the price": paid < 0,
			"paid the price":           paid == 0,
			"paid more than the price": paid > 0,
			"several payments":         len(l.Payments()) > 1,
		} {
			seen[what] += 0
			if is {
				seen[what]++
			}
		}
	}
	for what, n := range seen {
		if n < draws/40 {
			t.Errorf("%s: %d of %d", what, n, draws)
		}
	}
	if len(seen) != 19 {
		t.Errorf("%d categories", len(seen))
	}
}

// Whatever the subscription of a case, its books are lawful, can be restored, and a case on
// them can be evaluated.
func TestLedgersGoWithCases(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		books := gen.Ledger(c.Subscription).Draw(t, "books")
		again, err := ledger.Restore(c.Subscription.ID, c.Subscription.Price, books.Events())
		if err != nil || !again.Equal(books) {
			t.Errorf("restored: %v", err)
		}
		if c.Subscription, err = books.Subscription(c.Subscription); err != nil {
			t.Fatal(err)
		}
		outcome, err := p.Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		// The outcome is at most the cap; the books subtract disputed amounts, too.
		if more, err := outcome.Refundable.Cmp(least(t, c.Subscription)); err != nil || more > 0 {
			t.Errorf("refundable is %v on %+v (%v)", outcome.Refundable, books.Totals(), err)
		}
	})
}

// least returns what remains of the lesser of price and paid.
func least(t *rapid.T, s refund.Subscription) refund.Money {
	lesser := s.Price
	if less, err := s.Paid.Cmp(s.Price); err != nil {
		t.Fatal(err)
	} else if less < 0 {
		lesser = s.Paid
	}
	left, err := lesser.Sub(s.Refunded)
	if err != nil {
		t.Fatal(err)
	}
	if left.Sign() < 0 {
		return left.Times(0)
	}
	return left
}

func TestLedgersShrinkToReadableOnes(t *testing.T) {
	tests := []struct {
		reason string
		never  func(ledger.Ledger) bool
		events []string // the kinds of those that it takes
	}{
		{"any books at all", func(ledger.Ledger) bool { return true }, []string{"paid"}},
		{"no refund is posted", func(l ledger.Ledger) bool { return len(l.Refunds()) > 0 }, []string{"paid", "posted"}},
		{"no refund is settled", func(l ledger.Ledger) bool { return refundIs(l, ledger.StateSettled) }, []string{"paid", "posted", "settled"}},
		{"no refund is submitted", func(l ledger.Ledger) bool { return refundIs(l, ledger.StateSubmitted) }, []string{"paid", "posted", "submitted"}},
		{"no refund fails", func(l ledger.Ledger) bool { return refundIs(l, ledger.StateFailed) }, []string{"paid", "posted", "failed"}},
		{"no settled refund comes back", cameBack, []string{"paid", "posted", "settled", "failed"}},
		{"no dispute is open", func(l ledger.Ledger) bool { return disputeIs(l, ledger.StateOpen) }, []string{"paid", "disputed"}},
		{"no dispute is lost", func(l ledger.Ledger) bool { return disputeIs(l, ledger.StateLost) }, []string{"paid", "disputed", "lost"}},
		{"no dispute is won", func(l ledger.Ledger) bool { return disputeIs(l, ledger.StateWon) }, []string{"paid", "disputed", "won"}},
		{"no amount is returned twice", func(l ledger.Ledger) bool { return l.Totals().Excess.Sign() > 0 }, []string{"paid", "posted", "disputed", "lost"}},
		{"each refund is on one payment", func(l ledger.Ledger) bool {
			return slices.ContainsFunc(l.Refunds(), func(r ledger.Refund) bool { return len(r.Shares) > 1 })
		}, []string{"paid", "paid", "posted"}},
	}
	for _, test := range tests {
		because(t, test.reason, func(t *testing.T) {
			books := minimal(t, 1, ledgers, func(l ledger.Ledger) bool { return !test.never(l) })
			var events []string
			for _, e := range books.Events() {
				events = append(events, e.Kind.String())
				if len(strings.TrimRight(strings.ReplaceAll(e.Amount.Amount(), ".", ""), "0")) > 1 || !e.At.Equal(e.At.Truncate(time.Hour)) {
					t.Errorf("%v at %v: %v", e.Kind, e.At, e.Amount)
				}
			}
			if !slices.Equal(events, test.events) {
				t.Errorf("events are %q, want %q", events, test.events)
			}
		})
	}
}

func TestLedgersNeedAPriceAlone(t *testing.T) {
	for _, free := range []string{"0.00", "0.01"} {
		books := gen.Ledger(refund.Subscription{ID: "SUB-1", Price: refund.MustMoney(free, "USD")})
		rapid.Check(t, func(t *rapid.T) {
			if l := books.Draw(t, "books"); l.SubscriptionID() != "SUB-1" {
				t.Errorf("books of %q", l.SubscriptionID())
			}
		})
	}
	if passes(t, 1, func(t *rapid.T) { gen.Ledger(refund.Subscription{}).Draw(t, "books") }) {
		t.Error("books of no subscription")
	}
}
