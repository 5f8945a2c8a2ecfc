package gen_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// sold returns a subscription with a price.
func sold(price refund.Money) refund.Subscription {
	return refund.Subscription{
		ID:      "SUB-1",
		Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: price.Times(0)},
		Start:   time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC),
		Price:   price,
	}
}

func TestLedgersOfEveryState(t *testing.T) {
	ledgers := gen.Ledger(sold(refund.MustMoney("100.00", "USD")))
	refunds, disputes := map[ledger.State]bool{}, map[ledger.State]bool{}
	payments := map[int]bool{} // comparison of the payments with the price
	split := false             // a refund over several payments
	alerts, kinds := map[ledger.AlertCode]bool{}, map[ledger.EventKind]bool{}
	for seed := range 800 {
		l := ledgers.Example(seed + 1)
		for _, r := range l.Refunds() {
			refunds[r.State] = true
			split = split || len(r.Shares) > 1
		}
		for _, d := range l.Disputes() {
			disputes[d.State] = true
		}
		for _, alert := range l.Alerts() {
			alerts[alert.Code] = true
		}
		for _, e := range l.Events() {
			kinds[e.Kind] = true
		}
		n, err := l.Totals().Paid.Cmp(l.Price())
		if err != nil {
			t.Fatal(err)
		}
		payments[n] = true
	}
	for _, s := range []ledger.State{ledger.StatePending, ledger.StateSubmitted, ledger.StateSettled, ledger.StateFailed} {
		if !refunds[s] {
			t.Errorf("no refund is %v", s)
		}
	}
	for _, s := range []ledger.State{ledger.StateOpen, ledger.StateWon, ledger.StateLost} {
		if !disputes[s] {
			t.Errorf("no dispute is %v", s)
		}
	}
	for k := ledger.EventPaid; k <= ledger.EventLost; k++ {
		if !kinds[k] {
			t.Errorf("no event is %v", k)
		}
	}
	for c := ledger.AlertBeyondCap; c <= ledger.AlertReversalBeyondPayment; c++ {
		if !alerts[c] {
			t.Errorf("no alert is %v", c)
		}
	}
	if len(payments) != 3 || !split {
		t.Errorf("payments compare with the price as %v; a refund over several payments: %t", payments, split)
	}
}

func TestLedgersShrinkToOnePayment(t *testing.T) {
	price := refund.MustMoney("100.00", "USD")
	var least ledger.Ledger
	if holds(t, func(t *rapid.T) {
		least = gen.Ledger(sold(price)).Draw(t, "ledger")
		t.FailNow()
	}) {
		t.Fatal("a property that is always false holds")
	}
	if list := least.Payments(); len(list) != 1 || !list[0].Amount.Equal(price) || least.Version() != 1 {
		t.Errorf("payments are %v, of %d events", list, least.Version())
	}
}

// The books of a case's subscription can be stored and restored, and the case with their
// amounts is valid.
func TestLedgersOfCases(t *testing.T) {
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
		if more, err := outcome.Refundable.Cmp(least(t, c.Subscription)); err != nil || more > 0 {
			t.Errorf("refundable is %v on %+v (%v)", outcome.Refundable, books.Totals(), err)
		}
	})
}

// least returns the lesser of price and paid, less refunds and disputes.
func least(t *rapid.T, s refund.Subscription) refund.Money {
	lesser := s.Price
	if less, err := s.Paid.Cmp(s.Price); err != nil {
		t.Fatal(err)
	} else if less < 0 {
		lesser = s.Paid
	}
	left, err := lesser.Sub(s.Refunded)
	if err == nil {
		left, err = left.Sub(s.Disputed)
	}
	if err != nil {
		t.Fatal(err)
	}
	if left.Sign() < 0 {
		return left.Times(0)
	}
	return left
}

func TestLedgersNeedOnlyAnIDAndAPrice(t *testing.T) {
	for _, free := range []string{"0.00", "0.01"} {
		books := gen.Ledger(refund.Subscription{ID: "SUB-1", Price: refund.MustMoney(free, "USD")})
		rapid.Check(t, func(t *rapid.T) {
			if l := books.Draw(t, "books"); l.SubscriptionID() != "SUB-1" {
				t.Errorf("books of %q", l.SubscriptionID())
			}
		})
	}
	if holds(t, func(t *rapid.T) { gen.Ledger(refund.Subscription{}).Draw(t, "books") }) {
		t.Error("books of the zero subscription are drawn")
	}
}
