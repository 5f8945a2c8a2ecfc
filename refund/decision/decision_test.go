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
	_ "time/tzdata" // for machines without a time-zone database
	"unicode"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// anyPart returns the published policy with a reading that allows an approval to release a
// part of the refundable amount.
func anyPart() refund.Policy {
	p := testkit.Policy()
	p.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
	return p
}

// lateCase returns the reviewed case with a request after the window had closed.
func lateCase() refund.Case {
	c := testkit.ReviewedCase()
	c.Request.At = testkit.March(25, 12, 0)
	return c
}

// objectedCase returns the reviewed case with an advisory finding on log-review, a required
// clause.
func objectedCase() refund.Case {
	c := testkit.ReviewedCase()
	c.Findings[0].Severity, c.Findings[0].Detail = refund.SeverityAdvisory, "no call on record"
	return c
}

// clerk returns an officer with a limit.
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

// made returns a decision that must come without an error.
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

// oneOfEach returns a decision of each kind on the reviewed case.
func oneOfEach(t testkit.TB) []decision.Decision {
	p, c := anyPart(), testkit.ReviewedCase()
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

func TestDecisionReportsItsFacts(t *testing.T) {
	p := anyPart()
	c := testkit.ReviewedCase()
	c.Subscription.Paid, c.Subscription.Refunded = testkit.USD("100.00"), testkit.USD("10.00")
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
		charges refund.Money
		net     string
	}{
		{"a part that an officer approved", approved(t, p, c, anApproval("60.00")),
			decision.KindApproved, "60.00", "partly used", "approved 60.00 USD", refund.Money{}, ""},
		{"a goodwill less earlier refunds", goodwilled(t, p, c, aGoodwill("100.00", "20.00", software...)),
			decision.KindGoodwill, "50.00", "a long wait", "goodwill 50.00 USD", testkit.USD("100.00"), "60.00"},
		{"a goodwill that the cap limits", goodwilled(t, p, c, aGoodwill("199.99", "20.00", software...)),
			decision.KindGoodwill, "90.00", "a long wait", "goodwill 90.00 USD", testkit.USD("199.99"), "159.99"},
		{"a denial, which releases an amount of zero", declined(t, p, c, aDenial()),
			decision.KindDeclined, "0.00", "asked in error", "declined", refund.Money{}, ""},
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
			want := clerk("500.00")
			if r.kind == decision.KindDeclined {
				want.Limit = refund.Money{}
			}
			if got := d.Officer(); got.ID != want.ID || got.Account != want.Account || !got.Limit.Equal(want.Limit) {
				t.Errorf("officer is %+v", got)
			}
			if at := d.At(); !at.Equal(testkit.March(26, 9, 30)) || at.Location() != testkit.NewYork {
				t.Errorf("decided at %v", at)
			}
			if d.Subscription() != "SUB-1" || !d.Paid().Equal(testkit.USD("100.00")) || !d.Refunded().Equal(testkit.USD("10.00")) || !d.Disputed().Equal(testkit.USD("0.00")) {
				t.Errorf("judged on %s, %v, %v", d.Subscription(), d.Paid(), d.Refunded())
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

// The digest, and so Equal, covers every fact of a decision.
func TestDecisionEqualComparesEveryField(t *testing.T) {
	p, c := anyPart(), testkit.ReviewedCase()
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
		{"the same instant in another location", goodwill(func(g *decision.Goodwill) { g.At = g.At.UTC() }), true},
		{"another officer", goodwill(func(g *decision.Goodwill) { g.By.ID = "ops-4" }), false},
		{"another account of the officer's", goodwill(func(g *decision.Goodwill) { g.By.Account = "ACC-91" }), false},
		{"another limit", goodwill(func(g *decision.Goodwill) { g.By.Limit = testkit.USD("500.01") }), false},
		{"another instant", goodwill(func(g *decision.Goodwill) { g.At = g.At.Add(time.Nanosecond) }), false},
		{"another reason", goodwill(func(g *decision.Goodwill) { g.Reason += "." }), false},
		{"the same amount of other charges and fees", goodwill(func(g *decision.Goodwill) { g.Charges, g.Fees = testkit.USD("101.00"), testkit.USD("21.00") }), false},
		{"the same amount of other fees and software", goodwill(func(g *decision.Goodwill) { g.Fees, g.Software[0].Price = testkit.USD("19.00"), testkit.USD("16.50") }), false},
		{"software of another name", goodwill(func(g *decision.Goodwill) { g.Software[1].Name = "Backup 2" }), false},
		{"software in another order", goodwill(func(g *decision.Goodwill) { slices.Reverse(g.Software) }), false},
		{"one more software with a price of zero", goodwill(func(g *decision.Goodwill) { g.Software = append(g.Software, free("Viewer", "0.00")) }), false},
		{"another policy", goodwilled(t, other, c, base), false},
		{"another case of the same outcome", goodwilled(t, p, asked, base), false},
		{"another kind", declined(t, p, c, aDenial()), false},
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
	for _, m := range []refund.Money{zero.Amount(), zero.Paid(), zero.Refunded(), zero.Disputed(), zero.Officer().Limit} {
		if !m.IsZero() {
			t.Errorf("has an amount of %v", m)
		}
	}
	if !zero.At().IsZero() || zero.Acknowledged() != nil || zero.Grounds() != nil {
		t.Errorf("decided at %v, with %v and %v", zero.At(), zero.Acknowledged(), zero.Grounds())
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
	if record, err := zero.Record(nil); record != nil || !testkit.HasPaths(err, "decision", "signer") {
		t.Errorf("record without a signer is %q, %v", record, err)
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
	// A method that reads a decision from text would create a decision.
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

// Callers may modify the results of methods and their own input; no decision changes.
func TestDecisionSharesNoMemory(t *testing.T) {
	p, c := anyPart(), objectedCase()
	g := aGoodwill("100.00", "20.00", free("Antivirus", "15.50"))
	g.Acknowledged = []refund.Clause{refund.ClauseLogReview}
	n := aDenial()
	n.Grounds = []refund.Clause{refund.ClauseLogReview}
	granted, denied := goodwilled(t, p, c, g), declined(t, p, c, n)
	texts := func() string {
		g, _ := granted.Goodwill()
		return fmt.Sprint(granted.Digest(), granted.Why(), g.Software, g.Acknowledged, granted.Acknowledged(), granted.Outcome().Digest(),
			denied.Digest(), denied.Why(), denied.Grounds())
	}
	before := texts()
	scrawl := func(clauses []refund.Clause) {
		for i := range clauses {
			clauses[i] = refund.ClauseCap
		}
	}
	returned, _ := granted.Goodwill()
	for _, list := range [][]decision.FreeSoftware{returned.Software, g.Software} {
		list[0] = free("Changed", "0.00")
	}
	for _, findings := range [][]refund.Finding{granted.Outcome().Findings, c.Findings} {
		findings[0] = refund.Finding{Subject: "changed"}
	}
	for _, clauses := range [][]refund.Clause{returned.Acknowledged, g.Acknowledged, granted.Acknowledged(), n.Grounds, denied.Grounds(), p.Required} {
		scrawl(clauses)
	}
	if after := texts(); after != before {
		t.Errorf("was\n%s\nis\n%s", before, after)
	}
}

// A decision keeps its instant as it will be stored, without a monotonic reading.
func TestDecisionAtHasNoMonotonicReading(t *testing.T) {
	now := time.Now()
	p, c := anyPart(), testkit.ReviewedCase()
	a := anApproval("100.00")
	if a.At = now.Add(50 * 365 * 24 * time.Hour); !strings.Contains(a.At.String(), " m=") {
		t.Fatal("no monotonic reading: this test is wrong")
	}
	d := approved(t, p, c, a)
	if text := d.At().String(); strings.Contains(text, " m=") || !d.At().Equal(a.At) || d.At().Location() != testkit.NewYork {
		t.Errorf("decided at %s", text)
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
		{"a denial, without its reason", `{"d":{"kind":"declined","subscription":"SUB-1","amount":"0.00 USD","officer":"ops-3","at":"2026-03-26T09:30:00-04:00"}}`},
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
	// No other way of printing shows the reason either.
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
	p, c := anyPart(), objectedCase()
	acknowledged := anApproval("100.00")
	acknowledged.Acknowledged = []refund.Clause{refund.ClauseLogReview, refund.ClauseLogReview}
	grounds := aDenial()
	grounds.Grounds = []refund.Clause{refund.ClauseCooperation, refund.ClauseLogReview}
	silent := anApproval("100.00")
	silent.Reason = ""
	usd := func(name, amount string) string {
		return fmt.Sprintf(`"%s":{"amount":"%s","currency":"USD"}`, name, amount)
	}
	head := func(kind, amount string) string {
		return `{"kind":"` + kind + `","subscription":"SUB-1",` + usd("amount", amount) + `,"officer":"ops-3","at":"2026-03-26T13:30:00Z"`
	}
	books := "," + strings.Join([]string{usd("paid", "199.99"), usd("refundable", "174.99"), usd("refunded", "0.00"), usd("disputed", "0.00")}, ",")
	rows := []struct {
		because string
		c       refund.Case
		d       decision.Decision
		want    string // up to the digests
	}{
		{"the acknowledged clauses, without repetitions", c, approved(t, p, c, acknowledged),
			head("approved", "100.00") + `,"reason":"partly used"` + books + `,"acknowledged":["log-review"]`},
		{"a missing reason is omitted", testkit.ReviewedCase(), approved(t, p, testkit.ReviewedCase(), silent),
			head("approved", "100.00") + books},
		{"goodwill with each software", testkit.ReviewedCase(), oneOfEach(t)[1],
			head("goodwill", "60.00") + `,"reason":"a long wait","goodwill":{` + usd("charges", "100.00") + `,` + usd("fees", "20.00") +
				`,"software":[{"name":"Antivirus",` + usd("price", "15.50") + `},{"name":"Backup",` + usd("price", "4.50") + `}]}` + books},
		{"goodwill without software has an empty list of it", testkit.ReviewedCase(), goodwilled(t, p, testkit.ReviewedCase(), aGoodwill("50.00", "0.00")),
			head("goodwill", "50.00") + `,"reason":"a long wait","goodwill":{` + usd("charges", "50.00") + `,` + usd("fees", "0.00") + `,"software":[]}` + books},
		{"a denial states an amount of zero, the refundable amount, and its grounds in the policy's order", c, declined(t, p, c, grounds),
			head("declined", "0.00") + `,"reason":"asked in error"` + books + `,"grounds":["log-review","cooperation"]`},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			got, err := json.Marshal(r.d)
			want := fmt.Sprintf(`%s,"policy":"%v","case":"%v","outcome":"%v","detail":"%s"}`, r.want, p.Digest(), r.c.Digest(), testkit.Shown(t, p, r.c), r.d.Why())
			if err != nil || string(got) != want {
				t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
			}
		})
	}
}

// A reason with characters that could change how a terminal shows a line is escaped in JSON,
// and can still be read.
func TestJSONEscapesBidirectionalCharacters(t *testing.T) {
	a := anApproval("174.99")
	a.Reason = "late \u202e99.471\u2066\u0085"
	j, err := json.Marshal(approved(t, testkit.Policy(), testkit.ReviewedCase(), a))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range string(j) {
		if !unicode.IsPrint(r) {
			t.Errorf("%U stands in %s", r, j)
		}
	}
	var back struct{ Reason string }
	if err := json.Unmarshal(j, &back); err != nil || back.Reason != a.Reason {
		t.Errorf("the reason is read as %q, %v", back.Reason, err)
	}
}
