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

// A search tries laws on the plain case, on those of the vectors, and then on cases that
// rapid draws. Where a law is broken, the case is made as plain as possible: a drawn one by
// rapid first.
type search struct {
	evaluate Evaluator
	results  []result

	drawn  int // cases drawn so far
	broken int // the index of the law that is being shrunk, or -1
	tries  int // of shrinking it
}

// A result is what a search found out about a law.
type result struct {
	law
	failure   *Failure // nil if no breach was found
	supported bool     // by the evaluator, on at least one case
	shrunk    bool     // the failure's case is as small as possible
}

// mostTries bounds the time that shrinking one failure takes. Most need fewer.
const mostTries = 400

// searchFor tries laws on an evaluator.
func searchFor(evaluate Evaluator, laws []law) []result {
	s := &search{evaluate: evaluate, results: make([]result, len(laws)), broken: -1}
	for i, l := range laws {
		s.results[i].law = l
	}
	p, c := Policy(), Case()
	plain := newTrial(evaluate, &p, &c)
	for i := range s.results {
		s.results[i].shrunk = s.results[i].try(plain) // no case is smaller
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

// smallestFirst returns the vectors in the order of how much there is to read of their
// cases, so that the first that breaks a law is a small one.
var smallestFirst = sync.OnceValue(func() []*vector {
	known, _ := vectors() // suite reports what is wrong with them
	list := make([]*vector, len(known))
	lengths := map[*vector]int{}
	for i := range known {
		list[i] = &known[i]
		lengths[list[i]] = toRead(&known[i].p, &known[i].c)
	}
	slices.SortStableFunc(list, func(a, b *vector) int { return cmp.Compare(lengths[a], lengths[b]) })
	return list
})

// enough returns how many cases are drawn. Those of an evaluator that is known to be wrong
// only look for more laws that it breaks, so that a fifth will do.
func (s *search) enough() int {
	n := cases()
	if slices.ContainsFunc(s.results, func(r result) bool { return r.failure != nil }) {
		n /= 5
	}
	return n
}

// try tries the law on a case, and reports whether it is broken.
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

// cases returns how many cases are drawn: 1,000 instead of rapid's usual 100, or as many
// as -rapid.checks says.
func cases() int {
	n, err := strconv.Atoi(flag.Lookup("rapid.checks").Value.String())
	if err != nil || n == 100 {
		return 1000
	}
	return n
}

// draw lets rapid draw cases until a law is broken, and reports whether to go on.
func (s *search) draw() bool {
	before := s.drawn
	s.broken, s.tries = -1, 0
	if problem := refute(s.property); problem != "" && s.broken < 0 {
		panic("refundtest: " + problem) // a mistake of this package
	}
	if s.broken >= 0 {
		r := &s.results[s.broken]
		r.simplify(s.evaluate) // rapid does not always get this far
		r.shrunk = true
	}
	return s.drawn > before
}

// property fails where a law is broken.
func (s *search) property(t *rapid.T) {
	if s.broken >= 0 {
		s.tries++
	} else {
		s.drawn++
	}
	enough := s.drawn > s.enough() || s.tries > mostTries
	// A failure that does not happen again ends rapid's shrinking: it takes the first of
	// these tries for one that is smaller, and the next one passes.
	last := s.tries == mostTries+2
	if last || !enough && s.breaksNext(t) {
		t.FailNow() // in one place: rapid takes one elsewhere for another failure
	}
}

// breaksNext reports whether the next case breaks a law.
func (s *search) breaksNext(t *rapid.T) bool {
	p := gen.Policy().Draw(t, "policy")
	c := gen.Case(p).Draw(t, "case")
	return s.breaks(newTrial(s.evaluate, &p, &c))
}

// breaks tries the laws that are not yet broken by a drawn case. While rapid shrinks a
// case, it tries the broken law alone, which has to be broken on the same clause.
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

// refute is rapid.Check without a test to fail. It returns what rapid reports.
func refute(property func(*rapid.T)) (problem string) {
	r := &recorder{}
	defer func() {
		if p := recover(); p != nil && p != r {
			panic(p)
		}
		if problem = r.problem; problem != "" { // with a file of it, which only rapid can read
			rapidFiles := filepath.Join("testdata", "rapid")
			os.RemoveAll(filepath.Join(rapidFiles, r.Name()))
			os.Remove(rapidFiles) // only if it is empty
			os.Remove("testdata")
		}
	}()
	rapid.Check(r, property)
	return ""
}

// A recorder takes what rapid reports, in the place of a *testing.T: with one of those,
// rapid would print whole cases.
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
