package api

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// quote evaluates a case by the policy in force at the start of its subscription. The case is
// not stored.
func (a *API) quote(_ *http.Request, _ desk.Officer, body []byte) (any, error) {
	var c refund.Case
	if err := c.UnmarshalJSON(body); err != nil {
		return nil, err
	}
	return a.Policies.Evaluate(c)
}

// file records a customer's request.
func (a *API) file(r *http.Request, by desk.Officer, body []byte) (any, error) {
	var subscription string
	var request refund.Request
	if err := object(body, "", map[string]any{"subscription": &subscription, "request": &request}); err != nil {
		return nil, err
	}
	if subscription == "" {
		return nil, refund.Faults{{Path: "subscription", Reason: "is required"}}.Err()
	}
	if err := a.Desk.File(r.Context(), by, subscription, request); err != nil {
		return nil, err
	}
	r.SetPathValue("id", subscription)
	return a.view(r, by, nil)
}

var states = []desk.State{desk.StateOpen, desk.StatePaying, desk.StatePaid, desk.StateFailed, desk.StateDeclined}

// maxCases is the largest number of cases in a list.
const maxCases = 100

// queue lists the first cases of the state in the query, by default the open ones.
func (a *API) queue(r *http.Request, _ desk.Officer, _ []byte) (any, error) {
	state := desk.State(cmp.Or(r.FormValue("state"), string(desk.StateOpen)))
	if !slices.Contains(states, state) {
		return nil, refund.Faults{{Path: "state", Reason: fmt.Sprint("is not one of ", states)}}.Err()
	}
	items, _, err := a.Desk.Queue(r.Context(), state, maxCases+1)
	if items == nil {
		items = []desk.Item{}
	}
	return map[string]any{"cases": items[:min(len(items), maxCases)], "more": len(items) > maxCases}, err
}

// viewed is a case with its outcome. The outcome has the digest that a decision states.
type viewed struct {
	Asked    bool                  `json:"asked"` // otherwise, the case is one in which the customer asks now
	Case     refund.Case           `json:"case"`
	Outcome  refund.Outcome        `json:"outcome"`
	Gates    []*decision.GateError `json:"gates,omitempty"`
	Books    ledger.Ledger         `json:"books"`
	Decision *decided              `json:"decision,omitempty"`
}

// decided is a decision with its signed record.
type decided struct {
	Facts  decision.Facts `json:"facts"`
	Record string         `json:"record"`
}

func newDecided(d *desk.Decided) *decided {
	if d == nil {
		return nil
	}
	return &decided{d.Facts, string(d.Record)}
}

func (a *API) view(r *http.Request, _ desk.Officer, _ []byte) (any, error) {
	v, err := a.Desk.View(r.Context(), r.PathValue("id"))
	return viewed{!v.Record.Request.At.IsZero(), v.Case, v.Outcome, v.Gates, v.Books, newDecided(v.Decision)}, err
}
