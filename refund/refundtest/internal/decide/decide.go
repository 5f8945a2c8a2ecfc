// Package decide answers decision vectors with package decision, correctly or with one mistake.
package decide

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A Word is an officer's decision on a case: one of Approve, Grant and Decline. The zero
// Word is not valid.
type Word struct {
	Policy  refund.Policy
	Case    refund.Case
	Current bool // the officer saw the outcome of Case, and not another one

	Approve *decision.Approval
	Grant   *decision.Goodwill
	Decline *decision.Denial
}

// A Result is an answer: a decision of a Kind, or the closed Gates, or the Fields of an
// input error.
type Result struct {
	Kind   decision.Kind `json:"kind,omitempty"`
	Amount refund.Money  `json:"amount,omitzero"`
	Gates  []string      `json:"gates,omitempty"`
	Fields []string      `json:"fields,omitempty"`
}

// Read reads the line of a decision vector.
func Read(line []byte) (Word, error) {
	var in struct {
		Case  json.RawMessage
		Shown string
		By    struct {
			ID, Account string
			Limit       refund.Money
		}
		At      time.Time
		Approve *struct {
			Amount       refund.Money
			Acknowledged []refund.Clause
			Reason       string
		}
		Grant *struct {
			Charges, Fees refund.Money
			Software      []struct {
				Name  string
				Price refund.Money
			}
			Acknowledged []refund.Clause
			Reason       string
		}
		Decline *struct {
			Grounds []refund.Clause
			Reason  string
		}
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return Word{}, err
	}
	d, err := document.Decode(in.Case)
	if err != nil {
		return Word{}, err
	}
	w := Word{Policy: d.Policy, Case: d.Case, Current: in.Shown == "current"}
	by := decision.Officer{ID: in.By.ID, Account: in.By.Account, Limit: in.By.Limit}
	if a := in.Approve; a != nil {
		w.Approve = &decision.Approval{By: by, At: in.At, Amount: a.Amount, Acknowledged: a.Acknowledged, Reason: a.Reason}
	}
	if g := in.Grant; g != nil {
		w.Grant = &decision.Goodwill{By: by, At: in.At, Charges: g.Charges, Fees: g.Fees, Acknowledged: g.Acknowledged, Reason: g.Reason}
		for _, s := range g.Software {
			w.Grant.Software = append(w.Grant.Software, decision.FreeSoftware{Name: s.Name, Price: s.Price})
		}
	}
	if n := in.Decline; n != nil {
		w.Decline = &decision.Denial{By: by, At: in.At, Grounds: n.Grounds, Reason: n.Reason}
	}
	return w, nil
}

// Decide decides with package decision.
func (w Word) Decide() (decision.Decision, error) {
	// An invalid case has no outcome, and is refused whatever the officer saw.
	var shown refund.Digest
	if o, err := w.Policy.Evaluate(w.Case); err == nil {
		shown = o.Digest()
	}
	if !w.Current {
		shown[0] ^= 1
	}
	switch {
	case w.Approve != nil:
		return decision.Approve(w.Policy, w.Case, shown, *w.Approve)
	case w.Grant != nil:
		return decision.Grant(w.Policy, w.Case, shown, *w.Grant)
	}
	return decision.Decline(w.Policy, w.Case, shown, *w.Decline)
}

// Result is the result of Decide.
func (w Word) Result() Result {
	d, err := w.Decide()
	var invalid *refund.InvalidError
	switch {
	case err == nil:
		return Result{Kind: d.Kind(), Amount: d.Amount()}
	case errors.As(err, &invalid):
		var r Result
		for _, f := range invalid.Faults {
			r.Fields = append(r.Fields, f.Path)
		}
		return r
	}
	return Result{Gates: Closed(err)}
}

// Gates are the gates of a decision in their order.
var Gates = []struct {
	Code  string
	Error error
}{
	{"stale", decision.ErrStale},
	{"not_reviewed", decision.ErrNotReviewed},
	{"not_acknowledged", decision.ErrNotAcknowledged},
	{"held", decision.ErrHeld},
	{"self_approval", decision.ErrSelfApproval},
	{"above_limit", decision.ErrAboveLimit},
	{"nothing_to_refund", decision.ErrNothingToRefund},
	{"above_refundable", decision.ErrAboveRefundable},
	{"partial", decision.ErrPartial},
}

// Closed returns the codes of the gates that an error names, in its order.
func Closed(err error) (codes []string) {
	closed := []error{err}
	var refused *decision.GatesError
	if errors.As(err, &refused) {
		closed = refused.Unwrap()
	}
	for _, e := range closed {
		for _, gate := range Gates {
			if errors.Is(e, gate.Error) {
				codes = append(codes, gate.Code)
			}
		}
	}
	return codes
}

// Requested returns the amount that the officer wants to release: zero for a decline.
func (w Word) Requested() refund.Money {
	switch {
	case w.Approve != nil:
		return w.Approve.Amount
	case w.Grant != nil:
		if net, err := w.Grant.Net(); err == nil {
			return net
		}
	}
	return w.Case.Subscription.Price.Times(0)
}

// Kind returns the kind of the decision.
func (w Word) Kind() decision.Kind {
	switch {
	case w.Approve != nil:
		return decision.KindApproved
	case w.Grant != nil:
		return decision.KindGoodwill
	}
	return decision.KindDeclined
}

// LeftOpen returns a decider with one gate that is always open: it releases the requested
// amount if no other gate is closed.
func LeftOpen(code string) func(Word) Result {
	return func(w Word) Result {
		r := w.Result()
		if len(r.Gates) == 0 {
			return r
		}
		if code == "stale" {
			w.Current = true
			return w.Result()
		}
		var others []string
		for _, gate := range r.Gates {
			if gate != code {
				others = append(others, gate)
			}
		}
		if others == nil {
			return Result{Kind: w.Kind(), Amount: w.Requested()}
		}
		return Result{Gates: others}
	}
}
