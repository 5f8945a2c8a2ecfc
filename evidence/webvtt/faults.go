package webvtt

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// faults are the faults of a block. A fault is kept once: a block could repeat it a
// hundred thousand times.
type faults struct{ refund.Faults }

func (f *faults) add(path, reason string) {
	if fault := (refund.Fault{Path: path, Reason: reason}); !slices.Contains(f.Faults, fault) {
		f.Add(path, reason)
	}
}

// has reports whether a fault was found at the path.
func (f *faults) has(path string) bool {
	return slices.ContainsFunc(f.Faults, func(fault refund.Fault) bool { return fault.Path == path })
}

// at returns the error of the block that begins with a line, or nil without faults.
func (f *faults) at(line int) error {
	if err := f.Err(); err != nil {
		return &evidence.LineError{Line: line, Err: err}
	}
	return nil
}
