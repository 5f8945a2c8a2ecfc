package refund_test

import (
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Read a company's policy from JSON. The desk has a lunch break, closes early on Christmas
// Eve, and is not in the zone whose days count.
func ExamplePolicy_UnmarshalJSON() {
	var policy refund.Policy
	err := json.Unmarshal([]byte(`{
		"version": "acme-2026",
		"effective": "2026-01-01T00:00:00Z",
		"window_days": 30,
		"location": "UTC",
		"desk_location": "America/Chicago",
		"hours": {
			"monday": [{"opens": "08:00", "closes": "13:00"}, {"opens": "14:00", "closes": "22:00"}],
			"saturday": [{"opens": "10:00", "closes": "14:00"}]
		},
		"special_days": {
			"2026-12-24": [{"opens": "08:00", "closes": "13:00"}],
			"2026-12-25": []
		},
		"callback_after": "4h",
		"callback_within": "8h30m",
		"readings": {
			"day_count": "day_after",
			"deduct_from": "amount_subscribed",
			"resolved_until": "request",
			"callback_clock": "business_hours",
			"one_time": "never_refunded",
			"released_amount": "whole",
			"goodwill_after": "less_refunds"
		},
		"required": ["log-review", "credentials", "account-access"]
	}`), &policy)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(policy.Version, policy.WindowDays, policy.Required)
	fmt.Println(policy.Hours[time.Monday][1].Opens, policy.DeskLocation, policy.CallbackWithin)
	for _, date := range []string{"2026-12-24", "2026-12-25"} {
		fmt.Println(date, policy.SpecialDays[refund.MustDate(date)])
	}
	// Output:
	// acme-2026 30 [log-review credentials account-access]
	// 14h0m0s America/Chicago 8h30m0s
	// 2026-12-24 [{8h0m0s 13h0m0s}]
	// 2026-12-25 []
}
