package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Wrap breaks a text at its blanks into lines of at most width characters. It breaks
// a word that is longer than a line. It takes time linear in the text, whatever the words.
func Wrap(text string, width int) (lines []string) {
	for text = strings.TrimLeft(text, " "); text != ""; {
		end, blank := lineEnd(text, width)
		if end < len(text) && text[end] != ' ' && blank > 0 {
			end = blank
		}
		lines = append(lines, strings.TrimRight(text[:end], " "))
		text = strings.TrimLeft(text[end:], " ")
	}
	return lines
}

// lineEnd returns the length in bytes of a text's first width characters, and the place
// of the last blank among them, or 0. It looks no further than they go.
func lineEnd(text string, width int) (end, blank int) {
	for range width {
		if end == len(text) {
			break
		}
		if text[end] == ' ' {
			blank = end
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return end, blank
}

// Shown returns a text of the input as a terminal may show it: without control
// characters, and no longer than a column.
func Shown(s string, width int) string {
	if end, _ := lineEnd(s, width); end < len(s) {
		end, _ = lineEnd(s, width-1)
		s = s[:end] + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return '·'
	}, s)
}
