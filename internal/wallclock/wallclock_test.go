package wallclock_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/internal/wallclock"
)

var places = []string{
	"America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Antarctica/Troll", "Pacific/Apia",
	"Africa/Casablanca", "America/Caracas", "Asia/Kathmandu", "UTC",
}

// The oracle tries every quarter of an hour of offset.
func TestShowingFindsEveryInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := testkit.Zone(rapid.SampledFrom(places).Draw(t, "place"))
		clock := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "second"), 0).UTC()
		if rapid.Bool().Draw(t, "near a change") { // New York and Lord Howe, in their Aprils and Novembers
			change := rapid.SampledFrom([]string{"2025-11-02 01:30:00", "2026-03-08 02:30:00", "2026-04-05 01:45:00", "2011-12-30 12:00:00"}).Draw(t, "change")
			clock, _ = time.Parse(time.DateTime, change)
			clock = clock.Add(time.Duration(rapid.IntRange(-7200, 7200).Draw(t, "seconds")) * time.Second)
		}
		var want []time.Time
		for minutes := -15 * 60; minutes <= 15*60; minutes += 15 {
			if at := clock.Add(time.Duration(minutes) * time.Minute).In(loc); at.Format(time.DateTime) == clock.Format(time.DateTime) {
				want = append(want, at)
			}
		}
		if got := wallclock.Showing(clock, loc); !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Fatalf("%v in %v: got %v, want %v", clock, loc, got, want)
		}
	})
}

func TestFault(t *testing.T) {
	for _, r := range []struct {
		why  string
		loc  *time.Location
		want string // the beginning of the reason
	}{
		{"no location", nil, "is required"},
		{"the name of the machine's location", time.FixedZone("Local", 0), "is the zone of the machine"},
		{"a location without a name", time.FixedZone("", 3600), "has no name"},
		{"UTC", time.UTC, ""},
		{"a place", testkit.NewYork, ""},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			if got := wallclock.Fault(r.loc); !strings.HasPrefix(got, r.want) || r.want == "" && got != "" {
				t.Errorf("reason %q, want %q", got, r.want)
			}
		})
	}
}
