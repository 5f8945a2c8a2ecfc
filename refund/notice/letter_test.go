package notice_test

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

var bigLimit, _ = new(big.Int).SetString(strings.Repeat("9", 34), 10)

// An outcome built by hand that contradicts itself is refused, so that no letter has figures
// that do not agree.
func TestOutcomesThatContradictThemselvesAreRefused(t *testing.T) {
	usd := testkit.USD
	for _, row := range []struct {
		reason string
		change func(*refund.Outcome)
		paths  []string
	}{
		{"an outcome without a verdict is unset", func(o *refund.Outcome) { *o = refund.Outcome{} }, []string{"outcome.verdict"}},
		{"a verdict that does not exist is unset", func(o *refund.Outcome) { o.Verdict = 99 }, []string{"outcome.verdict"}},
		{"a request has an instant", func(o *refund.Outcome) { o.Basis.RequestedAt = time.Time{} }, []string{"outcome.requested_at"}},
		{"a subscription has an instant", func(o *refund.Outcome) { o.Window.Opens = time.Time{} }, []string{"outcome.window.opens"}},
		{"a window has a last day", func(o *refund.Outcome) { o.Window.LastDay = refund.Date{} }, []string{"outcome.window.last_day"}},
		{"the refundable amount is missing", func(o *refund.Outcome) { o.Refundable = refund.Money{} }, []string{"outcome.refundable"}},
		{"one amount is in euros", func(o *refund.Outcome) { o.Refunded = refund.MustMoney("0", "EUR") }, []string{"outcome.refunded"}},
		{"an amount is negative", func(o *refund.Outcome) { o.Disputed = usd("-1.00") }, []string{"outcome.disputed"}},
		{"the charge is missing", func(o *refund.Outcome) { o.Basis.Service.PerInstance = refund.Money{} }, []string{"outcome.per_instance"}},
		{"more is refundable than the steps give", func(o *refund.Outcome) { o.Refundable = usd("175.00") }, []string{"outcome.refundable"}},
		{"more was deducted than the issues cost", func(o *refund.Outcome) { o.ResolvedIssues = 2 }, []string{"outcome.deduction"}},
		{"the entitlement is not the sum of the steps", func(o *refund.Outcome) { o.Entitlement, o.Refundable = usd("174.00"), usd("174.00") }, []string{"outcome.entitlement"}},
		{"the entitlement is above the price", func(o *refund.Outcome) { o.Basis.Paid = usd("100.00") }, []string{"outcome.entitlement"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			_, _, o := evaluated(t, nil)
			row.change(&o)
			m, err := notice.Letter(o, notice.Options{})
			testkit.WantPaths(t, err, row.paths...)
			if m != (notice.Message{}) {
				t.Error("half a letter with an error")
			}
		})
	}
}

func TestZeroDecisionHasNoLetter(t *testing.T) {
	_, err := notice.DecisionLetter(decision.Decision{}, notice.Options{})
	testkit.WantPaths(t, err, "decision")
}

func TestOptionsHaveLimits(t *testing.T) {
	_, _, o := evaluated(t, nil)
	long, longer := strings.Repeat("é", 101), strings.Repeat("é", 2001)
	nine := strings.Split(strings.Repeat("x", 9), "")
	_, err := notice.Letter(o, notice.Options{Customer: long, CustomerAddress: []string{"x", long}, Company: long, CompanyAddress: nine,
		Reference: long, Contact: long, Explanation: longer, Payout: longer, Statutory: longer, ReplyBy: refund.Date{Year: 2026}})
	testkit.WantPaths(t, err, "options.customer", "options.customer_address[1]", "options.company", "options.company_address",
		"options.reference", "options.contact", "options.explanation", "options.payout", "options.statutory", "options.reply_by")
	exactly := strings.Repeat("é", 100)
	checkMessage(t, letter(t, o, notice.Options{Customer: exactly, CustomerAddress: nine[:8], Company: exactly, Statutory: longer[:4000]}))
}

func TestAmountsForPeople(t *testing.T) {
	for _, row := range []struct{ reason, amount, currency, want string }{
		{"a dollar sign is read as US dollars", "199.99", "USD", "$199.99"},
		{"Canadian dollars have a code", "199.99", "CAD", "199.99 CAD"},
		{"the yen's sign is the yuan's too", "1999", "JPY", "1,999 JPY"},
		{"euros", "1234567.00", "EUR", "€1,234,567.00"},
		{"three digits have no comma", "999.00", "GBP", "£999.00"},
		{"dinars have three decimals", "1000.250", "BHD", "1,000.250 BHD"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			m := refund.MustMoney(row.amount, row.currency)
			_, _, o := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
				resolve(c, 0)
				c.Subscription.Price, c.Subscription.Paid, c.Subscription.Service.PerInstance = m, m, m
			})
			if text := wordsOf(letter(t, o, notice.Options{}).Text); !strings.Contains(text, " guarantee, "+row.want+" can be refunded") {
				t.Errorf("want %s:\n%s", row.want, text)
			}
		})
	}
}

// The text of every color pair that a letter uses has a contrast of at least 4.5:1.
func TestColorsHaveContrast(t *testing.T) {
	for name, p := range notice.Palettes {
		for _, ink := range []string{"Ink", "Muted", "Strong"} {
			for _, paper := range []string{"Paper", "Page"} {
				if c := testkit.Contrast(p[ink], p[paper]); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.1f", name, ink, paper, c)
				}
			}
		}
	}
}
