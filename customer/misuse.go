package customer

import "time"

// A MisuseReport is a report of unauthorized use of the account. The zero MisuseReport
// has no id, and is open.
type MisuseReport struct {
	ID string // names the report in a finding

	// Made and Closed limit the time in which the report is open to the instants [Made,
	// Closed). The zero Closed means that it is still open.
	Made, Closed time.Time
}

// Open reports whether the report is open at an instant.
func (r MisuseReport) Open(at time.Time) bool {
	return !at.Before(r.Made) && (r.Closed.IsZero() || at.Before(r.Closed))
}
