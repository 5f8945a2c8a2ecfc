package evidence

import (
	"strings"
	"time"
)

// A Resolution is the result of the review for one issue. The zero Resolution does not
// belong to an issue.
type Resolution struct {
	Issue            string    // the issue's id
	Opened, Resolved time.Time // those of the issue when it was reviewed

	// Standing describes how well the records show the resolution.
	Standing Standing

	// Supporting are the records that name the issue, were made in the time of the
	// resolution, and can support it. If no record does, Supporting has records of the
	// account that name no issue and were made in that time: the first MaxListed of them.
	Supporting []Ref

	// More is the number of such records without an issue beyond the first MaxListed.
	More int

	// Contradicting are the records that dispute the resolution.
	Contradicting []Contradiction
}

// MaxListed is the largest number of records in [Resolution].Supporting that name no issue.
// Records that name the issue are all listed.
const MaxListed = 8

// detail returns a sentence on why the records do not show the resolution.
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
