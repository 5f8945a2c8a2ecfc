package decision

import (
	"github.com/kasperinfotech/refundpolicy/internal/amount"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// UnmarshalJSON reads a proposal as strictly as [refund.Case.UnmarshalJSON] reads a case. The
// JSON is an object of "outcome" (the digest) and one of these:
//
//   - "approval", with "amount", "acknowledged" and "reason";
//   - "goodwill", with "charges", "fees", "software" (an array of objects with "name" and
//     "price"), "acknowledged" and "reason";
//   - "denial", with "grounds" and "reason".
//
// Amounts have the JSON of [refund.Money], and clauses are codes. A list has at most
// [MaxEntries] entries. The officer and the instant are not in the JSON, so "by" and "at" are
// unknown fields.
//
// The error is a [*refund.InvalidError] with every fault of the text. The paths are those of
// [Approve], [Grant] and [Decline], such as "approval.amount", or below them. "outcome" and
// exactly one kind are required; [Proposal.Decide] checks the other fields, since most of
// their rules depend on the case. After an error, p is unchanged.
func (p *Proposal) UnmarshalJSON(data []byte) error {
	var value Proposal
	if faults := strict.Read(strict.NewReader(data), value.read, value.faults); faults != nil {
		return faults.Err()
	}
	*p = value
	return nil
}

// MarshalJSON returns the proposal as JSON. [Proposal.UnmarshalJSON] reads the same proposal,
// without By and At, and without empty lists. If it would not accept the text, MarshalJSON
// returns a [*refund.InvalidError].
func (p Proposal) MarshalJSON() ([]byte, error) {
	w := strict.NewWriter(nil)
	w.Object(p.write)
	faults := append(p.faults(), strict.Convert[refund.Fault](w.Faults())...)
	if faults != nil {
		return nil, faults.Err()
	}
	return w.Buf, nil
}

func (p *Proposal) read(r *strict.Reader) {
	r.Object(
		strict.CodeField[refund.Fault]("outcome", &p.Outcome),
		kindField("approval", &p.Approval, (*Approval).read),
		kindField("goodwill", &p.Goodwill, (*Goodwill).read),
		kindField("denial", &p.Denial, (*Denial).read),
	)
}

// kindField returns a field with an approval, goodwill or a denial. A field of a wrong type is
// set too, so that its fault is the only one.
func kindField[T any](name string, v **T, read func(*T, *strict.Reader)) strict.Field {
	return strict.ValueField(name, func(r *strict.Reader) {
		*v = new(T)
		read(*v, r)
	})
}

func (p *Proposal) write(w *strict.Writer) {
	if !p.Outcome.IsZero() {
		w.Plain("outcome", p.Outcome.String())
	}
	if p.Approval != nil {
		w.ObjectField("approval", p.Approval.write)
	}
	if p.Goodwill != nil {
		w.ObjectField("goodwill", p.Goodwill.write)
	}
	if p.Denial != nil {
		w.ObjectField("denial", p.Denial.write)
	}
}

func (a *Approval) read(r *strict.Reader) {
	r.Object(
		amount.Field("amount", &a.Amount),
		clausesField("acknowledged", &a.Acknowledged),
		strict.TextField("reason", &a.Reason),
	)
}

func (a *Approval) write(w *strict.Writer) {
	amount.Write(w, "amount", a.Amount)
	writeClauses(w, "acknowledged", a.Acknowledged)
	w.Text("reason", a.Reason)
}

func (g *Goodwill) read(r *strict.Reader) {
	r.Object(
		amount.Field("charges", &g.Charges),
		amount.Field("fees", &g.Fees),
		strict.ListField("software", &g.Software, MaxEntries, (*FreeSoftware).read),
		clausesField("acknowledged", &g.Acknowledged),
		strict.TextField("reason", &g.Reason),
	)
}

func (g *Goodwill) write(w *strict.Writer) {
	amount.Write(w, "charges", g.Charges)
	amount.Write(w, "fees", g.Fees)
	if len(g.Software) > 0 {
		strict.Objects(w, "software", g.Software, (*FreeSoftware).write)
	}
	writeClauses(w, "acknowledged", g.Acknowledged)
	w.Text("reason", g.Reason)
}

func (s *FreeSoftware) read(r *strict.Reader) {
	r.Object(
		strict.TextField("name", &s.Name),
		amount.Field("price", &s.Price),
	)
}

func (s *FreeSoftware) write(w *strict.Writer) {
	w.Text("name", s.Name)
	amount.Write(w, "price", s.Price)
}

func (n *Denial) read(r *strict.Reader) {
	r.Object(
		clausesField("grounds", &n.Grounds),
		strict.TextField("reason", &n.Reason),
	)
}

func (n *Denial) write(w *strict.Writer) {
	writeClauses(w, "grounds", n.Grounds)
	w.Text("reason", n.Reason)
}

func clausesField(name string, clauses *[]refund.Clause) strict.Field {
	return strict.ListField(name, clauses, MaxEntries, func(c *refund.Clause, r *strict.Reader) {
		strict.ReadCode[refund.Fault](r, c)
	})
}

func writeClauses(w *strict.Writer, name string, clauses []refund.Clause) {
	if len(clauses) == 0 {
		return
	}
	w.Array(name, len(clauses), func(i int) {
		w.Buf = strict.AppendString(w.Buf, clauses[i].String())
	})
}
