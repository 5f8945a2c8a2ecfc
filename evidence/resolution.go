package evidence

import (
	"strconv"
	"strings"
	"time"
)

// A Resolution is how one issue of the log stands. The zero Resolution is that of no
// issue.
type Resolution struct {
	Issue            string    // the issue's id
	Opened, Resolved time.Time // as they were reviewed

	// Standing is how well the records show it.
	Standing Standing

	// Supporting are the records that name the issue and were made in its time; where
	// there are none, the records of the account that name no issue and were made in its
	// time: of these, the first MaxListed.
	Supporting []Ref

	// More is how many records that name no issue are not listed in Supporting.
	More int

	// Contradicting are the records that dispute it.
	Contradicting []Contradiction
}

// MaxListed is how many records that name no issue are listed for a resolution.
const MaxListed = 8

// reason says why the records do not show the resolution.
func (s *Resolution) reason() string {
	switch s.Standing {
	case StandingUnsupported:
		return "unsupported: no record was made in its time"
	case StandingDisputed:
	default: // of a report that was made by hand
		return s.Standing.String()
	}
	const most = 3
	var b strings.Builder
	b.WriteString("disputed: ")
	for i, a := range s.Contradicting {
		if i == most {
			b.WriteString(", and " + strconv.Itoa(len(s.Contradicting)-most) + " more")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		switch a.Objection {
		case ObjectionCameBack:
			b.WriteString("the customer came back in " + a.Record.String())
		case ObjectionMedia:
			b.WriteString("a file of " + a.Record.String() + " is not what it was")
		}
	}
	return b.String()
}
