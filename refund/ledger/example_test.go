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

// authorize decides that a part of what was paid goes back, on the books as they are.
func authorize(books ledger.Ledger, amount string) (decision.Decision, error) {
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

// open are the books of a subscription that was paid with two cards.
func open() (ledger.Ledger, error) {
	return ledger.New(
		refund.Subscription{ID: "SUB-1001", Price: refund.MustMoney("100.00", "USD")},
		ledger.Payment{ID: "PAY-1", At: noon(2), Amount: refund.MustMoney("25.00", "USD"), Method: "visa 4242"},
		ledger.Payment{ID: "PAY-2", At: noon(3), Amount: refund.MustMoney("75.00", "USD"), Method: "amex 0005"},
	)
}

// A subscription was paid with two cards. 60.00 go back: in the order in which they were
// paid, or in the opposite one. 75.00 fit one card exactly, and go back on that one.
func ExampleLedger_Plan() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	for _, try := range []struct {
		amount string
		order  ledger.Order
	}{{"60.00", ledger.OrderOldest}, {"60.00", ledger.OrderNewest}, {"75.00", ledger.OrderOldest}} {
		decision, err := authorize(books, try.amount)
		if err != nil {
			log.Fatal(err)
		}
		plan, err := books.Plan(decision, "refund-2026-0317", ledger.Options{Order: try.order})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(plan.Amount())
		for _, i := range plan.Instructions() {
			fmt.Println("-", i.Payment, i.Method, i.Amount)
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

// A refund is posted, and counts from then on. The form is sent once more: nothing is
// added.
func ExampleLedger_Post() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	decision, err := authorize(books, "60.00")
	if err != nil {
		log.Fatal(err)
	}
	for range 2 {
		plan, err := books.Plan(decision, "refund-2026-0317", ledger.Options{})
		if err != nil {
			log.Fatal(err)
		}
		books, err = books.Post(plan, noon(11))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("version", books.Version(), "given back", books.Totals().GivenBack, "refundable", books.Totals().Refundable)
	}
	// Output:
	// version 3 given back 60.00 USD refundable 40.00 USD
	// version 3 given back 60.00 USD refundable 40.00 USD
}

// The customer's bank claims a payment back. Until it is decided, what it claims cannot
// be refunded as well.
func ExampleLedger_Dispute() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	decision, err := authorize(books, "60.00")
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Dispute(ledger.Dispute{ID: "DP-1", Payment: "PAY-2", Amount: refund.MustMoney("75.00", "USD"), At: noon(10)})
	if err != nil {
		log.Fatal(err)
	}
	_, err = books.Plan(decision, "refund-2026-0317", ledger.Options{})
	fmt.Println(errors.Is(err, ledger.ErrInsufficient), err)

	books, err = books.Resolve("DP-1", true, noon(30))
	if err != nil {
		log.Fatal(err)
	}
	plan, err := books.Plan(decision, "refund-2026-0317", ledger.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("won:", plan.Amount(), "can go back")
	// Output:
	// true ledger: 60.00 USD is more than the 25.00 USD that is free, with 75.00 USD in dispute
	// won: 60.00 USD can go back
}

// The gateway reports that a refund has failed. What it took is free again, and its
// decision can be tried once more, under another key.
func ExampleLedger_Fail() {
	books, err := open()
	if err != nil {
		log.Fatal(err)
	}
	decision, err := authorize(books, "75.00")
	if err != nil {
		log.Fatal(err)
	}
	plan, err := books.Plan(decision, "refund-2026-0317", ledger.Options{})
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Post(plan, noon(11))
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range plan.Instructions() {
		books, err = books.Fail(i.Key, noon(12))
		if err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println("refundable", books.Totals().Refundable)
	_, err = books.Plan(decision, "refund-2026-0317", ledger.Options{})
	fmt.Println("the same key:", err)
	plan, err = books.Plan(decision, "refund-2026-0317-b", ledger.Options{})
	fmt.Println("another one:", plan.Amount(), err)
	// Output:
	// refundable 100.00 USD
	// the same key: ledger: conflict: the key stands for a refund that has failed: take another one
	// another one: 75.00 USD <nil>
}

// Books come out of a database. What breaks a rule is not read: here somebody has raised
// the amount of a refund.
func ExampleRestore() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	decision, err := refund.ParseDigest("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b")
	if err != nil {
		log.Fatal(err)
	}
	events := []ledger.Event{
		{Kind: ledger.EventPaid, At: noon(2), ID: "PAY-1", Amount: usd("100.00")},
		{Kind: ledger.EventPosted, At: noon(11), ID: "refund-2026-0317", Amount: usd("60.00"), Decision: decision,
			Shares: []ledger.Share{{Payment: "PAY-1", Amount: usd("60.00")}}},
	}
	books, err := ledger.Restore("SUB-1001", usd("100.00"), events)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("version", books.Version(), "refundable", books.Totals().Refundable)

	events[1].Amount, events[1].Shares[0].Amount = usd("160.00"), usd("160.00")
	_, err = ledger.Restore("SUB-1001", usd("100.00"), events)
	fmt.Println(err)
	// Output:
	// version 2 refundable 40.00 USD
	// refund: invalid input: events[1]: 160.00 USD is more than the 100.00 USD that is free, with 0.00 USD in dispute
}

// Half of an invoice goes back: two lines, one of them at a lower rate of tax.
func ExampleSplit() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	parts, err := ledger.Split(usd("54.75"), []ledger.Line{
		{ID: "support", Net: usd("75.00"), Tax: usd("15.00")},
		{ID: "handbook", Net: usd("18.40"), Tax: usd("1.10")},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range parts {
		fmt.Println(p.ID, p.Net, "and tax", p.Tax)
	}
	// Output:
	// support 37.50 USD and tax 7.50 USD
	// handbook 9.20 USD and tax 0.55 USD
}

// An invoice has 20 % tax on its sum: 55.83. Worked out line by line it would come to
// 55.84, since two of them are rounded up.
func ExampleSpreadTax() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	taxes, err := ledger.SpreadTax(usd("55.83"), usd("68.33"), usd("68.33"), usd("57.50"), usd("85.00"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(taxes)
	// Output:
	// [13.67 USD 13.66 USD 11.50 USD 17.00 USD]
}
