package elements_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/elements"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// read returns one line for each element or error.
func read(r io.Reader) string {
	var lines []string
	for e, err := range elements.Read(r, "list") {
		line := fmt.Sprintf("%d %s %s", e.Line, e.Path, e.Text)
		if err != nil {
			line = "error: " + err.Error()
			if e.Last != strings.Contains(line, "the rest of the file is not read") {
				line += fmt.Sprintf(" (last: %t)", e.Last)
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestElementsOfEveryLayout(t *testing.T) {
	const rest = "refund: invalid input: is not valid JSON; the rest of the file is not read"
	for _, row := range []struct{ why, file, want string }{
		{"an empty file has no elements", "", ""},
		{"blanks alone are not an element", " \n\t\r\n", ""},
		{"a page", `{"count": 2, "list": [{"a":1}, 7], "next": {"list": [1]}}`, "1 list[0] {\"a\":1}\n1 list[1] 7"},
		{"an empty page", `{"list":[]}`, ""},
		{"two pages, each with its own paths", "{\"list\":[1]}\n{\"list\":[2]}", "1 list[0] 1\n2 list[0] 2"},
		{"an array", "[\n1,\n\"a]\\\"\"]", "2 [0] 1\n3 [1] \"a]\\\"\""},
		{"JSON Lines", "{\"a\":1}\n\n{\"b\":[2]}\n", "1  {\"a\":1}\n3  {\"b\":[2]}"},
		{"an object in which the list is not an array is an element", `{"list":null}`, `1  {"list":null}`},
		{"the list of an inner object is no page", `{"a":{"list":[1]}}`, `1  {"a":{"list":[1]}}`},
		{"an empty object is an element", `{}`, `1  {}`},
		{"a list that is given twice", `{"list":[1],"list":[2]}`, "1 list[0] 1\nerror: line 1: refund: invalid input: list: is given twice; the rest of the file is not read"},
		{"a file that was cut in an element", "[1,\n{\"a\":", "1 [0] 1\nerror: line 2: " + rest},
		{"a file that was cut behind a comma", "[1,", "1 [0] 1\nerror: line 1: " + rest},
		{"a page that was cut", `{"list":[1]`, "1 list[0] 1\nerror: line 1: " + rest},
		{"a comma too many", "[1,]", "1 [0] 1\nerror: line 1: " + rest},
		{"no comma", "[1 2]", "1 [0] 1\nerror: line 1: " + rest},
		{"a name that is not a string", "{1:2}", "error: line 1: " + rest},
		{"a name without a value", `{"a"}`, "error: line 1: " + rest},
		{"text that is not JSON", "<html>", "error: line 1: " + rest},
		{"a byte order mark", "\ufeff[]", "error: line 1: refund: invalid input: begins with a byte order mark: write it as UTF-8 without one; the rest of the file is not read"},
		{"half of a pair becomes U+FFFD, a whole one stays", `["\ud83d","\uD83D\uDE00","\\ud83d","\uDe00x"]`,
			"1 [0] \"\\ufffd\"\n1 [1] \"\\uD83D\\uDE00\"\n1 [2] \"\\\\ud83d\"\n1 [3] \"\\ufffdx\""},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := read(strings.NewReader(row.file)); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
			if got := read(iotest.OneByteReader(strings.NewReader(row.file))); got != row.want {
				t.Errorf("byte by byte:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}

func TestLongElementIsSkipped(t *testing.T) {
	long := `"` + strings.Repeat("x", elements.MaxBytes-1) + `"`
	want := "error: line 1: refund: invalid input: list[0]: is longer than 16 MiB\n1 list[1] 2"
	if got := read(strings.NewReader(`{"list":[` + long + `,2]}`)); got != want {
		t.Errorf("got %.200s", got)
	}
	if got := read(strings.NewReader(`[` + long[1:] + `"]`)); len(got) < elements.MaxBytes-1 && !strings.HasPrefix(got, "error") {
		t.Errorf("got %.200s", got)
	}
}

func TestErrorOfReadingIsTheLast(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, before := range []string{"", "[1,", `{"list":[1],`, `{"a":"`, "[1]"} {
		var last error
		for _, err := range elements.Read(io.MultiReader(strings.NewReader(before), iotest.ErrReader(broken)), "list") {
			if last != nil {
				t.Errorf("%q: something comes after the error", before)
			}
			last = err
		}
		if last != broken {
			t.Errorf("%q: error %v", before, last)
		}
	}
}

func TestDecodeNamesFieldsOfTheElement(t *testing.T) {
	for e := range elements.Read(strings.NewReader("\n{\"list\":[{\"a\":1}]}"), "list") {
		var a string
		err := e.Decode(func(r *strict.Reader) { r.Object(strict.TextField("a", &a), strict.TextField("b", &a).Required()) }, nil)
		testkit.WantPaths(t, err, "list[0].a", "list[0].b")
		if line, ok := err.(*evidence.LineError); !ok || line.Line != 2 {
			t.Errorf("error %v", err)
		}
	}
}

func TestFaultsOfOneElementAreBounded(t *testing.T) {
	var faults refund.Faults
	for range 1000 {
		faults.Add("a", "is wrong")
	}
	if n := len(testkit.Paths(elements.Element{Path: "x"}.Err(faults))); n != 21 {
		t.Errorf("%d faults are kept", n)
	}
}

func TestCollectKeepsAtMostAHundredErrors(t *testing.T) {
	list, err := elements.Collect(func(yield func(int, error) bool) {
		for i := range 1000 {
			if !yield(i, nil) || !yield(0, errors.New("wrong")) {
				return
			}
		}
	})
	joined, ok := err.(interface{ Unwrap() []error })
	if len(list) != 1000 || !ok || len(joined.Unwrap()) != elements.MaxErrors+1 {
		t.Errorf("%d values, error %.200v", len(list), err)
	}
}

// The oracle is encoding/json, which reads the whole file at once.
func TestElementsAreThoseOfEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Custom(anyValue), 0, 5).Draw(t, "values")
		layout := rapid.SampledFrom([]string{"page", "array", "lines"}).Draw(t, "layout")
		var file bytes.Buffer
		encode := func(v any) {
			e := json.NewEncoder(&file)
			e.SetEscapeHTML(false)
			if rapid.Bool().Draw(t, "indented") {
				e.SetIndent("\t", " ")
			}
			if err := e.Encode(v); err != nil {
				t.Fatal(err)
			}
		}
		switch layout {
		case "page":
			encode(map[string]any{"a": anyValue(t), "list": values, "z": anyValue(t)})
		case "array":
			encode(values)
		case "lines":
			for i := range values {
				values[i] = map[string]any{"x": values[i]}
				encode(values[i])
			}
		}
		i := 0
		for e, err := range elements.Read(iotest.HalfReader(bytes.NewReader(file.Bytes())), "list") {
			if err != nil {
				t.Fatal(err)
			}
			var got any
			if err := json.Unmarshal(e.Text, &got); err != nil {
				t.Fatalf("element %d: %v", i, err)
			}
			a, _ := json.Marshal(got)
			b, _ := json.Marshal(values[i])
			if !bytes.Equal(a, b) {
				t.Fatalf("element %d: %s, want %s", i, a, b)
			}
			i++
		}
		if i != len(values) {
			t.Fatalf("%d elements of %d in %s", i, len(values), file.String())
		}
	})
}

func anyValue(t *rapid.T) any {
	switch rapid.IntRange(0, 6).Draw(t, "kind") {
	case 0:
		return rapid.SampledFrom([]string{"", "list", "]}", "\"\\", "😀\n"}).Draw(t, "text")
	case 1:
		return float64(rapid.IntRange(-9, 9).Draw(t, "number"))
	case 2:
		return nil
	case 3:
		return true
	case 4:
		return []any{anyValue(t)}
	case 5:
		return map[string]any{"list": anyValue(t)}
	}
	return map[string]any{}
}

// FuzzRead checks that whatever encoding/json takes for one text is not broken, and that
// the size of the pieces in which it is read changes nothing.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"list":[{"a":1},"x"],"b":2}`, "[1,2]", "{}\n{}", `{"list":`, `["\ud83d"]`, "[1}", "\ufeff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got := read(bytes.NewReader(file))
		if small := read(iotest.OneByteReader(bytes.NewReader(file))); got != small {
			t.Errorf("byte by byte %q, else %q", small, got)
		}
		text := bytes.TrimSpace(file)
		if json.Valid(file) && (text[0] == '{' || text[0] == '[') && strings.Contains(got, "not valid JSON") {
			t.Errorf("valid JSON is refused: %s", got)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	file := `{"list":[` + strings.TrimSuffix(strings.Repeat(`{"id":12345,"text":"some words of a comment","tags":["a","b"]},`, 20_000), ",") + `]}`
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		n := 0
		for _, err := range elements.Read(strings.NewReader(file), "list") {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 20_000 {
			b.Fatal(n)
		}
	}
}
