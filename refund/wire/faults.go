package wire

import (
	"errors"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// err returns what was found wrong.
func (r *reader) err() error {
	switch {
	case r.broken != "":
		return &refund.InvalidError{Faults: []refund.Fault{{Reason: r.broken}}}
	case r.more:
		return &refund.InvalidError{Faults: append(slices.Clip(r.faults), refund.Fault{Reason: "has more than 1000 faults, of which these are the first"})}
	case r.faults != nil:
		return &refund.InvalidError{Faults: r.faults}
	}
	return nil
}

// follow adds the faults that a validation found, but none that follows from one
// noted while reading: of the same field, of one in it, or of one around it.
func (r *reader) follow(err error) {
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
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
	if noted[""] { // no object at all
		return
	}
fault:
	for _, f := range invalid.Faults {
		if around[f.Path] {
			continue
		}
		for p := f.Path; p != ""; p = parent(p) {
			if noted[p] {
				continue fault
			}
		}
		if len(r.faults) == maxFaults {
			r.more = true
			return
		}
		r.faults = append(r.faults, f)
	}
}

// parent returns the path around a path, "" at the top.
func parent(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}

// faulted reports whether a fault was noted at a path or below it.
func (r *reader) faulted(path string) bool {
	for _, f := range r.faults {
		for p := f.Path; p != ""; p = parent(p) {
			if p == path {
				return true
			}
		}
	}
	return false
}
