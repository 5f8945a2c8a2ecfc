package notice_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// Whatever stands in a string, a picture has only the elements, the attributes and the
// characters of pictures, and no text leaves its place.
func FuzzHostilePictures(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	for _, s := range []string{
		`"/><script>alert(1)</script><text x="`, "url(#a)", "</text></svg>", "&#x202e;&#8238;", "</style><style>*{display:none}", "@import 'x'",
		"xlink:href", strings.Repeat("ﷺ", 50), strings.Repeat("\u0301", 99), strings.Repeat("W", 300), strings.Repeat("a", 50), strings.Repeat("אב ", 90) + "1", "\u00ad", "\u3164", "\u2800",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		p, c, _ := evaluated(t, nil)
		fill(&p, &c, s)
		if _, err := p.Evaluate(c); err != nil { // an id can neither have control characters nor begin or end in spaces
			picture, err := notice.Timeline(p, c, notice.TimelineOptions{})
			if !errors.As(err, new(*refund.InvalidError)) || picture != "" {
				t.Fatalf("%v, and %q", err, picture)
			}
			p, c, _ = evaluated(t, nil)
			fill(&p, &c, strings.TrimSpace(strings.Map(func(r rune) rune {
				if unicode.IsControl(r) {
					return '_'
				}
				return r
			}, s)))
		}
		o, err := p.Evaluate(c)
		if err != nil {
			t.Skip("not valid")
		}
		for _, company := range []bool{false, true} {
			opt := notice.TimelineOptions{ForCompany: company, Refunds: []notice.Refund{{Amount: testkit.USD("1.00"), At: c.Request.At.In(time.FixedZone(s, 60)), Reference: s}}}
			checkPicture(t, timeline(t, p, c, opt))
			d, err := decision.Decline(p, c, o.Digest(), decision.Denial{By: decision.Officer{ID: "o" + c.Subscription.ID}, At: testkit.March(24, 9, 0), Reason: "x" + s})
			if err != nil {
				t.Skip("an officer or a reason that is not valid")
			}
			opt.Decision = d.Facts()
			checkPicture(t, timeline(t, p, c, opt))
		}
	})
}

// fill puts a text into every string of a case, and into the name of the policy's zone.
func fill(p *refund.Policy, c *refund.Case, s string) {
	p.Version, p.Location = s, time.FixedZone(s, -5*60*60)
	c.Subscription.Refunded = testkit.USD("1.00")
	c.Subscription.ID, c.Subscription.Account, c.Subscription.Service.Code = s, s, s
	c.Issues = refund.IssueLog{
		{ID: s, Subscription: s, Opened: testkit.March(3, 9, 0), Resolved: testkit.March(3, 11, 0)},
		{ID: s + "2", Opened: testkit.March(3, 9, 0)},
		{ID: "3" + s, Opened: testkit.March(4, 9, 0), Resolved: testkit.March(12, 9, 0)},
	}
	c.Request.By, c.Request.RecordedBy, c.Request.Reason = s, s, s
	c.Findings = []refund.Finding{{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking, Subject: s, Detail: s}}
}
