package provider_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

var webhookFaults = map[fake.Fault]int{fake.Doubled: 30, fake.Late: 30, fake.Reordered: 30, fake.Pending: 50, fake.FailsLater: 30}

// Books that are fed by the events of the provider, in any order, have no differences from its
// statement, whatever happened at the provider. If webhooks are lost, the differences have the
// facts, and after these there are no differences either.
func TestBooksFedByEventsHaveNoDifferencesFromTheStatement(t *testing.T) {
	totals := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		w, end := newWorld(t)
		defer end()
		percent := webhookFaults
		lost := rapid.Bool().Draw(t, "webhooks are lost")
		if lost {
			percent = map[fake.Fault]int{fake.Lost: 50, fake.Pending: 50, fake.FailsLater: 30}
		}
		totals["cases"]++
		w.SetFaults(fake.Faults{Seed: rapid.Uint64().Draw(t, "seed"), Percent: percent})
		books, err := ledger.New("SUB-1", usd("100.00"))
		if err != nil {
			t.Fatal(err)
		}
		w.pay(t, 8_000)
		for step := range rapid.IntRange(1, 16).Draw(t, "steps") {
			if rapid.IntRange(0, 2).Draw(t, "by us") == 2 {
				books = refundByUs(t, w, feed(t, books, w.received(t)), step)
				continue
			}
			action := rapid.SampledFrom([]string{"pay", "refund", "fail", "dispute", "win", "lose", "reverse"}).Draw(t, "action")
			if _, err := w.Do(action, someRecord(t, w, action)); err == nil {
				totals[action]++
			}
		}
		events := rapid.Permutation(w.received(t)).Draw(t, "order")
		books = feed(t, books, events)
		statement, err := w.client.Statement(t.Context(), "SUB-1")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range ledger.Reconcile(books, statement, refund.Money{}) {
			if d.Code == ledger.DifferenceBeyondCap {
				continue // the bank took more back than was there: it is true, and both sides agree
			}
			if !lost || d.Event.Kind == 0 {
				t.Fatalf("a difference %v of %v: books %v %v, provider %v %v", d.Code, d.Kind, d.Books, d.BooksState, d.Provider, d.ProviderState)
			}
			totals["mended"]++
			if books, err = books.Record(d.Event); err != nil {
				t.Fatalf("the fact of a difference: %v", err)
			}
		}
		for _, r := range books.Refunds() {
			totals["posted "+r.State.String()]++
		}
	})
	if totals["cases"] < 100 {
		return // too few to expect each action
	}
	for _, what := range []string{"pay", "refund", "fail", "dispute", "win", "lose", "reverse", "mended", "posted settled", "posted failed"} {
		if totals[what] == 0 {
			t.Errorf("no case has %q: %v", what, totals)
		}
	}
}

// someRecord draws the argument of an action.
func someRecord(t *rapid.T, w *world, action string) processor.Record {
	if action == "pay" {
		return processor.Record{Subscription: "SUB-1", Units: rapid.SampledFrom([]int64{10_000, 5_000}).Draw(t, "paid"), Currency: "USD"}
	}
	kind := map[string]string{"fail": "refund", "win": "dispute", "lose": "dispute"}[action]
	_, records, err := provider.Records(w.client, "SUB-1")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range records {
		if r.Type == kind || kind == "" && r.Type == "payment" {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) == 0 {
		return processor.Record{}
	}
	id := ids[rapid.IntRange(0, len(ids)-1).Draw(t, "which")] // its place decides: the ids are random
	if action == "refund" || action == "dispute" {
		return processor.Record{Payment: id, Units: rapid.SampledFrom([]int64{0, 1_000, 2_500}).Draw(t, "amount")}
	}
	return processor.Record{ID: id}
}

// feed records the facts of events, those that refer to an unknown one later.
func feed(t *rapid.T, books ledger.Ledger, events []provider.Event) ledger.Ledger {
	for range 4 { // a payment, its dispute, and its decision: three rounds, and one without an effect
		var early []provider.Event
		for _, e := range events {
			if e.Fact.Kind == 0 {
				continue
			}
			after, err := books.Record(e.Fact)
			switch {
			case errors.Is(err, ledger.ErrUnknown):
				early = append(early, e)
			case err != nil:
				t.Fatalf("a fact of kind %v: %v", e.Fact.Kind, err)
			default:
				books = after
			}
		}
		events = early
	}
	return books
}

// refundByUs approves, posts and requests a refund as the desk does, if the books allow it.
func refundByUs(t *rapid.T, w *world, books ledger.Ledger, step int) ledger.Ledger {
	amount := rapid.SampledFrom([]refund.Money{usd("10.00"), usd("40.00"), usd("100.00")}).Draw(t, "amount")
	policy := refund.Published(time.UTC)
	policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
	subscription, err := books.Subscription(refund.Subscription{
		ID: "SUB-1", Account: "ACC-7", Price: usd("100.00"), Start: noon.AddDate(0, 0, -7),
		Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("0.00")},
	})
	if err != nil {
		t.Fatal(err)
	}
	c := refund.Case{
		Subscription: subscription,
		Issues:       refund.IssueLog{},
		Request:      refund.Request{At: noon, By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	approval := decision.Approval{By: decision.Officer{ID: "ana", Limit: usd("1000.00")}, At: noon, Amount: amount}
	d, err := decision.Approve(policy, c, outcome.Digest(), approval)
	if err != nil {
		return books // there is not enough
	}
	posted, err := books.Post(d, fmt.Sprintf("refund %d", step), ledger.Options{}, noon)
	if err != nil {
		return books
	}
	for _, s := range posted.Outstanding() {
		submitted, err := posted.Submit(s.Key, noon)
		if err != nil {
			continue
		}
		posted = submitted
		got, err := w.client.Refund(t.Context(), "SUB-1", s.Instruction)
		switch {
		case errors.Is(err, provider.ErrRefused):
			posted, err = posted.Fail(s.Key, noon)
		case err == nil && got.Kind != 0:
			posted, err = posted.Record(got)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return posted
}
