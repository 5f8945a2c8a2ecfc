package refund_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// soundCase returns a valid case with two issues, one of them resolved, and two findings.
func soundCase() refund.Case {
	day := func(d, hour int) time.Time { return time.Date(2026, 3, d, hour, 0, 0, 0, time.UTC) }
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start:    day(1, 15),
			Price:    refund.MustMoney("199.99", "USD"),
			Paid:     refund.MustMoney("150.00", "USD"),
			Refunded: refund.MustMoney("10.00", "USD"),
			Disputed: refund.MustMoney("5.00", "USD"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Subscription: "SUB-1001", Opened: day(2, 9), Resolved: day(3, 9)},
			{ID: "T-2", Opened: day(5, 9)},
		},
		Request: refund.Request{
			At:         day(9, 16),
			By:         "ACC-7",
			RecordedBy: "ops-1",
			Channel:    refund.ChannelEmail,
			Reason:     "not satisfied",
			CalledBack: day(9, 21),
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "T-1", Detail: "the call was heard"},
			{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking, Subject: "R-1", Detail: "a report is open"},
		},
	}
}

type caseRow struct {
	because string
	change  func(*refund.Case)
	paths   []string
}

var (
	yearZero  = time.Date(0, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	yearFirst = time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)
	yearLast  = time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	yearAfter = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	longest   = refund.MustMoney(strings.Repeat("9", refund.MaxDigits-2)+".99", "USD")
)

var caseRows = []caseRow{
	{"a case without a fault", func(*refund.Case) {}, nil},

	{"a subscription id is required", func(c *refund.Case) { c.Subscription.ID = "" }, []string{"subscription.id"}},
	{"the account need not be known", func(c *refund.Case) { c.Subscription.Account = "" }, nil},
	{"a service code is required", func(c *refund.Case) { c.Subscription.Service.Code = "" }, []string{"subscription.service.code"}},
	{"the billing is required", func(c *refund.Case) { c.Subscription.Service.Billing = 0 }, []string{"subscription.service.billing"}},
	{"an unknown billing", func(c *refund.Case) { c.Subscription.Service.Billing = 3 }, []string{"subscription.service.billing"}},

	{"a start is required", func(c *refund.Case) { c.Subscription.Start = time.Time{} }, []string{"subscription.start"}},
	{"a start before the year 1", func(c *refund.Case) { c.Subscription.Start = yearZero }, []string{"subscription.start"}},
	{"a start in the first nanosecond", func(c *refund.Case) { c.Subscription.Start = yearFirst }, nil},
	{"a start after the year 9999, and a request then", func(c *refund.Case) {
		c.Subscription.Start, c.Request.At, c.Request.CalledBack = yearAfter, yearAfter, time.Time{}
	}, []string{"subscription.start", "request.at"}},

	{"a price is required", func(c *refund.Case) { c.Subscription.Price = refund.Money{} }, []string{"subscription.price"}},
	{"a price of zero is a price", func(c *refund.Case) { c.Subscription.Price = refund.MustMoney("0", "USD") }, nil},
	{"a negative price", func(c *refund.Case) { c.Subscription.Price = refund.MustMoney("-0.01", "USD") }, []string{"subscription.price"}},
	{"paid is required", func(c *refund.Case) { c.Subscription.Paid = refund.Money{} }, []string{"subscription.paid"}},
	{"a negative payment, and no fault of the refund", func(c *refund.Case) { c.Subscription.Paid = refund.MustMoney("-0.01", "USD") }, []string{"subscription.paid"}},
	{"more paid than subscribed", func(c *refund.Case) { c.Subscription.Paid = refund.MustMoney("500", "USD") }, nil},
	{"no earlier refund is not a fault", func(c *refund.Case) { c.Subscription.Refunded = refund.Money{} }, nil},
	{"a refund of zero is not a fault", func(c *refund.Case) { c.Subscription.Refunded = refund.MustMoney("0", "USD") }, nil},
	{"a negative refund", func(c *refund.Case) { c.Subscription.Refunded = refund.MustMoney("-0.01", "USD") }, []string{"subscription.refunded"}},
	{"the whole amount paid was refunded", func(c *refund.Case) {
		c.Subscription.Refunded, c.Subscription.Disputed = refund.MustMoney("150.00", "USD"), refund.Money{}
	}, nil},
	{"more was refunded than paid, and no fault of the dispute", func(c *refund.Case) { c.Subscription.Refunded = refund.MustMoney("150.01", "USD") }, []string{"subscription.refunded"}},
	{"no dispute is not a fault", func(c *refund.Case) { c.Subscription.Disputed = refund.Money{} }, nil},
	{"a dispute of zero is not a fault", func(c *refund.Case) { c.Subscription.Disputed = refund.MustMoney("0", "USD") }, nil},
	{"a negative dispute", func(c *refund.Case) { c.Subscription.Disputed = refund.MustMoney("-0.01", "USD") }, []string{"subscription.disputed"}},
	{"the whole amount paid is in dispute", func(c *refund.Case) {
		c.Subscription.Refunded, c.Subscription.Disputed = refund.Money{}, refund.MustMoney("150.00", "USD")
	}, nil},
	{"the whole amount not refunded is in dispute", func(c *refund.Case) { c.Subscription.Disputed = refund.MustMoney("140.00", "USD") }, nil},
	{"refunded and disputed amounts together exceed the amount paid", func(c *refund.Case) { c.Subscription.Disputed = refund.MustMoney("140.01", "USD") }, []string{"subscription.disputed"}},
	{"a dispute in another currency", func(c *refund.Case) { c.Subscription.Disputed = refund.MustMoney("1", "JPY") }, []string{"subscription.disputed"}},
	{"a dispute longer than an input may be", func(c *refund.Case) { c.Subscription.Disputed = longest.Times(11) }, []string{"subscription.disputed"}},
	{"a charge is required of a subscription", func(c *refund.Case) { c.Subscription.Service.PerInstance = refund.Money{} }, []string{"subscription.service.per_instance"}},
	{"a charge of zero is a charge", func(c *refund.Case) { c.Subscription.Service.PerInstance = refund.MustMoney("0", "USD") }, nil},
	{"a negative charge", func(c *refund.Case) { c.Subscription.Service.PerInstance = refund.MustMoney("-0.01", "USD") }, []string{"subscription.service.per_instance"}},
	{"a charge is not required of one-time support", func(c *refund.Case) {
		c.Subscription.Service.Billing, c.Subscription.Service.PerInstance = refund.BillingOneTime, refund.Money{}
	}, nil},
	{"a negative charge of one-time support is not valid either", func(c *refund.Case) {
		c.Subscription.Service.Billing, c.Subscription.Service.PerInstance = refund.BillingOneTime, refund.MustMoney("-1", "USD")
	}, []string{"subscription.service.per_instance"}},
	{"the longest amounts", func(c *refund.Case) { c.Subscription.Price, c.Subscription.Paid = longest, longest }, nil},
	{"a price longer than an input may be", func(c *refund.Case) { c.Subscription.Price = longest.Times(10) }, []string{"subscription.price"}},
	{"a payment longer than an input may be, and negative", func(c *refund.Case) { c.Subscription.Paid = longest.Times(-11) }, []string{"subscription.paid"}},
	{"a payment longer than an input may be, of which zero was refunded", func(c *refund.Case) {
		c.Subscription.Paid, c.Subscription.Refunded = longest.Times(11), refund.Money{}
	}, []string{"subscription.paid"}},
	{"a charge longer than an input may be", func(c *refund.Case) { c.Subscription.Service.PerInstance = longest.Times(11) }, []string{"subscription.service.per_instance"}},
	{"a refund longer than an input may be, and so more than was paid", func(c *refund.Case) { c.Subscription.Refunded = longest.Times(11) }, []string{"subscription.refunded"}},

	{"a price in another currency makes the other amounts faulty", func(c *refund.Case) { c.Subscription.Price = refund.MustMoney("1", "EUR") },
		[]string{"subscription.paid", "subscription.service.per_instance", "subscription.refunded", "subscription.disputed"}},
	{"a payment in another currency, and no fault of the refund", func(c *refund.Case) { c.Subscription.Paid = refund.MustMoney("1", "JPY") }, []string{"subscription.paid"}},
	{"a negative payment in another currency is one fault", func(c *refund.Case) { c.Subscription.Paid = refund.MustMoney("-1", "JPY") }, []string{"subscription.paid"}},
	{"a refund in another currency", func(c *refund.Case) { c.Subscription.Refunded = refund.MustMoney("99999", "JPY") }, []string{"subscription.refunded"}},
	{"a charge in another currency", func(c *refund.Case) { c.Subscription.Service.PerInstance = refund.MustMoney("1", "JPY") }, []string{"subscription.service.per_instance"}},
	{"without a price the payment sets the currency", func(c *refund.Case) {
		c.Subscription.Price, c.Subscription.Paid = refund.Money{}, refund.MustMoney("150", "EUR")
	}, []string{"subscription.price", "subscription.service.per_instance", "subscription.refunded", "subscription.disputed"}},
	{"without a price and a payment, the charge sets the currency", func(c *refund.Case) {
		c.Subscription.Price, c.Subscription.Paid, c.Subscription.Refunded = refund.Money{}, refund.Money{}, refund.MustMoney("1", "EUR")
	}, []string{"subscription.price", "subscription.paid", "subscription.refunded"}},
	{"a dispute alone is in its own currency", func(c *refund.Case) {
		c.Subscription = refund.Subscription{ID: "SUB-1001", Service: c.Subscription.Service, Start: c.Subscription.Start, Disputed: refund.MustMoney("1", "EUR")}
		c.Subscription.Service.PerInstance = refund.Money{}
	}, []string{"subscription.price", "subscription.paid", "subscription.service.per_instance"}},
	{"a refund alone is in its own currency", func(c *refund.Case) {
		c.Subscription.Price, c.Subscription.Paid, c.Subscription.Service.PerInstance = refund.Money{}, refund.Money{}, refund.Money{}
	}, []string{"subscription.price", "subscription.paid", "subscription.service.per_instance"}},

	{"no log is a missing fact", func(c *refund.Case) { c.Issues = nil }, []string{"issues"}},
	{"an empty log states that there were no issues", func(c *refund.Case) { c.Issues = refund.IssueLog{} }, nil},
	{"an issue's id is required", func(c *refund.Case) { c.Issues[1].ID = "" }, []string{"issues[1].id"}},
	{"two issues without an id do not have the same id", func(c *refund.Case) { c.Issues[0].ID, c.Issues[1].ID = "", "" }, []string{"issues[0].id", "issues[1].id"}},
	{"an id used twice", func(c *refund.Case) { c.Issues[1].ID = "T-1" }, []string{"issues[1].id"}},
	{"an id that is not valid, used twice, does not hide a later id used twice", func(c *refund.Case) {
		c.Issues = issueLog(4, func(i int) string { return []string{"T ", "T ", "T-1", "T-1"}[i] })
	}, []string{"issues[0].id", "issues[1].id", "issues[3].id"}},
	{"ids differ if the case of a letter differs", func(c *refund.Case) { c.Issues[1].ID = "t-1" }, nil},
	{"an issue of another subscription", func(c *refund.Case) { c.Issues[0].Subscription = "SUB-9" }, []string{"issues[0].subscription"}},
	{"an issue of no stated subscription", func(c *refund.Case) { c.Issues[0].Subscription = "" }, nil},
	{"without an id of the subscription, an issue's subscription is not compared", func(c *refund.Case) {
		c.Subscription.ID, c.Issues[0].Subscription = "", "SUB-9"
	}, []string{"subscription.id"}},
	{"the opening of an issue is required", func(c *refund.Case) { c.Issues[0].Opened = time.Time{} }, []string{"issues[0].opened"}},
	{"opened before the subscription", func(c *refund.Case) { c.Issues[1].Opened = c.Subscription.Start.AddDate(-1, 0, 0) }, nil},
	{"opened after the year 9999", func(c *refund.Case) { c.Issues[1].Opened = yearAfter }, []string{"issues[1].opened"}},
	{"opened a nanosecond after the zero Time, which means a missing instant", func(c *refund.Case) { c.Issues[0].Opened, c.Issues[0].Resolved = time.Time{}.Add(1), time.Time{} }, nil},
	{"opened before the year 1", func(c *refund.Case) { c.Issues[0].Opened = yearZero }, []string{"issues[0].opened"}},
	{"resolved at the instant of its opening", func(c *refund.Case) { c.Issues[0].Resolved = c.Issues[0].Opened }, nil},
	{"resolved before it was opened", func(c *refund.Case) { c.Issues[0].Resolved = c.Issues[0].Opened.Add(-1) }, []string{"issues[0].resolved"}},
	{"resolved a second before it was opened", func(c *refund.Case) { c.Issues[0].Resolved = c.Issues[0].Opened.Add(-time.Second + 1) }, []string{"issues[0].resolved"}},
	{"resolved after the year 9999", func(c *refund.Case) { c.Issues[0].Resolved = yearAfter }, []string{"issues[0].resolved"}},
	{"resolved before the year 1, and no fault of the order", func(c *refund.Case) { c.Issues[0].Resolved = yearZero }, []string{"issues[0].resolved"}},
	{"resolved in the last nanosecond", func(c *refund.Case) { c.Issues[0].Resolved = yearLast }, nil},
	{"resolved after the request", func(c *refund.Case) { c.Issues[0].Resolved = c.Request.At.AddDate(0, 0, 1) }, nil},

	{"the instant of the request is required", func(c *refund.Case) { c.Request.At = time.Time{} }, []string{"request.at"}},
	{"asked at the start", func(c *refund.Case) { c.Request.At = c.Subscription.Start }, nil},
	{"asked before the start", func(c *refund.Case) { c.Request.At = c.Subscription.Start.Add(-1) }, []string{"request.at"}},
	{"asked after the year 9999", func(c *refund.Case) { c.Request.At, c.Request.CalledBack = yearAfter, time.Time{} }, []string{"request.at"}},
	{"asked before the year 1, and no fault of the order", func(c *refund.Case) { c.Request.At = yearZero }, []string{"request.at"}},
	{"the channel is required", func(c *refund.Case) { c.Request.Channel = 0 }, []string{"request.channel"}},
	{"an unknown channel", func(c *refund.Case) { c.Request.Channel = 4 }, []string{"request.channel"}},
	{"an e-mail without a reason is an objection, not a fault", func(c *refund.Case) { c.Request.Reason = "" }, nil},
	{"the requester and the recording officer need not be known", func(c *refund.Case) { c.Request.By, c.Request.RecordedBy = "", "" }, nil},
	{"no call back", func(c *refund.Case) { c.Request.CalledBack = time.Time{} }, nil},
	{"called back at once", func(c *refund.Case) { c.Request.CalledBack = c.Request.At }, nil},
	{"called back before the request", func(c *refund.Case) { c.Request.CalledBack = c.Request.At.Add(-1) }, []string{"request.called_back"}},
	{"called back after the year 9999", func(c *refund.Case) { c.Request.CalledBack = yearAfter }, []string{"request.called_back"}},
	{"called back before the year 1, and no fault of the order", func(c *refund.Case) { c.Request.CalledBack = yearZero }, []string{"request.called_back"}},
	{"called back in the last nanosecond", func(c *refund.Case) { c.Request.CalledBack = yearLast }, nil},

	{"no findings", func(c *refund.Case) { c.Findings = nil }, nil},
	{"a finding's clause is required", func(c *refund.Case) { c.Findings[0].Clause = 0 }, []string{"findings[0].clause"}},
	{"an unknown clause, and no fault of its severity", func(c *refund.Case) { c.Findings[1].Clause = 19 }, []string{"findings[1].clause"}},
	{"a finding's severity is required", func(c *refund.Case) { c.Findings[1].Severity = 0 }, []string{"findings[1].severity"}},
	{"an unknown severity", func(c *refund.Case) { c.Findings[0].Severity = 4 }, []string{"findings[0].severity"}},
	{"a computed clause, and no fault of its severity", func(c *refund.Case) { c.Findings[1].Clause = refund.ClauseCap }, []string{"findings[1].clause"}},
	{"a finding without a subject and a detail", func(c *refund.Case) { c.Findings[0].Subject, c.Findings[0].Detail = "", "" }, nil},

	{"a currency that was withdrawn is read as before", func(c *refund.Case) {
		s := &c.Subscription
		s.Price, s.Paid, s.Service.PerInstance = refund.MustMoney("199.99", "HRK"), refund.MustMoney("199.99", "HRK"), refund.MustMoney("25.00", "HRK")
		s.Refunded, s.Disputed = refund.MustMoney("10.00", "HRK"), refund.Money{}
	}, nil},

	{"the zero Case lacks every required field", func(c *refund.Case) { *c = refund.Case{} }, []string{
		"subscription.id", "subscription.service.code", "subscription.service.billing", "subscription.start",
		"subscription.price", "subscription.paid", "issues", "request.at", "request.channel",
	}},
	{"the zero Issue lacks every required field", func(c *refund.Case) { c.Issues[1] = refund.Issue{} }, []string{"issues[1].id", "issues[1].opened"}},
	{"the zero Finding lacks every required field", func(c *refund.Case) { c.Findings[1] = refund.Finding{} }, []string{"findings[1].clause", "findings[1].severity"}},
}

func TestCaseValidate(t *testing.T) {
	policy := refund.Published(placeOf(t, "America/New_York"))
	eachRow(t, caseRows, func(r caseRow) string { return r.because }, func(t *testing.T, r caseRow) {
		c := soundCase()
		r.change(&c)
		wantPaths(t, c.Validate(), r.paths...)
		o, err := policy.Evaluate(c)
		wantPaths(t, err, r.paths...)
		if (err != nil) != (o.Verdict == 0) {
			t.Errorf("%v comes with the verdict %v", err, o.Verdict)
		}
	})
}

// One error reports all faults, in the same order for every combination.
func TestCaseValidateReportsEveryFault(t *testing.T) {
	independent := []caseRow{
		{"id", func(c *refund.Case) { c.Subscription.ID = "" }, []string{"subscription.id"}},
		{"code", func(c *refund.Case) { c.Subscription.Service.Code = "" }, []string{"subscription.service.code"}},
		{"billing", func(c *refund.Case) { c.Subscription.Service.Billing = 77 }, []string{"subscription.service.billing"}},
		{"price", func(c *refund.Case) { c.Subscription.Price = refund.MustMoney("-1", "USD") }, []string{"subscription.price"}},
		{"paid", func(c *refund.Case) { c.Subscription.Paid = refund.MustMoney("1", "JPY") }, []string{"subscription.paid"}},
		{"charge", func(c *refund.Case) { c.Subscription.Service.PerInstance = refund.MustMoney("1", "BHD") }, []string{"subscription.service.per_instance"}},
		{"refunded", func(c *refund.Case) { c.Subscription.Refunded = refund.MustMoney("-1", "USD") }, []string{"subscription.refunded"}},
		{"disputed", func(c *refund.Case) { c.Subscription.Disputed = refund.MustMoney("-1", "USD") }, []string{"subscription.disputed"}},
		{"account", func(c *refund.Case) { c.Subscription.Account = " " }, []string{"subscription.account"}},
		{"by", func(c *refund.Case) { c.Request.By = "ACC-7\n" }, []string{"request.by"}},
		{"issue id", func(c *refund.Case) { c.Issues[1].ID = "T-1" }, []string{"issues[1].id"}},
		{"issue opened", func(c *refund.Case) { c.Issues[1].Opened = time.Time{} }, []string{"issues[1].opened"}},
		{"issue resolved", func(c *refund.Case) { c.Issues[0].Resolved = c.Issues[0].Opened.Add(-1) }, []string{"issues[0].resolved"}},
		{"request at", func(c *refund.Case) { c.Request.At = c.Subscription.Start.Add(-1) }, []string{"request.at"}},
		{"channel", func(c *refund.Case) { c.Request.Channel = 9 }, []string{"request.channel"}},
		{"called back", func(c *refund.Case) { c.Request.CalledBack = yearAfter }, []string{"request.called_back"}},
		{"clause", func(c *refund.Case) { c.Findings[0].Clause = refund.ClauseTicket }, []string{"findings[0].clause"}},
		{"severity", func(c *refund.Case) { c.Findings[1].Severity = 0 }, []string{"findings[1].severity"}},
	}
	policy := refund.Published(placeOf(t, "America/New_York"))
	rapid.Check(t, func(t *rapid.T) {
		c := soundCase()
		var want []string
		for _, row := range independent {
			if rapid.Bool().Draw(t, row.because) {
				row.change(&c)
				want = append(want, row.paths...)
			}
		}
		wantPaths(t, c.Validate(), want...)
		_, err := policy.Evaluate(c)
		wantPaths(t, err, want...)
	})
}

// The order of the faults depends on the case only.
func TestCaseValidateReportsFaultsInOrder(t *testing.T) {
	want := refund.Case{}.Validate().Error()
	for range 10 {
		if got := (refund.Case{}).Validate().Error(); got != want {
			t.Errorf("%s\n%s", got, want)
		}
	}
}

func TestFindingsOnEachClause(t *testing.T) {
	for _, r := range clauseRows {
		for severity := refund.SeveritySatisfied; severity <= refund.SeverityBlocking; severity++ {
			c := soundCase()
			c.Findings = []refund.Finding{{Clause: r.clause, Severity: severity}}
			var want []string
			switch {
			case !r.takesFindings:
				want = []string{"findings[0].clause"}
			case severity == refund.SeverityBlocking && !r.mayBlock:
				want = []string{"findings[0].severity"}
			}
			t.Run(r.code+" "+severity.String(), func(t *testing.T) { wantPaths(t, c.Validate(), want...) })
		}
	}
}

// The worst finding on a clause determines its status. Findings are sorted by clause, the
// worst of a clause first.
func TestFindingsInAnOutcome(t *testing.T) {
	sorted := []refund.Finding{
		{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "A", Detail: "a"},
		{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "A", Detail: "b"},
		{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "B", Detail: "a"},
		{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "A", Detail: "a"},
		{Clause: refund.ClauseLicensed, Severity: refund.SeveritySatisfied},
		{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking, Subject: "Z"},
		{Clause: refund.ClauseCredentials, Severity: refund.SeverityAdvisory, Subject: "A"},
		{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied, Subject: "A"},
	}
	policy := refund.Published(placeOf(t, "America/New_York"))
	rapid.Check(t, func(t *rapid.T) {
		c := soundCase()
		c.Findings = rapid.Permutation(sorted).Draw(t, "findings")
		given := slices.Clone(c.Findings)
		o, err := policy.Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sorted, o.Findings); diff != "" {
			t.Fatalf("findings (-want +got):\n%s", diff)
		}
		if !slices.Equal(c.Findings, given) {
			t.Fatal("the findings of the case were sorted")
		}
		for clause, want := range map[refund.Clause]refund.Status{
			refund.ClauseLogReview:   refund.StatusObjected,
			refund.ClauseCooperation: refund.StatusNotEvaluated,
			refund.ClauseLicensed:    refund.StatusSatisfied,
			refund.ClauseCredentials: refund.StatusBlocking,
		} {
			if got := o.Statuses[clause]; got != want {
				t.Fatalf("%v is %v, want %v", clause, got, want)
			}
		}
	})
}

// Ids are compared byte for byte and never trimmed, so ids that look like others are
// faults.
func TestIDs(t *testing.T) {
	places := []struct {
		path     string
		required bool
		field    func(*refund.Case) *string
	}{
		{"subscription.id", true, func(c *refund.Case) *string { return &c.Subscription.ID }},
		{"subscription.account", false, func(c *refund.Case) *string { return &c.Subscription.Account }},
		{"issues[1].id", true, func(c *refund.Case) *string { return &c.Issues[1].ID }},
		{"request.by", false, func(c *refund.Case) *string { return &c.Request.By }},
		{"request.recorded_by", false, func(c *refund.Case) *string { return &c.Request.RecordedBy }},
	}
	type row struct {
		because string
		id      string
		fault   string // in the reason; empty: accepted
	}
	const white, control = "white space", "control character"
	eachRow(t, []row{
		{"letters and digits", "ACC-7", ""},
		{"a space inside", "ACC 7", ""},
		{"a no-break space inside", "ACC\u00a07", ""},
		{"other scripts", "účet-7", ""},
		{"one letter", "x", ""},
		{"a single space", " ", white},
		{"a space at the start", " ACC-7", white},
		{"a space at the end", "ACC-7 ", white},
		{"a no-break space at the end", "ACC-7\u00a0", white},
		{"a no-break space at the start", "\u00a0ACC-7", white},
		{"an ideographic space at the end", "ACC-7\u3000", white},
		{"a line separator at the end", "ACC-7\u2028", white},
		{"a line break at the end", "ACC-7\n", white},
		{"a tab at the start", "\tACC-7", white},
		{"a line break inside", "ACC\n7", control},
		{"a tab inside", "ACC\t7", control},
		{"a NUL", "ACC-7\x00", control},
		{"a delete", "ACC\x7f7", control},
		{"a control character of two bytes", "ACC\u009b7", control},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		policy := refund.Published(placeOf(t, "America/New_York"))
		for _, place := range places {
			c := soundCase()
			c.Issues[0].Subscription = ""
			*place.field(&c) = r.id
			var want []string
			if r.fault != "" {
				want = []string{place.path}
			}
			err := c.Validate()
			wantPaths(t, err, want...)
			for _, f := range faultsOf(t, err) {
				if !strings.Contains(f.Reason, r.fault) {
					t.Errorf("%v does not say %q", f, r.fault)
				}
			}
			o, err := policy.Evaluate(c)
			wantPaths(t, err, want...)
			if r.fault == "" && (o.Subscription != c.Subscription.ID || o.Basis.Account != c.Subscription.Account ||
				o.Basis.RequestedBy != c.Request.By || o.Basis.RecordedBy != c.Request.RecordedBy) {
				t.Errorf("%s: an id of the outcome is not that of the case", place.path)
			}
		}
	})
	for _, place := range places {
		c := soundCase()
		c.Issues[0].Subscription = ""
		*place.field(&c) = ""
		var want []string
		if place.required {
			want = []string{place.path}
		}
		wantPaths(t, c.Validate(), want...)
	}
	// A finding's subject is free text: it may look like anything, and equals only itself.
	c := soundCase()
	c.Findings[0].Subject = " T-1\n"
	wantPaths(t, c.Validate())
}

func TestRequestReason(t *testing.T) {
	type row struct {
		because string
		reason  string
		want    refund.Status
	}
	policy := refund.Published(placeOf(t, "America/New_York"))
	eachRow(t, []row{
		{"a reason is stated", "too slow", refund.StatusSatisfied},
		{"a short reason is a reason", " x ", refund.StatusSatisfied},
		{"no reason", "", refund.StatusObjected},
		{"white space is not a reason", " \t\n\u00a0", refund.StatusObjected},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		c := soundCase()
		c.Request.Reason = r.reason
		o, err := policy.Evaluate(c)
		if got := o.Statuses[refund.ClauseTicket]; err != nil || got != r.want {
			t.Errorf("got %v, %v; want %v", got, err, r.want)
		}
	})
}

func TestResolutionsCounted(t *testing.T) {
	policy := refund.Published(placeOf(t, "America/New_York"))
	c := soundCase()
	window, err := policy.Window(c.Subscription.Start)
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		because  string
		resolved time.Time
		request  int // counted when resolutions count until the request
		close    int // counted when they count until the window closes
	}
	eachRow(t, []row{
		{"not resolved", time.Time{}, 0, 0},
		{"before the subscription", window.Opens.Add(-1), 0, 0},
		{"at the opening of the window", window.Opens, 1, 1},
		{"just before the request", c.Request.At.Add(-1), 1, 1},
		{"at the request", c.Request.At, 1, 1},
		{"just after the request", c.Request.At.Add(1), 0, 1},
		{"just before the window closes", window.Closes.Add(-1), 0, 1},
		{"at the closing of the window", window.Closes, 0, 0},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		c := soundCase()
		c.Issues = refund.IssueLog{
			{ID: "T-1", Opened: window.Opens.AddDate(0, -1, 0), Resolved: r.resolved},
			{ID: "T-2", Opened: window.Opens.AddDate(0, -1, 0)},
			{ID: "T-3", Opened: window.Opens.AddDate(0, -1, 0), Resolved: r.resolved},
		}
		p := policy
		for reading, want := range map[refund.ResolvedUntil]int{
			refund.ResolvedUntilRequest:     r.request,
			refund.ResolvedUntilWindowClose: r.close,
		} {
			p.Readings.ResolvedUntil = reading
			o, err := p.Evaluate(c)
			if err != nil || o.ResolvedIssues != 2*want {
				t.Errorf("%v counts %d, %v; want %d", reading, o.ResolvedIssues, err, 2*want)
			}
		}
	})
}

func issueLog(n int, id func(i int) string) refund.IssueLog {
	opened := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	log := make(refund.IssueLog, n)
	for i := range log {
		log[i] = refund.Issue{ID: id(i), Opened: opened}
	}
	return log
}

func TestIssueLogSizes(t *testing.T) {
	for _, n := range []int{2, 15, 16, 17, 18, 1000, refund.MaxIssues - 1, refund.MaxIssues} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			c := soundCase()
			c.Issues = issueLog(n, func(i int) string { return fmt.Sprintf("T-%d", i) })
			wantPaths(t, c.Validate())

			// The last repeats the first, whether or not its neighbour does so too.
			c.Issues[n-1].ID = "T-0"
			err := c.Validate()
			wantPaths(t, err, fmt.Sprintf("issues[%d].id", n-1))
			if reason := faultsOf(t, err)[0].Reason; !strings.Contains(reason, "issues[0]") {
				t.Errorf("%q does not name the first", reason)
			}
			if n > 3 {
				c.Issues[n-2].ID = "T-1"
				err := c.Validate()
				wantPaths(t, err, fmt.Sprintf("issues[%d].id", n-2), fmt.Sprintf("issues[%d].id", n-1))
				if reason := faultsOf(t, err)[0].Reason; !strings.Contains(reason, "issues[1]") {
					t.Errorf("%q does not name the first", reason)
				}
			}

			// The second half repeats the first, id by id.
			half := n / 2
			c.Issues = issueLog(2*half, func(i int) string { return fmt.Sprintf("T-%d", i%half) })
			repeats := faultsOf(t, c.Validate())
			if len(repeats) != half {
				t.Fatalf("%d faults, want %d", len(repeats), half)
			}
			for i, f := range repeats {
				if f.Path != fmt.Sprintf("issues[%d].id", half+i) || !strings.Contains(f.Reason, fmt.Sprintf("issues[%d]", i)) {
					t.Fatalf("fault %d is %v", i, f)
				}
			}

			// All ids are equal: each fault names the first.
			c.Issues = issueLog(n, func(int) string { return "T" })
			faults := faultsOf(t, c.Validate())
			if len(faults) != n-1 {
				t.Fatalf("%d faults, want %d", len(faults), n-1)
			}
			for i, f := range faults {
				if f.Path != fmt.Sprintf("issues[%d].id", i+1) || !strings.Contains(f.Reason, "issues[0]") {
					t.Fatalf("fault %d is %v", i, f)
				}
			}

			c.Issues = issueLog(n, func(int) string { return "" })
			if faults := faultsOf(t, c.Validate()); len(faults) != n || strings.Contains(faults[n-1].Reason, "issues[") {
				t.Errorf("%d faults, want %d; the last is %v", len(faults), n, faults[n-1])
			}
		})
	}
}

func TestIssueLogTooLong(t *testing.T) {
	c := soundCase()
	c.Issues = issueLog(refund.MaxIssues+1, func(int) string { return "" })
	wantPaths(t, c.Validate(), "issues") // and no fault of each of them
	if refund.MaxIssues != 10_000 {
		t.Errorf("MaxIssues is %d", refund.MaxIssues)
	}
}

func TestFindingsTooMany(t *testing.T) {
	c := soundCase()
	c.Findings = make([]refund.Finding, refund.MaxFindings)
	for i := range c.Findings {
		c.Findings[i] = refund.Finding{Clause: refund.ClauseLicensed, Severity: refund.SeverityAdvisory}
	}
	wantPaths(t, c.Validate())
	c.Findings = append(c.Findings, refund.Finding{})
	wantPaths(t, c.Validate(), "findings") // and no fault of each of them
	if refund.MaxFindings != 20_000 {
		t.Errorf("MaxFindings is %d", refund.MaxFindings)
	}
}

// The oracle of the search for repeated ids is a map.
func TestIssueLogRepeats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "issues")
		ids := rapid.IntRange(1, 80).Draw(t, "ids")
		// A seed keeps a log of many issues one draw.
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		c := soundCase()
		c.Issues = issueLog(n, func(int) string {
			if id := random.IntN(ids + 1); id > 0 {
				return fmt.Sprint(id)
			}
			return ""
		})
		want := []refund.Fault{}
		first := map[string]int{}
		for i, issue := range c.Issues {
			path := fmt.Sprintf("issues[%d].id", i)
			if issue.ID == "" {
				want = append(want, refund.Fault{Path: path, Reason: "is required"})
			} else if j, ok := first[issue.ID]; ok {
				want = append(want, refund.Fault{Path: path, Reason: fmt.Sprintf("is also the id of issues[%d]", j)})
			} else {
				first[issue.ID] = i
			}
		}
		if got := append([]refund.Fault{}, faultsOf(t, c.Validate())...); !slices.Equal(got, want) {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}

// A reason says what is wrong, with the codes and amounts that show it.
func TestReasons(t *testing.T) {
	type row struct {
		because string
		change  func(*refund.Case)
		want    []string
	}
	eachRow(t, []row{
		{"a missing text is required", func(c *refund.Case) { c.Subscription.ID = "" }, []string{"is required"}},
		{"a missing instant is required", func(c *refund.Case) { c.Request.At = time.Time{} }, []string{"is required"}},
		{"a missing code is required, and the reason lists the codes", func(c *refund.Case) { c.Subscription.Service.Billing = 0 }, []string{"is required", "recurring", "one_time"}},
		{"the reason has the number of an unknown code", func(c *refund.Case) { c.Subscription.Service.Billing = 3 }, []string{"3 is not one of", "recurring", "one_time"}},
		{"a missing clause is required", func(c *refund.Case) { c.Findings[0].Clause = 0 }, []string{"is required", "log-review"}},
		{"the reason has the number of an unknown clause", func(c *refund.Case) { c.Findings[0].Clause = 19 }, []string{"19 is not one of", "log-review"}},
		{"a computed clause has a reason of its own", func(c *refund.Case) { c.Findings[0].Clause = refund.ClauseCase2 }, []string{"case-2", "does not take findings"}},
		{"the reason names the clause that cannot hold a refund", func(c *refund.Case) { c.Findings[1].Clause = refund.ClauseLicensed }, []string{"blocking", "licensed"}},
		{"a negative amount", func(c *refund.Case) { c.Subscription.Price = refund.MustMoney("-0.05", "USD") }, []string{"is negative"}},
		{"the reason names both currencies", func(c *refund.Case) { c.Subscription.Paid = refund.MustMoney("1", "JPY") }, []string{"JPY", "USD"}},
		{"the reason states the disputed amount and the limit", func(c *refund.Case) { c.Subscription.Disputed = refund.MustMoney("140.01", "USD") }, []string{"140.01 USD is more than", "140.00 USD"}},
		{"the reason states the refunded and the paid amount", func(c *refund.Case) { c.Subscription.Refunded = refund.MustMoney("150.01", "USD") }, []string{"150.01 USD is more than", "150.00 USD"}},
		{"the reason does not quote an amount that is too long", func(c *refund.Case) { c.Subscription.Price = longest.Times(-100) }, []string{"more than 34 digits"}},
		{"an instant outside the years is not reported as missing", func(c *refund.Case) { c.Request.At = yearAfter }, []string{"years 1 to 9999"}},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		c := soundCase()
		r.change(&c)
		for _, want := range r.want {
			if reason := faultsOf(t, c.Validate())[0].Reason; !strings.Contains(reason, want) {
				t.Errorf("%q does not say %q", reason, want)
			}
		}
	})
}

// Programs judge millions of cases: a valid one with few issues must not allocate.
func TestValidateDoesNotAllocate(t *testing.T) {
	c := soundCase()
	c.Issues = issueLog(16, func(i int) string { return fmt.Sprint(i) })
	var err error
	if n := testing.AllocsPerRun(20, func() { err = c.Validate() }); n != 0 || err != nil {
		t.Errorf("%v allocations, %v", n, err)
	}
}

// A fault is reported once, without faults of other fields that only follow from it.
func TestFaultsThatFollow(t *testing.T) {
	type row struct {
		because string
		change  func(*refund.Case)
		paths   []string
	}
	eachRow(t, []row{
		{"the request is not compared with a faulty start", func(c *refund.Case) { c.Subscription.Start = yearAfter }, []string{"subscription.start"}},
		{"a resolution is not compared with a faulty opening", func(c *refund.Case) { c.Issues[0].Opened = yearAfter }, []string{"issues[0].opened"}},
		{"the call back is not compared with a faulty request", func(c *refund.Case) {
			c.Request.At, c.Request.CalledBack = yearAfter, yearLast
		}, []string{"request.at"}},
		{"a request before the start is one fault, even if no call back is possible", func(c *refund.Case) {
			c.Subscription.Start, c.Request.At = yearLast, yearLast.Add(-time.Second)
			c.Request.CalledBack = time.Time{}
		}, []string{"request.at", "subscription.start"}},
		{"a fault of another field does not hide a fault of the request", func(c *refund.Case) {
			c.Subscription.Price, c.Request.At = refund.Money{}, yearLast
			c.Request.CalledBack = time.Time{}
		}, []string{"request.at", "subscription.price"}},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		c := soundCase()
		r.change(&c)
		_, err := refund.Published(placeOf(t, "America/New_York")).Evaluate(c)
		wantPaths(t, err, r.paths...)
	})
}
