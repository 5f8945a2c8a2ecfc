package cdr

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Asterisk counts from 1970. The last year ends everywhere before the year 10000, which
// RFC 3339 cannot write.
const (
	firstYear = 1970
	lastYear  = 9998
)

// times holds the times of a row. Each column of a time has the instants that it can mean,
// nil for an empty answer. Each duration is a number of seconds, -1 if it is unreadable.
type times struct {
	start, answer, end []time.Time
	duration, billsec  int64
}

// settle chooses instants for start, answer and end that fit together, the earliest ones if
// several choices fit. If no choice fits, it adds the faults of the choice with the fewest.
func (p *parser) settle(r *Row, t times) {
	if t.answer == nil {
		t.answer = unknown
		if r.Disposition == DispositionAnswered {
			p.faults.Add("answer", "is required, because the call was answered")
		}
		if t.billsec > 0 {
			p.faults.Add("billsec", "must be 0, because answer is empty")
		}
	}
	var least refund.Faults
	choices, fitting := 0, 0
	for _, start := range t.start {
		for _, answer := range t.answer {
			for _, end := range t.end {
				faults := t.faults(start, answer, end)
				if choices == 0 || len(faults) < len(least) {
					r.Start, r.Answer, r.End, least = start, answer, end, faults
				}
				choices++
				if len(faults) == 0 {
					fitting++
				}
			}
		}
	}
	p.faults = append(p.faults, least...)
	if fitting > 1 {
		p.warnings.Add("start", "the clocks showed the times of this call twice; the earlier reading is used")
	}
	r.Duration, r.Billable = time.Duration(t.duration)*time.Second, time.Duration(t.billsec)*time.Second
}

// faults returns the contradictions between times that are known.
func (t times) faults(start, answer, end time.Time) (faults refund.Faults) {
	if later(start, end) {
		faults.Add("end", "is before start")
	}
	if !fits(start, end, t.duration) {
		faults.Add("duration", "is not the time from start to end")
	}
	if later(start, answer) || later(answer, end) {
		faults.Add("answer", "is not between start and end")
	}
	if !fits(answer, end, t.billsec) {
		faults.Add("billsec", "is not the time from answer to end")
	}
	return faults
}

func later(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && a.After(b) }

// fits reports whether the difference between two instants is the number of seconds, or one
// away from it: the file has instants without fractions, and durations whose fractions were
// cut off or rounded.
func fits(from, to time.Time, seconds int64) bool {
	if from.IsZero() || to.IsZero() || seconds < 0 {
		return true
	}
	off := to.Unix() - from.Unix() - seconds
	return -1 <= off && off <= 1
}
