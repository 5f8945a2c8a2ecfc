package wire

import (
	"encoding"
	"errors"
	"strconv"
	"time"
)

// An Object is a JSON object that was read as strictly as a case is: for other values
// that stand beside cases, such as the records of a log. Its methods take fields by
// name, in any order; an absent field is the zero value. Whatever is wrong with one is
// noted under its path, and told by [Object.Err]:
//
//	o, err := wire.ParseObject(line)
//	if err != nil {
//		return err // no object at all
//	}
//	ticket := Ticket{ID: o.Text("id"), Opened: o.Instant("opened")}
//	if err := o.Err(nil); err != nil {
//		return err // every fault, fields that nobody took among them
//	}
//
// The zero Object has no fields. An Object is for one goroutine.
type Object struct {
	path     string // "" for the outermost, else with a point at the end
	fields   []member
	children []*Object // those that Objects returned
	r        *reader   // of the text, which notes the faults
}

// A member is a field of an object that was parsed.
type member struct {
	name  string
	value value
	taken bool
}

// A value is what a field of an object, or an element of an array, is.
type value struct {
	kind     byte // the first byte of it, or 'd' for a number
	text     string
	fields   []member
	elements []value
}

// ParseObject reads a text that is one object. The error is that of a text which is
// none, or beyond the bounds; faults of fields come later.
func ParseObject(data []byte) (*Object, error) {
	r := &reader{data: data}
	var v value
	if r.whole(func() { v = r.value() }) && r.faults == nil {
		return &Object{fields: v.fields, r: r}, nil
	}
	return nil, r.err()
}

// value reads a value of any kind.
func (r *reader) value() (v value) {
	switch c := r.peek(); {
	case c == '"':
		v.kind = c
		v.text = string(r.bytes())
	case c == '{':
		v.kind = c
		if !r.open() {
			return v
		}
		for o := (object{}); r.field(&o); {
			m := member{name: string(o.key)}
			m.value = r.value()
			v.fields = append(v.fields, m)
		}
	case c == '[':
		v.kind = c
		if !r.open() {
			return v
		}
		for first := true; r.next(first, ']'); first = false {
			v.elements = append(v.elements, r.value())
		}
	case c == '-' || '0' <= c && c <= '9':
		v.kind = 'd'
		v.text = string(r.number())
	default:
		v.kind = c
		r.skip()
	}
	return v
}

// Fault notes what is wrong with a field; an empty name means the object. Like all
// reasons, it must not quote free text.
func (o *Object) Fault(name, reason string) {
	if o.r == nil {
		o.r = &reader{}
	}
	path := o.path + name
	if name == "" && path != "" {
		path = path[:len(path)-1]
	}
	o.r.faultAt(path, reason)
}

// take returns the value of a field, the first one that is given, if it is of a kind.
func (o *Object) take(name string, kind byte, wanted string) (v value, ok bool) {
	for i := range o.fields {
		m := &o.fields[i]
		if m.name != name {
			continue
		}
		if m.taken = true; ok {
			o.Fault(name, "is given twice")
			continue
		}
		v, ok = m.value, true
	}
	return v, ok && o.is(name, v, kind, wanted)
}

// is reports whether a value is of a kind, and else notes what it is.
func (o *Object) is(name string, v value, kind byte, wanted string) bool {
	switch {
	case v.kind == kind:
		return true
	case v.kind == 'n':
		o.Fault(name, "null is refused: leave the field out")
	case v.kind == 'd':
		o.Fault(name, "is a number, not "+wanted)
	default:
		o.Fault(name, "is "+kindOf(v.kind)+", not "+wanted)
	}
	return false
}

// Text returns a field that is a string.
func (o *Object) Text(name string) string {
	v, ok := o.take(name, '"', "a string")
	if !ok {
		return ""
	}
	return v.text
}

// Instant returns a field that is an RFC 3339 instant, as those of cases are.
func (o *Object) Instant(name string) time.Time {
	v, ok := o.take(name, '"', "a string")
	if !ok || v.text == "" { // empty is as good as absent
		return time.Time{}
	}
	t, reason := parseInstant([]byte(v.text))
	if reason != "" {
		o.Fault(name, reason)
	}
	return t
}

// Code reads a field that is a code, or another text that c reads; an absent or empty
// one leaves c as it is. The reason of its error becomes that of the fault, and so must
// not quote free text.
func (o *Object) Code(name string, c encoding.TextUnmarshaler) {
	if v, ok := o.take(name, '"', "a string"); ok && v.text != "" {
		if err := c.UnmarshalText([]byte(v.text)); err != nil {
			o.Fault(name, reasonOf(err))
		}
	}
}

// Integer returns a field that is an integer.
func (o *Object) Integer(name string) int64 {
	v, ok := o.take(name, 'd', "an integer")
	if !ok {
		return 0
	}
	n, err := strconv.ParseInt(v.text, 10, 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		o.Fault(name, "is out of range")
		return 0
	case err != nil:
		o.Fault(name, "is no integer")
	}
	return n
}

// Texts returns a field that is an array of strings: nil if it is absent, and not nil
// if it is empty.
func (o *Object) Texts(name string) []string {
	v, ok := o.take(name, '[', "an array")
	if !ok {
		return nil
	}
	texts := make([]string, len(v.elements))
	for i := range v.elements {
		if o.is(elementOf(name, i), v.elements[i], '"', "a string") {
			texts[i] = v.elements[i].text
		}
	}
	return texts
}

// Objects returns a field that is an array of objects: nil if it is absent, and not nil
// if it is empty. Their faults are those of the outermost object.
func (o *Object) Objects(name string) []*Object {
	v, ok := o.take(name, '[', "an array")
	if !ok {
		return nil
	}
	objects := make([]*Object, len(v.elements))
	for i := range v.elements {
		in := elementOf(name, i)
		objects[i] = &Object{path: o.path + in + ".", r: o.r}
		if o.is(in, v.elements[i], '{', "an object") {
			objects[i].fields = v.elements[i].fields
		}
	}
	o.children = append(o.children, objects...)
	return objects
}

// Err returns nil, or a [*refund.InvalidError] with every fault of the object: those
// that were noted, fields that were not taken, and the faults of validation (an error
// of a method Validate, or nil) that do not merely follow from another one.
func (o *Object) Err(validation error) error {
	if o.r == nil {
		o.r = &reader{}
	}
	o.unknown()
	o.r.follow(validation)
	return o.r.err()
}

// unknown notes the fields that nobody took, once.
func (o *Object) unknown() {
	for i := range o.fields {
		if m := &o.fields[i]; !m.taken {
			m.taken = true
			o.Fault(presentable(m.name, unknownField))
		}
	}
	for _, child := range o.children {
		child.unknown()
	}
}

func elementOf(name string, i int) string { return name + "[" + strconv.Itoa(i) + "]" }
