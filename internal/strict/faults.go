package strict

import (
	"slices"
	"strconv"
	"strings"
)

// A Fault is one error in a text: the path of a field, such as "subscription.paid" or
// "issues[0].id", and the reason. An empty path means the whole text. A reason never quotes a
// value.
type Fault struct{ Path, Reason string }

// maxFaults limits the cost of a text: 1 MiB has room for 300,000 faults.
const maxFaults = 1000

// below prefixes the paths of faults with the name of a field, or with an index such as
// "[0]" for the first element of an array.
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

// Below calls read for the value of a field: its faults get paths below name.
func (r *Reader) Below(name string, read func(*Reader)) {
	before := len(r.faults)
	read(r)
	below(name, r.faults[before:])
}

// Fault records a fault of the value being read. If the reason is empty, it does nothing.
func (r *Reader) Fault(reason string) {
	if reason != "" {
		r.FaultAt("", reason)
	}
}

// FaultBelow records a fault of a field of the value being read.
func (r *Reader) FaultBelow(name, reason string) {
	r.Below(name, func(r *Reader) { r.Fault(reason) })
}

// FaultAt records a fault at a path relative to the value being read.
func (r *Reader) FaultAt(path, reason string) {
	if len(r.faults) == maxFaults {
		r.more = true
		return
	}
	r.faults = append(r.faults, Fault{path, reason})
}

// Convert converts faults between Fault and a type such as refund.Fault. This package cannot
// import refund.
func Convert[To, From ~struct{ Path, Reason string }](faults []From) []To {
	var converted []To
	for _, f := range faults {
		converted = append(converted, To(f))
	}
	return converted
}

// Count returns the number of recorded faults.
func (r *Reader) Count() int { return len(r.faults) }

// Faults returns the recorded faults. If the text is not JSON, that is the only fault.
func (r *Reader) Faults() []Fault {
	switch {
	case r.broken != "":
		return []Fault{{"", r.broken}}
	case r.more:
		return append(slices.Clip(r.faults), Fault{"", "has more than 1000 faults; these are the first"})
	}
	return r.faults
}

// follow adds the faults that a validation found, except those that follow from a fault
// found while reading: of the same field, of a field in it, or of a field around it.
func (r *Reader) follow(found []Fault) {
	if len(found) == 0 {
		return
	}
	noted := map[string]bool{}  // the paths with a fault
	around := map[string]bool{} // those paths and the paths around them
	for _, f := range r.faults {
		noted[f.Path] = true
		for p := f.Path; p != ""; p = parent(p) {
			around[p] = true
		}
	}
	if noted[""] { // the text is not an object
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

// Faulted reports whether there is a fault at a path or below it.
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

// parent returns the path around a path, or "" for a path at the top.
func parent(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}
