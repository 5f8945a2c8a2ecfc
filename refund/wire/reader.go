package wire

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// MaxBytes and MaxDepth bound a text: 1 MiB, and 64 levels of objects and arrays.
const (
	MaxBytes = 1 << 20
	MaxDepth = 64
)

// A reader reads one JSON text from its start to its end, once. A fault of a field
// is noted under the field's path, and reading goes on; a fault of the whole text
// sets broken, and whatever is read after that is empty.
type reader struct {
	data    []byte
	at      int // index of the next byte
	depth   int
	scratch []byte // of a text with escapes

	trail  []place // of the value being read
	faults []refund.Fault
	more   bool // than maxFaults
	broken string
}

// A place is a field of an object, or an element of an array.
type place struct {
	name  string
	index int // where there is no name
}

// path returns the path of the value being read.
func (r *reader) path() string {
	var b []byte
	for _, p := range r.trail {
		if p.name == "" {
			b = append(b, '[')
			b = strconv.AppendInt(b, int64(p.index), 10)
			b = append(b, ']')
			continue
		}
		if len(b) > 0 {
			b = append(b, '.')
		}
		b = append(b, p.name...)
	}
	return string(b)
}

// fault notes what is wrong with the value being read.
func (r *reader) fault(reason string) { r.faultAt(r.path(), reason) }

func (r *reader) faultAt(path, reason string) {
	if len(r.faults) == maxFaults {
		r.more = true
		return
	}
	r.faults = append(r.faults, refund.Fault{Path: path, Reason: reason})
}

// maxFaults bounds what a small text can cost: 1 MiB has room for 300,000 faults.
const maxFaults = 1000

// faultBelow notes what is wrong with a field of the value being read.
func (r *reader) faultBelow(name, reason string) {
	r.enter(name)
	r.fault(reason)
	r.leave()
}

func (r *reader) enter(name string) { r.trail = append(r.trail, place{name: name}) }
func (r *reader) leave()            { r.trail = r.trail[:len(r.trail)-1] }

// fail breaks the reading off.
func (r *reader) fail(reason string) {
	if r.broken == "" {
		r.broken = reason + ", at byte " + strconv.Itoa(r.at+1)
	}
	r.at = len(r.data)
}

const noJSON = "is no valid JSON"

// peek skips blanks and returns the next byte, 0 at the end.
func (r *reader) peek() byte {
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
func (r *reader) take(c byte) bool {
	if r.peek() != c {
		r.fail(noJSON)
		return false
	}
	r.at++
	return true
}

// end breaks off unless nothing but blanks is left.
func (r *reader) end() {
	if r.peek(); r.broken == "" && r.at < len(r.data) {
		r.fail("has text after its end")
	}
}

// expect reports whether the next value begins with c; if not, it notes what stands
// there instead, and skips it.
func (r *reader) expect(c byte, wanted string) bool {
	next := r.peek()
	if next == c {
		return true
	}
	if next == 'n' {
		r.fault("null is refused: leave the field out")
	} else {
		r.fault("is " + kindOf(next) + ", not " + wanted)
	}
	r.skip()
	return false
}

// kindOf says what a value is that begins with a byte. Of what is no value at all,
// nothing is told but that.
func kindOf(c byte) string {
	switch {
	case c == '{':
		return "an object"
	case c == '[':
		return "an array"
	case c == '"':
		return "a string"
	case c == 't', c == 'f':
		return "a boolean"
	}
	return "a number"
}

// open enters an object or array, and reports whether that can be.
func (r *reader) open() bool {
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
func (r *reader) next(first bool, closing byte) bool {
	if r.broken != "" {
		return false
	}
	if r.peek() == closing {
		r.at++
		r.depth--
		return false
	}
	return first || r.take(',')
}

// An object is the state of reading one.
type object struct {
	key  []byte // of the field at hand, valid until anything else is read
	any  bool   // a field was read
	seen uint32 // the known fields that were
}

// field steps to the next field of an object and reads its name.
func (r *reader) field(o *object) bool {
	if !r.next(!o.any, '}') {
		return false
	}
	o.any = true
	if r.peek() != '"' {
		r.fail(noJSON)
		return false
	}
	o.key = r.bytes()
	return r.take(':')
}

// known enters a known field, the n-th of its object, for its value to be read; if
// it was given before, it skips it and reports false.
func (r *reader) known(o *object, n int, name string) bool {
	r.enter(name)
	if o.seen&(1<<n) == 0 {
		o.seen |= 1 << n
		return true
	}
	r.fault("is given twice")
	r.skip()
	r.leave()
	return false
}

// unknown notes that a field is none of its object's, and skips its value.
func (r *reader) unknown(o *object, reason string) {
	name, reason := presentable(string(o.key), reason)
	r.faultBelow(name, reason)
	r.skip()
}

const unknownField = "is no field of this object"

// presentable returns a field's name as a fault may tell it: it may be anything, and
// must not get out then.
func presentable(name, reason string) (string, string) {
	if plainName(name) {
		return name, reason
	}
	return "*", reason + " (a name of " + strconv.Itoa(len(name)) + " bytes)"
}

func plainName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'; !letter && (i == 0 || c != '_' && c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != "" && len(s) <= 40
}

// text reads a string value.
func (r *reader) text() (s string, ok bool) {
	if !r.expect('"', "a string") {
		return "", false
	}
	b := r.bytes()
	return string(b), r.broken == ""
}

// skip reads a value of any kind and drops it.
func (r *reader) skip() {
	switch c := r.peek(); {
	case c == '"':
		r.bytes()
	case c == '{':
		if !r.open() {
			return
		}
		for o := (object{}); r.field(&o); {
			r.skip()
		}
	case c == '[':
		if !r.open() {
			return
		}
		for first := true; r.next(first, ']'); first = false {
			r.skip()
		}
	case c == '-' || '0' <= c && c <= '9':
		r.number()
	default:
		for _, word := range [...]string{"null", "true", "false"} {
			if rest := r.data[r.at:]; len(rest) >= len(word) && string(rest[:len(word)]) == word {
				r.at += len(word)
				return
			}
		}
		r.fail(noJSON)
	}
}

// number reads a number, and returns its text.
func (r *reader) number() []byte {
	start := r.at
	r.optional('-')
	if !r.optional('0') && !r.digits() {
		return nil
	}
	if r.optional('.') && !r.digits() {
		return nil
	}
	if r.optional('e') || r.optional('E') {
		if !r.optional('+') {
			r.optional('-')
		}
		if !r.digits() {
			return nil
		}
	}
	return r.data[start:r.at]
}

func (r *reader) optional(c byte) bool {
	if r.here() == c {
		r.at++
		return true
	}
	return false
}

// here returns the next byte, 0 at the end.
func (r *reader) here() byte {
	if r.at < len(r.data) {
		return r.data[r.at]
	}
	return 0
}

// digits skips at least one digit, or breaks off.
func (r *reader) digits() bool {
	start := r.at
	for _, c := range r.data[start:] {
		if c < '0' || c > '9' {
			break
		}
		r.at++
	}
	if r.at == start {
		r.fail(noJSON)
		return false
	}
	return true
}
