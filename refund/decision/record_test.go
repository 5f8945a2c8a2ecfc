package decision_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// secretOf is the n-th host's secret, of the least length.
func secretOf(n byte) []byte {
	secret := []byte("0123456789abcdefghijklmnopqrstuv")
	secret[0] = n
	return secret
}

func hostKey(t testkit.TB, n byte) decision.Key {
	t.Helper()
	key, err := decision.NewKey(secretOf(n))
	if err != nil {
		t.Fatalf("no key: %v", err)
	}
	return key
}

// signed is a text and the line that authenticates it under the n-th host's key.
func signed(n byte, text string) []byte {
	h := hmac.New(sha256.New, secretOf(n))
	h.Write([]byte(text))
	return []byte(text + "hmac-sha256 " + hex.EncodeToString(h.Sum(nil)) + "\n")
}

func recorded(t testkit.TB, d decision.Decision, key decision.Key) []byte {
	t.Helper()
	record, err := d.Record(key)
	if err != nil {
		t.Fatalf("no record: %v", err)
	}
	return record
}

// textOfRecord is a record without its last line.
func textOfRecord(record []byte) string {
	text := strings.TrimSuffix(string(record), "\n")
	return text[:strings.LastIndexByte(text, '\n')+1]
}

// The text of a record is the canonical form, as the comment of Digest has it.
func TestRecordText(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	outcome := testkit.Shown(t, p, c)
	digests := []string{"policy", p.Digest().String(), "case", c.Digest().String(), "outcome", outcome.String()}
	form := func(fields ...string) string { return testkit.Form("decision", append(fields, digests...)...) }
	silent := anApproval("100.00")
	silent.Reason, silent.By.Account = "", ""
	rows := []struct {
		because string
		d       decision.Decision
		want    string
	}{
		{"approved, in full", oneOfEach(t)[0], form("kind", "approved", "officer.id", "ops-3", "officer.account", "ACC-90", "officer.limit", "500.00 USD",
			"at", "1774531800.000000000", "amount", "100.00 USD", "reason", "partly used")},
		{"what was not given is left out", approved(t, p, c, silent), form("kind", "approved", "officer.id", "ops-3", "officer.limit", "500.00 USD",
			"at", "1774531800.000000000", "amount", "100.00 USD")},
		{"goodwill with its breakdown", oneOfEach(t)[1], decisionForm(p, c, outcome)},
		{"declined, with an amount of nothing", oneOfEach(t)[2], form("kind", "declined", "officer.id", "ops-3", "officer.account", "ACC-90", "officer.limit", "500.00 USD",
			"at", "1774531800.000000000", "amount", "0.00 USD", "reason", "asked in error")},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			if got, want := recorded(t, r.d, hostKey(t, 1)), signed(1, r.want); !bytes.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if d := refund.Digest(sha256.Sum256([]byte(r.want))); r.d.Digest() != d {
				t.Errorf("has the digest %v", r.d.Digest())
			}
		})
	}
}

// sameDecision fails unless both say the same in every way there is.
func sameDecision(t testkit.TB, got, want decision.Decision) {
	t.Helper()
	texts := func(d decision.Decision) string {
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatalf("no JSON: %v", err)
		}
		at, ends := d.EndsService()
		g, ok := d.Goodwill()
		return fmt.Sprint(string(text), d.Why(), d, at, ends, d.At(), g.Charges, g.Fees, g.Software, g.Reason, ok, d.Officer(), d.Paid(), d.Refunded(), d.Digest(), d.CaseDigest(), d.OutcomeDigest(), d.PolicyDigest())
	}
	if a, b := texts(got), texts(want); a != b || !got.Equal(want) || !got.Outcome().Equal(want.Outcome()) {
		t.Fatalf("came back as\n%s\nwas\n%s", a, b)
	}
}

func TestReplayGivesDecisionsBack(t *testing.T) {
	p, key := testkit.Policy(), hostKey(t, 1)
	c := testkit.ReviewedCase()
	at := anApproval("100.00")
	at.At, at.Reason = at.At.Add(123_456_789).UTC(), "two\nlines\x00\xff and 5 more\nkind 8 declined\n"
	old := testkit.ReviewedCase()
	old.Subscription.Start, old.Request.At = time.Date(1950, 3, 2, 0, 0, 0, 0, time.UTC), time.Date(1950, 3, 3, 0, 0, 0, 0, time.UTC)
	before := anApproval("100.00")
	before.At = time.Date(1969, 12, 31, 23, 59, 59, 1, time.UTC)
	rows := []struct {
		because string
		c       refund.Case
		d       decision.Decision
	}{
		{"approved", c, oneOfEach(t)[0]},
		{"goodwill with software", c, oneOfEach(t)[1]},
		{"goodwill without software, on a late request", lateCase(), goodwilled(t, p, lateCase(), aGoodwill("60.00", "0.00"))},
		{"declined", c, oneOfEach(t)[2]},
		{"a reason like a record, and parts of a second", c, approved(t, p, c, at)},
		{"decided before 1970, not on a full second", old, approved(t, p, old, before)},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			sameDecision(t, made(t)(decision.Replay(p, r.c, recorded(t, r.d, key), key)), r.d)
		})
	}
}

// drawDecision draws a decision that is made, with its policy and case.
func drawDecision(t *rapid.T) (refund.Policy, refund.Case, decision.Decision) {
	p := gen.Policy().Draw(t, "policy")
	c := gen.Case(p).Draw(t, "case")
	p.Required = nil
	c.Findings = slices.DeleteFunc(c.Findings, func(f refund.Finding) bool { return f.Severity == refund.SeverityBlocking })
	c.Request.By = c.Subscription.Account
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	currency := c.Subscription.Price.Currency()
	by := decision.Officer{
		ID:      rapid.StringN(1, 8, -1).Filter(func(s string) bool { return strings.TrimSpace(s) != "" && s != c.Request.RecordedBy }).Draw(t, "officer"),
		Account: rapid.SampledFrom([]string{"", "ACC-90"}).Draw(t, "officer's account"),
		Limit:   testkit.Minor(t, new(big.Int).Exp(big.NewInt(10), big.NewInt(31), nil), currency),
	}
	at := c.Request.At.Add(time.Duration(rapid.Int64Range(0, 1<<60).Draw(t, "decided")))
	reason := rapid.OneOf(rapid.StringN(1, 20, -1), rapid.Just("a\nkind 8 declined\n")).Filter(func(s string) bool { return strings.TrimSpace(s) != "" }).Draw(t, "reason")
	kind := rapid.IntRange(0, 2).Draw(t, "kind")
	if kind == 0 && o.Refundable.Sign() > 0 {
		return p, c, made(t)(decision.Approve(p, c, o.Digest(), decision.Approval{By: by, At: at, Amount: o.Refundable, Reason: reason}))
	}
	if kind == 1 && capOf(c.Subscription).Sign() > 0 {
		nothing := testkit.Minor(t, new(big.Int), currency)
		g := decision.Goodwill{By: by, At: at, Charges: gen.Amount(currency).Filter(func(m refund.Money) bool { return m.Sign() > 0 }).Draw(t, "charges"), Fees: nothing, Reason: reason}
		for range rapid.IntRange(0, 2).Draw(t, "software") {
			g.Software = append(g.Software, decision.FreeSoftware{Name: reason, Price: nothing})
		}
		return p, c, made(t)(decision.Grant(p, c, o.Digest(), g))
	}
	return p, c, made(t)(decision.Decline(p, c, o.Digest(), decision.Denial{By: by, At: at, Reason: reason}))
}

func TestReplayLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, d := drawDecision(t)
		key := hostKey(t, 1)
		record := recorded(t, d, key)
		sameDecision(t, made(t)(decision.Replay(p, c, record, key)), d)

		damaged := slices.Clone(record)
		switch rapid.SampledFrom([]string{"bit", "cut", "put in", "line twice", "line gone"}).Draw(t, "damage") {
		case "bit":
			damaged[rapid.IntRange(0, len(record)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		case "cut":
			damaged = damaged[:rapid.IntRange(0, len(record)-1).Draw(t, "length")]
		case "put in":
			damaged = slices.Insert(damaged, rapid.IntRange(0, len(record)).Draw(t, "place"), rapid.SliceOfN(rapid.Byte(), 1, 4).Draw(t, "bytes")...)
		case "line twice", "line gone":
			lines := bytes.SplitAfter(record, []byte("\n"))
			i := rapid.IntRange(0, len(lines)-2).Draw(t, "line")
			twice := bytes.Join(slices.Insert(slices.Clone(lines), i, lines[i]), nil)
			gone := bytes.Join(slices.Delete(slices.Clone(lines), i, i+1), nil)
			damaged = rapid.SampledFrom([][]byte{twice, gone}).Draw(t, "which")
		}
		if bytes.Equal(damaged, record) {
			t.Skip("not damaged")
		}
		if got, err := decision.Replay(p, c, damaged, key); err != decision.ErrForged || !got.IsZero() {
			t.Fatalf("%q: %v, %v", damaged, got, err)
		}
	})
}

func TestEveryChangedBitOfARecordIsRefused(t *testing.T) {
	p, c, key := testkit.Policy(), testkit.ReviewedCase(), hostKey(t, 1)
	for _, d := range oneOfEach(t) {
		record := recorded(t, d, key)
		refused := func(what string, damaged []byte) {
			t.Helper()
			if got, err := decision.Replay(p, c, damaged, key); err != decision.ErrForged || !got.IsZero() {
				t.Errorf("%v, %s: %v, %v", d.Kind(), what, got, err)
			}
		}
		for i := range record {
			for bit := range 8 {
				record[i] ^= 1 << bit
				refused(fmt.Sprintf("bit %d of byte %d", bit, i), record)
				record[i] ^= 1 << bit
			}
			refused(fmt.Sprintf("cut to %d bytes", i), record[:i:i])
			refused(fmt.Sprintf("without its first %d bytes", i+1), record[i+1:])
		}
		lines := bytes.SplitAfter(record, []byte("\n"))
		lines = lines[:len(lines)-1]
		for i := range lines {
			refused(fmt.Sprintf("line %d twice", i), bytes.Join(slices.Insert(slices.Clone(lines), i, lines[i]), nil))
			refused(fmt.Sprintf("without line %d", i), bytes.Join(slices.Delete(slices.Clone(lines), i, i+1), nil))
			if i > 0 {
				swapped := slices.Clone(lines)
				swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
				refused(fmt.Sprintf("lines %d and %d swapped", i-1, i), bytes.Join(swapped, nil))
			}
		}
		refused("with an empty line after it", append(slices.Clone(record), '\n'))
		refused("with an empty line before it", append([]byte{'\n'}, record...))
		refused("twice", append(slices.Clone(record), record...))
		refused("nothing", nil)
		refused("a line break", []byte("\n"))
		if got, err := decision.Replay(p, c, record, key); err != nil || !got.Equal(d) {
			t.Errorf("untouched: %v, %v", got, err)
		}
	}
}

func TestKeysRotate(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	d := oneOfEach(t)[0]
	a, b, z := hostKey(t, 1), hostKey(t, 2), hostKey(t, 3)
	record := recorded(t, d, b)
	rows := []struct {
		because string
		keys    []decision.Key
		ok      bool
	}{
		{"the key that it was made with", []decision.Key{b}, true},
		{"another key", []decision.Key{a}, false},
		{"several other keys", []decision.Key{a, z}, false},
		{"the old one along with the one in use", []decision.Key{b, a}, true},
		{"in any order", []decision.Key{a, b}, true},
		{"among several", []decision.Key{a, b, z}, true},
		{"the same one twice", []decision.Key{b, b}, true},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			got, err := decision.Replay(p, c, record, r.keys...)
			if r.ok && (err != nil || !got.Equal(d)) || !r.ok && (err != decision.ErrForged || !got.IsZero()) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	if bytes.Equal(record, recorded(t, d, a)) {
		t.Error("two keys make one record")
	}
}

func TestKeys(t *testing.T) {
	rows := []struct {
		because string
		bytes   int
		ok      bool
	}{
		{"no secret", 0, false},
		{"a byte short", 31, false},
		{"just long enough", 32, true},
		{"longer than a block of the hash", 65, true},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			key, err := decision.NewKey(bytes.Repeat([]byte{7}, r.bytes))
			if r.ok != (err == nil) || key.IsZero() == r.ok {
				t.Errorf("got %v, %v", key.IsZero(), err)
			}
			if err != nil && (!testkit.HasPaths(err, "key") || !strings.Contains(err.Error(), fmt.Sprint(r.bytes))) {
				t.Error(err)
			}
		})
	}
	if decision.MinKeyBytes != 32 {
		t.Error("the least length changed")
	}

	// A key keeps its own copy.
	p, c, d := testkit.Policy(), testkit.ReviewedCase(), oneOfEach(t)[0]
	secret := secretOf(1)
	key, err := decision.NewKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	record := recorded(t, d, key)
	clear(secret)
	if again := recorded(t, d, key); !bytes.Equal(again, record) {
		t.Error("the caller's bytes are the key's")
	}

	// Whatever is missing is told at once, and before any record is looked at.
	badPolicy, badCase := p, c
	badPolicy.WindowDays, badCase.Issues = 0, nil
	for _, keys := range [][]decision.Key{nil, {{}}, {key, {}}, {{}, key}} {
		if got, err := decision.Replay(p, c, record, keys...); !got.IsZero() || !testkit.HasPaths(err, "key") {
			t.Errorf("with %d keys: %v, %v", len(keys), got, err)
		}
	}
	if got, err := decision.Replay(badPolicy, badCase, record); !got.IsZero() || !testkit.HasPaths(err, "policy.window_days", "key", "issues") {
		t.Errorf("all at once: %v, %v", got, err)
	}
	if got, err := decision.Replay(badPolicy, c, record, key); !got.IsZero() || !testkit.HasPaths(err, "policy.window_days") {
		t.Errorf("an invalid policy: %v, %v", got, err)
	}
	if got, err := decision.Replay(p, badCase, record, key); !got.IsZero() || !testkit.HasPaths(err, "issues") {
		t.Errorf("an invalid case: %v, %v", got, err)
	}
	if got, err := d.Record(decision.Key{}); got != nil || !testkit.HasPaths(err, "key") {
		t.Errorf("a record without a key: %q, %v", got, err)
	}
	var zero decision.Key
	if !zero.IsZero() || zero.String() != "key" {
		t.Error("the zero Key is one")
	}
}

func TestKeyIsNeverShown(t *testing.T) {
	secret := []byte("SECRETSECRETSECRETSECRETSECRETSE")
	key, err := decision.NewKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	type exported struct{ Key decision.Key }
	type unexported struct{ key decision.Key }
	var shown []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		for _, v := range []any{key, &key, exported{key}, &exported{key}, []decision.Key{key}, map[string]decision.Key{"k": key}, unexported{key}, &unexported{key}} {
			shown = append(shown, fmt.Sprintf("%T "+verb, v, v))
		}
	}
	for _, v := range []any{key, &key, exported{key}, []decision.Key{key}, unexported{key}} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("text", "key", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("json", "key", v)
		shown = append(shown, string(text), log.String())
	}
	plain := fmt.Sprint(secret)
	hidden := []string{"SECRET", strings.Trim(plain, "[]"), strings.ReplaceAll(strings.Trim(plain, "[]"), " ", ", "), "0x53, 0x45, 0x43", hex.EncodeToString(secret), strings.ToUpper(hex.EncodeToString(secret)), "U0VDUkVU"}
	for _, text := range shown {
		for _, part := range hidden {
			if strings.Contains(text, part) {
				t.Errorf("shows the secret: %s", text)
				break
			}
		}
	}
	if got := fmt.Sprintf("%v %+v %#v %s", key, key, key, key); got != "key key key key" {
		t.Errorf("prints as %s", got)
	}
	if key.LogValue().String() != "key" {
		t.Errorf("logs as %v", key.LogValue())
	}
	if text, err := json.Marshal(exported{key}); err != nil || string(text) != `{"Key":"key"}` {
		t.Errorf("JSON is %s, %v", text, err)
	}
}

func TestReplayOfWhatChanged(t *testing.T) {
	p, c, key := testkit.Policy(), testkit.ReviewedCase(), hostKey(t, 1)
	shown := testkit.Shown(t, p, c)
	var zero refund.Digest
	text := textOfRecord(recorded(t, oneOfEach(t)[0], key))
	rows := []struct {
		because string
		change  func(*refund.Policy, *refund.Case)
		text    string
		what    string
		then    refund.Digest
	}{
		{"another policy", func(p *refund.Policy, _ *refund.Case) { p.WindowDays = 16 }, text, "policy", p.Digest()},
		{"a policy that says the same under another name", func(p *refund.Policy, _ *refund.Case) { p.Version = "1a" }, text, "policy", p.Digest()},
		{"another case", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = testkit.USD("1.00") }, text, "case", c.Digest()},
		{"another case of the same outcome", func(_ *refund.Policy, c *refund.Case) { c.Request.Reason = "no good" }, text, "case", c.Digest()},
		{"both: the policy is told", func(p *refund.Policy, c *refund.Case) { p.WindowDays, c.Request.Reason = 16, "no good" }, text, "policy", p.Digest()},
		{"an authentic record of another outcome on the same case", nil, strings.Replace(text, shown.String(), p.Digest().String(), 1), "outcome", p.Digest()},
		{"an authentic record that names no outcome", nil, strings.Replace(text, testkit.Line("outcome", shown.String()), "", 1), "outcome", zero},
		{"an authentic record that names no case", nil, strings.Replace(text, testkit.Line("case", c.Digest().String()), "", 1), "case", zero},
		{"an authentic record that says nothing", nil, "refundpolicy decision 1\n", "policy", zero},
		{"an authentic record that names no policy", nil, strings.Replace(text, testkit.Line("policy", p.Digest().String()), "", 1), "policy", zero},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			p, c := testkit.Policy(), testkit.ReviewedCase()
			if r.change != nil {
				r.change(&p, &c)
			} else if r.text == text {
				t.Fatal("nothing is changed: this test is wrong")
			}
			d, err := decision.Replay(p, c, signed(1, r.text), key)
			var stale *decision.StaleError
			if !d.IsZero() || !errors.As(err, &stale) || !errors.Is(err, decision.ErrStale) {
				t.Fatalf("got %v, %v", d, err)
			}
			now := map[string]refund.Digest{"policy": p.Digest(), "case": c.Digest(), "outcome": shown}[r.what]
			if stale.What != r.what || stale.Then != r.then || stale.Now != now {
				t.Errorf("got %+v, want %s of %v", stale, r.what, r.then)
			}
		})
	}
}

// hostile is a text with a correct last line that no Record made, and what is to
// come of it: the sentinel, or the paths of an InvalidError.
type hostile struct {
	because string
	text    string
	err     error
	paths   []string
}

func hostileTexts(t testkit.TB) []hostile {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	outcome := testkit.Shown(t, p, c)
	const head = "refundpolicy decision 1\n"
	digests := testkit.Line("policy", p.Digest().String()) + testkit.Line("case", c.Digest().String()) + testkit.Line("outcome", outcome.String())
	officer := testkit.Line("officer.id", "ops-3") + testkit.Line("officer.limit", "500.00 USD")
	at := testkit.Line("at", "1774531800.000000000")
	good := head + testkit.Line("kind", "approved") + officer + at + testkit.Line("amount", "100.00 USD") + digests
	goodwill := func(charges, fees, amount, software string) string {
		return head + testkit.Line("kind", "goodwill") + officer + at + testkit.Line("amount", amount) + testkit.Line("reason", "a long wait") +
			testkit.Line("charges", charges) + testkit.Line("fees", fees) + software + digests
	}
	edit := func(old, with string) string {
		t.Helper()
		if strings.Count(good, old) != 1 {
			t.Fatalf("%q is not once in the text", old)
		}
		return strings.Replace(good, old, with, 1)
	}
	forged := func(because, text string) hostile {
		return hostile{because: because, text: text, err: decision.ErrForged}
	}
	refused := func(because string, gate error, text string) hostile {
		return hostile{because: because, text: text, err: gate}
	}
	invalid := func(because string, text string, paths ...string) hostile {
		return hostile{because: because, text: text, paths: paths}
	}
	amount := testkit.Line("amount", "100.00 USD")
	return []hostile{
		{because: "what Record would have made", text: good},
		{because: "goodwill that Record would have made", text: goodwill("100.00 USD", "0.00 USD", "100.00 USD", "")},

		forged("nothing", ""),
		forged("another version of the form", edit(" 1\n", " 2\n")),
		forged("a form of something else", edit("refundpolicy decision", "refundpolicy case")),
		forged("a first line that goes on", edit("decision 1\n", "decision 1 \n")),
		forged("another program's line end", edit("decision 1\n", "decision 1\r\n")),
		forged("no first line", strings.TrimPrefix(good, head)),
		forged("no kind", edit(testkit.Line("kind", "approved"), "")),
		forged("the kind that is none", edit(testkit.Line("kind", "approved"), testkit.Line("kind", ""))),
		forged("a kind by its unset name", edit(testkit.Line("kind", "approved"), testkit.Line("kind", "unset"))),
		forged("a kind that does not exist", edit(testkit.Line("kind", "approved"), testkit.Line("kind", "doubled"))),
		forged("an unknown field", edit(amount, amount+testkit.Line("note", "pay twice"))),
		forged("a name in another case", edit(amount, testkit.Line("Amount", "100.00 USD"))),
		forged("a field without a name", edit(amount, amount+testkit.Line("", "x"))),
		forged("an empty line", edit(amount, amount+"\n")),
		forged("a field given twice with two values", edit(amount, testkit.Line("amount", "1.00 USD")+amount)),
		forged("a field given twice with one value", edit(amount, amount+amount)),
		forged("fields in another order", edit(amount+testkit.Line("policy", p.Digest().String()), testkit.Line("policy", p.Digest().String())+amount)),
		forged("a field that is not given, stated to be empty", edit(amount, amount+testkit.Line("reason", ""))),
		forged("an officer's account that is stated to be empty", edit(officer, testkit.Line("officer.id", "ops-3")+testkit.Line("officer.account", "")+testkit.Line("officer.limit", "500.00 USD"))),
		forged("text after the last field", good+"x"),
		forged("a field that is cut off", good+"reason"),
		forged("a field without a value", good+"reason 0\n"),
		forged("a length without a value", good+"reason 5 "),
		forged("a value shorter than its length", edit("amount 10 ", "amount 11 ")),
		forged("a value longer than its length", edit("amount 10 ", "amount 9 ")),
		forged("a length of nothing", edit("amount 10 ", "amount 0 ")),
		forged("a negative length", edit("amount 10 ", "amount -1 ")),
		forged("a length with a sign", edit("amount 10 ", "amount +10 ")),
		forged("a length with a leading zero", edit("amount 10 ", "amount 010 ")),
		forged("a length in another base", edit("amount 10 ", "amount 0xa ")),
		forged("a length that ends at the last byte", edit("amount 10 ", fmt.Sprintf("amount %d ", len(good)-strings.Index(good, "100.00")))),
		forged("a length beyond the text", edit("amount 10 ", "amount 100000 ")),
		forged("a length beyond 32 bits", edit("amount 10 ", "amount 4294967306 ")),
		forged("a length beyond 64 bits", edit("amount 10 ", "amount 18446744073709551626 ")),
		forged("the least of all lengths", edit("amount 10 ", "amount -9223372036854775808 ")),
		forged("no length", edit("amount 10 ", "amount ")),
		forged("an amount that is stated to be empty", edit(amount, testkit.Line("amount", ""))),
		forged("an amount that is none", edit("amount 10 100.00 USD", testkit.Line("amount", "all of it")[:19])),
		forged("an amount without its decimals", edit(amount, testkit.Line("amount", "100 USD"))),
		forged("an amount in no currency", edit(amount, testkit.Line("amount", "100.00 XXX"))),
		forged("a limit that is none", edit(testkit.Line("officer.limit", "500.00 USD"), testkit.Line("officer.limit", "unlimited"))),
		forged("an instant without its parts of a second", edit(at, testkit.Line("at", "1774531800"))),
		forged("an instant of too few digits", edit(at, testkit.Line("at", "1774531800.0"))),
		forged("an instant of more than a second's nanoseconds", edit(at, testkit.Line("at", "1774531799.1000000000"))),
		forged("an instant with a sign", edit(at, testkit.Line("at", "+1774531800.000000000"))),
		forged("an instant with a sign to its parts", edit(at, testkit.Line("at", "1774531800.+00000000"))),
		forged("an instant in words", edit(at, testkit.Line("at", "now"))),
		forged("an instant beyond 64 bits", edit(at, testkit.Line("at", "99999999999999999999.000000000"))),
		forged("a digest in upper case", edit(testkit.Line("policy", p.Digest().String()), testkit.Line("policy", strings.ToUpper(p.Digest().String())))),
		forged("a digest cut short", edit(testkit.Line("case", c.Digest().String()), testkit.Line("case", c.Digest().String()[:63]))),
		forged("a digest that is none", edit(testkit.Line("outcome", outcome.String()), testkit.Line("outcome", "shown"))),
		forged("a price without its software", goodwill("100.00 USD", "0.00 USD", "90.00 USD", testkit.Line("software.price", "10.00 USD"))),
		forged("two prices for one software", goodwill("100.00 USD", "0.00 USD", "90.00 USD", testkit.Line("software.name", "A")+testkit.Line("software.price", "1.00 USD")+testkit.Line("software.price", "10.00 USD"))),
		forged("a price that is none", goodwill("100.00 USD", "0.00 USD", "90.00 USD", testkit.Line("software.name", "A")+testkit.Line("software.price", "free"))),
		forged("charges that are none", goodwill("much", "0.00 USD", "100.00 USD", "")),
		forged("fees that are none", goodwill("100.00 USD", "few", "100.00 USD", "")),
		forged("goodwill of more than its net", goodwill("100.00 USD", "20.00 USD", "100.00 USD", "")),
		forged("goodwill of less than its net", goodwill("100.00 USD", "20.00 USD", "79.99 USD", "")),
		forged("goodwill beyond the cap", goodwill("300.00 USD", "0.00 USD", "300.00 USD", "")),
		forged("goodwill without an amount", strings.Replace(goodwill("100.00 USD", "0.00 USD", "1.00 USD", ""), testkit.Line("amount", "1.00 USD"), "", 1)),
		forged("a breakdown of what is no goodwill", edit(amount, amount+testkit.Line("charges", "100.00 USD")+testkit.Line("fees", "0.00 USD"))),
		forged("a refusal that releases something", head+testkit.Line("kind", "declined")+officer+at+amount+testkit.Line("reason", "no")+digests),
		forged("a refusal without its amount of nothing", head+testkit.Line("kind", "declined")+officer+at+testkit.Line("reason", "no")+digests),

		refused("a cent above what is refundable", decision.ErrAboveRefundable, edit(amount, testkit.Line("amount", "175.00 USD"))),
		refused("far above it", decision.ErrAboveRefundable, edit(amount, testkit.Line("amount", "499.00 USD"))),
		refused("above the officer's limit", decision.ErrAboveLimit, edit(testkit.Line("officer.limit", "500.00 USD"), testkit.Line("officer.limit", "99.99 USD"))),
		refused("an officer without a limit", decision.ErrAboveLimit, edit(testkit.Line("officer.limit", "500.00 USD"), "")),
		refused("nothing", decision.ErrNothingToRefund, edit(amount, testkit.Line("amount", "0.00 USD"))),
		refused("the officer who took the request down", decision.ErrSelfApproval, edit(testkit.Line("officer.id", "ops-3"), testkit.Line("officer.id", "ops-1"))),
		refused("the holder's own account", decision.ErrSelfApproval, edit(testkit.Line("officer.id", "ops-3"), testkit.Line("officer.id", "ops-3")+testkit.Line("officer.account", "ACC-7"))),
		refused("goodwill that comes to nothing", decision.ErrNothingToRefund, goodwill("10.00 USD", "10.00 USD", "10.00 USD", "")),

		invalid("a negative amount", edit(amount, testkit.Line("amount", "-100.00 USD")), "approval.amount"),
		invalid("another currency", edit(amount, testkit.Line("amount", "100.00 EUR")), "approval.amount"),
		invalid("no amount", edit(amount, ""), "approval.amount"),
		invalid("a negative limit", edit(testkit.Line("officer.limit", "500.00 USD"), testkit.Line("officer.limit", "-1.00 USD")), "approval.by.limit"),
		invalid("no officer", edit(testkit.Line("officer.id", "ops-3"), ""), "approval.by.id"),
		invalid("no instant", edit(at, ""), "approval.at"),
		invalid("before the request", edit(at, testkit.Line("at", "1.000000000")), "approval.at"),
		invalid("before all time", edit(at, testkit.Line("at", "-9223372036854775808.000000000")), "approval.at"),
		invalid("after all time", edit(at, testkit.Line("at", "9223372036854775807.999999999")), "approval.at"),
		invalid("negative fees", goodwill("10.00 USD", "-90.00 USD", "100.00 USD", ""), "goodwill.fees"),
		invalid("software without a price", goodwill("100.00 USD", "0.00 USD", "100.00 USD", testkit.Line("software.name", "A")), "goodwill.software[0].price"),
		invalid("goodwill without its breakdown", edit(testkit.Line("kind", "approved"), testkit.Line("kind", "goodwill")), "goodwill.charges", "goodwill.fees", "goodwill.reason"),
		invalid("a refusal without a reason", edit(testkit.Line("kind", "approved"), testkit.Line("kind", "declined")), "denial.reason"),
	}
}

// A correct last line helps nobody: what is given back is what was decided again.
func TestReplayOfHostileRecords(t *testing.T) {
	p, c, key := testkit.Policy(), testkit.ReviewedCase(), hostKey(t, 1)
	seen := map[string]string{}
	for _, h := range hostileTexts(t) {
		testkit.Row(t, h.because, func(t *testing.T) {
			if before, ok := seen[h.text]; ok {
				t.Errorf("is the text of %q too", before)
			}
			seen[h.text] = h.because
			d, err := decision.Replay(p, c, signed(1, h.text), key)
			switch {
			case h.err == nil && h.paths == nil:
				if err != nil || d.IsZero() {
					t.Errorf("got %v, %v", d, err)
				}
				return
			case h.err == decision.ErrForged:
				if err != decision.ErrForged {
					t.Errorf("got %v", err)
				}
			case h.err != nil:
				if gate := onlyGate(t, err); gate.Gate != h.err {
					t.Errorf("got %v", err)
				}
			default:
				if !testkit.HasPaths(err, h.paths...) {
					t.Errorf("got %v with %q, want %q", err, testkit.Paths(err), h.paths)
				}
			}
			if !d.IsZero() {
				t.Errorf("got %v", d)
			}
			if d, err := decision.Replay(p, c, signed(2, h.text), key); err != decision.ErrForged || !d.IsZero() {
				t.Errorf("under another key: %v, %v", d, err)
			}
		})
	}
}

// Amounts at the end of what can be stated come back too.
func TestReplayOfTheLongestAmounts(t *testing.T) {
	most := refund.MustMoney("9"+strings.Repeat("0", 31), "USD")
	c := testkit.ReviewedCase()
	c.Subscription.Price, c.Subscription.Paid = most, most
	rows := []struct {
		because string
		charges string
		fees    string
	}{
		{"as many digits as an input may have", "8" + strings.Repeat("0", 31), "0.00"},
		{"a net of the largest charges and the smallest fee", "9" + strings.Repeat("0", 31), "0.01"},
	}
	p, key := testkit.Policy(), hostKey(t, 1)
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			g := aGoodwill(r.charges, r.fees)
			g.By.Limit = c.Subscription.Price
			d := goodwilled(t, p, c, g)
			again, err := decision.Replay(p, c, recorded(t, d, key), key)
			if err != nil || !again.Equal(d) {
				t.Errorf("%v came back as %v, %v", d, again, err)
			}
		})
	}
}

// All that is refundable can be approved, whatever it comes to.
func TestAuthorizeOfTheLongestAmounts(t *testing.T) {
	c := testkit.ReviewedCase()
	most := refund.MustMoney("9"+strings.Repeat("0", 31), "USD")
	c.Subscription.Price, c.Subscription.Paid, c.Subscription.Refunded = most, most, testkit.USD("0.01")
	p := testkit.Policy()
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	a := anApproval("1.00")
	a.Amount, a.By.Limit = o.Refundable, most
	d, err := decision.Approve(p, c, o.Digest(), a)
	if err != nil {
		t.Fatalf("%v refundable: %v", o.Refundable, err)
	}
	key := hostKey(t, 1)
	sameDecision(t, made(t)(decision.Replay(p, c, recorded(t, d, key), key)), d)
	a.Amount = a.Amount.Times(10)
	if _, err = decision.Approve(p, c, o.Digest(), a); !testkit.HasPaths(err, "approval.amount") {
		t.Errorf("ten times as much: %v", err)
	}
}

// decisionForm is that of a goodwill on clearedCase.
func decisionForm(p refund.Policy, c refund.Case, outcome refund.Digest) string {
	return testkit.Form("decision",
		"kind", "goodwill",
		"officer.id", "ops-3",
		"officer.account", "ACC-90",
		"officer.limit", "500.00 USD",
		"at", "1774531800.000000000",
		"amount", "60.00 USD",
		"reason", "a long wait",
		"charges", "100.00 USD",
		"fees", "20.00 USD",
		"software.name", "Antivirus", "software.price", "15.50 USD",
		"software.name", "Backup", "software.price", "4.50 USD",
		"policy", p.Digest().String(),
		"case", c.Digest().String(),
		"outcome", outcome.String(),
	)
}

// A digest that changes makes every stored decision stale.
func TestDecisionDigest(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	got := oneOfEach(t)[1].Digest()
	if want := refund.Digest(sha256.Sum256([]byte(decisionForm(p, c, testkit.Shown(t, p, c))))); got != want {
		t.Errorf("got %v, want the digest of\n%s", got, decisionForm(p, c, testkit.Shown(t, p, c)))
	}
}

// A decision stored under one version comes back a year later, when a newer version is
// in force.
func TestDecisionsOutliveVersions(t *testing.T) {
	old, newer := testkit.Policy(), testkit.Policy()
	newer.Version, newer.Effective = "2", testkit.March(26, 0, 0).AddDate(1, 0, 0)
	versions, err := refund.NewVersions(newer, old)
	if err != nil {
		t.Fatal(err)
	}
	c, key := testkit.ReviewedCase(), hostKey(t, 1)
	d := approved(t, old, c, anApproval("100.00"))
	record := recorded(t, d, key)
	p, err := versions.At(c.Subscription.Start)
	if err != nil {
		t.Fatal(err)
	}
	if again := made(t)(decision.Replay(p, c, record, key)); !again.Equal(d) {
		t.Errorf("came back as %v", again)
	}
	again, err := decision.Replay(newer, c, record, key)
	var stale *decision.StaleError
	if !again.IsZero() || !errors.As(err, &stale) || stale.What != "policy" || stale.Then != old.Digest() || stale.Now != newer.Digest() {
		t.Errorf("under the newer version: %v, %v", again, err)
	}
}
