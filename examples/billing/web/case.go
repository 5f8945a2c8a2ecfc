package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

func (v visit) id() string { return v.r.PathValue("id") }

func (v visit) open() error { return v.showCase(http.StatusOK, "case", form{}) }

func (v visit) books() error { return v.showCase(http.StatusOK, "books", form{}) }

func (v visit) showCase(status int, name string, f form) error {
	view, err := v.View(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	then, now := strings.Split(f.Get("seen"), "|"), facts(view.Outcome)
	for i := range now {
		if f.Stale && len(then) == len(now) && then[i] != now[i] {
			name, is, _ := strings.Cut(now[i], ": ")
			_, was, _ := strings.Cut(then[i], ": ")
			f.Changes = append(f.Changes, [3]string{name, clean(was), is})
		}
	}
	return v.show(status, name, cmp.Or(strings.TrimSpace(view.Record.Customer.Name), v.id()), f, view)
}

// facts returns the facts of an outcome that a page shows. A form carries them, so that the changes
// can be shown later: the digest only shows that there is one.
func facts(o refund.Outcome) []string {
	list := []string{"Can be refunded: " + money(o.Refundable), "The policy grants: " + money(o.Entitlement),
		"Already refunded: " + money(o.Refunded), "In dispute: " + money(o.Disputed), "Result: " + word(o.Verdict)}
	for _, c := range refund.Clauses() {
		list = append(list, c.Title()+": "+word(o.Statuses[c]))
	}
	return list
}

// act serves a form of a case. do reads the input, and acts unless there is a problem with it.
func (v visit) act(do func(f *form, view desk.View, shown refund.Digest) error) error {
	view, err := v.View(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	f := form{name: path.Base(v.r.URL.Path), Values: v.r.PostForm}
	shown, _ := refund.ParseDigest(f.Get("shown")) // a damaged one is stale
	err = do(&f, view, shown)
	decided := view.State.Decided()
	f.Stale = errors.Is(err, decision.ErrStale) || errors.Is(err, desk.ErrDecided)
	switch {
	case f.Preview != nil && !decided:
		return v.showCase(http.StatusOK, "case", f)
	case !f.Stale && err != nil && !f.refused(err):
		return err
	case f.Stale, decided && (f.Problems != nil || f.Preview != nil): // the page has no forms any more
		return v.showCase(http.StatusConflict, "case", form{name: f.name, Values: f.Values, Stale: true})
	case f.Problems != nil:
		return v.showCase(http.StatusUnprocessableEntity, "case", f)
	}
	http.Redirect(v.w, v.r, "/cases/"+url.PathEscape(v.id())+"?done="+f.name, http.StatusSeeOther)
	return nil
}

// record serves the forms that record a fact: a finding, a call back, or a request.
func (v visit) record() error {
	return v.act(func(f *form, view desk.View, shown refund.Digest) error {
		var at time.Time
		if control := map[string]string{"callback": "request.called_back", "request": "request.at"}[f.name]; control != "" {
			at = f.instant(control, view.Policy.Location)
		}
		if f.name != "request" && shown != view.Outcome.Digest() { // without a request, no outcome was shown
			return decision.ErrStale
		} else if f.Problems != nil {
			return nil
		}
		switch f.name { // the library refuses the zero value of a code that cannot be read
		case "finding":
			fd := refund.Finding{Clause: clause(f.Get("finding.clause")), Subject: f.Get("finding.subject"), Detail: f.Get("finding.detail")}
			_ = fd.Severity.UnmarshalText([]byte(f.Get("finding.severity")))
			return v.AddFinding(v.r.Context(), v.by, v.id(), fd)
		case "request":
			r := refund.Request{At: at, By: f.Get("request.by"), RecordedBy: v.by.ID, Reason: f.Get("request.reason")}
			_ = r.Channel.UnmarshalText([]byte(f.Get("request.channel")))
			return v.File(v.r.Context(), v.by, v.id(), r)
		}
		answers := customer.Attestations{}
		for _, c := range refund.Clauses() {
			a := customer.Attestation{At: at}
			if _ = a.Answer.UnmarshalText([]byte(f.Get("answer." + c.String()))); a.Answer != 0 {
				answers[c] = a
			}
		}
		return v.CallBack(v.r.Context(), v.by, v.id(), at, answers)
	})
}

func (v visit) timeline() error {
	view, err := v.View(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	c, opt := view.Case, notice.TimelineOptions{ForCompany: true}
	if view.Decision != nil {
		c, opt.Decision = view.Decision.Case, view.Decision.Facts
	}
	svg, err := notice.Timeline(view.Policy, c, opt)
	if err != nil {
		return err
	}
	return document(v.w, "image/svg+xml", svg)
}
