package strict

import "unicode/utf8"

// AppendString appends s as a JSON string. Invalid UTF-8 becomes replacement characters.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := len(b)
	b = append(b, s...)
	return append(Escape(b, start), '"')
}

// Escape escapes the text of b from start on for a JSON string. If no character needs an
// escape, it returns b unchanged.
func Escape(b []byte, start int) []byte {
	i := start
	for i < len(b) {
		if plain[b[i]] {
			i++
			continue
		}
		if b[i] < utf8.RuneSelf {
			break
		}
		char, size := utf8.DecodeRune(b[i:])
		if size == 1 || special(char) {
			break
		}
		i += size
	}
	if i == len(b) {
		return b
	}
	rest := string(b[i:])
	b = b[:i]
	for _, char := range rest {
		switch {
		case !special(char):
			b = utf8.AppendRune(b, char)
		case char == '"', char == '\\':
			b = append(b, '\\', byte(char))
		case char == '\n':
			b = append(b, `\n`...)
		case char == '\r':
			b = append(b, `\r`...)
		case char == '\t':
			b = append(b, `\t`...)
		default:
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'u', hex[char>>12], hex[char>>8&0xF], hex[char>>4&0xF], hex[char&0xF])
		}
	}
	return b
}

// plain holds, for each byte, whether it is an ASCII character that needs no escape.
var plain = func() (table [256]bool) {
	for c := range rune(utf8.RuneSelf) {
		table[c] = !special(c)
	}
	return table
}()

// special reports whether a character is escaped: characters that JSON does not allow in a
// string, those that encoding/json escapes for HTML and JavaScript, and control and
// bidirectional characters, which change how a terminal shows the rest of a line.
func special(char rune) bool {
	switch {
	case char < ' ', char == '"', char == '\\', char == '<', char == '>', char == '&':
		return true
	case 0x7F <= char && char <= 0x9F:
		return true
	case char == 0x061C, char == 0x200E, char == 0x200F:
		return true
	case 0x2028 <= char && char <= 0x202E, 0x2066 <= char && char <= 0x2069:
		return true
	}
	return false
}
