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

// times holds the times of a row: for each column the instants that it can mean, nil for
// an empty answer, and numbers of seconds, -1 for an unreadable one.
type times struct {
	start, answer, end []time.Time
	duration, billsec  int64
}

// settle chooses among the instants of start, answer and end the earliest that fit
// together. If no choice fits, it reports the faults of the choice that has the fewest.
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
		faults.Add("answer", "is not from start to end")
	}
	if !fits(answer, end, t.billsec) {
		faults.Add("billsec", "is not the time from answer to end")
	}
	return faults
}

func later(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && a.After(b) }

// fits reports whether the difference between two instants is the number of seconds. The
// file has instants without fractions, and durations whose fractions were cut off or
// rounded, so the two can differ by one.
func fits(from, to time.Time, seconds int64) bool {
	if from.IsZero() || to.IsZero() || seconds < 0 {
		return true
	}
	off := to.Unix() - from.Unix() - seconds
	return -1 <= off && off <= 1
}
