package wire

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// AppendCase appends a case as JSON to b, such that [DecodeCase] reads the same
// case back: its instants as such, in UTC. It returns a [*refund.InvalidError], and
// b as it was, for a case that is not valid, has a string that is not valid UTF-8,
// or takes more than [MaxBytes].
func AppendCase(b []byte, c refund.Case) ([]byte, error) {
	if err := c.Validate(); err != nil {
		return b, err
	}
	w := writer{b: b}
	w.b = append(w.b, '{')
	w.caseFields(&c)
	w.close('}')
	return w.result(len(b))
}

// AppendDocument appends a document as JSON to b, such that [DecodeDocument] reads
// the same document back. Beside the errors of [AppendCase] it returns one if the
// policy is not valid, or differs from the published one in more than its location,
// window and readings: a document has no room for the rest.
func AppendDocument(b []byte, d Document) ([]byte, error) {
	if err := d.Policy.Validate(); err != nil {
		return b, err
	}
	if err := d.Case.Validate(); err != nil {
		return b, err
	}
	standard := refund.Published(d.Policy.Location)
	standard.WindowDays = d.Policy.WindowDays
	standard.Readings = d.Policy.Readings
	if !standard.Equal(d.Policy) {
		return b, invalid("policy", "differs from the published one in more than location, window_days and readings")
	}
	if err := findable(d.Policy.Location, "policy.location"); err != nil {
		return b, err
	}

	w := writer{b: b}
	w.b = append(w.b, '{')
	w.caseFields(&d.Case)
	w.name("policy")
	w.open('{')
	w.text("location", d.Policy.Location.String())
	w.name("window_days")
	w.b = strconv.AppendInt(w.b, int64(d.Policy.WindowDays), 10)
	w.readings(d.Policy.Readings)
	w.close('}')
	w.close('}')
	return w.result(len(b))
}

// AppendOutcome appends an outcome as JSON to b, with the reason for the status of
// every clause in words. Instants are in UTC. Strings that are not valid UTF-8 are
// written with the replacement character. Outcomes are written, not read back: a
// program that needs one again has the case, and evaluates it.
func AppendOutcome(b []byte, o refund.Outcome) []byte {
	w := writer{b: b}
	w.b = append(w.b, '{')
	w.always("subscription", o.Subscription)
	w.always("verdict", o.Verdict.String())
	w.money("refundable", o.Refundable)
	w.money("entitlement", o.Entitlement)
	w.money("deduction", o.Deduction)
	w.name("resolved_issues")
	w.b = strconv.AppendInt(w.b, int64(o.ResolvedIssues), 10)
	w.name("window")
	w.open('{')
	w.instant("opens", o.Window.Opens)
	w.instant("closes", o.Window.Closes)
	w.close('}')
	w.name("held")
	w.b = strconv.AppendBool(w.b, o.Held)
	w.name("callback")
	w.open('{')
	w.instant("earliest", o.Callback.Earliest)
	w.instant("latest", o.Callback.Latest)
	w.close('}')

	w.name("steps")
	w.open('[')
	var room [512]byte
	why := room[:0]
	for _, step := range o.Steps() {
		w.open('{')
		w.always("clause", step.Clause.String())
		w.always("status", step.Status.String())
		w.name("detail")
		why = o.AppendWhy(why[:0], step.Clause)
		w.b = appendString(w.b, why)
		w.money("amount", step.Amount)
		w.close('}')
	}
	w.close(']')

	w.name("findings")
	w.open('[')
	for i := range o.Findings {
		w.finding(&o.Findings[i])
	}
	w.close(']')
	w.close('}')
	return w.b
}

// A writer appends JSON. Its field methods leave out what is not given.
type writer struct {
	b      []byte
	in     string // the path of the object whose fields are written
	index  int    // of that in a list; 0 where there is none, else counted from 1
	faults []refund.Fault
}

// within says where what is written next belongs.
func (w *writer) within(path string, index int) { w.in, w.index = path, index }

// result returns what was written after the first n bytes, which stood there before.
func (w *writer) result(n int) ([]byte, error) {
	if w.faults != nil {
		return w.b[:n], &refund.InvalidError{Faults: w.faults}
	}
	if len(w.b)-n > MaxBytes {
		return w.b[:n], invalid("", "is longer than 1 MiB")
	}
	return w.b, nil
}

func invalid(path, reason string) error {
	return &refund.InvalidError{Faults: []refund.Fault{{Path: path, Reason: reason}}}
}

// comma separates an element from the one before it, if there is one. Something has
// been opened.
func (w *writer) comma() {
	switch w.b[len(w.b)-1] {
	case '{', '[', ':':
	default:
		w.b = append(w.b, ',')
	}
}

// open begins an object or an array.
func (w *writer) open(c byte) {
	w.comma()
	w.b = append(w.b, c)
}

func (w *writer) close(c byte) { w.b = append(w.b, c) }

func (w *writer) name(name string) {
	w.comma()
	w.b = append(w.b, '"')
	w.b = append(w.b, name...)
	w.b = append(w.b, '"', ':')
}

// always writes a string, be it empty.
func (w *writer) always(name, s string) {
	w.name(name)
	w.b = appendString(w.b, s)
}

func (w *writer) text(name, s string) {
	if s == "" {
		return
	}
	if !utf8.ValidString(s) {
		path := name
		if w.index > 0 {
			path = w.in + "[" + strconv.Itoa(w.index-1) + "]." + name
		} else if w.in != "" {
			path = w.in + "." + name
		}
		w.faults = append(w.faults, refund.Fault{Path: path, Reason: "is no valid UTF-8"})
	}
	w.always(name, s)
}

// code writes a code, unless it is unset or does not exist, which prints as "Clause(99)".
func code[C interface {
	~uint8
	String() string
}](w *writer, name string, c C) {
	if s := c.String(); c != 0 && !strings.HasSuffix(s, ")") {
		w.always(name, s)
	}
}

func (w *writer) instant(name string, t time.Time) {
	if t.IsZero() {
		return
	}
	w.name(name)
	w.b = append(w.b, '"')
	w.b = appendInstant(w.b, t)
	w.b = append(w.b, '"')
}

func (w *writer) money(name string, m refund.Money) {
	if m.IsZero() {
		return
	}
	w.name(name)
	w.b = append(w.b, `{"amount":"`...)
	w.b = m.AppendAmount(w.b)
	w.b = append(w.b, `","currency":"`...)
	w.b = append(w.b, m.Currency().Code()...)
	w.b = append(w.b, `"}`...)
}

// caseFields writes the fields of a valid case.
func (w *writer) caseFields(c *refund.Case) {
	s := &c.Subscription
	w.name("subscription")
	w.within("subscription", 0)
	w.open('{')
	w.text("id", s.ID)
	w.text("account", s.Account)
	w.name("service")
	w.within("subscription.service", 0)
	w.open('{')
	w.text("code", s.Service.Code)
	code(w, "billing", s.Service.Billing)
	w.money("per_instance", s.Service.PerInstance)
	w.close('}')
	w.instant("start", s.Start)
	w.money("price", s.Price)
	w.money("paid", s.Paid)
	w.money("refunded", s.Refunded)
	w.close('}')

	w.name("issues")
	w.open('[')
	for i := range c.Issues {
		issue := &c.Issues[i]
		w.within("issues", i+1)
		w.open('{')
		w.text("id", issue.ID)
		w.text("subscription", issue.Subscription)
		w.instant("opened", issue.Opened)
		w.instant("resolved", issue.Resolved)
		w.close('}')
	}
	w.close(']')

	q := &c.Request
	w.name("request")
	w.within("request", 0)
	w.open('{')
	w.instant("at", q.At)
	code(w, "channel", q.Channel)
	w.text("by", q.By)
	w.text("recorded_by", q.RecordedBy)
	w.text("reason", q.Reason)
	w.instant("called_back", q.CalledBack)
	w.close('}')

	if len(c.Findings) > 0 {
		w.name("findings")
		w.open('[')
		for i := range c.Findings {
			w.within("findings", i+1)
			w.finding(&c.Findings[i])
		}
		w.close(']')
	}
}

func (w *writer) readings(r refund.Readings) {
	w.name("readings")
	w.open('{')
	code(w, "day_count", r.DayCount)
	code(w, "deduct_from", r.DeductFrom)
	code(w, "resolved_until", r.ResolvedUntil)
	code(w, "callback_clock", r.CallbackClock)
	w.close('}')
}

func (w *writer) finding(f *refund.Finding) {
	w.open('{')
	code(w, "clause", f.Clause)
	code(w, "severity", f.Severity)
	w.text("subject", f.Subject)
	w.text("detail", f.Detail)
	w.close('}')
}

// appendString appends s as a JSON string.
func appendString[S string | []byte](b []byte, s S) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	plain := 0 // where what is not yet appended begins
	next := 0  // where the next character does
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			if i < next {
				continue
			}
			_, size := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
			next = i + size
			if size == 1 { // no valid UTF-8
				b = append(b, s[plain:i]...)
				b = utf8.AppendRune(b, utf8.RuneError)
				plain = next
			}
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[plain:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			b = append(b, `\u00`...)
			b = append(b, hex[c>>4], hex[c&0xF])
		}
		plain = i + 1
	}
	b = append(b, s[plain:]...)
	return append(b, '"')
}
