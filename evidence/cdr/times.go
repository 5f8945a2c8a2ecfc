package cdr

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

const (
	// Asterisk counts from 1970. The last year is one that is over everywhere before
	// the year 10000, which RFC 3339 cannot write.
	firstYear = 1970
	lastYear  = 9998

	// No place is further than this from UTC, and none, since 1970, has changed its
	// clocks twice within twice as much: the offsets before and after are all there are.
	furthest = 26 * time.Hour
)

// showing returns the instants at which the clocks of a place showed what clock shows
// in UTC: none if they skipped it, two, in order, if they were put back.
func showing(clock time.Time, place *time.Location) (instants []time.Time) {
	for _, near := range [...]time.Time{clock.Add(-furthest), clock.Add(furthest)} {
		_, offset := near.In(place).Zone()
		at := clock.Add(-time.Duration(offset) * time.Second).In(place)
		if _, there := at.Zone(); there == offset && !slices.ContainsFunc(instants, at.Equal) {
			instants = append(instants, at)
		}
	}
	return instants
}

// times are what a row tells of time: the instants that each may be, none for an
// answer that is not there, and numbers of seconds, -1 where nobody can tell.
type times struct {
	start, answer, end []time.Time
	duration, billsec  int64
}

// settle chooses, of the instants that start, answer and end may be, the earliest with
// which the row makes sense. If none do, it tells what is wrong with those with which
// it makes the most.
func (p *parser) settle(r *Row, t times) {
	if t.answer == nil {
		t.answer = unknown
		if r.Disposition == DispositionAnswered {
			p.faults.Add("answer", "is required, since the call was answered")
		}
		if t.billsec > 0 {
			p.faults.Add("billsec", "is not 0, though there is no answer")
		}
	}
	var least refund.Faults
	chosen := false
	for _, start := range t.start {
		for _, answer := range t.answer {
			for _, end := range t.end {
				faults := t.faults(start, answer, end)
				if !chosen || len(faults) < len(least) {
					r.Start, r.Answer, r.End, least, chosen = start, answer, end, faults, true
				}
			}
		}
	}
	p.faults = append(p.faults, least...)
	r.Duration, r.Billable = time.Duration(t.duration)*time.Second, time.Duration(t.billsec)*time.Second
}

// faults returns what does not fit together, as far as it is known.
func (t times) faults(start, answer, end time.Time) (faults refund.Faults) {
	if later(start, end) {
		faults.Add("end", "is before start")
	}
	if !fits(start, end, t.duration) {
		faults.Add("duration", "is not the time from start to end")
	}
	if later(start, answer) || later(answer, end) {
		faults.Add("answer", "is not from start to end")
	}
	if !fits(answer, end, t.billsec) {
		faults.Add("billsec", "is not the time from answer to end")
	}
	return faults
}

func later(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && a.After(b) }

// fits reports whether it took as many seconds from one instant to another. The file
// has instants without their parts of a second, and durations in which such parts were
// cut off or rounded: both together are off by one at most.
func fits(from, to time.Time, seconds int64) bool {
	if from.IsZero() || to.IsZero() || seconds < 0 {
		return true
	}
	off := to.Unix() - from.Unix() - seconds
	return -1 <= off && off <= 1
}
