package conformance

import (
	"encoding/json"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Input is the [Vector.Clause] of vectors that test the text of a document instead of a
// clause.
const Input = "input"

// A Vector is a document with its expected outcome or refusal. The zero Vector is not
// valid.
type Vector struct {
	// Name is permanent and unique, such as "case-2/consumed-to-the-cent"; it begins
	// with Clause.
	Name string

	// Clause is the code of the clause that the vector tests, or Input.
	Clause string

	// Reason states the rule in words.
	Reason string

	// Document is a case with its policy, in one line. A document that must be refused
	// may be invalid JSON.
	Document []byte

	// Want is the expected outcome; nil if the document must be refused.
	Want *Want

	// Refused lists the paths of all faults, in any order, if the document must be
	// refused.
	Refused []string
}

// Want is the expected outcome of a vector: everything except the sentences for people and
// the cited facts. The zero Want is not valid.
type Want struct {
	Subscription   string
	Verdict        refund.Verdict
	Refundable     refund.Money
	Entitlement    refund.Money
	Deduction      refund.Money
	Refunded       refund.Money
	Disputed       refund.Money
	Remaining      refund.Money
	ResolvedIssues int
	Window         refund.Window
	Held           bool
	Callback       refund.Callback
	Statuses       refund.Statuses // of all clauses

	// Findings are the findings of the document and of its evaluation, in the
	// order of an outcome.
	Findings []refund.Finding
}

// vectorJSON is a Vector in a file.
type vectorJSON struct {
	Name     string          `json:"name"`
	Clause   string          `json:"clause"`
	Reason   string          `json:"reason"`
	Document json.RawMessage `json:"document,omitempty"`
	Text     string          `json:"text,omitempty"`
	Want     *wantJSON       `json:"want,omitempty"`
	Refused  []string        `json:"refused,omitempty"`
}

// wantJSON is a Want in a file. A required field is a pointer, or its zero value is not
// valid.
type wantJSON struct {
	Subscription   string            `json:"subscription"`
	Verdict        refund.Verdict    `json:"verdict"`
	Refundable     amountJSON        `json:"refundable"`
	Entitlement    amountJSON        `json:"entitlement"`
	Deduction      amountJSON        `json:"deduction"`
	Refunded       amountJSON        `json:"refunded"`
	Disputed       amountJSON        `json:"disputed"`
	Remaining      amountJSON        `json:"remaining"`
	ResolvedIssues *int              `json:"resolved_issues"`
	Window         windowJSON        `json:"window"`
	Held           *bool             `json:"held"`
	Callback       callbackJSON      `json:"callback"`
	Statuses       map[string]string `json:"statuses"`
	Findings       []findingJSON     `json:"findings"`
}

type windowJSON struct {
	Opens   time.Time   `json:"opens"`
	Closes  time.Time   `json:"closes"`
	LastDay refund.Date `json:"last_day"`
}

type callbackJSON struct {
	Earliest time.Time `json:"earliest"`
	Latest   time.Time `json:"latest"`
}

type findingJSON struct {
	Clause   refund.Clause   `json:"clause"`
	Severity refund.Severity `json:"severity"`
	Subject  string          `json:"subject,omitempty"`
	Detail   string          `json:"detail,omitempty"`
}

// want returns the Want, or the name of a field that is missing or wrong.
func (j *wantJSON) want() (w *Want, wrong string) {
	switch {
	case j.Subscription == "":
		return nil, "subscription"
	case j.Verdict == 0:
		return nil, "verdict"
	case j.ResolvedIssues == nil:
		return nil, "resolved_issues"
	case j.Window.Opens.IsZero() || j.Window.Closes.IsZero() || j.Window.LastDay.IsZero():
		return nil, "window"
	case j.Held == nil:
		return nil, "held"
	case j.Callback.Earliest.IsZero() || j.Callback.Latest.IsZero():
		return nil, "callback"
	case j.Findings == nil:
		return nil, "findings"
	}
	w = &Want{
		Subscription:   j.Subscription,
		Verdict:        j.Verdict,
		ResolvedIssues: *j.ResolvedIssues,
		Window:         refund.Window(j.Window),
		Held:           *j.Held,
		Callback:       refund.Callback(j.Callback),
	}
	for _, a := range []struct {
		name string
		from amountJSON
		to   *refund.Money
	}{
		{"refundable", j.Refundable, &w.Refundable},
		{"entitlement", j.Entitlement, &w.Entitlement},
		{"deduction", j.Deduction, &w.Deduction},
		{"refunded", j.Refunded, &w.Refunded},
		{"disputed", j.Disputed, &w.Disputed},
		{"remaining", j.Remaining, &w.Remaining},
	} {
		var ok bool
		if *a.to, ok = a.from.money(); !ok {
			return nil, a.name
		}
	}
	for _, clause := range refund.Clauses() {
		if err := w.Statuses[clause].UnmarshalText([]byte(j.Statuses[clause.String()])); err != nil || w.Statuses[clause] == 0 {
			return nil, "statuses of " + clause.String()
		}
	}
	if len(j.Statuses) != len(refund.Clauses()) {
		return nil, "statuses"
	}
	for _, f := range j.Findings {
		w.Findings = append(w.Findings, refund.Finding(f))
	}
	return w, ""
}
