package refundtest

import (
	"errors"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A refusal is an input that cannot be judged, and the path of the only fault.
type refusal struct {
	name, path string
	reason     string
	change     func(*refund.Policy, *refund.Case) // of the fixtures
}

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

// farOff is after the last year that can be written.
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
	{"subscription-id-with-a-blank", "subscription.id", "an id is compared byte for byte, and never trimmed", ofCase(func(c *refund.Case) { c.Subscription.ID = "SUB-1001 " })},
	{"account-with-a-blank", "subscription.account", "an account that looks like another's is another one", ofCase(func(c *refund.Case) { c.Subscription.Account = " ACC-7" })},
	{"account-with-a-control-character", "subscription.account", "an id has no control characters", ofCase(func(c *refund.Case) { c.Subscription.Account = "ACC\t7" })},
	{"service-without-code", "subscription.service.code", "a service has a code", ofCase(func(c *refund.Case) { c.Subscription.Service.Code = "" })},
	{"billing-unset", "subscription.service.billing", "a service is recurring or one-time: neither is not a yes", ofCase(func(c *refund.Case) { c.Subscription.Service.Billing = 0 })},
	{"billing-unknown", "subscription.service.billing", "a billing that nobody has named is no billing", ofCase(func(c *refund.Case) { c.Subscription.Service.Billing = 200 })},
	{"start-missing", "subscription.start", "without the subscription date nobody knows the window", ofCase(func(c *refund.Case) { c.Subscription.Start = time.Time{} })},
	{"start-outside-years", "subscription.start", "an instant that cannot be written is none", ofCase(func(c *refund.Case) { c.Subscription.Start = farOff() })},
	{"window-past-the-last-year", "subscription.start", "a window closes in a year that can be written", func(p *refund.Policy, c *refund.Case) {
		p.Readings.CallbackClock = refund.CallbackClockElapsed
		c.Subscription.Start = time.Date(9999, time.December, 30, 10, 0, 0, 0, time.UTC)
		c.Request.At = c.Subscription.Start
	}},

	{"price-missing", "subscription.price", "a price that is not given is not zero", ofCase(func(c *refund.Case) { c.Subscription.Price = refund.Money{} })},
	{"price-negative", "subscription.price", "an amount is never negative", ofCase(func(c *refund.Case) { c.Subscription.Price = usd("-0.01") })},
	{"paid-missing", "subscription.paid", "what was paid is not zero because it is not given", ofCase(func(c *refund.Case) { c.Subscription.Paid = refund.Money{} })},
	{"paid-negative", "subscription.paid", "an amount is never negative", ofCase(func(c *refund.Case) { c.Subscription.Paid = usd("-199.99") })},
	{"paid-in-another-currency", "subscription.paid", "amounts of a case are of one currency: nothing is converted", ofCase(func(c *refund.Case) { c.Subscription.Paid = refund.MustMoney("199.99", "EUR") })},
	{"charge-missing", "subscription.service.per_instance", "a recurring service has a charge for each resolved issue, which may be zero", ofCase(func(c *refund.Case) { c.Subscription.Service.PerInstance = refund.Money{} })},
	{"charge-negative", "subscription.service.per_instance", "a charge is never negative: it would raise the amount", ofCase(func(c *refund.Case) { c.Subscription.Service.PerInstance = usd("-25.00") })},
	{"charge-in-another-currency", "subscription.service.per_instance", "amounts of a case are of one currency", ofCase(func(c *refund.Case) { c.Subscription.Service.PerInstance = refund.MustMoney("2500", "JPY") })},
	{"refunded-negative", "subscription.refunded", "what was refunded is never negative: it would raise the amount", ofCase(func(c *refund.Case) { c.Subscription.Refunded = usd("-50.00") })},
	{"refunded-more-than-paid", "subscription.refunded", "no more can have been refunded than was paid", ofCase(func(c *refund.Case) { c.Subscription.Refunded = usd("200.00") })},
	{"refunded-in-another-currency", "subscription.refunded", "amounts of a case are of one currency", ofCase(func(c *refund.Case) { c.Subscription.Refunded = refund.MustMoney("1.00", "EUR") })},
	{"disputed-negative", "subscription.disputed", "what is disputed is never negative: it would raise the amount", ofCase(func(c *refund.Case) { c.Subscription.Disputed = usd("-50.00") })},
	{"disputed-more-than-paid", "subscription.disputed", "no more can be disputed than was paid", ofCase(func(c *refund.Case) { c.Subscription.Disputed = usd("200.00") })},
	{"refunded-and-disputed-more-than-paid", "subscription.disputed", "no more can be refunded and disputed together than was paid", ofCase(func(c *refund.Case) {
		c.Subscription.Refunded, c.Subscription.Disputed = usd("150.00"), usd("50.00")
	})},
	{"disputed-in-another-currency", "subscription.disputed", "amounts of a case are of one currency", ofCase(func(c *refund.Case) { c.Subscription.Disputed = refund.MustMoney("1.00", "EUR") })},

	{"issues-missing", "issues", "a log that is not given does not say that nothing was resolved", ofCase(func(c *refund.Case) { c.Issues = nil })},
	{"issue-without-id", "issues[0].id", "an issue has an id", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{Resolved("", Day(3))} })},
	{"issue-id-with-a-blank", "issues[0].id", "an id is compared byte for byte, and never trimmed", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{Resolved("T-1 ", Day(3))} })},
	{"issue-twice", "issues[1].id", "one issue counts once", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{Resolved("T-1", Day(3)), Resolved("T-1", Day(3))} })},
	{"issue-of-another-subscription", "issues[0].subscription", "issues of another subscription are not charged on this one", ofCase(func(c *refund.Case) {
		c.Issues = refund.IssueLog{Resolved("T-1", Day(3))}
		c.Issues[0].Subscription = "SUB-2"
	})},
	{"issue-without-opening", "issues[0].opened", "an issue was opened at some time", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{{ID: "T-1", Resolved: Day(3)}} })},
	{"issue-resolved-before-opening", "issues[0].resolved", "an issue is resolved after it was opened", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{{ID: "T-1", Opened: Day(3), Resolved: Day(2)}} })},
	{"issue-resolved-outside-years", "issues[0].resolved", "an instant that cannot be written is none", ofCase(func(c *refund.Case) { c.Issues = refund.IssueLog{{ID: "T-1", Opened: Day(3), Resolved: farOff()}} })},

	{"request-missing", "request.at", "the instant of the request decides: without it nothing can be", ofCase(func(c *refund.Case) { c.Request.At = time.Time{} })},
	{"request-before-subscription", "request.at", "nobody asks for money back before subscribing", ofCase(func(c *refund.Case) { c.Request.At = Day(0) })},
	{"requester-with-a-blank", "request.by", "an account that looks like the holder's is another one", ofCase(func(c *refund.Case) { c.Request.By = "ACC-7 " })},
	{"requester-of-a-blank", "request.by", "a blank is not an account", ofCase(func(c *refund.Case) { c.Request.By = " " })},
	{"recorder-with-a-blank", "request.recorded_by", "an officer's id is compared byte for byte, and never trimmed", ofCase(func(c *refund.Case) { c.Request.RecordedBy = "ops-1 " })},
	{"channel-unset", "request.channel", "a request came in some way", ofCase(func(c *refund.Case) { c.Request.Channel = 0 })},
	{"channel-unknown", "request.channel", "a channel that nobody has named is none", ofCase(func(c *refund.Case) { c.Request.Channel = 200 })},
	{"call-back-before-request", "request.called_back", "nobody is called back before asking", ofCase(func(c *refund.Case) { c.Request.CalledBack = Day(8) })},
	{"call-back-outside-years", "request.called_back", "an instant that cannot be written is none", ofCase(func(c *refund.Case) { c.Request.CalledBack = farOff() })},

	{"finding-without-clause", "findings[0].clause", "a finding is about a clause", ofCase(func(c *refund.Case) { c.Findings = []refund.Finding{{Severity: refund.SeverityAdvisory}} })},
	{"finding-on-what-is-computed", "findings[0].clause", "what is computed is not argued with", ofCase(func(c *refund.Case) {
		c.Findings = []refund.Finding{{Clause: refund.ClauseCase1, Severity: refund.SeverityAdvisory}}
	})},
	{"finding-without-severity", "findings[0].severity", "a finding has a severity", ofCase(func(c *refund.Case) { c.Findings = []refund.Finding{{Clause: refund.ClauseLogReview}} })},
	{"finding-that-may-not-block", "findings[0].severity", "the company cannot deny by assertion", ofCase(func(c *refund.Case) {
		c.Findings = []refund.Finding{{Clause: refund.ClauseCooperation, Severity: refund.SeverityBlocking}}
	})},

	{"policy-without-version", "policy.version", "a policy has a version", ofPolicy(func(p *refund.Policy) { p.Version = "" })},
	{"policy-version-too-long", "policy.version", "a version is a name, not a text", ofPolicy(func(p *refund.Policy) { p.Version = strings.Repeat("1", 65) })},
	{"policy-effective-outside-years", "policy.effective", "an instant that cannot be written is none", ofPolicy(func(p *refund.Policy) { p.Effective = farOff() })},
	{"window-of-no-days", "policy.window_days", "a window is at least a day long", ofPolicy(func(p *refund.Policy) { p.WindowDays = 0 })},
	{"window-too-long", "policy.window_days", "a window is ten years long at most", ofPolicy(func(p *refund.Policy) { p.WindowDays = refund.MaxWindowDays + 1 })},
	{"policy-without-place", "policy.location", "days are days of a place", ofPolicy(func(p *refund.Policy) { p.Location = nil })},
	{"policy-in-the-machine's-zone", "policy.location", "the answer must not depend on the machine", ofPolicy(func(p *refund.Policy) { p.Location = time.FixedZone("Local", 0) })},
	{"policy-in-a-place-without-name", "policy.location", "days are days of a place that has a name", ofPolicy(func(p *refund.Policy) { p.Location = time.FixedZone("", 0) })},
	{"desk-that-never-opens", "policy.hours", "a desk that never opens calls nobody back", ofPolicy(func(p *refund.Policy) { p.Hours = refund.Hours{} })},
	{"desk-that-closes-before-it-opens", "policy.hours.monday", "a desk opens before it closes", ofPolicy(func(p *refund.Policy) {
		p.Hours[time.Monday] = []refund.Opening{{Opens: 2 * time.Hour, Closes: time.Hour}}
	})},
	{"openings-that-overlap", "policy.hours.monday", "openings of a day do not overlap", ofPolicy(func(p *refund.Policy) {
		p.Hours[time.Monday] = []refund.Opening{{Opens: time.Hour, Closes: 3 * time.Hour}, {Opens: 2 * time.Hour, Closes: 4 * time.Hour}}
	})},
	{"openings-out-of-order", "policy.hours.monday", "openings of a day are in order", ofPolicy(func(p *refund.Policy) {
		p.Hours[time.Monday] = []refund.Opening{{Opens: 3 * time.Hour, Closes: 4 * time.Hour}, {Opens: time.Hour, Closes: 2 * time.Hour}}
	})},
	{"desk-that-opens-on-special-days-only", "policy.hours", "a desk opens on some day of the week, whatever the special days", ofPolicy(func(p *refund.Policy) {
		p.Hours = refund.Hours{}
		p.SpecialDays = refund.SpecialDays{{Year: 2026, Month: time.March, Day: 9}: {{Opens: time.Hour, Closes: 2 * time.Hour}}}
	})},
	{"special-day-that-is-not-a-day", "policy.special_days", "a special day is a day of the calendar", ofPolicy(func(p *refund.Policy) {
		p.SpecialDays = refund.SpecialDays{{Year: 2026, Month: time.February, Day: 30}: nil}
	})},
	{"special-day-that-closes-before-it-opens", "policy.special_days", "a desk opens before it closes, on a special day too", ofPolicy(func(p *refund.Policy) {
		p.SpecialDays = refund.SpecialDays{{Year: 2026, Month: time.March, Day: 9}: {{Opens: 2 * time.Hour, Closes: time.Hour}}}
	})},
	{"desk-in-the-machine's-zone", "policy.desk_location", "the answer must not depend on the machine", ofPolicy(func(p *refund.Policy) { p.DeskLocation = time.FixedZone("Local", 0) })},
	{"desk-in-a-place-without-name", "policy.desk_location", "business hours are hours of a place that has a name", ofPolicy(func(p *refund.Policy) { p.DeskLocation = time.FixedZone("", 0) })},
	{"call-back-after-a-negative-time", "policy.callback_after", "a call back comes after the request", ofPolicy(func(p *refund.Policy) { p.CallbackAfter = -time.Hour })},
	{"call-back-within-no-time", "policy.callback_within", "a call back is due for some time", ofPolicy(func(p *refund.Policy) { p.CallbackWithin = p.CallbackAfter })},
	{"day-count-unset", "policy.readings.day_count", "a doubt that nobody has settled is not settled", ofPolicy(func(p *refund.Policy) { p.Readings.DayCount = 0 })},
	{"deduct-from-unset", "policy.readings.deduct_from", "a doubt that nobody has settled is not settled", ofPolicy(func(p *refund.Policy) { p.Readings.DeductFrom = 0 })},
	{"resolved-until-unset", "policy.readings.resolved_until", "a doubt that nobody has settled is not settled", ofPolicy(func(p *refund.Policy) { p.Readings.ResolvedUntil = 0 })},
	{"callback-clock-unset", "policy.readings.callback_clock", "a doubt that nobody has settled is not settled", ofPolicy(func(p *refund.Policy) { p.Readings.CallbackClock = 0 })},
	{"one-time-unset", "policy.readings.one_time", "a doubt that nobody has settled is not settled", ofPolicy(func(p *refund.Policy) { p.Readings.OneTime = 0 })},
	{"released-amount-unset", "policy.readings.released_amount", "a doubt that nobody has settled is not settled", ofPolicy(func(p *refund.Policy) { p.Readings.ReleasedAmount = 0 })},
	{"goodwill-after-unset", "policy.readings.goodwill_after", "a doubt that nobody has settled is not settled", ofPolicy(func(p *refund.Policy) { p.Readings.GoodwillAfter = 0 })},
	{"required-that-nobody-looks-at", "policy.required[0]", "only what somebody looks at can be required", ofPolicy(func(p *refund.Policy) {
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
		Want: "an *InvalidError with a fault at " + r.path + ", and nowhere else",
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
		f.Got, f.Want = "an outcome beside the error", "the zero Outcome: a half answer is none"
		return f, true
	}
	return nil, true
}
