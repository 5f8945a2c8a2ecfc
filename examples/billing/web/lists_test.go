package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestTheAuditPagesHaveEveryEntryOnce(t *testing.T) {
	s := newSite(t)
	for len(s.desk.audit) < 120 {
		s.desk.note(ines, "SUB-1001", "finding", nil)
	}
	var got, want []string
	for i := range s.desk.audit {
		want = append(want, fmt.Sprint(i+1))
	}
	pages := 0
	for path := "/audit"; path != ""; pages++ {
		main := byID(parse(t, s.send("GET", path, "").Body.String()), "main")
		path = ""
		for row := range all(main, "th") {
			if attr(row, "scope") == "row" {
				got = append(got, text(row))
			}
		}
		for a := range all(main, "a") {
			if text(a) == "Later entries" {
				path = attr(a, "href")
			}
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") || pages != 3 {
		t.Errorf("%d pages have the entries %v", pages, got)
	}
}

func TestTheDayPageLeadsToTheDaysAroundIt(t *testing.T) {
	w := newSite(t).send("GET", "/day?day=2026-03-01", "")
	for _, want := range []string{`href="/day?day=2026-02-28">Day before`, `href="/day?day=2026-03-02">Day after`, `value="2026-03-01"`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestTheSignInPageSaysWhyItWasRefused(t *testing.T) {
	const message = "The name or the password is wrong."
	w := signIn(message, http.StatusUnauthorized)
	if got := text(byID(parse(t, w.Body.String()), "officer.error")); w.Code != http.StatusUnauthorized || got != message {
		t.Errorf("status %d, %q", w.Code, got)
	}
	if problems := byID(parse(t, signIn("", http.StatusOK).Body.String()), "problems"); problems != nil {
		t.Errorf("without a message: %s", text(problems))
	}
}

// It was resolved before, or a later reconciliation found it again under another id.
func TestAnUnknownDifferenceIsNotCalledResolved(t *testing.T) {
	w := newSite(t).send("POST", "/day/unknown", "day=2026-03-10")
	if got := w.Header().Get("Location"); w.Code != 303 || got != "/day?day=2026-03-10" {
		t.Errorf("status %d, to %q", w.Code, got)
	}
}
