package refundtest

import (
	"errors"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A refusal is an invalid input and the path of its only fault.
type refusal struct {
	name, path string
	reason     string
	change     func(*refund.Policy, *refund.Case) // of the fixtures
}

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

// farOff returns an instant after the last year that RFC 3339 can express.
func farOff() time.Time { return time.Date(10000, time.February, 1, 0, 0, 0, 0, time.UTC) }

// ofCase is a change of the case alone.
func ofCase(change func(*refund.Case)) func(*refund.Policy, *refund.Case) {
	return func(_ *refund.Policy, c *refund.Case) { change(c) }
}

// ofPolicy is a change of the policy alone.
func ofPolicy(change func(*refund.Policy)) func(*refund.Policy, *refund.Case) {
	return func(p *refund.Policy, _ *refund.Case) { change(p) }
}

var refusals = []refusal{
	{"subscription-without-id", "subscription.id", "a subscription has an id", ofCase(func(c *refund.Case) { c.Subscription.ID = "" })},
	{"subscription-id-with-a-blank", "subscription.id", "ids are compared byte for byte and never trimmed", ofCase(func(c *refund.Case) { c.Subscription.ID = "SUB-1001 " })},
	{"account-with-a-blank", "subscription.account", "an account id with a blank is not the id without it", ofCase(func(c *refund.Case) { c.Subscription.Account = " ACC-7" })},
	{"account-with-a-control-character", "subscription.account", "an id has no control characters", ofCase(func(c *refund.Case) { c.Subscription.Account = "ACC\t7" })},
	{"service-without-code", "subscription.service.code", "a service has a code", ofCase(func(c *refund.Case) { c.Subscription.Service.Code = "" })},
	{"billing-unset", "subscription.service.billing", "the billing of a service is required", ofCase(func(c *refund.Case) { c.Subscription.Service.Billing = 0 })},
	{"billing-unknown", "subscription.service.billing", "an unknown number is not a billing", ofCase(func(c *refund.Case) { c.Subscription.Service.Billing = 200 })},
	{"start-missing", "subscription.start", "the window needs the start of the subscription", ofCase(func(c *refund.Case) { c.Subscription.Start = time.Time{} })},
	{"start-outside-years", "subscription.start", "an instant must be in years that RFC 3339 can express", ofCase(func(c *refund.Case) { c.Subscription.Start = farOff() })},
	{"window-past-the-last-year", "subscription.start", "a window must close in a year that RFC 3339 can express", func(p *refund.Policy, c *refund.Case) {
		p.Readings.CallbackClock = refund.CallbackClockElapsed
		c.Subscription.Start = time.Date(9999, time.December, 30, 10, 0, 0, 0, time.UTC)
		c.Request.At = c.Subscription.Start
	}},

	{"price-missing", "subscription.price", "a missing price is not zero", ofCase(func(c *refund.Case) { c.Subscription.Price = refund.Money{} })},
	{"price-negative", "subscription.price", "an amount is never negative", ofCase(func(c *refund.Case) { c.Subscription.Price = usd("-0.01") })},
	{"paid-missing", "subscription.paid", "a missing payment is not zero", ofCase(func(c *refund.Case) { c.Subscription.Paid = refund.Money{} })},
	{"paid-negative", "subscription.paid", "an amount is never negative", ofCase(func(c *refund.Case) { c.Subscription.Paid = usd("-199.99") })},
	{"paid-in-another-currency", "subscription.paid", "all amounts of a case have one currency: amounts are not converted", ofCase(func(c *refund.Case) { c.Subscription.Paid = refund.MustMoney("199.99", "EUR") })},
	{"charge-missing", "subscription.service.per_instance", "a recurring service has a charge for each resolved issue, which may be zero", ofCase(func(c *refund.Case) { c.Subscription.Service.PerInstance = refund.Money{} })},
	{"charge-negative", "subscription.service.per_instance", "a charge is never negative: it would raise the amount", ofCase(func(c *refund.Case) { c.Subscription.Service.PerInstance = usd("-25.00") })},
	{"charge-in-another-currency", "subscription.service.per_instance", "all amounts of a case have one currency", ofCase(func(c *refund.Case) { c.Subscription.Service.PerInstance = refund.MustMoney("2500", "JPY") })},
	{"refunded-negative", "subscription.refunded", "an earlier refund is never negative: it would raise the amount", ofCase(func(c *refund.Case) { c.Subscription.Refunded = usd("-50.00") })},
	{"refunded-more-than-paid", "subscription.refunded", "earlier refunds cannot exceed the payment", ofCase(func(c *refund.Case) { c.Subscription.Refunded = usd("200.00") })},
	{"refunded-in-another-currency", "subscription.refunded", "all amounts of a case have one currency", ofCase(func(c *refund.Case) { c.Subscription.Refunded = refund.MustMoney("1.00", "EUR") })},
	{"disputed-negative", "subscription.disputed", "a disputed amount is never negative: it would raise the amount", ofCase(func(c *refund.Case) { c.Subscription.Disputed = usd("-50.00") })},
	{"disputed-more-than-paid", "subscription.disputed", "a disputed amount cannot exceed the payment", ofCase(func(c *refund.Case) { c.Subscription.Disputed = usd("200.00") })},
	{"refunded-and-disputed-more-than-paid", "subscription.disputed", "refunds and disputes together cannot exceed the payment", ofCase(func(c *refund.Case) {
		c.Subscription.Refunded, c.Subscription.Disputed = usd("150.00"), usd("50.00")
	})},
	{"disputed-in-another-currency", "subscription.disputed", "all amounts of a case have one currency", ofCase(func(c *refund.Case) { c.Subscription.Disputed = refund.MustMoney("1.00", "EUR") })},

	{"issues-missing", "issues", "a missing log does not state that no issue was resolved", ofCase(func(c *refund.Case) { c.Issues = nil })},
	{"issue-without-id", "issues[0].id", "an issue has an id", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{Resolved("", Day(3))} })},
	{"issue-id-with-a-blank", "issues[0].id", "ids are compared byte for byte and never trimmed", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{Resolved("T-1 ", Day(3))} })},
	{"issue-twice", "issues[1].id", "one issue counts once", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{Resolved("T-1", Day(3)), Resolved("T-1", Day(3))} })},
	{"issue-of-another-subscription", "issues[0].subscription", "issues of another subscription are not charged to this one", ofCase(func(c *refund.Case) {
		c.Issues = refund.IssueLog{Resolved("T-1", Day(3))}
		c.Issues[0].Subscription = "SUB-2"
	})},
	{"issue-without-opening", "issues[0].opened", "an issue has an opening time", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{{ID: "T-1", Resolved: Day(3)}} })},
	{"issue-resolved-before-opening", "issues[0].resolved", "an issue is not resolved before it is opened", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{{ID: "T-1", Opened: Day(3), Resolved: Day(2)}} })},
	{"issue-resolved-outside-years", "issues[0].resolved", "an instant must be in years that RFC 3339 can express", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{{ID: "T-1", Opened: Day(3), Resolved: farOff()}} })},

	{"request-missing", "request.at", "the evaluation needs the time of the request", ofCase(func(c *refund.Case) { c.Request.At = time.Time{} })},
	{"request-before-subscription", "request.at", "a request does not precede the subscription", ofCase(func(c *refund.Case) { c.Request.At = Day(0) })},
	{"requester-with-a-blank", "request.by", "an account id with a blank is not the holder's id", ofCase(func(c *refund.Case) { c.Request.By = "ACC-7 " })},
	{"requester-of-a-blank", "request.by", "a blank is not an account id", ofCase(func(c *refund.Case) { c.Request.By = " " })},
	{"recorder-with-a-blank", "request.recorded_by", "officers' ids are compared byte for byte and never trimmed", ofCase(func(c *refund.Case) { c.Request.RecordedBy = "ops-1 " })},
	{"channel-unset", "request.channel", "the channel of a request is required", ofCase(func(c *refund.Case) { c.Request.Channel = 0 })},
	{"channel-unknown", "request.channel", "an unknown number is not a channel", ofCase(func(c *refund.Case) { c.Request.Channel = 200 })},
	{"call-back-before-request", "request.called_back", "a call back does not precede the request", ofCase(func(c *refund.Case) { c.Request.CalledBack = Day(8) })},
	{"call-back-outside-years", "request.called_back", "an instant must be in years that RFC 3339 can express", ofCase(func(c *refund.Case) { c.Request.CalledBack = farOff() })},

	{"finding-without-clause", "findings[0].clause", "a finding is about a clause", ofCase(func(c *refund.Case) { c.Findings = []refund.Finding{{Severity: refund.SeverityAdvisory}} })},
	{"finding-on-what-is-computed", "findings[0].clause", "computed clauses take no findings", ofCase(func(c *refund.Case) {
		c.Findings = []refund.Finding{{Clause: refund.ClauseCase1, Severity: refund.SeverityAdvisory}}
	})},
	{"finding-without-severity", "findings[0].severity", "a finding has a severity", ofCase(func(c *refund.Case) { c.Findings = []refund.Finding{{Clause: refund.ClauseLogReview}} })},
	{"finding-that-may-not-block", "findings[0].severity", "only credentials and account-access can block: the company cannot deny a refund by assertion", ofCase(func(c *refund.Case) {
		c.Findings = []refund.Finding{{Clause: refund.ClauseCooperation, Severity: refund.SeverityBlocking}}
	})},

	{"policy-without-version", "policy.version", "a policy has a version", ofPolicy(func(p *refund.Policy) { p.Version = "" })},
	{"policy-version-too-long", "policy.version", "a version has at most 64 bytes", ofPolicy(func(p *refund.Policy) { p.Version = strings.Repeat("1", 65) })},
	{"policy-effective-outside-years", "policy.effective", "an instant must be in years that RFC 3339 can express", ofPolicy(func(p *refund.Policy) { p.Effective = farOff() })},
	{"window-of-no-days", "policy.window_days", "a window has at least one day", ofPolicy(func(p *refund.Policy) { p.WindowDays = 0 })},
	{"window-too-long", "policy.window_days", "a window has at most 3,660 days", ofPolicy(func(p *refund.Policy) { p.WindowDays = refund.MaxWindowDays + 1 })},
	{"policy-without-place", "policy.location", "days need a location", ofPolicy(func(p *refund.Policy) { p.Location = nil })},
	{"policy-in-the-machine's-zone", "policy.location", "the outcome must not depend on the machine's zone", ofPolicy(func(p *refund.Policy) { p.Location = time.FixedZone("Local", 0) })},
	{"policy-in-a-place-without-name", "policy.location", "the location needs a name", ofPolicy(func(p *refund.Policy) { p.Location = time.FixedZone("", 0) })},
	{"desk-that-never-opens", "policy.hours", "a desk that never opens cannot call back", ofPolicy(func(p *refund.Policy) { p.Hours = refund.Hours{} })},
	{"desk-that-closes-before-it-opens", "policy.hours.monday", "a desk opens before it closes", ofPolicy(func(p *refund.Policy) {
		p.Hours[time.Monday] = []refund.Opening{{Opens: 2 * time.Hour, Closes: time.Hour}}
	})},
	{"openings-that-overlap", "policy.hours.monday", "openings of a day do not overlap", ofPolicy(func(p *refund.Policy) {
		p.Hours[time.Monday] = []refund.Opening{{Opens: time.Hour, Closes: 3 * time.Hour}, {Opens: 2 * time.Hour, Closes: 4 * time.Hour}}
	})},
	{"openings-out-of-order", "policy.hours.monday", "openings of a day are in order", ofPolicy(func(p *refund.Policy) {
		p.Hours[time.Monday] = []refund.Opening{{Opens: 3 * time.Hour, Closes: 4 * time.Hour}, {Opens: time.Hour, Closes: 2 * time.Hour}}
	})},
	{"desk-that-opens-on-special-days-only", "policy.hours", "a desk opens on at least one day of the week, whatever the special days", ofPolicy(func(p *refund.Policy) {
		p.Hours = refund.Hours{}
		p.SpecialDays = refund.SpecialDays{{Year: 2026, Month: time.March, Day: 9}: {{Opens: time.Hour, Closes: 2 * time.Hour}}}
	})},
	{"special-day-that-is-not-a-day", "policy.special_days", "a special day is a day of the calendar", ofPolicy(func(p *refund.Policy) {
		p.SpecialDays = refund.SpecialDays{{Year: 2026, Month: time.February, Day: 30}: nil}
	})},
	{"special-day-that-closes-before-it-opens", "policy.special_days", "a desk opens before it closes, also on a special day", ofPolicy(func(p *refund.Policy) {
		p.SpecialDays = refund.SpecialDays{{Year: 2026, Month: time.March, Day: 9}: {{Opens: 2 * time.Hour, Closes: time.Hour}}}
	})},
	{"desk-in-the-machine's-zone", "policy.desk_location", "the outcome must not depend on the machine's zone", ofPolicy(func(p *refund.Policy) { p.DeskLocation = time.FixedZone("Local", 0) })},
	{"desk-in-a-place-without-name", "policy.desk_location", "the desk's location needs a name", ofPolicy(func(p *refund.Policy) { p.DeskLocation = time.FixedZone("", 0) })},
	{"call-back-after-a-negative-time", "policy.callback_after", "a call back comes after the request", ofPolicy(func(p *refund.Policy) { p.CallbackAfter = -time.Hour })},
	{"call-back-within-no-time", "policy.callback_within", "the latest call back is after the earliest", ofPolicy(func(p *refund.Policy) { p.CallbackWithin = p.CallbackAfter })},
	{"day-count-unset", "policy.readings.day_count", "every reading is required", ofPolicy(func(p *refund.Policy) { p.Readings.DayCount = 0 })},
	{"deduct-from-unset", "policy.readings.deduct_from", "every reading is required", ofPolicy(func(p *refund.Policy) { p.Readings.DeductFrom = 0 })},
	{"resolved-until-unset", "policy.readings.resolved_until", "every reading is required", ofPolicy(func(p *refund.Policy) { p.Readings.ResolvedUntil = 0 })},
	{"callback-clock-unset", "policy.readings.callback_clock", "every reading is required", ofPolicy(func(p *refund.Policy) { p.Readings.CallbackClock = 0 })},
	{"one-time-unset", "policy.readings.one_time", "every reading is required", ofPolicy(func(p *refund.Policy) { p.Readings.OneTime = 0 })},
	{"released-amount-unset", "policy.readings.released_amount", "every reading is required", ofPolicy(func(p *refund.Policy) { p.Readings.ReleasedAmount = 0 })},
	{"goodwill-after-unset", "policy.readings.goodwill_after", "every reading is required", ofPolicy(func(p *refund.Policy) { p.Readings.GoodwillAfter = 0 })},
	{"required-that-nobody-looks-at", "policy.required[0]", "only clauses that take findings, and callback, can be required", ofPolicy(func(p *refund.Policy) {
		p.Required = []refund.Clause{refund.ClauseCap}
	})},
}

// refusalGroup returns the refusals as checks.
func refusalGroup() group {
	g := group{kind: "refusals", name: "input"}
	for _, r := range refusals {
		g.checks = append(g.checks, check{r.name, r.run})
	}
	return g
}

func (r refusal) run(on *session) (*Failure, bool) {
	p, c := Policy(), Case()
	r.change(&p, &c)
	o, err := judge(on.evaluate, &p, &c)
	f := &Failure{
		Name: "refusals/input/" + r.name, Reason: r.reason, Policy: p, Case: c, Outcome: o, Err: err,
		Want: "an *InvalidError with a fault at " + r.path + " only",
	}
	if on.options.AnyInvalid {
		f.Want = "an *InvalidError with a fault"
	}
	var invalid *refund.InvalidError
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return nil, false
	case err == nil:
		f.Got = "verdict " + o.Verdict.String() + ", refundable " + o.Refundable.String()
		return f, true
	case !errors.As(err, &invalid) || len(invalid.Faults) == 0:
		f.Got = "error: " + err.Error()
		return f, true
	}
	for _, fault := range invalid.Faults {
		path := on.options.path(fault.Path)
		if on.options.AnyInvalid || path == r.path || strings.HasPrefix(path, r.path+".") {
			continue
		}
		f.Got = "a fault at " + fault.Path
		if path != fault.Path {
			f.Got += ", which is " + path
		}
		return f, true
	}
	if !o.Equal(refund.Outcome{}) {
		f.Got, f.Want = "an outcome and an error", "the zero Outcome with the error"
		return f, true
	}
	return nil, true
}
