package strict

import "strconv"

// An Object is the state of reading an object:
//
//	for o := r.Object(); r.Field(&o); {
//		switch string(o.Key()) {
//		case "id":
//			r.TextField(&o, 0, "id", &id)
//		default:
//			r.Unknown(&o, strict.UnknownField)
//		}
//	}
type Object struct {
	key    []byte // of the field at hand
	any    bool   // a field was read
	absent bool   // there is no object
	seen   uint32 // the known fields that were read
}

// Absent reports whether something else than an object was there.
func (o *Object) Absent() bool { return o.absent }

// Key returns the name of the field at hand. It is valid until its value is read.
func (o *Object) Key() []byte { return o.key }

// Object enters the object that is next. If something else is next, it notes that, and the
// object has no fields.
func (r *Reader) Object() Object { return Object{absent: !r.Expect('{', "an object") || !r.open()} }

// Field steps to the next field of the object that was entered, and reports whether
// there is one. Its value must then be read with Known or Unknown.
func (r *Reader) Field(o *Object) bool {
	if o.absent || !r.next(!o.any, '}') {
		return false
	}
	o.any = true
	if r.Peek() != '"' {
		r.fail(notJSON)
		return false
	}
	o.key = r.stringBytes()
	return r.take(':')
}

// Known enters a known field, the n-th of its object, for its value to be read and
// [Reader.Leave] to follow. If the field was given before, Known skips its value and
// reports false.
func (r *Reader) Known(o *Object, n int, name string) bool {
	r.Enter(name)
	if o.seen&(1<<n) == 0 {
		o.seen |= 1 << n
		return true
	}
	r.Fault("is given twice")
	r.skip()
	r.Leave()
	return false
}

// UnknownField is the reason of an unknown field.
const UnknownField = "unknown field"

// Unknown notes that the field at hand does not belong to its object, and skips its
// value.
func (r *Reader) Unknown(o *Object, reason string) {
	name, reason := Presentable(string(o.key), reason)
	r.FaultBelow(name, reason)
	r.skip()
}

// Required notes that fields are missing: names are those of the fields 0, 1 and so on.
func (r *Reader) Required(o *Object, names ...string) {
	for n, name := range names {
		if r.broken == "" && !o.absent && o.seen&(1<<n) == 0 {
			r.FaultBelow(name, "is required")
		}
	}
}

// Presentable returns the name of an unknown field as a fault may show it. The name may
// be anything, such as a password in the wrong place.
func Presentable(name, reason string) (string, string) {
	if isPlain(name) {
		return name, reason
	}
	return "*", reason + " (a name of " + strconv.Itoa(len(name)) + " bytes)"
}

func isPlain(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c != '_' && c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return name != "" && len(name) <= 40
}
