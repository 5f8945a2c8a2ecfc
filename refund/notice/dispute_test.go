package notice_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

type writer func(refund.Policy, refund.Outcome, notice.DisputeOptions) (notice.DisputeText, error)

// disclosed returns the options of a dispute, with a refund of the whole refunded amount.
func disclosed(o refund.Outcome) notice.DisputeOptions {
	opt := notice.DisputeOptions{
		Company: "Example Support", Reference: "dp_1", DisclosedAt: testkit.March(2, 9, 58),
		DisclosedHow:  "on the checkout page, above the button that places the order",
		PolicyAddress: "https://example.com/refunds",
	}
	if o.Refunded.Sign() > 0 {
		opt.Refunds = []notice.Refund{{Amount: o.Refunded, At: o.Basis.RequestedAt.AddDate(0, 0, 2), Reference: "re_1"}}
	}
	return opt
}

// checkDispute fails unless every text is clean and shorter than a processor allows.
func checkDispute(t testkit.TB, d notice.DisputeText) {
	t.Helper()
	for name, s := range map[string]string{"text": d.Text, "policy": d.Fields.RefundPolicy,
		"disclosure": d.Fields.RefundPolicyDisclosure, "explanation": d.Fields.RefundRefusalExplanation} {
		if s == "" || utf8.RuneCountInString(s) >= 20_000 {
			t.Fatalf("the %s has %d characters", name, utf8.RuneCountInString(s))
		}
		for _, r := range s {
			if r != '\n' && r != '\u200c' && r != '\u200d' && !unicode.IsGraphic(r) {
				t.Fatalf("the %s has the character %U", name, r)
			}
		}
	}
	words := wordsOf(d.Text)
	for _, s := range []string{d.Fields.RefundPolicyDisclosure, d.Fields.RefundRefusalExplanation} {
		if !strings.Contains(words, wordsOf(s)) {
			t.Fatalf("the text lacks %q:\n%s", s, d.Text)
		}
	}
}

func TestAnswersToDisputes(t *testing.T) {
	usd := testkit.USD
	var text strings.Builder
	for _, row := range []struct {
		reason string
		write  writer
		change func(*refund.Policy, *refund.Case)
	}{
		{"issued: one refund of the part that is owed", notice.RefundIssued, func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = usd("174.99") }},
		{"issued: the whole payment", notice.RefundIssued, func(_ *refund.Policy, c *refund.Case) {
			resolve(c, 0)
			c.Subscription.Refunded = usd("199.99")
		}},
		{"issued: goodwill after the window", notice.RefundIssued, func(_ *refund.Policy, c *refund.Case) {
			c.Request.At = testkit.March(19, 9, 30)
			c.Subscription.Refunded = usd("50.00")
		}},
		{"not owed: asked two days late", notice.NoRefundOwed, func(_ *refund.Policy, c *refund.Case) { c.Request.At = testkit.March(19, 9, 30) }},
		{"not owed: asked late by the hour, by phone, and called back", notice.NoRefundOwed, func(p *refund.Policy, c *refund.Case) {
			p.Readings.DayCount = refund.DayCountElapsed
			c.Request.Channel, c.Request.At, c.Request.CalledBack = refund.ChannelPhone, testkit.March(17, 11, 1), testkit.March(17, 16, 0)
		}},
		{"not owed: one-time service", notice.NoRefundOwed, func(_ *refund.Policy, c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }},
		{"not owed: the charges use the amount up", notice.NoRefundOwed, func(_ *refund.Policy, c *refund.Case) { resolve(c, 8) }},
		{"not owed: nothing was paid", notice.NoRefundOwed, func(_ *refund.Policy, c *refund.Case) { c.Subscription.Paid = usd("0.00") }},
		{"partly owed: one issue was resolved", notice.PartlyOwed, nil},
		{"partly owed: two issues, paid in part, and refunded before", notice.PartlyOwed, func(_ *refund.Policy, c *refund.Case) {
			resolve(c, 2)
			c.Subscription.Paid, c.Subscription.Refunded, c.Subscription.Disputed = usd("180.00"), usd("30.00"), usd("100.00")
		}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, _, o := evaluated(t, row.change)
			d, err := row.write(p, o, disclosed(o))
			if err != nil {
				t.Fatal(err)
			}
			checkDispute(t, d)
			fields, err := json.MarshalIndent(d.Fields, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString("=== " + row.reason + "\n\n" + d.Text + "\n" + string(fields) + "\n\n")
		})
	}
	golden(t, "disputes.txt", text.String())
}

// For every case, exactly one answer can be written, unless the whole payment is owed and has
// not been refunded, or more was paid than the price. After a goodwill, two can be written. Its lines add up to the entitlement.
func TestOneAnswerFitsADispute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, _, o := drawn(t)
		opt := disclosed(o)
		written := 0
		for _, write := range []writer{notice.RefundIssued, notice.PartlyOwed, notice.NoRefundOwed} {
			d, err := write(p, o, opt)
			if err != nil {
				continue
			}
			written++
			checkDispute(t, d)
			if o.Verdict.Granted() {
				lines, totals := sumUnder(t, d.Text, "The amount", o.Basis.Price.Currency())
				if len(totals) != 1 || !totals[0].Equal(o.Entitlement) || !total(t, lines).Equal(o.Entitlement) {
					t.Fatalf("the lines add up to %v of %v:\n%s", total(t, lines), o.Entitlement, d.Text)
				}
			}
		}
		less, err := o.Refunded.Cmp(o.Entitlement)
		if err != nil {
			t.Fatal(err)
		}
		whole := o.Entitlement.Sign() > 0 && o.Entitlement.Equal(o.Basis.Paid) && less < 0
		goodwill := o.Entitlement.Sign() == 0 && o.Refunded.Sign() > 0 // both answers hold
		more, err := o.Basis.Paid.Cmp(o.Basis.Price)
		overpaid := err == nil && more > 0 && !o.Refunded.Equal(o.Basis.Paid)
		switch {
		case overpaid:
			if written != 0 {
				t.Fatalf("an answer about an overpayment")
			}
		case whole && written != 0, !whole && goodwill && written != 2, !whole && !goodwill && written != 1:
			t.Fatalf("%d answers for %v of %v, refunded %v", written, o.Entitlement, o.Basis.Paid, o.Refunded)
		}
	})
}

// With the longest texts, amounts and lists, no text reaches 20,000 characters.
func TestAnswersAreBounded(t *testing.T) {
	long, longer := strings.Repeat("é", 100), strings.Repeat("é", 1000)
	huge := refund.MustMoney(strings.Repeat("9", 32)+".00", "USD")
	p, _, o := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
		resolve(c, 1000)
		c.Subscription.ID = strings.Repeat("SUB", 1000)
		c.Subscription.Price, c.Subscription.Paid, c.Subscription.Service.PerInstance = huge, huge, testkit.USD("1.00")
		c.Subscription.Refunded = testkit.USD("10000.00")
	})
	opt := notice.DisputeOptions{Company: long, Reference: long, DisclosedAt: testkit.March(1, 1, 1), DisclosedHow: longer, PolicyAddress: longer}
	for range 10_000 {
		opt.Refunds = append(opt.Refunds, notice.Refund{Amount: testkit.USD("1.00"), At: testkit.March(12, 9, 0), Reference: long})
	}
	d, err := notice.PartlyOwed(p, o, opt)
	if err != nil {
		t.Fatal(err)
	}
	checkDispute(t, d)
	if !strings.Contains(wordsOf(d.Text), "$9,980.00 was refunded in 9,980 more refunds.") {
		t.Errorf("the refunds are not summed up:\n%s", d.Text)
	}
}

func TestAnswersThatTheFactsDoNotSupport(t *testing.T) {
	usd := testkit.USD
	late := func(_ *refund.Policy, c *refund.Case) { c.Request.At = testkit.March(19, 9, 30) }
	for _, row := range []struct {
		reason string
		write  writer
		change func(*refund.Policy, *refund.Case)
		edit   func(*refund.Policy, *refund.Outcome, *notice.DisputeOptions)
		paths  []string
	}{
		{"no refund was made", notice.RefundIssued, nil, nil, []string{"outcome.refunded"}},
		{"less was refunded than is owed", notice.RefundIssued, func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = usd("10.00") }, nil, []string{"outcome.refunded"}},
		{"a part is owed", notice.NoRefundOwed, nil, nil, []string{"outcome.entitlement"}},
		{"no part is owed", notice.PartlyOwed, late, nil, []string{"outcome.entitlement"}},
		{"the whole payment is owed", notice.PartlyOwed, func(_ *refund.Policy, c *refund.Case) { resolve(c, 0) }, nil, []string{"outcome.entitlement"}},
		{"the part was refunded", notice.PartlyOwed, func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = usd("174.99") }, nil, []string{"outcome.refunded"}},
		{"more was paid than the price", notice.NoRefundOwed, func(p *refund.Policy, c *refund.Case) {
			late(p, c)
			c.Subscription.Paid = usd("399.98")
		}, nil, []string{"outcome.paid"}},
		{"another version of the policy", notice.NoRefundOwed, late, func(p *refund.Policy, _ *refund.Outcome, _ *notice.DisputeOptions) { p.Version = "2" }, []string{"policy"}},
		{"another reading of the policy", notice.NoRefundOwed, late, func(p *refund.Policy, _ *refund.Outcome, _ *notice.DisputeOptions) {
			p.Readings.DayCount = refund.DayCountSameDay
		}, []string{"policy"}},
		{"the zero policy", notice.NoRefundOwed, late, func(p *refund.Policy, _ *refund.Outcome, _ *notice.DisputeOptions) { *p = refund.Policy{} }, []string{"policy"}},
		{"the zero outcome", notice.NoRefundOwed, late, func(p *refund.Policy, o *refund.Outcome, _ *notice.DisputeOptions) { *o = refund.Outcome{} }, []string{"outcome.verdict", "policy"}},
		{"no disclosure", notice.NoRefundOwed, late, func(_ *refund.Policy, _ *refund.Outcome, opt *notice.DisputeOptions) { *opt = notice.DisputeOptions{} }, []string{"options.disclosed_at", "options.disclosed_how"}},
		{"texts that are too long", notice.NoRefundOwed, late, func(_ *refund.Policy, _ *refund.Outcome, opt *notice.DisputeOptions) {
			opt.Company, opt.Reference = strings.Repeat("x", 101), strings.Repeat("x", 101)
			opt.DisclosedHow, opt.PolicyAddress = strings.Repeat("x", 1001), strings.Repeat("x", 1001)
		}, []string{"options.company", "options.reference", "options.disclosed_how", "options.policy_address"}},
		{"a refund that the outcome does not have", notice.NoRefundOwed, late, func(_ *refund.Policy, _ *refund.Outcome, opt *notice.DisputeOptions) {
			opt.Refunds = []notice.Refund{{Amount: usd("1.00"), At: testkit.March(12, 9, 0), Reference: strings.Repeat("x", 101)}}
		}, []string{"options.refunds", "options.refunds[0].reference"}},
		{"a refund without an instant, and one of zero", notice.NoRefundOwed, late, func(_ *refund.Policy, _ *refund.Outcome, opt *notice.DisputeOptions) {
			opt.Refunds = []notice.Refund{{Amount: usd("0.00")}}
		}, []string{"options.refunds[0].at", "options.refunds[0].amount"}},
		{"a refund without an amount", notice.NoRefundOwed, late, func(_ *refund.Policy, _ *refund.Outcome, opt *notice.DisputeOptions) {
			opt.Refunds = []notice.Refund{{At: testkit.March(12, 9, 0)}}
		}, []string{"options.refunds[0].amount"}},
		{"a refund in another currency", notice.NoRefundOwed, late, func(_ *refund.Policy, _ *refund.Outcome, opt *notice.DisputeOptions) {
			opt.Refunds = []notice.Refund{{At: testkit.March(12, 9, 0), Amount: refund.MustMoney("1", "JPY")}}
		}, []string{"options.refunds[0].amount"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, _, o := evaluated(t, row.change)
			opt := disclosed(o)
			if row.edit != nil {
				row.edit(&p, &o, &opt)
			}
			d, err := row.write(p, o, opt)
			testkit.WantPaths(t, err, row.paths...)
			if d != (notice.DisputeText{}) {
				t.Error("half an answer with an error")
			}
		})
	}
}

// Whatever stands in a string, no control or bidirectional character gets into an answer.
func FuzzHostileDisputes(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 100 {
			return
		}
		p, _, o := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
			c.Request.At, c.Subscription.Refunded = testkit.March(19, 9, 30), testkit.USD("10.00")
		})
		o.Subscription, o.Basis.Policy, o.Basis.Account, o.Basis.Service.Code, p.Version = s, s, s, s, s
		o.Findings = []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "SECRET", Detail: "SECRET"}}
		opt := notice.DisputeOptions{Company: s, Reference: s, DisclosedAt: testkit.March(2, 9, 58), DisclosedHow: "on paper " + s, PolicyAddress: s,
			Refunds: []notice.Refund{{Amount: testkit.USD("10.00"), At: testkit.March(12, 9, 0), Reference: s}}}
		for _, write := range []writer{notice.RefundIssued, notice.NoRefundOwed} {
			d, err := write(p, o, opt)
			if err != nil {
				t.Fatal(err)
			}
			checkDispute(t, d)
			if strings.Contains(d.Text, "SECRET") {
				t.Fatalf("a finding is in the answer:\n%s", d.Text)
			}
		}
	})
}
