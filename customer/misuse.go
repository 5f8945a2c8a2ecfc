package customer

import "time"

// A MisuseReport is a report of unauthorized use of the account. The zero MisuseReport has
// no id and is open.
type MisuseReport struct {
	ID string // identifies the report in a finding

	// The report is open from Made up to, but not including, Closed. The zero Closed means
	// that it is still open.
	Made, Closed time.Time
}

// Open reports whether the report is open at an instant.
func (r MisuseReport) Open(at time.Time) bool {
	return !at.Before(r.Made) && (r.Closed.IsZero() || at.Before(r.Closed))
}
