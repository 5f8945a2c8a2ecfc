package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

// A report is the result of testing a program.
type report struct {
	clauses  []tally // in the order of the suite
	all      tally
	failures []failure
	notes    []string // on the program as a whole
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
	case n == 0:
		r.notes = append(r.notes, fmt.Sprintf("the program wrote no line for %d lines of input", len(questions)))
		r.errors = a.errors
		return r
	case n != len(questions):
		r.notes = append(r.notes, fmt.Sprintf("the program wrote %d lines for %d lines of input; line n is compared with the answer to input line n", n, len(questions)))
	case a.cut:
		r.notes = append(r.notes, "the last line of the program has no line feed")
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

// passed reports whether all vectors passed without a note.
func (r *report) passed() bool { return len(r.failures) == 0 && len(r.notes) == 0 }

func (r *report) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	for _, f := range r.failures {
		fmt.Fprintf(out, "FAILED %s\n  clause: %s\n  reason: %s\n", f.name, f.clause, f.reason)
		for _, d := range f.differences {
			fmt.Fprintf(out, "  %s\n    got:  %s\n    want: %s\n", d.Field, d.Got, d.Want)
		}
		fmt.Fprintln(out)
	}
	for _, note := range r.notes {
		fmt.Fprintln(out, "NOTE:", note)
	}
	if r.errors != "" {
		fmt.Fprintln(out, "Standard error of the program:")
		for line := range strings.Lines(r.errors) {
			fmt.Fprintln(out, "  |", printable(strings.TrimRight(line, "\r\n")))
		}
	}
	if r.clauses == nil {
		return out.Flush()
	}
	if r.notes != nil {
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "%-15s %6s %6s %6s\n", "clause", "passed", "failed", "total")
	for _, t := range append(r.clauses, r.all) {
		fmt.Fprintf(out, "%-15s %6d %6d %6d\n", t.clause, t.passed, t.total-t.passed, t.total)
	}
	return out.Flush()
}

// printable returns a text with control characters escaped.
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
