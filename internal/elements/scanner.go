package elements

import (
	"errors"
	"io"
)

// A scanner reads JSON by its structure. It keeps the text of at most one value.
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

// keep starts keeping text.
func (s *scanner) keep() { s.keeping, s.long, s.text = true, false, s.text[:0] }

// drop stops keeping text. The text that was kept is valid until the next call of keep.
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

// take skips the first n bytes of the buffer, and keeps them if text is being kept.
func (s *scanner) take(n int) {
	if s.keeping && !s.long {
		if s.long = len(s.text)+n > MaxBytes; !s.long {
			s.text = append(s.text, s.buffer[s.at:s.at+n]...)
		}
	}
	s.at += n
}

// advance skips the byte that peek returned.
func (s *scanner) advance() {
	if s.at < s.end {
		s.take(1)
	}
}

// peek skips blanks and returns the next byte, or 0 and false at the end.
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

// value skips a value: a string up to its quote, an object or array up to its closing
// bracket, and any other value up to a delimiter. It reports whether the value ended.
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
