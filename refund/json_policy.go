package refund

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/internal/zone"
)

// UnmarshalJSON reads a complete policy, as strictly as [Case.UnmarshalJSON] reads a case.
// The paths of faults are those of [Policy.Validate].
//
// A policy is an object with the fields
//
//   - "version", a string;
//   - "window_days", an integer;
//   - "location", the name of an IANA zone;
//   - "hours", an object with an array for each day on which the desk opens, such as
//     "monday"; its elements are objects with "opens" and "closes", such as "08:00";
//   - "callback_after" and "callback_within", durations such as "4h" or "8h30m";
//   - "readings", an object with every reading;
//   - "required", an array of clauses;
//   - "effective", an instant (optional);
//   - "desk_location", the name of an IANA zone (optional);
//   - "special_days", an object with an array like those of "hours" for each date, such as
//     "2026-12-25"; the array of a holiday is empty (optional).
func (p *Policy) UnmarshalJSON(data []byte) error {
	return unmarshal(data, p, func(p *Policy, r *strict.Reader) {
		r.Below("policy", p.read)
	}, (*Policy).validate)
}

// MarshalJSON returns the policy in the form that [Policy.UnmarshalJSON] reads. It returns
// an [*InvalidError] if the policy is not valid, if the name of a location is not in the
// IANA database, or if the JSON needs more than 1 MiB.
func (p Policy) MarshalJSON() ([]byte, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return appendObject(nil, func(w *strict.Writer) { w.Below("policy", p.write) })
}

// UnmarshalJSON reads an object with one field, "versions": an array of complete policies
// in any order. Faults are those of [Policy.UnmarshalJSON] and [NewVersions], at paths
// such as "versions[1].effective".
func (e *Versions) UnmarshalJSON(data []byte) error {
	var policies []Policy
	var versions Versions
	faults := strict.Read(strict.NewReader(data), func(r *strict.Reader) {
		r.Object(strict.ListField("versions", &policies, MaxVersions, (*Policy).read))
	}, func() (f Faults) {
		var err error
		versions, err = NewVersions(policies...)
		f.Merge(err)
		return f
	})
	if faults != nil {
		return faults.Err()
	}
	*e = versions
	return nil
}

// MarshalJSON returns an object with one field, "versions", an array of the policies
// sorted by Effective. It returns an [*InvalidError] for the zero Versions. Other errors are
// those of [Policy.MarshalJSON], at paths such as "versions[1].effective".
func (e Versions) MarshalJSON() ([]byte, error) {
	if len(e.policies) == 0 {
		return nil, invalid("versions", "is required: at least one policy")
	}
	return appendObject(nil, func(w *strict.Writer) {
		strict.Objects(w, "versions", e.policies, (*Policy).write)
	})
}

// read reads a complete policy.
func (p *Policy) read(r *strict.Reader) { p.readFields(r, true) }

// readPart reads a policy that may lack fields; those keep their values.
func (p *Policy) readPart(r *strict.Reader) { p.readFields(r, false) }

// readFields reads the fields of a policy. In a complete one, lists and durations are
// required: a missing "required" would open a gate, and a missing duration is not zero.
func (p *Policy) readFields(r *strict.Reader, whole bool) {
	r.Object(
		strict.ListField("required", &p.Required, len(Clauses()), func(c *Clause, r *strict.Reader) { strict.ReadCode[Fault](r, c) }).RequiredIf(whole),
		strict.ValueField("hours", p.Hours.read).RequiredIf(whole),
		durationField("callback_after", &p.CallbackAfter).RequiredIf(whole),
		strict.ValueField("readings", p.Readings.read).RequiredIf(whole),
		strict.TextField("version", &p.Version),
		strict.InstantField("effective", &p.Effective),
		strict.ValueField("desk_location", func(r *strict.Reader) { p.DeskLocation = readLocation(r) }),
		strict.ValueField("special_days", p.SpecialDays.read),
		durationField("callback_within", &p.CallbackWithin),
		strict.ValueField("location", func(r *strict.Reader) { p.Location = readLocation(r) }),
		strict.ValueField("window_days", func(r *strict.Reader) { p.WindowDays = int(r.Integer(32)) }),
	)
}

// write writes the fields of a valid policy.
func (p *Policy) write(w *strict.Writer) {
	w.Text("version", p.Version)
	w.Instant("effective", p.Effective)
	w.Integer("window_days", p.WindowDays)
	writeLocation(w, "location", p.Location)
	writeLocation(w, "desk_location", p.DeskLocation)
	w.ObjectField("hours", p.Hours.write)
	if len(p.SpecialDays) > 0 {
		w.ObjectField("special_days", p.SpecialDays.write)
	}
	w.Always("callback_after", p.CallbackAfter.String())
	w.Always("callback_within", p.CallbackWithin.String())
	w.ObjectField("readings", p.Readings.write)
	w.Array("required", len(p.Required), func(i int) {
		w.Buf = strict.AppendString(w.Buf, p.Required[i].String())
	})
}

func (r *Readings) read(in *strict.Reader) {
	in.Object(
		strict.CodeField[Fault]("day_count", &r.DayCount),
		strict.CodeField[Fault]("deduct_from", &r.DeductFrom),
		strict.CodeField[Fault]("resolved_until", &r.ResolvedUntil),
		strict.CodeField[Fault]("callback_clock", &r.CallbackClock),
		strict.CodeField[Fault]("one_time", &r.OneTime),
		strict.CodeField[Fault]("released_amount", &r.ReleasedAmount),
		strict.CodeField[Fault]("goodwill_after", &r.GoodwillAfter),
	)
}

func (r *Readings) write(w *strict.Writer) {
	strict.Code(w, "day_count", dayCountCodes, r.DayCount)
	strict.Code(w, "deduct_from", deductFromCodes, r.DeductFrom)
	strict.Code(w, "resolved_until", resolvedUntilCodes, r.ResolvedUntil)
	strict.Code(w, "callback_clock", callbackClockCodes, r.CallbackClock)
	strict.Code(w, "one_time", oneTimeCodes, r.OneTime)
	strict.Code(w, "released_amount", releasedAmountCodes, r.ReleasedAmount)
	strict.Code(w, "goodwill_after", goodwillAfterCodes, r.GoodwillAfter)
}

func (h *Hours) read(r *strict.Reader) {
	*h = Hours{}
	var fields []strict.Field
	for day, name := range dayNames {
		fields = append(fields, openingsField(name, &h[day]))
	}
	r.Object(fields...)
}

func (h *Hours) write(w *strict.Writer) {
	for day, openings := range h {
		if len(openings) > 0 {
			strict.Objects(w, dayNames[day], openings, (*Opening).write)
		}
	}
}

func (s *SpecialDays) read(r *strict.Reader) {
	*s = SpecialDays{}
	r.Entries(func(name string) (read func(*strict.Reader), reason string) {
		day, err := ParseDate(name)
		if err != nil {
			return nil, "is not a date such as 2026-12-25"
		}
		return func(r *strict.Reader) {
			var openings []Opening
			readOpenings(r, &openings)
			(*s)[day] = openings
		}, ""
	})
}

func (s *SpecialDays) write(w *strict.Writer) {
	for _, day := range slices.SortedFunc(maps.Keys(*s), Date.Compare) {
		strict.Objects(w, day.String(), (*s)[day], (*Opening).write)
	}
}

// openingsField returns a field with the openings of a day.
func openingsField(name string, openings *[]Opening) strict.Field {
	return strict.ValueField(name, func(r *strict.Reader) { readOpenings(r, openings) })
}

// readOpenings reads the openings of a day. The result is never nil.
func readOpenings(r *strict.Reader, openings *[]Opening) {
	*openings = []Opening{}
	r.Array(func() {
		var o Opening
		r.Object(
			clockField("opens", &o.Opens).Required(),
			clockField("closes", &o.Closes).Required(),
		)
		*openings = append(*openings, o)
	})
}

func (o *Opening) write(w *strict.Writer) {
	w.Always("opens", clockText(o.Opens))
	w.Always("closes", clockText(o.Closes))
}

// clockField returns a field with a time of day.
func clockField(name string, d *time.Duration) strict.Field {
	return strict.ValueField(name, func(r *strict.Reader) {
		if s, ok := r.Text(); ok {
			if *d, ok = parseClock(s); !ok {
				r.Fault(`is not a time of day such as "08:00", up to "24:00"`)
			}
		}
	})
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

// durationField returns a field with a duration such as "4h" or "8h30m".
func durationField(name string, d *time.Duration) strict.Field {
	return strict.ValueField(name, func(r *strict.Reader) {
		if s, ok := r.Text(); ok {
			var err error
			if *d, err = time.ParseDuration(s); err != nil || strings.HasPrefix(s, "+") {
				r.Fault(`is not a duration such as "4h" or "8h30m"`)
			}
		}
	})
}

// readLocation reads the name of a location. It returns nil if there is a fault.
func readLocation(r *strict.Reader) *time.Location {
	name, ok := r.Text()
	if !ok {
		return nil
	}
	loc, reason := zone.Find(name)
	r.Fault(reason)
	return loc
}

// writeLocation writes a field with the name of a location, unless loc is nil.
func writeLocation(w *strict.Writer, name string, loc *time.Location) {
	if loc != nil {
		_, reason := zone.Find(loc.String())
		w.Fault(name, reason)
		w.Text(name, loc.String())
	}
}
