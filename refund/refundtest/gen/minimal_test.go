package gen_test

import (
	"flag"
	"runtime"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// A stand is a rapid.TB that rapid may fail without failing the test.
type stand struct {
	rapid.TB
	failed bool
}

func (s *stand) Helper()               {}
func (s *stand) Name() string          { return "stand" }
func (s *stand) Logf(string, ...any)   {}
func (s *stand) Log(...any)            {}
func (s *stand) Errorf(string, ...any) { s.failed = true }
func (s *stand) Failed() bool          { return s.failed }
func (s *stand) FailNow()              { runtime.Goexit() }

// passes reports whether rapid finds nothing against a property, in cases that are the
// same in every run.
func passes(t *testing.T, seed int, property func(*rapid.T)) bool {
	t.Helper()
	for name, value := range map[string]string{
		"rapid.nofailfile": "true", "rapid.shrinktime": "30s", "rapid.checks": "3000", "rapid.seed": strconv.Itoa(seed),
	} {
		usual := flag.Lookup(name).Value.String()
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
		defer flag.Set(name, usual)
	}
	s := &stand{}
	done := make(chan struct{})
	go func() { // which FailNow ends
		defer close(done)
		rapid.Check(s, property)
	}()
	<-done
	return !s.failed
}

// minimal returns the value that shrinking ends in of those for which a property does
// not hold.
func minimal[V any](t *testing.T, seed int, values *rapid.Generator[V], holds func(V) bool) (last V) {
	t.Helper()
	if passes(t, seed, func(t *rapid.T) {
		if v := values.Draw(t, "value"); !holds(v) {
			last = v
			t.Fatal("does not hold")
		}
	}) {
		t.Fatalf("seed %d: nothing found", seed)
	}
	return last
}
