package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// The maximum numbers of rows on a page.
const queueRows, auditRows = 100, 50

func (v visit) queue() error {
	state := cmp.Or(desk.State(v.r.Form.Get("state")), desk.StateOpen)
	items, totals, err := v.Queue(v.r.Context(), state, queueRows)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "queue", "Queue", form{}, map[string]any{
		"States": desk.States, "State": state, "Items": items, "Totals": totals, "More": len(items) == queueRows})
}

// find opens the case of a subscription, where a request can be filed.
func (v visit) find() error {
	f, status := form{name: "id", Values: v.r.Form}, http.StatusOK
	if id := strings.TrimSpace(f.Get("id")); id != "" {
		switch _, err := v.View(v.r.Context(), id); {
		case err == nil:
			http.Redirect(v.w, v.r, "/cases/"+url.PathEscape(id), http.StatusSeeOther)
			return nil
		case !errors.Is(err, desk.ErrNotFound):
			return err
		}
		f.add("id", "the desk does not have this subscription; capital and small letters differ")
		status = http.StatusNotFound
	}
	return v.show(status, "find", "Find a subscription", f, nil)
}

func (v visit) day() error { return v.showDay(http.StatusOK, form{}) }

func (v visit) showDay(status int, f form) error {
	day, err := refund.ParseDate(v.r.Form.Get("day"))
	if err != nil {
		day = refund.DateOf(v.now().UTC())
	}
	list, err := v.Differences(v.r.Context(), day.Start(time.UTC))
	if err != nil {
		return err
	}
	return v.show(status, "day", "Reconciliation", f, map[string]any{
		"Day": day, "Before": day.AddDays(-1), "After": day.AddDays(1), "List": list})
}

// resolve records the fact that resolves a difference, or marks the difference as seen.
func (v visit) resolve() error {
	f := form{name: "note[" + v.id() + "]", Values: v.r.PostForm}
	switch err := v.Resolve(v.r.Context(), v.by, v.id(), f.Get(f.name)); {
	case err == nil || errors.Is(err, desk.ErrNotFound): // resolved by somebody else, or by the first of two clicks
		http.Redirect(v.w, v.r, "/day?done=difference&day="+url.QueryEscape(f.Get("day")), http.StatusSeeOther)
		return nil
	case errors.Is(err, ledger.ErrConflict), errors.Is(err, ledger.ErrUnknown):
		f.add(f.name, strings.TrimPrefix(err.Error(), "ledger: "))
	case !f.refused(err):
		return err
	}
	for i := range f.Problems {
		f.Problems[i].Path = f.name
	}
	return v.showDay(http.StatusUnprocessableEntity, f)
}

func (v visit) audit() error {
	after, _ := strconv.ParseInt(v.r.Form.Get("after"), 10, 64) // from the first, if it is not a number
	list, err := v.Audit(v.r.Context(), after, auditRows)
	if err != nil {
		return err
	}
	next := int64(0)
	if len(list) == auditRows {
		next = list[len(list)-1].Seq
	}
	return v.show(http.StatusOK, "audit", "Audit trail", form{}, map[string]any{"After": after, "Next": next, "List": list})
}
