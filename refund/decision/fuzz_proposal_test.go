package decision_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A plainProposal is a proposal as encoding/json reads it without further checks.
type plainProposal struct {
	Outcome  string `json:"outcome"`
	Approval *struct {
		Amount       *plainMoney `json:"amount"`
		Acknowledged []string    `json:"acknowledged"`
		Reason       string      `json:"reason"`
	} `json:"approval"`
	Goodwill *struct {
		Charges  *plainMoney `json:"charges"`
		Fees     *plainMoney `json:"fees"`
		Software []struct {
			Name  string      `json:"name"`
			Price *plainMoney `json:"price"`
		} `json:"software"`
		Acknowledged []string `json:"acknowledged"`
		Reason       string   `json:"reason"`
	} `json:"goodwill"`
	Denial *struct {
		Grounds []string `json:"grounds"`
		Reason  string   `json:"reason"`
	} `json:"denial"`
}

type plainMoney struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// proposal converts a plain proposal field by field. It fails if a field does not have a value.
func (p plainProposal) proposal(t *testing.T) decision.Proposal {
	t.Helper()
	check := func(err error) {
		if err != nil {
			t.Fatalf("accepted, but %v", err)
		}
	}
	amount := func(m *plainMoney) refund.Money {
		if m == nil {
			return refund.Money{}
		}
		parsed, err := refund.ParseMoney(m.Amount, m.Currency)
		check(err)
		return parsed
	}
	clauses := func(codes []string) []refund.Clause {
		list := make([]refund.Clause, len(codes))
		for i, code := range codes {
			check(list[i].UnmarshalText([]byte(code)))
		}
		return list
	}
	var out decision.Proposal
	var err error
	out.Outcome, err = refund.ParseDigest(p.Outcome)
	check(err)
	if a := p.Approval; a != nil {
		out.Approval = &decision.Approval{Amount: amount(a.Amount), Acknowledged: clauses(a.Acknowledged), Reason: a.Reason}
	}
	if g := p.Goodwill; g != nil {
		out.Goodwill = &decision.Goodwill{Charges: amount(g.Charges), Fees: amount(g.Fees), Acknowledged: clauses(g.Acknowledged), Reason: g.Reason}
		for _, s := range g.Software {
			out.Goodwill.Software = append(out.Goodwill.Software, decision.FreeSoftware{Name: s.Name, Price: amount(s.Price)})
		}
	}
	if n := p.Denial; n != nil {
		out.Denial = &decision.Denial{Grounds: clauses(n.Grounds), Reason: n.Reason}
	}
	return out
}

// A proposal that is read has exactly one kind and the values that encoding/json reads. It is
// written and read again as the same, and decided without a panic. A text that is not read
// has faults, and leaves the proposal unchanged.
func FuzzProposal(f *testing.F) {
	// Every kind with every field, without fields, and two at once.
	for _, text := range []string{approvalText, goodwillText, denialText} {
		f.Add([]byte(text))
		f.Add([]byte(text[:len(text)-1])) // without its end
		f.Add([]byte(text + "{}"))        // with text after it
	}
	for _, kinds := range []string{`"approval":{}`, `"goodwill":{}`, `"denial":{}`, `"approval":{},"denial":{}`, `"approval":null,"denial":{}`, `"denial":[]`} {
		f.Add([]byte(`{` + outcomeText + `,` + kinds + `}`))
	}
	f.Add([]byte(`{}`))
	// A field twice, null, another case of the letters, and a name that is escaped.
	f.Add([]byte(testkit.Edit(f, denialText, `"reason":`, `"reason":"x","reason":`)))
	f.Add([]byte(testkit.Edit(f, denialText, `"asked in error"`, `null`)))
	f.Add([]byte(testkit.Edit(f, denialText, `"reason"`, `"Reason"`)))
	f.Add([]byte(testkit.Edit(f, denialText, `"reason":"asked`, `"re\u0061son":"\u0000\ud83d\ude00\/`)))
	f.Add([]byte(testkit.Edit(f, denialText, `asked`, `\ud83d`)))
	// The officer and the instant.
	f.Add([]byte(testkit.Edit(f, approvalText, `"amount":{`, `"by":"ops-3","at":"2026-03-10T15:00:00Z","amount":{`)))
	// Amounts: short, long, negative, a number, too long, and in another currency.
	for _, amount := range []string{`"100"`, `"99999999999999999999999999999999.99"`, `"-0.01"`, `174.99`, `"999999999999999999999999999999999.99"`, `"1e2"`} {
		f.Add([]byte(testkit.Edit(f, approvalText, `"174.99"`, amount)))
	}
	f.Add([]byte(testkit.Edit(f, approvalText, `"174.99","currency":"USD"`, `"174","currency":"JPY"`)))
	f.Add([]byte(testkit.Edit(f, approvalText, `"amount":"174.99",`, ``)))
	// Lists: empty, with an empty clause, and with too many entries.
	f.Add([]byte(testkit.Edit(f, denialText, `"cooperation","licensed"`, ``)))
	f.Add([]byte(testkit.Edit(f, denialText, `"licensed"`, `""`)))
	f.Add([]byte(testkit.Edit(f, denialText, `"licensed"`, many(101, `"cap"`))))
	f.Add([]byte(testkit.Edit(f, goodwillText, `[{"name":"Antivirus"`, `[`+many(99, `{}`)+`,{"name":"Antivirus"`)))

	policy, c := anyPart(), objectedCase()
	by, at := clerk("500.00"), testkit.March(26, 9, 30)
	f.Fuzz(func(t *testing.T, text []byte) {
		before, input := decision.Proposal{Outcome: refund.Digest{9}}, bytes.Clone(text)
		p := before
		err := p.UnmarshalJSON(text)
		if !bytes.Equal(text, input) {
			t.Fatal("the text was modified")
		}
		if err != nil {
			if len(testkit.Paths(err)) == 0 || p != before {
				t.Fatalf("read %+v beside %v", p, err)
			}
			return
		}
		var lenient plainProposal
		if err := json.Unmarshal(text, &lenient); err != nil || !utf8.Valid(text) {
			t.Fatalf("read, but encoding/json does not: %v", err)
		}
		if diff := cmp.Diff(lenient.proposal(t), p, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("encoding/json reads another proposal (-json +proposal):\n%s", diff)
		}
		if p.Kind() == 0 || p.Outcome.IsZero() {
			t.Fatalf("read a proposal of %v on %v", p.Kind(), p.Outcome)
		}

		written, err := p.MarshalJSON()
		if err != nil {
			if testkit.HasPaths(err, "") && len(text) > 1<<20/6 {
				return // longer than its source: escapes may be
			}
			t.Fatalf("read, but not written: %v", err)
		}
		var back decision.Proposal
		if err := back.UnmarshalJSON(written); err != nil {
			t.Fatalf("written, but not read: %v\n%s", err, written)
		}
		if diff := cmp.Diff(p, back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("read back (-want +got):\n%s", diff)
		}

		// A proposal on the outcome of the case passes the first check, and meets the others.
		p.Outcome = testkit.Shown(t, policy, c)
		if d, err := p.Decide(policy, c, by, at); (err == nil) == d.IsZero() || err == nil && d.Kind() != p.Kind() {
			t.Fatalf("decided %v, %v", d, err)
		}
	})
}
