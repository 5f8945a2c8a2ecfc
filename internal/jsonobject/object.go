// Package jsonobject reads JSON objects that stand beside cases, such as the records of
// a log, as strictly as package refund reads a case.
package jsonobject

import (
	"encoding"
	"errors"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Object is a JSON object that was read. Its methods take fields by name, in any
// order; an absent field is the zero value. What is wrong with a field is noted under
// its path and reported by [Object.Err]:
//
//	o, err := jsonobject.Parse(line)
//	if err != nil {
//		return err // not an object
//	}
//	ticket := Ticket{ID: o.Text("id"), Opened: o.Instant("opened")}
//	if err := o.Err(nil); err != nil {
//		return err // every fault, including fields that were not taken
//	}
//
// The zero Object has no fields. An Object is not safe for concurrent use.
type Object struct {
	path     string // "" for the outermost, else with a point at the end
	fields   []member
	children []*Object      // those that Objects returned
	r        *strict.Reader // of the text, which notes the faults
}

// A member is a field of an object.
type member struct {
	name  string
	value value
	taken bool
}

// A value is the value of a field or an element.
type value struct {
	kind     byte   // its first byte, or '0' for every number
	text     string // of a string or a number
	fields   []member
	elements []value
}

// Parse reads a text that is one object. Its error is that of a text that is not an
// object or is beyond the bounds; faults of fields come later.
func Parse(data []byte) (*Object, error) {
	r := strict.NewReader(data)
	var v value
	if r.Begin() {
		v = parse(r)
	}
	r.End()
	if err := errOf(r); err != nil {
		return nil, err
	}
	return &Object{fields: v.fields, r: r}, nil
}

// parse reads a value of any kind.
func parse(r *strict.Reader) value {
	v := value{kind: r.Peek()}
	switch v.kind {
	case '"':
		v.text, _ = r.Text()
	case '{':
		for f := r.Object(); r.Field(&f); {
			m := member{name: string(f.Key())}
			m.value = parse(r)
			v.fields = append(v.fields, m)
		}
	case '[':
		r.Array(func() { v.elements = append(v.elements, parse(r)) })
	case 'n', 't', 'f':
		r.Skip()
	default:
		v.kind = '0'
		v.text = string(r.Skip())
	}
	return v
}

// errOf returns the faults that a reader noted.
func errOf(r *strict.Reader) error {
	var faults refund.Faults
	for _, f := range r.Faults() {
		faults.Add(f.Path, f.Reason)
	}
	return faults.Err()
}

// Fault notes what is wrong with a field; an empty name means the object. A reason must
// not quote free text.
func (o *Object) Fault(name, reason string) {
	path := o.path + name
	if name == "" && path != "" {
		path = path[:len(path)-1]
	}
	o.reader().FaultAt(path, reason)
}

func (o *Object) reader() *strict.Reader {
	if o.r == nil {
		o.r = strict.NewReader(nil)
	}
	return o.r
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

// is reports whether a value is of a kind. If not, it notes which it is.
func (o *Object) is(name string, v value, kind byte, wanted string) bool {
	if v.kind != kind {
		o.Fault(name, strict.Mismatch(v.kind, wanted))
	}
	return v.kind == kind
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
	text := o.Text(name)
	if text == "" { // empty is as good as absent
		return time.Time{}
	}
	t, reason := instant.Parse([]byte(text))
	if reason != "" {
		o.Fault(name, reason)
	}
	return t
}

// Code reads a field that is a code, or another text that c reads; an absent or empty
// field leaves c as it is. The reason of c's error becomes that of the fault, and so must
// not quote free text.
func (o *Object) Code(name string, c encoding.TextUnmarshaler) {
	text := o.Text(name)
	if text == "" {
		return
	}
	if err := c.UnmarshalText([]byte(text)); err != nil {
		reason := err.Error()
		if fault := (refund.Fault{}); errors.As(err, &fault) {
			reason = fault.Reason
		}
		o.Fault(name, reason)
	}
}

// Integer returns a field that is an integer.
func (o *Object) Integer(name string) int64 {
	v, ok := o.take(name, '0', "an integer")
	if !ok {
		return 0
	}
	n, reason := strict.ParseInteger(v.text, 64)
	if reason != "" {
		o.Fault(name, reason)
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
	r := o.reader()
	o.unknown()
	var faults refund.Faults
	faults.Merge(validation)
	found := make([]strict.Fault, len(faults))
	for i, f := range faults {
		found[i] = strict.Fault(f)
	}
	r.Follow(found)
	return errOf(r)
}

// unknown notes the fields that were not taken, once.
func (o *Object) unknown() {
	for i := range o.fields {
		if m := &o.fields[i]; !m.taken {
			m.taken = true
			o.Fault(strict.Presentable(m.name, strict.UnknownField))
		}
	}
	for _, child := range o.children {
		child.unknown()
	}
}

func elementOf(name string, i int) string { return name + "[" + strconv.Itoa(i) + "]" }
