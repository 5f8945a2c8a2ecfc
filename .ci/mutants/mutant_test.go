package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const source = `package p

type T struct{}

const big = 1 << 20

func (t *T) Less(a, b int) bool {
	return a < b
}

func f(list []int) (sum int) {
	for i := 0; i < len(list); i++ {
		if list[i] == 0 &&
			sum > 0 {
			continue
		}
		sum += list[i]
	}
	for i := 0; i < 3; i++ {
		sum -= 1 - 2
	}
	return sum
}
`

func TestMutantsAreNamedByWhatAReaderSees(t *testing.T) {
	root := fstest.MapFS{"a/p.go": {Data: []byte(source)}}
	r := decode(t, `{"files": [{"file_name": "p.go", "mutations": [
		{"type": "CONDITIONALS_BOUNDARY", "status": "LIVED", "line": 19, "column": 16},
		{"type": "CONDITIONALS_BOUNDARY", "status": "LIVED", "line": 8, "column": 11},
		{"type": "INVERT_BITWISE", "status": "KILLED", "line": 5, "column": 15},
		{"type": "INVERT_LOGICAL", "status": "KILLED", "line": 13, "column": 19},
		{"type": "INVERT_LOOPCTRL", "status": "TIMED OUT", "line": 15, "column": 4},
		{"type": "REMOVE_SELF_ASSIGNMENTS", "status": "KILLED", "line": 17, "column": 7},
		{"type": "INCREMENT_DECREMENT", "status": "KILLED", "line": 12, "column": 30},
		{"type": "INCREMENT_DECREMENT", "status": "KILLED", "line": 19, "column": 22},
		{"type": "ARITHMETIC_BASE", "status": "KILLED", "line": 20, "column": 12},
		{"type": "INVERT_NEGATIVES", "status": "KILLED", "line": 20, "column": 12}
	]}]}`)
	mutants, err := readMutants(root, "a", r)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range mutants {
		got = append(got, m.key.String()+", "+m.Status)
	}
	want := []string{
		"a/p.go, big: 1 << 20 → >>, KILLED",
		"a/p.go, T.Less: a < b → <=, LIVED",
		"a/p.go, f: i++ → --, KILLED",
		"a/p.go, f: list[i] == 0 && sum > 0 → ||, KILLED",
		"a/p.go, f: continue in list[i] == 0 && sum > 0 → break, TIMED OUT",
		"a/p.go, f: sum += list[i] → =, KILLED",
		"a/p.go, f: i < 3 → <=, LIVED",
		"a/p.go, f: i++ → -- #2, KILLED", // of the second loop
		"a/p.go, f: 1 - 2 → +, KILLED",   // one change, by two names
		"a/p.go, f: 1 - 2 → +, KILLED",
	}
	if !slices.Equal(got, want) {
		t.Errorf("mutants\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAReportOfOtherCodeIsAnError(t *testing.T) {
	root := fstest.MapFS{"a/p.go": {Data: []byte(source)}}
	for _, test := range []struct{ reason, mutation, want string }{
		{"no operator there", `{"type": "ARITHMETIC_BASE", "status": "KILLED", "line": 8, "column": 2}`, "no operator"},
		{"another operator there", `{"type": "ARITHMETIC_BASE", "status": "KILLED", "line": 8, "column": 11}`, "ARITHMETIC_BASE of <"},
		{"a kind that nobody knows", `{"type": "SOMETHING", "status": "KILLED", "line": 8, "column": 11}`, "SOMETHING"},
	} {
		r := decode(t, `{"files": [{"file_name": "p.go", "mutations": [`+test.mutation+`]}]}`)
		if _, err := readMutants(root, "a", r); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v", test.reason, err)
		}
	}
	if _, err := readMutants(root, "b", decode(t, `{"files": [{"file_name": "p.go"}]}`)); err == nil {
		t.Error("no such file: no error")
	}
}

func decode(t *testing.T, text string) (r report) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}
