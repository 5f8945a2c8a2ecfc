package strict_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// A shape is an object with a field of every kind.
type shape struct {
	Text    string   `json:"text"`
	Color   color    `json:"color"`
	At      instant  `json:"at"`
	N       int32    `json:"n"`
	List    []string `json:"list"`
	Anyhow  any      `json:"anyhow"`
	Another *shape   `json:"another"`
}

// An instant is a time whose empty text means that it is absent, as in the wire format.
type instant struct{ time.Time }

func (i *instant) UnmarshalJSON(text []byte) error {
	if string(text) == `""` {
		*i = instant{}
		return nil
	}
	return i.Time.UnmarshalJSON(text)
}

type color uint8

var colors = enum.Of[color]("Color", "red", "blue")

// A wrong is a fault that is an error, like that of package refund.
type wrong strict.Fault

func (w wrong) Error() string { return w.Path + ": " + w.Reason }

func (c *color) UnmarshalText(text []byte) error {
	if reason := colors.Parse(text, c); reason != "" {
		return wrong{"color", reason}
	}
	return nil
}

func (s *shape) read(r *strict.Reader) {
	r.Object(
		strict.TextsField("list", &s.List).Required(),
		strict.TextField("text", &s.Text),
		strict.CodeField[wrong]("color", &s.Color),
		strict.InstantField("at", &s.At.Time),
		strict.ValueField("n", func(r *strict.Reader) { s.N = int32(r.Integer(32)) }),
		strict.ValueField("anyhow", func(r *strict.Reader) {
			if err := json.Unmarshal(r.Skip(), &s.Anyhow); err != nil {
				r.Fault("cannot be read")
			}
		}),
		strict.ValueField("another", func(r *strict.Reader) {
			s.Another = &shape{}
			s.Another.read(r)
		}),
	)
}

func read(text []byte) (s shape, faults []strict.Fault) {
	faults = strict.Read[[]strict.Fault](strict.NewReader(text), s.read, nil)
	return s, faults
}

const shapeText = `{"text": "caf\u00e9 \ud83d\ude00 \n", "color": "blue", "at": "2026-03-01T10:00:00.5-05:00", "n": -17,
	"list": ["a", ""], "anyhow": [1.5e3, true, {"a": [null, "x"]}], "another": {"list": []}}`

// FuzzReader compares the reader with encoding/json: both read an accepted text the same way,
// and a text that is not JSON is rejected.
func FuzzReader(f *testing.F) {
	f.Add([]byte(shapeText))
	for i := range shapeText {
		if i%7 == 0 {
			f.Add([]byte(shapeText[:i]))                   // truncated
			f.Add([]byte(shapeText[:i] + shapeText[i+1:])) // damaged
		}
	}
	for _, edit := range [][2]string{
		{`"text"`, `"TEXT"`}, {`"text"`, `"text": "a", "text"`}, {`-17`, `1e1`}, {`-17`, `99999999999`}, {`-17`, `01`}, {`\ude00`, ``}, {`caf`, "\xff"},
		{`"blue"`, `"green"`}, {`"2026-03-01T10:00:00.5-05:00"`, `""`}, {`[]`, `null`}, {`[]`, `{}`}, {`true`, `tru`}, {`null`, strings.Repeat("[", 70) + strings.Repeat("]", 70)},
		{`"a", ""`, strings.Repeat(`1,`, 1200) + `1`}, {`"blue"`, `""`}, {`"text"`, `"t\u0065xt"`}, {`"text"`, `"a b"`},
	} {
		f.Add([]byte(testkit.Edit(f, shapeText, edit[0], edit[1])))
	}
	f.Add([]byte("\ufeff" + shapeText))
	f.Add([]byte(shapeText + " x"))
	f.Add([]byte(shapeText + strings.Repeat(" ", strict.MaxBytes)))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, faults := read(text)
		if faults == nil {
			if !json.Valid(text) || !utf8.Valid(text) {
				t.Fatal("accepted, but not JSON")
			}
			var want shape
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatalf("accepted, but rejected by encoding/json: %v", err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("encoding/json -, strict +:\n%s", diff)
			}
			return
		}
		if len(faults) > 1001 {
			t.Errorf("%d faults", len(faults))
		}
		for _, fault := range faults {
			if fault.Reason == "" {
				t.Errorf("%q has no reason", fault.Path)
			}
			if fault.Path != "" && !json.Valid(text) {
				t.Errorf("not JSON, but there is a fault of %s: %s", fault.Path, fault.Reason)
			}
		}
	})
}

// Characters that encoding/json would escape and characters that affect a terminal are
// escaped; other characters are unchanged.
func FuzzEscape(f *testing.F) {
	f.Add("plain")
	f.Add("\"\\/\b\f\n\r\t\x00\x1f\x7f<>&")
	f.Add("é€😀\u0080\u009f\u00a0\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\u206a\ufffd")
	f.Add("\xff a \xe2\x82 \xc0\xaf \xed\xa0\x80")
	f.Fuzz(func(t *testing.T, s string) {
		got := strict.AppendString([]byte("before"), s)
		text, found := bytes.CutPrefix(got, []byte("before"))
		if !found {
			t.Fatalf("the text before is lost: %q", got)
		}
		var back string
		if err := json.Unmarshal(text, &back); err != nil || back != strings.ToValidUTF8(string([]rune(s)), "\ufffd") {
			t.Errorf("%q is read as %q, %v", text, back, err)
		}
		var compact bytes.Buffer
		json.HTMLEscape(&compact, text)
		if compact.String() != string(text) {
			t.Errorf("%q has characters that encoding/json escapes", text)
		}
		for _, char := range string(text) {
			if unicode.IsControl(char) || unicode.Is(unicode.Bidi_Control, char) {
				t.Errorf("%U is in %q", char, text)
			}
		}
		// A text without characters to escape is unchanged.
		if inner := string(text[1 : len(text)-1]); !strings.Contains(inner, `\`) && utf8.ValidString(s) && inner != s {
			t.Errorf("%q was changed to %q", s, inner)
		}
	})
}

func TestWriter(t *testing.T) {
	w := strict.NewWriter([]byte("[1,"))
	w.Object(func(w *strict.Writer) {
		w.Text("empty", "")
		w.Text("text", "a<b")
		list := []string{"x", "y"}
		w.Array("list", len(list), func(i int) { w.Buf = strict.AppendString(w.Buf, list[i]) })
		w.Instant("none", time.Time{})
		w.Instant("at", time.Date(2026, 3, 1, 10, 0, 0, 5, time.FixedZone("", 3600)))
		strict.Code(w, "color", colors, 2)
		strict.Code(w, "unset", colors, 0)
		w.Integer("n", -3)
		strict.Objects(w, "objects", make([]string, 2), func(_ *string, w *strict.Writer) { w.Always("a", "") })
		w.ObjectField("object", func(*strict.Writer) {})
	})
	const want = `[1,{"text":"a\u003cb","list":["x","y"],"at":"2026-03-01T09:00:00.000000005Z","color":"blue","n":-3,"objects":[{"a":""},{"a":""}],"object":{}}`
	if got := string(w.Buf); got != want || w.Faults() != nil {
		t.Errorf("got  %s\nwant %s\n%v", got, want, w.Faults())
	}
}

func TestWriterFaults(t *testing.T) {
	w := strict.NewWriter(nil)
	w.Object(func(w *strict.Writer) {
		strict.Objects(w, "list", []string{"", "\xff"}, func(s *string, w *strict.Writer) {
			w.ObjectField("inner", func(w *strict.Writer) {
				w.Text("a", *s)
				w.Fault("b", "")
			})
		})
		w.Below("around", func(w *strict.Writer) { w.Instant("c", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)) })
		strict.Code(w, "d", colors, 9)
	})
	var paths []string
	for _, f := range w.Faults() {
		paths = append(paths, f.Path)
	}
	if diff := cmp.Diff([]string{"list[1].inner.a", "around.c", "d"}, paths); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}

	long := strict.NewWriter([]byte("before"))
	long.Object(func(w *strict.Writer) { w.Text("a", strings.Repeat("x", strict.MaxBytes-len(`{"a":""}`))) })
	if long.Faults() != nil {
		t.Errorf("1 MiB: %v", long.Faults())
	}
	long.Buf = append(long.Buf, ' ')
	if faults := long.Faults(); len(faults) != 1 || faults[0].Path != "" {
		t.Errorf("1 MiB and a byte: %v", faults)
	}
}

func TestFollow(t *testing.T) {
	r := strict.NewReader([]byte(`{"a": {"b": 1}, "list": [1], "x": 2}`))
	faults := strict.Read(r, func(r *strict.Reader) {
		r.FaultAt("a.b", "is wrong")
		r.FaultAt("list[0]", "is wrong")
		r.Skip()
	}, func() []strict.Fault {
		return []strict.Fault{{Path: "a", Reason: "around"}, {Path: "a.b.c", Reason: "within"}, {Path: "a.c", Reason: "beside"},
			{Path: "list[0].id", Reason: "within"}, {Path: "list", Reason: "around"}, {Path: "list[1]", Reason: "beside"}}
	})
	var paths []string
	for _, f := range faults {
		paths = append(paths, f.Path)
	}
	if diff := cmp.Diff([]string{"a.b", "list[0]", "a.c", "list[1]"}, paths); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if !r.Faulted("a") || !r.Faulted("list[0]") || r.Faulted("x") || r.Faulted("a.b.c") {
		t.Error("Faulted is wrong")
	}
}

// A path shows an unknown name only if it is an identifier of at most 32 characters. Any other
// name may be a password or a person's name in the wrong place.
func TestUnknownNames(t *testing.T) {
	const shown, hidden = true, false
	for _, r := range []struct {
		why, name string
		shown     bool
	}{
		{"a word", "colour", shown},
		{"one letter", "a", shown},
		{"capitals", "AZ", shown},
		{"an underscore first", "_z", shown},
		{"digits after a letter", "a0_9", shown},
		{"32 characters", strings.Repeat("x", 32), shown},
		{"33 characters", strings.Repeat("x", 33), hidden},
		{"the empty name", "", hidden},
		{"a digit first, as in a date", "2026-12-25", hidden},
		{"digits alone, as of a card", "4111111111111111", hidden},
		{"a hyphen", "a-b", hidden},
		{"a space", "Jane Doe", hidden},
		{"a point, which would make another path", "a.b", hidden},
		{"a bracket, which would make another path", "a[0]", hidden},
		{"a letter beyond ASCII", "é", hidden},
		{"a line break", "a\n", hidden},
		{"the characters next to letters and digits", "a@", hidden},
		{"the ellipsis that replaces a name", "…", hidden},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			name, err := json.Marshal(r.name)
			if err != nil {
				t.Fatal(err)
			}
			_, faults := read([]byte(`{"list": [], "another": {"list": [], ` + string(name) + `: 1}}`))
			want := strict.Fault{Path: "another." + r.name, Reason: "unknown field"}
			if !r.shown {
				want = strict.Fault{Path: "another.…", Reason: fmt.Sprintf("unknown field (a name of %d bytes)", len(r.name))}
			}
			if diff := cmp.Diff([]strict.Fault{want}, faults); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}
