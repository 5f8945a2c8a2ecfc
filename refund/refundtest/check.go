package refundtest

import (
	"strconv"
	"sync"
	"testing"
)

// Check tests an evaluator against the vectors, refusals and laws. It returns nil or
// [Failures]. It panics outside of a test. For an evaluator as fast as package refund it
// takes a fraction of a second. If there are several options, the last ones count.
func Check(evaluate Evaluator, options ...Options) error {
	all, err := suite()
	if err != nil {
		return err
	}
	on := newSession(evaluate, last(options))
	var failures Failures
	for _, g := range all {
		unsupported := 0
		for _, c := range g.checks {
			f, supported := c.run(on)
			if f != nil {
				failures = append(failures, f)
			}
			if !supported {
				unsupported++
			}
		}
		if unsupported == len(g.checks) {
			failures = append(failures, g.untried())
		}
	}
	if failures == nil {
		return nil
	}
	return failures
}

// Run is [Check] as a test, with a subtest for each vector, refusal and law, such as
// "vectors/case-2/one-resolved" and "laws/never-more". It skips cases that the evaluator
// does not support.
func Run(t *testing.T, evaluate Evaluator, options ...Options) {
	t.Helper()
	all, err := suite()
	if err != nil {
		t.Fatal(err)
	}
	on := newSession(evaluate, last(options))
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].kind == all[0].kind {
			n++
		}
		t.Run(all[0].kind, func(t *testing.T) {
			for _, g := range all[:n] {
				t.Run(g.name, func(t *testing.T) { g.run(t, on) })
			}
		})
		all = all[n:]
	}
}

// A group is checks of one kind on one subject. At least one must be supported.
type group struct {
	kind   string // "vectors", "refusals", "laws"
	name   string
	checks []check
}

// A check is one vector, refusal or law.
type check struct {
	name string
	run  func(*session) (f *Failure, supported bool)
}

// run runs each check as a subtest, and a check without a name as the test itself.
func (g *group) run(t *testing.T, on *session) {
	if g.checks[0].name == "" {
		f, supported := g.checks[0].run(on)
		if !supported {
			f = g.untried()
		}
		if f != nil {
			t.Error(f)
		}
		return
	}
	unsupported := 0
	for _, c := range g.checks {
		t.Run(c.name, func(t *testing.T) {
			f, supported := c.run(on)
			if f != nil {
				t.Error(f)
			}
			if !supported {
				unsupported++
				t.Skip("not supported")
			}
		})
	}
	if unsupported == len(g.checks) {
		t.Error(g.untried())
	}
}

// untried returns the failure of an evaluator that supports no check of a group.
func (g *group) untried() *Failure {
	return &Failure{
		Name:   g.kind + "/" + g.name,
		Clause: clauseOf(g.name),
		Reason: "an evaluator must support at least one case of each group",
		Got:    "0 of " + strconv.Itoa(len(g.checks)) + " supported",
		Want:   "at least 1",
	}
}

// suite returns every check. Its first call reads the vectors.
var suite = sync.OnceValues(func() ([]group, error) {
	vectors, err := vectorGroups()
	if err != nil {
		return nil, err
	}
	groups := append(vectors, refusalGroup())
	for i, l := range laws {
		groups = append(groups, group{"laws", l.name, []check{{"", func(on *session) (*Failure, bool) {
			r := on.laws()[i]
			return r.failure, r.supported
		}}}})
	}
	return groups, nil
})

// A session is an evaluator under test.
type session struct {
	evaluate Evaluator
	options  Options
	laws     func() []result // in the order of laws
}

func newSession(evaluate Evaluator, options Options) *session {
	return &session{evaluate, options, sync.OnceValue(func() []result { return searchFor(evaluate, laws) })}
}
