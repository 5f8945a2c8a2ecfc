package refund_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// eachRow runs a test for each row of a table, as a subtest named by the reason of the row.
func eachRow[R any](t *testing.T, rows []R, because func(R) string, test func(*testing.T, R)) {
	t.Helper()
	for i, row := range rows {
		reason := because(row)
		if strings.TrimSpace(reason) == "" {
			t.Errorf("row %d has no reason: %+v", i, row)
			continue
		}
		t.Run(reason, func(t *testing.T) { test(t, row) })
	}
}

// faultsOf returns the faults of an error, which must be an InvalidError with at least one.
func faultsOf(t rapid.TB, err error) []refund.Fault {
	t.Helper()
	if err == nil {
		return nil
	}
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("%T is no InvalidError: %v", err, err)
	}
	if len(invalid.Faults) == 0 {
		t.Fatal("an InvalidError without a fault")
	}
	for _, f := range invalid.Faults {
		if strings.TrimSpace(f.Reason) == "" {
			t.Errorf("the fault of %q has no reason", f.Path)
		}
	}
	if line := err.Error(); strings.ContainsAny(line, "\n\r") || len(line) > 700 {
		t.Errorf("no short line: %q", line)
	}
	return invalid.Faults
}

// pathsOf returns the sorted paths of an error's faults.
func pathsOf(t rapid.TB, err error) []string {
	t.Helper()
	var paths []string
	for _, f := range faultsOf(t, err) {
		paths = append(paths, f.Path)
	}
	slices.Sort(paths)
	return paths
}

// wantPaths checks that an error has exactly one fault at each of these paths, and no others.
func wantPaths(t rapid.TB, err error, want ...string) {
	t.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, pathsOf(t, err)); diff != "" {
		t.Errorf("paths of the faults (-want +got):\n%s%v", diff, err)
	}
}

func someFaults(n int) *refund.InvalidError {
	e := &refund.InvalidError{}
	for i := range n {
		e.Faults = append(e.Faults, refund.Fault{Path: fmt.Sprintf("issues[%d].id", i), Reason: "is required"})
	}
	return e
}

func TestInvalidErrorSummary(t *testing.T) {
	type row struct {
		because string
		faults  int
		more    string
	}
	eachRow(t, []row{
		{"an error without faults, which is not valid, still prints", 0, ""},
		{"one fault is shown", 1, ""},
		{"three faults are shown", 3, ""},
		{"the fourth fault is counted", 4, "(and 1 more)"},
		{"many faults: only the first are shown, the others counted", 1000, "(and 997 more)"},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		err := someFaults(r.faults)
		line := err.Error()
		for i, f := range err.Faults {
			if shown := strings.Contains(line, f.Error()); shown != (i < 3) {
				t.Errorf("fault %d shown: %v in %q", i, shown, line)
			}
		}
		if !strings.HasPrefix(line, "refund: ") {
			t.Errorf("%q does not name its package", line)
		}
		if strings.Contains(line, "more") != (r.more != "") || !strings.HasSuffix(line, r.more) {
			t.Errorf("%q does not end in %q", line, r.more)
		}
		if got, want := strings.Count(line, "; "), max(min(r.faults, 3)-1, 0); got != want {
			t.Errorf("%q has %d semicolons, want %d", line, got, want)
		}
	})
}

func TestInvalidErrorIsShort(t *testing.T) {
	const longest = 200
	fits := strings.Repeat("a", longest-len("p: "))
	for _, c := range []struct {
		because string
		reason  string
		cut     bool
	}{
		{"a fault of 200 bytes is shown in full", fits, false},
		{"a longer one is cut", fits + "b", true},
		{"a very long one is cut", strings.Repeat("c", 1_000_000), true},
	} {
		err := &refund.InvalidError{Faults: []refund.Fault{{Path: "p", Reason: c.reason}, {Path: "q", Reason: "shown too"}}}
		line := err.Error()
		if cut := strings.Contains(line, "…"); cut != c.cut || len(line) > 300 {
			t.Errorf("%s: cut %v, %d bytes", c.because, cut, len(line))
		}
		if shown := strings.Contains(line, "p: "+c.reason); shown == c.cut {
			t.Errorf("%s: shown in full: %v", c.because, shown)
		}
		if !strings.HasSuffix(line, "; q: shown too") {
			t.Errorf("%s: %q ends without the next fault", c.because, line)
		}
	}
}

// A text is cut between characters.
func TestInvalidErrorCutsBetweenCharacters(t *testing.T) {
	for shift := range 4 {
		reason := strings.Repeat("a", shift) + strings.Repeat("€", 100)
		err := &refund.InvalidError{Faults: []refund.Fault{{Path: "p", Reason: reason}}}
		line := err.Error()
		if !utf8.ValidString(line) || strings.ContainsRune(line, utf8.RuneError) || !strings.HasSuffix(line, "€…") {
			t.Errorf("got %q", line)
		}
	}
}

func TestInvalidErrorUnwraps(t *testing.T) {
	err := fmt.Errorf("host: %w", someFaults(5))

	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) || len(invalid.Faults) != 5 {
		t.Errorf("errors.As finds %v, want the InvalidError", invalid)
	}
	var first refund.Fault
	if !errors.As(err, &first) || first.Path != "issues[0].id" {
		t.Errorf("errors.As finds %v, want the first fault", first)
	}
	for _, f := range invalid.Faults {
		if !errors.Is(err, f) {
			t.Errorf("errors.Is does not find %v", f)
		}
	}
	if errors.Is(err, refund.Fault{Path: "issues[9].id", Reason: "is required"}) {
		t.Error("errors.Is finds a fault that is not in the error")
	}
	if errors.Is(err, refund.ErrCurrencyMismatch) {
		t.Error("an invalid input matches ErrCurrencyMismatch")
	}
}

func TestFault(t *testing.T) {
	if got, want := (refund.Fault{Path: "a.b", Reason: "is required"}).Error(), "a.b: is required"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := (refund.Fault{Reason: "is not an object"}).Error(), "is not an object"; got != want {
		t.Errorf("a fault of the whole text: got %q, want %q", got, want)
	}
}

func TestFaultsAsJSON(t *testing.T) {
	want := refund.Faults{{Path: "issues[3].id", Reason: "is required"}, {Reason: "is not an object"}}
	text, err := json.Marshal(want)
	if err != nil || string(text) != `[{"path":"issues[3].id","reason":"is required"},{"path":"","reason":"is not an object"}]` {
		t.Errorf("%s, %v", text, err)
	}
	var got refund.Faults
	if err := json.Unmarshal(text, &got); err != nil || !slices.Equal(got, want) {
		t.Errorf("read back as %v, %v", got, err)
	}
}

func TestCurrencyMismatchError(t *testing.T) {
	usd, jpy := refund.MustMoney("1.00", "USD"), refund.MustMoney("1", "JPY")
	_, errAdd := usd.Add(jpy)
	_, errSub := usd.Sub(jpy)
	_, errCmp := usd.Cmp(jpy)
	for name, err := range map[string]error{"Add": errAdd, "Sub": errSub, "Cmp": errCmp} {
		if !errors.Is(err, refund.ErrCurrencyMismatch) {
			t.Errorf("%s: %v does not match ErrCurrencyMismatch", name, err)
		}
		var mismatch *refund.CurrencyMismatchError
		if !errors.As(err, &mismatch) {
			t.Fatalf("%s: %T is no CurrencyMismatchError", name, err)
		}
		if mismatch.A != usd.Currency() || mismatch.B != jpy.Currency() {
			t.Errorf("%s: of %v and %v, want USD and JPY in this order", name, mismatch.A, mismatch.B)
		}
		for _, code := range []string{"USD", "JPY"} {
			if !strings.Contains(err.Error(), code) {
				t.Errorf("%s: %q does not name %s", name, err, code)
			}
		}
		if errors.Is(err, refund.ErrRange) {
			t.Errorf("%s: matches ErrRange", name)
		}
	}
	if got := (&refund.CurrencyMismatchError{}).Error(); !strings.Contains(got, "no currency") {
		t.Errorf("two zero currencies print as %q", got)
	}
}
