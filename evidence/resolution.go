package evidence

import (
	"strings"
	"time"
)

// A Resolution is the result of the review for one issue. The zero Resolution is that of
// no issue.
type Resolution struct {
	Issue            string    // the issue's id
	Opened, Resolved time.Time // as reviewed

	// Standing says how well the records show the resolution.
	Standing Standing

	// Supporting are the records that name the issue and were made in the time of the
	// resolution. If there are none, they are the first MaxListed records of the account
	// that name no issue and were made in that time.
	Supporting []Ref

	// More is the number of records that name no issue and are not listed in Supporting.
	More int

	// Contradicting are the records that dispute it.
	Contradicting []Contradiction
}

// MaxListed is the number of records that name no issue and are listed for a resolution.
const MaxListed = 8

// detail says in a sentence why the records do not show the resolution.
func (s *Resolution) detail() string {
	if s.Standing == StandingUnsupported {
		return "no record was made between its opening and its resolution"
	}
	var back, damaged refList
	for _, c := range s.Contradicting {
		switch c.Objection {
		case ObjectionCameBack:
			back.add(c.Record)
		case ObjectionMedia:
			damaged.add(c.Record)
		}
	}
	var parts []string
	if damaged.first != nil {
		parts = append(parts, "a file of "+damaged.String()+" is missing or altered")
	}
	if back.first != nil {
		parts = append(parts, "the customer came back in "+back.String()+" after the resolution")
	}
	if parts == nil { // in a report that was made by hand
		return "its standing is " + s.Standing.String()
	}
	return strings.Join(parts, "; ")
}
