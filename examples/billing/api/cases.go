package api

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// quote evaluates a case by the policy in force at the start of its subscription. The case is
// not stored.
func (a *server) quote(_ *http.Request, _ desk.Officer, body []byte) (any, error) {
	var c refund.Case
	if err := c.UnmarshalJSON(body); err != nil {
		return nil, err
	}
	return a.Quote(c)
}

// file records a customer's request. The paths of its faults begin with "request", as in a case.
func (a *server) file(r *http.Request, by desk.Officer, body []byte) (any, error) {
	var request refund.Request
	var faults refund.Faults
	faults.Merge(request.UnmarshalJSON(body))
	for i := range faults {
		faults[i].Path = strings.TrimSuffix("request."+faults[i].Path, ".")
	}
	if faults != nil {
		return nil, faults.Err()
	}
	if err := a.File(r.Context(), by, r.PathValue("id"), request); err != nil {
		return nil, err
	}
	return a.view(r, by, nil)
}

// decide makes a decision. It takes a decision.Proposal.
func (a *server) decide(r *http.Request, by desk.Officer, body []byte) (any, error) {
	var p decision.Proposal
	if err := p.UnmarshalJSON(body); err != nil {
		return nil, err
	}
	return a.Decide(r.Context(), by, r.PathValue("id"), p)
}

// maxCases is the largest number of cases in a list.
const maxCases = 100

// queue lists the first cases of the state in the query, by default the open ones.
func (a *server) queue(r *http.Request, _ desk.Officer, _ []byte) (any, error) {
	state := desk.State(cmp.Or(r.FormValue("state"), string(desk.StateOpen)))
	if !slices.Contains(desk.States, state) {
		return nil, refund.Faults{{Path: "state", Reason: fmt.Sprint("is not one of ", desk.States)}}.Err()
	}
	items, _, err := a.Queue(r.Context(), state, maxCases+1)
	if items == nil {
		items = []desk.Item{}
	}
	return map[string]any{"cases": items[:min(len(items), maxCases)], "more": len(items) > maxCases}, err
}

// view returns a case with its outcome, whose digest a decision states.
func (a *server) view(r *http.Request, _ desk.Officer, _ []byte) (any, error) {
	return a.View(r.Context(), r.PathValue("id"))
}
