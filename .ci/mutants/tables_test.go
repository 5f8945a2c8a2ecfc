package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

const example = `# Contributing

| file | function | mutant | why nothing can tell |
| --- | --- | --- | --- |
| ` + "`a/p.go` | `T.Less` | `a < b → <=` | equal ones are no pair |" + `
| ` + "`a/p.go` | `f` | `a \\|\\| b → &&` | both or none |" + `

And:

| package | why it is not mutated |
| --- | --- |
| ` + "`b` | made by hand, `b.go` says it |" + `
`

func TestTablesAreRead(t *testing.T) {
	got, err := parseTables(example)
	if err != nil {
		t.Fatal(err)
	}
	equivalents := map[key]string{
		{"a/p.go", "T.Less", "a < b → <="}: "equal ones are no pair",
		{"a/p.go", "f", "a || b → &&"}:     "both or none",
	}
	if !maps.Equal(got.equivalents, equivalents) {
		t.Errorf("equivalents %v, want %v", got.equivalents, equivalents)
	}
	spared := map[string]string{"b": "made by hand, b.go says it"}
	if !maps.Equal(got.spared, spared) {
		t.Errorf("spared %v, want %v", got.spared, spared)
	}
}

func TestTablesAreComplete(t *testing.T) {
	for _, test := range []struct{ reason, old, new, want string }{
		{"no table of equivalents", "why nothing can tell", "why", "no table"},
		{"no table of packages", "why it is not mutated", "why", "no table"},
		{"a mutant without a reason", "equal ones are no pair", "", "cells missing"},
		{"a package without a reason", "made by hand, `b.go` says it", " ", "cells missing"},
		{"a cell too few", "`T.Less` | ", "", "cells missing"},
		{"a bar that is none of the table's", `\|\|`, "||", "cells missing"},
		{"a mutant twice", "| `a/p.go` | `f` | `a \\|\\| b → &&` |", "| `a/p.go` | `T.Less` | `a < b → <=` |", "twice"},
		{"a table that ends before its rows", "| --- | --- |\n| `b`", "\n| `b`", "no rows"},
	} {
		changed := strings.Replace(example, test.old, test.new, 1)
		if changed == example {
			t.Errorf("%s: nothing changed", test.reason)
		}
		if _, err := parseTables(changed); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.reason, err, test.want)
		}
	}
}

func TestPackagesAreSparedOnlyIfNothingCanBeTold(t *testing.T) {
	for _, test := range []struct {
		reason   string
		packages []goPackage
		want     []string
	}{
		{"as it should be", []goPackage{{"a", true}, {"b", false}}, nil},
		{"b has tests by now", []goPackage{{"a", true}, {"b", true}}, []string{"listed as not mutated, but it has tests: b"}},
		{"b is gone", []goPackage{{"a", true}}, []string{"listed as not mutated, but not there: b"}},
		{"a is gone, and what is listed of it", []goPackage{{"b", false}}, []string{
			"listed as equivalent, but its package is not mutated: a/p.go, T.Less: a < b → <=",
			"listed as equivalent, but its package is not mutated: a/p.go, f: a || b → &&",
		}},
	} {
		tables, err := parseTables(example)
		if err != nil {
			t.Fatal(err)
		}
		if got := tables.misplaced(test.packages); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.reason, got, test.want)
		}
	}
}
