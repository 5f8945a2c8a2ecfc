package conformance_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

// goodVector returns a valid vector: the first of case-1.
func goodVector(t *testing.T) string {
	t.Helper()
	text, err := fs.ReadFile(conformance.FS, "case-1.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	var line bytes.Buffer
	if err := json.Compact(&line, list[0]); err != nil {
		t.Fatal(err)
	}
	return line.String()
}

func TestLoaderRefuses(t *testing.T) {
	good := goodVector(t)
	const refused = `{"name":"case-1/x","clause":"case-1","reason":"it is wrong","text":"nonsense","refused":[""]}`
	edit := func(text, old, with string) string {
		if strings.Count(text, old) != 1 {
			t.Fatalf("%q must occur once in %s", old, text)
		}
		return strings.Replace(text, old, with, 1)
	}
	for _, c := range []struct{ reason, vector, says string }{
		{"a valid vector with an outcome", good, ""},
		{"a valid vector with a refused text", refused, ""},
		{"a vector has a name", edit(refused, `"name":"case-1/x"`, `"name":""`), "no name"},
		{"a vector has a clause", edit(refused, `"clause":"case-1"`, `"clause":""`), "no clause"},
		{"a vector has a reason", edit(refused, `"reason":"it is wrong"`, `"reason":" "`), "no reason"},
		{"a name is used once", refused + "," + refused, `vector 2, "case-1/x": has a name that is used twice`},
		{"the clause is that of the file", edit(refused, `"clause":"case-1"`, `"clause":"case-2"`), "another clause"},
		{"a name begins with the clause", edit(refused, `case-1/x`, `case-2/x`), "begin"},
		{"a name is more than the clause", edit(refused, `case-1/x`, `case-1/`), "begin"},
		{"a vector has a document or a text", edit(refused, `"text":"nonsense",`, ``), "either a document or a text"},
		{"a vector does not have a document and a text", edit(refused, `"text"`, `"document":{},"text"`), "either a document or a text"},
		{"a vector has an expected result", edit(refused, `,"refused":[""]`, ``), "either want"},
		{"a vector does not have two expected results", edit(good, `"want":`, `"refused":["issues"],"want":`), "either want"},
		{"a refusal has a path", edit(refused, `[""]`, `[]`), "without a path"},
		{"a text is one line", edit(refused, `nonsense`, `non\nsense`), "one line"},
		{"a text is not blank, since readers skip blank lines", edit(refused, `nonsense`, ` `), "blank"},
		{"a text is for refusals only", edit(edit(good, `"document":`, `"text":"x","documents":`), `"documents":`, `"x":`), "unknown field"},
		{"an unknown field is refused", edit(refused, `"text"`, `"textt"`), "unknown field"},
		{"an unknown verdict is refused", edit(good, `"verdict":"full"`, `"verdict":"fulll"`), "verdict"},
		{"a missing field is refused", edit(good, `"held":false,`, ``), "held"},
		{"the number of resolved issues is required, also for zero", edit(good, `"resolved_issues":0,`, ``), "resolved_issues"},
		{"a window opens", edit(good, `"opens":`, `"closes":`), "window"},
		{"a window closes", edit(good, `"closes":`, `"opens":`), "window"},
		{"a window has a last day", edit(good, `,"last_day":"2026-03-16"`, ``), "window"},
		{"a last day is a date", edit(good, `"last_day":"2026-03-16"`, `"last_day":"2026-02-30"`), "date"},
		{"the earlier refunds are required, also for zero", edit(good, `"refunded":{"amount":"0.00","currency":"USD"},`, ``), "refunded"},
		{"the disputed amount is required, also for zero", edit(good, `"disputed":{"amount":"0.00","currency":"USD"},`, ``), "disputed"},
		{"the remaining amount is required", edit(good, `"remaining":{"amount":"199.99","currency":"USD"},`, ``), "remaining"},
		{"a call back has an earliest instant", edit(good, `"earliest":`, `"latest":`), "callback"},
		{"a call back has a latest instant", edit(good, `"latest":`, `"earliest":`), "callback"},
		{"the findings are required, also if there are none", edit(good, `,"findings":[]`, ``), "findings"},
		{"every clause has a status", edit(good, `"goodwill":"not_evaluated",`, ``), "goodwill"},
		{"an unknown clause is refused", edit(good, `"goodwill":"not_evaluated",`, `"goodwill":"not_evaluated","case-3":"applied",`), "statuses"},
		{"an amount has its currency's decimals", edit(good, `"deduction":{"amount":"0.00"`, `"deduction":{"amount":"0"`), "deduction"},
		{"an amount is digits", edit(good, `"deduction":{"amount":"0.00"`, `"deduction":{"amount":"0.x0"`), "deduction"},
	} {
		file := &fstest.MapFile{Data: []byte("[" + c.vector + "]\n")}
		list, err := conformance.Load(fstest.MapFS{"case-1.json": file})
		switch {
		case c.says == "" && (err != nil || len(list) != 1):
			t.Errorf("%s: %d vectors, error %v", c.reason, len(list), err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s: error is %v, want one that says %q", c.reason, err, c.says)
		}
	}
	for _, c := range []struct{ reason, name, text string }{
		{"a file is named after a clause", "case-3.json", "[]"},
		{"a file is an array", "case-1.json", "{}"},
		{"a file has one array", "case-1.json", "[] []"},
	} {
		if _, err := conformance.Load(fstest.MapFS{c.name: {Data: []byte(c.text)}}); err == nil {
			t.Errorf("%s: no error", c.reason)
		}
	}
}

// The loader reads every field of the files: no field is given twice or in another case.
func TestLoaderReadsEveryField(t *testing.T) {
	names, err := fs.Glob(conformance.FS, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name == "decision.json" {
			continue
		}
		text, err := fs.ReadFile(conformance.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		list, err := conformance.LoadFile(text)
		if err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		e := json.NewEncoder(&again)
		e.SetEscapeHTML(false)
		if err := e.Encode(list); err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := json.Compact(&file, text); err != nil {
			t.Fatal(err)
		}
		var x, y any
		if err := json.Unmarshal(text, &x); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(again.Bytes(), &y); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(x, y) {
			t.Errorf("%s is read as another vector", name)
		}
		if got, want := len(bytes.TrimSpace(again.Bytes())), len(bytes.TrimSpace(file.Bytes())); got != want {
			t.Errorf("%s has %d bytes, and %d are read: is a field given twice?", name, want, got)
		}
	}
}

func TestCallerMayChangeVectors(t *testing.T) {
	load := func() []conformance.Vector {
		list, err := conformance.Vectors()
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	first := load()
	for i := range first {
		clear(first[i].Document)
		clear(first[i].Refused)
		if first[i].Want != nil {
			first[i].Want.Verdict = 0
		}
	}
	for _, v := range load() {
		if bytes.IndexByte(v.Document, 0) >= 0 || v.Want != nil && v.Want.Verdict == 0 {
			t.Fatalf("%s was changed", v.Name)
		}
		if bytes.ContainsAny(v.Document, "\n\r") {
			t.Errorf("%s is not one line", v.Name)
		}
	}
}
