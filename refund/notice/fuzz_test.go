package notice_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// hostile is text that tries to become something else.
var hostile = []string{
	"", "Ms. Diaz", "<script>alert(1)</script>", "</title><img src=x onerror=alert(1)>", "&lt;b&gt;&#0;&nbsp;", "]]><!-- --!>",
	"a\nb\r\nSubject: x\t\v\f\x00\x1b[31m\x7f", "\u202eevil\u202c\u2066\u2069\u200e\u200f\u061c", "\xff\xfe\xc3\x28", "שלום أحمد",
	"\ufeff\u2028\u2029\u0085\u00ad\U000e0041\ufffe", "{{.Subject}}", "<?xml version='1.0'?>", "📱👩\u200d💻", "\u00a0\u3000", "----", "- ",
	strings.Repeat("a", 100), "How we arrive at the amount", "javascript:alert(1)", "/* */ } body { display: none", "$1.00",
}

// Whatever stands in a string, no markup and no control or bidirectional character gets
// through, and text and HTML have the same words.
func FuzzHostileTexts(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 200 {
			return
		}
		opt := notice.Options{Customer: s, CustomerAddress: []string{s, s}, Company: s, CompanyAddress: []string{s}, Reference: s,
			Contact: s, Explanation: s, Payout: s, Statutory: s, Written: testkit.March(12, 9, 0)}
		p, c, o := evaluated(t, func(p *refund.Policy, c *refund.Case) { c.Request.At = testkit.March(19, 9, 30) })
		d, err := decision.Grant(p, c, o.Digest(), decision.Goodwill{By: officer, At: testkit.March(24, 9, 0), Charges: testkit.USD("100.00"),
			Fees: testkit.USD("0.00"), Software: []decision.FreeSoftware{{Name: "x" + s, Price: testkit.USD("1.00")}}, Reason: "x" + s})
		if err != nil {
			t.Fatal(err)
		}
		opt = bounded(opt)
		checkMessage(t, decisionLetter(t, d, opt))

		zone := time.FixedZone(s, -4*60*60)
		o.Subscription, o.Basis.Location, o.Basis.Policy, o.Basis.Account, o.Basis.RequestedBy, o.Basis.RecordedBy = s, s, s, s, s, s
		o.Basis.Service.Code = s
		o.Findings = []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: s, Detail: s}}
		o.Basis.RequestedAt, o.Window.Closes = o.Basis.RequestedAt.In(zone), o.Window.Closes.In(zone)
		o.Callback.Earliest, o.Callback.Latest = o.Callback.Earliest.In(zone), o.Callback.Latest.In(zone)
		checkMessage(t, letter(t, o, opt))
		checkMessage(t, letter(t, o, notice.Options{}))
		o.Basis.Readings.DayCount = refund.DayCountElapsed
		checkMessage(t, letter(t, o, opt))
	})
}

// bounded cuts texts to what the options allow.
func bounded(opt notice.Options) notice.Options {
	cut := func(s *string) { *s = string([]rune(*s)[:min(100, len([]rune(*s)))]) }
	for _, s := range []*string{&opt.Customer, &opt.CustomerAddress[0], &opt.CustomerAddress[1], &opt.Company, &opt.CompanyAddress[0], &opt.Reference, &opt.Contact} {
		cut(s)
	}
	return opt
}
