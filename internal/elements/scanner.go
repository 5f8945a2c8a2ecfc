package elements

import (
	"errors"
	"io"
)

// A scanner goes through JSON by its structure, and keeps the text of one value at most.
type scanner struct {
	in     io.Reader
	err    error  // that ended reading
	buffer []byte // buffer[at:end] is read and not yet scanned
	at     int
	end    int
	line   int

	keeping bool
	long    bool // the text is longer than MaxBytes, and no longer kept
	text    []byte
}

// keep begins to keep text.
func (s *scanner) keep() { s.keeping, s.long, s.text = true, false, s.text[:0] }

// drop ends keeping text. What was kept is valid until keep is called.
func (s *scanner) drop() { s.keeping, s.long = false, false }

// fill reads more, and reports whether there is any.
func (s *scanner) fill() bool {
	s.at, s.end = 0, 0
	for tries := 0; s.err == nil && s.end == 0; tries++ {
		if tries == 100 {
			s.err = io.ErrNoProgress
			break
		}
		n, err := s.in.Read(s.buffer)
		if n < 0 || n > len(s.buffer) {
			n, err = 0, errors.New("elements: a reader returned an impossible count")
		}
		s.end, s.err = n, err
	}
	return s.end > 0
}

// take keeps the first n bytes of the buffer, if text is kept, and steps over them.
func (s *scanner) take(n int) {
	if s.keeping && !s.long {
		if s.long = len(s.text)+n > MaxBytes; !s.long {
			s.text = append(s.text, s.buffer[s.at:s.at+n]...)
		}
	}
	s.at += n
}

// advance steps over one byte, which was peeked at.
func (s *scanner) advance() {
	if s.at < s.end {
		s.take(1)
	}
}

// peek steps over blanks and returns the next byte, or 0 and false at the end.
func (s *scanner) peek() (byte, bool) {
	for s.at < s.end || s.fill() {
		for i, c := range s.buffer[s.at:s.end] {
			switch c {
			case '\n':
				s.line++
			case ' ', '\t', '\r':
			default:
				s.take(i)
				return c, true
			}
		}
		s.take(s.end - s.at)
	}
	return 0, false
}

// value steps over a value: a string to its quote, an object or array to the bracket that
// closes it, and anything else to a delimiter. It reports whether the value ended.
func (s *scanner) value() bool {
	c, ok := s.peek()
	if !ok || c == ',' || c == ':' || c == '}' || c == ']' {
		return false
	}
	plain := c != '"' && c != '{' && c != '['
	depth, inString, escaped := 0, false, false
	for s.at < s.end || s.fill() {
		for i, c := range s.buffer[s.at:s.end] {
			switch {
			case c == '\n':
				s.line++
				if plain {
					s.line-- // for peek to count
					s.take(i)
					return true
				}
			case escaped:
				escaped = false
			case inString:
				switch c {
				case '\\':
					escaped = true
				case '"':
					inString = false
					if depth == 0 {
						s.take(i + 1)
						return true
					}
				}
			case plain:
				switch c {
				case ' ', '\t', '\r', ',', ':', '}', ']', '{', '[', '"':
					s.take(i)
					return true
				}
			case c == '"':
				inString = true
			case c == '{', c == '[':
				depth++
			case c == '}', c == ']':
				if depth--; depth == 0 {
					s.take(i + 1)
					return true
				}
			}
		}
		s.take(s.end - s.at)
	}
	return plain && s.err == io.EOF
}
