package wire

import (
	"bytes"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// DecodeCase reads a case. It returns a [*refund.InvalidError] with every fault of
// the text and of the case, and then the zero Case. It keeps nothing of data.
//
// A case does not choose its policy: a field "policy" is refused.
func DecodeCase(data []byte) (refund.Case, error) {
	r := reader{data: data}
	var c refund.Case
	if r.whole(func() { r.caseObject(&c, nil) }) {
		r.follow(c.Validate())
	}
	if err := r.err(); err != nil {
		return refund.Case{}, err
	}
	return c, nil
}

// whole reads a text that is one object, with read, and reports whether it could.
func (r *reader) whole(read func()) bool {
	if len(r.data) > MaxBytes {
		r.broken = "is longer than 1 MiB"
		return false
	}
	if bytes.HasPrefix(r.data, []byte("\ufeff")) {
		r.broken = "begins with a byte order mark: write it as UTF-8 without one"
		return false
	}
	r.trail = make([]place, 0, 8)
	if r.expect('{', "an object") {
		read()
	}
	r.end()
	return r.broken == ""
}

// required notes which of an object's first fields, objects themselves, are missing.
func (r *reader) required(o *object, names ...string) {
	for n, name := range names {
		if r.broken == "" && o.seen&(1<<n) == 0 {
			r.faultBelow(name, "is required")
		}
	}
}

// enterObject enters the object that is next, or notes what stands there instead.
func (r *reader) enterObject() bool { return r.expect('{', "an object") && r.open() }

// caseObject reads the fields of a case, and of a policy if there is to be one.
func (r *reader) caseObject(c *refund.Case, p *refund.Policy) {
	if !r.open() {
		return
	}
	var o object
	for r.field(&o) {
		switch string(o.key) {
		case "subscription":
			if r.known(&o, 0, "subscription") {
				r.subscription(&c.Subscription)
				r.leave()
			}
		case "request":
			if r.known(&o, 1, "request") {
				r.request(&c.Request)
				r.leave()
			}
		case "issues":
			if r.known(&o, 2, "issues") {
				c.Issues = refund.IssueLog{}
				r.array(func() {
					if len(c.Issues) > refund.MaxIssues { // too many already
						r.skip()
						return
					}
					c.Issues = append(c.Issues, refund.Issue{})
					r.issue(&c.Issues[len(c.Issues)-1])
				})
				r.leave()
			}
		case "findings":
			if r.known(&o, 3, "findings") {
				r.array(func() {
					if len(c.Findings) > refund.MaxFindings {
						r.skip()
						return
					}
					c.Findings = append(c.Findings, refund.Finding{})
					r.finding(&c.Findings[len(c.Findings)-1])
				})
				r.leave()
			}
		case "policy":
			if p == nil {
				r.unknown(&o, "is refused: a case does not choose its policy")
			} else if r.known(&o, 4, "policy") {
				r.policy(p)
				r.leave()
			}
		default:
			r.unknown(&o, unknownField)
		}
	}
	r.required(&o, "subscription", "request")
}

// array reads an array, each element with read.
func (r *reader) array(read func()) {
	if !r.expect('[', "an array") || !r.open() {
		return
	}
	r.trail = append(r.trail, place{})
	for i := 0; r.next(i == 0, ']'); i++ {
		r.trail[len(r.trail)-1].index = i
		read()
	}
	r.leave()
}

func (r *reader) subscription(s *refund.Subscription) {
	if !r.enterObject() {
		return
	}
	var o object
	for r.field(&o) {
		switch string(o.key) {
		case "service":
			if r.known(&o, 0, "service") {
				r.service(&s.Service)
				r.leave()
			}
		case "id":
			r.textField(&o, 1, "id", &s.ID)
		case "account":
			r.textField(&o, 2, "account", &s.Account)
		case "start":
			r.instantField(&o, 3, "start", &s.Start)
		case "price":
			r.moneyField(&o, 4, "price", &s.Price)
		case "paid":
			r.moneyField(&o, 5, "paid", &s.Paid)
		case "refunded":
			r.moneyField(&o, 6, "refunded", &s.Refunded)
		default:
			r.unknown(&o, unknownField)
		}
	}
	r.required(&o, "service")
}

func (r *reader) service(s *refund.ServiceType) {
	if !r.enterObject() {
		return
	}
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "code":
			r.textField(&o, 0, "code", &s.Code)
		case "billing":
			r.codeField(&o, 1, "billing", &s.Billing)
		case "per_instance":
			r.moneyField(&o, 2, "per_instance", &s.PerInstance)
		default:
			r.unknown(&o, unknownField)
		}
	}
}

func (r *reader) issue(i *refund.Issue) {
	if !r.enterObject() {
		return
	}
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "id":
			r.textField(&o, 0, "id", &i.ID)
		case "subscription":
			r.textField(&o, 1, "subscription", &i.Subscription)
		case "opened":
			r.instantField(&o, 2, "opened", &i.Opened)
		case "resolved":
			r.instantField(&o, 3, "resolved", &i.Resolved)
		default:
			r.unknown(&o, unknownField)
		}
	}
}

func (r *reader) request(q *refund.Request) {
	if !r.enterObject() {
		return
	}
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "at":
			r.instantField(&o, 0, "at", &q.At)
		case "channel":
			r.codeField(&o, 1, "channel", &q.Channel)
		case "by":
			r.textField(&o, 2, "by", &q.By)
		case "recorded_by":
			r.textField(&o, 3, "recorded_by", &q.RecordedBy)
		case "reason":
			r.textField(&o, 4, "reason", &q.Reason)
		case "called_back":
			r.instantField(&o, 5, "called_back", &q.CalledBack)
		default:
			r.unknown(&o, unknownField)
		}
	}
}

func (r *reader) finding(f *refund.Finding) {
	if !r.enterObject() {
		return
	}
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "clause":
			r.codeField(&o, 0, "clause", &f.Clause)
		case "severity":
			r.codeField(&o, 1, "severity", &f.Severity)
		case "subject":
			r.textField(&o, 2, "subject", &f.Subject)
		case "detail":
			r.textField(&o, 3, "detail", &f.Detail)
		default:
			r.unknown(&o, unknownField)
		}
	}
}
