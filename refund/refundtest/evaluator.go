package refundtest

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Evaluator evaluates a case by a policy, as [refund.Policy.Evaluate] does. It returns
// an outcome, or an error for an invalid input. For a valid case that it does not support,
// it returns an error that matches [errors.ErrUnsupported].
type Evaluator = func(refund.Policy, refund.Case) (refund.Outcome, error)

// judge evaluates a copy of a case, so that the evaluator cannot change the original. It
// returns a panic as an error.
func judge(evaluate Evaluator, p *refund.Policy, c *refund.Case) (o refund.Outcome, err error) {
	return judgeThese(evaluate, copyPolicy(p), copyCase(c))
}

// judgeThese is judge without the copies.
func judgeThese(evaluate Evaluator, p refund.Policy, c refund.Case) (o refund.Outcome, err error) {
	defer func() {
		if value := recover(); value != nil {
			o, err = refund.Outcome{}, &panicError{value, panicPlace()}
		}
	}()
	return evaluate(p, c)
}

// A panicError is the panic of an evaluator.
type panicError struct {
	value any
	place string // file and line
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v, at %s", e.value, e.place) }

// Unwrap returns the value of the panic if it is an error.
func (e *panicError) Unwrap() error {
	err, _ := e.value.(error)
	return err
}

// panicPlace returns the place of the panic that is being recovered from.
func panicPlace() string {
	pcs := make([]uintptr, 16)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)]) // skip the frames above panic
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", frame.File[strings.LastIndexByte(frame.File, '/')+1:], frame.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}

// copyPolicy copies a policy and its slices and maps; a nil one stays nil.
func copyPolicy(p *refund.Policy) refund.Policy {
	q := *p
	q.Required = slices.Clone(p.Required)
	// One array for the openings of the week: these copies take most of the time.
	week := make([]refund.Opening, 0, 2*len(q.Hours))
	for day, openings := range p.Hours {
		if openings != nil {
			n := len(week)
			week = append(week, openings...)
			q.Hours[day] = week[n:len(week):len(week)]
		}
	}
	q.SpecialDays = maps.Clone(p.SpecialDays)
	for day := range q.SpecialDays {
		q.SpecialDays[day] = slices.Clone(p.SpecialDays[day])
	}
	return q
}

// copyCase copies a case and its slices; a nil one stays nil.
func copyCase(c *refund.Case) refund.Case {
	d := *c
	d.Issues, d.Findings = slices.Clone(c.Issues), slices.Clone(c.Findings)
	return d
}
