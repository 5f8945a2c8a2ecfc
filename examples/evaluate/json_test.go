package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// The sample has every verdict and status, several currencies, holds and findings.
func TestSampleCoversAllOutcomes(t *testing.T) {
	code, out, _ := evaluate(t, "", "-format", "json", "cases.jsonl")
	if code != exitOK {
		t.Fatalf("status %d", code)
	}
	verdicts, statuses, currencies := map[string]int{}, map[string]int{}, map[string]int{}
	cases, held, findings := 0, 0, 0
	for line := range strings.Lines(out) {
		var o struct {
			Verdict    string
			Refundable struct{ Currency string }
			Held       bool
			Steps      []struct{ Status string }
			Findings   []any
		}
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		cases++
		verdicts[o.Verdict]++
		currencies[o.Refundable.Currency]++
		for _, step := range o.Steps {
			statuses[step.Status]++
		}
		if o.Held {
			held++
		}
		findings += len(o.Findings)
	}
	if cases < 40 || len(verdicts) != 5 || len(statuses) != 6 || len(currencies) < 4 || held == 0 || findings == 0 {
		t.Errorf("%d cases, %d held, %d findings, %v, %v, %v", cases, held, findings, verdicts, statuses, currencies)
	}
}

// A refused line has its refusal in its place, with its id; the other lines are evaluated.
func TestRefusedLinesAmongOthers(t *testing.T) {
	code, out, _ := evaluate(t, "", "-format=json", "broken.jsonl")
	if code != exitRefused {
		t.Errorf("status %d", code)
	}
	fields, ids := map[int][]string{}, map[int]string{}
	for line := range strings.Lines(out) {
		var refusal struct {
			Line         int
			Subscription string
			Error        string
			Fields       []string
		}
		if err := json.Unmarshal([]byte(line), &refusal); err != nil {
			t.Fatal(err)
		}
		if refusal.Error != "" {
			fields[refusal.Line], ids[refusal.Line] = refusal.Fields, refusal.Subscription
		}
	}
	want := map[int][]string{
		2:  {"subscription.paid"},
		3:  {"subscription.price.amount", "request.at"},
		5:  {"subscription.price.amount"},
		6:  {"issues[0].resolved", "issues[1].id"},
		7:  {"subscription.prize", "subscription.paid"},
		8:  {"policy.location", "policy.window_days", "issues"},
		9:  {""},
		10: {"request.channel", "findings[0].clause", "findings[1].severity"},
		11: {"request.reason", "request.Reason", "subscription.refunded"},
	}
	if diff := cmp.Diff(want, fields); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	wantIDs := map[int]string{
		2: "SUB-2602", 3: "SUB-2603", 5: "SUB-2605", 6: "SUB-2606", 7: "SUB-2607", 8: "SUB-2608",
		9: "SUB-2699", 10: "SUB-2609", 11: "SUB-2610", // line 9 is cut off after its id
	}
	if diff := cmp.Diff(wantIDs, ids); diff != "" {
		t.Errorf("ids: want -, got +:\n%s", diff)
	}
	if n := strings.Count(out, "\n"); n != 11 {
		t.Errorf("%d lines of output for 11 lines of input", n)
	}
	_, table, _ := evaluate(t, "", "-format", "table", "broken.jsonl")
	for _, id := range wantIDs {
		if !strings.Contains(table, id+"        refused: ") {
			t.Errorf("the table has no refusal of %s", id)
		}
	}
}

// Programs read this form: a change breaks them.
func TestFormOfRefusals(t *testing.T) {
	const plain = `"service":{"code":"x","billing":"one_time"},"start":"2026-03-01T10:00:00Z",` +
		`"price":{"amount":"1.00","currency":"USD"},"paid":{"amount":"1.00","currency":"USD"}},"issues":[],"request":{"at":"2026-03-01T10:00:00Z","channel":"other"}}`
	for _, row := range []struct {
		reason, document string
		want             string // with %s for the text of the error
	}{
		{"a value without an id", `[1]`, `{"line":3,"error":%s,"fields":[""]}`},
		{"an id is reported", `{"subscription":{"id":"SUB-7"},"issues":[],"request":{"at":"2026-03-01T10:00:00Z","channel":"fax"}}`,
			`{"line":3,"subscription":"SUB-7","error":%s,"fields":["subscription.service","request.channel","subscription.start","subscription.price","subscription.paid"]}`},
		{"an id that is refused itself is left out", `{"subscription":{"id":" SUB-7",` + plain, `{"line":3,"error":%s,"fields":["subscription.id"]}`},
		{"an id given twice is left out: either may be wrong", `{"subscription":{"id":"SUB-7","id":"SUB-8",` + plain, `{"line":3,"error":%s,"fields":["subscription.id"]}`},
		{"an id with control characters is left out", `{"subscription":{"id":"SUB\u001b[2J"`, `{"line":3,"error":%s,"fields":[""]}`},
		{"a text that breaks off after its id keeps the id", `{"subscription":{"id":"SUB-7"`, `{"line":3,"subscription":"SUB-7","error":%s,"fields":[""]}`},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			_, err := document.Decode([]byte(row.document))
			if err == nil {
				t.Fatal("the document is valid")
			}
			text, err := json.Marshal(err.Error())
			if err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprintf(row.want, text) + "\n"
			if _, out, _ := evaluate(t, "\n  \n"+row.document+"\n", "-format", "json"); out != want {
				t.Errorf("got  %swant %s", out, want)
			}
		})
	}
}
