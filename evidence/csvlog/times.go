package csvlog

import (
	"cmp"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/wallclock"
	"github.com/kasperinfotech/refundpolicy/refund"
)

const (
	// The last year ends everywhere before the year 10000, which RFC 3339 cannot write.
	firstYear = 1970
	lastYear  = 9998

	// Programs cut off or round times and durations to seconds, so they can differ by one
	// second.
	tolerance = time.Second
)

// A layout is a layout of times.
type layout struct {
	text   string
	offset bool // the times have their offsets
}

func layouts(texts []string) (list []layout) {
	if len(texts) == 0 {
		texts = []string{time.DateTime}
	}
	for _, text := range texts {
		list = append(list, layout{text, hasOffset(text)})
	}
	return list
}

// A span holds the times of a record. answered is zero for an unanswered call.
type span struct{ start, answered, end time.Time }

// An instant is the text of a column that holds a time.
type instant struct {
	given bool        // the column is not empty
	list  []time.Time // its readings, the earlier one first; one zero Time if there is none
}

// A length is the text of a column that holds a duration.
type length struct {
	given bool // the column is not empty
	valid bool
	time.Duration
}

// moments holds the columns of a record that hold times and durations.
type moments struct {
	start, answered, end instant
	duration, billable   length
	wasAnswered          bool
}

// times chooses the earliest reading of the times that fits. If no reading fits, it
// reports the faults of the one that has the fewest.
func (p *parser) times() span {
	t := p.moments()
	var chosen span
	var least refund.Faults
	readings, fitting := 0, 0
	for _, start := range t.start.list {
		for _, end := range t.end.list {
			for _, answered := range t.answered.list {
				s := span{start, answered, end}
				faults := p.fit(&s, &t)
				if readings == 0 || len(faults) < len(least) {
					chosen, least = s, faults
				}
				readings++
				if len(faults) == 0 {
					fitting++
				}
			}
		}
	}
	p.faults = append(p.faults, least...)
	if fitting > 1 {
		p.warnings.Add(p.m.Start, "the clocks showed the times of this record twice; the earlier reading is used")
	}
	return chosen
}

// moments reads the columns, and reports those that are missing.
func (p *parser) moments() (t moments) {
	t.start, t.end, t.duration = p.instant(p.m.Start), p.instant(p.m.End), p.length(p.m.Duration)
	if !t.start.given {
		p.faults.Add(p.m.Start, "is required")
	}
	if !t.end.given && !t.duration.given {
		p.faults.Add(cmp.Or(p.m.End, p.m.Duration), "is required")
	}
	t.answered = p.instant("")
	if p.m.Kind != evidence.KindCall {
		return t
	}
	t.billable = p.length(p.m.Billable)
	if t.wasAnswered = p.answered(t.billable.Duration); t.wasAnswered {
		t.answered = p.instant(p.m.Answered)
		if !t.answered.given && !t.billable.given {
			p.faults.Add(cmp.Or(p.m.Answered, p.m.Billable), "is required, because the call was answered")
		}
	}
	return t
}

// fit adds the times that follow from durations to a reading, and returns the faults of the
// reading.
func (p *parser) fit(s *span, t *moments) (faults refund.Faults) {
	if !t.end.given && t.duration.valid && !s.start.IsZero() {
		s.end = s.start.Add(t.duration.Duration)
		if late := s.answered.Sub(s.end); !s.answered.IsZero() && 0 < late && late <= tolerance {
			s.end = s.answered
		}
		if s.end.Year() > lastYear {
			faults.Add(p.m.Duration, "ends after the year 9998")
		}
	}
	if t.wasAnswered && !t.answered.given && t.billable.valid && !s.end.IsZero() {
		s.answered = s.end.Add(-t.billable.Duration)
		if early := s.start.Sub(s.answered); !s.start.IsZero() && early > 0 {
			if early > tolerance {
				faults.Add(p.m.Billable, "is longer than the call")
			}
			s.answered = s.start
		}
	}
	if later(s.start, s.end) {
		faults.Add(p.m.End, "is before the start")
	}
	if t.end.given && !fits(s.start, s.end, t.duration) {
		faults.Add(p.m.Duration, "is not the time from start to end")
	}
	if t.answered.given {
		if later(s.start, s.answered) || later(s.answered, s.end) {
			faults.Add(p.m.Answered, "is not between start and end")
		}
		if !fits(s.answered, s.end, t.billable) {
			faults.Add(p.m.Billable, "is not the time from answer to end")
		}
	}
	return faults
}

func later(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && a.After(b) }

func fits(from, to time.Time, d length) bool {
	return !d.valid || from.IsZero() || to.IsZero() || (to.Sub(from)-d.Duration).Abs() <= tolerance
}

// instant reads a column of a time.
func (p *parser) instant(column string) instant {
	i := instant{list: []time.Time{{}}}
	text := p.text(column)
	if text == "" {
		return i
	}
	i.given = true
	clock, offset, ok := p.parse(text)
	switch {
	case !ok:
		p.faults.Add(column, lengthOf(text)+" is not a time such as "+p.layouts[0].text)
	case clock.Year() < firstYear || clock.Year() > lastYear:
		p.faults.Add(column, "is not in the years 1970 to 9998")
	case offset:
		i.list[0] = clock.In(p.options.Location)
	default:
		if list := wallclock.Showing(clock, p.options.Location); list != nil {
			i.list = list
		} else {
			p.faults.Add(column, "is a time that the clocks of "+p.options.Location.String()+" skipped")
		}
	}
	return i
}

// parse reads a time with the first layout that fits. A time without an offset is in UTC.
func (r *Reader) parse(text string) (at time.Time, offset, ok bool) {
	for _, l := range r.layouts {
		if at, err := time.Parse(l.text, text); err == nil {
			return at, l.offset, true
		}
	}
	return time.Time{}, false, false
}

// length reads a column of a duration.
func (p *parser) length(column string) (d length) {
	text := p.text(column)
	if text == "" {
		return d
	}
	d.given = true
	if d.Duration, d.valid = parseDuration(text); !d.valid {
		p.faults.Add(column, lengthOf(text)+" is not a duration such as 605, 605.25, 10:05 or 1:10:05, of at most 2147483647 seconds")
	}
	return d
}
