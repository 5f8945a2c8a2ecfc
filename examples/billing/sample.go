package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// sampleOfficers sign in with their ids.
var sampleOfficers = []desk.Officer{
	{ID: "ana", Name: "Ana Ruiz", Limit: usd("150.00")},
	{ID: "ben", Name: "Ben Okafor", Limit: usd("1000.00")},
	{ID: "cleo", Name: "Cleo Tanaka"}, // may not release money
}

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

//go:embed sample.json
var sampleCases []byte

// A sample is a case of sample.json.
type sample struct {
	ID, Name string
	Started  int    // days ago, by default 9
	Asked    string // "recently", or the state of the call back: "due" or "overdue"; by default not at all
	By       string // the account of the person who asked, by default the holder's
	Issues   int    // the number of resolved issues
	OneTime  bool   `json:"one_time"`
	Misuse   bool   // there is an open report of misuse
	Unknown  bool   // the provider does not know the payment
	Then     string // what happened after the request
}

// addSamples adds the sample cases to the desk, and their payments to the provider. After a
// restart, the desk has the cases already, but the provider has forgotten the payments.
func addSamples(ctx context.Context, d *desk.Desk, f *fake.Fake, policy refund.Policy) error {
	var samples []sample
	if err := json.Unmarshal(sampleCases, &samples); err != nil {
		return err
	}
	now := time.Now().Truncate(time.Second)
	for _, x := range samples {
		r := x.record(policy, now)
		err := d.Import(ctx, r, ledger.Payment{ID: "pay-" + x.ID, Amount: r.Subscription.Price, Method: "visa 4242", At: r.Subscription.Start})
		known := errors.Is(err, desk.ErrExists)
		if err != nil && !known {
			return err
		}
		v, err := d.View(ctx, x.ID)
		if err == nil && !x.Unknown {
			_, err = f.Do("pay", processor.Record{ID: "pay-" + x.ID, Subscription: x.ID, Units: 19999, Currency: "USD", Method: "visa 4242", At: v.Record.Subscription.Start})
		}
		if err == nil && !known {
			err = x.then(ctx, d, f, v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// record returns the case.
func (x sample) record(policy refund.Policy, now time.Time) desk.Record {
	account := "ACC-" + x.ID[4:]
	if x.Started == 0 {
		x.Started = 9
	}
	r := desk.Record{
		Subscription: refund.Subscription{ID: x.ID, Account: account, Start: now.AddDate(0, 0, -x.Started), Price: usd("199.99"),
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")}},
		Issues: refund.IssueLog{},
		Customer: desk.Customer{Name: x.Name, Email: "customer@example.com",
			Particulars: []customer.Particular{{Name: "address", Present: true}}, Reports: []customer.MisuseReport{}},
	}
	if x.OneTime {
		r.Subscription.Service = refund.ServiceType{Code: "pc-rescue", Billing: refund.BillingOneTime}
	}
	if x.Misuse {
		r.Customer.Reports = []customer.MisuseReport{{ID: "MIS-31", Made: now.AddDate(0, 0, -2)}}
	}
	if x.Asked != "" {
		r.Request = refund.Request{At: x.asked(policy, now), By: x.By, Channel: refund.ChannelEmail, Reason: "The service is not what I expected."}
		if x.By == "" {
			r.Request.By = account
		}
	}
	for i := range x.Issues + 1 {
		at := r.Subscription.Start.Add(time.Duration(26*i+1) * time.Hour).UTC()
		minute := func(n time.Duration) string { return at.Add(n * time.Minute).Format(time.RFC3339) }
		about := "[]" // the first call is about no issue
		if i > 0 {
			id := fmt.Sprintf("T-%s-%d", x.ID[4:], i)
			r.Issues = append(r.Issues, refund.Issue{ID: id, Opened: at, Resolved: at.Add(time.Hour)})
			about = fmt.Sprintf("[%q]", id)
		}
		r.Evidence += fmt.Sprintf(`{"kind":"call","id":"C-%s-%d","account":%q,"issues":%s,"start":%q,"answered":%q,"end":%q}`+"\n",
			x.ID[4:], i, account, about, minute(10), minute(11), minute(55))
	}
	return r
}

// asked returns the instant of the request: the latest full hour ago with such a call back.
func (x sample) asked(policy refund.Policy, now time.Time) time.Time {
	if x.Asked == "recently" {
		return now.Add(-20 * time.Minute)
	}
	for hours := 1; ; hours++ {
		at := now.Add(-time.Duration(hours) * time.Hour)
		c, err := policy.Callback(at)
		overdue := c.Latest.Before(now)
		if err != nil || overdue || x.Asked == "due" && !c.Earliest.After(now) {
			return at
		}
	}
}

// then does what happened after the request. One refund is pending at the provider at first.
func (x sample) then(ctx context.Context, d *desk.Desk, f *fake.Fake, v desk.View) (err error) {
	shown, ana, ben := v.Outcome.Digest(), sampleOfficers[0], sampleOfficers[1]
	switch x.Then {
	case "lost refund": // made in the provider's dashboard; its webhook is lost
		f.SetFaults(fake.Faults{Next: map[fake.Fault]int{fake.Lost: 1}})
		if _, err = f.Do("refund", processor.Record{Payment: "pay-" + x.ID, Units: 5000}); err == nil {
			err = d.Reconcile(ctx, v.Record.Subscription.Start)
		}
		f.SetFaults(fake.Faults{Next: map[fake.Fault]int{fake.Pending: 1}})
	case "refund", "dispute":
		_, err = f.Do(x.Then, processor.Record{Payment: "pay-" + x.ID, Units: 5000})
	case "approve":
		_, err = d.Decide(ctx, ben, x.ID, decision.Proposal{Outcome: shown, Approval: &decision.Approval{Amount: v.Outcome.Refundable}})
	case "decline":
		_, err = d.Decide(ctx, ana, x.ID, decision.Proposal{Outcome: shown, Denial: &decision.Denial{
			Grounds: []refund.Clause{refund.ClauseGuarantee}, Reason: "The request came after the window."}})
	case "grant":
		_, err = d.Decide(ctx, ben, x.ID, decision.Proposal{Outcome: shown, Goodwill: &decision.Goodwill{Charges: usd("120.00"), Fees: usd("20.00"),
			Software: []decision.FreeSoftware{{Name: "Antivirus", Price: usd("29.00")}}, Reason: "The customer was ill during the window."}})
	}
	return err
}
