package customer

import "time"

// A Delegate has the holder's permission to use the account. The zero Delegate gives no one
// permission.
type Delegate struct {
	// Account is the delegate's own account id.
	Account string

	// From and Until limit the permission: it holds from From up to, but not including, Until.
	// A zero From means no beginning, and a zero Until means no end.
	From, Until time.Time
}

// Holds reports whether the permission holds at an instant.
func (d Delegate) Holds(at time.Time) bool {
	return (d.From.IsZero() || !at.Before(d.From)) && (d.Until.IsZero() || at.Before(d.Until))
}
