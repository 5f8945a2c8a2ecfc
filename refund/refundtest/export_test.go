package refundtest

import "github.com/kasperinfotech/refundpolicy/refund"

// LawNames returns the names of all laws.
func LawNames() (names []string) {
	for _, l := range laws {
		names = append(names, l.name)
	}
	return names
}

// CheckLaw is CheckLaws for one law.
func CheckLaw(name string, evaluate Evaluator, p refund.Policy, c refund.Case) *Failure {
	for _, l := range laws {
		if l.name != name {
			continue
		}
		t := newTrial(evaluate, &p, &c)
		if b := l.on(t); b != nil && b != skip {
			return l.failure(t, b)
		}
		return nil
	}
	panic("unknown law " + name)
}

// CheckRefusals is Check with the refusals only.
func CheckRefusals(evaluate Evaluator, options ...Options) (failures Failures) {
	for _, c := range refusalGroup().checks {
		if f, _ := c.run(newSession(evaluate, last(options))); f != nil {
			failures = append(failures, f)
		}
	}
	return failures
}

// Source returns the Go source of a case as a failure has it.
func Source(p refund.Policy, c refund.Case) []string { return source(&p, &c) }
