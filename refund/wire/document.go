package wire

import "github.com/kasperinfotech/refundpolicy/refund"

// A Document is a case together with the policy it is to be judged by: input of an
// operator, who may choose. The zero Document is not valid.
type Document struct {
	Policy refund.Policy
	Case   refund.Case
}

// DefaultLocation is where days begin for a document that names no place: where
// the company's address is.
const DefaultLocation = "America/New_York"

// DecodeDocument reads a case that may have a field "policy" beside its own, an
// object of "location", "window_days" and "readings", each of which may be absent
// and then is as in the published policy, at [DefaultLocation]. Errors are those
// of [DecodeCase], and those of the policy at paths below "policy".
func DecodeDocument(data []byte) (Document, error) {
	r := reader{data: data}
	d := Document{Policy: refund.Published(nil)}
	if r.whole(func() { r.caseObject(&d.Case, &d.Policy) }) {
		if d.Policy.Location == nil && !r.faulted("policy.location") {
			d.Policy.Location = r.defaultLocation()
		}
		policyErr, caseErr := d.Policy.Validate(), d.Case.Validate()
		switch {
		case r.faulted("policy"): // what both together show is not known
			r.follow(policyErr)
			r.follow(caseErr)
		case r.faults != nil || policyErr != nil || caseErr != nil:
			_, err := d.Policy.Evaluate(d.Case)
			r.follow(err)
		}
	}
	if err := r.err(); err != nil {
		return Document{}, err
	}
	return d, nil
}

// Evaluate judges the document's case by its policy ([refund.Policy.Evaluate]).
func (d Document) Evaluate() (refund.Outcome, error) { return d.Policy.Evaluate(d.Case) }

// policy reads the fields of a policy that a document may choose.
func (r *reader) policy(p *refund.Policy) {
	if !r.enterObject() {
		return
	}
	for o := (object{}); r.field(&o); {
		r.policyField(&o, p)
	}
}

const readingsBit = 31

// policyField reads the field at hand of a policy, if it is one that a document may
// choose.
func (r *reader) policyField(o *object, p *refund.Policy) {
	switch string(o.key) {
	case "location":
		if r.known(o, 29, "location") {
			p.Location = r.location()
			r.leave()
		}
	case "window_days":
		if r.known(o, 30, "window_days") {
			p.WindowDays = r.integer()
			r.leave()
		}
	case "readings":
		if r.known(o, readingsBit, "readings") {
			r.readings(&p.Readings)
			r.leave()
		}
	default:
		r.unknown(o, unknownField)
	}
}

func (r *reader) readings(s *refund.Readings) {
	if !r.enterObject() {
		return
	}
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "day_count":
			r.codeField(&o, 0, "day_count", &s.DayCount)
		case "deduct_from":
			r.codeField(&o, 1, "deduct_from", &s.DeductFrom)
		case "resolved_until":
			r.codeField(&o, 2, "resolved_until", &s.ResolvedUntil)
		case "callback_clock":
			r.codeField(&o, 3, "callback_clock", &s.CallbackClock)
		default:
			r.unknown(&o, unknownField)
		}
	}
}
