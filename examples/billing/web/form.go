package web

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A form is the input of an officer and the result of it. The id of a control is the path of its
// faults.
type form struct {
	Name string // "" if none was sent
	url.Values
	Problems refund.Faults // the reasons why the input of controls was refused
	Stale    bool          // the case is not the one that the officer saw
	Preview  *preview
}

// Parts of a path: an index, and a finding of a case, of which the form has one.
var (
	index    = regexp.MustCompile(`\[\w+\]`)
	findings = regexp.MustCompile(`^findings\[\d+\]`)
)

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
	f.Problems.Add(cmp.Or(at, f.Name), sentence(reason))
}

// refused adds the reasons of a refusal. It reports false for any other error.
func (f *form) refused(err error) bool {
	_, closed := errors.AsType[*decision.GatesError](err)
	_, invalid := errors.AsType[*refund.InvalidError](err)
	if !closed && !invalid {
		return false
	}
	var faults refund.Faults
	faults.Merge(err)
	unread := f.Problems // of input that could not be read
	for _, fault := range faults {
		path := findings.ReplaceAllString(fault.Path, "finding")
		if unread.At(path) == nil {
			f.add(path, fault.Reason)
		}
	}
	return true
}

// isOf reports whether the page of the form showed the outcome.
func (f form) isOf(o refund.Outcome) bool { return f.Get("shown") == o.Digest().String() }

// code reads a code. One that cannot be read stays the zero value.
func (f form) code(path string, code encoding.TextUnmarshaler) {
	_ = code.UnmarshalText([]byte(f.Get(path)))
}

// instant reads a date and a time.
func (f *form) instant(path string, loc *time.Location) time.Time {
	t, err := time.ParseInLocation("2006-01-02T15:04", f.Get(path), loc)
	if err != nil {
		f.add(path, "is required: a date and a time")
	}
	return t
}

// proposal reads the form of a decision.
func (f *form) proposal(currency refund.Currency) (p decision.Proposal) {
	amount := func(path, text string) refund.Money {
		text = strings.TrimSpace(text)
		m, err := refund.ParseMoney(text, currency.Code())
		if invalid, ok := errors.AsType[*refund.InvalidError](err); ok && text != "" { // otherwise the library says that it is required
			f.add(path, invalid.Faults[0].Reason)
		}
		return m
	}
	f.code("shown", &p.Outcome) // a damaged one is stale
	acknowledged, reason := f.Clauses(f.Name+".acknowledged"), f.Get(f.Name+".reason")
	switch f.Name {
	case "approval":
		p.Approval = &decision.Approval{Amount: amount("approval.amount", f.Get("approval.amount")), Acknowledged: acknowledged, Reason: reason}
	case "goodwill":
		p.Goodwill = &decision.Goodwill{Charges: amount("goodwill.charges", f.Get("goodwill.charges")),
			Fees: amount("goodwill.fees", f.Get("goodwill.fees")), Acknowledged: acknowledged, Reason: reason}
		for i, row := range f.Software() {
			price := amount(fmt.Sprintf("goodwill.software[%d].price", i), row[1])
			p.Goodwill.Software = append(p.Goodwill.Software, decision.FreeSoftware{Name: row[0], Price: price})
		}
	case "denial":
		p.Denial = &decision.Denial{Grounds: f.Clauses("denial.grounds"), Reason: reason}
	}
	return p
}

// Clauses returns the clauses whose boxes are checked.
func (f form) Clauses(path string) (list []refund.Clause) {
	for _, code := range f.Values[path] {
		list = append(list, clause(code))
	}
	return list
}

// Software returns the rows of the goodwill form with input: name and price.
func (f form) Software() (rows [][2]string) {
	names, prices := f.Values["software.name"], f.Values["software.price"]
	for i := range min(len(names), len(prices)) {
		if names[i]+prices[i] != "" {
			rows = append(rows, [2]string{names[i], prices[i]})
		}
	}
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
	return field{id, value, hint, f.Problems.At(id)}
}
