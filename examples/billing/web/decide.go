package web

import (
	"net/http"
	"net/url"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// read reads the form of a decision. try decides without the desk, for a preview, and submit
// hands the decision to the desk.
func (v visit) read(f *form, view desk.View, shown refund.Digest) (try func() (decision.Decision, error), submit func() (desk.Decided, error)) {
	ctx, at, by := v.r.Context(), v.now(), v.by.Decides()
	amount := func(path, text string) refund.Money {
		return f.amount(path, text, view.Case.Subscription.Price.Currency())
	}
	acknowledged, reason := f.clauses(f.name+".acknowledged"), f.Get(f.name+".reason")
	switch f.name {
	case "approval":
		a := decision.Approval{By: by, At: at, Amount: amount("approval.amount", f.Get("approval.amount")), Acknowledged: acknowledged, Reason: reason}
		return func() (decision.Decision, error) { return decision.Approve(view.Policy, view.Case, shown, a) },
			func() (desk.Decided, error) { return v.Approve(ctx, v.by, v.id(), shown, a) }
	case "goodwill":
		g := decision.Goodwill{By: by, At: at, Acknowledged: acknowledged, Reason: reason,
			Charges: amount("goodwill.charges", f.Get("goodwill.charges")), Fees: amount("goodwill.fees", f.Get("goodwill.fees"))}
		rows := f.Software()
		for _, row := range rows[:len(rows)-1] {
			g.Software = append(g.Software, decision.FreeSoftware{Name: row[1], Price: amount(row[0]+".price", row[2])})
		}
		return func() (decision.Decision, error) { return decision.Grant(view.Policy, view.Case, shown, g) },
			func() (desk.Decided, error) { return v.Grant(ctx, v.by, v.id(), shown, g) }
	}
	n := decision.Denial{By: by, At: at, Grounds: f.clauses("denial.grounds"), Reason: reason}
	return func() (decision.Decision, error) { return decision.Decline(view.Policy, view.Case, shown, n) },
		func() (desk.Decided, error) { return v.Decline(ctx, v.by, v.id(), shown, n) }
}

// A preview is a decision that has not been made.
type preview struct {
	Decision decision.Decision
	Goodwill decision.Goodwill
	Net      refund.Money
	Letter   string // the address of its letter
}

func (v visit) decide() error {
	return v.act(func(f *form, view desk.View, shown refund.Digest) error {
		try, submit := v.read(f, view, shown)
		if f.Get("do") == "decide" && f.Problems == nil {
			_, err := submit()
			return err
		}
		d, err := try() // with an amount that could not be read, it has the other faults
		if err != nil || f.Problems != nil {
			return err
		}
		query := url.Values{"as": {f.name}}
		for name, values := range f.Values {
			if name != "shown" && name != "seen" && name != "do" && name != f.name+".reason" {
				query[name] = values // without the reason: addresses are logged
			}
		}
		f.Preview = &preview{Decision: d, Letter: "/cases/" + url.PathEscape(v.id()) + "/letter?" + query.Encode()}
		f.Preview.Goodwill, _ = d.Goodwill()
		f.Preview.Net, err = f.Preview.Goodwill.Net()
		return err
	})
}

// letter serves the letter about the decision, or that of a preview.
func (v visit) letter() error {
	view, err := v.View(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	letter, as := desk.Letter{}, v.r.Form.Get("as")
	if as != "" {
		f := form{name: as, Values: v.r.Form}
		f.Set(as+".reason", "preview") // required, and not in the letter
		try, _ := v.read(&f, view, view.Outcome.Digest())
		d, err := try()
		if err != nil {
			return failure(http.StatusNotFound)
		}
		if letter, err = v.Letter(view, d); err != nil {
			return err
		}
	} else if view.Decision != nil {
		letter = view.Decision.Letter
	} else {
		return failure(http.StatusNotFound)
	}
	return document(v.w, "text/html; charset=utf-8", letter.HTML)
}
