package decision_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

const (
	outcomeText  = `"outcome":"1b00000000000000000000000000000000000000000000000000000000000000"`
	approvalText = `{` + outcomeText + `,"approval":{"amount":{"amount":"174.99","currency":"USD"},"acknowledged":["log-review","credentials"],"reason":"as asked"}}`
	goodwillText = `{` + outcomeText + `,"goodwill":{"charges":{"amount":"100.00","currency":"USD"},"fees":{"amount":"20.00","currency":"USD"},` +
		`"software":[{"name":"Antivirus","price":{"amount":"15.50","currency":"USD"}},{"name":"Backup","price":{"amount":"4.50","currency":"USD"}}],` +
		`"acknowledged":["log-review"],"reason":"a long wait"}}`
	denialText = `{` + outcomeText + `,"denial":{"grounds":["cooperation","licensed"],"reason":"asked in error"}}`
)

var outcomeDigest = refund.Digest{0x1b}

// The forms of the three kinds, with every field.
func TestProposalForms(t *testing.T) {
	reviews := []refund.Clause{refund.ClauseLogReview, refund.ClauseCredentials}
	for _, r := range []struct {
		reason   string
		text     string
		proposal decision.Proposal
	}{
		{"an approval", approvalText, decision.Proposal{Outcome: outcomeDigest,
			Approval: &decision.Approval{Amount: testkit.USD("174.99"), Acknowledged: reviews, Reason: "as asked"}}},
		{"goodwill", goodwillText, decision.Proposal{Outcome: outcomeDigest,
			Goodwill: &decision.Goodwill{Charges: testkit.USD("100.00"), Fees: testkit.USD("20.00"), Acknowledged: reviews[:1], Reason: "a long wait",
				Software: []decision.FreeSoftware{free("Antivirus", "15.50"), free("Backup", "4.50")}}}},
		{"a denial", denialText, decision.Proposal{Outcome: outcomeDigest,
			Denial: &decision.Denial{Grounds: []refund.Clause{refund.ClauseCooperation, refund.ClauseLicensed}, Reason: "asked in error"}}},
		{"an approval without fields, which Decide refuses", `{` + outcomeText + `,"approval":{}}`, decision.Proposal{Outcome: outcomeDigest, Approval: &decision.Approval{}}},
		{"goodwill without fields", `{` + outcomeText + `,"goodwill":{}}`, decision.Proposal{Outcome: outcomeDigest, Goodwill: &decision.Goodwill{}}},
		{"a denial without fields", `{` + outcomeText + `,"denial":{}}`, decision.Proposal{Outcome: outcomeDigest, Denial: &decision.Denial{}}},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			var got decision.Proposal
			if err := json.Unmarshal([]byte(r.text), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(r.proposal, got); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
			if text, err := json.Marshal(r.proposal); err != nil || string(text) != r.text {
				t.Errorf("written as\n%s, want\n%s, %v", text, r.text, err)
			}
		})
	}
}

// many returns n copies of an element, with commas between them.
func many(n int, element string) string {
	return strings.TrimSuffix(strings.Repeat(element+",", n), ",")
}

func TestProposalIsReadStrictly(t *testing.T) {
	const usd = `{"amount":"1.00","currency":"USD"}`
	of := func(field string) string { return `{` + outcomeText + `,` + field + `}` }
	for _, r := range []struct {
		reason string
		text   string
		paths  []string // nil if the text is read
	}{
		{"white space around the fields", " { \n" + outcomeText + " ,\t\"denial\" : { } } ", nil},
		{"the kind before the outcome", `{"denial":{},` + outcomeText + `}`, nil},
		{"a clause twice, since repetition does not matter", of(`"denial":{"grounds":["cap","cap"]}`), nil},
		{"an empty list", of(`"goodwill":{"software":[],"acknowledged":[]}`), nil},
		{"an empty reason is a missing one", of(`"approval":{"reason":""}`), nil},
		{"a negative amount, which Decide refuses by name", of(`"approval":{"amount":{"amount":"-1.00","currency":"USD"}}`), nil},
		{"as many entries as allowed", of(`"goodwill":{"software":[` + many(100, "{}") + `],"acknowledged":[` + many(100, `"cap"`) + `]}`), nil},

		{"the empty text", ``, []string{""}},
		{"null", `null`, []string{""}},
		{"an array of proposals", `[` + approvalText + `]`, []string{""}},
		{"text after the object", approvalText + `{}`, []string{""}},
		{"an object that does not end", strings.TrimSuffix(approvalText, "}"), []string{""}},
		{"text that is not UTF-8", of("\"denial\":{\"reason\":\"\xff\"}"), []string{""}},
		{"a text of more than 1 MiB", of(`"denial":{"reason":"` + strings.Repeat("x", 1<<20) + `"}`), []string{""}},
		{"more than 64 levels", of(`"approval":` + strings.Repeat(`[`, 70) + strings.Repeat(`]`, 70)), []string{""}},

		{"an empty object lacks the outcome and a kind", `{}`, []string{"", "outcome"}},
		{"no kind", `{` + outcomeText + `}`, []string{""}},
		{"two kinds", of(`"approval":{},"denial":{}`), []string{""}},
		{"all three kinds", of(`"approval":{},"goodwill":{},"denial":{}`), []string{""}},
		{"two kinds, and a fault in each", of(`"approval":{"x":1},"denial":{"reason":1}`), []string{"", "approval.x", "denial.reason"}},
		{"a second kind that is null is a fault of that field", of(`"approval":{},"denial":null`), []string{"", "denial"}},
		{"a kind twice", of(`"denial":{},"denial":{}`), []string{"denial"}},
		{"a kind that is null is not an absent kind", of(`"approval":null`), []string{"approval"}},
		{"a kind of a wrong type", of(`"approval":"174.99"`), []string{"approval"}},
		{"a kind that is an array", of(`"goodwill":[]`), []string{"goodwill"}},
		{"an unknown kind", of(`"refund":{}`), []string{"", "refund"}},
		{"the name of a function is not a field", of(`"approve":{}`), []string{"", "approve"}},
		{"names match exactly", of(`"Approval":{}`), []string{"", "Approval"}},

		{"a missing outcome", `{"denial":{}}`, []string{"outcome"}},
		{"an empty outcome is a missing one", `{"outcome":"","denial":{}}`, []string{"outcome"}},
		{"an outcome that is null", `{"outcome":null,"denial":{}}`, []string{"outcome"}},
		{"an outcome that is a number", `{"outcome":1,"denial":{}}`, []string{"outcome"}},
		{"an outcome that is too short", `{"outcome":"1b","denial":{}}`, []string{"outcome"}},
		{"an outcome in upper case", `{` + strings.ReplaceAll(outcomeText, "1b", "1B") + `,"denial":{}}`, []string{"outcome"}},
		{"an outcome of zeros is the zero digest, which is missing", `{` + strings.ReplaceAll(outcomeText, "1b", "00") + `,"denial":{}}`, []string{"outcome"}},
		{"an outcome twice", `{` + outcomeText + `,` + outcomeText + `,"denial":{}}`, []string{"outcome"}},

		{"a body cannot choose the officer", of(`"approval":{"by":{"id":"ops-3"},"amount":` + usd + `}`), []string{"approval.by"}},
		{"a body cannot choose the instant", of(`"goodwill":{"at":"2026-03-10T15:00:00Z"}`), []string{"goodwill.at"}},
		{"the officer and the instant of a denial", of(`"denial":{"by":"ops-3","at":"2026-03-10T15:00:00Z"}`), []string{"denial.by", "denial.at"}},
		{"the officer and the instant beside the kind", `{` + outcomeText + `,"by":"ops-3","at":0,"denial":{}}`, []string{"by", "at"}},

		{"an amount that is a number", of(`"approval":{"amount":174.99}`), []string{"approval.amount"}},
		{"an amount that is a text", of(`"approval":{"amount":"174.99 USD"}`), []string{"approval.amount"}},
		{"an amount that is null", of(`"approval":{"amount":null}`), []string{"approval.amount"}},
		{"an amount with a number of digits", of(`"approval":{"amount":{"amount":174.99,"currency":"USD"}}`), []string{"approval.amount.amount"}},
		{"an amount with too many decimals", of(`"approval":{"amount":{"amount":"1.001","currency":"USD"}}`), []string{"approval.amount.amount"}},
		{"an amount without a currency", of(`"approval":{"amount":{"amount":"1.00"}}`), []string{"approval.amount.currency"}},
		{"an amount twice", of(`"approval":{"amount":` + usd + `,"amount":` + usd + `}`), []string{"approval.amount"}},
		{"an amount with an unknown field", of(`"approval":{"amount":{"amount":"1.00","currency":"USD","x":1}}`), []string{"approval.amount.x"}},
		{"an unknown clause", of(`"approval":{"acknowledged":["log-review","all"]}`), []string{"approval.acknowledged[1]"}},
		{"an empty clause", of(`"approval":{"acknowledged":[""]}`), []string{"approval.acknowledged[0]"}},
		{"a clause that is null", of(`"approval":{"acknowledged":[null]}`), []string{"approval.acknowledged[0]"}},
		{"a clause that is a number", of(`"approval":{"acknowledged":[7]}`), []string{"approval.acknowledged[0]"}},
		{"true acknowledges no clause", of(`"approval":{"acknowledged":true}`), []string{"approval.acknowledged"}},
		{"a list that is null", of(`"approval":{"acknowledged":null}`), []string{"approval.acknowledged"}},
		{"a reason that is an array", of(`"approval":{"reason":["as asked"]}`), []string{"approval.reason"}},
		{"more clauses than allowed", of(`"approval":{"acknowledged":[` + many(101, `"cap"`) + `]}`), []string{"approval.acknowledged"}},

		{"every amount of goodwill", of(`"goodwill":{"charges":1,"fees":"0","software":[{"price":{"amount":"x","currency":"USD"}}]}`),
			[]string{"goodwill.charges", "goodwill.fees", "goodwill.software[0].price.amount"}},
		{"the third software", of(`"goodwill":{"software":[{},{},{"price":5,"name":5}]}`), []string{"goodwill.software[2].price", "goodwill.software[2].name"}},
		{"software that is a name", of(`"goodwill":{"software":["Antivirus"]}`), []string{"goodwill.software[0]"}},
		{"software that is null", of(`"goodwill":{"software":[null]}`), []string{"goodwill.software[0]"}},
		{"software that is an object", of(`"goodwill":{"software":{"name":"Antivirus"}}`), []string{"goodwill.software"}},
		{"a software's name twice", of(`"goodwill":{"software":[{"name":"a","name":"b"}]}`), []string{"goodwill.software[0].name"}},
		{"an unknown field of software", of(`"goodwill":{"software":[{"amount":` + usd + `}]}`), []string{"goodwill.software[0].amount"}},
		{"one software more than allowed", of(`"goodwill":{"software":[` + many(101, `{}`) + `]}`), []string{"goodwill.software"}},
		{"many more software than allowed", of(`"goodwill":{"software":[` + many(100_000, `{}`) + `]}`), []string{"goodwill.software"}},
		{"an amount of an approval in goodwill", of(`"goodwill":{"amount":` + usd + `}`), []string{"goodwill.amount"}},
		{"an acknowledgement of goodwill", of(`"goodwill":{"acknowledged":["LOG-REVIEW"]}`), []string{"goodwill.acknowledged[0]"}},
		{"more acknowledged clauses than allowed", of(`"goodwill":{"acknowledged":[` + many(101, `"cap"`) + `]}`), []string{"goodwill.acknowledged"}},

		{"an unknown ground", of(`"denial":{"grounds":["rude"]}`), []string{"denial.grounds[0]"}},
		{"a ground that is not in an array", of(`"denial":{"grounds":"cap"}`), []string{"denial.grounds"}},
		{"more grounds than allowed", of(`"denial":{"grounds":[` + many(101, `"cap"`) + `]}`), []string{"denial.grounds"}},
		{"a denial acknowledges no clause", of(`"denial":{"acknowledged":["log-review"]}`), []string{"denial.acknowledged"}},
		{"a denial has no amount", of(`"denial":{"amount":` + usd + `}`), []string{"denial.amount"}},
		{"a name that could be a secret is not shown", of(`"denial":{"Jane Q. Secret":1}`), []string{"denial.…"}},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			before := decision.Proposal{Outcome: refund.Digest{9}, Denial: &decision.Denial{Reason: "before"}}
			p := before
			err := p.UnmarshalJSON([]byte(r.text))
			testkit.WantPaths(t, err, r.paths...)
			if r.paths == nil {
				if err != nil || p.Outcome != outcomeDigest {
					t.Errorf("read %+v, %v", p, err)
				}
				return
			}
			if p != before || p.Denial.Reason != "before" {
				t.Error("the proposal was changed beside an error")
			}
			var invalid *refund.InvalidError
			if !errors.As(err, &invalid) {
				t.Fatalf("an error of type %T", err)
			}
			for _, f := range invalid.Faults {
				for _, secret := range []string{"174.99", "Antivirus", "ops-3", "Secret", "rude", "asked"} {
					if strings.Contains(f.Error(), secret) {
						t.Errorf("the error quotes the input: %v", f)
					}
				}
			}
			if json.Valid([]byte(r.text)) {
				if err := json.Unmarshal([]byte(r.text), &p); err == nil {
					t.Error("encoding/json reads it")
				}
			}
		})
	}
}

func TestFaultsOfAProposalSayWhatIsAllowed(t *testing.T) {
	for _, r := range []struct{ reason, text, want string }{
		{"no kind", `{` + outcomeText + `}`, "must have exactly one of approval, goodwill and denial"},
		{"two kinds", `{` + outcomeText + `,"approval":{},"denial":{}}`, "must have exactly one of approval, goodwill and denial"},
		{"a missing outcome", `{"denial":{}}`, "outcome: is required"},
		{"a long list", `{` + outcomeText + `,"goodwill":{"software":[` + many(101, "{}") + `]}}`, "goodwill.software: has more than 100 entries"},
		{"null", `{` + outcomeText + `,"denial":null}`, "denial: null is not allowed: leave the field out"},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			err := new(decision.Proposal).UnmarshalJSON([]byte(r.text))
			if want := "refund: invalid input: " + r.want; err == nil || err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
	if decision.MaxEntries != 100 {
		t.Errorf("the limit is %d, and the fault says 100", decision.MaxEntries)
	}
}

// A text that could not be read is not written.
func TestProposalThatCouldNotBeReadIsNotWritten(t *testing.T) {
	long := refund.MustMoney("99999999999999999999999999999999.99", "USD").Times(10)
	approval := func(edit func(*decision.Approval)) decision.Proposal {
		a := anApproval("100.00")
		edit(&a)
		return decision.Proposal{Outcome: outcomeDigest, Approval: &a}
	}
	goodwill := func(edit func(*decision.Goodwill)) decision.Proposal {
		g := aGoodwill("100.00", "20.00", free("Antivirus", "15.50"))
		edit(&g)
		return decision.Proposal{Outcome: outcomeDigest, Goodwill: &g}
	}
	for _, r := range []struct {
		reason   string
		proposal decision.Proposal
		path     string
	}{
		{"a reason that is not UTF-8", approval(func(a *decision.Approval) { a.Reason = "\xff" }), "approval.reason"},
		{"a reason of more than 1 MiB", approval(func(a *decision.Approval) { a.Reason = strings.Repeat("x", 1<<20) }), ""},
		{"an amount of more than 34 digits", approval(func(a *decision.Approval) { a.Amount = long }), "approval.amount.amount"},
		{"a clause that does not exist", approval(func(a *decision.Approval) { a.Acknowledged = []refund.Clause{refund.ClauseCap, 200} }), "approval.acknowledged[1]"},
		{"a clause that is unset", goodwill(func(g *decision.Goodwill) { g.Acknowledged = []refund.Clause{0} }), "goodwill.acknowledged[0]"},
		{"a name that is not UTF-8", goodwill(func(g *decision.Goodwill) { g.Software[0].Name = "\xff" }), "goodwill.software[0].name"},
		{"a price of more than 34 digits", goodwill(func(g *decision.Goodwill) { g.Software[0].Price = long }), "goodwill.software[0].price.amount"},
		{"more software than allowed", goodwill(func(g *decision.Goodwill) { g.Software = make([]decision.FreeSoftware, 101) }), "goodwill.software"},
		{"more grounds than allowed", decision.Proposal{Outcome: outcomeDigest,
			Denial: &decision.Denial{Grounds: slices.Repeat([]refund.Clause{refund.ClauseCap}, 101)}}, "denial.grounds"},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if text, err := r.proposal.MarshalJSON(); !testkit.HasPaths(err, r.path) || text != nil {
				t.Errorf("written %d bytes, %v; want a fault of %q", len(text), err, r.path)
			}
		})
	}
}

func TestJSONOfAProposalEscapesBidirectionalCharacters(t *testing.T) {
	n := decision.Denial{Reason: "late \u202e99.471\u2066\u0085<script>"}
	text, err := decision.Proposal{Outcome: outcomeDigest, Denial: &n}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(string(text), func(r rune) bool { return !unicode.IsPrint(r) || r == '<' }); i >= 0 {
		t.Errorf("byte %d is not escaped in %s", i, text)
	}
}

// anyText draws a text. Characters that JSON escapes or refuses are frequent.
var anyText = rapid.Custom(func(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom([]string{`"`, `\`, "\n", "\x00", "\x7f", "é", "😀", "\uFFFD", "\u2028", `\u0041`, "{", "]", " "}),
		rapid.StringN(0, 6, -1),
	), 0, 4).Draw(t, "parts")
	return strings.ToValidUTF8(strings.Join(parts, ""), "?")
})

// anyAmount draws an amount of any size and currency, or none.
var anyAmount = rapid.Custom(func(t *rapid.T) refund.Money {
	m := gen.Amount(refund.MustCurrency(oneOf(t, "currency", "USD", "JPY", "BHD"))).Draw(t, "amount")
	return oneOf(t, "given", m, m, m, m.Times(-1), refund.Money{})
})

// anyProposal draws a proposal that can be written.
var anyProposal = rapid.Custom(func(t *rapid.T) decision.Proposal {
	var p decision.Proposal
	p.Outcome[0] = rapid.ByteRange(1, 255).Draw(t, "first byte")
	p.Outcome[31] = rapid.Byte().Draw(t, "last byte")
	by, at := oneOf(t, "officer", decision.Officer{}, clerk("500.00")), testkit.March(oneOf(t, "day", 1, 26), 9, 30)
	clauses, reason := anyClauses.Draw(t, "clauses"), anyText.Draw(t, "reason")
	switch oneOf(t, "kind", decision.KindApproved, decision.KindGoodwill, decision.KindDeclined) {
	case decision.KindApproved:
		p.Approval = &decision.Approval{By: by, At: at, Amount: anyAmount.Draw(t, "amount"), Acknowledged: clauses, Reason: reason}
	case decision.KindGoodwill:
		p.Goodwill = &decision.Goodwill{By: by, At: at, Charges: anyAmount.Draw(t, "charges"), Fees: anyAmount.Draw(t, "fees"), Acknowledged: clauses, Reason: reason}
		for range rapid.IntRange(0, 4).Draw(t, "software") {
			p.Goodwill.Software = append(p.Goodwill.Software, decision.FreeSoftware{Name: anyText.Draw(t, "name"), Price: anyAmount.Draw(t, "price")})
		}
	default:
		p.Denial = &decision.Denial{By: by, At: at, Grounds: clauses, Reason: reason}
	}
	return p
})

// withoutOfficer returns a copy of a proposal without By and At, which its JSON does not have.
func withoutOfficer(p decision.Proposal) decision.Proposal {
	p = copied(p)
	switch p.Kind() {
	case decision.KindApproved:
		p.Approval.By, p.Approval.At = decision.Officer{}, decision.Approval{}.At
	case decision.KindGoodwill:
		p.Goodwill.By, p.Goodwill.At = decision.Officer{}, decision.Goodwill{}.At
	case decision.KindDeclined:
		p.Denial.By, p.Denial.At = decision.Officer{}, decision.Denial{}.At
	}
	return p
}

func TestProposalRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyProposal.Draw(t, "proposal")
		before := copied(p)
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatalf("not written: %v", err)
		}
		var back decision.Proposal
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatalf("not read: %v\n%s", err, text)
		}
		if diff := cmp.Diff(withoutOfficer(p), back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("read back (-want +got):\n%s", diff)
		}
		if again, err := json.Marshal(&back); err != nil || string(again) != string(text) {
			t.Fatalf("written again: %v\n%s\n%s", err, text, again)
		}
		if diff := cmp.Diff(before, p); diff != "" {
			t.Fatalf("the proposal was changed:\n%s", diff)
		}
	})
}

// A field of another struct is read as strictly.
func TestProposalInAMessage(t *testing.T) {
	var message struct {
		Queue    string
		Proposal decision.Proposal
	}
	if err := json.Unmarshal([]byte(fmt.Sprintf(`{"queue":"decisions","proposal":%s}`, denialText)), &message); err != nil || message.Proposal.Kind() != decision.KindDeclined {
		t.Errorf("read %v, %v", message.Proposal.Kind(), err)
	}
	if err := json.Unmarshal([]byte(`{"queue":"decisions","proposal":{"denial":{}}}`), &message); !testkit.HasPaths(err, "outcome") {
		t.Errorf("got %v", err)
	}
}
