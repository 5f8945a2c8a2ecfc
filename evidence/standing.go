package evidence

import "strconv"

// Standing is how well the records show that an issue was resolved. The zero Standing is
// unset. Of the four for a resolution, a greater one is better shown.
type Standing uint8

const (
	// StandingUnresolved: the issue is not resolved, and nothing has to be shown.
	StandingUnresolved Standing = iota + 1
	// StandingDisputed: a record speaks against it.
	StandingDisputed
	// StandingUnsupported: no record speaks for it.
	StandingUnsupported
	// StandingPlausible: the account was attended to in its time, about nothing named.
	StandingPlausible
	// StandingCorroborated: a record that names the issue was made in its time.
	StandingCorroborated
)

var standingCodes = [...]string{"unset", "unresolved", "disputed", "unsupported", "plausible", "corroborated"}

// String returns the code, such as "corroborated".
func (s Standing) String() string {
	if int(s) >= len(standingCodes) {
		return "Standing(" + strconv.Itoa(int(s)) + ")"
	}
	return standingCodes[s]
}

// MarshalText returns the code, empty for the zero value.
func (s Standing) MarshalText() ([]byte, error) {
	if s == 0 {
		return []byte{}, nil
	}
	if int(s) >= len(standingCodes) {
		return nil, invalid("standing", strconv.Itoa(int(s))+" is no standing")
	}
	return []byte(standingCodes[s]), nil
}

// Shown reports whether the records show the resolution: it is corroborated or
// plausible.
func (s Standing) Shown() bool { return s == StandingPlausible || s == StandingCorroborated }

// Objection is what a record says against a resolution. The zero Objection is unset.
type Objection uint8

const (
	// ObjectionCameBack: the customer came back on the issue after it was marked resolved.
	ObjectionCameBack Objection = iota + 1
	// ObjectionMedia: a file of the record that should show it is missing or not what it
	// was.
	ObjectionMedia
)

var objectionCodes = [...]string{"unset", "came_back", "media"}

// String returns the code, such as "came_back".
func (o Objection) String() string {
	if int(o) >= len(objectionCodes) {
		return "Objection(" + strconv.Itoa(int(o)) + ")"
	}
	return objectionCodes[o]
}

// MarshalText returns the code, empty for the zero value.
func (o Objection) MarshalText() ([]byte, error) {
	if o == 0 {
		return []byte{}, nil
	}
	if int(o) >= len(objectionCodes) {
		return nil, invalid("objection", strconv.Itoa(int(o))+" is no objection")
	}
	return []byte(objectionCodes[o]), nil
}
