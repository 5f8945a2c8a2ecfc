package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"text/template"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// sampleOfficers sign in with their ids.
var sampleOfficers = []desk.Officer{
	{ID: "ana", Name: "Ana Ruiz", Limit: refund.MustMoney("150.00", "USD")},
	{ID: "ben", Name: "Ben Okafor", Limit: refund.MustMoney("1000.00", "USD")},
	{ID: "cleo", Name: "Cleo Tanaka"}, // may not release money
}

//go:embed sample.tmpl
var sampleText string

// A sample is a case of sample.tmpl, and what happens after it was filed.
type sample struct {
	Record  desk.Record
	Calls   []json.RawMessage // the lines of its evidence
	Unknown bool              // the provider does not know the payment
	Then    string            // what happens at the provider: a "refund" or a "dispute" of 50 USD
	Lost    bool              // the webhook about it is lost, and a reconciliation finds it

	// Officer makes one of the decisions.
	Officer  string
	Approval *decision.Approval
	Goodwill *decision.Goodwill
	Denial   *decision.Denial
}

// samples returns the sample cases at an instant.
func samples(policy refund.Policy, now time.Time) (list []sample, err error) {
	ago := func(text string) (string, error) {
		d, err := time.ParseDuration(text)
		return now.Add(-d).Format(time.RFC3339), err
	}
	// asked returns the latest instant, by whole hours, of a request whose call back is due or overdue.
	asked := func(state string) (string, error) {
		for at := now.Add(-time.Hour); ; at = at.Add(-time.Hour) {
			c, err := policy.Callback(at)
			if err != nil || c.Latest.Before(now) || state == "due" && !c.Earliest.After(now) {
				return at.Format(time.RFC3339), err
			}
		}
	}
	t := template.Must(template.New("sample").Funcs(template.FuncMap{"ago": ago, "asked": asked}).Parse(sampleText))
	var text bytes.Buffer
	if err = t.Execute(&text, nil); err == nil {
		err = json.Unmarshal(text.Bytes(), &list)
	}
	return list, err
}

// addSamples adds the sample cases to the desk, and their payments to the provider.
func addSamples(ctx context.Context, d *desk.Desk, f *fake.Fake, policy refund.Policy) error {
	list, err := samples(policy, time.Now().UTC())
	for _, x := range list {
		if err == nil {
			err = x.add(ctx, d, f)
		}
	}
	return err
}

// add adds the case and its payment. After a restart, the desk has the case already, but the
// provider has forgotten the payment.
func (x sample) add(ctx context.Context, d *desk.Desk, f *fake.Fake) error {
	for _, line := range x.Calls {
		x.Record.Evidence += string(line) + "\n"
	}
	s := x.Record.Subscription
	payment := ledger.Payment{ID: "pay-" + s.ID, Amount: s.Price, Method: "visa 4242", At: s.Start}
	err := d.Import(ctx, x.Record, payment)
	known := errors.Is(err, desk.ErrExists)
	if known {
		err = nil
	}
	if err == nil && !x.Unknown {
		_, err = f.Do("pay", processor.Record{ID: payment.ID, Subscription: s.ID, Units: 19999, Currency: "USD", Method: payment.Method, At: s.Start})
	}
	if err != nil || known {
		return err
	}
	if x.Lost { // after it, the desk's first refund is pending for a while
		f.SetFaults(fake.Faults{Next: map[fake.Fault]int{fake.Lost: 1, fake.Pending: 1}})
	}
	if x.Then != "" {
		_, err = f.Do(x.Then, processor.Record{Payment: payment.ID, Units: 5000})
	}
	if err == nil && x.Lost {
		err = d.Reconcile(ctx, s.Start)
	}
	if err != nil {
		return err
	}
	v, err := d.View(ctx, s.ID)
	for _, by := range sampleOfficers {
		if err == nil && by.ID == x.Officer {
			_, err = d.Decide(ctx, by, s.ID, decision.Proposal{Outcome: v.Outcome.Digest(), Approval: x.Approval, Goodwill: x.Goodwill, Denial: x.Denial})
		}
	}
	return err
}
