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

// detail says in a sentence why the records do not show the resolution.
func (s *Resolution) detail() string {
	if s.Standing == StandingUnsupported {
		return "no record was made between its opening and its resolution"
	}
	var back, damaged []string
	for _, c := range s.Contradicting {
		switch c.Objection {
		case ObjectionCameBack:
			back = append(back, c.Record.String())
		case ObjectionMedia:
			damaged = append(damaged, c.Record.String())
		}
	}
	var parts []string
	if damaged != nil {
		parts = append(parts, "a file of "+several(damaged)+" is missing or altered")
	}
	if back != nil {
		parts = append(parts, "the customer came back in "+several(back)+" after the resolution")
	}
	if parts == nil { // in a report that was made by hand
		return "its standing is " + s.Standing.String()
	}
	return strings.Join(parts, "; ")
}

// several lists the first three of some names, and counts the others.
func several(names []string) string {
	const most = 3
	switch n := len(names); {
	case n == 1:
		return names[0]
	case n <= most:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	default:
		return strings.Join(names[:most], ", ") + " and " + strconv.Itoa(n-most) + " more"
	}
}
