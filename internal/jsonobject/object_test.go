package jsonobject_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/jsonobject"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func object(t testing.TB, text string) *jsonobject.Object {
	t.Helper()
	o, err := jsonobject.Parse(exactly(text))
	if err != nil || o == nil {
		t.Fatalf("%.200s: %v", text, err)
	}
	return o
}

// strict is a code that refuses all texts with an error of another package.
type strict struct{}

func (*strict) UnmarshalText([]byte) error { return errors.New("is refused") }

// The methods, each of which takes the field f.
func takeText(o *jsonobject.Object) any    { return o.Text("f") }
func takeInstant(o *jsonobject.Object) any { return o.Instant("f") }
func takeInteger(o *jsonobject.Object) any { return o.Integer("f") }
func takeTexts(o *jsonobject.Object) any   { return o.Texts("f") }

func takeCode(o *jsonobject.Object) any {
	c := refund.ChannelPhone
	o.Code("f", &c)
	return c
}

func takeStrict(o *jsonobject.Object) any {
	o.Code("f", new(strict))
	return nil
}

// takeObjects returns how many objects there are, -1 for nil.
func takeObjects(o *jsonobject.Object) any {
	objects := o.Objects("f")
	if objects == nil {
		return -1
	}
	return len(objects)
}

func TestObjectFields(t *testing.T) {
	const null, nothing = "null is refused: leave the field out", "(nothing)"
	noon := time.Date(2026, 3, 1, 12, 0, 0, 5, time.UTC)
	type taker = func(*jsonobject.Object) any
	for _, r := range []struct {
		why    string
		take   taker
		value  string // of the field f
		want   any
		reason string // of the fault, if any
	}{
		{"a text", takeText, `"café 😀"`, "café 😀", ""},
		{"with escapes", takeText, `"\u00e9\n\"\ud83d\ude00"`, "é\n\"😀", ""},
		{"an empty one", takeText, `""`, "", ""},
		{"none", takeText, nothing, "", ""},
		{"null is no text", takeText, `null`, "", null},
		{"a number is none", takeText, `17`, "", "is a number, not a string"},
		{"a negative one neither", takeText, `-17`, "", "is a number, not a string"},
		{"a boolean is none", takeText, `true`, "", "is a boolean, not a string"},
		{"the other one neither", takeText, `false`, "", "is a boolean, not a string"},
		{"an array is none", takeText, `["a"]`, "", "is an array, not a string"},
		{"an object is none", takeText, `{"f":"a"}`, "", "is an object, not a string"},

		{"an instant", takeInstant, `"2026-03-01T12:00:00.000000005Z"`, noon, ""},
		{"at another place: it is in UTC", takeInstant, `"2026-03-01T07:00:00.000000005-05:00"`, noon, ""},
		{"with escapes", takeInstant, `"2026-03-01\u005412:00:00.000000005Z"`, noon, ""},
		{"an empty one is as good as none", takeInstant, `""`, time.Time{}, ""},
		{"none", takeInstant, nothing, time.Time{}, ""},
		{"a day is no instant", takeInstant, `"2026-03-01"`, time.Time{}, `"2026-03-01" is not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00`},
		{"a day that is not in the calendar", takeInstant, `"2026-02-30T12:00:00Z"`, time.Time{}, `"2026-02-30T12:00:00Z" is not on the calendar and the clock, from the year 1 on`},
		{"the zero instant", takeInstant, `"0001-01-01T00:00:00Z"`, time.Time{}, `"0001-01-01T00:00:00Z" is the zero instant, which means that none is given`},
		{"another text is not repeated", takeInstant, `"Jo, at noon"`, time.Time{}, "a text of 11 bytes is not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00"},
		{"a number is no instant", takeInstant, `1772366400`, time.Time{}, "is a number, not a string"},
		{"null neither", takeInstant, `null`, time.Time{}, null},

		{"a code", takeCode, `"email"`, refund.ChannelEmail, ""},
		{"with escapes", takeCode, `"\u0065mail"`, refund.ChannelEmail, ""},
		{"an empty one leaves what was there", takeCode, `""`, refund.ChannelPhone, ""},
		{"none does, too", takeCode, nothing, refund.ChannelPhone, ""},
		{"an unknown one, by the reason of its type", takeCode, `"fax"`, refund.ChannelPhone, reasonOf(t, new(refund.Channel).UnmarshalText([]byte("fax")))},
		{"by that of any error", takeStrict, `"x"`, nil, "is refused"},
		{"a number is no code", takeCode, `1`, refund.ChannelPhone, "is a number, not a string"},
		{"null neither", takeCode, `null`, refund.ChannelPhone, null},

		{"an integer", takeInteger, `17`, int64(17), ""},
		{"nothing", takeInteger, `0`, int64(0), ""},
		{"a negative one", takeInteger, `-1`, int64(-1), ""},
		{"a negative nothing", takeInteger, `-0`, int64(0), ""},
		{"the greatest", takeInteger, `9223372036854775807`, int64(1<<63 - 1), ""},
		{"the least", takeInteger, `-9223372036854775808`, int64(-1 << 63), ""},
		{"none", takeInteger, nothing, int64(0), ""},
		{"one more than the greatest", takeInteger, `9223372036854775808`, int64(0), "is out of range"},
		{"one less than the least", takeInteger, `-9223372036854775809`, int64(0), "is out of range"},
		{"many digits", takeInteger, strings.Repeat("9", 400), int64(0), "is out of range"},
		{"a fraction", takeInteger, `1.5`, int64(0), "is not an integer"},
		{"a fraction of nothing", takeInteger, `1.0`, int64(0), "is not an integer"},
		{"an exponent", takeInteger, `1e3`, int64(0), "is not an integer"},
		{"a text is not an integer", takeInteger, `"17"`, int64(0), "is a string, not an integer"},
		{"a boolean neither", takeInteger, `true`, int64(0), "is a boolean, not an integer"},
		{"an array neither", takeInteger, `[17]`, int64(0), "is an array, not an integer"},
		{"null neither", takeInteger, `null`, int64(0), null},

		{"texts, in their order", takeTexts, `["b", "", "a", "b"]`, []string{"b", "", "a", "b"}, ""},
		{"no texts", takeTexts, `[ ]`, []string{}, ""},
		{"none", takeTexts, nothing, []string(nil), ""},
		{"a text is no array", takeTexts, `"a"`, []string(nil), "is a string, not an array"},
		{"an object neither", takeTexts, `{"0":"a"}`, []string(nil), "is an object, not an array"},
		{"null neither", takeTexts, `null`, []string(nil), null},

		{"objects", takeObjects, `[{}, {}]`, 2, ""},
		{"no objects", takeObjects, `[]`, 0, ""},
		{"none", takeObjects, nothing, -1, ""},
		{"an object is no array", takeObjects, `{}`, -1, "is an object, not an array"},
		{"null neither", takeObjects, `null`, -1, null},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			for _, form := range []string{`{"f":%s}`, "{\"f\" :\t%s\n}", `{"\u0066":%s}`} {
				text := fmt.Sprintf(form, r.value)
				if r.value == nothing {
					text = `{}`
				}
				o := object(t, text)
				if got := r.take(o); !cmp.Equal(got, r.want) {
					t.Errorf("took %#v, want %#v", got, r.want)
				}
				checkFaults(t, o.Err(nil), r.reason)
				// A field that is taken twice is there twice, and its fault may be told twice.
				if got := r.take(o); !cmp.Equal(got, r.want) {
					t.Errorf("took %#v the second time, want %#v", got, r.want)
				}
			}
		})
	}
}

// reasonOf returns the reason of the one fault of an error.
func reasonOf(t *testing.T, err error) string {
	t.Helper()
	var fault refund.Fault
	if !errors.As(err, &fault) {
		t.Fatalf("error %v, want a fault", err)
	}
	return fault.Reason
}

// checkFaults fails unless an error is the fault of the field f with a reason, or nil
// for none.
func checkFaults(t *testing.T, err error, reason string) {
	t.Helper()
	want := "refund: invalid input: f: " + reason
	if reason == "" && err != nil || reason != "" && (err == nil || err.Error() != want) {
		t.Errorf("%v, want %s", err, reason)
	}
	testkit.WantPaths(t, err, []string{"f"}[:min(1, len(reason))]...)
}

func TestParseObject(t *testing.T) {
	deep := func(n int) string { return `{"x":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + `}` }
	for _, r := range []struct {
		why, text string
		reason    string
	}{
		{"an object of nothing", `{}`, ""},
		{"blanks around it", " \t\r\n{ } \n", ""},
		{"values of every kind", `{"a":[{"b":[null,true,false,-1.5e+10,"\u0000"]},[]],"a":{}}`, ""},
		{"nothing", ``, "is not valid JSON, at byte 1"},
		{"blanks", "\n ", "is not valid JSON, at byte 3"},
		{"an array", `[{}]`, "is an array, not an object"},
		{"a text", `"{}"`, "is a string, not an object"},
		{"a number", `7`, "is a number, not an object"},
		{"a boolean", `true`, "is a boolean, not an object"},
		{"null", `null`, "null is refused: leave the field out"},
		{"no end", `{"a":1`, "is not valid JSON, at byte 7"},
		{"no value", `{"a":}`, "is not valid JSON, at byte 6"},
		{"a word that is none", `{"a":nul}`, "is not valid JSON, at byte 6"},
		{"a word that is none, in an array", `{"a":[1,x]}`, "is not valid JSON, at byte 9"},
		{"a comma too many", `{"a":[1,]}`, "is not valid JSON, at byte 9"},
		{"a comma too many in an object", `{"a":{"b":1,}}`, "is not valid JSON, at byte 13"},
		{"no colon", `{"a" 1}`, "is not valid JSON, at byte 6"},
		{"a number that is none", `{"a":01}`, "is not valid JSON, at byte 7"},
		{"a number without its digits", `{"a":-}`, "is not valid JSON, at byte 7"},
		{"an escape that is none", `{"a":"\x"}`, "is not valid JSON, at byte 7"},
		{"half of a surrogate pair", `{"a":"\ud83d"}`, "has half of a surrogate pair, at byte 13"},
		{"the same, in a name", `{"\ud83d":1}`, "has half of a surrogate pair, at byte 9"},
		{"bad UTF-8", "{\"a\":\"\xff\"}", "is not valid UTF-8, at byte 7"},
		{"text after it", `{}{}`, "has text after its end, at byte 3"},
		{"a byte order mark", "\ufeff{}", "begins with a byte order mark: write it as UTF-8 without one"},
		{"64 levels", deep(maxDepth), ""},
		{"65 levels", deep(maxDepth + 1), "is nested deeper than 64 levels, at byte 69"},
		{"levels of objects", strings.Repeat(`{"x":`, 65) + "{}" + strings.Repeat("}", 65), "is nested deeper than 64 levels, at byte 321"},
		{"levels side by side", `{"x":[` + strings.TrimSuffix(strings.Repeat(`[[]],{"y":{}},`, 100), ",") + `]}`, ""},
		{"1 MiB", `{}` + strings.Repeat(" ", maxBytes-2), ""},
		{"a byte more", `{}` + strings.Repeat(" ", maxBytes-1), "is longer than 1 MiB"},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			o, err := jsonobject.Parse(exactly(r.text))
			if (o != nil) == (err != nil) {
				t.Errorf("an object and an error, or neither: %v", err)
			}
			if r.reason == "" && err != nil || r.reason != "" && (err == nil || err.Error() != "refund: invalid input: "+r.reason) {
				t.Errorf("%v, want %s", err, r.reason)
			}
			if err != nil {
				testkit.WantPaths(t, err, whole...)
			}
		})
	}
}
