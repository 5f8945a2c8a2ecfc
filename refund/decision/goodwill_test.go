package decision_test

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// minorOf returns an amount in minor units.
func minorOf(m refund.Money) *big.Int { return m.Decimal().Coefficient() }

// remainsOf returns the maximum that may be released for a subscription, in minor units: the
// lesser of price and paid, less refunded and disputed, never negative.
func remainsOf(s refund.Subscription) *big.Int {
	most := minorOf(s.Price)
	if paid := minorOf(s.Paid); paid.Cmp(most) < 0 {
		most = paid
	}
	most = new(big.Int).Sub(most, minorOf(s.Refunded))
	most.Sub(most, minorOf(s.Disputed))
	if most.Sign() < 0 {
		most.SetInt64(0)
	}
	return most
}

// drawMinor draws minor units up to most, often at an end.
func drawMinor(t *rapid.T, label string, most *big.Int) *big.Int {
	n := new(big.Int).SetUint64(rapid.Uint64().Draw(t, label))
	switch n.Mod(n, new(big.Int).Add(most, big.NewInt(1))); rapid.IntRange(0, 4).Draw(t, label+" at an end") {
	case 0:
		return new(big.Int)
	case 1:
		return new(big.Int).Set(most)
	}
	return n
}

func TestGoodwillNet(t *testing.T) {
	yen := refund.MustMoney("100", "JPY")
	rows := []struct {
		because string
		g       decision.Goodwill
		want    string
		err     error
	}{
		{"charges alone", decision.Goodwill{Charges: testkit.USD("10.00")}, "10.00 USD", nil},
		{"less fees and each software", aGoodwill("100.00", "20.00", free("A", "15.50"), free("B", "4.51")), "59.99 USD", nil},
		{"exactly zero", aGoodwill("20.00", "15.00", free("A", "5.00")), "0.00 USD", nil},
		{"a negative net stays negative", aGoodwill("20.00", "15.00", free("A", "5.01")), "-0.01 USD", nil},
		{"the zero Goodwill", decision.Goodwill{}, "no amount", nil},
		{"fees in another currency", decision.Goodwill{Charges: testkit.USD("10.00"), Fees: yen}, "no amount", refund.ErrCurrencyMismatch},
		{"the first software in another currency", aGoodwill("10.00", "1.00", decision.FreeSoftware{Name: "A", Price: yen}, free("B", "1.00")), "no amount", refund.ErrCurrencyMismatch},
		{"the last software in another currency", aGoodwill("10.00", "1.00", free("A", "1.00"), decision.FreeSoftware{Name: "B", Price: yen}), "no amount", refund.ErrCurrencyMismatch},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			net, err := r.g.Net()
			if net.String() != r.want || !errors.Is(err, r.err) {
				t.Errorf("got %v, %v; want %v", net, err, r.want)
			}
		})
	}
}

// For every verdict, goodwill is the net amount less refunds and disputes, and at most the
// remaining amount.
func TestGoodwillArithmetic(t *testing.T) {
	met := map[string]int{}
	property := func(t *rapid.T) string {
		currency := rapid.Map(rapid.SampledFrom([]string{"USD", "JPY", "BHD", "CLF"}), refund.MustCurrency).Draw(t, "currency")
		money := func(n *big.Int) refund.Money { return testkit.Minor(t, n, currency) }
		c := testkit.ReviewedCase()
		s := &c.Subscription
		s.Service.Billing = rapid.SampledFrom([]refund.Billing{refund.BillingRecurring, refund.BillingOneTime}).Draw(t, "billing")
		most := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(rapid.IntRange(1, 33).Draw(t, "digits"))), nil)
		price := drawMinor(t, "price", most)
		s.Price, s.Service.PerInstance = money(price), money(drawMinor(t, "charge", most))
		s.Paid = money(drawMinor(t, "paid", most))
		s.Refunded = money(drawMinor(t, "refunded", minorOf(s.Paid)))
		s.Disputed = money(drawMinor(t, "disputed", new(big.Int).Sub(minorOf(s.Paid), minorOf(s.Refunded))))
		p := testkit.Policy()
		p.Readings.GoodwillAfter = refund.GoodwillAfter(rapid.IntRange(1, 2).Draw(t, "goodwill_after"))

		g := aGoodwill("0.00", "0.00")
		g.Charges, g.Fees = money(drawMinor(t, "charges", price)), money(new(big.Int))
		g.By.Limit = money(new(big.Int).Mul(big.NewInt(2), new(big.Int).Exp(big.NewInt(10), big.NewInt(33), nil))) // amount and refunds together
		net := minorOf(g.Charges)
		if rapid.Bool().Draw(t, "fees are kept") {
			g.Fees = money(drawMinor(t, "fees", price))
			net.Sub(net, minorOf(g.Fees))
		}
		for range rapid.IntRange(0, 2).Draw(t, "software") {
			f := decision.FreeSoftware{Name: "A", Price: money(drawMinor(t, "price of software", price))}
			g.Software = append(g.Software, f)
			net.Sub(net, minorOf(f.Price))
		}
		if got, err := g.Net(); err != nil || minorOf(got).Cmp(net) != 0 || got.Currency() != currency {
			t.Fatalf("net is %v, %v; want %v minor units", got, err, net)
		}
		due := new(big.Int).Sub(net, minorOf(s.Disputed))
		if p.Readings.GoodwillAfter == refund.GoodwillAfterLessRefunds {
			due.Sub(due, minorOf(s.Refunded))
		}
		remains := remainsOf(*s)
		d, err := decision.Grant(p, c, testkit.Shown(t, p, c), g)
		if due.Sign() <= 0 || remains.Sign() == 0 {
			gate := onlyGate(t, err)
			if !d.IsZero() || gate.Gate != decision.ErrNothingToRefund {
				t.Fatalf("decided %v, %v", d, err)
			}
			if minorOf(gate.Amount).Cmp(due) != 0 || minorOf(gate.Most).Cmp(remains) != 0 {
				t.Fatalf("%v of at most %v; want %v, %v", gate.Amount, gate.Most, due, remains)
			}
			if due.Sign() <= 0 {
				return "the net is not positive"
			}
			return "no amount remains"
		}
		want, how := due, "below the cap"
		if remains.Cmp(due) < 0 {
			want, how = remains, "limited by the cap"
		}
		if err != nil || minorOf(d.Amount()).Cmp(want) != 0 || d.Amount().Currency() != currency {
			t.Fatalf("decided %v, %v; want %v minor units", d, err, want)
		}
		return how
	}
	rapid.Check(t, func(t *rapid.T) { property(t) })
	counted := rapid.Custom(property)
	for seed := range 150 {
		met[counted.Example(seed+1)]++
	}
	if len(met) != 4 {
		t.Errorf("met %v, want all four", met)
	}
}

func TestGoodwillIsOpenOnEveryVerdict(t *testing.T) {
	change := func(f func(*refund.Case)) refund.Case {
		c := testkit.ReviewedCase()
		f(&c)
		return c
	}
	rows := []struct {
		because string
		c       refund.Case
		verdict refund.Verdict
	}{
		{"no issue resolved", change(func(c *refund.Case) { c.Issues = refund.IssueLog{} }), refund.VerdictFull},
		{"an issue resolved", testkit.ReviewedCase(), refund.VerdictDeducted},
		{"charges that consume the amount", change(func(c *refund.Case) { c.Subscription.Service.PerInstance = testkit.USD("199.99") }), refund.VerdictConsumed},
		{"a one-time service", change(func(c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }), refund.VerdictOneTimeService},
		{"requested too late", lateCase(), refund.VerdictWindowClosed},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			d := goodwilled(t, anyPart(), r.c, aGoodwill("60.00", "0.00"))
			if d.Outcome().Verdict != r.verdict || !d.Amount().Equal(testkit.USD("60.00")) {
				t.Errorf("%v on %v", d, d.Outcome().Verdict)
			}
		})
	}
}

// After killbill #334 and saleor #19645: each release is judged together with the earlier
// ones. Refunds reduce goodwill, and goodwill reduces refunds.
func TestGoodwillsAndRefundsInSequence(t *testing.T) {
	p := anyPart()
	p.Readings.GoodwillAfter = refund.GoodwillAfterInAddition
	c := testkit.ReviewedCase() // 199.99 USD paid, 174.99 USD refundable
	approve := func(amount string) (decision.Decision, error) {
		return decision.Approve(p, c, testkit.Shown(t, p, c), anApproval(amount))
	}
	grant := func(charges string) (decision.Decision, error) {
		return decision.Grant(p, c, testkit.Shown(t, p, c), aGoodwill(charges, "0.00"))
	}
	steps := []struct {
		because string
		decide  func(amount string) (decision.Decision, error)
		asked   string
		amount  string
		gate    error
	}{
		{"a part of the refundable amount", approve, "100.00", "100.00", nil},
		{"the same part again exceeds the refundable amount", approve, "100.00", "", decision.ErrAboveRefundable},
		{"goodwill reduces the refundable amount too", grant, "50.00", "50.00", nil},
		{"now 24.99 is refundable, not 25.00", approve, "25.00", "", decision.ErrAboveRefundable},
		{"24.99 can be refunded", approve, "24.99", "24.99", nil},
		{"now the refundable amount is zero", approve, "0.01", "", decision.ErrNothingToRefund},
		{"a second goodwill, below the cap", grant, "5.00", "5.00", nil},
		{"a third goodwill, which the cap limits to 20.00", grant, "80.00", "20.00", nil},
		{"now no amount remains for goodwill", grant, "0.01", "", decision.ErrNothingToRefund},
	}
	for _, s := range steps {
		testkit.Row(t, s.because, func(t *testing.T) {
			d, err := s.decide(s.asked)
			if s.gate != nil {
				if gate := onlyGate(t, err); gate.Gate != s.gate || !d.IsZero() {
					t.Errorf("decided %v, %v", d, err)
				}
				return
			}
			if err != nil || !d.Amount().Equal(testkit.USD(s.amount)) {
				t.Fatalf("decided %v, %v", d, err)
			}
			c.Subscription.Refunded = sum(t, c.Subscription.Refunded, d.Amount())
		})
	}
	if !c.Subscription.Refunded.Equal(c.Subscription.Paid) {
		t.Errorf("%v refunded in all", c.Subscription.Refunded)
	}
}

// The limit bounds the released amount plus earlier refunds, not the charges.
func TestGoodwillLimit(t *testing.T) {
	p := testkit.Policy()
	c := testkit.ReviewedCase()
	c.Subscription.Paid, c.Subscription.Refunded = testkit.USD("100.00"), testkit.USD("10.00")
	rows := []struct {
		because string
		limit   refund.Money
		charges string
		open    bool
	}{
		{"exactly the limit", testkit.USD("60.00"), "60.00", true},
		{"a cent above the limit", testkit.USD("59.99"), "60.00", false},
		{"charges above the limit, and a cap that reduces the amount to the limit", testkit.USD("100.00"), "199.99", true},
		{"a cent above the limit after the cap", testkit.USD("99.99"), "199.99", false},
		{"an officer without a limit has no authority", refund.Money{}, "10.01", false},
		{"a limit of zero", testkit.USD("0.00"), "10.01", false},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			g := aGoodwill(r.charges, "0.00")
			g.By.Limit = r.limit
			d, err := decision.Grant(p, c, testkit.Shown(t, p, c), g)
			if r.open {
				if err != nil || d.IsZero() {
					t.Errorf("decided %v, %v", d, err)
				}
			} else if gate := onlyGate(t, err); gate.Gate != decision.ErrAboveLimit || !d.IsZero() || gate.Most.String() != r.limit.String() {
				t.Errorf("decided %v, %v", d, err)
			}
		})
	}
}
