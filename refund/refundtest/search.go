package refundtest

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// A search checks laws on the fixture, on the cases of the vectors, and then on random cases
// from rapid. It makes a case that breaks a law as simple as possible; rapid shrinks a
// random case first.
type search struct {
	evaluate Evaluator
	results  []result

	drawn  int // random cases so far
	broken int // index of the law whose case is being shrunk, or -1
	tries  int // cases tried while shrinking it
}

// A result is the result of a search for one law.
type result struct {
	law
	failure   *Failure // nil if no breach was found
	supported bool     // by the evaluator, on at least one case
	shrunk    bool     // the failure's case is as simple as possible
}

// mostTries limits the cases tried while shrinking one failure. Most failures need fewer.
const mostTries = 400

// searchFor checks laws on an evaluator.
func searchFor(evaluate Evaluator, laws []law) []result {
	s := &search{evaluate: evaluate, results: make([]result, len(laws)), broken: -1}
	for i, l := range laws {
		s.results[i].law = l
	}
	p, c := Policy(), Case()
	plain := newTrial(evaluate, &p, &c)
	for i := range s.results {
		s.results[i].shrunk = s.results[i].try(plain) // no case is simpler
	}
	for _, v := range smallestFirst() {
		t := newTrial(evaluate, &v.p, &v.c)
		for j := range s.results {
			if r := &s.results[j]; r.failure == nil {
				r.try(t)
			}
		}
	}
	for i := range s.results {
		if r := &s.results[i]; r.failure != nil && !r.shrunk {
			r.simplify(evaluate)
			r.shrunk = true
		}
	}
	for s.drawn < s.enough() && s.draw() {
	}
	return s.results
}

// smallestFirst returns the vectors ordered by the size of their cases, so that a simple
// case is found first.
var smallestFirst = sync.OnceValue(func() []*vector {
	known, _ := vectors() // suite reports the error
	list := make([]*vector, len(known))
	lengths := map[*vector]int{}
	for i := range known {
		list[i] = &known[i]
		lengths[list[i]] = toRead(&known[i].p, &known[i].c)
	}
	slices.SortStableFunc(list, func(a, b *vector) int { return cmp.Compare(lengths[a], lengths[b]) })
	return list
})

// enough returns the number of random cases. For an evaluator that has already failed, a
// fifth is enough to find most of the other laws that it breaks.
func (s *search) enough() int {
	n := cases()
	if slices.ContainsFunc(s.results, func(r result) bool { return r.failure != nil }) {
		n /= 5
	}
	return n
}

// try checks the law on a case, and reports whether it is broken.
func (r *result) try(t *trial) bool {
	switch b := r.on(t); b {
	case nil:
		r.supported = true
	case skip:
	default:
		r.supported, r.failure = true, r.law.failure(t, b)
		return true
	}
	return false
}

// cases returns the number of random cases: that of flag -rapid.checks, or 1,000 instead of
// rapid's default of 100.
func cases() int {
	n, err := strconv.Atoi(flag.Lookup("rapid.checks").Value.String())
	if err != nil || n == 100 {
		return 1000
	}
	return n
}

// draw lets rapid draw cases until a law is broken, and reports whether there may be more.
func (s *search) draw() bool {
	before := s.drawn
	s.broken, s.tries = -1, 0
	if problem := refute(s.property); problem != "" && s.broken < 0 {
		panic("refundtest: " + problem) // a bug in this package
	}
	if s.broken >= 0 {
		r := &s.results[s.broken]
		r.simplify(s.evaluate) // rapid's result is not always as simple as possible
		r.shrunk = true
	}
	return s.drawn > before
}

// property fails if a law is broken.
func (s *search) property(t *rapid.T) {
	if s.broken >= 0 {
		s.tries++
	} else {
		s.drawn++
	}
	enough := s.drawn > s.enough() || s.tries > mostTries
	// A failure that does not repeat ends rapid's shrinking: this try fails, so rapid takes
	// it for a simpler case, and the next try passes.
	last := s.tries == mostTries+2
	if last || !enough && s.breaksNext(t) {
		t.FailNow() // the only place: rapid takes another place for another failure
	}
}

// breaksNext reports whether the next case breaks a law.
func (s *search) breaksNext(t *rapid.T) bool {
	p := gen.Policy().Draw(t, "policy")
	c := gen.Case(p).Draw(t, "case")
	return s.breaks(newTrial(s.evaluate, &p, &c))
}

// breaks checks the laws that no random case has broken yet. While rapid shrinks a case, it
// checks the broken law alone, which must be broken on the same clause.
func (s *search) breaks(t *trial) bool {
	if s.broken >= 0 {
		r := s.results[s.broken]
		if !r.try(t) || r.failure.Clause != s.results[s.broken].failure.Clause {
			return false
		}
		s.results[s.broken] = r
		return true
	}
	for i := range s.results {
		if r := &s.results[i]; !r.shrunk && r.try(t) {
			s.broken = i
			return true
		}
	}
	return false
}

// refute is like rapid.Check, but it does not fail a test. It returns the report of rapid, or "".
func refute(property func(*rapid.T)) (problem string) {
	r := &recorder{}
	defer func() {
		if p := recover(); p != nil && p != r {
			panic(p)
		}
		if problem = r.problem; problem != "" { // rapid wrote a file that only rapid can read
			rapidFiles := filepath.Join("testdata", "rapid")
			os.RemoveAll(filepath.Join(rapidFiles, r.Name()))
			os.Remove(rapidFiles) // only if empty
			os.Remove("testdata")
		}
	}()
	rapid.Check(r, property)
	return ""
}

// A recorder records the report of rapid. With a *testing.T, rapid would print whole cases.
type recorder struct {
	rapid.TB
	problem string
}

func (r *recorder) Helper()                           {}
func (r *recorder) Name() string                      { return fmt.Sprintf("refundtest-%p", r) }
func (r *recorder) Logf(string, ...any)               {}
func (r *recorder) Errorf(format string, args ...any) { r.problem = fmt.Sprintf(format, args...) }
func (r *recorder) Failed() bool                      { return r.problem != "" }
func (r *recorder) FailNow()                          { panic(r) }
