package strict

import (
	"slices"
	"strconv"
	"strings"
)

// A Fault is one thing wrong with a text: the path of a field, such as
// "subscription.paid" or "issues[0].id", and the reason in words. An empty path means
// the whole text. A reason quotes codes and amounts, never free text.
type Fault struct{ Path, Reason string }

// maxFaults bounds what a small text can cost: 1 MiB has room for 300,000 faults.
const maxFaults = 1000

// A place is a field of an object, or an element of an array.
type place struct {
	name  string
	index int // if there is no name
}

// Enter enters a field or, with the path of several, what lies below it: faults are
// noted there until Leave.
func (r *Reader) Enter(name string) { r.trail = append(r.trail, place{name: name}) }

// Leave ends what Enter or Known began.
func (r *Reader) Leave() { r.trail = r.trail[:len(r.trail)-1] }

// pathOf returns the path of a trail.
func pathOf(trail []place) string {
	var b []byte
	for _, p := range trail {
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

// Fault notes what is wrong with the value being read. An empty reason notes nothing.
func (r *Reader) Fault(reason string) {
	if reason != "" {
		r.FaultAt(pathOf(r.trail), reason)
	}
}

// FaultBelow notes what is wrong with a field of the value being read.
func (r *Reader) FaultBelow(name, reason string) {
	r.Enter(name)
	r.Fault(reason)
	r.Leave()
}

// FaultAt notes what is wrong with the value of a path.
func (r *Reader) FaultAt(path, reason string) {
	if len(r.faults) == maxFaults {
		r.more = true
		return
	}
	r.faults = append(r.faults, Fault{path, reason})
}

// Count returns how many faults were noted.
func (r *Reader) Count() int { return len(r.faults) }

// Faults returns what was found wrong. Of a text that is not JSON it is that alone.
func (r *Reader) Faults() []Fault {
	switch {
	case r.broken != "":
		return []Fault{{"", r.broken}}
	case r.more:
		return append(slices.Clip(r.faults), Fault{"", "has more than 1000 faults, of which these are the first"})
	}
	return r.faults
}

// Follow adds the faults that a validation found, except those that follow from one
// noted while reading: of the same field, of one in it, or of one around it.
func (r *Reader) Follow(found []Fault) {
	if r.broken != "" {
		return
	}
	noted := map[string]bool{}  // the paths with a fault
	around := map[string]bool{} // and those around them
	for _, f := range r.faults {
		noted[f.Path] = true
		for p := f.Path; p != ""; p = parent(p) {
			around[p] = true
		}
	}
	if noted[""] { // there was no object at all
		return
	}
fault:
	for _, f := range found {
		if around[f.Path] {
			continue
		}
		for p := f.Path; p != ""; p = parent(p) {
			if noted[p] {
				continue fault
			}
		}
		r.FaultAt(f.Path, f.Reason)
	}
}

// Faulted reports whether a fault was noted at a path or below it.
func (r *Reader) Faulted(path string) bool {
	for _, f := range r.faults {
		for p := f.Path; p != ""; p = parent(p) {
			if p == path {
				return true
			}
		}
	}
	return false
}

// parent returns the path around a path, "" at the top.
func parent(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}
