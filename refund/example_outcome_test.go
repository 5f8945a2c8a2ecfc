package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A program that shows refunds is tested. An outcome has no power, so that a test
// may build one by hand.
func ExampleOutcome() {
	show := func(o refund.Outcome) string {
		if o.Held {
			return "on hold"
		}
		return "up to " + o.Refundable.String()
	}
	fmt.Println(show(refund.Outcome{Refundable: refund.MustMoney("174.99", "USD")}))
	fmt.Println(show(refund.Outcome{Refundable: refund.MustMoney("174.99", "USD"), Held: true}))
	// Output:
	// up to 174.99 USD
	// on hold
}

// The support desk explains the figure to the customer.
func ExampleOutcome_Why() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1001",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: start,
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: start.AddDate(0, 0, 1), Resolved: start.AddDate(0, 0, 2)},
		},
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Why(refund.ClauseGuarantee))
	fmt.Println(outcome.Why(refund.ClauseCase2))
	fmt.Println(outcome.Why(refund.ClauseCap))
	// Output:
	// asked on 9 March 2026; the last day is 16 March 2026 (15 days from 1 March)
	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
	// 174.99 USD is within the cap of 199.99 USD
}

// The customer was refunded a part before, and a dispute is open.
func ExampleOutcome_WhyRefundable() {
	outcome := refund.Outcome{
		Entitlement: refund.MustMoney("75.00", "USD"),
		Refunded:    refund.MustMoney("30.00", "USD"),
		Disputed:    refund.MustMoney("20.00", "USD"),
		Refundable:  refund.MustMoney("25.00", "USD"),
	}
	fmt.Println(outcome.WhyRefundable())
	// Output:
	// 75.00 USD less 30.00 USD already refunded and 20.00 USD in dispute: 25.00 USD
}

// A page is built in a buffer of the program's own.
func ExampleOutcome_AppendWhy() {
	outcome := refund.Outcome{Verdict: refund.VerdictOneTimeService}
	page := []byte("- ")
	page = outcome.AppendWhy(page, refund.ClauseOneTime)
	fmt.Println(string(page))
	// Output:
	// - one-time services are not refunded under the guarantee; the company may still grant goodwill
}

// A statement shows how the figure came about. The amounts of the steps add up to the
// entitlement, from which earlier refunds are subtracted.
func ExampleOutcome_Steps() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1008",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start:    start,
			Price:    refund.MustMoney("100.00", "USD"),
			Paid:     refund.MustMoney("100.00", "USD"),
			Refunded: refund.MustMoney("30.00", "USD"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: start.AddDate(0, 0, 1), Resolved: start.AddDate(0, 0, 2)},
		},
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, step := range outcome.Steps() {
		if !step.Amount.IsZero() {
			fmt.Printf("%-10s %-8s %11s\n", step.Clause, step.Status, step.Amount)
		}
	}
	fmt.Printf("%-19s %11s\n", "entitlement", outcome.Entitlement)
	fmt.Println(outcome.WhyRefundable())
	// Output:
	// guarantee  applied   100.00 USD
	// case-2     applied   -25.00 USD
	// entitlement           75.00 USD
	// 75.00 USD less 30.00 USD already refunded: 45.00 USD
}

// A case is evaluated again before anybody acts on it. If a fact has changed, so
// has the outcome.
func ExampleOutcome_Equal() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	policy := refund.Published(newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1001",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: start,
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	shown, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	c.Subscription.Refunded = refund.MustMoney("50.00", "USD") // meanwhile
	again, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(shown.Equal(again), shown.Refundable, again.Refundable)
	// Output:
	// false 199.99 USD 149.99 USD
}

// A program asks only whether the guarantee applies, whatever the amount.
func ExampleVerdict_Granted() {
	for _, verdict := range []refund.Verdict{
		refund.VerdictFull, refund.VerdictDeducted, refund.VerdictConsumed,
		refund.VerdictOneTimeService, refund.VerdictWindowClosed,
	} {
		fmt.Println(verdict, verdict.Granted())
	}
	// Output:
	// full true
	// deducted true
	// consumed true
	// one_time_service false
	// window_closed false
}

// A desk shows what nobody has looked at yet.
func ExampleStatus() {
	outcome := refund.Outcome{Statuses: refund.Statuses{
		refund.ClauseTicket:    refund.StatusSatisfied,
		refund.ClauseLogReview: refund.StatusNotEvaluated,
	}}
	for _, clause := range refund.Clauses() {
		if outcome.Statuses[clause] == refund.StatusNotEvaluated {
			fmt.Println(clause, outcome.Statuses[clause])
		}
	}
	// Output:
	// log-review not_evaluated
}

// The facts behind an outcome are kept with it.
func ExampleBasis() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1002",
			Service: refund.ServiceType{Code: "virus-removal", Billing: refund.BillingOneTime},
			Start:   start,
			Price:   refund.MustMoney("79.00", "USD"),
			Paid:    refund.MustMoney("79.00", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: start.AddDate(0, 0, 2), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	})
	if err != nil {
		log.Fatal(err)
	}
	basis := outcome.Basis
	fmt.Println("policy", basis.Policy, "in", basis.Location)
	fmt.Println("price", basis.Price, "paid", basis.Paid)
	// Output:
	// policy 1 in America/New_York
	// price 79.00 USD paid 79.00 USD
}

// A reading decides from which amount charges are deducted.
func ExampleBasis_Base() {
	basis := refund.Basis{
		Price:    refund.MustMoney("200.00", "USD"),
		Paid:     refund.MustMoney("100.00", "USD"),
		Readings: refund.Readings{DeductFrom: refund.DeductFromAmountPaid},
	}
	fmt.Println(basis.Base())
	// Output:
	// 100.00 USD
}

// A host answers each verdict with a letter of its own.
func ExampleVerdict() {
	letter := func(verdict refund.Verdict) string {
		switch verdict {
		case refund.VerdictFull, refund.VerdictDeducted:
			return "money back"
		case refund.VerdictConsumed:
			return "used up"
		case refund.VerdictOneTimeService, refund.VerdictWindowClosed:
			return "no refund"
		}
		return "unknown verdict " + verdict.String()
	}
	fmt.Println(letter(refund.VerdictDeducted))
	fmt.Println(letter(refund.VerdictWindowClosed))
	// Output:
	// money back
	// no refund
}

// A test says what is expected of two clauses. All others are unset.
func ExampleStatuses() {
	want := refund.Statuses{
		refund.ClauseTicket: refund.StatusObjected,
		refund.ClauseCap:    refund.StatusSatisfied,
	}
	fmt.Println(want[refund.ClauseTicket], want[refund.ClauseCap], want[refund.ClauseCase1])
	// Output:
	// objected satisfied unset
}

// A desk lists what is still to be looked at.
func ExampleStep() {
	steps := []refund.Step{
		{Clause: refund.ClauseTicket, Status: refund.StatusSatisfied},
		{Clause: refund.ClauseLogReview, Status: refund.StatusNotEvaluated},
	}
	for _, step := range steps {
		if step.Status == refund.StatusNotEvaluated {
			fmt.Println("look at", step.Clause)
		}
	}
	// Output:
	// look at log-review
}

// Two outcomes differ. Were they judged on the same facts?
func ExampleBasis_Equal() {
	shown := refund.Basis{Policy: "1", Paid: refund.MustMoney("200.00", "USD")}
	again := refund.Basis{Policy: "1", Paid: refund.MustMoney("150.00", "USD")}
	fmt.Println(shown.Equal(again))
	// Output:
	// false
}
