package main

import (
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	same := key{"refund/money.go", "Money.Times", "n < 0 → <="}
	other := key{"refund/money.go", "Money.Add", "a + b → -"}
	elsewhere := key{"refund/wire/reader.go", "reader.next", "i < n → <="}
	// Enough killed ones that one or two which live are few.
	many := func(more ...mutant) []mutant {
		list := make([]mutant, 97)
		for i := range list {
			list[i] = mutant{key{"refund/money.go", "Money.Sub", "a == b → !="}, "KILLED", i + 1}
		}
		return append(list, more...)
	}
	lists := func(keys ...key) map[key]string {
		m := map[key]string{}
		for _, k := range keys {
			m[k] = "a reason"
		}
		return m
	}
	for _, test := range []struct {
		reason      string
		mutants     []mutant
		equivalents map[key]string
		summary     string
		problems    []string
	}{
		{
			reason:  "all killed: nothing to say",
			mutants: many(),
			summary: "efficacy 100.000 %, 97 killed, 0 lived, 0 timed out, 0 did not compile",
		},
		{
			reason:   "one lives that nobody has listed",
			mutants:  many(mutant{same, "LIVED", 12}),
			summary:  "efficacy 98.979 %, 97 killed, 1 lived, 0 timed out, 0 did not compile",
			problems: []string{"lives: refund/money.go, Money.Times: n < 0 → <= (line 12)"},
		},
		{
			reason:      "one lives that is listed",
			mutants:     many(mutant{same, "LIVED", 12}),
			equivalents: lists(same),
			summary:     "efficacy 98.979 %, 97 killed, 1 lived, 0 timed out, 0 did not compile",
		},
		{
			reason:      "one is listed, another one lives",
			mutants:     many(mutant{other, "LIVED", 7}),
			equivalents: lists(same),
			summary:     "efficacy 98.979 %, 97 killed, 1 lived, 0 timed out, 0 did not compile",
			problems: []string{
				"lives: refund/money.go, Money.Add: a + b → - (line 7)",
				"listed as equivalent, but no mutant of that name lives: refund/money.go, Money.Times: n < 0 → <=",
			},
		},
		{
			reason:      "a listed one is killed by now",
			mutants:     many(mutant{same, "KILLED", 12}),
			equivalents: lists(same),
			summary:     "efficacy 100.000 %, 98 killed, 0 lived, 0 timed out, 0 did not compile",
			problems:    []string{"listed as equivalent, but no mutant of that name lives: refund/money.go, Money.Times: n < 0 → <="},
		},
		{
			reason:      "what is listed of a package further down is none of this one's",
			mutants:     many(),
			equivalents: lists(elsewhere),
			summary:     "efficacy 100.000 %, 97 killed, 0 lived, 0 timed out, 0 did not compile",
		},
		{
			reason:   "one that runs for ever is not killed",
			mutants:  many(mutant{same, "TIMED OUT", 12}),
			summary:  "efficacy 100.000 %, 97 killed, 0 lived, 1 timed out, 0 did not compile",
			problems: []string{"timed out: refund/money.go, Money.Times: n < 0 → <= (line 12)"},
		},
		{
			reason:      "nor is it excused by the list",
			mutants:     many(mutant{same, "TIMED OUT", 12}),
			equivalents: lists(same),
			summary:     "efficacy 100.000 %, 97 killed, 0 lived, 1 timed out, 0 did not compile",
			problems: []string{
				"timed out: refund/money.go, Money.Times: n < 0 → <= (line 12)",
				"listed as equivalent, but no mutant of that name lives: refund/money.go, Money.Times: n < 0 → <=",
			},
		},
		{
			reason:  "one that does not compile says nothing about tests",
			mutants: many(mutant{other, "NOT VIABLE", 7}),
			summary: "efficacy 100.000 %, 97 killed, 0 lived, 0 timed out, 1 did not compile",
		},
		{
			reason:   "one that was not tried is a hole",
			mutants:  many(mutant{other, "NOT COVERED", 7}),
			summary:  "efficacy 100.000 %, 97 killed, 0 lived, 0 timed out, 0 did not compile",
			problems: []string{"NOT COVERED: refund/money.go, Money.Add: a + b → - (line 7)"},
		},
		{
			reason:   "a dry run tries nothing",
			mutants:  []mutant{{other, "RUNNABLE", 7}},
			summary:  "none of 1 mutants was tried",
			problems: []string{"RUNNABLE: refund/money.go, Money.Add: a + b → - (line 7)", "refund: none of 1 mutants was tried"},
		},
		{
			reason:      "19 of 20 are just enough",
			mutants:     append(many()[:19], mutant{same, "LIVED", 12}),
			equivalents: lists(same),
			summary:     "efficacy 95.000 %, 19 killed, 1 lived, 0 timed out, 0 did not compile",
		},
		{
			reason:      "18 of 19 are too few, though the one that lives is listed",
			mutants:     append(many()[:18], mutant{same, "LIVED", 12}),
			equivalents: lists(same),
			summary:     "efficacy 94.736 %, 18 killed, 1 lived, 0 timed out, 0 did not compile",
			problems:    []string{"refund: efficacy below 95 %"},
		},
		{
			reason:  "a package without an operator is named, and passes",
			summary: "no mutants",
		},
		{
			reason:      "a list for a package without an operator is stale",
			equivalents: lists(same),
			summary:     "no mutants",
			problems:    []string{"listed as equivalent, but no mutant of that name lives: refund/money.go, Money.Times: n < 0 → <="},
		},
	} {
		if test.reason == "" {
			t.Fatal("a row without a reason")
		}
		v := judge("refund", test.mutants, test.equivalents)
		if v.summary != test.summary {
			t.Errorf("%s: %q, want %q", test.reason, v.summary, test.summary)
		}
		if got, want := strings.Join(v.problems, "\n"), strings.Join(test.problems, "\n"); got != want {
			t.Errorf("%s: problems\n%s\nwant\n%s", test.reason, got, want)
		}
	}
}
