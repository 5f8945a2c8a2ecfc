package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// maxSoftware bounds the entries of "software", and so the work on a decision.
const maxSoftware = 100

// decide makes a decision on the outcome with the digest "outcome": an "approval", "goodwill"
// or a "denial". These are the names in the paths of the faults that package decision finds.
func (a *API) decide(r *http.Request, by desk.Officer, body []byte) (any, error) {
	var shown refund.Digest
	var approval, goodwill, denial json.RawMessage
	err := object(body, "", map[string]any{"outcome": &shown, "approval": &approval, "goodwill": &goodwill, "denial": &denial})
	if err != nil {
		return nil, err
	}
	var d desk.Decided
	ctx, id := r.Context(), r.PathValue("id")
	switch {
	case approval != nil && goodwill == nil && denial == nil:
		var v decision.Approval
		err = object(approval, "approval", map[string]any{"amount": &v.Amount, "acknowledged": &v.Acknowledged, "reason": &v.Reason})
		if err == nil {
			d, err = a.Desk.Approve(ctx, by, id, shown, v)
		}
	case goodwill != nil && approval == nil && denial == nil:
		var v decision.Goodwill
		if v, err = readGoodwill(goodwill); err == nil {
			d, err = a.Desk.Grant(ctx, by, id, shown, v)
		}
	case denial != nil && approval == nil && goodwill == nil:
		var v decision.Denial
		err = object(denial, "denial", map[string]any{"grounds": &v.Grounds, "reason": &v.Reason})
		if err == nil {
			d, err = a.Desk.Decline(ctx, by, id, shown, v)
		}
	default:
		return nil, refund.Faults{{Reason: `must have one of "approval", "goodwill" and "denial"`}}.Err()
	}
	if err != nil {
		return nil, err
	}
	return newDecided(&d), nil
}

func readGoodwill(text []byte) (v decision.Goodwill, err error) {
	var software []json.RawMessage
	err = object(text, "goodwill", map[string]any{"charges": &v.Charges, "fees": &v.Fees, "software": &software, "acknowledged": &v.Acknowledged, "reason": &v.Reason})
	if len(software) > maxSoftware {
		return v, refund.Faults{{Path: "goodwill.software", Reason: "must have at most 100 entries"}}.Err()
	}
	v.Software = make([]decision.FreeSoftware, len(software))
	for i, text := range software {
		fields := map[string]any{"name": &v.Software[i].Name, "price": &v.Software[i].Price}
		err = errors.Join(err, object(text, fmt.Sprintf("goodwill.software[%d]", i), fields))
	}
	return v, err
}
