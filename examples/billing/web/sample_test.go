package web_test

import (
	"context"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

var ines = desk.Officer{ID: "ops-3", Name: "Inés Calvo", Limit: usd("500.00")}

// subscription returns a file with one payment of the price and no request.
func subscription(id, name string, price refund.Money) *file {
	f := &file{}
	f.Subscription = refund.Subscription{ID: id, Account: "ACC-" + id, Start: march(1, 10, 0), Price: price, Paid: price,
		Service: refund.ServiceType{Code: "remote-support", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25", price.Currency().Code())}}
	f.Customer = desk.Customer{Name: name, Email: "customer@example.com"}
	f.Issues = refund.IssueLog{}
	books, err := ledger.New(id, price, ledger.Payment{ID: "pay-" + id, At: march(1, 10, 5), Amount: price, Method: "visa 4242"})
	if err != nil {
		panic(err)
	}
	f.books = books
	return f
}

// asked adds a request by the holder to a file.
func (f *file) asked(at time.Time, reason string) *file {
	f.Request = refund.Request{At: at, By: f.Subscription.Account, Channel: refund.ChannelEmail, Reason: reason}
	f.state = desk.StateOpen
	return f
}

// reviewed adds the finding that is required beside those of the account.
func (f *file) reviewed() *file {
	f.Findings = append(f.Findings, refund.Finding{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied})
	return f
}

// issue adds a resolved issue and the call in which it was resolved.
func (f *file) issue(id string, at time.Time) *file {
	f.Issues = append(f.Issues, refund.Issue{ID: id, Opened: at, Resolved: at.Add(time.Hour)})
	f.log.Calls = append(f.log.Calls, evidence.Call{Header: evidence.Header{ID: "C-" + id, Account: f.Subscription.Account, Issues: []string{id},
		Start: at.Add(10 * time.Minute), End: at.Add(30 * time.Minute)}, Answered: at.Add(11 * time.Minute)})
	return f
}

func must(l ledger.Ledger, err error) ledger.Ledger {
	if err != nil {
		panic(err)
	}
	return l
}

// sample returns a desk with a case in every state.
func sample() *memory {
	m := &memory{policy: refund.Published(newYork), now: march(10, 18, 0)}
	ready := subscription("SUB-1001", "Maria Ortiz", usd("199.99")).asked(march(10, 10, 0), "It did not solve my problem.").reviewed().issue("T-1", march(3, 9, 0))
	objected := subscription("SUB-1002", "Bartholomew Featherstonehaugh-Cholmondeley of the Northern Territories", usd("349.00")).
		asked(march(6, 9, 30), "Too slow.").issue("T-7", march(4, 11, 0))
	objected.Answers = customer.Attestations{refund.ClauseCredentials: {Answer: customer.AnswerNo, At: march(6, 9, 30)}}
	objected.Findings = []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "T-7", Detail: "The recording ends before the fix."}}
	objected.Issues = append(objected.Issues, refund.Issue{ID: "T-8", Opened: march(5, 9, 0), Resolved: march(5, 10, 0)})
	held := subscription("SUB-1003", "عبد الرحمن بن محمد الخالدي", usd("120.00")).asked(march(10, 16, 30), "أريد استرداد المبلغ")
	held.Request.By = "ACC-8"
	moved := subscription("SUB-1004", "Tomasz Wiśniewski", usd("300.00")).asked(march(9, 12, 0), "Not needed any more.").reviewed().issue("T-9", march(2, 9, 0))
	moved.books = must(moved.books.RecordRefund(ledger.OutsideRefund{ID: "re_dashboard_1", At: march(8, 9, 0), Amount: usd("40.00"), Payment: "pay-SUB-1004", Reason: "dashboard"}))
	moved.books = must(moved.books.RecordDispute(ledger.Dispute{ID: "dp_77", Payment: "pay-SUB-1004", Amount: usd("50.00"), At: march(9, 9, 0)}))
	moved.Request.CalledBack = march(9, 17, 0)
	late := subscription("SUB-1005", "Li", usd("99.00")).asked(march(20, 12, 0), "I forgot.").reviewed()
	late.Request.At = march(10, 12, 0)
	late.Subscription.Start = time.Date(2026, time.February, 1, 9, 0, 0, 0, newYork)
	once := subscription("SUB-1006", "Okonkwo & Daughters Ltd.", usd("79.00")).asked(march(9, 11, 0), "").reviewed()
	once.Subscription.Service = refund.ServiceType{Code: "one-time-repair", Billing: refund.BillingOneTime}
	yen := subscription("SUB-"+strings.Repeat("98765432-", 7)+"1", "佐藤 健太郎", refund.MustMoney("19800", "JPY")).asked(march(10, 9, 0), "使いません")
	rich := subscription("SUB-1008", "Acme Holdings", usd("12345678901234567890.00")).asked(march(10, 11, 0), "A mistake.")
	paid := subscription("SUB-1009", "Noor Haddad", usd("149.00")).asked(march(5, 10, 0), "Moved away.").reviewed().issue("T-3", march(3, 9, 0))
	failed := subscription("SUB-1010", "Jonas Berg", usd("89.00")).asked(march(5, 11, 0), "Moved away.").reviewed()
	declined := subscription("SUB-1011", "Pat Kim", usd("59.00")).asked(march(6, 11, 0), "Changed my mind.").reviewed()
	paying := subscription("SUB-1012", "Ana Sousa", usd("75.00")).asked(march(6, 12, 0), "No.").reviewed()
	m.files = []*file{ready, objected, held, moved, late, once, yen, rich, paid, failed, declined, paying, subscription("SUB-2000", "Greta Holm", usd("199.99"))}
	ctx := context.Background()
	check := func(_ desk.Decided, err error) {
		if err != nil {
			panic(err)
		}
	}
	shown := func(id string) desk.View {
		v, err := m.View(ctx, id)
		if err != nil {
			panic(err)
		}
		return v
	}
	for _, f := range []*file{paid, failed, paying} {
		v := shown(f.Subscription.ID)
		a := &decision.Approval{Amount: v.Outcome.Refundable, Reason: "As the policy says."}
		if v.Outcome.Statuses[refund.ClauseLogReview] == refund.StatusObjected {
			a.Acknowledged = []refund.Clause{refund.ClauseLogReview}
		}
		check(m.Decide(ctx, ines, f.Subscription.ID, decision.Proposal{Outcome: v.Outcome.Digest(), Approval: a}))
	}
	v := shown("SUB-1011")
	check(m.Decide(ctx, ines, "SUB-1011", decision.Proposal{Outcome: v.Outcome.Digest(), Denial: &decision.Denial{Grounds: []refund.Clause{refund.ClauseGuarantee}, Reason: "Asked for a replacement instead, which was delivered."}}))
	instruction := paid.books.Outstanding()[0].Key
	paid.books = must(must(paid.books.Submit(instruction, m.now)).Settle(instruction, m.now))
	paid.state = desk.StatePaid
	paid.decided.Letter.Sent = m.now
	instruction = failed.books.Outstanding()[0].Key
	failed.books = must(must(failed.books.Submit(instruction, m.now)).Fail(instruction, m.now))
	failed.state = desk.StateFailed
	_, _ = m.Decide(ctx, desk.Officer{ID: "ops-9"}, "SUB-1002", decision.Proposal{Outcome: shown("SUB-1002").Outcome.Digest(), Approval: &decision.Approval{Amount: usd("349.00")}})
	m.diffs = []desk.Difference{
		{ID: "1", Subscription: "SUB-1004", Found: march(10, 2, 0), Difference: ledger.Difference{Code: ledger.DifferenceMissingInBooks, Subscription: "SUB-1004", Kind: ledger.EventRefunded, ID: "re_dashboard_2",
			Provider: usd("15.00"), ProviderState: ledger.StateSettled, Event: ledger.Event{Kind: ledger.EventRefunded, ID: "re_dashboard_2", At: march(9, 3, 0), Amount: usd("15.00")}}},
		{ID: "2", Subscription: "SUB-1002", Found: march(10, 2, 0), Difference: ledger.Difference{Code: ledger.DifferenceOtherAmount, Subscription: "SUB-1002", Kind: ledger.EventPaid, ID: "pay-SUB-1002",
			Books: usd("349.00"), Provider: usd("349.90")}},
		{ID: "3", Subscription: "SUB-1009", Found: march(10, 2, 0), Difference: ledger.Difference{Code: ledger.DifferenceBeyondEntitlement, Subscription: "SUB-1009", Books: usd("124.00"), Provider: usd("149.00")}, Resolved: march(10, 9, 0), By: "ops-3"},
	}
	return m
}
