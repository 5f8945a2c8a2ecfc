package evidence

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// A Contradiction is a record that disputes a resolution, and the reason why it does.
// The zero Contradiction names no record.
type Contradiction struct {
	Record    Ref
	Objection Objection
}

// String returns the record and the objection, such as "call C-17 came_back".
func (c Contradiction) String() string { return c.Record.String() + " " + c.Objection.String() }

// Objection is the reason why a record disputes a resolution. The zero Objection is unset.
type Objection uint8

const (
	// ObjectionCameBack: the customer came back about the issue after it was resolved.
	ObjectionCameBack Objection = iota + 1
	// ObjectionMedia: a file of a record that should show the resolution is missing or
	// altered.
	ObjectionMedia
)

var objectionCodes = enum.Of[Objection]("Objection", "came_back", "media")

// String returns the code, such as "came_back".
func (o Objection) String() string { return objectionCodes.String(o) }

// MarshalText returns the code, empty for the zero value.
func (o Objection) MarshalText() ([]byte, error) {
	text, reason := objectionCodes.Text(o)
	return text, invalid("objection", reason)
}
