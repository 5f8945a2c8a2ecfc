package customer_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// asked is the instant of the request in these tests.
var asked = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// told returns findings as lines of clause, severity and subject.
func told(findings []refund.Finding) []string {
	lines := []string{}
	for _, f := range findings {
		lines = append(lines, strings.TrimSpace(fmt.Sprint(f.Clause, " ", f.Severity, " ", f.Subject)))
	}
	return lines
}

func yes(at time.Time) customer.Attestation {
	return customer.Attestation{Answer: customer.AnswerYes, At: at}
}
func no(at time.Time) customer.Attestation {
	return customer.Attestation{Answer: customer.AnswerNo, At: at}
}

func TestReview(t *testing.T) {
	holder := customer.Requester{Account: "ACC-7"}
	registered := []customer.Particular{{Name: "name", Present: true}, {Name: "address", Present: true}}
	reports := func(r ...customer.MisuseReport) customer.Account {
		return customer.Account{Reports: append([]customer.MisuseReport{}, r...)}
	}
	delegated := func(from, until time.Time) customer.Account {
		return customer.Account{ID: "ACC-7", Delegates: []customer.Delegate{{Account: "ACC-8", From: from, Until: until}}}
	}
	son := customer.Requester{Account: "ACC-8"}
	for _, row := range []struct {
		why       string
		account   customer.Account
		requester customer.Requester
		answers   customer.Attestations
		want      []string
	}{
		{"nothing is known, so nothing is found", customer.Account{}, customer.Requester{}, nil, nil},

		{"an answer on each responsibility", customer.Account{}, customer.Requester{}, customer.Attestations{
			refund.ClauseCooperation: yes(asked), refund.ClausePeripherals: no(asked), refund.ClauseLicensed: yes(asked),
			refund.ClauseBestEffort: yes(asked), refund.ClauseDataLoss: no(asked), refund.ClauseEnvironment: yes(asked),
		}, []string{"cooperation satisfied", "peripherals advisory", "licensed satisfied", "best-effort satisfied", "data-loss advisory", "environment satisfied"}},
		{"an answer at the instant had been given", customer.Account{}, customer.Requester{}, customer.Attestations{refund.ClauseLicensed: yes(asked)}, []string{"licensed satisfied"}},
		{"an answer a nanosecond later had not", customer.Account{}, customer.Requester{}, customer.Attestations{refund.ClauseLicensed: yes(asked.Add(1))}, nil},
		{"an answer at no known instant had not", customer.Account{}, customer.Requester{}, customer.Attestations{refund.ClauseLicensed: yes(time.Time{})}, nil},
		{"a question that was put and not answered", customer.Account{}, customer.Requester{}, customer.Attestations{refund.ClauseLicensed: {At: asked}}, nil},
		{"an answer that is none", customer.Account{}, customer.Requester{}, customer.Attestations{refund.ClauseLicensed: {Answer: 3, At: asked}}, nil},
		{"answers about what is not the customer's to attest", customer.Account{}, customer.Requester{}, customer.Attestations{
			refund.ClauseCap: yes(asked), refund.ClauseLogReview: yes(asked), refund.ClauseAccountAccess: yes(asked), 0: yes(asked), 200: no(asked),
		}, nil},

		{"a complete registration", customer.Account{Username: "jo", Particulars: registered}, customer.Requester{}, nil, []string{"registration satisfied"}},
		{"a form that requires nothing but a username", customer.Account{Username: "jo", Particulars: []customer.Particular{}}, customer.Requester{}, nil, []string{"registration satisfied"}},
		{"a particular is missing, and the username", customer.Account{Particulars: append(registered[:2:2], customer.Particular{Name: "telephone"})}, customer.Requester{}, nil,
			[]string{"registration advisory telephone", "registration advisory username"}},
		{"a username alone says nothing of the registration", customer.Account{Username: "jo"}, customer.Requester{}, nil, nil},
		{"a yes alone is no registration", customer.Account{}, customer.Requester{}, customer.Attestations{refund.ClauseRegistration: yes(asked)}, nil},
		{"a no is an objection, complete or not", customer.Account{Username: "jo", Particulars: registered}, customer.Requester{}, customer.Attestations{refund.ClauseRegistration: no(asked)}, []string{"registration advisory"}},
		{"a no where nothing is known", customer.Account{}, customer.Requester{}, customer.Attestations{refund.ClauseRegistration: no(asked)}, []string{"registration advisory"}},

		{"no reports", reports(), customer.Requester{}, nil, []string{"credentials satisfied"}},
		{"no reports known", customer.Account{}, customer.Requester{}, nil, nil},
		{"a yes does not stand for reports that nobody looked at", customer.Account{}, customer.Requester{}, customer.Attestations{refund.ClauseCredentials: yes(asked)}, nil},
		{"a report is open from its making on", reports(customer.MisuseReport{ID: "U-1", Made: asked}), customer.Requester{}, nil, []string{"credentials blocking U-1"}},
		{"a report of a nanosecond later is not there yet", reports(customer.MisuseReport{ID: "U-1", Made: asked.Add(1)}), customer.Requester{}, nil, []string{"credentials satisfied"}},
		{"a report is closed from its closing on", reports(customer.MisuseReport{ID: "U-1", Made: asked.Add(-9), Closed: asked}), customer.Requester{}, nil, []string{"credentials satisfied"}},
		{"a nanosecond before it is open", reports(customer.MisuseReport{ID: "U-1", Made: asked.Add(-9), Closed: asked.Add(1)}), customer.Requester{}, nil, []string{"credentials blocking U-1"}},
		{"each open report, and not the closed one", reports(customer.MisuseReport{ID: "U-1"}, customer.MisuseReport{ID: "U-2", Closed: asked}, customer.MisuseReport{ID: "U-3"}), customer.Requester{},
			customer.Attestations{refund.ClauseCredentials: no(asked)}, []string{"credentials blocking U-1", "credentials blocking U-3", "credentials advisory"}},

		{"the holder asks", customer.Account{ID: "ACC-7"}, holder, nil, []string{"account-access satisfied ACC-7"}},
		{"blanks of a form are no part of an id", customer.Account{ID: " ACC-7\r\n"}, customer.Requester{Account: "\tACC-7 "}, nil, []string{"account-access satisfied ACC-7"}},
		{"a stranger asks", customer.Account{ID: "ACC-7"}, son, nil, []string{"account-access blocking ACC-8"}},
		{"nobody knows who asks", customer.Account{ID: "ACC-7"}, customer.Requester{Account: " "}, nil, nil},
		{"nobody knows whose account it is", customer.Account{Delegates: []customer.Delegate{{Account: "ACC-8"}}}, son, nil, nil},
		{"a delegate for good", delegated(time.Time{}, time.Time{}), son, nil, []string{"account-access satisfied ACC-8"}},
		{"a permission holds at its first instant", delegated(asked, time.Time{}), son, nil, []string{"account-access satisfied ACC-8"}},
		{"and not a nanosecond before", delegated(asked.Add(1), time.Time{}), son, nil, []string{"account-access blocking ACC-8"}},
		{"it holds until a nanosecond before its end", delegated(time.Time{}, asked.Add(1)), son, nil, []string{"account-access satisfied ACC-8"}},
		{"and not at its end", delegated(time.Time{}, asked), son, nil, []string{"account-access blocking ACC-8"}},
		{"another delegate's permission is none", delegated(time.Time{}, time.Time{}), customer.Requester{Account: "ACC-9"}, nil, []string{"account-access blocking ACC-9"}},
		{"a later permission of the same delegate counts", customer.Account{ID: "ACC-7", Delegates: []customer.Delegate{
			{Account: "ACC-8", Until: asked.Add(-time.Hour)}, {Account: "ACC-8", From: asked.Add(-time.Minute)}}}, son, nil, []string{"account-access satisfied ACC-8"}},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			got := told(customer.Review(row.account, row.requester, row.answers, asked))
			if diff := cmp.Diff(append([]string{}, row.want...), got); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// Nobody passes as the holder by looking like them.
func TestLookAlikes(t *testing.T) {
	account := customer.Account{ID: "ACC-7a", Delegates: []customer.Delegate{{Account: "DEL-7a"}}}
	for why, who := range map[string]string{
		"another case":                  "acc-7a",
		"a Cyrillic letter":             "АСС-7a",
		"a full-width digit":            "ACC-７a",
		"a hyphen that is no minus":     "ACC‐7a",
		"a zero-width space":            "ACC-7a\u200b",
		"a byte order mark":             "\ufeffACC-7a",
		"a no-break space":              "ACC-7a\u00a0",
		"a combining mark":              "ACC-7a\u0301",
		"a NUL":                         "ACC-7a\x00",
		"a blank inside":                "ACC- 7a",
		"a text that begins so":         "ACC-7ab",
		"a delegate in another case":    "del-7a",
		"a delegate of Cyrillic letter": "DЕL-7a",
	} {
		got := told(customer.Review(account, customer.Requester{Account: who}, nil, asked))
		if len(got) != 1 || !strings.HasPrefix(got[0], "account-access blocking") {
			t.Errorf("%s: %q", why, got)
		}
	}
}

// No field of any type can hold a password, nor keys or secrets of another kind.
func TestNoFieldForAPassword(t *testing.T) {
	var walk func(reflect.Type)
	seen := map[reflect.Type]bool{}
	walk = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Slice, reflect.Array, reflect.Pointer, reflect.Map:
			walk(typ.Elem())
			return
		case reflect.Struct:
		default:
			return
		}
		if seen[typ] || typ == reflect.TypeFor[time.Time]() {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			name := strings.ToLower(typ.Field(i).Name)
			for _, word := range []string{"pass", "secret", "pin", "credential", "token", "hash", "answerto"} {
				if strings.Contains(name, word) {
					t.Errorf("%v.%s", typ, typ.Field(i).Name)
				}
			}
			walk(typ.Field(i).Type)
		}
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[customer.Account](), reflect.TypeFor[customer.Requester](), reflect.TypeFor[customer.Attestations]()} {
		walk(typ)
	}
	if len(seen) < 6 {
		t.Errorf("only %d types were looked at", len(seen))
	}
}

// accounts draws an account, who asks and what they attest, near the instant.
func accounts(t *rapid.T) (customer.Account, customer.Requester, customer.Attestations) {
	ids := rapid.SampledFrom([]string{"", "ACC-7", "ACC-8", " ACC-7 ", "acc-7"})
	near := rapid.Custom(func(t *rapid.T) time.Time {
		d := rapid.Int64Range(-2, 2).Draw(t, "nanoseconds")
		return rapid.SampledFrom([]time.Time{{}, asked.Add(time.Duration(d))}).Draw(t, "instant")
	})
	account := customer.Account{ID: ids.Draw(t, "account"), Username: rapid.SampledFrom([]string{"", "jo"}).Draw(t, "username")}
	if rapid.Bool().Draw(t, "registered") {
		account.Particulars = []customer.Particular{{Name: "name", Present: rapid.Bool().Draw(t, "name")}}
	}
	for range rapid.IntRange(0, 3).Draw(t, "delegates") {
		account.Delegates = append(account.Delegates, customer.Delegate{Account: ids.Draw(t, "delegate"), From: near.Draw(t, "from"), Until: near.Draw(t, "until")})
	}
	if rapid.Bool().Draw(t, "reports known") {
		account.Reports = []customer.MisuseReport{}
		for i := range rapid.IntRange(0, 3).Draw(t, "reports") {
			account.Reports = append(account.Reports, customer.MisuseReport{ID: fmt.Sprint("U-", i), Made: near.Draw(t, "made"), Closed: near.Draw(t, "closed")})
		}
	}
	answers := customer.Attestations{}
	for _, c := range refund.Clauses() {
		if rapid.Bool().Draw(t, "asked about") {
			answers[c] = customer.Attestation{Answer: customer.Answer(rapid.IntRange(0, 3).Draw(t, "answer")), At: near.Draw(t, "at")}
		}
	}
	return account, customer.Requester{Account: ids.Draw(t, "requester")}, answers
}

// Whatever the customer's side, its findings are valid in a case, leave the amount
// alone, come in the order of the clauses and not in that of the lists, and hold the
// refund exactly if a stranger asks or a report is open.
func TestReviewLaws(t *testing.T) {
	policy := refund.Published(time.UTC)
	policy.Readings.CallbackClock = refund.CallbackClockElapsed
	rapid.Check(t, func(t *rapid.T) {
		account, requester, answers := accounts(t)
		findings := customer.Review(account, requester, answers, asked)
		if !slices.IsSortedFunc(findings, func(a, b refund.Finding) int { return int(a.Clause) - int(b.Clause) }) {
			t.Errorf("out of order: %v", told(findings))
		}
		usd := func(s string) refund.Money { return refund.MustMoney(s, "USD") }
		c := refund.Case{
			Subscription: refund.Subscription{
				ID: "SUB-1", Start: asked.AddDate(0, 0, -3), Price: usd("100.00"), Paid: usd("100.00"),
				Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			},
			Issues:  refund.IssueLog{},
			Request: refund.Request{At: asked, Channel: refund.ChannelEmail, Reason: "not satisfied"},
		}
		c.Findings = findings
		o, err := policy.Evaluate(c)
		if err != nil {
			t.Fatalf("%v in %v", err, told(findings))
		}
		if o.Refundable.Amount() != "100.00" {
			t.Errorf("%v refundable", o.Refundable)
		}

		// What holds, counted apart.
		trim := func(s string) string { return strings.TrimSpace(s) } // these ids have ASCII blanks only
		stranger := trim(account.ID) != "" && trim(requester.Account) != "" && trim(account.ID) != trim(requester.Account)
		for _, d := range account.Delegates {
			started := d.From.IsZero() || d.From.UnixNano() <= asked.UnixNano()
			ended := !d.Until.IsZero() && d.Until.UnixNano() <= asked.UnixNano()
			if trim(d.Account) == trim(requester.Account) && started && !ended {
				stranger = false
			}
		}
		misused := false
		for _, r := range account.Reports {
			made := r.Made.IsZero() || r.Made.UnixNano() <= asked.UnixNano()
			closed := !r.Closed.IsZero() && r.Closed.UnixNano() <= asked.UnixNano()
			misused = misused || made && !closed
		}
		if o.Held != (stranger || misused) {
			t.Errorf("held: %v; a stranger: %v, misused: %v", o.Held, stranger, misused)
		}

		slices.Reverse(account.Delegates)
		slices.Reverse(account.Reports)
		again := customer.Review(account, requester, answers, asked)
		before, after := told(findings), told(again)
		slices.Sort(before)
		slices.Sort(after)
		if !slices.Equal(before, after) {
			t.Errorf("another order: %v, %v", before, after)
		}
	})
}

func TestAnswerCodes(t *testing.T) {
	for answer, want := range map[customer.Answer]string{0: "", customer.AnswerYes: "yes", customer.AnswerNo: "no"} {
		text, err := answer.MarshalText()
		if err != nil || string(text) != want || want != "" && answer.String() != want {
			t.Errorf("%d is written as %q, %v, and prints as %v; want %q", answer, text, err, answer, want)
		}
		read := customer.Answer(9)
		if err := read.UnmarshalText(text); err != nil || read != answer {
			t.Errorf("%q is read as %v, %v", text, read, err)
		}
	}
	if customer.Answer(0).String() != "unset" {
		t.Errorf("a question without an answer prints as %v", customer.Answer(0))
	}
	if text, err := customer.Answer(3).MarshalText(); err == nil {
		t.Errorf("an unknown answer is written as %q", text)
	}
	answer := customer.AnswerNo
	if err := answer.UnmarshalText([]byte("Yes")); err == nil || answer != customer.AnswerNo || strings.Contains(err.Error(), "Yes") {
		t.Errorf("%v, %v", answer, err)
	}
}

// A name that was given to an account is in nothing that it prints, nor in a finding.
func TestAccountsPrintWithoutNames(t *testing.T) {
	account := customer.Account{
		ID: "ACC-7", Holder: "Secret Holder", Username: "secretuser",
		Particulars: []customer.Particular{},
		Delegates:   []customer.Delegate{{Account: "ACC-8"}},
		Reports:     []customer.MisuseReport{{ID: "U-1"}, {ID: "U-2"}},
	}
	var out strings.Builder
	for _, value := range []any{account, &account} {
		for _, text := range testkit.Formatted(value) {
			out.WriteString(text)
		}
		asText, asJSON := testkit.Logged(value)
		out.WriteString(asText + asJSON)
	}
	for _, text := range testkit.Formatted([]any{&account, struct{ A customer.Account }{account}}) {
		out.WriteString(text)
	}
	for _, f := range customer.Review(account, customer.Requester{Account: "ACC-9"}, nil, asked) {
		fmt.Fprintf(&out, "%#v\n", f)
	}
	if strings.Contains(strings.ToLower(out.String()), "secret") || !strings.Contains(out.String(), "value=\"account ACC-7 (1 delegate, 2 reports)\"") {
		t.Error(out.String())
	}
	for why, row := range map[string]struct {
		account customer.Account
		want    string
	}{
		"nothing is known":       {customer.Account{}, "account of an unknown id"},
		"nobody else is there":   {customer.Account{ID: "A"}, "account A"},
		"one report, more heirs": {customer.Account{ID: "A", Delegates: make([]customer.Delegate, 2), Reports: make([]customer.MisuseReport, 1)}, "account A (2 delegates, 1 report)"},
	} {
		if got := row.account.String(); got != row.want {
			t.Errorf("%s: %q, want %q", why, got, row.want)
		}
	}
}
