package refund_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

const validText = testkit.CaseText

var documentText = testkit.DocumentText

func edit(t testing.TB, text string, pairs ...string) string {
	t.Helper()
	return testkit.Edit(t, text, pairs...)
}

// maxBytes and maxDepth are the limits of a text.
const (
	maxBytes = 1 << 20
	maxDepth = 64
)

func readCase(text []byte) (c refund.Case, err error) {
	err = c.UnmarshalJSON(text)
	return c, err
}

func decodeCase(text string) error {
	c, err := readCase(exactly(text))
	return half(cmp.Equal(c, refund.Case{}), err)
}

func readPolicy(text []byte) (p refund.Policy, err error) {
	err = p.UnmarshalJSON(text)
	return p, err
}

func readVersions(text []byte) (e refund.Versions, err error) {
	err = e.UnmarshalJSON(text)
	return e, err
}

// appendOutcome calls AppendJSON, whose error is always nil.
func appendOutcome(b []byte, o refund.Outcome) []byte {
	b, err := o.AppendJSON(b)
	if err != nil {
		panic(err)
	}
	return b
}

func decodeDocument(text string) error {
	d, err := document.Decode(exactly(text))
	return half(cmp.Equal(d, document.Document{}), err)
}

// exactly returns a text without spare capacity, so that reading beyond its end panics.
func exactly(text string) []byte { return slices.Clip([]byte(text)) }

var errHalf = errors.New("a value and an error from one call, or neither")

func half(zero bool, err error) error {
	if zero != (err != nil) {
		return errHalf
	}
	return err
}

// jsonPaths returns the sorted paths of an error's faults. It returns nil for nil.
func jsonPaths(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("error %v, want an InvalidError", err)
	}
	var paths []string
	for _, fault := range invalid.Faults {
		if fault.Reason == "" {
			t.Errorf("the fault of %q has no reason", fault.Path)
		}
		paths = append(paths, fault.Path)
	}
	if len(paths) == 0 {
		t.Error("an error without faults")
	}
	slices.Sort(paths)
	return paths
}

// ok holds the paths of a text without faults, and whole those of a text that cannot be read.
var ok, whole = []string(nil), []string{""}

// named fails a row of a table without a reason.
func named(t testing.TB, why string) {
	t.Helper()
	if strings.TrimSpace(why) == "" {
		t.Fatal("a row without its reason")
	}
}

func documentOf(t testing.TB, text string) document.Document {
	t.Helper()
	d, err := document.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func validCase(t testing.TB) refund.Case {
	t.Helper()
	c, err := readCase([]byte(validText))
	if err != nil {
		t.Fatal(err)
	}
	return c
}
