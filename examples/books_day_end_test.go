package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// How are the books compared with the provider's? At the end of a day, the books of three
// subscriptions are compared with the provider's export. The export has three things that
// the books lack: a refund of 60.00 from the dashboard, although 40.00 are posted and the
// entitlement is 75.00; a settlement whose webhook was lost; and a new dispute. Most
// differences have an event that brings the books up to date. A difference without an event
// needs a person: the posted refund must not be sent.
func Example_booksDayEnd() {
	day := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	books := map[string]ledger.Ledger{}
	for _, id := range []string{"SUB-1001", "SUB-1002", "SUB-1003"} {
		books[id] = dayBooks(id, day)
	}

	// The provider lists each refund with the key that the host sent.
	r, _ := books["SUB-1002"].Refund("refund-1")
	sent := r.Shares[0]
	listed := func(id string, amount refund.Money, key string) []ledger.ListedRefund {
		return []ledger.ListedRefund{{
			OutsideRefund: ledger.OutsideRefund{ID: id, At: day.Add(15 * time.Hour), Amount: amount, Payment: sent.Payment, Key: key},
			State:         ledger.StateSettled,
		}}
	}
	export := map[string]ledger.Statement{
		"SUB-1001": {Refunds: listed("RE-7", refund.MustMoney("60.00", "USD"), "")},
		"SUB-1002": {Refunds: listed("RE-8", sent.Amount, sent.Key)},
		"SUB-1003": {Disputes: []ledger.DisputeStatus{{
			Dispute: ledger.Dispute{ID: "DP-1", Payment: "PAY-1", Amount: refund.MustMoney("100.00", "USD"), At: day.Add(9 * time.Hour)},
			State:   ledger.StateOpen,
		}}},
	}
	subscriptions := func(yield func(ledger.Reconciliation, error) bool) {
		for _, id := range []string{"SUB-1001", "SUB-1002", "SUB-1003"} {
			s := export[id]
			s.From, s.To = day, day.AddDate(0, 0, 1) // the export has one day only
			if !yield(ledger.Reconciliation{Ledger: books[id], Statement: s, Entitlement: refund.MustMoney("75.00", "USD")}, nil) {
				return
			}
		}
	}

	for d, err := range ledger.ReconcileAll(subscriptions) {
		if err != nil {
			log.Fatal(err)
		}
		if d.Event.Kind == 0 {
			fmt.Println(d.Subscription, d.Code, d.Provider, "of", d.Books, "needs a person")
			continue
		}
		fmt.Println(d.Subscription, d.Code, d.Kind, d.Provider, "record", d.Event.Kind)
		if books[d.Subscription], err = books[d.Subscription].Record(d.Event); err != nil {
			log.Fatal(err)
		}
	}
	for _, id := range []string{"SUB-1001", "SUB-1002", "SUB-1003"} {
		t := books[id].Totals()
		fmt.Println(id, "returned", t.Returned, "disputed", t.Disputed, "outstanding instructions", len(books[id].Outstanding()))
	}
	// Output:
	// SUB-1001 missing_in_books refunded 60.00 USD record refunded
	// SUB-1001 beyond_entitlement 100.00 USD of 75.00 USD needs a person
	// SUB-1002 other_state posted 40.00 USD record refunded
	// SUB-1003 missing_in_books disputed 100.00 USD record disputed
	// SUB-1001 returned 100.00 USD disputed 0.00 USD outstanding instructions 1
	// SUB-1002 returned 40.00 USD disputed 0.00 USD outstanding instructions 0
	// SUB-1003 returned 40.00 USD disputed 60.00 USD outstanding instructions 1
}

// dayBooks returns books with a payment of the week before and a refund of 40.00 posted on
// the day. The refund of SUB-1002 was also sent.
func dayBooks(id string, day time.Time) ledger.Ledger {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	looked := func(c refund.Clause) refund.Finding {
		return refund.Finding{Clause: c, Severity: refund.SeveritySatisfied}
	}
	paid := day.AddDate(0, 0, -5)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      id,
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   paid,
			Price:   usd("100.00"),
			Paid:    usd("100.00"),
		},
		Issues:   refund.IssueLog{{ID: "T-1", Opened: paid.Add(time.Hour), Resolved: paid.Add(2 * time.Hour)}},
		Request:  refund.Request{At: day.Add(10 * time.Hour), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
	}
	books, err := ledger.New(id, c.Subscription.Price, ledger.Payment{ID: "PAY-1", At: paid, Amount: c.Subscription.Paid})
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(time.UTC)
	policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart // this company's reading
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	now := day.Add(12 * time.Hour)
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ana", Limit: usd("500.00")},
		At:     now,
		Amount: usd("40.00"),
	})
	if err != nil {
		log.Fatal(err)
	}
	if books, err = books.Post(d, "refund-1", ledger.Options{}, now); err != nil {
		log.Fatal(err)
	}
	if id != "SUB-1002" {
		return books
	}
	r, _ := books.Refund("refund-1")
	if books, err = books.Submit(r.Shares[0].Key, now); err != nil {
		log.Fatal(err)
	}
	return books
}
