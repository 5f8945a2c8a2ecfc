package web

import (
	"net/http"
	"net/url"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// proposal reads the form of a decision.
func (v visit) proposal(f *form, view desk.View, shown refund.Digest) decision.Proposal {
	amount := func(path, text string) refund.Money {
		return f.amount(path, text, view.Case.Subscription.Price.Currency())
	}
	p := decision.Proposal{Outcome: shown}
	acknowledged, reason := f.clauses(f.name+".acknowledged"), f.Get(f.name+".reason")
	switch f.name {
	case "approval":
		p.Approval = &decision.Approval{Amount: amount("approval.amount", f.Get("approval.amount")), Acknowledged: acknowledged, Reason: reason}
	case "goodwill":
		p.Goodwill = &decision.Goodwill{Charges: amount("goodwill.charges", f.Get("goodwill.charges")),
			Fees: amount("goodwill.fees", f.Get("goodwill.fees")), Acknowledged: acknowledged, Reason: reason}
		rows := f.Software()
		for _, row := range rows[:len(rows)-1] {
			p.Goodwill.Software = append(p.Goodwill.Software, decision.FreeSoftware{Name: row[1], Price: amount(row[0]+".price", row[2])})
		}
	case "denial":
		p.Denial = &decision.Denial{Grounds: f.clauses("denial.grounds"), Reason: reason}
	}
	return p
}

// A preview is a decision that has not been made.
type preview struct {
	Decision decision.Decision
	Goodwill decision.Goodwill
	Letter   string // the address of its letter
}

func (v visit) decide() error {
	return v.act(func(f *form, view desk.View, shown refund.Digest) error {
		p := v.proposal(f, view, shown)
		if f.Get("do") == "decide" && f.Problems == nil {
			_, err := v.Decide(v.r.Context(), v.by, v.id(), p)
			return err
		}
		d, err := p.Decide(view.Policy, view.Case, v.by.Decides(), v.now()) // with an amount that could not be read, it has the other faults
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
		return nil
	})
}

// letter serves the letter about the decision, or that of a preview.
func (v visit) letter() error {
	view, err := v.View(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	if as := v.r.Form.Get("as"); as != "" {
		f := form{name: as, Values: v.r.Form}
		f.Set(as+".reason", "preview") // required, and not in the letter
		d, err := v.proposal(&f, view, view.Outcome.Digest()).Decide(view.Policy, view.Case, v.by.Decides(), v.now())
		if err != nil {
			return failure(http.StatusNotFound)
		}
		letter, err := v.Letter(view, d)
		if err != nil {
			return err
		}
		return document(v.w, "text/html; charset=utf-8", letter.HTML)
	}
	if view.Decision == nil {
		return failure(http.StatusNotFound)
	}
	return document(v.w, "text/html; charset=utf-8", view.Decision.Letter.HTML)
}
