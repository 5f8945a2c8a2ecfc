package refund

import (
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/internal/zone"
)

// UnmarshalJSON reads a whole policy, as strictly as [Case.UnmarshalJSON] reads a case.
// Faults have the paths of [Policy.Validate], below "policy".
//
// A policy is an object of "version", "window_days", "location" (an IANA zone),
// "hours" (of each day on which the desk opens, such as "monday", an object of
// "opens" and "closes", such as "08:00"), "callback_after" and "callback_within"
// (such as "4h" and "8h30m"), "readings" (all four) and "required" (clauses); and,
// if there are any, "effective" (an instant) and "holidays" (days such as
// "2026-12-25").
func (p *Policy) UnmarshalJSON(data []byte) error {
	return unmarshal(data, p, func(p *Policy, r *strict.Reader) {
		r.Enter("policy")
		p.read(r)
		r.Leave()
	}, (*Policy).validate)
}

// MarshalJSON returns the whole policy, such that [Policy.UnmarshalJSON] reads the same
// policy. It returns an [*InvalidError] for a policy that is not valid, whose location
// has a name that is not in the IANA database, or that takes more than 1 MiB.
func (p Policy) MarshalJSON() ([]byte, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	w := strict.NewWriter(nil)
	w.Object("")
	p.write(w)
	w.End()
	var f Faults
	for _, fault := range w.Faults() {
		if fault.Path != "" {
			fault.Path = "policy." + fault.Path
		}
		f.Add(fault.Path, fault.Reason)
	}
	if f != nil {
		return nil, f.Err()
	}
	return w.Buf, nil
}

// UnmarshalJSON reads an object of "versions", an array of whole policies in any order.
// Faults are those of [Policy.UnmarshalJSON] and [NewVersions], at paths below
// "versions".
func (e *Versions) UnmarshalJSON(data []byte) error {
	var policies []Policy
	var versions Versions
	r := strict.NewReader(data)
	if r.Begin() {
		policies = readVersions(r)
	}
	if r.End() {
		var f Faults
		var err error
		versions, err = NewVersions(policies...)
		f.Merge(err)
		f.follow(r)
	}
	if err := readError(r); err != nil {
		return err
	}
	*e = versions
	return nil
}

// MarshalJSON returns an object of "versions", the first to take effect first. Errors are
// those of [Policy.MarshalJSON], at paths below "versions".
func (e Versions) MarshalJSON() ([]byte, error) {
	if len(e.policies) == 0 {
		return nil, invalid("versions", "is required: at least one policy")
	}
	return appendObject(nil, func(w *strict.Writer) {
		w.Array("versions")
		for i := range e.policies {
			w.Object("")
			e.policies[i].write(w)
			w.End()
		}
		w.End()
	})
}

func readVersions(r *strict.Reader) (policies []Policy) {
	for o := r.Object(); r.Field(&o); {
		if string(o.Key()) != "versions" {
			r.Unknown(&o, strict.UnknownField)
		} else if r.Known(&o, 0, "versions") {
			r.Array(func() { policies = readElement(r, policies, MaxVersions, (*Policy).read) })
			r.Leave()
		}
	}
	return policies
}

// read reads a whole policy.
func (p *Policy) read(r *strict.Reader) {
	o := p.readPart(r)
	// An empty list is a statement, a missing one an omission that would open a gate; and a
	// missing duration is not zero.
	r.Required(&o, "required", "hours", "callback_after", "readings")
}

// readPart reads a policy of which fields may be absent, which then stay as they are.
func (p *Policy) readPart(r *strict.Reader) strict.Object {
	o := r.Object()
	for r.Field(&o) {
		switch string(o.Key()) {
		case "required":
			if r.Known(&o, 0, "required") {
				p.Required = []Clause{}
				r.Array(func() {
					var c Clause
					if text, _ := r.TextBytes(); len(text) > 0 {
						r.Fault(clauseCodes.Parse(text, &c))
					}
					p.Required = append(p.Required, c)
				})
				r.Leave()
			}
		case "hours":
			if r.Known(&o, 1, "hours") {
				p.Hours = Hours{}
				p.Hours.read(r)
				r.Leave()
			}
		case "callback_after":
			durationField(r, &o, 2, "callback_after", &p.CallbackAfter)
		case "readings":
			if r.Known(&o, 3, "readings") {
				p.Readings.read(r)
				r.Leave()
			}
		case "version":
			r.TextField(&o, 4, "version", &p.Version)
		case "effective":
			r.InstantField(&o, 5, "effective", &p.Effective)
		case "holidays":
			if r.Known(&o, 6, "holidays") {
				p.Holidays = nil
				r.Array(func() { p.Holidays = append(p.Holidays, readDate(r)) })
				r.Leave()
			}
		case "callback_within":
			durationField(r, &o, 7, "callback_within", &p.CallbackWithin)
		case "location":
			if r.Known(&o, 8, "location") {
				p.Location = readLocation(r)
				r.Leave()
			}
		case "window_days":
			if r.Known(&o, 9, "window_days") {
				p.WindowDays = int(r.Integer(32))
				r.Leave()
			}
		default:
			r.Unknown(&o, strict.UnknownField)
		}
	}
	return o
}

// write writes a valid policy.
func (p *Policy) write(w *strict.Writer) {
	name := locationName(p.Location)
	_, reason := zone.Find(name)
	w.Fault("location", reason)

	w.Text("version", p.Version)
	w.Instant("effective", p.Effective)
	w.Integer("window_days", p.WindowDays)
	w.Text("location", name)
	w.Object("hours")
	p.Hours.write(w)
	w.End()
	if len(p.Holidays) > 0 {
		w.Array("holidays")
		for _, d := range p.Holidays {
			w.Element()
			w.Buf = strict.AppendString(w.Buf, d.String())
		}
		w.End()
	}
	w.Always("callback_after", p.CallbackAfter.String())
	w.Always("callback_within", p.CallbackWithin.String())
	w.Object("readings")
	p.Readings.write(w)
	w.End()
	w.Array("required")
	for _, c := range p.Required {
		w.Element()
		w.Buf = strict.AppendString(w.Buf, c.String())
	}
	w.End()
}

func (r *Readings) read(in *strict.Reader) {
	for o := in.Object(); in.Field(&o); {
		switch string(o.Key()) {
		case "day_count":
			strict.CodeField(in, &o, 0, "day_count", dayCountCodes, &r.DayCount)
		case "deduct_from":
			strict.CodeField(in, &o, 1, "deduct_from", deductFromCodes, &r.DeductFrom)
		case "resolved_until":
			strict.CodeField(in, &o, 2, "resolved_until", resolvedUntilCodes, &r.ResolvedUntil)
		case "callback_clock":
			strict.CodeField(in, &o, 3, "callback_clock", callbackClockCodes, &r.CallbackClock)
		default:
			in.Unknown(&o, strict.UnknownField)
		}
	}
}

func (r *Readings) write(w *strict.Writer) {
	strict.Code(w, "day_count", dayCountCodes, r.DayCount)
	strict.Code(w, "deduct_from", deductFromCodes, r.DeductFrom)
	strict.Code(w, "resolved_until", resolvedUntilCodes, r.ResolvedUntil)
	strict.Code(w, "callback_clock", callbackClockCodes, r.CallbackClock)
}

func (h *Hours) read(r *strict.Reader) {
field:
	for o := r.Object(); r.Field(&o); {
		for day, name := range dayNames {
			if string(o.Key()) == name {
				if r.Known(&o, day, name) {
					h[day].read(r)
					r.Leave()
				}
				continue field
			}
		}
		r.Unknown(&o, strict.UnknownField)
	}
}

func (h *Hours) write(w *strict.Writer) {
	for day, o := range h {
		if !o.IsZero() {
			w.Object(dayNames[day])
			w.Always("opens", clockText(o.Opens))
			w.Always("closes", clockText(o.Closes))
			w.End()
		}
	}
}

func (o *Opening) read(r *strict.Reader) {
	before := r.Count()
	fields := r.Object()
	for r.Field(&fields) {
		switch string(fields.Key()) {
		case "opens":
			clockField(r, &fields, 0, "opens", &o.Opens)
		case "closes":
			clockField(r, &fields, 1, "closes", &o.Closes)
		default:
			r.Unknown(&fields, strict.UnknownField)
		}
	}
	if r.Required(&fields, "opens", "closes"); r.Count() == before && o.IsZero() {
		r.Fault("opens and closes at once: leave out a day on which the desk is closed")
	}
}

// clockField reads a time of day.
func clockField(r *strict.Reader, o *strict.Object, n int, name string, d *time.Duration) {
	if !r.Known(o, n, name) {
		return
	}
	if s, ok := r.Text(); ok {
		*d, ok = parseClock(s)
		if !ok {
			r.Fault(`is not a time of day such as "08:00", up to "24:00"`)
		}
	}
	r.Leave()
}

// parseClock reads a time of day such as "08:00", up to "24:00".
func parseClock(s string) (d time.Duration, ok bool) {
	if len(s) != 5 || !allDigits(s[:2]) || s[2] != ':' || !allDigits(s[3:]) {
		return 0, false
	}
	hours, _ := strconv.Atoi(s[:2])
	minutes, _ := strconv.Atoi(s[3:])
	d = time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	return d, minutes < 60 && d <= 24*time.Hour
}

// clockText returns a time of day such as "08:00".
func clockText(d time.Duration) string {
	if d == 24*time.Hour {
		return "24:00"
	}
	return time.Time{}.Add(d).Format("15:04")
}

// durationField reads a duration such as "4h" or "8h30m".
func durationField(r *strict.Reader, o *strict.Object, n int, name string, d *time.Duration) {
	if !r.Known(o, n, name) {
		return
	}
	if s, ok := r.Text(); ok {
		var err error
		if *d, err = time.ParseDuration(s); err != nil || strings.HasPrefix(s, "+") {
			r.Fault(`is not a duration such as "4h" or "8h30m"`)
		}
	}
	r.Leave()
}

// readDate reads a day. An empty one is the zero Date.
func readDate(r *strict.Reader) (d Date) {
	if s, _ := r.Text(); s != "" {
		var f Faults
		parsed, err := ParseDate(s)
		f.Merge(err)
		for _, fault := range f {
			r.Fault(fault.Reason)
		}
		d = parsed
	}
	return d
}

// readLocation reads the name of a location; nil if there is none.
func readLocation(r *strict.Reader) *time.Location {
	name, ok := r.Text()
	if !ok {
		return nil
	}
	loc, reason := zone.Find(name)
	r.Fault(reason)
	return loc
}
