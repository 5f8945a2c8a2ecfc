package strict

import (
	"slices"
	"strconv"
	"strings"
)

// A Fault is one thing wrong with a text: the path of a field, such as
// "subscription.paid" or "issues[0].id", and the reason in words. An empty path means
// the whole text. A reason never quotes a value.
type Fault struct{ Path, Reason string }

// maxFaults bounds what a small text can cost: 1 MiB has room for 300,000 faults.
const maxFaults = 1000

// below puts faults, whose paths begin at the value of a field or at an element, below its
// name, which is "[0]" for the first element.
func below(name string, faults []Fault) {
	for i := range faults {
		point := "."
		if path := faults[i].Path; path == "" || path[0] == '[' {
			point = ""
		}
		faults[i].Path = name + point + faults[i].Path
	}
}

func belowElement(i int, faults []Fault) {
	if len(faults) > 0 {
		below("["+strconv.Itoa(i)+"]", faults)
	}
}

// Below reads what lies below a field: faults are noted there.
func (r *Reader) Below(name string, read func(*Reader)) {
	before := len(r.faults)
	read(r)
	below(name, r.faults[before:])
}

// Fault notes what is wrong with the value being read. An empty reason notes nothing.
func (r *Reader) Fault(reason string) {
	if reason != "" {
		r.FaultAt("", reason)
	}
}

// FaultBelow notes what is wrong with a field of the value being read.
func (r *Reader) FaultBelow(name, reason string) {
	r.Below(name, func(r *Reader) { r.Fault(reason) })
}

// FaultAt notes what is wrong at a path, which begins at the value being read.
func (r *Reader) FaultAt(path, reason string) {
	if len(r.faults) == maxFaults {
		r.more = true
		return
	}
	r.faults = append(r.faults, Fault{path, reason})
}

// Convert converts faults between Fault and a type such as refund.Fault, which this
// package cannot import.
func Convert[To, From ~struct{ Path, Reason string }](faults []From) []To {
	var converted []To
	for _, f := range faults {
		converted = append(converted, To(f))
	}
	return converted
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

// follow adds the faults that a validation found, except those that follow from one
// noted while reading: of the same field, of one in it, or of one around it.
func (r *Reader) follow(found []Fault) {
	if len(found) == 0 {
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
