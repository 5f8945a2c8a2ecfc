package conformance

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// CheckLine returns the fields in which a program's line for a vector differs from the
// expected one, nil if it is equal. number is the number of the vector's line in the
// program's input, counted from 1.
//
// A line is an outcome in the JSON of refund.Outcome, or a refusal: an object of "line",
// "error" and "fields". Names must match exactly. Other fields are ignored, and so are
// details and amounts of steps.
func (v *Vector) CheckLine(number int, line []byte) []Difference {
	want := "a refusal"
	if v.Want != nil {
		want = "an outcome"
	}
	got, ok := objectOf(line)
	_, refused := got["error"]
	switch {
	case !ok:
		return []Difference{{"line", shortLine(line), want}}
	case refused && v.Want != nil:
		return []Difference{{"line", "a refusal (" + shortJSON(got["error"]) + ", fields " + shortJSON(got["fields"]) + ")", want}}
	case !refused && v.Want == nil:
		return []Difference{{"line", "an outcome (verdict " + shortJSON(got["verdict"]) + ", refundable " + shortJSON(got["refundable"]) + ")",
			want + " for " + pathsText(v.Refused)}}
	case refused:
		return v.checkRefusal(number, got)
	}
	return v.Want.checkOutcome(got)
}

// An object is a JSON object, by the exact names of its fields.
type object map[string]json.RawMessage

// objectOf returns the object that a text is.
func objectOf(text []byte) (object, bool) {
	var o object
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) || json.Unmarshal(text, &o) != nil {
		return nil, false
	}
	return o, true
}

// stringOf returns the string that a text is.
func stringOf(text json.RawMessage) (s string, ok bool) {
	ok = bytes.HasPrefix(text, []byte{'"'}) && json.Unmarshal(text, &s) == nil
	return s, ok
}

func (v *Vector) checkRefusal(number int, got object) (list []Difference) {
	if want := strconv.Itoa(number); string(got["line"]) != want {
		list = append(list, Difference{"line", shortJSON(got["line"]), want})
	}
	if text, ok := stringOf(got["error"]); !ok || strings.TrimSpace(text) == "" {
		list = append(list, Difference{"error", shortJSON(got["error"]), "a text"})
	}
	var paths []string
	if err := json.Unmarshal(got["fields"], &paths); err != nil || !slices.Equal(set(paths), set(v.Refused)) {
		list = append(list, Difference{"fields", shortJSON(got["fields"]), pathsText(v.Refused)})
	}
	return list
}

func set(paths []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(paths)))
}

func pathsText(paths []string) string {
	text, _ := json.Marshal(paths) // strings cannot fail
	return string(text)
}

func (w *Want) checkOutcome(got object) (list []Difference) {
	statuses := map[string]string{}
	steps, inOrder := stepsOf(got["steps"])
	for _, s := range steps {
		statuses[s.name] = s.text
	}
	for _, want := range w.fields() {
		text, isStatus := "", false
		if clause, found := strings.CutPrefix(want.name, statusField); found {
			text, isStatus = statuses[clause], true
			if text == "" {
				text = missing
			}
		}
		if !isStatus {
			text = textOf(got, want.name)
		}
		if text != want.text {
			list = append(list, Difference{want.name, text, want.text})
		}
	}
	if !inOrder {
		list = append(list, Difference{"steps", strconv.Itoa(len(steps)) + " steps that are not each clause once in the policy's order", "the 18 clauses"})
	}
	found, ok := foundIn(got["findings"])
	if !ok {
		return append(list, Difference{"findings", shortJSON(got["findings"]), findingsText(findingsOf(w.Findings))})
	}
	return append(list, findingDifference(found, findingsOf(w.Findings))...)
}

// textOf returns a field of an outcome as text, in the form of Want.fields if the field
// is well-formed.
func textOf(o object, name string) string {
	outer, inner, nested := strings.Cut(name, ".")
	raw := o[outer]
	if nested {
		within, _ := objectOf(raw)
		if text, ok := stringOf(within[inner]); ok && inner != "last_day" {
			if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
				return instantText(t)
			}
		}
		return shortJSON(within[inner])
	}
	switch name {
	case "subscription":
		if text, ok := stringOf(raw); ok {
			return strconv.Quote(text)
		}
	case "verdict":
		if text, ok := stringOf(raw); ok {
			return short(text)
		}
	case "refundable", "entitlement", "deduction", "refunded", "disputed", "remaining":
		if text, ok := moneyText(raw); ok {
			return text
		}
	}
	return shortJSON(raw)
}

// moneyText returns the text of an amount with its currency.
func moneyText(raw json.RawMessage) (text string, ok bool) {
	m, _ := objectOf(raw)
	amount, ok := stringOf(m["amount"])
	currency, also := stringOf(m["currency"])
	return short(amount + " " + currency), ok && also
}

// stepsOf returns the clause and status of each step, and reports whether the clauses are
// complete and in the policy's order.
func stepsOf(raw json.RawMessage) (list []field, inOrder bool) {
	var steps []object
	if json.Unmarshal(raw, &steps) != nil {
		return nil, false
	}
	for _, step := range steps {
		clause, _ := stringOf(step["clause"])
		status, ok := stringOf(step["status"])
		if !ok {
			status = shortJSON(step["status"])
		}
		list = append(list, field{clause, short(status)})
	}
	clauses := refund.Clauses()
	inOrder = len(list) == len(clauses)
	for i := 0; inOrder && i < len(list); i++ {
		inOrder = list[i].name == clauses[i].String()
	}
	return list, inOrder
}

// foundIn returns the findings of an outcome.
func foundIn(raw json.RawMessage) (list []foundText, ok bool) {
	var findings []object
	if !bytes.HasPrefix(raw, []byte("[")) || json.Unmarshal(raw, &findings) != nil {
		return nil, false
	}
	for _, f := range findings {
		var text foundText
		for name, to := range map[string]*string{"clause": &text.clause, "severity": &text.severity, "subject": &text.subject, "detail": &text.detail} {
			if raw, given := f[name]; given {
				if *to, ok = stringOf(raw); !ok {
					return nil, false
				}
			}
		}
		list = append(list, text)
	}
	return list, true
}

// shortJSON returns a value as short text.
func shortJSON(raw json.RawMessage) string {
	if raw == nil {
		return missing
	}
	return shortLine(raw)
}

// shortLine returns a line of any content as short text.
func shortLine(line []byte) string {
	if len(bytes.TrimSpace(line)) == 0 {
		return "a blank line"
	}
	return strings.ReplaceAll(short(string(line)), `\"`, `"`)
}
