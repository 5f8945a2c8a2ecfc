package webvtt

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// faults collects the faults of one block. Each fault is kept once, since a block could
// repeat it a hundred thousand times.
type faults struct {
	lenient bool // departures are warnings
	list    []refund.Fault
	lost    []bool // by index in list: the fault makes the block unreadable
}

// add records a fault that makes the block unreadable.
func (f *faults) add(path, reason string) { f.record(path, reason, true) }

// warn records a fault that changes neither the text nor the times of the cue.
func (f *faults) warn(path, reason string) { f.record(path, reason, false) }

// depart records a departure from the grammar that only a lenient reader accepts.
func (f *faults) depart(path, reason string) { f.record(path, reason, !f.lenient) }

func (f *faults) record(path, reason string, lost bool) {
	fault := refund.Fault{Path: path, Reason: reason}
	if i := slices.Index(f.list, fault); i >= 0 {
		f.lost[i] = f.lost[i] || lost
		return
	}
	f.list, f.lost = append(f.list, fault), append(f.lost, lost)
}

// unreadable reports whether a fault makes the block unreadable.
func (f *faults) unreadable() bool { return slices.Contains(f.lost, true) }

// unreadableAt reports whether a fault at the path makes the block unreadable.
func (f *faults) unreadableAt(path string) bool {
	for i, fault := range f.list {
		if fault.Path == path && f.lost[i] {
			return true
		}
	}
	return false
}

// at returns the faults as an error of the block that begins on the line, or nil.
func (f *faults) at(line int) *evidence.LineError {
	if len(f.list) == 0 {
		return nil
	}
	return &evidence.LineError{Line: line, Err: refund.Faults(f.list).Err()}
}
