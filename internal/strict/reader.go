// Package strict reads and writes JSON so that nothing is lost or guessed.
//
// A [Reader] matches names exactly. It refuses an unknown field, a field given twice,
// null, half of a surrogate pair, text after the end, and a text beyond [MaxBytes] or
// [MaxDepth]. It reports every fault with the path of its field. What it accepts,
// encoding/json reads the same.
//
// A [Writer] escapes whatever encoding/json would escape, so that text that passes
// through encoding/json keeps its bytes.
package strict

import (
	"bytes"
	"strconv"
)

// MaxBytes and MaxDepth bound a text: 1 MiB, and 64 levels of objects and arrays.
const (
	MaxBytes = 1 << 20
	MaxDepth = 64
)

// TooLong is the reason why a text of more than MaxBytes is refused.
const TooLong = "is longer than 1 MiB"

// A Reader reads one JSON text from its start to its end, once. A fault of a field is
// noted under the path of the field, and reading continues. A fault of the whole text
// breaks the reading off; whatever is read after that is empty.
type Reader struct {
	// Unlimited lifts the bound of MaxBytes. Set it before reading.
	Unlimited bool

	data    []byte
	at      int // index of the next byte
	depth   int
	scratch []byte // of a string with escapes

	faults []Fault
	more   bool // than maxFaults
	broken string
}

// NewReader returns a reader of a text. It keeps data until the text is read.
func NewReader(data []byte) *Reader {
	r := new(Reader)
	r.Reset(data)
	return r
}

// Reset makes r a reader of another text. It reuses the memory of r.
func (r *Reader) Reset(data []byte) {
	*r = Reader{data: data, scratch: r.scratch}
}

// Read reads the text with read, if it is an object. If all of the text is JSON, validate
// then checks what was read; nil checks nothing. Read returns the faults of both, without
// those of validate that only follow from others.
func Read[L ~[]F, F ~struct{ Path, Reason string }](r *Reader, read func(*Reader), validate func() L) L {
	if r.begin() {
		read(r)
	}
	if r.end() && validate != nil {
		r.follow(Convert[Fault](validate()))
	}
	return Convert[F](r.Faults())
}

// begin reports whether the text begins with an object, whose brace is next then.
func (r *Reader) begin() bool {
	switch {
	case !r.Unlimited && len(r.data) > MaxBytes:
		r.broken = TooLong
	case bytes.HasPrefix(r.data, []byte("\ufeff")):
		r.broken = "begins with a byte order mark: write it as UTF-8 without one"
	default:
		return r.Expect('{', "an object")
	}
	return false
}

// end breaks off unless only blanks remain. It reports whether all of the text is
// JSON, whatever faults its fields have.
func (r *Reader) end() bool {
	if r.Peek(); r.broken == "" && r.at < len(r.data) {
		r.fail("has text after its end")
	}
	return r.broken == ""
}

// fail breaks the reading off.
func (r *Reader) fail(reason string) {
	if r.broken == "" {
		r.broken = reason + ", at byte " + strconv.Itoa(r.at+1)
	}
	r.at = len(r.data)
}

const notJSON = "is not valid JSON"

// Peek skips blanks and returns the next byte, 0 at the end.
func (r *Reader) Peek() byte {
	for ; r.at < len(r.data); r.at++ {
		switch c := r.data[r.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// take skips blanks and then c, or breaks off.
func (r *Reader) take(c byte) bool {
	if r.Peek() != c {
		r.fail(notJSON)
		return false
	}
	r.at++
	return true
}

// Expect reports whether the next value begins with c. If not, it notes what stands
// there instead, and skips it.
func (r *Reader) Expect(c byte, wanted string) bool {
	next := r.Peek()
	if next == c {
		return true
	}
	r.refuse(next, wanted)
	return false
}

// refuse notes that a value that begins with c is not the wanted one, and skips it.
func (r *Reader) refuse(c byte, wanted string) {
	r.Fault(mismatch(c, wanted))
	r.skip()
}

// mismatch returns the reason why a value that begins with c is refused. It is empty
// if no value begins so.
func mismatch(c byte, wanted string) string {
	var kind string
	switch {
	case c == 'n':
		return "null is refused: leave the field out"
	case c == '{':
		kind = "an object"
	case c == '[':
		kind = "an array"
	case c == '"':
		kind = "a string"
	case c == 't', c == 'f':
		kind = "a boolean"
	case isNumeric(c):
		kind = "a number"
	default:
		return ""
	}
	return "is " + kind + ", not " + wanted
}

// isNumeric reports whether a value that begins with c is a number.
func isNumeric(c byte) bool { return c == '-' || '0' <= c && c <= '9' }

// open enters an object or array, and reports whether there may be one more level.
func (r *Reader) open() bool {
	if r.depth == MaxDepth {
		r.fail("is nested deeper than 64 levels")
		return false
	}
	r.depth++
	r.at++
	return true
}

// next steps to the next element of an object or array that ends with closing, and
// reports whether there is one. first is true before the first.
func (r *Reader) next(first bool, closing byte) bool {
	if r.broken != "" {
		return false
	}
	if r.Peek() == closing {
		r.at++
		r.depth--
		return false
	}
	return first || r.take(',')
}

// Array reads an array, each element with read.
func (r *Reader) Array(read func()) {
	if !r.Expect('[', "an array") || !r.open() {
		return
	}
	for i := 0; r.next(i == 0, ']'); i++ {
		before := len(r.faults)
		read()
		belowElement(i, r.faults[before:])
	}
}

// Skip reads a value of any kind and returns its text.
func (r *Reader) Skip() []byte {
	r.Peek()
	start := r.at
	r.skip()
	return r.data[start:r.at]
}

func (r *Reader) skip() {
	switch c := r.Peek(); {
	case c == '"':
		r.stringBytes()
	case c == '{':
		if r.open() {
			for _, ok := r.field(true); ok; _, ok = r.field(false) {
				r.skip()
			}
		}
	case c == '[':
		if r.open() {
			for first := true; r.next(first, ']'); first = false {
				r.skip()
			}
		}
	case isNumeric(c):
		r.number()
	default:
		for _, word := range [...]string{"null", "true", "false"} {
			if bytes.HasPrefix(r.data[r.at:], []byte(word)) {
				r.at += len(word)
				return
			}
		}
		r.fail(notJSON)
	}
}
