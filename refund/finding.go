package refund

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
)

// A Finding is a reviewer's result about one clause: about the logs ([ClauseLogReview]) or
// about one of the nine customer clauses. [Policy.Evaluate] adds findings of its own to
// those of the case. A finding never changes an amount. The zero Finding is not valid in a
// case.
type Finding struct {
	// Clause is the clause that was reviewed. Required.
	Clause Clause

	// Severity is the result. Required. SeverityBlocking is valid only for
	// ClauseCredentials and ClauseAccountAccess.
	Severity Severity

	// Subject is the id of the issue, recording or person that the finding is about.
	// Optional.
	Subject string

	// Detail is an explanation for people. Optional. Errors never quote it.
	Detail string
}

// MaxFindings is the maximum number of findings in a case: enough for one on each issue
// and as many others.
const MaxFindings = 20_000

// Severity is the result of a finding. The zero Severity is unset. A greater Severity is
// worse.
type Severity uint8

const (
	// SeveritySatisfied means that the reviewer has no objection.
	SeveritySatisfied Severity = iota + 1
	// SeverityAdvisory means that the reviewer objects. The refund is not held.
	SeverityAdvisory
	// SeverityBlocking means that the refund is held.
	SeverityBlocking
)

var severityCodes = enum.Of[Severity]("Severity", "satisfied", "advisory", "blocking")

// String returns the code, such as "advisory".
func (s Severity) String() string { return severityCodes.String(s) }

// MarshalText returns the code, or an empty text for the zero value.
func (s Severity) MarshalText() ([]byte, error) { return marshalCode("severity", severityCodes, s) }

// UnmarshalText reads a code. An empty text is the zero value.
func (s *Severity) UnmarshalText(text []byte) error {
	return invalid("severity", severityCodes.Parse(text, s))
}

// status returns the status of a clause whose worst finding has severity s.
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
		f.Add(path("clause"), fd.Clause.String()+" does not take findings: its status is computed")
	}
	switch {
	case !severityCodes.Valid(fd.Severity):
		f.Add(path("severity"), severityCodes.Fault(fd.Severity))
	case known && fd.Clause.TakesFindings() && fd.Severity == SeverityBlocking && !fd.Clause.mayBlock():
		f.Add(path("severity"), "blocking is allowed only for credentials and account-access, not for "+fd.Clause.String())
	}
}

// compareFindings defines the order of an outcome's findings: by clause, the worst first.
func compareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Clause, b.Clause),
		-cmp.Compare(a.Severity, b.Severity),
		strings.Compare(a.Subject, b.Subject),
		strings.Compare(a.Detail, b.Detail),
	)
}
