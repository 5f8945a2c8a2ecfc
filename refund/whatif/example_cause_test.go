package whatif_test

import (
	"fmt"

	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// Each cause is a clause, or money that has left or is claimed already.
func ExampleCause() {
	for _, cause := range whatif.Causes() {
		fmt.Printf("%s %q\n", cause, cause.Clause().Title())
	}
	// Output:
	// guarantee "Guarantee"
	// case-2 "Issues resolved"
	// one-time "One-time service"
	// cap "Upper limit"
	// refunded ""
	// disputed ""
}
