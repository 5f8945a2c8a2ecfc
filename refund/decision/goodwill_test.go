package decision_test

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// minorOf is an amount in minor units.
func minorOf(m refund.Money) *big.Int { return m.Decimal().Coefficient() }

// capOf is how much may still be given back: the lesser of price and paid, less what
// was given back before, never below nothing.
func capOf(s refund.Subscription) *big.Int {
	left := minorOf(s.Price)
	if paid := minorOf(s.Paid); paid.Cmp(left) < 0 {
		left = paid
	}
	left = new(big.Int).Sub(left, minorOf(s.Refunded))
	if left.Sign() < 0 {
		left.SetInt64(0)
	}
	return left
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
		{"just nothing", aGoodwill("20.00", "15.00", free("A", "5.00")), "0.00 USD", nil},
		{"less than nothing is told as it is", aGoodwill("20.00", "15.00", free("A", "5.01")), "-0.01 USD", nil},
		{"no goodwill at all is no amount", decision.Goodwill{}, "no amount", nil},
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

// Whatever the verdict: goodwill is the net, but no more than the cap leaves.
func TestGoodwillArithmetic(t *testing.T) {
	outcomes := map[string]int{}
	property := func(t *rapid.T) string {
		currency := rapid.Map(rapid.SampledFrom([]string{"USD", "JPY", "BHD", "CLF"}), refund.MustCurrency).Draw(t, "currency")
		amount := func(label string) refund.Money { return gen.Amount(currency).Draw(t, label) }
		c := testkit.ReviewedCase()
		s := &c.Subscription
		s.Service.Billing = rapid.SampledFrom([]refund.Billing{refund.BillingRecurring, refund.BillingOneTime}).Draw(t, "billing")
		s.Service.PerInstance, s.Price, s.Paid = amount("charge"), amount("price"), amount("paid")
		if rapid.Bool().Draw(t, "all paid") {
			s.Paid = s.Price
		}
		switch rapid.IntRange(0, 3).Draw(t, "refunded") {
		case 0:
			s.Refunded = testkit.Minor(t, new(big.Int).Rsh(minorOf(s.Paid), 2), currency)
		case 1:
			s.Refunded = s.Paid
		}
		g := aGoodwill("0.00", "0.00")
		g.Charges, g.Fees = amount("charges"), testkit.Minor(t, new(big.Int), currency)
		g.By.Limit = testkit.Minor(t, new(big.Int).Exp(big.NewInt(10), big.NewInt(33), nil), currency)
		net := minorOf(g.Charges)
		if rapid.Bool().Draw(t, "fees are kept") {
			g.Fees = amount("fees")
			net.Sub(net, minorOf(g.Fees))
		}
		for range rapid.IntRange(0, 3).Draw(t, "software") {
			f := decision.FreeSoftware{Name: "A", Price: amount("price of software")}
			g.Software = append(g.Software, f)
			net.Sub(net, minorOf(f.Price))
		}
		if got, err := g.Net(); err != nil || minorOf(got).Cmp(net) != 0 || got.Currency() != currency {
			t.Fatalf("net is %v, %v; want %v minor units", got, err, net)
		}
		left := capOf(*s)
		p := testkit.Policy()
		d, err := decision.Grant(p, c, testkit.Shown(t, p, c), g)
		if net.Sign() <= 0 || left.Sign() == 0 {
			gate := onlyGate(t, err)
			if !d.IsZero() || gate.Gate != decision.ErrNothingToRefund {
				t.Fatalf("decided %v, %v", d, err)
			}
			if minorOf(gate.Amount).Cmp(net) != 0 || minorOf(gate.Most).Cmp(left) != 0 {
				t.Fatalf("%v of at most %v; want %v, %v", gate.Amount, gate.Most, net, left)
			}
			if net.Sign() <= 0 {
				return "nothing is left of the charges"
			}
			return "the cap is reached"
		}
		want, how := net, "below the cap"
		if left.Cmp(net) < 0 {
			want, how = left, "limited by the cap"
		}
		if err != nil || minorOf(d.Amount()).Cmp(want) != 0 || d.Amount().Currency() != currency {
			t.Fatalf("decided %v, %v; want %v minor units", d, err, want)
		}
		return how
	}
	rapid.Check(t, func(t *rapid.T) { property(t) })
	counted := rapid.Custom(property)
	for seed := range 150 {
		outcomes[counted.Example(seed+1)]++
	}
	if len(outcomes) != 4 {
		t.Errorf("not everything was met: %v", outcomes)
	}
}

// onlyGate returns the one gate that a refusal has.
func onlyGate(t testkit.TB, err error) *decision.GateError {
	t.Helper()
	var refused *decision.GatesError
	if !errors.As(err, &refused) || len(refused.Gates) != 1 {
		t.Fatalf("got %v, want one closed gate", err)
	}
	return refused.Gates[0]
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
		{"nothing resolved", change(func(c *refund.Case) { c.Issues = refund.IssueLog{} }), refund.VerdictFull},
		{"an issue resolved", testkit.ReviewedCase(), refund.VerdictDeducted},
		{"the charges use it up", change(func(c *refund.Case) { c.Subscription.Service.PerInstance = testkit.USD("199.99") }), refund.VerdictConsumed},
		{"sold for one time", change(func(c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }), refund.VerdictOneTimeService},
		{"asked too late", lateCase(), refund.VerdictWindowClosed},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			d := goodwilled(t, testkit.Policy(), r.c, aGoodwill("60.00", "0.00"))
			if d.Outcome().Verdict != r.verdict || !d.Amount().Equal(testkit.USD("60.00")) {
				t.Errorf("%v on %v", d, d.Outcome().Verdict)
			}
		})
	}
}

// After killbill #334 and saleor #19645: each release is judged together with those
// before it.
func TestGoodwillsAndRefundsInSequence(t *testing.T) {
	p := testkit.Policy()
	c := testkit.ReviewedCase() // 199.99 paid, 174.99 of it refundable
	steps := []struct {
		because string
		decide  func(refund.Case) (decision.Decision, error)
		amount  string
		gate    error
	}{
		{"a part of the guarantee first", approving(t, p, "100.00"), "100.00", nil},
		{"the same part again is more than is left of it", approving(t, p, "100.00"), "", decision.ErrAboveRefundable},
		{"goodwill comes off what is refundable too", goodwilling(t, p, "50.00"), "50.00", nil},
		{"so of the guarantee there are 24.99 left, not 25.00", approving(t, p, "25.00"), "", decision.ErrAboveRefundable},
		{"which can be refunded", approving(t, p, "24.99"), "24.99", nil},
		{"and then nothing of the guarantee is left", approving(t, p, "0.01"), "", decision.ErrNothingToRefund},
		{"a second goodwill, below the cap", goodwilling(t, p, "5.00"), "5.00", nil},
		{"a third that the cap limits to 20.00", goodwilling(t, p, "80.00"), "20.00", nil},
		{"and after that none", goodwilling(t, p, "0.01"), "", decision.ErrNothingToRefund},
	}
	for _, s := range steps {
		testkit.Row(t, s.because, func(t *testing.T) {
			d, err := s.decide(c)
			if s.gate != nil {
				if gate := onlyGate(t, err); gate.Gate != s.gate || !d.IsZero() {
					t.Errorf("decided %v, %v", d, err)
				}
				return
			}
			if err != nil || !d.Amount().Equal(testkit.USD(s.amount)) {
				t.Fatalf("decided %v, %v", d, err)
			}
			if c.Subscription.Refunded, err = d.Amount().Add(c.Subscription.Refunded); err != nil {
				t.Fatal(err)
			}
		})
	}
	if !c.Subscription.Refunded.Equal(c.Subscription.Paid) {
		t.Errorf("%v given back in all", c.Subscription.Refunded)
	}
}

func approving(t *testing.T, p refund.Policy, amount string) func(refund.Case) (decision.Decision, error) {
	return func(c refund.Case) (decision.Decision, error) {
		return decision.Approve(p, c, testkit.Shown(t, p, c), anApproval(amount))
	}
}

func goodwilling(t *testing.T, p refund.Policy, charges string) func(refund.Case) (decision.Decision, error) {
	return func(c refund.Case) (decision.Decision, error) {
		return decision.Grant(p, c, testkit.Shown(t, p, c), aGoodwill(charges, "0.00"))
	}
}

// The limit is for what is released, not for what the charges come to.
func TestGoodwillLimit(t *testing.T) {
	p := testkit.Policy()
	c := testkit.ReviewedCase()
	c.Subscription.Refunded = testkit.USD("99.99") // 100.00 left
	rows := []struct {
		because string
		limit   refund.Money
		charges string
		open    bool
	}{
		{"as much as the limit", testkit.USD("60.00"), "60.00", true},
		{"a cent above it", testkit.USD("59.99"), "60.00", false},
		{"above it, but cut by the cap to it", testkit.USD("100.00"), "250.00", true},
		{"a cent above it when cut", testkit.USD("99.99"), "250.00", false},
		{"no limit is no authority", refund.Money{}, "0.01", false},
		{"a limit of nothing likewise", testkit.USD("0.00"), "0.01", false},
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
