package terminal

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"pgregory.net/rapid"
)

func TestShown(t *testing.T) {
	for _, row := range []struct{ reason, in, want string }{
		{"a text as long as the column", "12345", "12345"},
		{"a text longer than the column is cut", "123456", "1234…"},
		{"characters count, not bytes", "ÄÖÜäö", "ÄÖÜäö"},
		{"an empty text", "", ""},
		{"bytes that are not UTF-8", "a\xffb", "a�b"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			if got := Shown(row.in, 5); got != row.want {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	for _, row := range []struct {
		reason, in string
		want       []string
	}{
		{"an empty text has no lines", "", nil},
		{"blanks alone have no lines", "   ", nil},
		{"a text that fits", "one two", []string{"one two"}},
		{"a text of exactly the width", "one two 34", []string{"one two 34"}},
		{"a break at the blank after the width", "one two 34 five", []string{"one two 34", "five"}},
		{"a break at the last blank before the width", "one two three", []string{"one two", "three"}},
		{"a word longer than a line is broken", "0123456789abc de", []string{"0123456789", "abc de"}},
		{"a long word begins its own line", "a 0123456789abc", []string{"a", "0123456789", "abc"}},
		{"blanks at a break are dropped", "one two     three", []string{"one two", "three"}},
		{"characters count, not bytes", "ÄÖÜ äöü ßéè", []string{"ÄÖÜ äöü", "ßéè"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			if got := Wrap(row.in, 10); !slices.Equal(got, row.want) {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}

// Wrapped lines keep every character but blanks, fit, and break only words that have to be
// broken.
func TestWrapKeepsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("aäb€  ")), 0, 60, -1).Draw(t, "text")
		width := rapid.IntRange(1, 12).Draw(t, "width")
		lines := Wrap(text, width)
		joined := strings.ReplaceAll(strings.Join(lines, ""), " ", "")
		if want := strings.ReplaceAll(text, " ", ""); joined != want {
			t.Fatalf("%q became %q", text, lines)
		}
		for _, word := range strings.Fields(text) {
			if utf8.RuneCountInString(word) <= width && !slices.ContainsFunc(lines, func(line string) bool {
				return slices.Contains(strings.Fields(line), word)
			}) {
				t.Fatalf("word %q is broken: %q", word, lines)
			}
		}
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > width || n == 0 || strings.Trim(line, " ") != line {
				t.Fatalf("line %q at width %d: %q", line, width, lines)
			}
		}
	})
}
