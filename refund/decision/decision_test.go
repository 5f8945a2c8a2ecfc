package decision_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // tests run where there is no time-zone database
	"unicode"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// lateCase is clearedCase, asked for when the window had closed.
func lateCase() refund.Case {
	c := testkit.ReviewedCase()
	c.Request.At = testkit.March(25, 12, 0)
	return c
}

// clerk is an officer who may release so much.
func clerk(limit string) decision.Officer {
	return decision.Officer{ID: "ops-3", Account: "ACC-90", Limit: testkit.USD(limit)}
}

func anApproval(amount string) decision.Approval {
	return decision.Approval{By: clerk("500.00"), At: testkit.March(26, 9, 30), Amount: testkit.USD(amount), Reason: "partly used"}
}

func aGoodwill(charges, fees string, software ...decision.FreeSoftware) decision.Goodwill {
	return decision.Goodwill{
		By: clerk("500.00"), At: testkit.March(26, 9, 30), Charges: testkit.USD(charges), Fees: testkit.USD(fees), Software: software,
		Reason: "a long wait",
	}
}

func aDenial() decision.Denial {
	return decision.Denial{By: clerk("500.00"), At: testkit.March(26, 9, 30), Reason: "asked in error"}
}

func free(name, price string) decision.FreeSoftware {
	return decision.FreeSoftware{Name: name, Price: testkit.USD(price)}
}

// made returns a decision that must have been made.
func made(t testkit.TB) func(decision.Decision, error) decision.Decision {
	return func(d decision.Decision, err error) decision.Decision {
		t.Helper()
		if err != nil || d.IsZero() {
			t.Fatalf("decided %v, %v", d, err)
		}
		return d
	}
}

func approved(t testkit.TB, p refund.Policy, c refund.Case, a decision.Approval) decision.Decision {
	t.Helper()
	return made(t)(decision.Approve(p, c, testkit.Shown(t, p, c), a))
}

func goodwilled(t testkit.TB, p refund.Policy, c refund.Case, g decision.Goodwill) decision.Decision {
	t.Helper()
	return made(t)(decision.Grant(p, c, testkit.Shown(t, p, c), g))
}

func declined(t testkit.TB, p refund.Policy, c refund.Case, r decision.Denial) decision.Decision {
	t.Helper()
	return made(t)(decision.Decline(p, c, testkit.Shown(t, p, c), r))
}

// oneOfEach is a decision of each kind on clearedCase.
func oneOfEach(t testkit.TB) []decision.Decision {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	return []decision.Decision{
		approved(t, p, c, anApproval("100.00")),
		goodwilled(t, p, c, aGoodwill("100.00", "20.00", free("Antivirus", "15.50"), free("Backup", "4.50"))),
		declined(t, p, c, aDenial()),
	}
}

func TestDecisionKinds(t *testing.T) {
	codes := map[decision.Kind]string{
		0:                     "",
		decision.KindApproved: "approved",
		decision.KindGoodwill: "goodwill",
		decision.KindDeclined: "declined",
	}
	for i := range 256 {
		k := decision.Kind(i)
		code, known := codes[k]
		text, err := k.MarshalText()
		if known != (err == nil) || string(text) != code {
			t.Errorf("%d is written as %q, %v; want %q", i, text, err, code)
		}
		want := code
		switch {
		case i == 0:
			want = "unset"
		case !known:
			want = fmt.Sprintf("Kind(%d)", i)
		}
		if k.String() != want {
			t.Errorf("%d prints as %q, want %q", i, k, want)
		}
		if back := decision.Kind(9); known && (back.UnmarshalText(text) != nil || back != k) {
			t.Errorf("%q is read as %v", text, back)
		}
	}
	for _, wrong := range []string{"unset", "Approved", "authorized", "goodwill ", "1"} {
		k := decision.KindGoodwill
		if err := k.UnmarshalText([]byte(wrong)); err == nil || k != decision.KindGoodwill {
			t.Errorf("%q is read as %v, %v", wrong, k, err)
		}
	}
}

func TestDecisionTellsWhatWasDecided(t *testing.T) {
	p := testkit.Policy()
	c := testkit.ReviewedCase()
	c.Subscription.Paid, c.Subscription.Refunded = testkit.USD("190.00"), testkit.USD("10.00")
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	software := []decision.FreeSoftware{free("Antivirus", "15.50"), free("Backup", "4.50")}
	rows := []struct {
		because string
		d       decision.Decision
		kind    decision.Kind
		amount  string
		reason  string
		text    string
		ends    bool
		charges refund.Money
		net     string
	}{
		{"a part that an officer approved", approved(t, p, c, anApproval("100.00")),
			decision.KindApproved, "100.00", "partly used", "approved 100.00 USD", true, refund.Money{}, ""},
		{"a goodwill beyond the guarantee", goodwilled(t, p, c, aGoodwill("100.00", "20.00", software...)),
			decision.KindGoodwill, "60.00", "a long wait", "goodwill 60.00 USD", false, testkit.USD("100.00"), "60.00"},
		{"a goodwill that the cap limits to what is left of what was paid", goodwilled(t, p, c, aGoodwill("300.00", "20.00", software...)),
			decision.KindGoodwill, "180.00", "a long wait", "goodwill 180.00 USD", false, testkit.USD("300.00"), "260.00"},
		{"a refusal, which releases an amount of nothing", declined(t, p, c, aDenial()),
			decision.KindDeclined, "0.00", "asked in error", "declined", false, refund.Money{}, ""},
	}
	digests := map[refund.Digest]string{}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			d := r.d
			if d.IsZero() {
				t.Error("is the zero Decision")
			}
			if d.Kind() != r.kind || d.Reason() != r.reason || d.String() != r.text {
				t.Errorf("is %v for %q, %q", d.Kind(), d.Reason(), d)
			}
			if !d.Amount().Equal(testkit.USD(r.amount)) {
				t.Errorf("amount is %v, want %v", d.Amount(), r.amount)
			}
			if got, want := d.Officer(), clerk("500.00"); got.ID != want.ID || got.Account != want.Account || !got.Limit.Equal(want.Limit) {
				t.Errorf("officer is %+v", got)
			}
			if at := d.At(); !at.Equal(testkit.March(26, 9, 30)) || at.Location() != testkit.NewYork {
				t.Errorf("decided at %v", at)
			}
			if d.Subscription() != "SUB-1" || !d.Paid().Equal(testkit.USD("190.00")) || !d.Refunded().Equal(testkit.USD("10.00")) {
				t.Errorf("judged on %s, %v, %v", d.Subscription(), d.Paid(), d.Refunded())
			}
			if at, ends := d.EndsService(); ends != r.ends || ends != at.Equal(d.At()) || ends == at.IsZero() {
				t.Errorf("the service ends: %v, %v", at, ends)
			}
			if !d.Outcome().Equal(o) {
				t.Errorf("rests on %+v", d.Outcome())
			}
			if d.PolicyDigest() != p.Digest() || d.CaseDigest() != c.Digest() || d.OutcomeDigest() != o.Digest() {
				t.Error("rests on other digests")
			}
			g, ok := d.Goodwill()
			if ok != (r.kind == decision.KindGoodwill) || !g.Charges.Equal(r.charges) || ok != slices.EqualFunc(g.Software, software, sameSoftware) {
				t.Errorf("breakdown is %+v, %v", g, ok)
			}
			if net, err := g.Net(); err != nil || ok && !net.Equal(testkit.USD(r.net)) || !ok && !net.IsZero() {
				t.Errorf("net is %v, %v", net, err)
			}
			if ok && (!g.Fees.Equal(testkit.USD("20.00")) || g.Reason != "a long wait" || !g.At.Equal(d.At()) || g.By.ID != "ops-3") {
				t.Errorf("breakdown is %+v", g)
			}
			for _, other := range rows {
				if same := other.because == r.because; d.Equal(other.d) != same {
					t.Errorf("equal to %v: %v", other.d, !same)
				}
			}
			if before, ok := digests[d.Digest()]; ok || d.Digest().IsZero() {
				t.Errorf("has the digest of %q", before)
			}
			digests[d.Digest()] = r.because
		})
	}
}

func sameSoftware(a, b decision.FreeSoftware) bool { return a.Name == b.Name && a.Price.Equal(b.Price) }

// Whatever a decision says goes into its digest, and so into Equal.
func TestDecisionEqualLooksAtEveryField(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	other := p
	other.Version = "2"
	asked := testkit.ReviewedCase()
	asked.Request.Reason = "still not satisfied"
	base := aGoodwill("100.00", "20.00", free("Antivirus", "15.50"), free("Backup", "4.50"))
	goodwill := func(change func(*decision.Goodwill)) decision.Decision {
		g := base
		g.Software = slices.Clone(base.Software)
		change(&g)
		return goodwilled(t, p, c, g)
	}
	first := goodwill(func(*decision.Goodwill) {})
	rows := []struct {
		because string
		d       decision.Decision
		same    bool
	}{
		{"decided again", goodwill(func(*decision.Goodwill) {}), true},
		{"the same instant elsewhere", goodwill(func(g *decision.Goodwill) { g.At = g.At.UTC() }), true},
		{"another officer", goodwill(func(g *decision.Goodwill) { g.By.ID = "ops-4" }), false},
		{"another account of the officer's", goodwill(func(g *decision.Goodwill) { g.By.Account = "ACC-91" }), false},
		{"another limit", goodwill(func(g *decision.Goodwill) { g.By.Limit = testkit.USD("500.01") }), false},
		{"another instant", goodwill(func(g *decision.Goodwill) { g.At = g.At.Add(time.Nanosecond) }), false},
		{"another reason", goodwill(func(g *decision.Goodwill) { g.Reason += "." }), false},
		{"the same amount of other charges and fees", goodwill(func(g *decision.Goodwill) { g.Charges, g.Fees = testkit.USD("101.00"), testkit.USD("21.00") }), false},
		{"the same amount of other fees and software", goodwill(func(g *decision.Goodwill) { g.Fees, g.Software[0].Price = testkit.USD("19.00"), testkit.USD("16.50") }), false},
		{"software of another name", goodwill(func(g *decision.Goodwill) { g.Software[1].Name = "Backup 2" }), false},
		{"software in another order", goodwill(func(g *decision.Goodwill) { slices.Reverse(g.Software) }), false},
		{"software that costs nothing beside", goodwill(func(g *decision.Goodwill) { g.Software = append(g.Software, free("Viewer", "0.00")) }), false},
		{"another policy", goodwilled(t, other, c, base), false},
		{"another case of the same outcome", goodwilled(t, p, asked, base), false},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			if got := first.Equal(r.d); got != r.same || got != (first.Digest() == r.d.Digest()) {
				t.Errorf("equal: %v", got)
			}
		})
	}
	if a, b := testkit.Shown(t, p, c), testkit.Shown(t, p, asked); a != b {
		t.Error("the outcomes differ: this test is wrong")
	}
}

func TestZeroDecision(t *testing.T) {
	var zero decision.Decision
	if !zero.IsZero() || zero.Kind() != 0 || zero.String() != "no decision" || zero.Why() != "" || zero.Reason() != "" || zero.Subscription() != "" {
		t.Errorf("says %v %v %q %q", zero.Kind(), zero, zero.Why(), zero.Reason())
	}
	for _, m := range []refund.Money{zero.Amount(), zero.Paid(), zero.Refunded(), zero.Officer().Limit} {
		if !m.IsZero() {
			t.Errorf("has an amount of %v", m)
		}
	}
	if at, ends := zero.EndsService(); ends || !at.IsZero() || !zero.At().IsZero() {
		t.Errorf("ends the service at %v, %v; decided at %v", at, ends, zero.At())
	}
	if o := zero.Officer(); o.ID != "" || o.Account != "" {
		t.Errorf("officer %+v", o)
	}
	if g, ok := zero.Goodwill(); ok || !g.Charges.IsZero() || g.Software != nil {
		t.Errorf("breakdown %+v", g)
	}
	if !zero.Outcome().Equal(refund.Outcome{}) {
		t.Errorf("rests on %+v", zero.Outcome())
	}
	for _, d := range []refund.Digest{zero.Digest(), zero.PolicyDigest(), zero.CaseDigest(), zero.OutcomeDigest()} {
		if !d.IsZero() {
			t.Errorf("has the digest %v", d)
		}
	}
	if text, err := json.Marshal(struct{ D decision.Decision }{}); err != nil || string(text) != `{"D":null}` {
		t.Errorf("JSON is %s, %v", text, err)
	}
	if got := zero.LogValue(); got.Kind() != slog.KindString || got.String() != "no decision" {
		t.Errorf("logs as %v", got)
	}
	if record, err := zero.Record(hostKey(t, 1)); record != nil || !testkit.HasPaths(err, "decision") {
		t.Errorf("record is %q, %v", record, err)
	}
	if record, err := zero.Record(decision.Key{}); record != nil || !testkit.HasPaths(err, "decision", "key") {
		t.Errorf("record without a key is %q, %v", record, err)
	}
	if !zero.Equal(decision.Decision{}) {
		t.Error("does not equal itself")
	}
	for _, d := range oneOfEach(t) {
		if zero.Equal(d) || d.Equal(zero) {
			t.Errorf("equals %v", d)
		}
	}
}

func TestDecisionIsOpaque(t *testing.T) {
	kind := reflect.TypeFor[decision.Decision]()
	if kind.Comparable() {
		t.Error("two decisions can be compared with ==")
	}
	for i := range kind.NumField() {
		if kind.Field(i).IsExported() {
			t.Errorf("field %s can be set", kind.Field(i).Name)
		}
	}
	// What reads a decision's text back would make one.
	for _, name := range []string{"UnmarshalText", "UnmarshalBinary", "GobDecode", "Scan"} {
		if _, ok := reflect.TypeFor[*decision.Decision]().MethodByName(name); ok {
			t.Errorf("has the method %s", name)
		}
	}
	var host struct{ Decision decision.Decision }
	if err := json.Unmarshal([]byte(`{"decision":{"kind":"approved","amount":{"amount":"1.00","currency":"USD"},"d":{}}}`), &host); err == nil || !host.Decision.IsZero() {
		t.Errorf("JSON is read as %v, %v", host.Decision, err)
	}
}

// What a method returns is the caller's: writing to it changes no decision, and
// nor does writing to what it was made of.
func TestDecisionKeepsNothingOfItsCallers(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	software := []decision.FreeSoftware{free("Antivirus", "15.50")}
	d := goodwilled(t, p, c, aGoodwill("100.00", "20.00", software...))
	digest, why := d.Digest(), d.Why()
	scrawl := func(o refund.Outcome, list []decision.FreeSoftware) {
		for i := range o.Findings {
			o.Findings[i] = refund.Finding{Subject: "changed"}
		}
		for i := range list {
			list[i] = free("Changed", "0.00")
		}
	}
	g, _ := d.Goodwill()
	scrawl(d.Outcome(), g.Software)
	scrawl(refund.Outcome{Findings: c.Findings}, software)
	p.Required[0] = refund.ClauseCallback

	if d.Digest() != digest || d.Why() != why {
		t.Errorf("is now %s", d.Why())
	}
	if g, _ := d.Goodwill(); g.Software[0].Name != "Antivirus" {
		t.Errorf("software is now %+v", g.Software)
	}
	if o := d.Outcome(); o.Digest() != d.OutcomeDigest() || len(o.Findings) != 3 {
		t.Errorf("findings are now %+v", o.Findings)
	}
}

// A decision's instant is kept as what will be stored of it.
func TestDecisionAtHasNoMonotonicReading(t *testing.T) {
	now := time.Now()
	p, c := testkit.Policy(), testkit.ReviewedCase()
	a := anApproval("100.00")
	if a.At = now.Add(50 * 365 * 24 * time.Hour); !strings.Contains(a.At.String(), " m=") {
		t.Fatal("no monotonic reading: this test is wrong")
	}
	d := approved(t, p, c, a)
	if text := d.At().String(); strings.Contains(text, " m=") || !d.At().Equal(a.At) || d.At().Location() != testkit.NewYork {
		t.Errorf("decided at %s", text)
	}
}

func TestDecisionWhy(t *testing.T) {
	p := testkit.Policy()
	c := testkit.ReviewedCase()
	nothing := aDenial()
	nothing.Reason = "asked\r\nin\terror\x1b[31m \u202eevil\u2028\x00\xff"
	silent := anApproval("174.99")
	silent.Reason = ""
	named := anApproval("0.01")
	named.By.ID = "ops\n3"
	named.At = time.Date(2026, 1, 1, 0, 0, 5, 120_000_000, time.UTC).AddDate(0, 5, 0)
	partly := testkit.ReviewedCase()
	partly.Subscription.Refunded = testkit.USD("99.99")
	rows := []struct {
		because string
		d       decision.Decision
		want    string
	}{
		{"a part, with a reason", approved(t, p, c, anApproval("100.00")),
			"100.00 USD approved of 174.99 USD refundable, by ops-3 on 2026-03-26 09:30 EDT: partly used; the service ends"},
		{"all of it, without a reason", approved(t, p, c, silent),
			"174.99 USD approved of 174.99 USD refundable, by ops-3 on 2026-03-26 09:30 EDT; the service ends"},
		{"an officer's id with a line break, and parts of a second", approved(t, p, c, named),
			"0.01 USD approved of 174.99 USD refundable, by ops 3 on 2026-05-31 20:00:05.12 EDT: partly used; the service ends"},
		{"assistance less fees", goodwilled(t, p, lateCase(), aGoodwill("50.00", "0.00")),
			"50.00 USD of goodwill: assistance 50.00 USD less servicing 0.00 USD, by ops-3 on 2026-03-26 09:30 EDT: a long wait"},
		{"each software by its name, as one line", goodwilled(t, p, c, aGoodwill("100.00", "20.00", free("Anti\nvirus", "15.50"), free("Backup", "4.50"))),
			"60.00 USD of goodwill: assistance 100.00 USD less servicing 20.00 USD less Anti virus 15.50 USD less Backup 4.50 USD, by ops-3 on 2026-03-26 09:30 EDT: a long wait"},
		{"what the cap left", goodwilled(t, p, partly, aGoodwill("300.00", "20.00", free("Backup", "4.50"))),
			"100.00 USD of goodwill: assistance 300.00 USD less servicing 20.00 USD less Backup 4.50 USD is 275.50 USD, limited by the cap, by ops-3 on 2026-03-26 09:30 EDT: a long wait"},
		{"as much as the cap leaves is not limited by it", goodwilled(t, p, partly, aGoodwill("100.00", "0.00")),
			"100.00 USD of goodwill: assistance 100.00 USD less servicing 0.00 USD, by ops-3 on 2026-03-26 09:30 EDT: a long wait"},
		{"a refusal", declined(t, p, c, aDenial()),
			"declined, by ops-3 on 2026-03-26 09:30 EDT: asked in error"},
		{"what could change how a terminal shows the rest becomes blanks", declined(t, p, c, nothing),
			"declined, by ops-3 on 2026-03-26 09:30 EDT: asked  in error [31m  evil  \uFFFD"},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			got := r.d.Why()
			if got != r.want {
				t.Errorf("got  %q\nwant %q", got, r.want)
			}
			if strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsGraphic(r) }) {
				t.Errorf("%q is not one plain line", got)
			}
		})
	}
}

func TestDecisionInALog(t *testing.T) {
	logged := func(d decision.Decision) string {
		var b bytes.Buffer
		handler := slog.NewJSONHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if groups == nil && (a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey) {
				return slog.Attr{}
			}
			return a
		}})
		slog.New(handler).Info("", "d", d)
		return strings.TrimSpace(b.String())
	}
	rows := []struct {
		because string
		want    string
	}{
		{"a part", `{"d":{"kind":"approved","subscription":"SUB-1","amount":"100.00 USD","officer":"ops-3","at":"2026-03-26T09:30:00-04:00"}}`},
		{"goodwill, without its breakdown", `{"d":{"kind":"goodwill","subscription":"SUB-1","amount":"60.00 USD","officer":"ops-3","at":"2026-03-26T09:30:00-04:00"}}`},
		{"a refusal, without its reason", `{"d":{"kind":"declined","subscription":"SUB-1","amount":"0.00 USD","officer":"ops-3","at":"2026-03-26T09:30:00-04:00"}}`},
	}
	for i, d := range oneOfEach(t) {
		testkit.Row(t, rows[i].because, func(t *testing.T) {
			if got := logged(d); got != rows[i].want {
				t.Errorf("got  %s\nwant %s", got, rows[i].want)
			}
		})
	}
	if got := logged(decision.Decision{}); got != `{"d":"no decision"}` {
		t.Errorf("the zero Decision logs as %s", got)
	}
	// Not through another way of printing either.
	for _, d := range oneOfEach(t) {
		for _, verb := range []string{"%v", "%+v", "%#v"} {
			for _, what := range []any{d, &d, struct{ D decision.Decision }{d}, struct{ d decision.Decision }{d}} {
				if text := fmt.Sprintf(verb, what); strings.Contains(text, d.Reason()) {
					t.Errorf("%s prints the reason: %s", verb, text)
				}
			}
		}
	}
}

func TestDecisionJSON(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	digests := fmt.Sprintf(`"policy":"%v","case":"%v","outcome":"%v"`, p.Digest(), c.Digest(), testkit.Shown(t, p, c))
	const books = `"paid":{"amount":"199.99","currency":"USD"},"refunded":{"amount":"0.00","currency":"USD"}`
	silent := anApproval("100.00")
	silent.Reason = ""
	rows := []struct {
		because string
		d       decision.Decision
		want    string
	}{
		{"a part, with the end of the service", approved(t, p, c, anApproval("100.00")),
			`{"kind":"approved","subscription":"SUB-1","amount":{"amount":"100.00","currency":"USD"},"officer":"ops-3","at":"2026-03-26T13:30:00Z","reason":"partly used",` +
				books + `,"ends_service":"2026-03-26T13:30:00Z",` + digests +
				`,"detail":"100.00 USD approved of 174.99 USD refundable, by ops-3 on 2026-03-26 09:30 EDT: partly used; the service ends"}`},
		{"a reason that was not given is left out", approved(t, p, c, silent),
			`{"kind":"approved","subscription":"SUB-1","amount":{"amount":"100.00","currency":"USD"},"officer":"ops-3","at":"2026-03-26T13:30:00Z",` +
				books + `,"ends_service":"2026-03-26T13:30:00Z",` + digests +
				`,"detail":"100.00 USD approved of 174.99 USD refundable, by ops-3 on 2026-03-26 09:30 EDT; the service ends"}`},
		{"goodwill with each software", goodwilled(t, p, c, aGoodwill("100.00", "20.00", free("Antivirus", "15.50"), free("Backup", "4.50"))),
			`{"kind":"goodwill","subscription":"SUB-1","amount":{"amount":"60.00","currency":"USD"},"officer":"ops-3","at":"2026-03-26T13:30:00Z","reason":"a long wait",` +
				`"goodwill":{"charges":{"amount":"100.00","currency":"USD"},"fees":{"amount":"20.00","currency":"USD"},"software":[` +
				`{"name":"Antivirus","price":{"amount":"15.50","currency":"USD"}},{"name":"Backup","price":{"amount":"4.50","currency":"USD"}}]},` +
				books + `,` + digests +
				`,"detail":"60.00 USD of goodwill: assistance 100.00 USD less servicing 20.00 USD less Antivirus 15.50 USD less Backup 4.50 USD, by ops-3 on 2026-03-26 09:30 EDT: a long wait"}`},
		{"goodwill without software has an empty list of it", goodwilled(t, p, c, aGoodwill("50.00", "0.00")),
			`{"kind":"goodwill","subscription":"SUB-1","amount":{"amount":"50.00","currency":"USD"},"officer":"ops-3","at":"2026-03-26T13:30:00Z","reason":"a long wait",` +
				`"goodwill":{"charges":{"amount":"50.00","currency":"USD"},"fees":{"amount":"0.00","currency":"USD"},"software":[]},` +
				books + `,` + digests +
				`,"detail":"50.00 USD of goodwill: assistance 50.00 USD less servicing 0.00 USD, by ops-3 on 2026-03-26 09:30 EDT: a long wait"}`},
		{"a refusal states an amount of nothing", declined(t, p, c, aDenial()),
			`{"kind":"declined","subscription":"SUB-1","amount":{"amount":"0.00","currency":"USD"},"officer":"ops-3","at":"2026-03-26T13:30:00Z","reason":"asked in error",` +
				books + `,` + digests +
				`,"detail":"declined, by ops-3 on 2026-03-26 09:30 EDT: asked in error"}`},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			got, err := json.Marshal(r.d)
			if err != nil || string(got) != r.want {
				t.Errorf("%v\ngot  %s\nwant %s", err, got, r.want)
			}
		})
	}
}
