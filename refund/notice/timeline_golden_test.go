package notice_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// A pictureRow is a case that one picture is about, and the file of the picture.
type pictureRow struct {
	reason, file string
	change       func(*refund.Policy, *refund.Case)
	opt          notice.TimelineOptions
	decide       func(refund.Policy, refund.Case, refund.Outcome) (decision.Decision, error)
}

func issue(id string, openedOn, resolvedOn int) refund.Issue {
	i := refund.Issue{ID: id, Opened: testkit.March(openedOn, 9, 0)}
	if resolvedOn > 0 {
		i.Resolved = testkit.March(resolvedOn, 15, 0)
	}
	return i
}

// pictureRows has a case for each kind of mark and each result.
func pictureRows() []pictureRow {
	usd := testkit.USD
	refunds := []notice.Refund{{Amount: usd("20.00"), At: testkit.March(5, 9, 0)}, {Amount: usd("10.00"), At: testkit.March(8, 17, 0)}}
	late := func(_ *refund.Policy, c *refund.Case) {
		c.Issues = refund.IssueLog{issue("T-1", 3, 4), issue("T-2", 16, 18), issue("T-3", 6, 0)}
		c.Request.At = testkit.March(19, 9, 30)
	}
	onHold := func(_ *refund.Policy, c *refund.Case) {
		find(c, refund.ClauseCredentials, refund.SeverityBlocking, "R-1", "Mr. Roe was seen")
	}
	oneDay := func(_ *refund.Policy, c *refund.Case) {
		resolve(c, 20)
		c.Subscription.Price, c.Subscription.Paid = usd("1199.99"), usd("1199.99")
	}
	return []pictureRow{
		{"full: no issue was reported", "full", func(_ *refund.Policy, c *refund.Case) { resolve(c, 0) }, notice.TimelineOptions{}, nil},
		{"deducted: an issue of each kind", "deducted", func(_ *refund.Policy, c *refund.Case) {
			c.Issues = refund.IssueLog{issue("T-1", 3, 3), issue("T-2", 4, 9), issue("T-3", 9, 12), issue("T-4", 8, 0), issue("T-5", 1, 2), issue("T-6", 15, 20)}
			c.Issues[4].Resolved = testkit.March(2, 9, 0)
		}, notice.TimelineOptions{}, nil},
		{"consumed: the charges use the amount up", "consumed", func(_ *refund.Policy, c *refund.Case) {
			c.Issues = refund.IssueLog{}
			for i := range 8 {
				c.Issues = append(c.Issues, issue("T-"+strconv.Itoa(i+1), 3, 3+i))
			}
			c.Request.At = testkit.March(12, 12, 0)
		}, notice.TimelineOptions{}, nil},
		{"window closed: asked two days late", "closed", late, notice.TimelineOptions{}, nil},
		{"one-time service, paid in euros, in the window of another length", "one-time", func(p *refund.Policy, c *refund.Case) {
			p.WindowDays = 60
			p.Readings.OneTime = refund.OneTimeRefundedIfUnresolved
			c.Subscription.Service.Billing = refund.BillingOneTime
			eur := refund.MustMoney("89.00", "EUR")
			c.Subscription.Price, c.Subscription.Paid, c.Subscription.Service.PerInstance = eur, eur, refund.MustMoney("0.00", "EUR")
		}, notice.TimelineOptions{}, nil},
		{"paid in part: the limit is less than the price less the charge", "paid-in-part", func(_ *refund.Policy, c *refund.Case) {
			c.Subscription.Paid = testkit.USD("60.00")
		}, notice.TimelineOptions{}, nil},
		{"one-time service, which is never refunded", "one-time-never", func(_ *refund.Policy, c *refund.Case) {
			c.Subscription.Service.Billing = refund.BillingOneTime
		}, notice.TimelineOptions{}, nil},
		{"on hold, for the customer", "held", onHold, notice.TimelineOptions{}, nil},
		{"on hold, for the company", "held-company", onHold, notice.TimelineOptions{ForCompany: true}, nil},
		{"partly refunded and in dispute, with the dates of the refunds", "refunded", func(_ *refund.Policy, c *refund.Case) {
			c.Subscription.Refunded, c.Subscription.Disputed = usd("30.00"), usd("20.00")
		}, notice.TimelineOptions{Refunds: refunds}, nil},
		{"partly refunded, without the dates", "undated", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = usd("30.00") }, notice.TimelineOptions{}, nil},
		{"the call back is due after a weekend", "callback-due", func(_ *refund.Policy, c *refund.Case) { c.Request.At = testkit.March(13, 21, 30) }, notice.TimelineOptions{}, nil},
		{"the call back was late", "callback-late", func(_ *refund.Policy, c *refund.Case) { c.Request.CalledBack = testkit.March(12, 9, 0) }, notice.TimelineOptions{}, nil},
		{"twenty issues in one day", "one-day", oneDay, notice.TimelineOptions{}, nil},
		{"forty issues on many days", "many", func(_ *refund.Policy, c *refund.Case) {
			c.Issues = refund.IssueLog{}
			for i := range 40 {
				c.Issues = append(c.Issues, issue("T-"+strconv.Itoa(i+1), 2+i%7, 9+i%13))
			}
			c.Issues = append(c.Issues, issue("T-41", 5, 0))
			c.Subscription.Price, c.Subscription.Paid = usd("1199.99"), usd("1199.99")
			c.Request.At = testkit.March(14, 12, 0)
		}, notice.TimelineOptions{}, nil},
		{"ids that are long, or written from right to left", "ids", func(_ *refund.Policy, c *refund.Case) {
			c.Subscription.ID = "מנוי 2026/0317 – אחמד"
			c.Issues = refund.IssueLog{issue("תקלה 12 (א)", 3, 3), issue(strings.Repeat("very-long-ticket-", 12)+"0042", 4, 9),
				issue("مشكلة ٤٢", 5, 6), issue(strings.Repeat("W", 90), 6, 8), issue("支援案件-二〇二六-一", 7, 7), issue(strings.Repeat("id-", 18), 8, 10), issue("T\u0301\u0302\u0303\u0304\u0305\u0306\u0307-1", 7, 0)}
		}, notice.TimelineOptions{}, nil},
		{"amounts of thirty-four digits, asked on the last day", "digits", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 2)
			p.Readings.DayCount = refund.DayCountElapsed
			digits := usd(strings.Repeat("9", 32) + ".99")
			c.Subscription.Price, c.Subscription.Paid, c.Subscription.Service.PerInstance = digits, digits, usd("1"+strings.Repeat("0", 31)+".00")
			c.Request.At = testkit.March(17, 9, 0)
		}, notice.TimelineOptions{}, nil},
		{"approved, after a call back", "approved", func(_ *refund.Policy, c *refund.Case) { c.Request.CalledBack = testkit.March(11, 9, 0) }, notice.TimelineOptions{}, approve("")},
		{"goodwill after the window", "goodwill", late, notice.TimelineOptions{}, grant("150.00", "25.00")},
		{"declined", "declined", nil, notice.TimelineOptions{}, decline(refund.ClauseGuarantee)},
		{"declined on hold, for the customer", "declined-held", onHold, notice.TimelineOptions{}, decline(refund.ClauseCredentials)},
	}
}

func (r pictureRow) picture(t *testing.T) string {
	t.Helper()
	p, c, o := evaluated(t, r.change)
	opt := r.opt
	if r.decide != nil {
		d, err := r.decide(p, c, o)
		if err != nil {
			t.Fatal(err)
		}
		opt.Decision = d.Facts()
	}
	return timeline(t, p, c, opt)
}

func timeline(t testkit.TB, p refund.Policy, c refund.Case, opt notice.TimelineOptions) string {
	t.Helper()
	picture, err := notice.Timeline(p, c, opt)
	if err != nil {
		t.Fatalf("no picture: %v", err)
	}
	return picture
}

func TestPicturesOfCases(t *testing.T) {
	for _, row := range pictureRows() {
		testkit.Row(t, row.reason, func(t *testing.T) {
			picture := row.picture(t)
			checkPicture(t, picture)
			golden(t, "timeline-"+row.file+".svg", picture)
		})
	}
}
