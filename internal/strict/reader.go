// Package strict reads and writes JSON without losing or guessing data.
//
// A [Reader] matches names exactly. It rejects unknown fields, repeated fields, null, half of
// a surrogate pair, text after the end, and a text beyond [MaxBytes] or [MaxDepth]. It
// reports every fault with the path of its field. Any text that it accepts, encoding/json
// reads the same way.
//
// A [Writer] escapes every character that encoding/json would escape, so that its output
// passes through encoding/json unchanged.
package strict

import (
	"bytes"
	"strconv"
)

// The limits of a text: 1 MiB, and 64 levels of objects and arrays.
const (
	MaxBytes = 1 << 20
	MaxDepth = 64
)

// TooLong is the reason why a text of more than MaxBytes is not valid.
const TooLong = "is longer than 1 MiB"

// A Reader reads one JSON text from its start to its end, once. After a fault of a field,
// reading continues. A fault of the whole text, such as a syntax error, ends the reading;
// every value read after that is empty.
type Reader struct {
	// Unlimited removes the limit of MaxBytes. Set it before reading.
	Unlimited bool

	data    []byte
	at      int // the index of the next byte
	depth   int
	scratch []byte // memory for a string with escapes

	faults []Fault
	more   bool   // there were more than maxFaults
	broken string // the fault of the whole text, or ""
}

// NewReader returns a reader of a text. data must not change until the text is read.
func NewReader(data []byte) *Reader {
	r := new(Reader)
	r.Reset(data)
	return r
}

// Reset makes r a reader of another text. It reuses the memory of r.
func (r *Reader) Reset(data []byte) {
	*r = Reader{data: data, scratch: r.scratch}
}

// Read reads a text that must be an object with read. If the whole text is JSON, it then
// calls validate, which may be nil, to check the result. Read returns the faults of both,
// without faults of validate that only follow from faults of read.
func Read[L ~[]F, F ~struct{ Path, Reason string }](r *Reader, read func(*Reader), validate func() L) L {
	if r.begin() {
		read(r)
	}
	if r.end() && validate != nil {
		r.follow(Convert[Fault](validate()))
	}
	return Convert[F](r.Faults())
}

// begin reports whether the text begins with an object. It does not skip the brace.
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

// end fails unless only white space remains. It reports whether the whole text is JSON, even
// if its fields have faults.
func (r *Reader) end() bool {
	if r.Peek(); r.broken == "" && r.at < len(r.data) {
		r.fail("has text after its end")
	}
	return r.broken == ""
}

// fail ends the reading with a fault of the whole text.
func (r *Reader) fail(reason string) {
	if r.broken == "" {
		r.broken = reason + ", at byte " + strconv.Itoa(r.at+1)
	}
	r.at = len(r.data)
}

const notJSON = "is not valid JSON"

// Peek skips white space and returns the next byte, or 0 at the end.
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

// take skips white space and then c. If the next byte is not c, reading fails.
func (r *Reader) take(c byte) bool {
	if r.Peek() != c {
		r.fail(notJSON)
		return false
	}
	r.at++
	return true
}

// Expect reports whether the next value begins with c. If it does not, Expect records a fault
// and skips the value.
func (r *Reader) Expect(c byte, wanted string) bool {
	next := r.Peek()
	if next == c {
		return true
	}
	r.refuse(next, wanted)
	return false
}

// refuse records that a value that begins with c is not of the wanted kind, and skips it.
func (r *Reader) refuse(c byte, wanted string) {
	r.Fault(mismatch(c, wanted))
	r.skip()
}

// mismatch returns the reason why a value that begins with c is not of the wanted kind. It
// returns "" if no JSON value begins with c.
func mismatch(c byte, wanted string) string {
	var kind string
	switch {
	case c == 'n':
		return "null is not allowed: leave the field out"
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

// open enters an object or array. If it is nested too deeply, reading fails and open returns
// false.
func (r *Reader) open() bool {
	if r.depth == MaxDepth {
		r.fail("is nested deeper than 64 levels")
		return false
	}
	r.depth++
	r.at++
	return true
}

// next advances to the next element of an object or array that ends with closing, and reports
// whether there is one. first must be true before the first element.
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

// Array reads an array, calling read for each element.
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
