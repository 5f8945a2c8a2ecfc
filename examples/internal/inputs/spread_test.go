package inputs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// linesOf describes the lines that joined yields: the number of each, and whether it is
// refused as spread over several lines.
func linesOf(text string) (list []string) {
	for line, err := range joined(jsonlines.Read(strings.NewReader(text))) {
		var invalid *refund.InvalidError
		if errors.As(err, &invalid) {
			reason, _, _ := strings.Cut(invalid.Faults[0].Reason, ":")
			list = append(list, fmt.Sprintf("%d %s", line.Number, reason))
		} else {
			list = append(list, fmt.Sprintf("%d %s", line.Number, line.Text))
		}
	}
	return list
}

func TestDocumentsSpreadOverLines(t *testing.T) {
	for _, row := range []struct {
		reason, in string
		want       []string
	}{
		{"an empty input", "", nil},
		{"one document a line", "{}\n{\"a\":1}\n", []string{"1 {}", `2 {"a":1}`}},
		{"an indented document", "{\n  \"a\": {\n    \"b\": [\n      1,\n      2\n    ]\n  }\n}\n{}\n", []string{"1 is spread over lines 1 to 8", "9 {}"}},
		{"two indented documents", "{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n", []string{"1 is spread over lines 1 to 3", "4 is spread over lines 4 to 6"}},
		{"a document without indentation", "{\n\"a\": [\n{\n\"b\": 1\n},\n{\n\"b\": 2\n}\n]\n}\n", []string{"1 is spread over lines 1 to 10"}},
		{"short objects inside an indented document", "{\"issues\": [\n  {\"id\": \"T-1\"},\n  {\"id\": \"T-2\"}\n]}\n", []string{"1 is spread over lines 1 to 4"}},
		{"blank lines inside a document", "{\n\n\"a\": 1\n\n}\n", []string{"1 is spread over lines 1 to 5"}},
		{"an array over several lines", "[{},\n{},\n{}]\n{}\n", []string{"1 is spread over lines 1 to 3", "4 {}"}},
		{"braces in strings do not count", "{\n\"a\": \"}\\\"}{\"\n}\n", []string{"1 is spread over lines 1 to 3"}},
		{"a document that breaks off leaves the next one alone", "{\"a\":\n{\"b\":1}\n", []string{`1 {"a":`, `2 {"b":1}`}},
		{"several documents that break off leave the next one alone", "{\"a\":1,\n{\"a\":2,\n{\"a\":3}\n", []string{`1 {"a":1,`, `2 {"a":2,`, `3 {"a":3}`}},
		{"an array that breaks off leaves the next document alone", "{\"a\":[\n{\"b\":1}\n", []string{`1 {"a":[`, `2 {"b":1}`}},
		{"a comma too many does not end the document", "{\n\"a\": [1,\n],\n}\n{}\n", []string{"1 is spread over lines 1 to 4", "5 {}"}},
		{"an indented document at the end breaks off", "{}\n{\n  \"a\": 1", []string{"1 {}", "2 is spread over lines 2 to 3"}},
		{"a string that breaks off does not go on in the next line", "{\"a\":\"x\n\"}\n", []string{`1 {"a":"x`, `2 "}`}},
		{"scalars, and other text, are lines of their own", "1\n\"a\"\nnull\nhello\n", []string{"1 1", `2 "a"`, "3 null", "4 hello"}},
		{"closing braces alone are lines of their own", "}\n]\n", []string{"1 }", "2 ]"}},
		{"a comma after a brace", "{\n,\n}\n", []string{"1 {", "2 ,", "3 }"}},
		{"a brace that closes a bracket", "[\n}\n", []string{"1 [", "2 }"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			if diff := cmp.Diff(row.want, linesOf(row.in)); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// A document of any length is joined in bounded memory, and then has no id.
func TestVeryLongSpreadDocument(t *testing.T) {
	text := "{\n" + strings.Repeat("\"a\": [1, 2, 3],\n", 200_000) + "\"b\": 1\n}\n"
	for line, err := range joined(jsonlines.Read(strings.NewReader(text))) {
		if err == nil || line.Text != nil {
			t.Errorf("line %d has %d bytes, error %v", line.Number, len(line.Text), err)
		}
	}
}

// An oracle: indented JSON of any value with members is one line of joined, and compact
// JSON is left as it is.
func FuzzJoined(f *testing.F) {
	f.Add([]byte(`{"subscription":{"id":"SUB-1"},"issues":[{"id":"T-1"},{}],"n":[1,-2.5e3,true,null,"}{\"]"]}`))
	f.Add([]byte(`{"a":[]}`))
	f.Add([]byte(`{"a":[[[{}]]],"b":""}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var compact, indented bytes.Buffer
		if json.Compact(&compact, text) != nil || bytes.ContainsAny(text, "\n\r") ||
			len(text) > 1000 || bytes.Count(text, []byte("["))+bytes.Count(text, []byte("{")) > maxDepth {
			return
		}
		if got := linesOf(compact.String()); len(got) != 1 || got[0] != "1 "+compact.String() {
			t.Errorf("compact %s: %q", compact.String(), got)
		}
		if err := json.Indent(&indented, text, "", " "); err != nil {
			t.Fatal(err)
		}
		lines := bytes.Count(indented.Bytes(), []byte("\n")) + 1
		if want := fmt.Sprintf("1 is spread over lines 1 to %d", lines); lines > 1 {
			if got := linesOf(indented.String()); len(got) != 1 || got[0] != want {
				t.Errorf("indented %s: %q", indented.String(), got)
			}
		}
	})
}
