package strict_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// A refusal is a code that rejects every text, with an error that is not a fault.
type refusal struct{}

func (*refusal) UnmarshalText([]byte) error { return errors.New("is refused") }

// readObject reads a text without spare capacity, so that reading beyond its end panics.
func readObject(text string, fields ...strict.Field) []strict.Fault {
	r := strict.NewReader(slices.Clip([]byte(text)))
	return strict.Read[[]strict.Fault](r, func(r *strict.Reader) { r.Object(fields...) }, nil)
}

// These functions read the field f of a text.

func text(in string) (any, []strict.Fault) {
	var s string
	faults := readObject(in, strict.TextField("f", &s))
	return s, faults
}

func at(in string) (any, []strict.Fault) {
	var t time.Time
	faults := readObject(in, strict.InstantField("f", &t))
	return t, faults
}

func code(in string) (any, []strict.Fault) {
	c := color(1)
	faults := readObject(in, strict.CodeField[wrong]("f", &c))
	return c, faults
}

func refused(in string) (any, []strict.Fault) {
	var c refusal
	faults := readObject(in, strict.CodeField[wrong]("f", &c))
	return c, faults
}

func integer(in string) (n any, _ []strict.Fault) {
	n = int64(0)
	faults := readObject(in, strict.ValueField("f", func(r *strict.Reader) { n = r.Integer(64) }))
	return n, faults
}

func texts(in string) (any, []strict.Fault) {
	var list []string
	faults := readObject(in, strict.TextsField("f", &list))
	return list, faults
}

func TestFields(t *testing.T) {
	const null, nothing = "null is not allowed: leave the field out", "(nothing)"
	noon := time.Date(2026, 3, 1, 12, 0, 0, 5, time.UTC)
	for _, r := range []struct {
		why    string
		read   func(in string) (any, []strict.Fault)
		value  string // of the field f
		want   any
		reason string // of the fault, if any
	}{
		{"a text", text, `"café 😀"`, "café 😀", ""},
		{"a text with escapes", text, `"\u00e9\n\"\ud83d\ude00"`, "é\n\"😀", ""},
		{"an empty text", text, `""`, "", ""},
		{"a missing text", text, nothing, "", ""},
		{"null for a text", text, `null`, "", null},
		{"a number for a text", text, `17`, "", "is a number, not a string"},
		{"a negative number for a text", text, `-17`, "", "is a number, not a string"},
		{"true for a text", text, `true`, "", "is a boolean, not a string"},
		{"false for a text", text, `false`, "", "is a boolean, not a string"},
		{"an array for a text", text, `["a"]`, "", "is an array, not a string"},
		{"an object for a text", text, `{"f":"a"}`, "", "is an object, not a string"},

		{"an instant", at, `"2026-03-01T12:00:00.000000005Z"`, noon, ""},
		{"an instant with an offset is read in UTC", at, `"2026-03-01T07:00:00.000000005-05:00"`, noon, ""},
		{"an instant with escapes", at, `"2026-03-01\u005412:00:00.000000005Z"`, noon, ""},
		{"an empty text means the same as a missing instant", at, `""`, time.Time{}, ""},
		{"a missing instant", at, nothing, time.Time{}, ""},
		{"a date for an instant", at, `"2026-03-01"`, time.Time{}, `is not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00`},
		{"a day that is not on the calendar", at, `"2026-02-30T12:00:00Z"`, time.Time{}, `is not a date of the years 1 to 9999 and a time of day`},
		{"the zero Time", at, `"0001-01-01T00:00:00Z"`, time.Time{}, `is the first instant of the year 1, which stands for a missing instant`},
		{"a text that is not an instant is not quoted", at, `"Jo, at noon"`, time.Time{}, "is not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00"},
		{"a number for an instant", at, `1772366400`, time.Time{}, "is a number, not a string"},
		{"null for an instant", at, `null`, time.Time{}, null},

		{"a code", code, `"blue"`, color(2), ""},
		{"a code with escapes", code, `"\u0062lue"`, color(2), ""},
		{"an empty code leaves the value unchanged", code, `""`, color(1), ""},
		{"a missing code leaves the value unchanged", code, nothing, color(1), ""},
		{"an unknown code has the reason of its type", code, `"green"`, color(1), "is not one of red, blue"},
		{"an error that is not a fault gives its text as the reason", refused, `"x"`, refusal{}, "is refused"},
		{"a number for a code", code, `1`, color(1), "is a number, not a string"},
		{"null for a code", code, `null`, color(1), null},

		{"an integer", integer, `17`, int64(17), ""},
		{"zero", integer, `0`, int64(0), ""},
		{"a negative integer", integer, `-1`, int64(-1), ""},
		{"a negative zero", integer, `-0`, int64(0), ""},
		{"the greatest integer", integer, `9223372036854775807`, int64(1<<63 - 1), ""},
		{"the least integer", integer, `-9223372036854775808`, int64(-1 << 63), ""},
		{"a missing integer", integer, nothing, int64(0), ""},
		{"one more than the greatest", integer, `9223372036854775808`, int64(0), "is out of range"},
		{"one less than the least", integer, `-9223372036854775809`, int64(0), "is out of range"},
		{"many digits", integer, strings.Repeat("9", 400), int64(0), "is out of range"},
		{"a fraction", integer, `1.5`, int64(0), "is not an integer"},
		{"a fraction of zero", integer, `1.0`, int64(0), "is not an integer"},
		{"an exponent", integer, `1e3`, int64(0), "is not an integer"},
		{"a text for an integer", integer, `"17"`, int64(0), "is a string, not an integer"},
		{"a boolean for an integer", integer, `true`, int64(0), "is a boolean, not an integer"},
		{"an array for an integer", integer, `[17]`, int64(0), "is an array, not an integer"},
		{"null for an integer", integer, `null`, int64(0), null},

		{"an array of texts keeps its order", texts, `["b", "", "a", "b"]`, []string{"b", "", "a", "b"}, ""},
		{"an empty array of texts", texts, `[ ]`, []string{}, ""},
		{"a missing array of texts", texts, nothing, []string(nil), ""},
		{"a text for an array", texts, `"a"`, []string{}, "is a string, not an array"},
		{"an object for an array", texts, `{"0":"a"}`, []string{}, "is an object, not an array"},
		{"null for an array", texts, `null`, []string{}, null},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for _, form := range []string{`{"f":%s}`, "{\"f\" :\t%s\n}", `{"\u0066":%s}`} {
				in := fmt.Sprintf(form, r.value)
				if r.value == nothing {
					in = `{}`
				}
				got, faults := r.read(in)
				if !cmp.Equal(got, r.want) {
					t.Errorf("read %#v, want %#v", got, r.want)
				}
				var want []strict.Fault
				if r.reason != "" {
					want = []strict.Fault{{Path: "f", Reason: r.reason}}
				}
				if diff := cmp.Diff(want, faults); diff != "" {
					t.Errorf("want -, got +:\n%s", diff)
				}
			}
		})
	}
}

// The first value of a repeated field is kept. A list that is too long is cut to one element
// more than the maximum.
func TestObject(t *testing.T) {
	var id, name string
	var list []string
	got := readObject(`{"a b":1, "id":"x", "id":null, "Name":[], "list":["a","b","c",4]}`,
		strict.TextField("name", &name).Required(),
		strict.TextField("id", &id).Required(),
		strict.ListField("list", &list, 1, func(s *string, r *strict.Reader) { *s, _ = r.Text() }),
	)
	want := []strict.Fault{
		{Path: "…", Reason: "unknown field (a name of 3 bytes)"},
		{Path: "id", Reason: "is given twice"},
		{Path: "Name", Reason: "unknown field"},
		{Path: "name", Reason: "is required"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", "b"}, list); diff != "" || id != "x" {
		t.Errorf("id %q, and a list, want -, got +:\n%s", id, diff)
	}
}

// Rest skips the fields that are not listed, with any values.
func TestRest(t *testing.T) {
	var id string
	faults := readObject(`{"a":null, "a":[{"b":{}}], "id":"x", "c":1}`, strict.TextField("id", &id), strict.Rest)
	if faults != nil || id != "x" {
		t.Errorf("read %q, %v", id, faults)
	}
}

// If the value is not an object, missing fields are not reported, and validation adds no faults.
func TestNoObject(t *testing.T) {
	var s string
	r := strict.NewReader([]byte(`{"f":[]}`))
	faults := strict.Read(r, func(r *strict.Reader) {
		r.Object(strict.ValueField("f", func(r *strict.Reader) {
			if r.Object(strict.TextField("id", &s).Required()) {
				t.Error("an object was read")
			}
		}))
	}, func() []strict.Fault { return []strict.Fault{{Path: "f.id", Reason: "is empty"}} })
	if diff := cmp.Diff([]strict.Fault{{Path: "f", Reason: "is an array, not an object"}}, faults); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	faults = strict.Read(strict.NewReader([]byte(`[]`)), func(*strict.Reader) { t.Error("an object was read") },
		func() []strict.Fault { return []strict.Fault{{Path: "id", Reason: "is empty"}} })
	if diff := cmp.Diff([]strict.Fault{{Path: "", Reason: "is an array, not an object"}}, faults); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// If there are more than 1000 faults, the first are reported, and the fact that there are more.
func TestManyFaults(t *testing.T) {
	_, faults := texts(`{"f":[` + strings.Repeat("1,", 1500) + `1]}`)
	if len(faults) != 1001 || faults[999].Path != "f[999]" || faults[1000].Path != "" {
		t.Errorf("%d faults: %v", len(faults), faults[len(faults)-2:])
	}
}

// A refused element costs memory only until there are as many faults as are reported.
func TestManyRefusedElementsAreNotKept(t *testing.T) {
	var list []struct{ ID string }
	var read int
	element := func(e *struct{ ID string }, r *strict.Reader) {
		read++
		r.Object(strict.TextField("id", &e.ID).Required())
	}
	faults := readObject(`{"f":[`+strings.Repeat("{},", 5000)+`{}]}`, strict.ListField("f", &list, strict.MaxBytes, element))
	if len(list) != 1000 || read != 5001 || len(faults) != 1001 {
		t.Errorf("%d of %d elements are kept, with %d faults", len(list), read, len(faults))
	}
}

func TestWholeText(t *testing.T) {
	const maxBytes, maxDepth = strict.MaxBytes, strict.MaxDepth
	deep := func(n int) string { return `{"x":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + `}` }
	for _, r := range []struct {
		why, text string
		reason    string
	}{
		{"an empty object", `{}`, ""},
		{"white space around an object", " \t\r\n{ } \n", ""},
		{"values of every kind", `{"a":[{"b":[null,true,false,-1.5e+10,"\u0000"]},[]],"a":{}}`, ""},
		{"the empty text", ``, "is not valid JSON, at byte 1"},
		{"white space only", "\n ", "is not valid JSON, at byte 3"},
		{"an array", `[{}]`, "is an array, not an object"},
		{"a text", `"{}"`, "is a string, not an object"},
		{"a number", `7`, "is a number, not an object"},
		{"a boolean", `true`, "is a boolean, not an object"},
		{"null", `null`, "null is not allowed: leave the field out"},
		{"no end", `{"a":1`, "is not valid JSON, at byte 7"},
		{"no value", `{"a":}`, "is not valid JSON, at byte 6"},
		{"an unknown word", `{"a":nul}`, "is not valid JSON, at byte 6"},
		{"an unknown word in an array", `{"a":[1,x]}`, "is not valid JSON, at byte 9"},
		{"a trailing comma in an array", `{"a":[1,]}`, "is not valid JSON, at byte 9"},
		{"a trailing comma in an object", `{"a":{"b":1,}}`, "is not valid JSON, at byte 13"},
		{"no colon", `{"a" 1}`, "is not valid JSON, at byte 6"},
		{"a number with a leading zero", `{"a":01}`, "is not valid JSON, at byte 7"},
		{"a minus sign without digits", `{"a":-}`, "is not valid JSON, at byte 7"},
		{"an unknown escape", `{"a":"\x"}`, "is not valid JSON, at byte 7"},
		{"half of a surrogate pair", `{"a":"\ud83d"}`, "has half of a surrogate pair, at byte 13"},
		{"half of a surrogate pair in a name", `{"\ud83d":1}`, "has half of a surrogate pair, at byte 9"},
		{"invalid UTF-8", "{\"a\":\"\xff\"}", "is not valid UTF-8, at byte 7"},
		{"text after the object", `{}{}`, "has text after its end, at byte 3"},
		{"a byte order mark", "\ufeff{}", "begins with a byte order mark: write it as UTF-8 without one"},
		{"64 levels", deep(maxDepth), ""},
		{"65 levels", deep(maxDepth + 1), "is nested deeper than 64 levels, at byte 69"},
		{"levels of objects", strings.Repeat(`{"x":`, 65) + "{}" + strings.Repeat("}", 65), "is nested deeper than 64 levels, at byte 321"},
		{"levels side by side", `{"x":[` + strings.TrimSuffix(strings.Repeat(`[[]],{"y":{}},`, 100), ",") + `]}`, ""},
		{"1 MiB", `{}` + strings.Repeat(" ", maxBytes-2), ""},
		{"1 MiB and a byte", `{}` + strings.Repeat(" ", maxBytes-1), "is longer than 1 MiB"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			var want []strict.Fault
			if r.reason != "" {
				want = []strict.Fault{{Path: "", Reason: r.reason}}
			}
			if diff := cmp.Diff(want, readObject(r.text, strict.Rest)); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}
