package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A form is the input of an officer and the result of it. The id of a control is the path of its
// faults.
type form struct {
	name string
	url.Values
	Problems []problem
	Stale    bool        // the case is not the one that the officer saw
	Changes  [][3]string // since then: the name of a fact, as it was, and as it is
	Preview  *preview
}

// A problem is the reason why the input of a control was refused.
type problem struct{ Path, Text string }

var index = regexp.MustCompile(`\[\w+\]`)

// label returns the label of a control, or "" for the path of something else.
func label(path string) string {
	if _, code, ok := strings.Cut(path, ".acknowledged."); ok {
		return clause(code).Title()
	}
	return words.Labels[index.ReplaceAllString(path, "[]")]
}

// add adds a problem at a control, or at the nearest thing around it that the page has.
func (f *form) add(path, reason string) {
	at := path
	for at != "" && label(at) == "" {
		at = at[:max(strings.LastIndex(at, "."), 0)]
	}
	if at != path {
		reason = path + " " + reason
	}
	f.Problems = append(f.Problems, problem{cmp.Or(at, f.name), sentence(reason)})
}

// refused adds the reasons of a refusal. It reports false for any other error.
func (f *form) refused(err error) bool {
	var gates *decision.GatesError
	if errors.As(err, &gates) {
		for _, g := range gates.Gates {
			f.gate(g)
		}
		return true
	}
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		return false
	}
	for _, fault := range invalid.Faults {
		path := fault.Path
		if f.name == "finding" { // the case has a list of findings
			path = strings.Replace(index.ReplaceAllString(path, ""), "findings.", "finding.", 1)
		}
		if f.At(path) == nil { // otherwise the input could not be read
			f.add(path, fault.Reason)
		}
	}
	return true
}

// gate adds a closed gate at the controls that it concerns.
func (f *form) gate(g *decision.GateError) {
	switch {
	case g.Clauses != nil:
		for _, c := range g.Clauses {
			f.add(f.name+".acknowledged."+c.String(), (&decision.GateError{Gate: g.Gate}).Reason())
		}
	case g.Amount.IsZero():
		f.add(f.name+".by", g.Reason())
	default:
		f.add(f.name+map[string]string{"approval": ".amount", "goodwill": ".charges"}[f.name], g.Reason())
	}
}

// amount reads an amount. An empty one is the zero Money, which the library refuses.
func (f *form) amount(path, text string, currency refund.Currency) refund.Money {
	if text = strings.TrimSpace(text); text == "" {
		return refund.Money{}
	}
	m, err := refund.ParseMoney(text, currency.Code())
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		f.add(path, invalid.Faults[0].Reason)
	}
	return m
}

// instant reads a date and a time.
func (f *form) instant(path string, loc *time.Location) time.Time {
	t, err := time.ParseInLocation("2006-01-02T15:04", f.Get(path), loc)
	if err != nil {
		f.add(path, "is required: a date and a time")
	}
	return t
}

// clauses reads a list of clauses.
func (f form) clauses(path string) (list []refund.Clause) {
	for _, code := range f.Values[path] {
		list = append(list, clause(code))
	}
	return list
}

// At returns the problems at a control.
func (f form) At(path string) (texts []string) {
	for _, p := range f.Problems {
		if p.Path == path {
			texts = append(texts, p.Text)
		}
	}
	return texts
}

// Open reports whether the form with a name was sent, and Checked whether a box was.
func (f form) Open(name string) bool           { return f.name == name }
func (f form) Checked(path, value string) bool { return slices.Contains(f.Values[path], value) }

// Software returns the rows of the goodwill form with input, and an empty one: path, name, price.
func (f form) Software() (rows [][3]string) {
	add := func(name, price string) {
		rows = append(rows, [3]string{fmt.Sprintf("goodwill.software[%d]", len(rows)), name, price})
	}
	names, prices := f.Values["software.name"], f.Values["software.price"]
	for i := range min(len(names), len(prices)) {
		if names[i]+prices[i] != "" {
			add(names[i], prices[i])
		}
	}
	add("", "")
	return rows
}

// A field is a control in a template.
type field struct {
	ID, Value, Hint string
	Errors          []string
}

func newField(f form, id, value, hint string) field {
	if f.Has(id) {
		value = f.Get(id)
	}
	return field{id, value, hint, f.At(id)}
}
