package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/internal/oracle"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/refundrapid"
)

// A subject is a case with its policy.
type subject struct {
	policy refund.Policy
	c      refund.Case
}

// subjects returns a generator of subjects, one for each goroutine that draws.
func subjects() *rapid.Generator[subject] {
	return rapid.Custom(func(t *rapid.T) subject {
		p := refundrapid.Policy().Draw(t, "policy")
		return subject{p, refundrapid.Case(p).Draw(t, "case")}
	})
}

// A breach is a case that breaks a law.
type breach struct {
	seed int64
	err  error
}

// errObjected is that of an outcome which the oracle objects to.
var errObjected = errors.New("the oracle objects")

// shrunk returns the breach with the smallest case that can be shown. The laws have
// done that themselves.
func (b *breach) shrunk(evaluate refundtest.Evaluator) *breach {
	if b.err != errObjected {
		return b
	}
	err := smallest(evaluate, b.seed)
	return &breach{b.seed, err}
}

func (b *breach) show(w io.Writer) {
	fmt.Fprintf(w, "seed %d breaks a law (to try it again: -case %d)\n%v\n", b.seed, b.seed, b.err)
}

// try tries the laws on the case of a seed, and the oracle if asked. It returns what
// the evaluator comes to.
func try(evaluate refundtest.Evaluator, cases *rapid.Generator[subject], seed int64, ask bool) (s subject, o refund.Outcome, err error) {
	defer func() {
		// Not the evaluator's: its panics are told by the laws.
		if value := recover(); value != nil {
			err = fmt.Errorf("panic: %v\n%s", value, debug.Stack())
		}
	}()
	s = cases.Example(int(seed))
	if err := refundtest.CheckLaws(evaluate, s.policy, s.c); err != nil {
		return s, o, err
	}
	o, err = evaluate(s.policy, s.c)
	if errors.Is(err, errors.ErrUnsupported) {
		return s, o, nil
	}
	if err == nil && ask && oracle.Objections(s.policy, s.c, o) != nil {
		err = errObjected
	}
	return s, o, err
}

// smallest has rapid shrink the case of a seed that the oracle objects to.
func smallest(evaluate refundtest.Evaluator, seed int64) error {
	if !flag.Parsed() { // rapid looks at the flags of tests
		testing.Init()
		flag.CommandLine.Parse(nil) // which ends the program if it fails
	}
	for name, value := range map[string]string{
		"rapid.seed": strconv.FormatInt(seed, 10), "rapid.checks": "1", "rapid.nofailfile": "true", "rapid.shrinktime": "20s",
	} {
		usual := flag.Lookup(name).Value.String()
		if err := flag.Set(name, value); err != nil {
			return err
		}
		defer flag.Set(name, usual)
	}
	objected := func(s subject) (o refund.Outcome, objections []string) {
		o, err := evaluate(s.policy, s.c)
		if err != nil {
			return o, nil
		}
		return o, oracle.Objections(s.policy, s.c, o)
	}
	s := subjects().Example(int(seed))
	done := make(chan struct{})
	go func() { // which FailNow ends
		defer close(done)
		cases := subjects()
		rapid.Check(&stand{}, func(t *rapid.T) {
			small := cases.Draw(t, "case")
			if _, objections := objected(small); objections != nil {
				s = small
				t.FailNow()
			}
		})
	}()
	<-done
	o, objections := objected(s)
	return &refundtest.Failure{
		Name: "oracle", Reason: "an outcome is what the clauses say, written down a second time",
		Got: strings.Join(objections, "; "), Want: "no objection",
		Policy: s.policy, Case: s.c, Outcome: o,
	}
}

// A stand is the test that rapid fails as it shrinks.
type stand struct {
	rapid.TB
	failed bool
}

func (s *stand) Helper()               {}
func (s *stand) Name() string          { return "soak" }
func (s *stand) Logf(string, ...any)   {}
func (s *stand) Log(...any)            {}
func (s *stand) Errorf(string, ...any) { s.failed = true }
func (s *stand) Failed() bool          { return s.failed }
func (s *stand) FailNow()              { runtime.Goexit() }

// tryOne shows the case of a seed and what comes of it.
func tryOne(evaluate refundtest.Evaluator, seed int64, w io.Writer) int {
	s, o, err := try(evaluate, subjects(), seed, true)
	fmt.Fprintf(w, "policy: %+v\ncase: %+v\n", s.policy, s.c)
	if err != nil {
		(&breach{seed, err}).shrunk(evaluate).show(w)
		return exitBroken
	}
	fmt.Fprintf(w, "%sno law is broken\n", refundtest.Explain(o))
	return exitOK
}
