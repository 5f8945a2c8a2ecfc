package whatif_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// A company shortened its window to two days, and never updated its holidays.
func ExampleLint() {
	policy := refund.Published(time.UTC)
	policy.WindowDays = 2
	policy.SpecialDays = refund.SpecialDays{refund.MustDate("2024-12-25"): nil}

	warnings, err := whatif.Lint(policy, time.Date(2026, time.March, 10, 0, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	for _, w := range warnings {
		fmt.Println(w.Code, w)
	}
	// Output:
	// callback_after_window policy.hours: let a customer who subscribes on 13 March 2026 and asks at once be called back after the window has closed
	// special_days_past policy.special_days: are all in the past: the last is 25 December 2024
}
