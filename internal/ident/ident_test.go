package ident_test

import (
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

const (
	blank   = "begins or ends with white space"
	control = "has a control character"
)

func TestFault(t *testing.T) {
	for _, r := range []struct {
		reason string
		id     string
		want   string
	}{
		{"an optional identifier may be empty", "", ""},
		{"an ordinary identifier", "OFF-1", ""},
		{"punctuation is part of an identifier", "!#a.b/c:d@e~", ""},
		{"letters of other alphabets are part of an identifier", "счёт-7", ""},
		{"white space inside is kept, since identifiers are never trimmed", "desk 1", ""},
		{"a no-break space inside is kept too", "desk\u00a01", ""},

		{"a space at the end looks like another officer", "OFF-1 ", blank},
		{"a space at the start looks like another officer", " OFF-1", blank},
		{"an account of one space is not a holder", " ", blank},
		{"a line break at the end is white space", "OFF-1\n", blank},
		{"a tab at the start is white space", "\tOFF-1", blank},
		{"a no-break space at the end is white space", "OFF-1\u00a0", blank},
		{"an ideographic space at the start is white space", "\u3000OFF-1", blank},
		{"a next-line character at the end is white space", "OFF-1\u0085", blank},

		{"a tab inside is a control character", "OFF\t1", control},
		{"a line break inside could forge a line of a log", "OFF\n1", control},
		{"a zero byte inside is a control character", "OFF\x001", control},
		{"a zero byte at the end is a control character, not white space", "OFF-1\x00", control},
		{"an escape could color a terminal", "\x1b[31mOFF-1", control},
		{"a delete at the end is a control character", "OFF-1\x7f", control},
		{"a control character above ASCII", "OFF\u00901", control},
		{"if there are two faults, the white space is reported", "O\x00FF ", blank},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := ident.Fault(r.id); got != r.want {
				t.Errorf("%q: %q, want %q", r.id, got, r.want)
			}
			want := r.want
			if r.id == "" {
				want = "is required"
			}
			if got := ident.Required(r.id); got != want {
				t.Errorf("%q as a required identifier: %q, want %q", r.id, got, want)
			}
		})
	}
}

// The rule is implemented a second time: white space at either end, or a control character
// anywhere, is a fault.
func TestFaultAgreesWithTheRule(t *testing.T) {
	letter := rapid.OneOf(
		rapid.RuneFrom([]rune{' ', '\t', '\n', 'a', 'Z', '0', '-', '~', 0, 0x1f, 0x7f, 0x80, 0x85, 0xa0, 0x2003, 0x3000, 'é', '字'}),
		rapid.Rune(),
	)
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(letter, 0, 6).Draw(t, "id")
		refused := false
		for i, r := range runes {
			end := i == 0 || i == len(runes)-1
			refused = refused || unicode.Is(unicode.Cc, r) || end && unicode.Is(unicode.White_Space, r)
		}
		id := string(runes)
		got := ident.Fault(id)
		if (got != "") != refused {
			t.Fatalf("%q: %q, want a fault: %t", id, got, refused)
		}
	})
}
