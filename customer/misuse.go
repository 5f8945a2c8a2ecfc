package customer

import "time"

// A MisuseReport is a report of unauthorized use of the account. The zero MisuseReport
// has no id, and is open.
type MisuseReport struct {
	ID string // names the report in a finding

	// Made and Closed are when: at Made it is open, at Closed it is not any more. The
	// zero Closed means that it is open still.
	Made, Closed time.Time
}

// Open reports whether the report is open at an instant. One that is to be made later
// is not.
func (r MisuseReport) Open(at time.Time) bool {
	return !at.Before(r.Made) && (r.Closed.IsZero() || at.Before(r.Closed))
}
