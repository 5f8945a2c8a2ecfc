package refund_test

import (
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A service reads the policy of its company from a file: a lunch break, an early closing on
// Christmas Eve, and a desk that is elsewhere than the days that count.
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

// A file with mistakes is refused as a whole, and each mistake is named.
func ExamplePolicy_UnmarshalJSON_faults() {
	var policy refund.Policy
	err := json.Unmarshal([]byte(`{
		"version": "acme-2026",
		"window_days": 0,
		"location": "UTC",
		"hours": {"monday": [{"opens": "8 AM", "closes": "22:00"}]},
		"callback_after": "4h",
		"callback_within": "8h",
		"readings": {
			"day_count": "day_after",
			"deduct_from": "amount_subscribed",
			"resolved_until": "request",
			"callback_clock": "business_hours",
			"one_time": "never_refunded",
			"released_amount": "whole",
			"goodwill_after": "less_refunds"
		}
	}`), &policy)
	fmt.Println(err)
	// Output:
	// refund: invalid input: policy.hours.monday[0].opens: is not a time of day such as "08:00", up to "24:00"; policy.required: is required; policy.window_days: must be 1 to 3660
}

// The published policy is written to a file, to be changed there.
func ExamplePolicy_MarshalJSON() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(refund.Published(newYork))
	if err != nil {
		log.Fatal(err)
	}
	var policy refund.Policy
	if err := json.Unmarshal(text, &policy); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s…\n", text[:62])
	fmt.Println(policy.Equal(refund.Published(newYork)))
	// Output:
	// {"version":"1","window_days":15,"location":"America/New_York",…
	// true
}

// All policies of a company are in one file. The one in force on the day of the
// subscription governs.
func ExampleVersions_UnmarshalJSON() {
	const (
		hours    = `"hours": {"monday": [{"opens": "08:00", "closes": "22:00"}]}`
		readings = `"readings": {"day_count": "day_after", "deduct_from": "amount_subscribed", "resolved_until": "request", "callback_clock": "business_hours", "one_time": "never_refunded", "released_amount": "whole", "goodwill_after": "less_refunds"}`
		rest     = `"location": "UTC", ` + hours + `, "callback_after": "4h", "callback_within": "8h", ` + readings + `, "required": ["log-review"]`
	)
	var versions refund.Versions
	err := json.Unmarshal([]byte(`{"versions": [
		{"version": "1", "window_days": 15, `+rest+`},
		{"version": "2", "effective": "2027-01-01T00:00:00Z", "window_days": 30, `+rest+`}
	]}`), &versions)
	if err != nil {
		log.Fatal(err)
	}
	policy, err := versions.At(time.Date(2026, time.March, 1, 15, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("version", policy.Version, policy.WindowDays, "days")
	// Output:
	// version 1 15 days
}

// A company adds a version to those it has, and writes the file anew.
func ExampleVersions_MarshalJSON() {
	first := refund.Published(time.UTC)
	second := first
	second.Version = "2"
	second.Effective = time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)
	versions, err := refund.NewVersions(first, second)
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(versions)
	if err != nil {
		log.Fatal(err)
	}
	var again refund.Versions
	if err := json.Unmarshal(text, &again); err != nil {
		log.Fatal(err)
	}
	for _, policy := range again.Policies() {
		fmt.Println("version", policy.Version)
	}
	// Output:
	// version 1
	// version 2
}
