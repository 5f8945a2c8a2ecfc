package main

import (
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// The sample cases show the same states of the call back at any time of any day.
func TestSamplesAtAnyTime(t *testing.T) {
	policy := refund.Published(newYork)
	want := map[string]string{ // the call back of each case with a request
		"SUB-1001": "early", "SUB-1002": "due", "SUB-1003": "overdue", "SUB-1004": "early", "SUB-1005": "due", "SUB-1006": "early",
		"SUB-1007": "early", "SUB-1008": "due", "SUB-1010": "due", "SUB-1011": "due", "SUB-1012": "due", "SUB-1013": "overdue",
		"SUB-1014": "overdue", "SUB-1015": "overdue", "SUB-1016": "overdue", "SUB-1017": "overdue",
	}
	// Two weeks around each change of the clocks, with a step that reaches all times of the day.
	for _, from := range []time.Time{time.Date(2026, time.March, 1, 0, 0, 0, 0, newYork), time.Date(2026, time.October, 25, 0, 0, 0, 0, newYork)} {
		for now := from; now.Before(from.AddDate(0, 0, 14)); now = now.Add(97*time.Minute + 1234*time.Millisecond) {
			list, err := samples(policy, now)
			if err != nil || len(list) != len(want)+1 {
				t.Fatalf("%v: %d samples, %v", now, len(list), err)
			}
			for _, x := range list {
				r := x.Record
				if r.Request.At.IsZero() {
					continue
				}
				c, err := policy.Callback(r.Request.At)
				if err != nil {
					t.Fatal(err)
				}
				state := "due"
				if c.Earliest.After(now) {
					state = "early"
				} else if c.Latest.Before(now) {
					state = "overdue"
				}
				if state != want[r.Subscription.ID] || r.Request.At.After(now) || r.Request.At.Before(r.Subscription.Start) {
					t.Errorf("at %v, the call back of %s for the request at %v is %s", now, r.Subscription.ID, r.Request.At, state)
				}
			}
		}
	}
}
