package inputs

import (
	"bytes"
	"fmt"
	"iter"
	"slices"

	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// joined returns the lines of a file, and joins those of a document that was written over
// several lines: such a document is refused once, where it begins, and not line by line.
// Its text is all of it, from which its id can be read, or nil if it is too long.
//
// A line without an end of its object begins such a document if the next line continues
// it. A line that is an object by itself never does: after a line that broke off, the
// next document is read as usual.
func joined(lines iter.Seq2[jsonlines.Line, error]) iter.Seq2[jsonlines.Line, error] {
	return func(yield func(jsonlines.Line, error) bool) {
		var open spread
		for line, err := range lines {
			if open.count > 0 {
				if err == nil && open.add(line) {
					continue
				}
				if !yield(open.take()) {
					return
				}
			}
			if err == nil && open.begin(line) {
				continue
			}
			if !yield(line, err) {
				return
			}
		}
		if open.count > 0 {
			yield(open.take())
		}
	}
}

// A spread is the beginning of a JSON value on one line or several.
type spread struct {
	first jsonlines.Line
	last  int // number of its last line
	count int // lines
	scan  scanner
}

// begin starts a spread with a line that does not end its value.
func (s *spread) begin(line jsonlines.Line) bool {
	if text := bytes.TrimRight(line.Text, " \t"); text[len(text)-1] == '}' {
		return false
	}
	s.scan = scanner{open: s.scan.open[:0]}
	if !s.scan.take(line.Text) || len(s.scan.open) == 0 {
		return false
	}
	s.first = jsonlines.Line{Number: line.Number, Text: slices.Clone(line.Text)}
	s.last, s.count = line.Number, 1
	return true
}

// add adds a line if it continues the spread.
func (s *spread) add(line jsonlines.Line) bool {
	if len(s.scan.open) == 0 || isObject(line.Text) || !s.scan.take(line.Text) {
		return false
	}
	s.last, s.count = line.Number, s.count+1
	if len(s.first.Text)+1+len(line.Text) > jsonlines.MaxBytes {
		s.first.Text = nil
	} else if s.first.Text != nil {
		s.first.Text = append(append(s.first.Text, '\n'), line.Text...)
	}
	return true
}

// take ends the spread and returns it as one line, with a fault if it was more.
func (s *spread) take() (jsonlines.Line, error) {
	line, count := s.first, s.count
	s.first, s.count = jsonlines.Line{}, 0
	if count == 1 {
		return line, nil
	}
	var faults refund.Faults
	faults.Add("", fmt.Sprintf("is spread over lines %d to %d: write one document a line, as jq -c does", line.Number, s.last))
	return line, faults.Err()
}

// isObject reports whether a line begins and ends as an object does, without white space
// before it: a document of its own.
func isObject(text []byte) bool {
	text = bytes.TrimRight(text, " \t")
	if len(text) == 0 || text[0] != '{' || text[len(text)-1] != '}' {
		return false
	}
	var whole scanner
	return whole.take(text) && len(whole.open) == 0
}

// maxDepth is how deep a document may be nested.
const maxDepth = 64

// A scanner follows the structure of JSON, and reads strings and other scalars loosely.
type scanner struct {
	open []byte // the braces and brackets that are open
	last byte   // the last byte of the structure: one of {}[],: or "v" for a scalar
}

// take reads a line and reports whether the line can follow the lines before it.
func (s *scanner) take(text []byte) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		case '{', '[':
			if !s.valueMayFollow() || len(s.open) == maxDepth {
				return false
			}
			s.open = append(s.open, c)
		case '}', ']':
			if len(s.open) == 0 || (c == '}') != (s.open[len(s.open)-1] == '{') {
				return false
			}
			s.open = s.open[:len(s.open)-1]
		case ',', ':':
			if len(s.open) == 0 || s.last != 'v' && s.last != '}' && s.last != ']' {
				return false
			}
		case '"':
			end := stringEnd(text[i:])
			if end == 0 || !s.valueMayFollow() && !s.nameMayFollow() {
				return false
			}
			i += end - 1
			c = 'v'
		default:
			if !s.valueMayFollow() && s.last != 'v' {
				return false
			}
			c = 'v'
		}
		s.last = c
	}
	return true
}

func (s *scanner) valueMayFollow() bool {
	if len(s.open) == 0 {
		return s.last == 0
	}
	return s.last == ':' || s.open[len(s.open)-1] == '[' && (s.last == '[' || s.last == ',')
}

func (s *scanner) nameMayFollow() bool {
	return len(s.open) > 0 && s.open[len(s.open)-1] == '{' && (s.last == '{' || s.last == ',')
}

// stringEnd returns the length of the string that a text begins with, and 0 if it has no
// end there.
func stringEnd(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}
