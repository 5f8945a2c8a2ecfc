package strict

import (
	"strconv"
)

// A Field is a field that an object may have: its name and a function that reads its value.
type Field struct {
	name     string
	read     func(*Reader) // nil for Rest
	required bool
}

// Required returns a copy of f that an object must have.
func (f Field) Required() Field { return f.RequiredIf(true) }

// RequiredIf returns a copy of f that an object must have if required is true.
func (f Field) RequiredIf(required bool) Field {
	f.required = required
	return f
}

// Rest matches all fields that are not listed before it. They are skipped.
var Rest Field

// Object reads an object that may have the given fields, at most 32, in any order:
//
//	r.Object(
//		strict.TextField("id", &i.ID).Required(),
//		strict.InstantField("opened", &i.Opened),
//	)
//
// Any other field is a fault, and so is a repeated field. If the value is not an object,
// Object records a fault and returns false.
func (r *Reader) Object(fields ...Field) bool {
	if !r.Expect('{', "an object") || !r.open() {
		return false
	}
	var seen uint32 // a bit for each of the fields
	for name, ok := r.field(true); ok; name, ok = r.field(false) {
		n := indexOf(fields, name)
		switch {
		case n < 0:
			r.FaultBelow(unknown(string(name), "unknown field"))
			r.skip()
		case fields[n].read == nil:
			r.skip()
		case seen&(1<<n) != 0:
			r.FaultBelow(fields[n].name, "is given twice")
			r.skip()
		default:
			seen |= 1 << n
			r.Below(fields[n].name, fields[n].read)
		}
	}
	for n := range fields {
		if r.broken == "" && fields[n].required && seen&(1<<n) == 0 {
			r.FaultBelow(fields[n].name, "is required")
		}
	}
	return true
}

// Entries reads an object whose names are data, such as dates. accept returns the function
// that reads the value of a name, or nil and the reason why the name is not valid. A repeated
// name is a fault.
func (r *Reader) Entries(accept func(name string) (read func(*Reader), reason string)) {
	if !r.Expect('{', "an object") || !r.open() {
		return
	}
	seen := map[string]bool{}
	for key, ok := r.field(true); ok; key, ok = r.field(false) {
		name := string(key)
		switch read, reason := accept(name); {
		case read == nil:
			r.FaultBelow(unknown(name, reason))
			r.skip()
		case seen[name]:
			r.FaultBelow(name, "is given twice")
			r.skip()
		default:
			seen[name] = true
			r.Below(name, read)
		}
	}
}

// field advances to the next field of an object and returns its name, which is valid until
// its value is read.
func (r *Reader) field(first bool) (name []byte, ok bool) {
	if !r.next(first, '}') {
		return nil, false
	}
	if r.Peek() != '"' {
		r.fail(notJSON)
		return nil, false
	}
	name = r.stringBytes()
	return name, r.take(':')
}

func indexOf(fields []Field, name []byte) int {
	for n := range fields {
		if fields[n].name == string(name) || fields[n].read == nil {
			return n
		}
	}
	return -1
}

// unknown returns the name and the reason for a fault about an unknown field. The name could
// be anything, such as a password in the wrong place, so only a plain one is shown.
func unknown(name, reason string) (shown, text string) {
	if isPlain(name) {
		return name, reason
	}
	return "…", reason + " (a name of " + strconv.Itoa(len(name)) + " bytes)"
}

// isPlain reports whether a name is an identifier of bounded length.
func isPlain(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != "" && len(name) <= 32
}
