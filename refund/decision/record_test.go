package decision_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// hostKey returns the private key of the n-th host.
func hostKey(t testkit.TB, n byte) ed25519.PrivateKey {
	t.Helper()
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

// publicKey returns the public key of the n-th host.
func publicKey(n byte) ed25519.PublicKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize)).Public().(ed25519.PublicKey)
}

// signed returns a text followed by the signature line of the n-th host's key, in the form
// that Record documents.
func signed(n byte, text string) []byte {
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
	id := sha256.Sum256(publicKey(n))
	return fmt.Appendf(nil, "%sed25519 %x %x\n", text, id[:8], ed25519.Sign(private, []byte(text)))
}

func recorded(t testkit.TB, d decision.Decision, key crypto.Signer) []byte {
	t.Helper()
	record, err := d.Record(key)
	if err != nil {
		t.Fatalf("no record: %v", err)
	}
	return record
}

// textOfRecord returns a record without its last line.
func textOfRecord(record []byte) string {
	text := strings.TrimSuffix(string(record), "\n")
	return text[:strings.LastIndexByte(text, '\n')+1]
}

// The text of a record is the canonical form that refund.Digest documents.
func TestRecordText(t *testing.T) {
	p, c := anyPart(), testkit.ReviewedCase()
	form := func(c refund.Case, fields ...string) string {
		return testkit.Form("decision", append(fields, "policy", p.Digest().String(), "case", c.Digest().String(), "outcome", testkit.Shown(t, p, c).String())...)
	}
	const at = "1774531800.000000000"
	silent := anApproval("100.00")
	silent.Reason, silent.By.Account = "", ""
	objected := objectedCase()
	objected.Subscription.Refunded, objected.Subscription.Disputed = testkit.USD("30.00"), testkit.USD("20.00")
	acknowledged := anApproval("100.00")
	acknowledged.Acknowledged = []refund.Clause{refund.ClauseLogReview}
	grounds := aDenial()
	grounds.Grounds = []refund.Clause{refund.ClauseRegistration, refund.ClauseCooperation}
	rows := []struct {
		because string
		d       decision.Decision
		want    string
	}{
		{"approved, after a refund and in a dispute, with an acknowledged objection", approved(t, p, objected, acknowledged), form(objected,
			"kind", "approved", "subscription", "SUB-1", "officer.id", "ops-3", "officer.account", "ACC-90", "officer.limit", "500.00 USD",
			"at", at, "amount", "100.00 USD", "refundable", "124.99 USD", "refunded", "30.00 USD", "disputed", "20.00 USD",
			"reason", "partly used", "acknowledged", "log-review")},
		{"missing fields are omitted", approved(t, p, c, silent), form(c,
			"kind", "approved", "subscription", "SUB-1", "officer.id", "ops-3", "officer.limit", "500.00 USD",
			"at", at, "amount", "100.00 USD", "refundable", "174.99 USD", "refunded", "0.00 USD", "disputed", "0.00 USD")},
		{"goodwill with each software", oneOfEach(t)[1], form(c,
			"kind", "goodwill", "subscription", "SUB-1", "officer.id", "ops-3", "officer.account", "ACC-90", "officer.limit", "500.00 USD",
			"at", at, "amount", "60.00 USD", "refundable", "174.99 USD", "refunded", "0.00 USD", "disputed", "0.00 USD",
			"reason", "a long wait", "charges", "100.00 USD", "fees", "20.00 USD",
			"software.name", "Antivirus", "software.price", "15.50 USD", "software.name", "Backup", "software.price", "4.50 USD")},
		{"declined, with an amount of zero, without the limit, with the grounds in the policy's order", declined(t, p, c, grounds), form(c,
			"kind", "declined", "subscription", "SUB-1", "officer.id", "ops-3", "officer.account", "ACC-90",
			"at", at, "amount", "0.00 USD", "refundable", "174.99 USD", "refunded", "0.00 USD", "disputed", "0.00 USD",
			"reason", "asked in error", "ground", "cooperation", "ground", "registration")},
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

// sameDecision fails unless both decisions are equal in every method.
func sameDecision(t testkit.TB, got, want decision.Decision) {
	t.Helper()
	texts := func(d decision.Decision) string {
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatalf("no JSON: %v", err)
		}
		g, ok := d.Goodwill()
		return fmt.Sprint(string(text), d.Why(), d, d.At(), g.At, g.Acknowledged, d.Acknowledged(), d.Grounds(), d.Disputed(), g.Charges, g.Fees, g.Software, g.Reason, ok, d.Officer(), d.Paid(), d.Refunded(), d.Digest(), d.CaseDigest(), d.OutcomeDigest(), d.PolicyDigest())
	}
	if a, b := texts(got), texts(want); a != b || !got.Equal(want) || !got.Outcome().Equal(want.Outcome()) {
		t.Fatalf("replayed as\n%s\nwas\n%s", a, b)
	}
}

func TestReplayReturnsTheDecision(t *testing.T) {
	p, key := anyPart(), hostKey(t, 1)
	c := testkit.ReviewedCase()
	at := anApproval("100.00")
	at.At, at.Reason = at.At.Add(123_456_789).UTC(), "two\nlines\x00\xff and 5 more\nkind 8 declined\n"
	old := testkit.ReviewedCase()
	old.Issues = refund.IssueLog{}
	old.Subscription.Start, old.Request.At = time.Date(1950, 3, 2, 0, 0, 0, 0, time.UTC), time.Date(1950, 3, 3, 0, 0, 0, 0, time.UTC)
	acknowledged, acknowledgedGoodwill, grounds, foreign := anApproval("100.00"), aGoodwill("60.00", "0.00"), aDenial(), aDenial()
	acknowledged.Acknowledged = []refund.Clause{refund.ClauseLogReview}
	acknowledgedGoodwill.Acknowledged = acknowledged.Acknowledged
	grounds.Grounds = []refund.Clause{refund.ClauseRegistration, refund.ClauseLogReview}
	foreign.By.Limit = refund.MustMoney("1"+strings.Repeat("0", 33), "JPY").Times(10_000)
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
		{"approved, with an acknowledged objection", objectedCase(), approved(t, p, objectedCase(), acknowledged)},
		{"goodwill, with an acknowledged objection", objectedCase(), goodwilled(t, p, objectedCase(), acknowledgedGoodwill)},
		{"declined, with grounds", objectedCase(), declined(t, p, objectedCase(), grounds)},
		{"declined by an officer with a limit that no record could hold", c, declined(t, p, c, foreign)},
		{"a reason that looks like a record, and parts of a second", c, approved(t, p, c, at)},
		{"decided before 1970, not on a full second", old, approved(t, p, old, before)},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			sameDecision(t, made(t)(decision.Replay(p, r.c, recorded(t, r.d, key), publicKey(1))), r.d)
		})
	}
}

// drawDecision draws a decision, with its policy and case.
func drawDecision(t *rapid.T) (refund.Policy, refund.Case, decision.Decision) {
	p, c := anyPart(), testkit.ReviewedCase()
	cents := func(label string, most int) refund.Money {
		return testkit.USD("0.01").Times(rapid.IntRange(0, most).Draw(t, label))
	}
	s := &c.Subscription
	s.Service.PerInstance, s.Paid = cents("charge", 25_000), cents("paid", 25_000)
	s.Refunded = testkit.Minor(t, drawMinor(t, "refunded", minorOf(s.Paid)), s.Paid.Currency())
	var objected []refund.Clause
	for i := range c.Findings {
		if rapid.Bool().Draw(t, "an objection") {
			c.Findings[i].Severity = refund.SeverityAdvisory
			objected = append(objected, c.Findings[i].Clause)
		}
	}
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	id := func(s string) bool {
		return strings.TrimSpace(s) == s && s != "" && !strings.ContainsFunc(s, unicode.IsControl)
	}
	by := decision.Officer{
		ID:      rapid.StringN(1, 8, -1).Filter(id).Draw(t, "officer"),
		Account: rapid.SampledFrom([]string{"", "ACC-90"}).Draw(t, "officer's account"),
		Limit:   testkit.USD("1000000.00"),
	}
	at := c.Request.At.Add(time.Duration(rapid.Int64Range(0, 1<<60).Draw(t, "decided")))
	reason := rapid.OneOf(rapid.StringN(1, 20, -1), rapid.Just("a\nkind 8 declined\n")).Filter(func(s string) bool { return strings.TrimSpace(s) != "" }).Draw(t, "reason")
	switch kind := rapid.IntRange(0, 2).Draw(t, "kind"); {
	case kind == 0 && o.Refundable.Sign() > 0:
		return p, c, made(t)(decision.Approve(p, c, o.Digest(), decision.Approval{By: by, At: at, Amount: o.Refundable, Acknowledged: objected, Reason: reason}))
	case kind == 1 && o.Remaining.Sign() > 0 && s.Refunded.Sign() == 0:
		g := decision.Goodwill{By: by, At: at, Charges: testkit.USD("0.01"), Fees: testkit.USD("0.00"), Acknowledged: objected, Reason: reason}
		for range rapid.IntRange(0, 2).Draw(t, "software") {
			g.Software = append(g.Software, decision.FreeSoftware{Name: reason, Price: testkit.USD("0.00")})
		}
		return p, c, made(t)(decision.Grant(p, c, o.Digest(), g))
	}
	return p, c, made(t)(decision.Decline(p, c, o.Digest(), decision.Denial{By: by, At: at, Grounds: objected, Reason: reason}))
}

func TestReplayLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, d := drawDecision(t)
		key := hostKey(t, 1)
		record := recorded(t, d, key)
		sameDecision(t, made(t)(decision.Replay(p, c, record, publicKey(1))), d)

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
		if got, err := decision.Replay(p, c, damaged, publicKey(1)); err != decision.ErrForged || !got.IsZero() {
			t.Fatalf("%q: %v, %v", damaged, got, err)
		}
	})
}

func TestEveryChangedByteOfARecordIsRefused(t *testing.T) {
	p, c, key := anyPart(), testkit.ReviewedCase(), hostKey(t, 1)
	for _, d := range oneOfEach(t) {
		record := recorded(t, d, key)
		refused := func(what string, damaged []byte) {
			t.Helper()
			if got, err := decision.Replay(p, c, damaged, publicKey(1)); err != decision.ErrForged || !got.IsZero() {
				t.Errorf("%v, %s: %v, %v", d.Kind(), what, got, err)
			}
		}
		for i := range record {
			bit := i % 8
			record[i] ^= 1 << bit
			refused(fmt.Sprintf("bit %d of byte %d", bit, i), record)
			record[i] ^= 1 << bit
			if i%5 == 0 || i > len(record)-5 {
				refused(fmt.Sprintf("cut to %d bytes", i), record[:i:i])
				refused(fmt.Sprintf("without its first %d bytes", i+1), record[i+1:])
			}
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
		refused("an empty record", nil)
		refused("a line break", []byte("\n"))
		if got, err := decision.Replay(p, c, record, publicKey(1)); err != nil || !got.Equal(d) {
			t.Errorf("untouched: %v, %v", got, err)
		}
	}
}

func TestReplayReportsChangedFacts(t *testing.T) {
	p, c, key := anyPart(), testkit.ReviewedCase(), hostKey(t, 1)
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
		{"the same policy under another version", func(p *refund.Policy, _ *refund.Case) { p.Version = "1a" }, text, "policy", p.Digest()},
		{"another case", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = testkit.USD("1.00") }, text, "case", c.Digest()},
		{"another case of the same outcome", func(_ *refund.Policy, c *refund.Case) { c.Request.Reason = "no good" }, text, "case", c.Digest()},
		{"both: the policy is reported", func(p *refund.Policy, c *refund.Case) { p.WindowDays, c.Request.Reason = 16, "no good" }, text, "policy", p.Digest()},
		{"an authentic record of another outcome on the same case", nil, strings.Replace(text, shown.String(), p.Digest().String(), 1), "outcome", p.Digest()},
		{"an authentic record of the zero outcome", nil, strings.Replace(text, shown.String(), zero.String(), 1), "outcome", zero},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			p, c := anyPart(), testkit.ReviewedCase()
			if r.change != nil {
				r.change(&p, &c)
			} else if r.text == text {
				t.Fatal("the text is not changed: this test is wrong")
			}
			d, err := decision.Replay(p, c, signed(1, r.text), publicKey(1))
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

// hostile is a text that is signed but was not made by Record. It has the expected error of
// Replay: a sentinel, or the paths of an InvalidError.
type hostile struct {
	because string
	text    string
	err     error
	paths   []string
}

func hostileTexts(t testkit.TB) []hostile {
	p, c := anyPart(), testkit.ReviewedCase()
	outcome := testkit.Shown(t, p, c)
	const head = "refundpolicy decision 1\n"
	digests := testkit.Line("policy", p.Digest().String()) + testkit.Line("case", c.Digest().String()) + testkit.Line("outcome", outcome.String())
	officer := testkit.Line("officer.id", "ops-3") + testkit.Line("officer.limit", "500.00 USD")
	at := testkit.Line("at", "1774531800.000000000")
	subscription, books := testkit.Line("subscription", "SUB-1"), testkit.Line("refundable", "174.99 USD")+testkit.Line("refunded", "0.00 USD")+testkit.Line("disputed", "0.00 USD")
	good := head + testkit.Line("kind", "approved") + subscription + officer + at + testkit.Line("amount", "100.00 USD") + books + digests
	goodwill := func(charges, fees, amount, software string) string {
		return head + testkit.Line("kind", "goodwill") + subscription + officer + at + testkit.Line("amount", amount) + books + testkit.Line("reason", "a long wait") +
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
		{because: "a record as Record makes it", text: good},
		{because: "goodwill as Record makes it", text: goodwill("100.00 USD", "0.00 USD", "100.00 USD", "")},

		forged("an empty text", ""),
		forged("another version of the form", edit(" 1\n", " 2\n")),
		forged("a form of something else", edit("refundpolicy decision", "refundpolicy case")),
		forged("a first line that goes on", edit("decision 1\n", "decision 1 \n")),
		forged("another program's line end", edit("decision 1\n", "decision 1\r\n")),
		forged("no first line", strings.TrimPrefix(good, head)),
		forged("no kind", edit(testkit.Line("kind", "approved"), "")),
		forged("an empty kind", edit(testkit.Line("kind", "approved"), testkit.Line("kind", ""))),
		forged("a kind by its unset name", edit(testkit.Line("kind", "approved"), testkit.Line("kind", "unset"))),
		forged("a kind that does not exist", edit(testkit.Line("kind", "approved"), testkit.Line("kind", "doubled"))),
		forged("an unknown field", edit(amount, amount+testkit.Line("note", "pay twice"))),
		forged("a name in another case", edit(amount, testkit.Line("Amount", "100.00 USD"))),
		forged("a field without a name", edit(amount, amount+testkit.Line("", "x"))),
		forged("an empty line", edit(amount, amount+"\n")),
		forged("a field given twice with two values", edit(amount, testkit.Line("amount", "1.00 USD")+amount)),
		forged("a field given twice with one value", edit(amount, amount+amount)),
		forged("fields in another order", edit(amount+testkit.Line("refundable", "174.99 USD"), testkit.Line("refundable", "174.99 USD")+amount)),
		forged("another subscription", edit(subscription, testkit.Line("subscription", "SUB-2"))),
		forged("no subscription", edit(subscription, "")),
		forged("another refundable amount", edit("refundable 10 174.99", "refundable 10 199.99")),
		forged("other earlier refunds", edit("refunded 8 0.00", "refunded 8 1.00")),
		forged("other disputes", edit("disputed 8 0.00", "disputed 8 1.00")),
		forged("no refundable amount", edit(testkit.Line("refundable", "174.99 USD"), "")),
		forged("grounds of an approval", edit(books, books+testkit.Line("ground", "licensed"))),
		forged("a ground that is not a clause", edit(books, books+testkit.Line("ground", "case-3"))),
		forged("an acknowledged clause that is not a clause", edit(books, books+testkit.Line("acknowledged", "unset"))),
		forged("no outcome", edit(testkit.Line("outcome", outcome.String()), "")),
		forged("no case", edit(testkit.Line("case", c.Digest().String()), "")),
		forged("no policy", edit(testkit.Line("policy", p.Digest().String()), "")),
		forged("the first line alone", head),
		forged("a field that is not given, stated to be empty", edit(amount, amount+testkit.Line("reason", ""))),
		forged("an officer's account that is stated to be empty", edit(officer, testkit.Line("officer.id", "ops-3")+testkit.Line("officer.account", "")+testkit.Line("officer.limit", "500.00 USD"))),
		forged("text after the last field", good+"x"),
		forged("a field that is cut off", good+"reason"),
		forged("a field without a value", good+"reason 0\n"),
		forged("a length without a value", good+"reason 5 "),
		forged("a value shorter than its length", edit("amount 10 ", "amount 11 ")),
		forged("a value longer than its length", edit("amount 10 ", "amount 9 ")),
		forged("a length of zero", edit("amount 10 ", "amount 0 ")),
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
		forged("an amount in words", edit(amount, testkit.Line("amount", "all of it"))),
		forged("an amount without its decimals", edit(amount, testkit.Line("amount", "100 USD"))),
		forged("an amount in no currency", edit(amount, testkit.Line("amount", "100.00 XXX"))),
		forged("a limit in words", edit(testkit.Line("officer.limit", "500.00 USD"), testkit.Line("officer.limit", "unlimited"))),
		forged("an instant without its parts of a second", edit(at, testkit.Line("at", "1774531800"))),
		forged("an instant of too few digits", edit(at, testkit.Line("at", "1774531800.0"))),
		forged("an instant of more than a second's nanoseconds", edit(at, testkit.Line("at", "1774531799.1000000000"))),
		forged("an instant with a sign", edit(at, testkit.Line("at", "+1774531800.000000000"))),
		forged("an instant with a sign to its parts", edit(at, testkit.Line("at", "1774531800.+00000000"))),
		forged("an instant in words", edit(at, testkit.Line("at", "now"))),
		forged("an instant beyond 64 bits", edit(at, testkit.Line("at", "99999999999999999999.000000000"))),
		forged("a digest in upper case", edit(testkit.Line("policy", p.Digest().String()), testkit.Line("policy", strings.ToUpper(p.Digest().String())))),
		forged("a digest cut short", edit(testkit.Line("case", c.Digest().String()), testkit.Line("case", c.Digest().String()[:63]))),
		forged("a digest in words", edit(testkit.Line("outcome", outcome.String()), testkit.Line("outcome", "shown"))),
		forged("a price without its software", goodwill("100.00 USD", "0.00 USD", "90.00 USD", testkit.Line("software.price", "10.00 USD"))),
		forged("two prices for one software", goodwill("100.00 USD", "0.00 USD", "90.00 USD", testkit.Line("software.name", "A")+testkit.Line("software.price", "1.00 USD")+testkit.Line("software.price", "10.00 USD"))),
		forged("a price in words", goodwill("100.00 USD", "0.00 USD", "90.00 USD", testkit.Line("software.name", "A")+testkit.Line("software.price", "free"))),
		forged("charges in words", goodwill("much", "0.00 USD", "100.00 USD", "")),
		forged("fees in words", goodwill("100.00 USD", "few", "100.00 USD", "")),
		forged("goodwill of more than its net", goodwill("100.00 USD", "20.00 USD", "100.00 USD", "")),
		forged("goodwill of less than its net", goodwill("100.00 USD", "20.00 USD", "79.99 USD", "")),

		forged("goodwill without an amount", strings.Replace(goodwill("100.00 USD", "0.00 USD", "1.00 USD", ""), testkit.Line("amount", "1.00 USD"), "", 1)),
		forged("charges of an approval", edit(amount, amount+testkit.Line("charges", "100.00 USD")+testkit.Line("fees", "0.00 USD"))),
		forged("a denial that releases an amount", head+testkit.Line("kind", "declined")+subscription+testkit.Line("officer.id", "ops-3")+at+amount+books+testkit.Line("reason", "no")+digests),
		forged("a denial with a limit", head+testkit.Line("kind", "declined")+subscription+officer+at+testkit.Line("amount", "0.00 USD")+books+testkit.Line("reason", "no")+digests),
		forged("a denial without its amount of zero", head+testkit.Line("kind", "declined")+subscription+testkit.Line("officer.id", "ops-3")+at+books+testkit.Line("reason", "no")+digests),

		refused("a cent above what is refundable", decision.ErrAboveRefundable, edit(amount, testkit.Line("amount", "175.00 USD"))),
		refused("far above it", decision.ErrAboveRefundable, edit(amount, testkit.Line("amount", "499.00 USD"))),
		refused("above the officer's limit", decision.ErrAboveLimit, edit(testkit.Line("officer.limit", "500.00 USD"), testkit.Line("officer.limit", "99.99 USD"))),
		refused("an officer without a limit", decision.ErrAboveLimit, edit(testkit.Line("officer.limit", "500.00 USD"), "")),
		refused("an amount of zero", decision.ErrNothingToRefund, edit(amount, testkit.Line("amount", "0.00 USD"))),
		refused("the officer who recorded the request", decision.ErrSelfApproval, edit(testkit.Line("officer.id", "ops-3"), testkit.Line("officer.id", "ops-1"))),
		refused("the holder's own account", decision.ErrSelfApproval, edit(testkit.Line("officer.id", "ops-3"), testkit.Line("officer.id", "ops-3")+testkit.Line("officer.account", "ACC-7"))),
		refused("goodwill of zero", decision.ErrNothingToRefund, goodwill("10.00 USD", "10.00 USD", "10.00 USD", "")),

		invalid("a negative amount", edit(amount, testkit.Line("amount", "-100.00 USD")), "approval.amount"),
		invalid("another currency", edit(amount, testkit.Line("amount", "100.00 EUR")), "approval.amount"),
		invalid("no amount", edit(amount, ""), "approval.amount"),
		invalid("a negative limit", edit(testkit.Line("officer.limit", "500.00 USD"), testkit.Line("officer.limit", "-1.00 USD")), "approval.by.limit"),
		invalid("no officer", edit(testkit.Line("officer.id", "ops-3"), ""), "approval.by.id"),
		invalid("no instant", edit(at, ""), "approval.at"),
		invalid("before the request", edit(at, testkit.Line("at", "1.000000000")), "approval.at"),
		invalid("before all time", edit(at, testkit.Line("at", "-9223372036854775808.000000000")), "approval.at"),
		invalid("after all time", edit(at, testkit.Line("at", "9223372036854775807.999999999")), "approval.at"),
		invalid("charges above the price", goodwill("300.00 USD", "0.00 USD", "199.99 USD", ""), "goodwill.charges"),
		invalid("an acknowledged clause that is satisfied", edit(books, books+testkit.Line("acknowledged", "log-review")), "approval.acknowledged[0]"),
		invalid("an officer's id with a space after it", edit(testkit.Line("officer.id", "ops-3"), testkit.Line("officer.id", "ops-3 ")), "approval.by.id"),
		invalid("negative fees", goodwill("10.00 USD", "-90.00 USD", "100.00 USD", ""), "goodwill.fees"),
		invalid("software without a price", goodwill("100.00 USD", "0.00 USD", "100.00 USD", testkit.Line("software.name", "A")), "goodwill.software[0].price"),
		invalid("goodwill without its breakdown", edit(testkit.Line("kind", "approved"), testkit.Line("kind", "goodwill")), "goodwill.charges", "goodwill.fees", "goodwill.reason"),
		invalid("a denial without a reason", edit(testkit.Line("kind", "approved"), testkit.Line("kind", "declined")), "denial.reason"),
	}
}

// A correct signature is not enough: Replay makes the decision again.
func TestReplayOfHostileRecords(t *testing.T) {
	p, c := anyPart(), testkit.ReviewedCase()
	seen := map[string]string{}
	for _, h := range hostileTexts(t) {
		testkit.Row(t, h.because, func(t *testing.T) {
			if before, ok := seen[h.text]; ok {
				t.Errorf("is the text of %q too", before)
			}
			seen[h.text] = h.because
			d, err := decision.Replay(p, c, signed(1, h.text), publicKey(1))
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
			if d, err := decision.Replay(p, c, signed(2, h.text), publicKey(1)); err != decision.ErrForged || !d.IsZero() {
				t.Errorf("under another key: %v, %v", d, err)
			}
		})
	}
}

// The largest amounts that an input may have can be replayed.
func TestReplayOfTheLongestAmounts(t *testing.T) {
	most := refund.MustMoney("9"+strings.Repeat("0", 31), "USD")
	c := testkit.ReviewedCase()
	c.Subscription.Price, c.Subscription.Paid = most, most
	rows := []struct {
		because string
		charges string
		fees    string
	}{
		{"as many digits as an input may have", "9" + strings.Repeat("0", 31), "0.00"},
		{"a net of the largest charges and the smallest fee", "9" + strings.Repeat("0", 31), "0.01"},
	}
	p, key := anyPart(), hostKey(t, 1)
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			g := aGoodwill(r.charges, r.fees)
			g.By.Limit = c.Subscription.Price
			d := goodwilled(t, p, c, g)
			again, err := decision.Replay(p, c, recorded(t, d, key), publicKey(1))
			if err != nil || !again.Equal(d) {
				t.Errorf("%v replayed as %v, %v", d, again, err)
			}
		})
	}
}

// The whole refundable amount can be approved, whatever its size.
func TestApprovalOfTheLongestAmounts(t *testing.T) {
	c := testkit.ReviewedCase()
	most := refund.MustMoney("9"+strings.Repeat("0", 31), "USD")
	c.Subscription.Price, c.Subscription.Paid, c.Subscription.Refunded = most, most, testkit.USD("0.01")
	p := anyPart()
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
	sameDecision(t, made(t)(decision.Replay(p, c, recorded(t, d, key), publicKey(1))), d)
	a.Amount = a.Amount.Times(10)
	if _, err = decision.Approve(p, c, o.Digest(), a); !testkit.HasPaths(err, "approval.amount") {
		t.Errorf("ten times as much: %v", err)
	}
}

// A decision made under one version is replayed a year later, when a newer version is in
// effect.
func TestDecisionsOutliveVersions(t *testing.T) {
	old, newer := anyPart(), anyPart()
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
	if again := made(t)(decision.Replay(p, c, record, publicKey(1))); !again.Equal(d) {
		t.Errorf("replayed as %v", again)
	}
	again, err := decision.Replay(newer, c, record, publicKey(1))
	var stale *decision.StaleError
	if !again.IsZero() || !errors.As(err, &stale) || stale.What != "policy" || stale.Then != old.Digest() || stale.Now != newer.Digest() {
		t.Errorf("under the newer version: %v, %v", again, err)
	}
}

// Time-zone rules are an input: with a newer time-zone database, the same policy and case can
// have another outcome. Here a call back that was acknowledged as late is in time under the
// new rules.
func TestReplayReportsNewTimeZoneRules(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	p.Required = append(slices.Clone(p.Required), refund.ClauseCallback)
	c.Request.CalledBack = testkit.March(10, 20, 30) // half an hour late
	a := anApproval("174.99")
	a.Acknowledged = []refund.Clause{refund.ClauseCallback}
	record := recorded(t, approved(t, p, c, a), hostKey(t, 1))

	newer := p
	newer.Location = time.FixedZone(p.Location.String(), 8*60*60)
	if newer.Digest() != p.Digest() {
		t.Fatal("the policies differ: this test is wrong")
	}
	d, err := decision.Replay(newer, c, record, publicKey(1))
	var stale *decision.StaleError
	if !d.IsZero() || !errors.As(err, &stale) || stale.What != "outcome" {
		t.Errorf("replayed %v, %v", d, err)
	}
	if facts, err := decision.Verify(record, publicKey(1)); err != nil || facts.Kind != decision.KindApproved {
		t.Errorf("verified %+v, %v", facts, err)
	}
}
