package wire

import (
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// DecodePolicy reads a whole policy, as [AppendPolicy] writes it. It returns a
// [*refund.InvalidError] with every fault of the text and of the policy, at paths
// below "policy", and then the zero Policy.
//
// A policy is an object of "version", "window_days", "location" (an IANA zone),
// "hours" (of each day on which the desk opens, such as "monday", an object of
// "opens" and "closes", such as "08:00"), "callback_after" and "callback_within"
// (such as "4h" and "8h30m"), "readings" (all four) and "required" (clauses); and,
// if there are any, "effective" (an instant) and "holidays" (days such as
// "2026-12-25").
func DecodePolicy(data []byte) (refund.Policy, error) {
	r := reader{data: data}
	var p refund.Policy
	if r.whole(func() {
		r.enter("policy")
		r.wholePolicy(&p)
		r.leave()
	}) {
		r.follow(p.Validate())
	}
	if err := r.err(); err != nil {
		return refund.Policy{}, err
	}
	return p, nil
}

// DecodeVersions reads an object of "versions", an array of whole policies in any
// order. Errors are those of [DecodePolicy] and of [refund.NewVersions], at paths
// below "versions".
func DecodeVersions(data []byte) (refund.Versions, error) {
	r := reader{data: data}
	var policies []refund.Policy
	var versions refund.Versions
	if r.whole(func() { r.versions(&policies) }) {
		var err error
		versions, err = refund.NewVersions(policies...)
		r.follow(err)
	}
	if err := r.err(); err != nil {
		return refund.Versions{}, err
	}
	return versions, nil
}

func (r *reader) versions(policies *[]refund.Policy) {
	if !r.open() {
		return
	}
	for o := (object{}); r.field(&o); {
		if string(o.key) != "versions" {
			r.unknown(&o, unknownField)
		} else if r.known(&o, 0, "versions") {
			r.array(func() {
				if len(*policies) > refund.MaxVersions { // too many already
					r.skip()
					return
				}
				var p refund.Policy
				if r.expect('{', "an object") {
					r.wholePolicy(&p)
				}
				*policies = append(*policies, p)
			})
			r.leave()
		}
	}
}

// wholePolicy reads a policy, whose opening brace is next.
func (r *reader) wholePolicy(p *refund.Policy) {
	if !r.open() {
		return
	}
	var o object
	for r.field(&o) {
		switch string(o.key) {
		case "required":
			if r.known(&o, 0, "required") {
				p.Required = []refund.Clause{}
				r.array(func() {
					var c refund.Clause
					r.code(&c)
					p.Required = append(p.Required, c)
				})
				r.leave()
			}
		case "hours":
			if r.known(&o, 1, "hours") {
				r.hours(&p.Hours)
				r.leave()
			}
		case "version":
			r.textField(&o, 3, "version", &p.Version)
		case "effective":
			r.instantField(&o, 4, "effective", &p.Effective)
		case "holidays":
			if r.known(&o, 5, "holidays") {
				r.array(func() {
					var d refund.Date
					r.code(&d)
					p.Holidays = append(p.Holidays, d)
				})
				r.leave()
			}
		case "callback_after":
			r.durationField(&o, 2, "callback_after", &p.CallbackAfter)
		case "callback_within":
			r.durationField(&o, 6, "callback_within", &p.CallbackWithin)
		case "location", "window_days", "readings":
			r.policyField(&o, p)
		default:
			r.unknown(&o, unknownField)
		}
	}
	// An empty list is a statement, a missing one an omission that would open a gate;
	// and no time is a time.
	r.required(&o, "required", "hours", "callback_after")
	if r.broken == "" && o.seen&(1<<readingsBit) == 0 {
		r.faultBelow("readings", "is required")
	}
}

var weekdays = [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func (r *reader) hours(h *refund.Hours) {
	if !r.enterObject() {
		return
	}
field:
	for o := (object{}); r.field(&o); {
		for day, name := range weekdays {
			if string(o.key) == name {
				if r.known(&o, day, name) {
					r.opening(&h[day])
					r.leave()
				}
				continue field
			}
		}
		r.unknown(&o, unknownField)
	}
}

func (r *reader) opening(opening *refund.Opening) {
	if !r.enterObject() {
		return
	}
	var o object
	n := len(r.faults)
	for r.field(&o) {
		switch string(o.key) {
		case "opens":
			r.clockField(&o, 0, "opens", &opening.Opens)
		case "closes":
			r.clockField(&o, 1, "closes", &opening.Closes)
		default:
			r.unknown(&o, unknownField)
		}
	}
	if r.required(&o, "opens", "closes"); len(r.faults) == n && opening.IsZero() {
		r.fault("opens and closes at once: leave out a day on which the desk is closed")
	}
}

// clockField reads a time of day such as "08:00", up to "24:00".
func (r *reader) clockField(o *object, n int, name string, d *time.Duration) {
	if !r.known(o, n, name) {
		return
	}
	if s, ok := r.text(); ok {
		p := instantParser{b: []byte(s)}
		hours := p.digits(2)
		p.byte(':')
		minutes := p.digits(2)
		if *d = time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute; p.bad || p.at != len(s) || minutes > 59 || *d > 24*time.Hour {
			r.fault(`is no time of day such as "08:00", up to "24:00"`)
		}
	}
	r.leave()
}

// durationField reads a duration such as "4h" or "8h30m".
func (r *reader) durationField(o *object, n int, name string, d *time.Duration) {
	if !r.known(o, n, name) {
		return
	}
	if s, ok := r.text(); ok {
		var err error
		if *d, err = time.ParseDuration(s); err != nil || strings.HasPrefix(s, "+") {
			r.fault(`is no duration such as "4h" or "8h30m"`)
		}
	}
	r.leave()
}

// AppendPolicy appends a whole policy as JSON to b, such that [DecodePolicy] reads
// the same policy back. It returns a [*refund.InvalidError], and b as it was, for a
// policy that is not valid or whose location is no zone of the IANA database.
func AppendPolicy(b []byte, p refund.Policy) ([]byte, error) {
	if err := p.Validate(); err != nil {
		return b, err
	}
	w := writer{b: b}
	if err := w.policy(&p, "policy"); err != nil {
		return b, err
	}
	return w.result(len(b))
}

// AppendVersions appends versions as JSON to b, such that [DecodeVersions] reads the
// same back. Errors are those of [AppendPolicy].
func AppendVersions(b []byte, e refund.Versions) ([]byte, error) {
	policies := e.Policies()
	if len(policies) == 0 {
		return b, invalid("versions", "is required: at least one policy")
	}
	w := writer{b: b}
	w.b = append(w.b, `{"versions":[`...)
	for i := range policies {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		if err := w.policy(&policies[i], "versions["+strconv.Itoa(i)+"]"); err != nil {
			return b, err
		}
	}
	w.b = append(w.b, "]}"...)
	return w.result(len(b))
}

// policy writes a valid policy.
func (w *writer) policy(p *refund.Policy, path string) error {
	if err := findable(p.Location, path+".location"); err != nil {
		return err
	}
	w.b = append(w.b, '{')
	w.within(path, 0)
	w.text("version", p.Version)
	w.instant("effective", p.Effective)
	w.name("window_days")
	w.b = strconv.AppendInt(w.b, int64(p.WindowDays), 10)
	w.text("location", p.Location.String())
	w.name("hours")
	w.open('{')
	for day, o := range p.Hours {
		if !o.IsZero() {
			w.name(weekdays[day])
			w.open('{')
			w.always("opens", clock(o.Opens))
			w.always("closes", clock(o.Closes))
			w.close('}')
		}
	}
	w.close('}')
	if len(p.Holidays) > 0 {
		w.name("holidays")
		w.open('[')
		for _, d := range p.Holidays {
			w.comma()
			w.b = appendString(w.b, d.String())
		}
		w.close(']')
	}
	w.always("callback_after", p.CallbackAfter.String())
	w.always("callback_within", p.CallbackWithin.String())
	w.readings(p.Readings)
	w.name("required")
	w.open('[')
	for _, c := range p.Required {
		w.comma()
		w.b = appendString(w.b, c.String())
	}
	w.close(']')
	w.close('}')
	return nil
}

// findable returns an error unless a location's name brings it back.
func findable(loc *time.Location, path string) error {
	if name := loc.String(); zoneName(name) {
		if found, ok := zones.lookup(name); ok && alike(loc, found) {
			return nil
		}
	}
	return invalid(path, "is no IANA zone, so that its name would not bring it back")
}

// alike reports whether two locations have the same offsets, winter and summer, from
// 1970 to 2099. A location may have a zone's name without being it.
func alike(a, b *time.Location) bool {
	if a == b {
		return true
	}
	for years := range 130 {
		for _, month := range [...]time.Month{time.January, time.July} {
			t := time.Date(1970+years, month, 1, 0, 0, 0, 0, time.UTC)
			_, x := t.In(a).Zone()
			if _, y := t.In(b).Zone(); x != y {
				return false
			}
		}
	}
	return true
}

// clock returns a time of day such as "08:00".
func clock(d time.Duration) string {
	if d == 24*time.Hour {
		return "24:00"
	}
	return time.Time{}.Add(d).Format("15:04")
}
