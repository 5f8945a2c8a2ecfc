package ledger_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// noon is noon on a day of March 2026.
func noon(day int) time.Time { return time.Date(2026, time.March, day, 12, 0, 0, 0, time.UTC) }

// approve approves a refund on the current books.
func approve(books ledger.Ledger, amount string) (decision.Decision, error) {
	subscription, err := books.Subscription(refund.Subscription{
		ID:      "SUB-1001",
		Account: "ACC-7",
		Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
		Start:   noon(2),
		Price:   refund.MustMoney("100.00", "USD"),
	})
	if err != nil {
		return decision.Decision{}, err
	}
	c := refund.Case{
		Subscription: subscription,
		Issues:       refund.IssueLog{},
		Request:      refund.Request{At: noon(9), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
	policy := refund.Published(time.UTC)
	policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart // the desk may approve parts
	outcome, err := policy.Evaluate(c)
	if err != nil {
		return decision.Decision{}, err
	}
	return decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     noon(10),
		Amount: refund.MustMoney(amount, "USD"),
	})
}

// open returns the books of a subscription that was paid with two cards.
func open() (ledger.Ledger, error) {
	return ledger.New(
		"SUB-1001", refund.MustMoney("100.00", "USD"),
		ledger.Payment{ID: "PAY-1", At: noon(2), Amount: refund.MustMoney("25.00", "USD"), Method: "visa 4242"},
		ledger.Payment{ID: "PAY-2", At: noon(3), Amount: refund.MustMoney("75.00", "USD"), Method: "amex 0005"},
	)
}

// A refund is posted, and counts from then on. The form is sent twice; the second time, the
// books do not change.
func ExampleLedger_Post() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	d, err := approve(books, "60.00")
	if err != nil {
		log.Fatal(err)
	}
	for range 2 {
		books, err = books.Post(d, "refund-2026-0317", ledger.Options{}, noon(11))
		if err != nil {
			log.Fatal(err)
		}
		t := books.Totals()
		fmt.Println("version", books.Version(), "returned", t.Returned, "room", t.Room)
	}
	// Output:
	// version 3 returned 60.00 USD room 40.00 USD
	// version 3 returned 60.00 USD room 40.00 USD
}

// A subscription was paid with two cards. A refund of 60.00 is previewed in both orders: it
// is posted, and the result is discarded. A refund of 75.00, the exact amount paid with one
// card, is on that card alone.
func ExampleLedger_Post_preview() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	for _, try := range []struct {
		amount string
		order  ledger.Order
	}{{"60.00", ledger.OrderOldest}, {"60.00", ledger.OrderNewest}, {"75.00", ledger.OrderOldest}} {
		d, err := approve(books, try.amount)
		if err != nil {
			log.Fatal(err)
		}
		preview, err := books.Post(d, "preview", ledger.Options{Order: try.order}, noon(11))
		if err != nil {
			log.Fatal(err)
		}
		r, _ := preview.Refund("preview")
		fmt.Println(r.Amount)
		for _, s := range r.Shares {
			fmt.Println("-", s.Payment, s.Method, s.Amount)
		}
	}
	// Output:
	// 60.00 USD
	// - PAY-1 visa 4242 25.00 USD
	// - PAY-2 amex 0005 35.00 USD
	// 60.00 USD
	// - PAY-2 amex 0005 60.00 USD
	// 75.00 USD
	// - PAY-2 amex 0005 75.00 USD
}

// The customer's bank disputes a payment. Until the dispute is decided, the disputed amount
// cannot be refunded, and an earlier decision is stale.
func ExampleLedger_RecordDispute() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	d, err := approve(books, "60.00")
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.RecordDispute(ledger.Dispute{ID: "DP-1", Payment: "PAY-2", Amount: refund.MustMoney("75.00", "USD"), At: noon(10)})
	if err != nil {
		log.Fatal(err)
	}
	_, err = books.Post(d, "refund-2026-0317", ledger.Options{}, noon(11))
	fmt.Println("refused:", err)
	fmt.Println("stale:", errors.Is(err, decision.ErrStale))

	books, err = books.WinDispute("DP-1", noon(30))
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Post(d, "refund-2026-0317", ledger.Options{}, noon(30))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("won: returned", books.Totals().Returned)
	// Output:
	// refused: ledger: stale decision: disputed is 75.00 USD in the books, and was 0.00 USD in the case: evaluate again with Ledger.Subscription
	// stale: true
	// won: returned 60.00 USD
}

// The gateway reports that a refund has failed. Its amount is available again, and its
// decision can be posted again, under another key.
func ExampleLedger_Fail() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	d, err := approve(books, "75.00")
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Post(d, "refund-2026-0317", ledger.Options{}, noon(11))
	if err != nil {
		log.Fatal(err)
	}
	r, _ := books.Refund("refund-2026-0317")
	for _, s := range r.Shares {
		books, err = books.Fail(s.Key, noon(12))
		if err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println("room", books.Totals().Room)
	books, err = books.Post(d, "refund-2026-0317-b", ledger.Options{}, noon(13))
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range books.Refunds() {
		fmt.Println(r.Key, r.State)
	}
	// Output:
	// room 100.00 USD
	// refund-2026-0317 failed
	// refund-2026-0317-b pending
}

// The gateway's list has two refunds. One carried out an instruction of these books and has
// its key; a person made the other in the gateway's dashboard. Both are recorded. The first
// is already in the books, and counts once.
func ExampleLedger_RecordRefund() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	d, err := approve(books, "75.00")
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Post(d, "refund-2026-0317", ledger.Options{}, noon(11))
	if err != nil {
		log.Fatal(err)
	}
	key := books.Outstanding()[0].Key
	for _, r := range []ledger.OutsideRefund{
		{ID: "re_1", At: noon(12), Payment: "PAY-2", Amount: refund.MustMoney("75.00", "USD"), Key: key},
		{ID: "re_2", At: noon(13), Payment: "PAY-1", Amount: refund.MustMoney("10.00", "USD"), Reason: "dashboard"},
	} {
		books, err = books.RecordRefund(r)
		if err != nil {
			log.Fatal(err)
		}
		t := books.Totals()
		fmt.Println(r.ID, "returned", t.Returned, "room", t.Room)
	}
	r, _ := books.Refund("refund-2026-0317")
	fmt.Println(r.Key, r.State)
	// Output:
	// re_1 returned 75.00 USD room 25.00 USD
	// re_2 returned 85.00 USD room 15.00 USD
	// refund-2026-0317 settled
}

// A direct debit bounces. It counts as never paid.
func ExampleLedger_RecordReversal() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.RecordReversal(ledger.Reversal{ID: "return-88", At: noon(8), Payment: "PAY-2", Amount: refund.MustMoney("75.00", "USD")})
	if err != nil {
		log.Fatal(err)
	}
	t := books.Totals()
	fmt.Println("paid", t.Paid, "returned", t.Returned, "room", t.Room)
	// Output:
	// paid 25.00 USD returned 0.00 USD room 25.00 USD
}

// A bank takes back a payment on which a refund was posted. The alerts show that the money
// would be returned twice. The refund was not sent yet, so the agent drops it with Fail, and
// the alerts end.
func ExampleLedger_Alerts() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	d, err := approve(books, "75.00")
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Post(d, "refund-2026-0317", ledger.Options{}, noon(11))
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.RecordDispute(ledger.Dispute{ID: "DP-1", Payment: "PAY-2", Amount: refund.MustMoney("75.00", "USD"), At: noon(12)})
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.LoseDispute("DP-1", refund.MustMoney("75.00", "USD"), noon(20))
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range books.Alerts() {
		fmt.Println(a.Code, a.Amount)
	}

	key := books.Outstanding()[0].Key
	_, err = books.Submit(key, noon(21))
	fmt.Println("refused:", err)
	fmt.Println("insufficient:", errors.Is(err, ledger.ErrInsufficient))
	books, err = books.Fail(key, noon(21))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(books.Alerts()), "alerts, room", books.Totals().Room)
	// Output:
	// beyond_cap 50.00 USD
	// excess 75.00 USD
	// instruction_blocked 75.00 USD
	// refused: ledger: the remaining amount is too small
	// insufficient: true
	// 0 alerts, room 25.00 USD
}

// A worker starts after a crash. One instruction was not sent yet; the gateway has not
// answered the other one. Both can be sent: the gateway recognizes the key of the second one.
func ExampleLedger_Outstanding() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	d, err := approve(books, "60.00")
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Post(d, "refund-2026-0317", ledger.Options{}, noon(11))
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Submit(books.Outstanding()[1].Key, noon(11))
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range books.Outstanding() {
		fmt.Println(i.Payment, i.Amount, i.State)
	}

	books, err = books.Settle(books.Outstanding()[1].Key, noon(12))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(books.Outstanding()), "left")
	// Output:
	// PAY-1 25.00 USD pending
	// PAY-2 35.00 USD submitted
	// 1 left
}

// Books are read from a database. Books that break a rule are refused: here somebody has
// raised the amount of a refund.
func ExampleRestore() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	digest, err := refund.ParseDigest("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b")
	if err != nil {
		log.Fatal(err)
	}
	events := []ledger.Event{
		{Kind: ledger.EventPaid, At: noon(2), ID: "PAY-1", Amount: usd("100.00")},
		{Kind: ledger.EventPosted, At: noon(11), ID: "refund-2026-0317", Amount: usd("60.00"), Decision: digest,
			Shares: []ledger.Share{{Payment: "PAY-1", Amount: usd("60.00")}}},
	}
	books, err := ledger.Restore("SUB-1001", usd("100.00"), events)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("version", books.Version(), "room", books.Totals().Room)

	events[1].Amount, events[1].Shares[0].Amount = usd("160.00"), usd("160.00")
	_, err = ledger.Restore("SUB-1001", usd("100.00"), events)
	fmt.Println(err)
	// Output:
	// version 2 room 40.00 USD
	// refund: invalid input: events[1]: 160.00 USD is more than the available 100.00 USD; 0.00 USD is disputed
}
