package refund_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Beyond a zone's table of changes, time.Time.ZoneBounds returns for 31 December of a leap
// year an end that is before it. The search for the start of a day must still end, and find
// the right instant.
func TestDaysAroundTheEndOfLeapYears(t *testing.T) {
	for _, name := range []string{"America/New_York", "Europe/Dublin", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut", "Asia/Tokyo"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for year := 2024; year < 2424; year += 4 {
			for _, date := range []refund.Date{{Year: year, Month: 12, Day: 30}, {Year: year, Month: 12, Day: 31}, {Year: year + 1, Month: 1, Day: 1}, {Year: year + 1, Month: 1, Day: 2}} {
				start := date.Start(loc)
				if got := refund.DateOf(start); got != date {
					t.Errorf("%s: %v starts on %v", name, date, got)
				}
				if got := refund.DateOf(start.Add(-1)); got != date.AddDays(-1) {
					t.Errorf("%s: before %v comes %v", name, date, got)
				}
			}
		}
		policy := refund.Published(loc)
		for _, year := range []int{2040, 2044, 2096, 2104} { // all leap years
			request := time.Date(year, 12, 31, 12, 0, 0, 0, time.UTC)
			window, err := policy.Window(request.AddDate(0, 0, -10))
			if err != nil || !window.Contains(request) {
				t.Errorf("%s, %d: %v, %v", name, year, window, err)
			}
			callback, err := policy.Callback(request)
			if err != nil || callback.Earliest.Sub(request) > 6*24*time.Hour {
				t.Errorf("%s, %d: %v, %v", name, year, callback, err)
			}
		}
	}
}
