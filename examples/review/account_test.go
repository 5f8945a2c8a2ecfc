package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestParseAccount(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	account, answers, err := parseAccount([]byte(`{
		"id": "ACC-7", "holder": "Jo Park", "username": "park",
		"present": ["name"], "missing": ["telephone"],
		"delegates": [
			{"account": "ACC-8", "from": "2026-03-01T00:00:00Z", "until": "2026-03-02T00:00:00Z"},
			{"account": "ACC-9", "until": "2026-03-02T00:00:00Z"},
			{"account": "ACC-10"}],
		"reports": [
			{"id": "M-1", "made": "2026-03-01T00:00:00Z"},
			{"id": "M-2", "made": "2026-03-01T00:00:00Z", "closed": "2026-03-01T00:00:00Z"}],
		"attestations": [
			{"clause": "cooperation", "answer": "yes", "at": "2026-03-01T00:00:00Z"},
			{"clause": "credentials", "answer": "no", "at": "2026-03-02T00:00:00Z"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	same(t, customer.Account{
		ID: "ACC-7", Holder: "Jo Park", Username: "park",
		Particulars: []customer.Particular{{Name: "name", Present: true}, {Name: "telephone"}},
		Delegates:   []customer.Delegate{{Account: "ACC-8", From: day(1), Until: day(2)}, {Account: "ACC-9", Until: day(2)}, {Account: "ACC-10"}},
		Reports:     []customer.MisuseReport{{ID: "M-1", Made: day(1)}, {ID: "M-2", Made: day(1), Closed: day(1)}},
	}, account)
	same(t, customer.Attestations{
		refund.ClauseCooperation: {Answer: customer.AnswerYes, At: day(1)},
		refund.ClauseCredentials: {Answer: customer.AnswerNo, At: day(2)},
	}, answers)
}

// A missing list is unknown; an empty list states that there are no entries.
func TestParseAccountOfUnknowns(t *testing.T) {
	for _, row := range []struct {
		why, text                string
		registration, anyReports bool // whether they are known
	}{
		{"nothing is known", `{"id":"A"}`, false, false},
		{"nothing is missing", `{"id":"A","missing":[]}`, true, false},
		{"nothing is there", `{"id":"A","present":[]}`, true, false},
		{"nobody has reported anything", `{"id":"A","reports":[]}`, false, true},
	} {
		account, _, err := parseAccount([]byte(row.text))
		if row.why == "" || err != nil || (account.Particulars != nil) != row.registration || (account.Reports != nil) != row.anyReports {
			t.Errorf("%s: %v, %v, %v", row.why, account.Particulars, account.Reports, err)
		}
	}
}

func TestParseAccountFaults(t *testing.T) {
	for _, row := range []struct{ why, text, paths string }{
		{"no object", `[]`, ""},
		{"no JSON", `{"id":"A"`, ""},
		{"nothing at all", `{}`, "id"},
		{"an unknown field", `{"id":"A","password":"x"}`, "password"},
		{"a number for an id", `{"id":7}`, "id"},
		{"particulars without a name", `{"id":"A","present":["x",""],"missing":[""]}`, "present[1] missing[0]"},
		{"a particular that is there and is not", `{"id":"A","present":["x"],"missing":["y","x"]}`, "missing[1]"},
		{"a delegate without an account", `{"id":"A","delegates":[{}]}`, "delegates[0].account"},
		{"a permission that is over as it begins", `{"id":"A","delegates":[{"account":"B","from":"2026-03-01T00:00:00Z","until":"2026-03-01T00:00:00Z"}]}`, "delegates[0].until"},
		{"a report without an id or an instant", `{"id":"A","reports":[{}]}`, "reports[0].id reports[0].made"},
		{"a report that is closed before it is made", `{"id":"A","reports":[{"id":"M","made":"2026-03-02T00:00:00Z","closed":"2026-03-01T00:00:00Z"}]}`, "reports[0].closed"},
		{"an invalid instant is reported once", `{"id":"A","reports":[{"id":"M","made":"soon"}]}`, "reports[0].made"},
		{"an answer to no question", `{"id":"A","attestations":[{}]}`, "attestations[0].clause attestations[0].at attestations[0].answer"},
		{"an answer about what is looked at", `{"id":"A","attestations":[{"clause":"account-access","answer":"yes","at":"2026-03-02T00:00:00Z"}]}`, "attestations[0].clause"},
		{"an answer about the logs", `{"id":"A","attestations":[{"clause":"log-review","answer":"yes","at":"2026-03-02T00:00:00Z"}]}`, "attestations[0].clause"},
		{"an answer that is not yes or no", `{"id":"A","attestations":[{"clause":"licensed","answer":"Yes","at":"2026-03-02T00:00:00Z"}]}`, "attestations[0].answer"},
		{"two answers to one question", `{"id":"A","attestations":[{"clause":"licensed","answer":"yes","at":"2026-03-02T00:00:00Z"},{"clause":"licensed","answer":"no","at":"2026-03-02T00:00:00Z"}]}`, "attestations[1].clause"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			account, answers, err := parseAccount([]byte(row.text))
			var invalid *refund.InvalidError
			if !errors.As(err, &invalid) {
				t.Fatalf("error %v", err)
			}
			var paths []string
			for _, fault := range invalid.Faults {
				paths = append(paths, fault.Path)
			}
			same(t, row.paths, strings.Join(paths, " "))
			same(t, customer.Account{}, account)
			if answers != nil {
				t.Error("answers along with an error")
			}
		})
	}
}
