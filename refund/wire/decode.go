package wire

import (
	"encoding"
	"errors"
	"math"
	"strconv"
	"time"

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
		if r.faults != nil || d.Policy.Validate() != nil || d.Case.Validate() != nil {
			_, err := d.Policy.Evaluate(d.Case) // finds all of both, and what only both together show
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

// whole reads a text that is one object, with read, and reports whether it could.
func (r *reader) whole(read func()) bool {
	if len(r.data) > MaxBytes {
		r.broken = "is longer than 1 MiB"
		return false
	}
	r.trail = make([]place, 0, 8)
	if r.expect('{', "an object") {
		read()
	}
	r.end()
	return r.broken == ""
}

// err returns what was found wrong.
func (r *reader) err() error {
	switch {
	case r.broken != "":
		return &refund.InvalidError{Faults: []refund.Fault{{Reason: r.broken}}}
	case r.faults != nil:
		return &refund.InvalidError{Faults: r.faults}
	}
	return nil
}

// follow adds the faults that a validation found, but none that follows from one
// noted while reading: of the same field, of one in it, or of one around it.
func (r *reader) follow(err error) {
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		return
	}
	noted := map[string]bool{}  // the paths with a fault
	around := map[string]bool{} // and those around them
	for _, f := range r.faults {
		noted[f.Path] = true
		for p := f.Path; p != ""; p = parent(p) {
			around[p] = true
		}
	}
fault:
	for _, f := range invalid.Faults {
		if around[f.Path] {
			continue
		}
		for p := f.Path; p != ""; p = parent(p) {
			if noted[p] {
				continue fault
			}
		}
		if noted[""] { // no object at all
			continue
		}
		r.faults = append(r.faults, f)
	}
}

// parent returns the path around a path, "" at the top.
func parent(path string) string {
	for i := len(path) - 1; i > 0; i-- {
		if path[i] == '.' || path[i] == '[' {
			return path[:i]
		}
	}
	return ""
}

// faulted reports whether a fault was noted at a path or below it.
func (r *reader) faulted(path string) bool {
	for _, f := range r.faults {
		for p := f.Path; p != ""; p = parent(p) {
			if p == path {
				return true
			}
		}
	}
	return false
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
					c.Issues = append(c.Issues, refund.Issue{})
					r.issue(&c.Issues[len(c.Issues)-1])
				})
				r.leave()
			}
		case "findings":
			if r.known(&o, 3, "findings") {
				r.array(func() {
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
		case "taken_by":
			r.textField(&o, 3, "taken_by", &q.TakenBy)
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

func (r *reader) policy(p *refund.Policy) {
	if !r.enterObject() {
		return
	}
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "location":
			if r.known(&o, 0, "location") {
				p.Location = r.location()
				r.leave()
			}
		case "window_days":
			if r.known(&o, 1, "window_days") {
				p.WindowDays = r.integer()
				r.leave()
			}
		case "readings":
			if r.known(&o, 2, "readings") {
				r.readings(&p.Readings)
				r.leave()
			}
		default:
			r.unknown(&o, unknownField)
		}
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

// The field methods read the value of a known field, the n-th of its object.

func (r *reader) textField(o *object, n int, name string, s *string) {
	if r.known(o, n, name) {
		*s, _ = r.text()
		r.leave()
	}
}

func (r *reader) codeField(o *object, n int, name string, code encoding.TextUnmarshaler) {
	if !r.known(o, n, name) {
		return
	}
	if r.expect('"', "a string") {
		if err := code.UnmarshalText(r.bytes()); err != nil {
			r.fault(reasonOf(err))
		}
	}
	r.leave()
}

// reasonOf returns the first reason of an error of package refund.
func reasonOf(err error) string {
	var f refund.Fault
	if errors.As(err, &f) {
		return f.Reason
	}
	return err.Error()
}

func (r *reader) instantField(o *object, n int, name string, t *time.Time) {
	if !r.known(o, n, name) {
		return
	}
	if r.expect('"', "a string") {
		if text := r.bytes(); len(text) > 0 { // empty is as good as absent
			var reason string
			if *t, reason = parseInstant(text); reason != "" {
				r.fault(reason)
			}
		}
	}
	r.leave()
}

func (r *reader) moneyField(o *object, n int, name string, m *refund.Money) {
	if !r.known(o, n, name) {
		return
	}
	if r.enterObject() {
		*m = r.money()
	}
	r.leave()
}

// money reads the fields of an amount.
func (r *reader) money() (m refund.Money) {
	// A part that is no string has its fault; a stand-in keeps the other one's.
	var amount, currency string
	whole := true
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "amount":
			if r.known(&o, 0, "amount") {
				var ok bool
				if amount, ok = r.text(); !ok {
					amount, whole = "0", false
				}
				r.leave()
			}
		case "currency":
			if r.known(&o, 1, "currency") {
				var ok bool
				if currency, ok = r.text(); !ok {
					currency, whole = mostDecimals, false
				}
				r.leave()
			}
		default:
			r.unknown(&o, unknownField)
		}
	}
	if r.broken != "" {
		return refund.Money{}
	}
	m, err := refund.ParseMoney(amount, currency)
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		for _, f := range invalid.Faults {
			r.faultBelow(f.Path, f.Reason)
		}
	}
	if !whole {
		return refund.Money{}
	}
	return m
}

// mostDecimals is a currency with as many decimals as any.
const mostDecimals = "CLF"

// integer reads a JSON integer; one too large for an int is a fault.
func (r *reader) integer() int {
	if c := r.peek(); c != '-' && (c < '0' || c > '9') {
		r.expect('0', "an integer") // which it is not
		return 0
	}
	text := r.number()
	if r.broken != "" {
		return 0
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	switch {
	case errors.Is(err, strconv.ErrRange), n > math.MaxInt32, n < math.MinInt32:
		r.fault("is out of range")
	case err != nil:
		r.fault("is no integer")
	}
	return int(n)
}
