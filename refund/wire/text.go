package wire

import (
	"strconv"
	"unicode/utf8"
)

// bytes reads a string, whose quote is next. The result is valid until the next one
// is read.
func (r *reader) bytes() []byte {
	r.at++
	start := r.at
	for i := start; i < len(r.data); i++ {
		switch c := r.data[i]; {
		case c == '"':
			r.at = i + 1
			return r.data[start:i]
		case c < ' ' || c == '\\' || c >= utf8.RuneSelf:
			return r.unescape(start, i)
		}
	}
	r.at = len(r.data)
	r.fail(noJSON)
	return nil
}

// unescape reads the rest of a string that began at start and is plain up to i.
func (r *reader) unescape(start, i int) []byte {
	b := append(r.scratch[:0], r.data[start:i]...)
	r.at = i
	for range r.data[i:] { // as often as there are characters, or more
		switch c := r.here(); {
		case c == '"':
			r.at++
			r.scratch = b
			return b
		case c == '\\':
			char, ok := r.escape()
			if !ok {
				return nil
			}
			b = utf8.AppendRune(b, char)
		case c < ' ': // or the end
			r.fail(noJSON)
			return nil
		case c < utf8.RuneSelf:
			b = append(b, c)
			r.at++
		default:
			_, size := utf8.DecodeRune(r.data[r.at:])
			if size == 1 {
				r.fail("is no valid UTF-8")
				return nil
			}
			b = append(b, r.data[r.at:r.at+size]...)
			r.at += size
		}
	}
	r.fail(noJSON)
	return nil
}

// escape reads one character that is written with a backslash, which is next.
func (r *reader) escape() (char rune, ok bool) {
	if r.at+1 == len(r.data) {
		r.fail(noJSON)
		return 0, false
	}
	c := r.data[r.at+1]
	if c == 'u' {
		return r.escapeUnicode()
	}
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	for i := range len(from) {
		if from[i] == c {
			r.at += 2
			return rune(to[i]), true
		}
	}
	r.fail(noJSON)
	return 0, false
}

// escapeUnicode reads \uXXXX, or two of them that are a surrogate pair.
func (r *reader) escapeUnicode() (char rune, ok bool) {
	char, ok = r.hex4()
	if !ok {
		return 0, false
	}
	const high, low, end = 0xD800, 0xDC00, 0xE000
	if char < high || char >= end {
		return char, true
	}
	if char < low && r.at+1 < len(r.data) && r.data[r.at] == '\\' && r.data[r.at+1] == 'u' {
		second, ok := r.hex4()
		if !ok {
			return 0, false
		}
		if low <= second && second < end {
			return 0x10000 + (char-high)<<10 + (second - low), true
		}
	}
	r.fail("has half of a surrogate pair")
	return 0, false
}

// hex4 reads \uXXXX, whose first two characters are known to be next.
func (r *reader) hex4() (char rune, ok bool) {
	if r.at+6 <= len(r.data) {
		n, err := strconv.ParseUint(string(r.data[r.at+2:r.at+6]), 16, 16)
		if err == nil {
			r.at += 6
			return rune(n), true
		}
	}
	r.fail(noJSON)
	return 0, false
}
