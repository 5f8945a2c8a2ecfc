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
	return v.show("queue", "Queue", map[string]any{
		"States": desk.States, "State": state, "Items": items, "Totals": totals, "More": len(items) == queueRows})
}

// find opens the case of a subscription, where a request can be filed.
func (v visit) find() error {
	v.form = form{Name: "id", Values: v.r.Form}
	if id := strings.TrimSpace(v.form.Get("id")); id != "" {
		switch _, err := v.View(v.r.Context(), id); {
		case err == nil:
			http.Redirect(v.w, v.r, "/cases/"+url.PathEscape(id), http.StatusSeeOther)
			return nil
		case !errors.Is(err, desk.ErrNotFound):
			return err
		}
		v.form.add("id", "the desk does not have this subscription; capital and small letters differ")
		v.status = http.StatusNotFound
	}
	return v.show("find", "Find a subscription", nil)
}

func (v visit) day() error {
	day, err := refund.ParseDate(v.r.Form.Get("day"))
	if err != nil {
		day = refund.DateOf(v.now().UTC())
	}
	list, err := v.Differences(v.r.Context(), day.Start(time.UTC))
	if err != nil {
		return err
	}
	return v.show("day", "Reconciliation", map[string]any{"Day": day, "List": list})
}

// resolve records the fact that resolves a difference, or marks the difference as seen.
func (v visit) resolve() error {
	id := v.r.PathValue("difference")
	f := form{Name: "note[" + id + "]", Values: v.r.PostForm}
	switch err := v.Resolve(v.r.Context(), v.by, id, f.Get(f.Name)); {
	case err == nil:
		http.Redirect(v.w, v.r, "/day?done=difference&day="+url.QueryEscape(f.Get("day")), http.StatusSeeOther)
		return nil
	case errors.Is(err, desk.ErrNotFound): // resolved before, or found again since: the list is new
		http.Redirect(v.w, v.r, "/day?day="+url.QueryEscape(f.Get("day")), http.StatusSeeOther)
		return nil
	case errors.Is(err, ledger.ErrConflict), errors.Is(err, ledger.ErrUnknown):
		f.add(f.Name, strings.TrimPrefix(err.Error(), "ledger: "))
	case !f.refused(err):
		return err
	}
	v.status, v.form = http.StatusUnprocessableEntity, f
	return v.day()
}

func (v visit) audit() error {
	after, _ := strconv.ParseInt(v.r.Form.Get("after"), 10, 64) // from the first, if it is not a number
	list, err := v.Audit(v.r.Context(), after, auditRows)
	if err != nil {
		return err
	}
	return v.show("audit", "Audit trail", map[string]any{"After": after, "List": list, "More": len(list) == auditRows})
}
