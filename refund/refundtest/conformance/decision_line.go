package conformance

import (
	"bytes"
	"encoding/json"
	"slices"
)

// CheckLine returns the fields in which a program's answer to [DecisionVector.Line]
// differs from the expected result, nil if it is equal.
//
// An answer is an object of "kind" and "amount", or of "gates", or of "fields". Names must
// match exactly. An absent field, null and an empty list are the same, and other fields are
// ignored.
func (v *DecisionVector) CheckLine(line []byte) (list []Difference) {
	got, ok := objectOf(line)
	if !ok {
		return []Difference{{"line", shortLine(line), v.Want.summary()}}
	}
	for _, want := range v.Want.fields() {
		if text := decisionText(got, want.name); text != want.text {
			list = append(list, Difference{want.name, shortLine([]byte(text)), want.text})
		}
	}
	return list
}

// summary returns the expected kind of result.
func (w *WantDecision) summary() string {
	switch {
	case w.Fields != nil:
		return "an input error"
	case w.Gates != nil:
		return "closed gates"
	}
	return "a decision"
}

// fields returns all fields of a result, always the same ones in the same order.
func (w *WantDecision) fields() []field {
	list := []field{{"kind", missing}, {"amount", missing}, {"gates", listText(w.Gates)}, {"fields", listText(set(w.Fields))}}
	if w.Kind != 0 {
		list[0].text, list[1].text = w.Kind.String(), w.Amount.String()
	}
	return list
}

const missing = "missing"

func listText(list []string) string {
	if len(list) == 0 {
		return missing
	}
	return pathsText(list)
}

// decisionText returns a field of an answer as text, in the form of WantDecision.fields if
// the field is well-formed.
func decisionText(o object, name string) string {
	raw := o[name]
	if raw == nil || bytes.Equal(raw, []byte("null")) {
		return missing
	}
	switch name {
	case "kind":
		if text, ok := stringOf(raw); ok && text != missing {
			return text
		}
	case "amount":
		if text, ok := moneyText(raw); ok {
			return text
		}
	case "gates":
		if texts, ok := textsOf(raw); ok {
			return listText(texts)
		}
	case "fields":
		if texts, ok := textsOf(raw); ok {
			return listText(set(texts))
		}
	}
	return string(raw)
}

// textsOf returns a JSON text as an array of strings.
func textsOf(raw json.RawMessage) (list []string, ok bool) {
	var texts []*string
	if json.Unmarshal(raw, &texts) != nil || slices.Contains(texts, nil) {
		return nil, false
	}
	for _, text := range texts {
		list = append(list, *text)
	}
	return list, true
}
