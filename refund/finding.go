package refund

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
)

// A Finding is what a look at the logs or at the customer's side came to, about one
// clause. Findings come with a case from whoever looked, for [ClauseLogReview] and
// the nine customer clauses; [Policy.Evaluate] adds those it makes itself. A finding
// never changes an amount. The zero Finding is not valid in a case.
type Finding struct {
	// Clause is what was looked at. Required.
	Clause Clause

	// Severity is what it came to. Required; SeverityBlocking is valid for
	// ClauseCredentials and ClauseAccountAccess only.
	Severity Severity

	// Subject is what it is about, such as an issue's or a recording's id. Optional.
	Subject string

	// Detail says it in words. Optional; it is never quoted in an error.
	Detail string
}

// MaxFindings is how many findings a case may have: room for one on each issue, and for
// the others.
const MaxFindings = 20_000

// Severity is what a finding comes to. The zero Severity is unset; a greater one is
// worse.
type Severity uint8

const (
	// SeveritySatisfied: looked at, nothing to object.
	SeveritySatisfied Severity = iota + 1
	// SeverityAdvisory objects, and leaves the refund free.
	SeverityAdvisory
	// SeverityBlocking holds the refund.
	SeverityBlocking
)

var severityCodes = enum.Of[Severity]("Severity", "satisfied", "advisory", "blocking")

// String returns the code, such as "advisory".
func (s Severity) String() string { return severityCodes.String(s) }

// MarshalText returns the code, empty for the zero value.
func (s Severity) MarshalText() ([]byte, error) { return marshalCode("severity", severityCodes, s) }

// UnmarshalText reads a code; an empty text is the zero value.
func (s *Severity) UnmarshalText(text []byte) error {
	return invalid("severity", severityCodes.Parse(text, s))
}

// status returns the status that a clause has by its worst finding.
func (s Severity) status() Status {
	switch s {
	case SeveritySatisfied:
		return StatusSatisfied
	case SeverityAdvisory:
		return StatusObjected
	case SeverityBlocking:
		return StatusBlocking
	}
	return StatusNotEvaluated
}

func (fd *Finding) validate(f *Faults, i int) {
	path := func(field string) string { return "findings[" + strconv.Itoa(i) + "]." + field }
	known := fd.Clause.IsValid()
	switch {
	case !known:
		f.Add(path("clause"), clauseCodes.Fault(fd.Clause))
	case !fd.Clause.TakesFindings():
		f.Add(path("clause"), fd.Clause.String()+" is computed, and takes no findings")
	}
	switch {
	case !severityCodes.Valid(fd.Severity):
		f.Add(path("severity"), severityCodes.Fault(fd.Severity))
	case known && fd.Clause.TakesFindings() && fd.Severity == SeverityBlocking && !fd.Clause.mayBlock():
		f.Add(path("severity"), "blocking is for credentials and account-access only, not for "+fd.Clause.String())
	}
}

// compareFindings puts findings into the order of an outcome: by clause, the worst
// first.
func compareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Clause, b.Clause),
		-cmp.Compare(a.Severity, b.Severity),
		strings.Compare(a.Subject, b.Subject),
		strings.Compare(a.Detail, b.Detail),
	)
}
