package notice

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pictures are laid out without the reader's fonts. The widths here are those of wide ones,
// such as Verdana and DejaVu Sans.

// advance returns the width of a character in hundredths of the font size.
func advance(r rune, bold bool) int {
	width := 64
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100, strings.ContainsRune("Wm@%…—", r):
		width = 100
	case strings.ContainsRune("ijl.,:;'|!()[] ", r):
		width = 34
	case strings.ContainsRune("ftr-", r):
		width = 42
	case r == 'M', r == 'w':
		width = 87
	case 'A' <= r && r <= 'Z', r >= 0x80:
		width = 79
	}
	if bold {
		width += width / 8
	}
	return width
}

// textWidth returns the width of a text in a font size, rounded up.
func textWidth(s string, size int, bold bool) int {
	sum := int64(0) // an id can be of any length
	for _, r := range s {
		sum += int64(advance(r, bold))
	}
	return int((sum*int64(size) + 99) / 100)
}

// fitted returns a bold text that is at most so wide. The middle of a wider text becomes an
// ellipsis, since ids often differ only at their ends.
func fitted(s string, size, width int) string {
	if textWidth(s, size, true) <= width {
		return s
	}
	runes := []rune(s)
	left := width*100/size - advance('…', true)
	head, tail := 0, len(runes)
	for {
		if left -= advance(runes[head], true); left < 0 {
			break
		}
		head++
		if left -= advance(runes[tail-1], true); left < 0 {
			break
		}
		tail--
	}
	return strings.TrimSpace(string(runes[:head])) + "…" + strings.TrimSpace(string(runes[tail:]))
}

// broken returns a text in lines that are at most so wide. It breaks a word only if the word
// itself is wider: after a comma of an amount, if it has one.
func broken(s string, size, width int, bold bool) (list []string) {
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && textWidth(line+" "+word, size, bold) > width {
			list, line = append(list, line), ""
		}
		if line != "" {
			line += " "
		}
		for _, r := range word {
			if line += string(r); textWidth(line, size, bold) > width {
				end := strings.LastIndexByte(line, ',') + 1
				if end == 0 {
					end = len(line) - utf8.RuneLen(r)
				}
				list, line = append(list, line[:end]), line[end:]
			}
		}
	}
	return append(list, line)
}

// mostMarks is how many characters without a width a picture shows in a row. More combining
// marks would cover the lines above and below.
const mostMarks = 2

// name returns an id of the host's as a picture shows it, or a word in its place if no
// character of it can be shown.
func name(id, otherwise string) string {
	n := 0
	s := strings.Map(func(r rune) rune {
		if advance(r, false) > 0 {
			n = 0
			return r
		}
		if n++; n > mostMarks {
			return -1
		}
		return r
	}, plain(id))
	if textWidth(s, textSize, true) == 0 {
		return otherwise
	}
	return fitted(s, textSize, inner)
}
