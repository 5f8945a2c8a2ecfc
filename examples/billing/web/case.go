package web

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

func (v visit) id() string { return v.r.PathValue("id") }

func (v visit) open() error { return v.show("case", v.title(), v.view) }

func (v visit) books() error { return v.show("books", v.title(), v.view) }

// title returns the name of the customer or, without one, the id.
func (v visit) title() string { return cmp.Or(strings.TrimSpace(v.view.Record.Customer.Name), v.id()) }

func (v visit) timeline() error {
	c, opt := v.view.Case, notice.TimelineOptions{ForCompany: true}
	if made := v.view.Decision; made != nil {
		c, opt.Decision = made.Case, made.Facts
	}
	svg, err := notice.Timeline(v.view.Policy, c, opt)
	if err != nil {
		return err
	}
	return document(v.w, "image/svg+xml", svg)
}

// letter serves the letter about the decision, or that of a preview.
func (v visit) letter() error {
	f := form{Name: v.r.Form.Get("as"), Values: v.r.Form}
	if f.Name == "" && v.view.Decision != nil {
		return document(v.w, "text/html; charset=utf-8", v.view.Decision.Letter.HTML)
	}
	f.Set("shown", v.view.Outcome.Digest().String())
	f.Set(f.Name+".reason", "preview") // required, and not in the letter
	d, err := f.proposal(v.view.Case.Subscription.Price.Currency()).Decide(v.view.Policy, v.view.Case, v.by.Decides(), v.now())
	if err != nil { // the address is not that of a preview
		return failure(http.StatusNotFound)
	}
	letter, err := v.Letter(v.view, d)
	if err != nil {
		return err
	}
	return document(v.w, "text/html; charset=utf-8", letter.HTML)
}

// sent returns the form of a case that was sent.
func (v visit) sent() form { return form{Name: path.Base(v.r.URL.Path), Values: v.r.PostForm} }

func (v visit) request() error {
	f := v.sent() // without a request, no outcome was shown
	r := refund.Request{At: f.instant("request.at", v.view.Policy.Location), By: f.Get("request.by"), RecordedBy: v.by.ID, Reason: f.Get("request.reason")}
	f.code("request.channel", &r.Channel)
	return v.answer(f, v.File(v.r.Context(), v.by, v.id(), r))
}

func (v visit) finding() error {
	f := v.sent()
	fd := refund.Finding{Subject: f.Get("finding.subject"), Detail: f.Get("finding.detail")}
	f.code("finding.clause", &fd.Clause)
	f.code("finding.severity", &fd.Severity)
	if !f.isOf(v.view.Outcome) {
		return v.answer(f, decision.ErrStale)
	}
	return v.answer(f, v.AddFinding(v.r.Context(), v.by, v.id(), fd))
}

func (v visit) callback() error {
	f, answers := v.sent(), customer.Attestations{}
	at := f.instant("request.called_back", v.view.Policy.Location)
	for _, c := range refund.Clauses() {
		a := customer.Attestation{At: at}
		f.code("answer."+c.String(), &a.Answer)
		if a.Answer != 0 {
			answers[c] = a
		}
	}
	if !f.isOf(v.view.Outcome) {
		return v.answer(f, decision.ErrStale)
	}
	return v.answer(f, v.CallBack(v.r.Context(), v.by, v.id(), at, answers))
}

// A preview is a decision that has not been made.
type preview struct {
	Decision decision.Decision
	Goodwill *decision.Goodwill
	Letter   string // the address of its letter
}

func (v visit) decide() error {
	f := v.sent()
	p := f.proposal(v.view.Case.Subscription.Price.Currency())
	if f.Get("do") == "decide" && f.Problems == nil {
		_, err := v.Decide(v.r.Context(), v.by, v.id(), p)
		return v.answer(f, err)
	}
	d, err := p.Decide(v.view.Policy, v.view.Case, v.by.Decides(), v.now()) // if an amount could not be read, err has the other faults
	if err == nil {
		query := maps.Clone(f.Values)
		for _, name := range []string{"shown", "seen", "do", f.Name + ".reason"} { // without the reason: addresses are logged
			query.Del(name)
		}
		query.Set("as", f.Name)
		f.Preview = &preview{d, p.Goodwill, "/cases/" + url.PathEscape(v.id()) + "/letter?" + query.Encode()}
	}
	return v.answer(f, err)
}

// answer redirects to the case if the action of a form is done. Otherwise it shows the case with the
// form, and with its preview, its problems or the changes.
func (v visit) answer(f form, err error) error {
	stale := errors.Is(err, decision.ErrStale) || errors.Is(err, desk.ErrDecided)
	if err != nil && !stale && !f.refused(err) {
		return err
	}
	if !stale && f.Problems == nil && f.Preview == nil { // done
		http.Redirect(v.w, v.r, "/cases/"+url.PathEscape(v.id())+"?done="+f.Name, http.StatusSeeOther)
		return nil
	}
	if v.view, err = v.View(v.r.Context(), v.id()); err != nil { // the history has a refused decision
		return err
	}
	v.form = f
	switch {
	case stale, v.view.State.Decided(): // the page has no forms any more
		v.status, v.form = http.StatusConflict, form{Name: f.Name, Values: f.Values, Stale: true}
	case f.Problems != nil:
		v.status = http.StatusUnprocessableEntity
	}
	return v.open()
}
