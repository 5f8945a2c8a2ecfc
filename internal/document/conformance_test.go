package document_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// vectors calls check with each vector of a conformance file, as a subtest of its permanent
// name. It fails if the number of vectors is wrong.
func vectors[V any](t *testing.T, file string, want int, name func(V) string, check func(*testing.T, V)) {
	t.Helper()
	f, err := os.Open("testdata/conformance/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for line, err := range jsonlines.Read(f) {
		if err != nil {
			t.Fatal(err)
		}
		var v V
		if err := json.Unmarshal(line.Text, &v); err != nil {
			t.Fatalf("line %d: %v", line.Number, err)
		}
		n++
		t.Run(name(v), func(t *testing.T) { check(t, v) })
	}
	if n != want {
		t.Errorf("%s has %d vectors, want %d", file, n, want)
	}
}

type outcomeVector struct {
	Name string
	Case json.RawMessage
	Want json.RawMessage
}

// specified is the part of an outcome's JSON that a vector specifies.
type specified struct {
	Verdict        string            `json:"verdict"`
	Refundable     money             `json:"refundable"`
	Entitlement    money             `json:"entitlement"`
	Deduction      money             `json:"deduction"`
	Refunded       money             `json:"refunded"`
	Disputed       money             `json:"disputed"`
	Remaining      money             `json:"remaining"`
	ResolvedIssues int               `json:"resolved_issues"`
	Window         window            `json:"window"`
	Callback       callback          `json:"callback"`
	Held           bool              `json:"held"`
	Statuses       map[string]string `json:"statuses"`
}

type money struct{ Amount, Currency string }

type window struct {
	Opens, Closes time.Time
	LastDay       string `json:"last_day"`
}

type callback struct{ Earliest, Latest time.Time }

func TestConformanceOutcomes(t *testing.T) {
	vectors(t, "public.jsonl", 160, func(v outcomeVector) string { return v.Name }, func(t *testing.T, v outcomeVector) {
		d, err := document.Decode(v.Case)
		if err != nil {
			t.Fatal(err)
		}
		outcome, err := d.Evaluate()
		if err != nil {
			t.Fatal(err)
		}
		var want specified
		if err := json.Unmarshal(v.Want, &want); err != nil {
			t.Fatal(err)
		}
		var written struct {
			specified
			Steps []struct{ Clause, Status string }
		}
		if err := json.Unmarshal(appendOutcome(outcome), &written); err != nil {
			t.Fatal(err)
		}
		got := written.specified
		got.Statuses = map[string]string{}
		for _, step := range written.Steps {
			got.Statuses[step.Clause] = step.Status
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		// The value agrees with its JSON.
		statuses := map[string]string{}
		for _, clause := range refund.Clauses() {
			statuses[clause.String()] = outcome.Statuses[clause].String()
		}
		if !maps.Equal(statuses, want.Statuses) {
			t.Errorf("statuses of the value: %v", statuses)
		}
	})
}

type refusalVector struct {
	Name  string
	Case  json.RawMessage
	Field string
}

func TestConformanceRefusals(t *testing.T) {
	vectors(t, "invalid.jsonl", 38, func(v refusalVector) string { return v.Name }, func(t *testing.T, v refusalVector) {
		d, err := document.Decode(v.Case)
		if err == nil {
			_, err = d.Evaluate()
		}
		var invalid *refund.InvalidError
		if !errors.As(err, &invalid) {
			t.Fatalf("error %v, want an InvalidError", err)
		}
		for _, fault := range invalid.Faults {
			if fault.Path != v.Field && !strings.HasPrefix(fault.Path, v.Field+".") && !strings.HasPrefix(fault.Path, v.Field+"[") {
				t.Errorf("a fault in addition to that of %s: %v", v.Field, fault)
			}
		}
		if len(invalid.Faults) != 1 {
			t.Errorf("%d faults, want one: %v", len(invalid.Faults), invalid.Faults)
		}
	})
}

type callbackVector struct {
	Name             string
	Received         time.Time
	Policy           json.RawMessage
	Earliest, Latest time.Time
}

// anyCase is a case that makes a policy a complete document.
const anyCase = `{"subscription":{"id":"S","service":{"code":"c","billing":"one_time"},"start":"2000-01-01T00:00:00Z",` +
	`"price":{"amount":"0","currency":"JPY"},"paid":{"amount":"0","currency":"JPY"}},"issues":[],` +
	`"request":{"at":"2000-01-01T00:00:00Z","channel":"other"},"policy":`

func TestConformanceCallbacks(t *testing.T) {
	vectors(t, "callback.jsonl", 80, func(v callbackVector) string { return v.Name }, func(t *testing.T, v callbackVector) {
		d, err := document.Decode([]byte(anyCase + string(v.Policy) + "}"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.Policy.Callback(v.Received)
		if err != nil {
			t.Fatal(err)
		}
		if want := (refund.Callback{Earliest: v.Earliest, Latest: v.Latest}); !got.Equal(want) {
			t.Errorf("got %v to %v, want %v to %v", got.Earliest, got.Latest, want.Earliest, want.Latest)
		}
	})
}
