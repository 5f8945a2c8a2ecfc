package refund

import (
	"encoding/hex"
	"errors"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
)

// MarshalJSON returns the outcome as [Outcome.AppendJSON] writes it. The error is always
// nil.
func (o Outcome) MarshalJSON() ([]byte, error) { return o.AppendJSON(nil) }

// AppendJSON appends the outcome as JSON to b, including its digest and, for every clause,
// the sentence of [Outcome.Why]. Instants are in UTC. Invalid UTF-8 becomes replacement
// characters. The error is always nil.
//
// The bytes contain no character that encoding/json would escape, and no control or
// bidirectional character. So they are the same in a field of another struct, whatever the
// options of the encoder.
func (o Outcome) AppendJSON(b []byte) ([]byte, error) {
	w := strict.NewWriter(b)
	w.Object(o.write)
	return w.Buf, nil
}

func (o *Outcome) write(w *strict.Writer) {
	w.Always("subscription", o.Subscription)
	w.Always("policy", o.Basis.Policy)
	w.Always("verdict", o.Verdict.String())
	writeMoney(w, "refundable", o.Refundable)
	writeMoney(w, "entitlement", o.Entitlement)
	writeMoney(w, "deduction", o.Deduction)
	writeMoney(w, "refunded", o.Refunded)
	writeMoney(w, "disputed", o.Disputed)
	writeMoney(w, "remaining", o.Remaining)
	w.Integer("resolved_issues", o.ResolvedIssues)
	w.ObjectField("window", o.Window.write)
	w.Name("held")
	w.Buf = strconv.AppendBool(w.Buf, o.Held)
	digest := o.digest(w.Buf[len(w.Buf):]) // uses the spare capacity, which is overwritten next
	w.Name("digest")
	w.Buf = append(hex.AppendEncode(append(w.Buf, '"'), digest[:]), '"')
	w.ObjectField("callback", o.Callback.write)
	w.Array("steps", clauseCount, func(i int) {
		w.Object(func(w *strict.Writer) { o.writeStep(w, Clause(i+1)) })
	})
	strict.Objects(w, "findings", o.Findings, (*Finding).write)
}

func (o *Outcome) writeStep(w *strict.Writer, c Clause) {
	w.Plain("clause", c.String())
	w.Plain("status", o.Statuses[c].String())
	w.Name("detail")
	detail := o.why(sentence{append(w.Buf, '"'), true}, c)
	w.Buf = append(detail.b, '"')
	writeMoney(w, "amount", o.moved(c))
}

// UnmarshalJSON always returns an error and leaves o unchanged, because the JSON of an
// outcome could state any amount. To get an outcome again, evaluate its case.
func (o *Outcome) UnmarshalJSON([]byte) error {
	return errors.New("refund: an outcome cannot be read from JSON: evaluate its case again")
}

// UnmarshalJSON reads a window as strictly as [Case.UnmarshalJSON] reads a case.
func (w *Window) UnmarshalJSON(data []byte) error { return unmarshal(data, w, (*Window).read, nil) }

// MarshalJSON returns the window in the form it has in an outcome: an object with "opens",
// "closes" and "last_day".
func (w Window) MarshalJSON() ([]byte, error) { return appendObject(nil, w.write) }

func (w *Window) read(r *strict.Reader) {
	r.Object(
		strict.InstantField("opens", &w.Opens),
		strict.InstantField("closes", &w.Closes),
		strict.CodeField[Fault]("last_day", &w.LastDay),
	)
}

func (w *Window) write(out *strict.Writer) {
	out.Instant("opens", w.Opens)
	out.Instant("closes", w.Closes)
	if !w.LastDay.IsZero() {
		out.Plain("last_day", w.LastDay.String())
	}
}

// UnmarshalJSON reads a call-back period as strictly as [Case.UnmarshalJSON] reads a case.
func (c *Callback) UnmarshalJSON(data []byte) error {
	return unmarshal(data, c, (*Callback).read, nil)
}

// MarshalJSON returns the call-back period in the form it has in an outcome: an object
// with "earliest" and "latest".
func (c Callback) MarshalJSON() ([]byte, error) { return appendObject(nil, c.write) }

func (c *Callback) read(r *strict.Reader) {
	r.Object(
		strict.InstantField("earliest", &c.Earliest),
		strict.InstantField("latest", &c.Latest),
	)
}

func (c *Callback) write(w *strict.Writer) {
	w.Instant("earliest", c.Earliest)
	w.Instant("latest", c.Latest)
}

// UnmarshalJSON reads a step as strictly as [Case.UnmarshalJSON] reads a case. It also
// reads the steps of an outcome's JSON, and ignores their "detail".
func (s *Step) UnmarshalJSON(data []byte) error { return unmarshal(data, s, (*Step).read, nil) }

// MarshalJSON returns the step in the form it has in an outcome, but without "detail".
func (s Step) MarshalJSON() ([]byte, error) { return appendObject(nil, s.write) }

func (s *Step) read(r *strict.Reader) {
	var detail string
	r.Object(
		strict.CodeField[Fault]("clause", &s.Clause),
		strict.CodeField[Fault]("status", &s.Status),
		strict.TextField("detail", &detail),
		strict.ValueField("amount", s.Amount.read),
	)
}

func (s *Step) write(w *strict.Writer) {
	strict.Code(w, "clause", clauseCodes, s.Clause)
	strict.Code(w, "status", statusCodes, s.Status)
	writeMoney(w, "amount", s.Amount)
}
