package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

// A report is the result of a program.
type report struct {
	clauses  []tally // in the order of the suite
	all      tally
	failures []failure
	notes    []string // what is wrong with the program and not with a vector
	errors   string   // the end of the program's standard error
}

type tally struct {
	clause        string
	passed, total int
}

type failure struct {
	question
	differences []conformance.Difference
}

// judge compares the lines of an answer with the expected ones.
func judge(questions []question, a answer) report {
	r := report{all: tally{clause: "all"}}
	if a.ending != "" {
		r.notes = append(r.notes, "the program "+a.ending)
		r.errors = a.errors
	}
	switch n := len(a.lines); {
	case n != len(questions):
		r.notes = append(r.notes, fmt.Sprintf("it wrote %d lines for %d lines of input; each is taken for the input line of its number", n, len(questions)))
		if n == 0 {
			r.errors = a.errors
		}
	case a.cut:
		r.notes = append(r.notes, "its last line has no end")
	}
	for i, q := range questions {
		differences := []conformance.Difference{{Field: "line", Got: "missing", Want: q.answer}}
		if i < len(a.lines) {
			differences = q.check(i+1, a.lines[i])
		}
		r.add(q, differences)
	}
	return r
}

func (r *report) add(q question, differences []conformance.Difference) {
	if n := len(r.clauses); n == 0 || r.clauses[n-1].clause != q.clause {
		r.clauses = append(r.clauses, tally{clause: q.clause})
	}
	of := &r.clauses[len(r.clauses)-1]
	of.total++
	r.all.total++
	if differences == nil {
		of.passed++
		r.all.passed++
		return
	}
	r.failures = append(r.failures, failure{q, differences})
}

// passed reports whether every answer is right and the program ended well.
func (r *report) passed() bool { return len(r.failures) == 0 && len(r.notes) == 0 }

func (r *report) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%-15s %6s %6s %6s\n", "clause", "passed", "failed", "total")
	for _, t := range append(r.clauses, r.all) {
		fmt.Fprintf(out, "%-15s %6d %6d %6d\n", t.clause, t.passed, t.total-t.passed, t.total)
	}
	for i, note := range r.notes {
		if i == 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, "NOTE:", note)
	}
	if r.errors != "" {
		fmt.Fprintln(out, "Its standard error:")
		for line := range strings.Lines(r.errors) {
			fmt.Fprintln(out, "  |", printable(strings.TrimRight(line, "\r\n")))
		}
	}
	for _, f := range r.failures {
		fmt.Fprintf(out, "\nFAILED %s\n  clause:   %s\n  reason:   %s\n", f.name, f.clause, f.reason)
		for _, d := range f.differences {
			fmt.Fprintf(out, "  %s\n    came:     %s\n    expected: %s\n", d.Field, d.Got, d.Want)
		}
	}
	return out.Flush()
}

// printable returns a text without characters that a terminal would act on.
func printable(s string) string {
	var b strings.Builder
	for _, c := range strings.ToValidUTF8(s, "�") {
		if c == '\t' || strconv.IsGraphic(c) {
			b.WriteRune(c)
			continue
		}
		quoted := strconv.QuoteRuneToASCII(c)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}
