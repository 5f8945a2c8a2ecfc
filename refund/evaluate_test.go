package refund_test

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// figures returns a short text with the verdict, the amounts and the resolved issues of an
// outcome.
func figures(o refund.Outcome) string {
	return fmt.Sprintf("%v %v of %v, less %v for %d, remaining %v",
		o.Verdict, o.Refundable.Amount(), o.Entitlement.Amount(), o.Deduction.Amount(), o.ResolvedIssues, o.Remaining.Amount())
}

func TestEvaluateAmounts(t *testing.T) {
	type change = func(*refund.Policy, *refund.Case)
	// books sets price, paid, and charge.
	books := func(price, paid, charge string) change {
		return func(_ *refund.Policy, c *refund.Case) {
			s := &c.Subscription
			s.Price, s.Paid, s.Service.PerInstance = testkit.USD(price), testkit.USD(paid), testkit.USD(charge)
		}
	}
	refunded := func(amount string) change {
		return func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = testkit.USD(amount) }
	}
	disputed := func(amount string) change {
		return func(_ *refund.Policy, c *refund.Case) { c.Subscription.Disputed = testkit.USD(amount) }
	}
	amountPaid := func(p *refund.Policy, _ *refund.Case) { p.Readings.DeductFrom = refund.DeductFromAmountPaid }
	oneTime := func(_ *refund.Policy, c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }
	unresolved := func(p *refund.Policy, _ *refund.Case) { p.Readings.OneTime = refund.OneTimeRefundedIfUnresolved }
	late := func(_ *refund.Policy, c *refund.Case) { c.Request.At = c.Request.At.AddDate(1, 0, 0) }
	hundred := books("100.00", "100.00", "25.00")
	rows := []struct {
		reason   string
		resolved int
		changes  []change
		want     string
		cap      refund.Status
	}{
		{"no issue resolved: the whole amount", 0, nil, "full 199.99 of 199.99, less 0.00 for 0, remaining 199.99", refund.StatusSatisfied},
		{"each resolved issue is deducted", 3, nil, "deducted 124.99 of 124.99, less 75.00 for 3, remaining 199.99", refund.StatusSatisfied},
		{"a cent remains", 1, []change{books("25.01", "25.01", "25.00")}, "deducted 0.01 of 0.01, less 25.00 for 1, remaining 25.01", refund.StatusSatisfied},
		{"charges consume the amount to the cent", 1, []change{books("25.00", "25.00", "25.00")}, "consumed 0.00 of 0.00, less 25.00 for 1, remaining 25.00", refund.StatusSatisfied},
		{"the deduction is not capped", 9, nil, "consumed 0.00 of 0.00, less 225.00 for 9, remaining 199.99", refund.StatusSatisfied},
		{"a charge of zero deducts zero", 2, []change{books("100.00", "100.00", "0.00")}, "deducted 100.00 of 100.00, less 0.00 for 2, remaining 100.00", refund.StatusSatisfied},
		{"a price of zero", 0, []change{books("0.00", "0.00", "25.00")}, "full 0.00 of 0.00, less 0.00 for 0, remaining 0.00", refund.StatusSatisfied},
		{"paid is zero", 0, []change{books("100.00", "0.00", "25.00")}, "full 0.00 of 0.00, less 0.00 for 0, remaining 0.00", refund.StatusApplied},
		{"a price of zero is consumed by an issue, although its charge is zero too", 1, []change{books("0.00", "100.00", "0.00")}, "consumed 0.00 of 0.00, less 0.00 for 1, remaining 0.00", refund.StatusSatisfied},
		{"an overpayment: the lesser of subscribed and paid", 0, []change{books("100.00", "150.00", "25.00")}, "full 100.00 of 100.00, less 0.00 for 0, remaining 100.00", refund.StatusSatisfied},
		{"an installment was paid: deducted from the price, limited to the amount paid", 1, []change{books("100.00", "40.00", "25.00")}, "deducted 40.00 of 40.00, less 25.00 for 1, remaining 40.00", refund.StatusApplied},
		{"an installment of exactly the amount due: the cap does not apply", 1, []change{books("100.00", "75.00", "25.00")}, "deducted 75.00 of 75.00, less 25.00 for 1, remaining 75.00", refund.StatusSatisfied},

		{"earlier refunds are subtracted from the entitlement, and the cap does not apply", 1, []change{hundred, refunded("30.00")}, "deducted 45.00 of 75.00, less 25.00 for 1, remaining 70.00", refund.StatusSatisfied},
		{"one cent refunded before", 0, []change{hundred, refunded("0.01")}, "full 99.99 of 100.00, less 0.00 for 0, remaining 99.99", refund.StatusSatisfied},
		{"more refunded before than the policy grants", 1, []change{hundred, refunded("80.00")}, "deducted 0.00 of 75.00, less 25.00 for 1, remaining 20.00", refund.StatusSatisfied},
		{"more refunded before than was subscribed, of an overpayment", 0, []change{books("100.00", "150.00", "25.00"), refunded("120.00")}, "full 0.00 of 100.00, less 0.00 for 0, remaining 0.00", refund.StatusSatisfied},
		{"the cap applies, and earlier refunds are subtracted from the capped amount", 0, []change{books("100.00", "50.00", "25.00"), refunded("20.00")}, "full 30.00 of 50.00, less 0.00 for 0, remaining 30.00", refund.StatusApplied},

		{"an open dispute is subtracted from the refundable and the remaining amount", 1, []change{hundred, disputed("20.00")}, "deducted 55.00 of 75.00, less 25.00 for 1, remaining 80.00", refund.StatusSatisfied},
		{"the dispute is lost: it counts as refunded", 1, []change{hundred, refunded("20.00")}, "deducted 55.00 of 75.00, less 25.00 for 1, remaining 80.00", refund.StatusSatisfied},
		{"the dispute is won: it no longer counts", 1, []change{hundred, disputed("0.00")}, "deducted 75.00 of 75.00, less 25.00 for 1, remaining 100.00", refund.StatusSatisfied},
		{"refunds and a dispute together", 1, []change{hundred, refunded("30.00"), disputed("20.00")}, "deducted 25.00 of 75.00, less 25.00 for 1, remaining 50.00", refund.StatusSatisfied},
		{"refunds and a dispute together, beyond the entitlement", 1, []change{hundred, refunded("30.00"), disputed("50.00")}, "deducted 0.00 of 75.00, less 25.00 for 1, remaining 20.00", refund.StatusSatisfied},
		{"the whole amount paid is in dispute", 0, []change{hundred, disputed("100.00")}, "full 0.00 of 100.00, less 0.00 for 0, remaining 0.00", refund.StatusSatisfied},

		{"amount_paid: deducted from the amount paid", 1, []change{books("100.00", "40.00", "25.00"), amountPaid}, "deducted 15.00 of 15.00, less 25.00 for 1, remaining 40.00", refund.StatusSatisfied},
		{"amount_paid, no issue resolved: the amount paid", 0, []change{books("100.00", "40.00", "25.00"), amountPaid}, "full 40.00 of 40.00, less 0.00 for 0, remaining 40.00", refund.StatusSatisfied},
		{"amount_paid: an overpayment does not cancel the deduction", 1, []change{books("100.00", "140.00", "25.00"), amountPaid}, "deducted 75.00 of 75.00, less 25.00 for 1, remaining 100.00", refund.StatusSatisfied},
		{"amount_paid, no issue resolved: an overpayment does not raise the base", 0, []change{books("100.00", "140.00", "25.00"), amountPaid}, "full 100.00 of 100.00, less 0.00 for 0, remaining 100.00", refund.StatusSatisfied},
		{"amount_paid: charges consume an installment, though not the price", 1, []change{books("100.00", "25.00", "25.00"), amountPaid}, "consumed 0.00 of 0.00, less 25.00 for 1, remaining 25.00", refund.StatusSatisfied},

		{"a one-time service: zero, even if issues were resolved", 2, []change{oneTime}, "one_time_service 0.00 of 0.00, less 0.00 for 2, remaining 199.99", refund.StatusNotApplicable},
		{"never_refunded: zero for a one-time service without a resolved issue", 0, []change{oneTime}, "one_time_service 0.00 of 0.00, less 0.00 for 0, remaining 199.99", refund.StatusNotApplicable},
		{"a one-time service takes precedence over a closed window", 0, []change{oneTime, late}, "one_time_service 0.00 of 0.00, less 0.00 for 0, remaining 199.99", refund.StatusNotApplicable},
		{"refunded_if_unresolved: a one-time service without a resolved issue is Case 1", 0, []change{oneTime, unresolved}, "full 199.99 of 199.99, less 0.00 for 0, remaining 199.99", refund.StatusSatisfied},
		{"refunded_if_unresolved: it needs no charge", 0, []change{oneTime, unresolved, func(_ *refund.Policy, c *refund.Case) { c.Subscription.Service.PerInstance = refund.Money{} }}, "full 199.99 of 199.99, less 0.00 for 0, remaining 199.99", refund.StatusSatisfied},
		{"refunded_if_unresolved: with a resolved issue it is not refunded", 1, []change{oneTime, unresolved}, "one_time_service 0.00 of 0.00, less 0.00 for 1, remaining 199.99", refund.StatusNotApplicable},
		{"refunded_if_unresolved: a closed window applies to a one-time service", 0, []change{oneTime, unresolved, late}, "window_closed 0.00 of 0.00, less 0.00 for 0, remaining 199.99", refund.StatusNotApplicable},
		{"refunded_if_unresolved: with a resolved issue it takes precedence over a closed window", 1, []change{oneTime, unresolved, late}, "one_time_service 0.00 of 0.00, less 0.00 for 1, remaining 199.99", refund.StatusNotApplicable},
		{"refunded_if_unresolved does not affect a subscription", 1, []change{unresolved}, "deducted 174.99 of 174.99, less 25.00 for 1, remaining 199.99", refund.StatusSatisfied},

		{"asked late: zero, but resolutions are still counted", 1, []change{late}, "window_closed 0.00 of 0.00, less 0.00 for 1, remaining 199.99", refund.StatusNotApplicable},
		{"asked late: the remaining amount is available for goodwill, less refunds and disputes", 0, []change{hundred, late, refunded("30.00"), disputed("20.00")}, "window_closed 0.00 of 0.00, less 0.00 for 0, remaining 50.00", refund.StatusNotApplicable},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(testkit.NewYork), plainCase()
			for i := range r.resolved {
				c.Issues = append(c.Issues, resolvedAt("T-"+strconv.Itoa(i), c.Subscription.Start))
			}
			for _, change := range r.changes {
				change(&p, &c)
			}
			o := evaluated(t, p, c)
			if got := figures(o); got != r.want {
				t.Errorf("got  %s\nwant %s", got, r.want)
			}
			if got := o.Statuses[refund.ClauseCap]; got != r.cap {
				t.Errorf("cap is %v, want %v", got, r.cap)
			}
			if law := brokenLaw(c, o); law != "" {
				t.Error(law)
			}
		})
	}
}

func TestEvaluateCountsResolutions(t *testing.T) {
	const request, close = refund.ResolvedUntilRequest, refund.ResolvedUntilWindowClose
	rows := []struct {
		reason   string
		until    refund.ResolvedUntil
		opened   string
		resolved string
		want     int
	}{
		{"still open", request, "2026-03-05T12:00:00Z", "", 0},
		{"resolved before the subscription", request, "2026-02-01T12:00:00Z", "2026-03-02T14:59:59.999999999Z", 0},
		{"opened before the subscription and resolved at its start", request, "2026-02-01T12:00:00Z", "2026-03-02T15:00:00Z", 1},
		{"resolved in the window", request, "2026-03-05T12:00:00Z", "2026-03-05T13:00:00Z", 1},
		{"resolved at the instant of the request", request, "2026-03-05T12:00:00Z", "2026-03-10T16:00:00Z", 1},
		{"resolved just after the request", request, "2026-03-05T12:00:00Z", "2026-03-10T16:00:00.000000001Z", 0},
		{"window_close: resolved just after the request", close, "2026-03-05T12:00:00Z", "2026-03-10T16:00:00.000000001Z", 1},
		{"window_close: resolved just before the closing", close, "2026-03-05T12:00:00Z", "2026-03-17T23:59:59.999999999Z", 1},
		{"window_close: resolved at the closing", close, "2026-03-05T12:00:00Z", "2026-03-18T00:00:00Z", 0},
		{"window_close: resolved before the subscription", close, "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z", 0},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(time.UTC), plainCase()
			p.Readings.ResolvedUntil = r.until
			c.Issues = refund.IssueLog{{ID: "T-1", Opened: instant(t, r.opened), Resolved: instant(t, r.resolved)}}
			if o := evaluated(t, p, c); o.ResolvedIssues != r.want {
				t.Errorf("%d resolutions count, want %d", o.ResolvedIssues, r.want)
			}
		})
	}
}

func TestEvaluateStatuses(t *testing.T) {
	found := func(clause refund.Clause, severities ...refund.Severity) func(*refund.Case) {
		return func(c *refund.Case) {
			for _, severity := range severities {
				c.Findings = append(c.Findings, refund.Finding{Clause: clause, Severity: severity})
			}
		}
	}
	const satisfied, advisory, blocking = refund.SeveritySatisfied, refund.SeverityAdvisory, refund.SeverityBlocking
	rows := []struct {
		reason string
		change func(*refund.Case)
		clause refund.Clause
		want   refund.Status
	}{
		{"an e-mail with its reason", nil, refund.ClauseTicket, refund.StatusSatisfied},
		{"an e-mail without a reason", func(c *refund.Case) { c.Request.Reason = "" }, refund.ClauseTicket, refund.StatusObjected},
		{"white space is not a reason", func(c *refund.Case) { c.Request.Reason = " \t\u00a0\n" }, refund.ClauseTicket, refund.StatusObjected},
		{"another channel, for whatever reason", func(c *refund.Case) { c.Request.Channel = refund.ChannelOther }, refund.ClauseTicket, refund.StatusObjected},
		{"no call back recorded", nil, refund.ClauseCallback, refund.StatusNotEvaluated},
		{"called back at once: an early call is not an objection", func(c *refund.Case) { c.Request.CalledBack = c.Request.At }, refund.ClauseCallback, refund.StatusSatisfied},
		{"called back at the latest instant", func(c *refund.Case) { c.Request.CalledBack = c.Request.At.Add(18 * time.Hour) }, refund.ClauseCallback, refund.StatusSatisfied},
		{"called back a nanosecond late", func(c *refund.Case) { c.Request.CalledBack = c.Request.At.Add(18*time.Hour + 1) }, refund.ClauseCallback, refund.StatusObjected},
		{"the logs were not reviewed", nil, refund.ClauseLogReview, refund.StatusNotEvaluated},
		{"the worst finding decides", found(refund.ClauseLogReview, satisfied, advisory, satisfied), refund.ClauseLogReview, refund.StatusObjected},
		{"a finding affects its own clause only", found(refund.ClauseCooperation, advisory), refund.ClauseLogReview, refund.StatusNotEvaluated},
		{"an open report of unauthorized use", found(refund.ClauseCredentials, satisfied, blocking, advisory), refund.ClauseCredentials, refund.StatusBlocking},
		{"goodwill exists only as a decision", nil, refund.ClauseGoodwill, refund.StatusNotEvaluated},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(time.UTC), plainCase()
			if r.change != nil {
				r.change(&c)
			}
			o := evaluated(t, p, c)
			if got := o.Statuses[r.clause]; got != r.want {
				t.Errorf("%v is %v, want %v", r.clause, got, r.want)
			}
			if want := r.want == refund.StatusBlocking; o.Held != want {
				t.Errorf("held: %v, want %v", o.Held, want)
			}
		})
	}
}

// The requester is always compared with the holder.
func TestAccountAccess(t *testing.T) {
	const holder, stranger, unknown = "ACC-7", "ACC-8", ""
	const satisfied, advisory, blocking = refund.SeveritySatisfied, refund.SeverityAdvisory, refund.SeverityBlocking
	type finding struct {
		severity refund.Severity
		subject  string
	}
	on := func(findings ...finding) []finding { return findings }
	vouches, another := finding{satisfied, stranger}, finding{satisfied, "ACC-9"}
	rows := []struct {
		reason   string
		by       string
		findings []finding
		want     refund.Status
		made     bool // the evaluation adds a finding
	}{
		{"the holder asked", holder, nil, refund.StatusSatisfied, false},
		{"the holder asked, and a finding says so", holder, on(finding{satisfied, holder}), refund.StatusSatisfied, false},
		{"the holder asked, and a finding vouches for another", holder, on(another), refund.StatusSatisfied, false},
		{"the holder asked, and an advisory finding objects", holder, on(finding{advisory, "C-1"}), refund.StatusObjected, false},
		{"the holder asked, and there are an advisory and a satisfied finding", holder, on(finding{satisfied, holder}, finding{advisory, "C-1"}), refund.StatusObjected, false},
		{"the holder asked, under duress", holder, on(finding{blocking, "C-1"}), refund.StatusBlocking, false},

		{"a stranger asked", stranger, nil, refund.StatusBlocking, true},
		{"a stranger asked, with the holder's permission", stranger, on(vouches), refund.StatusSatisfied, false},
		{"vouching for one person does not clear another", stranger, on(another), refund.StatusBlocking, true},
		{"vouching for the holder does not clear a stranger", stranger, on(finding{satisfied, holder}), refund.StatusBlocking, true},
		{"a satisfied finding without a subject does not vouch for anybody", stranger, on(finding{satisfied, ""}), refund.StatusBlocking, true},
		{"a subject is compared byte for byte: another case of the letters", stranger, on(finding{satisfied, "acc-8"}), refund.StatusBlocking, true},
		{"a subject is compared byte for byte: a space at the end", stranger, on(finding{satisfied, stranger + " "}), refund.StatusBlocking, true},
		{"an advisory finding does not lift the hold on a stranger", stranger, on(finding{advisory, stranger}), refund.StatusBlocking, true},
		{"an advisory finding about a stranger for whom another vouches", stranger, on(vouches, finding{advisory, stranger}), refund.StatusObjected, false},
		{"a blocking finding about a stranger for whom another vouches", stranger, on(vouches, finding{blocking, stranger}), refund.StatusBlocking, false},
		{"one of two satisfied findings vouches", stranger, on(another, vouches), refund.StatusSatisfied, false},

		{"the requester is unknown", unknown, nil, refund.StatusNotEvaluated, false},
		{"an empty subject does not vouch for an unknown requester", unknown, on(finding{satisfied, ""}), refund.StatusNotEvaluated, false},
		{"vouching for somebody does not identify the requester", unknown, on(another), refund.StatusNotEvaluated, false},
		{"an advisory finding about an unknown requester", unknown, on(finding{advisory, ""}), refund.StatusObjected, false},
		{"a blocking finding about an unknown requester", unknown, on(finding{blocking, ""}), refund.StatusBlocking, false},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(time.UTC), plainCase()
			c.Request.By = r.by
			for _, f := range r.findings {
				c.Findings = append(c.Findings, refund.Finding{Clause: refund.ClauseAccountAccess, Severity: f.severity, Subject: f.subject})
			}
			// A satisfied finding on another clause does not vouch for anybody.
			c.Findings = append(c.Findings, refund.Finding{Clause: refund.ClauseCredentials, Severity: satisfied, Subject: stranger})
			o := evaluated(t, p, c)
			if got := o.Statuses[refund.ClauseAccountAccess]; got != r.want || o.Held != (r.want == refund.StatusBlocking) {
				t.Errorf("%v, held %v; want %v", got, o.Held, r.want)
			}
			own := refund.Finding{Clause: refund.ClauseAccountAccess, Severity: blocking, Subject: "request.by"}
			if got := slices.Contains(o.Findings, own); got != r.made {
				t.Errorf("a finding of its own: %v, want %v; findings %v", got, r.made, o.Findings)
			}
			if r.by != stranger {
				return
			}
			// If the holder is unknown, no requester is a stranger.
			c.Subscription.Account = unknown
			want := r.want
			if r.made {
				want = refund.StatusNotEvaluated
				if slices.ContainsFunc(c.Findings, func(f refund.Finding) bool { return f.Severity == advisory }) {
					want = refund.StatusObjected
				}
			}
			if got := evaluated(t, p, c).Statuses[refund.ClauseAccountAccess]; got != want {
				t.Errorf("with an unknown holder: %v, want %v", got, want)
			}
		})
	}
}

func TestEvaluateFindings(t *testing.T) {
	p, c := refund.Published(time.UTC), plainCase()
	if o := evaluated(t, p, c); o.Findings != nil {
		t.Errorf("findings of a case without any: %v", o.Findings)
	}
	c.Findings = []refund.Finding{
		{Clause: refund.ClauseAccountAccess, Severity: refund.SeveritySatisfied, Subject: "b"},
		{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "b", Detail: "y"},
		{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "c"},
		{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "b", Detail: "x"},
		{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "a", Detail: "z"},
	}
	c.Request.Channel = refund.ChannelOther
	c.Request.CalledBack = c.Request.At.AddDate(0, 1, 0)
	c.Request.By = "ACC-8"
	var got []string
	for _, f := range evaluated(t, p, c).Findings {
		got = append(got, fmt.Sprint(f.Clause, " ", f.Severity, " ", f.Subject, " ", f.Detail))
	}
	want := []string{
		"ticket advisory request.channel ",
		"callback advisory request.called_back ",
		"log-review advisory c ",
		"log-review satisfied a z",
		"log-review satisfied b x",
		"log-review satisfied b y",
		"account-access blocking request.by ",
		"account-access satisfied b ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("findings\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestEvaluateBasis(t *testing.T) {
	p, c := refund.Published(zone(t, "Asia/Kathmandu")), plainCase()
	p.Version = "2026-a"
	c.Request.CalledBack = c.Request.At.Add(time.Hour)
	c.Request.By, c.Request.RecordedBy = "ACC-8", "desk-2"
	want := refund.Basis{
		Policy: "2026-a", Location: "Asia/Kathmandu", WindowDays: 15, Readings: p.Readings,
		Account: c.Subscription.Account, RequestedBy: "ACC-8", RecordedBy: "desk-2",
		Service: c.Subscription.Service, Price: c.Subscription.Price, Paid: c.Subscription.Paid,
		RequestedAt: c.Request.At, Channel: refund.ChannelEmail, CalledBack: c.Request.CalledBack,
	}
	o := evaluated(t, p, c)
	if !o.Basis.Equal(want) || o.Subscription != "SUB-1" {
		t.Errorf("%s: basis is\n%+v, want\n%+v", o.Subscription, o.Basis, want)
	}
	if zero := testkit.USD("0.00"); !o.Refunded.Equal(zero) || !o.Disputed.Equal(zero) {
		t.Errorf("refunded %v, disputed %v of a case that has neither", o.Refunded, o.Disputed)
	}
	c.Subscription.Refunded, c.Subscription.Disputed = testkit.USD("1.50"), testkit.USD("2.50")
	if o = evaluated(t, p, c); !o.Refunded.Equal(c.Subscription.Refunded) || !o.Disputed.Equal(c.Subscription.Disputed) {
		t.Errorf("refunded %v, disputed %v", o.Refunded, o.Disputed)
	}
}

// An outcome built by hand may have unset readings. Only amount_paid limits the base to the
// amount paid.
func TestBase(t *testing.T) {
	one, two := testkit.USD("1.00"), testkit.USD("2.00")
	for _, r := range []struct {
		reason      string
		reading     refund.DeductFrom
		price, paid refund.Money
		want        refund.Money
	}{
		{"unset: the price", 0, two, one, two},
		{"amount_subscribed: the price", refund.DeductFromAmountSubscribed, two, one, two},
		{"amount_paid: the amount paid, for an installment", refund.DeductFromAmountPaid, two, one, one},
		{"amount_paid: the price, for an overpayment", refund.DeductFromAmountPaid, one, two, one},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			b := refund.Basis{Price: r.price, Paid: r.paid, Readings: refund.Readings{DeductFrom: r.reading}}
			if got := b.Base(); !got.Equal(r.want) {
				t.Errorf("base is %v, want %v", got, r.want)
			}
		})
	}
}

func TestEvaluateRefuses(t *testing.T) {
	rows := []struct {
		reason string
		change func(*refund.Policy, *refund.Case)
		paths  []string
	}{
		{"a request before the subscription", func(_ *refund.Policy, c *refund.Case) { c.Request.At = c.Subscription.Start.Add(-1) }, []string{"request.at"}},
		{"a call back before the request", func(_ *refund.Policy, c *refund.Case) { c.Request.CalledBack = c.Request.At.Add(-1) }, []string{"request.called_back"}},
		{"another currency than the subscription's", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Paid = refund.MustMoney("199.99", "EUR") }, []string{"subscription.paid"}},
		{"no request: the missing instant is one fault", func(_ *refund.Policy, c *refund.Case) { c.Request.At = time.Time{} }, []string{"request.at"}},
		{"no subscription instant: one fault", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Start = time.Time{} }, []string{"subscription.start"}},
		{"a window beyond the year 9999, of a case that has another fault", func(_ *refund.Policy, c *refund.Case) {
			c.Subscription.Start = time.Date(9999, time.December, 30, 0, 0, 0, 0, time.UTC)
			c.Request.At = c.Subscription.Start.Add(time.Hour)
			c.Subscription.ID = ""
		}, []string{"subscription.id", "subscription.start"}},
		{"every fault of policy and case", func(p *refund.Policy, c *refund.Case) {
			p.Location = nil
			c.Issues = nil
		}, []string{"policy.location", "issues"}},
		{"the zone of the machine", func(p *refund.Policy, _ *refund.Case) { p.Location = time.FixedZone("Local", 0) }, []string{"policy.location"}},
		{"the zone of the machine for the desk", func(p *refund.Policy, _ *refund.Case) { p.DeskLocation = time.FixedZone("Local", 0) }, []string{"policy.desk_location"}},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(time.UTC), plainCase()
			r.change(&p, &c)
			o, err := p.Evaluate(c)
			if paths := faultPaths(t, err); !slices.Equal(paths, r.paths) {
				t.Errorf("faults at %q, want %q", paths, r.paths)
			}
			if !reflect.ValueOf(o).IsZero() {
				t.Errorf("an error comes with a partial outcome: %+v", o)
			}
		})
	}
}

func TestSteps(t *testing.T) {
	p, c := refund.Published(time.UTC), plainCase()
	c.Issues = refund.IssueLog{resolvedAt("T-1", c.Request.At)}
	c.Subscription.Paid = refund.MustMoney("150.00", "USD")
	c.Subscription.Refunded = refund.MustMoney("50.00", "USD")
	var got []string
	for _, step := range evaluated(t, p, c).Steps() {
		got = append(got, fmt.Sprint(step.Clause, " ", step.Status, " ", step.Amount))
	}
	want := []string{
		"guarantee applied 199.99 USD",
		"case-1 not_applicable no amount",
		"case-2 applied -25.00 USD",
		"one-time not_applicable no amount",
		"ticket satisfied no amount",
		"callback not_evaluated no amount",
		"log-review not_evaluated no amount",
		"cooperation not_evaluated no amount",
		"peripherals not_evaluated no amount",
		"licensed not_evaluated no amount",
		"best-effort not_evaluated no amount",
		"data-loss not_evaluated no amount",
		"environment not_evaluated no amount",
		"registration not_evaluated no amount",
		"credentials not_evaluated no amount",
		"account-access satisfied no amount",
		"goodwill not_evaluated no amount",
		"cap applied -24.99 USD",
	}
	if !slices.Equal(got, want) {
		t.Errorf("steps\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The amounts of the steps add up to the entitlement. They include neither earlier refunds
// nor disputes.
func TestStepsAddUpToTheEntitlement(t *testing.T) {
	rows := []struct {
		reason                          string
		price, paid, refunded, disputed string
		reading                         refund.DeductFrom
		resolved                        int
		steps                           string // guarantee, case-2, cap
		entitlement                     string
	}{
		{"the whole amount", "100.00", "100.00", "0.00", "0.00", 1, 0, "100.00 - -", "100.00"},
		{"a deduction", "100.00", "100.00", "0.00", "0.00", 1, 2, "100.00 -50.00 -", "50.00"},
		{"a deduction beyond the base subtracts the base", "100.00", "100.00", "0.00", "0.00", 1, 9, "100.00 -100.00 -", "0.00"},
		{"an installment: the cap subtracts the excess", "100.00", "40.00", "0.00", "0.00", 1, 1, "100.00 -25.00 -35.00", "40.00"},
		{"an installment under amount_paid: the steps open with it", "100.00", "40.00", "0.00", "0.00", 2, 1, "40.00 -25.00 -", "15.00"},
		{"an overpayment under amount_paid: the steps open with the price", "100.00", "140.00", "0.00", "0.00", 2, 1, "100.00 -25.00 -", "75.00"},
		{"earlier refunds are not in the steps", "100.00", "100.00", "30.00", "0.00", 1, 1, "100.00 -25.00 -", "75.00"},
		{"earlier refunds beyond the entitlement are not in the steps", "100.00", "100.00", "90.00", "0.00", 1, 1, "100.00 -25.00 -", "75.00"},
		{"a dispute is not in the steps", "100.00", "100.00", "0.00", "20.00", 1, 1, "100.00 -25.00 -", "75.00"},
		{"the cap with earlier refunds and a dispute", "100.00", "50.00", "20.00", "10.00", 1, 0, "100.00 - -50.00", "50.00"},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(time.UTC), plainCase()
			p.Readings.DeductFrom = r.reading
			s := &c.Subscription
			s.Price, s.Paid, s.Refunded, s.Disputed = testkit.USD(r.price), testkit.USD(r.paid), testkit.USD(r.refunded), testkit.USD(r.disputed)
			for i := range r.resolved {
				c.Issues = append(c.Issues, resolvedAt("T-"+strconv.Itoa(i), c.Subscription.Start))
			}
			o := evaluated(t, p, c)
			total, amounts := testkit.USD("0.00"), map[refund.Clause]string{}
			for _, step := range o.Steps() {
				amounts[step.Clause] = "-"
				if step.Amount.IsZero() {
					continue
				}
				amounts[step.Clause] = step.Amount.Amount()
				var err error
				if total, err = total.Add(step.Amount); err != nil {
					t.Fatal(err)
				}
			}
			got := amounts[refund.ClauseGuarantee] + " " + amounts[refund.ClauseCase2] + " " + amounts[refund.ClauseCap]
			if got != r.steps || !total.Equal(o.Entitlement) || o.Entitlement.Amount() != r.entitlement {
				t.Errorf("steps %s add up to %v, the entitlement is %v; want %s and %s", got, total, o.Entitlement, r.steps, r.entitlement)
			}
		})
	}
}

// Every field of an outcome counts in Equal and in Diff.
func TestOutcomeEqual(t *testing.T) {
	p, c := refund.Published(zone(t, "America/New_York")), plainCase()
	c.Request.Channel = refund.ChannelOther
	c.Request.CalledBack = c.Request.At
	o := evaluated(t, p, c)
	one := refund.MustMoney("1.00", "USD")
	changes := map[string]func(*refund.Outcome){
		"Subscription":         func(o *refund.Outcome) { o.Subscription = "SUB-2" },
		"Verdict":              func(o *refund.Outcome) { o.Verdict = refund.VerdictConsumed },
		"Refundable":           func(o *refund.Outcome) { o.Refundable = one },
		"Entitlement":          func(o *refund.Outcome) { o.Entitlement = one },
		"Deduction":            func(o *refund.Outcome) { o.Deduction = one },
		"Refunded":             func(o *refund.Outcome) { o.Refunded = one },
		"Disputed":             func(o *refund.Outcome) { o.Disputed = one },
		"Remaining":            func(o *refund.Outcome) { o.Remaining = one },
		"ResolvedIssues":       func(o *refund.Outcome) { o.ResolvedIssues++ },
		"Window":               func(o *refund.Outcome) { o.Window.Closes = o.Window.Closes.Add(1) },
		"Held":                 func(o *refund.Outcome) { o.Held = !o.Held },
		"Callback":             func(o *refund.Outcome) { o.Callback.Latest = o.Callback.Latest.Add(1) },
		"Statuses":             func(o *refund.Outcome) { o.Statuses[refund.ClauseGoodwill] = refund.StatusApplied },
		"Findings":             func(o *refund.Outcome) { o.Findings = nil },
		"Basis.Policy":         func(o *refund.Outcome) { o.Basis.Policy = "2" },
		"Basis.Location":       func(o *refund.Outcome) { o.Basis.Location = "UTC" },
		"Basis.WindowDays":     func(o *refund.Outcome) { o.Basis.WindowDays++ },
		"Basis.Readings":       func(o *refund.Outcome) { o.Basis.Readings.DayCount = refund.DayCountElapsed },
		"Basis.Service.Code":   func(o *refund.Outcome) { o.Basis.Service.Code = "other" },
		"Basis.Service.Bill":   func(o *refund.Outcome) { o.Basis.Service.Billing = refund.BillingOneTime },
		"Basis.Service.Charge": func(o *refund.Outcome) { o.Basis.Service.PerInstance = one },
		"Basis.Price":          func(o *refund.Outcome) { o.Basis.Price = one },
		"Basis.Paid":           func(o *refund.Outcome) { o.Basis.Paid = one },
		"Basis.RequestedAt":    func(o *refund.Outcome) { o.Basis.RequestedAt = o.Basis.RequestedAt.Add(1) },
		"Basis.Account":        func(o *refund.Outcome) { o.Basis.Account = "ACC-8" },
		"Basis.RequestedBy":    func(o *refund.Outcome) { o.Basis.RequestedBy = "ACC-8" },
		"Basis.RecordedBy":     func(o *refund.Outcome) { o.Basis.RecordedBy = "desk-8" },
		"Basis.Channel":        func(o *refund.Outcome) { o.Basis.Channel = refund.ChannelEmail },
		"Basis.CalledBack":     func(o *refund.Outcome) { o.Basis.CalledBack = time.Time{} },
	}
	for field, change := range changes {
		changed := o
		change(&changed)
		if o.Equal(changed) || changed.Equal(o) {
			t.Errorf("outcomes with another %s are equal", field)
		}
		if there, back := o.Diff(changed), changed.Diff(o); there == "" || back == "" || there == back {
			t.Errorf("outcomes with another %s differ by %q, and back by %q", field, there, back)
		}
	}
	if fields := reflect.TypeFor[refund.Outcome]().NumField() - 1 + reflect.TypeFor[refund.Basis]().NumField() + 2; len(changes) != fields {
		t.Errorf("%d fields are compared, want %d", len(changes), fields)
	}
	elsewhere := o
	for _, at := range []*time.Time{
		&elsewhere.Window.Opens, &elsewhere.Window.Closes, &elsewhere.Callback.Earliest, &elsewhere.Callback.Latest,
		&elsewhere.Basis.RequestedAt, &elsewhere.Basis.CalledBack,
	} {
		*at = at.UTC()
	}
	if !o.Equal(elsewhere) || o.Diff(elsewhere) != "" {
		t.Error("the same instants in another location are not equal")
	}
}

func TestEvaluateAllocations(t *testing.T) {
	p, c := refund.Published(zone(t, "America/New_York")), plainCase()
	c.Issues = refund.IssueLog{
		resolvedAt("T-1", c.Subscription.Start),
		resolvedAt("T-2", c.Request.At),
		{ID: "T-3", Opened: c.Request.At},
	}
	if n := testing.AllocsPerRun(100, func() { _, _ = p.Evaluate(c) }); n > 2 {
		t.Errorf("%v allocations, want at most 2", n)
	}
}

func TestAfterReportedBugs(t *testing.T) {
	p := refund.Published(time.UTC)
	t.Run("after lago-api PR #4805: the cap is the amount paid, not the amount invoiced", func(t *testing.T) {
		c := plainCase()
		c.Subscription.Paid = refund.MustMoney("50.00", "USD")
		c.Subscription.Refunded = refund.MustMoney("20.00", "USD")
		if o := evaluated(t, p, c); o.Refundable.String() != "30.00 USD" || o.Statuses[refund.ClauseCap] != refund.StatusApplied {
			t.Errorf("refundable %v, cap %v", o.Refundable, o.Statuses[refund.ClauseCap])
		}
	})
	t.Run("after killbill #334 and #1007: earlier refunds count, in one place", func(t *testing.T) {
		c := plainCase()
		for _, step := range []struct{ before, want string }{{"0.00", "199.99 USD"}, {"199.98", "0.01 USD"}, {"199.99", "0.00 USD"}} {
			c.Subscription.Refunded = refund.MustMoney(step.before, "USD")
			if o := evaluated(t, p, c); o.Refundable.String() != step.want {
				t.Errorf("%s refunded: %v more, want %v", step.before, o.Refundable, step.want)
			}
		}
	})
	t.Run("after medusa and vendure #2302: no amount and an amount of zero differ", func(t *testing.T) {
		c := plainCase()
		c.Subscription.Paid = refund.MustMoney("0.00", "USD")
		if o := evaluated(t, p, c); o.Refundable.Sign() != 0 || o.Refundable.IsZero() {
			t.Errorf("paid is zero: refundable %v", o.Refundable)
		}
		c.Subscription.Paid = refund.Money{}
		_, err := p.Evaluate(c)
		if paths := faultPaths(t, err); !slices.Equal(paths, []string{"subscription.paid"}) {
			t.Errorf("no amount paid: faults at %q", paths)
		}
	})
	t.Run("after hyperswitch PR #11491: a negative amount is refused", func(t *testing.T) {
		c := plainCase()
		c.Subscription.Refunded = refund.MustMoney("-10.00", "USD")
		c.Subscription.Service.PerInstance = refund.MustMoney("-0.01", "USD")
		_, err := p.Evaluate(c)
		if paths := faultPaths(t, err); !slices.Equal(paths, []string{"subscription.service.per_instance", "subscription.refunded"}) {
			t.Errorf("faults at %q", paths)
		}
	})
	t.Run("after zenbpm #676: a missing fact matches no other", func(t *testing.T) {
		c := plainCase()
		c.Subscription.Account, c.Request.By = "", ""
		if o := evaluated(t, p, c); o.Statuses[refund.ClauseAccountAccess] != refund.StatusNotEvaluated {
			t.Errorf("an unknown requester matches an unknown holder: %v", o.Statuses[refund.ClauseAccountAccess])
		}
	})
	t.Run("after Solidus all?: every clause has a status, not only the first that fails", func(t *testing.T) {
		c := plainCase()
		c.Subscription.Service.Billing = refund.BillingOneTime
		c.Request = refund.Request{At: c.Request.At.AddDate(1, 0, 0), By: "ACC-8", Channel: refund.ChannelOther}
		c.Request.CalledBack = c.Request.At.AddDate(1, 0, 0)
		o := evaluated(t, p, c)
		for clause, want := range map[refund.Clause]refund.Status{
			refund.ClauseOneTime:       refund.StatusApplied,
			refund.ClauseGuarantee:     refund.StatusNotApplicable,
			refund.ClauseTicket:        refund.StatusObjected,
			refund.ClauseCallback:      refund.StatusObjected,
			refund.ClauseAccountAccess: refund.StatusBlocking,
			refund.ClauseLogReview:     refund.StatusNotEvaluated,
		} {
			if got := o.Statuses[clause]; got != want {
				t.Errorf("%v is %v, want %v", clause, got, want)
			}
		}
		if law := brokenLaw(c, o); law != "" {
			t.Error(law)
		}
	})
	t.Run("after stripe-sfcc PR #31 and gumroad PR #3749: yen have no cents", func(t *testing.T) {
		c := plainCase()
		s := &c.Subscription
		s.Price, s.Paid, s.Service.PerInstance = refund.MustMoney("5800", "JPY"), refund.MustMoney("5800", "JPY"), refund.MustMoney("500", "JPY")
		c.Issues = refund.IssueLog{resolvedAt("T-1", c.Request.At)}
		o := evaluated(t, p, c)
		if minor, err := o.Refundable.MinorUnits(); o.Refundable.String() != "5300 JPY" || minor != 5300 || err != nil {
			t.Errorf("refundable %v, in minor units %d (%v)", o.Refundable, minor, err)
		}
	})
	t.Run("after gorules/zen #175: a large number is computed exactly or refused", func(t *testing.T) {
		c := plainCase()
		most := refund.MustMoney(strings.Repeat("9", 32)+".99", "USD")
		s := &c.Subscription
		s.Price, s.Paid, s.Service.PerInstance = most, most, refund.MustMoney("10000000000000000.01", "USD")
		c.Issues = refund.IssueLog{resolvedAt("T-1", c.Request.At), resolvedAt("T-2", c.Request.At)}
		if o := evaluated(t, p, c); o.Refundable.String() != "99999999999999979999999999999999.97 USD" {
			t.Errorf("refundable %v", o.Refundable)
		}
		s.Paid = s.Paid.Times(1000)
		_, err := p.Evaluate(c)
		if paths := faultPaths(t, err); !slices.Equal(paths, []string{"subscription.paid"}) {
			t.Errorf("faults at %q", paths)
		}
	})
}

// FuzzEvaluate builds cases from its arguments; most are faulty. A case is either refused
// with an InvalidError, or its outcome obeys the laws.
func FuzzEvaluate(f *testing.F) {
	const march = 1772463600 // 2 March 2026, 15:00 UTC
	// A plain case with two resolved issues.
	f.Add("America/New_York", 15, uint32(0x1111111), int64(march), int64(8*24*time.Hour), int64(20*time.Hour), "199.99", "199.99", "", "20.00", "25.00", "USD", uint8(2), int64(24*time.Hour), uint8(1), uint8(1), "not satisfied", "ACC-7", uint8(7), uint8(1), "seen")
	// Asked at the closing, by phone, by another account.
	f.Add("UTC", 1, uint32(0x2222222), int64(march), int64(9*time.Hour), int64(0), "5800", "5801", "1", "1", "500", "JPY", uint8(1), int64(0), uint8(1), uint8(2), "", "ACC-8", uint8(16), uint8(3), "\x1b[31m\nred")
	// One-time support, days of 24 hours, and amounts of 34 digits.
	f.Add("Asia/Kathmandu", 3660, uint32(0x1121213), int64(march), int64(1), int64(1), "9999999999999999999999999999999999", "1", "1", "", "9999999999999999999999999999999999", "CLP", uint8(200), int64(-1), uint8(2), uint8(3), " ", "", uint8(0), uint8(0), "")
	// Clocks that go back over midnight while a window of one day closes.
	f.Add("America/St_Johns", 1, uint32(0x1211112), int64(1162090800), int64(0), int64(time.Hour), "1.234", "0.001", "0.000", "0.001", "0.000", "BHD", uint8(0), int64(0), uint8(1), uint8(2), "", "ACC-7", uint8(15), uint8(3), "\u2028")
	// The last day of a leap year.
	f.Add("America/New_York", 15, uint32(0x1111111), int64(2239282800), int64(15*24*time.Hour), int64(0), "0.00", "0.00", "0.00", "0.00", "0.00", "USD", uint8(1), int64(time.Hour), uint8(1), uint8(1), "", "ACC-7", uint8(15), uint8(2), "")
	// Every field is faulty: no zone, no days, unknown readings, years beyond 9999, negative and unknown amounts.
	f.Add("", 0, uint32(0), int64(1)<<60, int64(-1), int64(-1), "-1", "x", "1e9", "-1", "", "XXX", uint8(3), int64(-1), uint8(0), uint8(9), "", "", uint8(1), uint8(9), "")
	// The first second that can be written, and a window that closes after the last.
	f.Add("Pacific/Apia", 3660, uint32(0x1111111), int64(-62135596799), int64(time.Minute), int64(time.Minute), "1.00", "1.00", "2.00", "2.00", "1.00", "USD", uint8(1), int64(0), uint8(1), uint8(1), "late", "ACC-7", uint8(7), uint8(3), "blocking where it must not")

	f.Fuzz(func(t *testing.T, place string, days int, readings uint32, start, asked, called int64,
		price, paid, refunded, disputed, charge, currency string, issues uint8, spacing int64,
		billing, channel uint8, reason, by string, clause, severity uint8, detail string,
	) {
		loc, err := time.LoadLocation(place)
		if err != nil {
			loc = nil
		}
		p := refund.Published(loc)
		p.WindowDays = days
		p.Readings = refund.Readings{
			DayCount:      refund.DayCount(readings & 0xf),
			DeductFrom:    refund.DeductFrom(readings >> 4 & 0xf),
			ResolvedUntil: refund.ResolvedUntil(readings >> 8 & 0xf),
			CallbackClock: refund.CallbackClock(readings >> 12 & 0xf),

			OneTime:        refund.OneTime(readings >> 16 & 0xf),
			ReleasedAmount: refund.ReleasedAmount(readings >> 20 & 0xf),
			GoodwillAfter:  refund.GoodwillAfter(readings >> 24 & 0xf),
		}
		money := func(amount string) refund.Money {
			m, err := refund.ParseMoney(amount, currency)
			if err != nil {
				return refund.Money{}
			}
			return m
		}
		c := plainCase()
		s := &c.Subscription
		s.Start = time.Unix(start, 0)
		s.Price, s.Paid, s.Refunded, s.Disputed, s.Service.PerInstance = money(price), money(paid), money(refunded), money(disputed), money(charge)
		s.Service.Billing = refund.Billing(billing)
		c.Request = refund.Request{At: s.Start.Add(time.Duration(asked)), By: by, Channel: refund.Channel(channel), Reason: reason}
		if called != 0 {
			c.Request.CalledBack = c.Request.At.Add(time.Duration(called))
		}
		for i := range issues {
			c.Issues = append(c.Issues, resolvedAt(strconv.Itoa(int(i)), s.Start.Add(time.Duration(i)*time.Duration(spacing))))
		}
		if clause != 0 {
			c.Findings = []refund.Finding{{Clause: refund.Clause(clause), Severity: refund.Severity(severity), Detail: detail}}
		}

		o, err := p.Evaluate(c)
		if err != nil {
			faultPaths(t, err)
			if !reflect.ValueOf(o).IsZero() {
				t.Errorf("a partial outcome comes with %v", err)
			}
			return
		}
		if err := c.Validate(); err != nil {
			t.Errorf("judged, but not valid: %v", err)
		}
		if law := brokenLaw(c, o); law != "" {
			t.Error(law)
		}
	})
}
