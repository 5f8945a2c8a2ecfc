package refund_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestFaultsAdd(t *testing.T) {
	required := refund.Fault{Path: "id", Reason: "is required"}
	for _, r := range []struct {
		reason       string
		before       refund.Faults
		path, fault  string
		want         refund.Faults
		wantAnyError bool
	}{
		{"the first fault of the zero Faults", nil, "id", "is required", refund.Faults{required}, true},
		{"a fault comes after those before it", refund.Faults{required}, "a", "is negative", refund.Faults{required, {Path: "a", Reason: "is negative"}}, true},
		{"two faults of one field are both kept", refund.Faults{required}, "id", "is required", refund.Faults{required, required}, true},
		{"a fault of the whole text has no path", nil, "", "is not an object", refund.Faults{{Reason: "is not an object"}}, true},
		{"a check that passed has no reason", nil, "id", "", nil, false},
		{"a check that passed leaves earlier faults", refund.Faults{required}, "id", "", refund.Faults{required}, true},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			f := r.before
			f.Add(r.path, r.fault)
			if diff := cmp.Diff(r.want, f); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if err := f.Err(); (err != nil) != r.wantAnyError {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// Silent errors have no text.
type silent struct{}

func (silent) Error() string { return "" }

// A jointless error has the method of a joined error but joins no errors.
type jointless struct{ silent }

func (jointless) Unwrap() []error { return nil }

// A listed error returns faults of its own, in place of the one that it wraps.
type listed struct {
	silent
	faults refund.Faults
}

func (l listed) Faults() refund.Faults { return l.faults }
func (l listed) Unwrap() error         { return refund.Fault{Path: "wrapped", Reason: "is a fault"} }

func TestFaultsMerge(t *testing.T) {
	a, b, c := refund.Fault{Path: "a", Reason: "is a fault"}, refund.Fault{Path: "b", Reason: "is a fault"}, refund.Fault{Path: "c", Reason: "is a fault"}
	invalid := func(faults ...refund.Fault) error { return &refund.InvalidError{Faults: faults} }
	text := func(reason string) refund.Fault { return refund.Fault{Reason: reason} }
	plain := errors.New("no connection")
	for _, r := range []struct {
		reason string
		err    error
		want   refund.Faults
	}{
		{"a nil error adds no fault", nil, nil},
		{"all faults of an InvalidError, in their order", invalid(b, a), refund.Faults{b, a}},
		{"a single Fault is an error too", a, refund.Faults{a}},
		{"a wrapped InvalidError", fmt.Errorf("host: %w", invalid(a, b)), refund.Faults{a, b}},
		{"an InvalidError that is wrapped twice", fmt.Errorf("page: %w", fmt.Errorf("host: %w", invalid(a))), refund.Faults{a}},
		{"a wrapped Fault keeps its path", fmt.Errorf("host: %w", a), refund.Faults{a}},
		{"both of two joined errors", errors.Join(invalid(b), invalid(a)), refund.Faults{b, a}},
		{"both of two errors that one text wraps", fmt.Errorf("%w, and %w", invalid(a), invalid(b)), refund.Faults{a, b}},
		{"all of a wrapped join, of which errors.As finds the first", fmt.Errorf("host: %w", errors.Join(invalid(a), invalid(b, c))), refund.Faults{a, b, c}},
		{"a join in a join", errors.Join(invalid(a), errors.Join(invalid(b), c)), refund.Faults{a, b, c}},
		{"an error that returns faults", listed{faults: refund.Faults{b, a}}, refund.Faults{b, a}},
		{"a wrapped error that returns faults", fmt.Errorf("host: %w", errors.Join(listed{faults: refund.Faults{b}}, a)), refund.Faults{b, a}},
		{"an error that returns no faults is not a success", listed{}, refund.Faults{text("is invalid")}},
		{"another error is a fault of the whole", plain, refund.Faults{text("no connection")}},
		{"another error that is wrapped keeps its whole text", fmt.Errorf("host: %w", plain), refund.Faults{text("host: no connection")}},
		{"another error joined with an InvalidError", errors.Join(invalid(a), plain), refund.Faults{a, text("no connection")}},

		{"an InvalidError without faults is not a success", invalid(), refund.Faults{text("is invalid")}},
		{"a wrapped InvalidError without faults is not a success", fmt.Errorf("host: %w", invalid()), refund.Faults{text("is invalid")}},
		{"an error without a text is not a success", silent{}, refund.Faults{text("is invalid")}},
		{"a join of no errors is not a success", jointless{}, refund.Faults{text("is invalid")}},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			before := refund.Fault{Path: "before", Reason: "was found earlier"}
			f := refund.Faults{before}
			f.Merge(r.err)
			if diff := cmp.Diff(append(refund.Faults{before}, r.want...), f); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			var alone refund.Faults
			alone.Merge(r.err)
			if err := alone.Err(); (err != nil) != (r.err != nil) {
				t.Errorf("%v became %v", r.err, err)
			}
		})
	}
}

// Merge finds the faults of wrapped and joined errors, once each and in order.
func TestFaultsMergeOfTrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want refund.Faults
		var tree func(depth int) error
		tree = func(depth int) error {
			kind := rapid.IntRange(0, 4).Draw(t, "kind")
			if depth == 0 {
				kind %= 2
			}
			fault := refund.Fault{Path: fmt.Sprintf("f%d", len(want)), Reason: "is a fault"}
			switch kind {
			case 0:
				want = append(want, fault)
				return fault
			case 1:
				want = append(want, fault, fault)
				return &refund.InvalidError{Faults: []refund.Fault{fault, fault}}
			case 2:
				return fmt.Errorf("wrapped: %w", tree(depth-1))
			}
			var errs []error
			for range rapid.IntRange(1, 3).Draw(t, "joined") {
				errs = append(errs, tree(depth-1))
			}
			return errors.Join(errs...)
		}
		var got refund.Faults
		got.Merge(tree(4))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("faults (-want +got):\n%s", diff)
		}
	})
}

func TestFaultsAt(t *testing.T) {
	faults := refund.Faults{{Path: "a", Reason: "is negative"}, {Path: "a.b", Reason: "is required"}, {Reason: "is too long"}, {Path: "a", Reason: "is above the price"}}
	for _, r := range []struct {
		reason, path string
		want         []string
	}{
		{"every fault of the path, in their order", "a", []string{"is negative", "is above the price"}},
		{"the path of a field below another one", "a.b", []string{"is required"}},
		{"the whole input has the empty path", "", []string{"is too long"}},
		{"a path without faults", "b", nil},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := faults.At(r.path); !slices.Equal(got, r.want) || (got == nil) != (r.want == nil) {
				t.Errorf("got %q, want %q", got, r.want)
			}
		})
	}
}

func TestFaultsErr(t *testing.T) {
	for _, r := range []struct {
		reason string
		faults refund.Faults
		want   string
	}{
		{"the zero Faults is a nil error, not an InvalidError without faults", nil, ""},
		{"an empty list is a nil error", refund.Faults{}, ""},
		{"one fault", refund.Faults{{Path: "id", Reason: "is required"}}, "refund: invalid input: id: is required"},
		{"a fault of the whole text", refund.Faults{{Reason: "is not an object"}}, "refund: invalid input: is not an object"},
		{"three faults are all shown", someFaults(3).Faults, "refund: invalid input: issues[0].id: is required; issues[1].id: is required; issues[2].id: is required"},
		{"the fourth fault is counted, so that a log line stays short", someFaults(4).Faults, "refund: invalid input: issues[0].id: is required; issues[1].id: is required; issues[2].id: is required (and 1 more)"},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			err := r.faults.Err()
			if r.want == "" {
				if err != nil {
					t.Fatalf("got %v", err)
				}
				return
			}
			var invalid *refund.InvalidError
			if !errors.As(err, &invalid) {
				t.Fatalf("%T is not an InvalidError", err)
			}
			if got := invalid.Error(); got != r.want {
				t.Errorf("got %q, want %q", got, r.want)
			}
			if diff := cmp.Diff([]refund.Fault(r.faults), invalid.Faults); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}
