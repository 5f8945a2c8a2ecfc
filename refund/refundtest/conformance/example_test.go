package conformance_test

import (
	"fmt"
	"log"
	_ "time/tzdata"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

// Compare an evaluator with the vectors of a clause. This one is the library's, with a
// window that is a day too long.
func Example() {
	vectors, err := conformance.Vectors()
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range vectors {
		if v.Name != "guarantee/closing-instant" {
			continue
		}
		d, err := document.Decode(v.Document)
		if err != nil {
			log.Fatal(err)
		}
		d.Policy.WindowDays++
		outcome, err := d.Evaluate()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(v.Reason)
		for _, d := range v.Want.Differences(outcome)[:3] {
			fmt.Println(d)
		}
	}
	// Output:
	// the window closes when the 15th day after the subscription date ends
	// verdict is full, want window_closed
	// refundable is 199.99 USD, want 0.00 USD
	// entitlement is 199.99 USD, want 0.00 USD
}

// Check a line of a program in another language, which wrongly counted in hundredths.
func ExampleVector_CheckLine() {
	vectors, err := conformance.Vectors()
	if err != nil {
		log.Fatal(err)
	}
	const line = `{"verdict": "full", "refundable": {"amount": "2480000", "currency": "JPY"}}`
	for i, v := range vectors {
		if v.Name == "case-1/yen" {
			for _, d := range v.CheckLine(i+1, []byte(line))[:3] {
				fmt.Println(d)
			}
		}
	}
	// Output:
	// subscription is missing, want "SUB-1"
	// refundable is 2480000 JPY, want 24800 JPY
	// entitlement is missing, want 24800 JPY
}
