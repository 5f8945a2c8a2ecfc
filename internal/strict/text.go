package strict

import (
	"strconv"
	"unicode/utf8"
)

// stringBytes reads a string; the next byte is its quote. The result is valid until the next
// string is read.
func (r *Reader) stringBytes() []byte {
	r.at++
	start := r.at
	for i, c := range r.data[start:] {
		switch {
		case c == '"':
			r.at = start + i + 1
			return r.data[start : start+i]
		case c < ' ' || c == '\\' || c >= utf8.RuneSelf:
			r.at = start + i
			return r.unescape(start)
		}
	}
	r.at = len(r.data)
	r.fail(notJSON)
	return nil
}

// unescape reads the rest of a string that began at start and had no escapes so far.
func (r *Reader) unescape(start int) []byte {
	b := append(r.scratch[:0], r.data[start:r.at]...)
	for r.at < len(r.data) {
		switch c := r.data[r.at]; {
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
		case c < ' ':
			r.fail(notJSON)
			return nil
		case c < utf8.RuneSelf:
			b = append(b, c)
			r.at++
		default:
			_, size := utf8.DecodeRune(r.data[r.at:])
			if size == 1 {
				r.fail("is not valid UTF-8")
				return nil
			}
			b = append(b, r.data[r.at:r.at+size]...)
			r.at += size
		}
	}
	r.fail(notJSON)
	return nil
}

// escape reads one escaped character; the next byte is its backslash.
func (r *Reader) escape() (char rune, ok bool) {
	if r.at+1 == len(r.data) {
		r.fail(notJSON)
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
	r.fail(notJSON)
	return 0, false
}

// escapeUnicode reads \uXXXX, or a surrogate pair of two.
func (r *Reader) escapeUnicode() (char rune, ok bool) {
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

// hex4 reads \uXXXX. The caller has checked the first two characters.
func (r *Reader) hex4() (char rune, ok bool) {
	if r.at+6 <= len(r.data) {
		n, err := strconv.ParseUint(string(r.data[r.at+2:r.at+6]), 16, 16)
		if err == nil {
			r.at += 6
			return rune(n), true
		}
	}
	r.fail(notJSON)
	return 0, false
}
