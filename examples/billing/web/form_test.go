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
		if !strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: the form has lost its reason", r.reason)
		}
		if s.desk.audit[len(s.desk.audit)-1].Action == strings.TrimPrefix(r.path, "/cases/SUB-1001/") {
			t.Errorf("%s: a preview is in the audit table", r.reason)
		}
		letter := s.send("GET", address, "")
		if letter.Code != http.StatusOK || !strings.Contains(letter.Body.String(), r.want) {
			t.Errorf("%s: status %d, %q is not in the letter of %q", r.reason, letter.Code, r.want, address)
		}
	}
}

// TestOnlyTheButtonDecides sends forms that must not decide and, unlike a refused decision, leave
// the audit table as it is.
func TestOnlyTheButtonDecides(t *testing.T) {
	for _, r := range []struct {
		reason, form string
		status       int
	}{
		{"a form without a button is a preview", "approval.amount=174.99", 200},
		{"an amount that cannot be read is not an attempt", "approval.amount=174,99&do=decide", 422},
	} {
		s := newSite(t)
		entries := len(s.desk.audit)
		w := s.send("POST", "/cases/SUB-1001/approval", r.form)
		if w.Code != r.status || s.desk.files[0].decided != nil || len(s.desk.audit) != entries {
			t.Errorf("%s: status %d, %d new entries", r.reason, w.Code, len(s.desk.audit)-entries)
		}
	}
}

// TestAnotherDecisionIsRefused decides twice on the outcome that both officers saw.
func TestAnotherDecisionIsRefused(t *testing.T) {
	s := newSite(t)
	shown := s.shown("SUB-1001")
	approve := "approval.amount=174.99&do=decide&shown=" + shown
	for _, r := range []struct {
		reason, path, form string
		status             int
	}{
		{"the first", "/cases/SUB-1001/approval", approve, 303},
		{"the same again", "/cases/SUB-1001/approval", approve, 303},
		{"a denial of what was approved", "/cases/SUB-1001/denial", "denial.grounds=guarantee&denial.reason=r&do=decide&shown=" + shown, 409},
	} {
		if w := s.send("POST", r.path, r.form); w.Code != r.status {
			t.Errorf("%s: status %d, want %d", r.reason, w.Code, r.status)
		}
	}
}

func TestStaleFormsSayWhatHappened(t *testing.T) {
	for _, r := range []struct{ reason, path, form, want, not string }{
		{"the payout failed, so it can be decided again", "/cases/SUB-1010/goodwill", "goodwill.charges=1&goodwill.fees=0&goodwill.reason=r&do=decide&shown=0", "Your input is kept", "has been decided"},
		{"somebody has filed a request", "/cases/SUB-1001/request", "request.at=2026-03-10T15:00&request.channel=phone", "Somebody has filed a request", "Your input is kept"},
		{"the case is decided", "/cases/SUB-1009/approval", "approval.amount=1&do=decide&shown=0", "has been decided", "Your input is kept"},
	} {
		w := newSite(t).send("POST", r.path, r.form)
		note := byID(parse(t, w.Body.String()), "changed")
		if note == nil {
			t.Errorf("%s: status %d without a note", r.reason, w.Code)
		} else if got := text(note); !strings.Contains(got, r.want) || strings.Contains(got, r.not) {
			t.Errorf("%s: %q", r.reason, got)
		}
	}
}

// TestFaultsOfFactsAreAtTheirControls: the desk takes these actions, so their forms must be there.
func TestFaultsOfFactsAreAtTheirControls(t *testing.T) {
	for _, r := range []struct{ reason, path, form, control string }{
		{"a second call back", "/cases/SUB-1004/callback", "request.called_back=soon", "request.called_back"},
		{"a finding after a failed payout", "/cases/SUB-1010/finding", "finding.clause=log-review", "finding.severity"},
	} {
		s := newSite(t)
		id := strings.Split(r.path, "/")[2]
		w := s.send("POST", r.path, r.form+"&shown="+s.shown(id))
		if control := byID(parse(t, w.Body.String()), r.control); w.Code != 422 || control == nil {
			t.Errorf("%s: status %d, control %v", r.reason, w.Code, control != nil)
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
