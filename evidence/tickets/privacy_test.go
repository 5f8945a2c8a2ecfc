package tickets_test

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A secret stands in every text of a file; no part of it may get out.
const secret = "jane5550100"

// keeps fails if a value shows a secret, under any verb or in any log.
func keeps(t *testing.T, where string, value any) {
	t.Helper()
	for format, text := range testkit.Formatted(value) {
		if strings.Contains(text, "jane") || strings.Contains(text, "5550100") {
			t.Errorf("%s under %s: %.300q", where, format, text)
			return
		}
	}
	if text, asJSON := testkit.Logged(value); strings.Contains(text+asJSON, "jane") {
		t.Errorf("%s is logged as %.300q", where, text+asJSON)
	}
}

func TestErrorsDoNotQuoteTheFile(t *testing.T) {
	sound := map[string]string{
		"Zendesk": strings.Replace(audit(1, 7, 1, create("new"), `{"type":"Comment","body":"x"}`), `"events"`, `"via":{"channel":"web","source":{"rel":"x"}},"events"`, 1),
		"Jira":    issue("T-1", 1, "Done", "Done", duplicates("T-2"), update(1, 2, "status", "Open", "Done")),
	}
	for name, read := range map[string]func(io.Reader, tickets.Options) iter.Seq2[tickets.Ticket, error]{"Zendesk": tickets.Zendesk, "Jira": tickets.Jira} {
		// Every place between two bytes takes the secret once, as text and as a value.
		for i := range len(sound[name]) {
			for _, planted := range []string{secret, `"` + secret + `"`, "jane\x00"} {
				file := sound[name][:i] + planted + sound[name][i:]
				for ticket, err := range read(strings.NewReader(file), tickets.Options{}) {
					if err != nil && strings.Contains(fmt.Sprintf("%v %+v", err, err), "jane") {
						t.Fatalf("%s, byte %d: %v", name, i, err)
					}
					if i%17 == 0 { // every verb, for some
						keeps(t, name, err)
						keeps(t, name, ticket)
					}
				}
			}
		}
	}
}

func TestTicketsPrintAsCounts(t *testing.T) {
	e := tickets.Event{Kind: tickets.KindReopened, By: secret, Ticket: secret, Status: secret}
	ticket := tickets.Ticket{
		Issue:  refund.Issue{ID: secret, Subscription: secret, Opened: testkit.March(1, 0, 0), Resolved: testkit.March(2, 0, 0)},
		Merged: []string{secret}, History: []tickets.Event{e, e}, Warnings: []tickets.Warning{tickets.WarningGap},
	}
	if got, want := ticket.String(), "resolved ticket (2 events, 1 merged, 1 warning)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(tickets.Ticket{}), "unresolved ticket (0 events, 0 merged, 0 warnings)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for where, value := range map[string]any{
		"a ticket": ticket, "a pointer": &ticket, "tickets": []tickets.Ticket{ticket}, "an event": e, "events": ticket.History,
		"a map": map[string]any{"x": ticket}, "a field": struct{ T tickets.Ticket }{ticket},
	} {
		keeps(t, where, value)
		if b, err := json.Marshal(value); err == nil {
			t.Errorf("%s is written as JSON: %s", where, b)
		}
	}
}

func TestCodes(t *testing.T) {
	if got, want := fmt.Sprint(tickets.KindOpened, tickets.KindResolved, tickets.KindReopened, tickets.KindMerged, tickets.Kind(0)), "opened resolved reopened merged unset"; got != want {
		t.Errorf("kinds are %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(tickets.WarningGap, tickets.WarningStatus, tickets.WarningMissing, tickets.WarningDuplicate, tickets.Warning(0)), "gap status missing duplicate unset"; got != want {
		t.Errorf("warnings are %s, want %s", got, want)
	}
	if b, err := tickets.Kind(9).MarshalText(); err == nil {
		t.Errorf("a kind that is none is written as %s", b)
	}
	if b, err := tickets.Warning(9).MarshalText(); err == nil {
		t.Errorf("a warning that is none is written as %s", b)
	}
}
