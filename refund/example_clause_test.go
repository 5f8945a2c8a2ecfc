package refund_test

import (
	"fmt"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// List the clauses on a help page, in the policy's order.
func ExampleClauses() {
	for _, clause := range refund.Clauses()[:4] {
		fmt.Printf("%-10s %s\n", clause, clause.Title())
	}
	fmt.Println(len(refund.Clauses()), "in all")
	// Output:
	// guarantee  Guarantee
	// case-1     No issue resolved
	// case-2     Issues resolved
	// one-time   One-time service
	// 18 in all
}
