package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestTail(t *testing.T) {
	var short, long tail
	fmt.Fprint(&short, "it broke")
	for i := range 10_000 {
		fmt.Fprint(&long, strconv.Itoa(i), " ")
	}
	if got := short.text(); got != "it broke" {
		t.Errorf("a short text is %q", got)
	}
	if got := long.text(); !strings.HasSuffix(got, " 9998 9999 ") || !strings.HasPrefix(got, "…") || len(got) != longestTail+3 {
		t.Errorf("a long text is %d bytes, %.20q", len(got), got)
	}
	var full tail
	fmt.Fprint(&full, strings.Repeat("x", longestTail))
	if got := full.text(); got != strings.Repeat("x", longestTail) {
		t.Errorf("a text of the longest length became %d bytes, %.20q", len(got), got)
	}
}

func TestCollector(t *testing.T) {
	const most = 2
	half := strings.Repeat("x", longestLine/2)
	for _, c := range []struct {
		reason string
		parts  []string // one for each write
		lines  []string
		cut    bool
		err    string
	}{
		{"an empty output has no lines", []string{""}, nil, false, ""},
		{"several lines in one write", []string{"a\n\n"}, []string{"a", ""}, false, ""},
		{"lines in several writes", []string{"a", "b\nc", "", "d\n"}, []string{"ab", "cd"}, false, ""},
		{"a last line without a line feed is cut", []string{"a\nb"}, []string{"a", "b"}, true, ""},
		{"the most lines, and the beginning of one more", []string{"a\nb\nc"}, []string{"a", "b", "c"}, true, ""},
		{"more lines than the most", []string{"a\nb\nc\nd\ne"}, []string{"a", "b"}, false, "more than 2 lines"},
		{"a line of 1 MiB", []string{half, half + "\n"}, []string{half + half}, false, ""},
		{"a line longer than 1 MiB", []string{half, half + "x\na\n"}, nil, false, "a line of more than 1 MiB"},
		{"two lines that are longer than 1 MiB together", []string{half + "\n", half + "x\n"}, []string{half, half + "x"}, false, ""},
	} {
		w := collector{most: most}
		var err error
		for _, part := range c.parts {
			var n int
			if n, err = io.WriteString(&w, part); err != nil {
				break
			}
			if n != len(part) {
				t.Errorf("%s: wrote %d bytes of %d", c.reason, n, len(part))
			}
		}
		lines, cut := w.done()
		var got []string
		for _, line := range lines {
			got = append(got, string(line))
		}
		if text := fmt.Sprint(err); !slices.Equal(got, c.lines) || cut != c.cut || text != c.err && (c.err != "" || err != nil) || c.reason == "" {
			t.Errorf("%s: %.50q, cut %t, %v", c.reason, got, cut, err)
		}
	}
}

func TestPrintable(t *testing.T) {
	for _, c := range []struct{ reason, text, want string }{
		{"letters of any language and tabs are kept", "Überfluß\t日本", "Überfluß\t日本"},
		{"control characters are escaped", "\x1b[2J\u202e", `\x1b[2J\u202e`},
		{"bytes that are not UTF-8 are replaced", "a\xffb", "a�b"},
	} {
		if got := printable(c.text); got != c.want || c.reason == "" {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}
