package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
)

func paths(err error) string {
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		return ""
	}
	var list []string
	for _, f := range invalid.Faults {
		list = append(list, f.Path)
	}
	return strings.Join(list, " ")
}

func TestObjectIsStrict(t *testing.T) {
	for _, row := range []struct{ why, text, paths string }{
		{"all fields", `{"name":"a","amount":{"amount":"1.00","currency":"USD"},"list":["held"]}`, ""},
		{"no fields", ` {} `, ""},
		{"not an object", `[]`, ""},
		{"a name in other letters", `{"Name":"a"}`, "…"},
		{"an unknown name is not quoted", `{"<script>":1}`, "…"},
		{"a field twice", `{"name":"a","name":"b"}`, "name"},
		{"null", `{"name":null}`, "name"},
		{"a wrong type", `{"name":1}`, "name"},
		{"a fault inside of a field", `{"amount":{"amount":"1.001","currency":"USD","x":1}}`, "amount.x amount.amount"},
		{"an amount that is a number", `{"amount":1.00}`, "amount"},
		{"all faults together", `{"x":1,"name":null,"list":{}}`, "… name list"},
		{"text after the object", `{} {}`, ""},
		{"no end", `{"name":"a"`, ""},
		{"a comma too many", `{"name":"a",}`, ""},
	} {
		var name string
		var amount refund.Money
		var list []string
		err := object([]byte(row.text), "", map[string]any{"name": &name, "amount": &amount, "list": &list})
		if got := paths(err); got != row.paths || (err == nil) != (row.paths == "" && (name == "a" && len(list) > 0 || row.why == "no fields")) {
			t.Errorf("%s: paths %q, error %v", row.why, got, err)
		}
	}
}

// A text that object accepts is JSON, and encoding/json reads the same values from it.
func FuzzObject(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"name":"a","number":1}`, `{"name":"\u0061"}`, `{"name":"a","name":"b"}`, `{"number":1e3}`, `{"name":"` + "\xff" + `"}`,
		`{"name":"\ud800"}`, `{"NAME":"a"}`, `[`, `{"name":"a"} `, `{"name":"a"}]`, `{"n\u0061me":"a"}`, `{"name" "a"}`, ``, `null`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var name string
		var number int
		if object(text, "", map[string]any{"name": &name, "number": &number}) != nil {
			return
		}
		var want struct {
			Name   string
			Number int
		}
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		if err := d.Decode(&want); err != nil || !json.Valid(text) {
			t.Fatalf("accepted %q: %v", text, err)
		}
		if name != want.Name || number != want.Number {
			t.Fatalf("read %q, %d from %q, encoding/json %q, %d", name, number, text, want.Name, want.Number)
		}
	})
}
