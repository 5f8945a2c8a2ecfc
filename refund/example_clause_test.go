package refund_test

import (
	"fmt"
	"log"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A page names a clause for programs, for people, and by its heading in the policy.
func ExampleClause() {
	clause := refund.ClauseCap
	fmt.Println(clause)
	fmt.Println(clause.Title())
	fmt.Println(clause.Section())
	// Output:
	// cap
	// Upper limit
	// Procedure For Refund
}

// A page of help lists the policy, in its order.
func ExampleClauses() {
	for _, clause := range refund.Clauses()[:4] {
		fmt.Printf("%-10s %s\n", clause, clause.Title())
	}
	fmt.Println(len(refund.Clauses()), "in all")
	// Output:
	// guarantee  Guarantee
	// case-1     Nothing resolved
	// case-2     Issues resolved
	// one-time   One-time service
	// 18 in all
}

// A page groups the clauses under the headings of the policy.
func ExampleClause_Section() {
	fmt.Println(refund.ClauseTicket.Section())
	fmt.Println(refund.ClausePeripherals.Section())
	// Output:
	// Procedure For Refund
	// Customer Responsibility
}

// A form for findings offers only the clauses that take one.
func ExampleClause_TakesFindings() {
	n := 0
	for _, clause := range refund.Clauses() {
		if clause.TakesFindings() {
			n++
		}
	}
	fmt.Println(n, "clauses take findings")
	fmt.Println(refund.ClauseCredentials.TakesFindings(), refund.ClauseCase2.TakesFindings())
	// Output:
	// 10 clauses take findings
	// true false
}

// A clause was never set.
func ExampleClause_IsValid() {
	var unset refund.Clause
	fmt.Println(unset, unset.IsValid())
	// Output:
	// unset false
}

// A clause is read from a text format.
func ExampleClause_UnmarshalText() {
	var clause refund.Clause
	if err := clause.UnmarshalText([]byte("log-review")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(clause == refund.ClauseLogReview)
	// Output:
	// true
}

// A heading for people stands above a clause's reason.
func ExampleClause_Title() {
	fmt.Println(refund.ClauseOneTime.Title())
	// Output:
	// One-time service
}
