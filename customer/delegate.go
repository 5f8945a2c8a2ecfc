package customer

import "time"

// A Delegate is somebody with the holder's permission to use the account.
type Delegate struct {
	// Account is the delegate's own account id.
	Account string

	// From and Until are when the permission holds: at From it does, at Until it does
	// not any more. The zero From means always before Until, the zero Until for good.
	From, Until time.Time
}

// Holds reports whether the permission holds at an instant.
func (d Delegate) Holds(at time.Time) bool {
	return (d.From.IsZero() || !at.Before(d.From)) && (d.Until.IsZero() || at.Before(d.Until))
}
