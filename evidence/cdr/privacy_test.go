package cdr_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// secrets are texts that people write. No part of them may appear in errors or logs.
var secrets = []struct {
	why, text string
	parts     []string
}{
	{"a caller as Asterisk writes it", `"Jane Secret" <+15550100>`, []string{"Jane", "Secret", "5550100"}},
	{"only a number", "15550100", []string{"15550100"}},
	{"a name in another script", "Žofie Tajná", []string{"ofie", "Tajn"}},
	{"a name with a NUL", "Jane\x00Secret", []string{"Jane", "Secret"}},
	{"a name in Latin-1", "Secret Jos\xe9", []string{"Jos", "Secret"}},
	{"a name in place of a code", "JANE SECRET", []string{"JANE", "SECRET"}},
}

// keeps fails if a text holds a part of a secret.
func keeps(t *testing.T, where, text string, parts []string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("%s: %q appears: %.300q", where, part, text)
		}
	}
}

// keepsAll fails if a value shows a part of a secret, under any verb or in any log.
func keepsAll(t *testing.T, where string, value any, parts []string) {
	t.Helper()
	for format, text := range testkit.Formatted(value) {
		keeps(t, where+" "+format, text, parts)
	}
	asText, asJSON := testkit.Logged(value)
	keeps(t, where+" logged", asText+asJSON, parts)
}

func TestErrorsKeepSecrets(t *testing.T) {
	for _, s := range secrets {
		testkit.Row(t, s.why, func(t *testing.T) {
			check := func(where, line string) {
				t.Helper()
				for row, err := range cdr.Read(strings.NewReader(line), inUTC) {
					for _, w := range row.Warnings {
						keeps(t, where, w.Error(), s.parts)
					}
					if err == nil {
						continue
					}
					keepsAll(t, where, err, s.parts)
					keepsAll(t, where, row, s.parts)
					keeps(t, where, err.Error(), s.parts)
					var invalid *refund.InvalidError
					if !errors.As(err, &invalid) {
						t.Fatalf("error %v, want an InvalidError", err)
					}
					for _, f := range invalid.Faults {
						keeps(t, where, f.Error(), s.parts)
					}
					b, jsonErr := json.Marshal(invalid)
					keeps(t, where, string(b)+fmt.Sprint(jsonErr), s.parts)
				}
			}
			all := sound()
			for i, column := range columns {
				check(column+", "+s.why, sound().with(column, quote(s.text)).String())
				check(column+" without quotes, "+s.why, sound().with(column, s.text).String())
				check(column+", quoted badly, "+s.why, sound().with(column, quote(s.text)+"x").String())
				all[i] = quote(s.text)
			}
			check("everywhere, "+s.why, all.String())
			check("in too few columns, "+s.why, all[:15].String())
			check("in too many columns, "+s.why, all.String()+","+all.String())
			check("after a byte order mark, "+s.why, "\uFEFF"+all.String())
			check("cut short, "+s.why, all.String()[:50])
		})
	}
}

func TestRowsKeepSecrets(t *testing.T) {
	type host struct {
		Row  cdr.Row
		Next *cdr.Row
	}
	for _, s := range secrets[:3] {
		line := sound()
		for _, column := range free {
			line = line.with(column, quote(s.text))
		}
		row, err := one(t, line.String(), inUTC)
		if err != nil {
			t.Fatal(err)
		}
		if row.CallerID != s.text || row.LinkedID != s.text {
			t.Fatal("the row lacks the secret: this test is wrong")
		}
		const want = "line 1: ANSWERED (10m5s, billable 10m0s)"
		for where, value := range map[string]any{
			"a row": row, "a pointer": &row, "rows": []cdr.Row{row}, "a map": map[string]cdr.Row{"x": row},
			"a struct": host{row, &row}, "a call": row.Call(),
		} {
			keepsAll(t, where, value, s.parts)
			if _, err := json.Marshal(value); err == nil {
				t.Errorf("%s is written as JSON", where)
			}
		}
		if fmt.Sprint(row) != want || fmt.Sprintf("%#v", &row) != want || row.LogValue().String() != want {
			t.Errorf("%v, want %s", row, want)
		}
		b, err := row.MarshalJSON()
		keeps(t, "MarshalJSON", string(b)+err.Error(), s.parts)
	}
	if got, want := fmt.Sprint(cdr.Row{}), "line 0: unset (0s, billable 0s)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestFreeColumns fails if the list of free columns lacks one.
func TestFreeColumns(t *testing.T) {
	for _, column := range columns {
		row, err := one(t, sound().with(column, quote("x")).String(), inUTC)
		if slices.Contains(free, column) != (err == nil && row.Warnings == nil) {
			t.Errorf("%s: %v", column, err)
		}
	}
}
