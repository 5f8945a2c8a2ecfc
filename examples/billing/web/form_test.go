package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// TestAPreviewShowsItsLetter follows the address of the letter, which a log may keep.
func TestAPreviewShowsItsLetter(t *testing.T) {
	for _, r := range []struct{ reason, path, form, want string }{
		{"an approval", "/cases/SUB-1001/approval", "approval.amount=174.99&approval.reason=secret", "174.99"},
		{"a goodwill with software", "/cases/SUB-1001/goodwill", "goodwill.charges=50&goodwill.fees=3&software.name=A&software.price=1&goodwill.reason=secret", "46.00"},
		{"a denial, whose letter states the ground", "/cases/SUB-1001/denial", "denial.grounds=guarantee&denial.reason=secret", "leaves the decision on each refund to us"},
		{"a case whose first decision has a letter too", "/cases/SUB-1010/goodwill", "goodwill.charges=12&goodwill.fees=0&goodwill.acknowledged=log-review&goodwill.reason=secret", "12.00"},
	} {
		s := newSite(t)
		w := s.send("POST", r.path, r.form+"&seen=many+facts&do=preview")
		address := ""
		for frame := range all(parse(t, w.Body.String()), "iframe") {
			if src := attr(frame, "src"); strings.Contains(src, "?") {
				address = src
			}
		}
		for _, word := range []string{"secret", "shown=", "seen=", "do="} {
			if strings.Contains(address, word) {
				t.Errorf("%s: %s is in the address", r.reason, word)
			}
		}
		if address == "" {
			t.Errorf("%s: status %d without a letter: %q", r.reason, w.Code, refusals(t, parse(t, w.Body.String())))
			continue
		}
		letter := s.send("GET", address, "")
		if letter.Code != http.StatusOK || !strings.Contains(letter.Body.String(), r.want) {
			t.Errorf("%s: status %d, %q is not in the letter of %q", r.reason, letter.Code, r.want, address)
		}
	}
}

func TestTheTimelineOfADecidedCaseHasTheDecision(t *testing.T) {
	w := newSite(t).send("GET", "/cases/SUB-1009/timeline.svg", "")
	if !strings.Contains(w.Body.String(), "Approved: $124.00") {
		t.Errorf("status %d, without the decision", w.Code)
	}
}

func TestARefusalIsInTheHistoryOfItsPage(t *testing.T) {
	for _, form := range []string{"approval.amount=1&do=decide", "approval.amount=&do=decide"} {
		w := newSite(t).send("POST", "/cases/SUB-1001/approval", form)
		history := byID(parse(t, w.Body.String()), "history")
		if history == nil || !strings.Contains(text(history.Parent), "Refused") {
			t.Errorf("%s: the refusal is not in the history", form)
		}
	}
}

func TestATimeThatCannotBeReadRemovesNoCallBack(t *testing.T) {
	s := newSite(t)
	f := s.desk.files[3]
	before := f.Request.CalledBack
	w := s.send("POST", "/cases/SUB-1004/callback", "request.called_back=soon&answer.cooperation=yes")
	if w.Code != http.StatusUnprocessableEntity || before.IsZero() || !f.Request.CalledBack.Equal(before) || len(f.Answers) > 0 {
		t.Errorf("status %d, called back %v, before %v, answers %v", w.Code, f.Request.CalledBack, before, f.Answers)
	}
}

func TestCheckedBoxesStayChecked(t *testing.T) {
	s := newSite(t)
	s.desk.files[0].Findings[0].Severity = refund.SeverityAdvisory
	for path, name := range map[string]string{"approval": "approval.acknowledged", "denial": "denial.grounds"} {
		doc := parse(t, s.send("POST", "/cases/SUB-1001/"+path, "do=decide&"+name+"=log-review").Body.String())
		checked := false
		for box := range all(doc, "input") {
			for _, a := range box.Attr {
				checked = checked || a.Key == "checked" && attr(box, "name") == name && attr(box, "value") == "log-review"
			}
		}
		if !checked {
			t.Errorf("%s: the box is not checked", path)
		}
	}
}

// A page in an old tab may carry any text as the facts that the officer saw.
func TestTheFactsOfAStaleFormAreCleaned(t *testing.T) {
	s := newSite(t)
	page := parse(t, s.send("GET", "/cases/SUB-1001", "").Body.String())
	for input := range all(byID(page, "approval"), "input") {
		if attr(input, "name") != "seen" {
			continue
		}
		seen := strings.Replace(attr(input, "value"), "174.99 USD", "\u202e<b>1", 1)
		w := s.send("POST", "/cases/SUB-1001/approval", url.Values{"shown": {"00"}, "seen": {seen}, "do": {"decide"}, "approval.amount": {"174.99"}}.Encode())
		changed := byID(parse(t, w.Body.String()), "changed")
		if w.Code != http.StatusConflict || !strings.Contains(text(changed), "Can be refunded<b>1174.99 USD") {
			t.Errorf("status %d, %s", w.Code, text(changed))
		}
	}
}
