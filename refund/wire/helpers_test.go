package wire_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/wire"
)

// validText is a valid case that has every field, and text of every kind.
const validText = `{
  "subscription": {
    "id": "SUB-1",
    "account": "ACC-7",
    "service": {"code": "pc-care", "billing": "recurring", "per_instance": {"amount": "25.00", "currency": "USD"}},
    "start": "2026-03-01T10:00:00-05:00",
    "price": {"amount": "199.99", "currency": "USD"},
    "paid": {"amount": "150.00", "currency": "USD"},
    "refunded": {"amount": "10.50", "currency": "USD"}
  },
  "issues": [
    {"id": "T-1", "subscription": "SUB-1", "opened": "2026-03-02T09:00:00Z", "resolved": "2026-03-03T09:30:00.25Z"},
    {"id": "T-2", "opened": "2026-03-05T15:00:00Z"}
  ],
  "request": {
    "at": "2026-03-10T12:00:00-04:00",
    "channel": "email",
    "by": "ACC-8",
    "recorded_by": "ops-3",
    "reason": "caf\u00e9 \ud83d\ude00 closed,\n\"not\" satisfied é",
    "called_back": "2026-03-10T18:00:00-04:00"
  },
  "findings": [
    {"clause": "log-review", "severity": "advisory", "subject": "T-1", "detail": "no call found"},
    {"clause": "credentials", "severity": "blocking"}
  ]
}`

// documentText is validText with a policy that has every field.
var documentText = strings.TrimSuffix(validText, "\n}") + `,
  "policy": {
    "location": "Europe/Berlin",
    "window_days": 30,
    "readings": {"day_count": "same_day", "deduct_from": "amount_paid", "resolved_until": "window_close", "callback_clock": "elapsed"}
  }
}`

// edit replaces texts, given as pairs of an old and a new one. Each old one must
// stand there exactly once.
func edit(t testing.TB, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if n := strings.Count(text, pairs[i]); n != 1 {
			t.Fatalf("%q stands %d times in the text", pairs[i], n)
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

func decodeCase(text string) error {
	c, err := wire.DecodeCase(exactly(text))
	return half(cmp.Equal(c, refund.Case{}), err)
}

func decodeDocument(text string) error {
	d, err := wire.DecodeDocument(exactly(text))
	return half(cmp.Equal(d, wire.Document{}), err)
}

// exactly returns a text with no room behind it, so that whoever reads beyond its end
// panics.
func exactly(text string) []byte { return slices.Clip([]byte(text)) }

var errHalf = errors.New("a value and an error from one call, or neither")

func half(zero bool, err error) error {
	if zero != (err != nil) {
		return errHalf
	}
	return err
}

// faultPaths returns the paths of an error's faults, sorted, and nil without an
// error.
func faultPaths(t testing.TB, err error) []string {
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

// wantPaths fails unless the faults of err have exactly these paths.
func wantPaths(t testing.TB, err error, want []string) {
	t.Helper()
	want = slices.Sorted(slices.Values(want))
	if diff := cmp.Diff(want, faultPaths(t, err)); diff != "" {
		t.Errorf("paths: want -, got +:\n%s\nerror: %v", diff, err)
	}
}

// ok is the paths of a text without a fault, whole those of one that is no good at
// all.
var ok, whole = []string(nil), []string{""}

// named fails a table's row that does not say why it is there.
func named(t testing.TB, why string) {
	t.Helper()
	if strings.TrimSpace(why) == "" {
		t.Fatal("a row without its reason")
	}
}

func document(t testing.TB, text string) wire.Document {
	t.Helper()
	d, err := wire.DecodeDocument([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func validCase(t testing.TB) refund.Case {
	t.Helper()
	c, err := wire.DecodeCase([]byte(validText))
	if err != nil {
		t.Fatal(err)
	}
	return c
}
