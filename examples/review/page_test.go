package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestWrap(t *testing.T) {
	for _, row := range []struct{ why, in, want string }{
		{"as long as a line", "123 567 90", "123 567 90"},
		{"longer than a line", "123 567 90 2", "123 567 90|2"},
		{"a word that does not fit any more", "123 567 9012", "123 567|9012"},
		{"a word that fits no line", "1 34567890123456789 1", "1|3456789012|3456789 1"},
		{"a first word that fits no line", "12345678901 1", "1234567890|1 1"},
		{"counted in characters", "ÄÖÜäöü éèê", "ÄÖÜäöü éèê"},
		{"lines of its own", "1\n2 3", "1|2 3"},
		{"an empty text is one empty line", "", ""},
	} {
		if got := strings.Join(wrap(row.in, 10), "|"); got != row.want || row.why == "" {
			t.Errorf("%s: %q, want %q", row.why, got, row.want)
		}
	}
}

func TestTable(t *testing.T) {
	p := page{width: 100}
	p.table([][]string{
		{"id", "amount ", "text"},
		{"äö-1", "5.00", "one"},
		{"", "25.00", "two\nthree"},
		{"T-100", "", ""},
	})
	same(t, strings.Join([]string{
		"id     amount  text",
		"äö-1     5.00  one",
		"        25.00  two",
		"               three",
		"T-100",
		"",
	}, "\n"), string(p.b))
}

func TestShown(t *testing.T) {
	for _, row := range []struct {
		why, in string
		width   int
		want    string
	}{
		{"as long as the column", "12345", 5, "12345"},
		{"longer than the column", "123456", 5, "1234…"},
		{"counted in characters", "ÄÖÜäö", 5, "ÄÖÜäö"},
		{"as much as there is", "123456", 0, "123456"},
		{"control characters", "a\x1b[2J\u202e\n", 0, "a·[2J··"},
	} {
		if got := shown(row.in, row.width); got != row.want || row.why == "" {
			t.Errorf("%s: %q, want %q", row.why, got, row.want)
		}
	}
}

// What a folder says must not move the cursor of whoever looks at it, nor spoil the
// columns.
func TestTextIsSafeForATerminal(t *testing.T) {
	const evil = `\u001b[2J\u0007\u202e\u00a0`
	const more = `\u0085\u061c\u200f\u2069`
	const evilID = `\u202e\u2066\u00a0` // a case refuses ids with control characters
	long, longID := evil+more+strings.Repeat("x", 200), evilID+strings.Repeat("x", 200)
	fsys := folderOf(map[string]string{
		"logs/a.jsonl": chat("H-1", "10:10:00", "10:20:00", `,"issues":["T`, longID, `"],"media":[{"name":"media/`, long, `","size":0,"sha256":"`,
			strings.Repeat("0", 64), `","type":"a/b"}]`) +
			strings.Replace(chat("H-2", "13:10:00", "13:20:00", `,"issues":["Z`, long, `"]`), `"H-2"`, `"H`+long+`"`, 1) +
			strings.Replace(chat("H-3", "13:10:00", "13:20:00"), "ACC-7", "ACC"+long, 1),
		"logs/b\x1b[2J" + strings.Repeat("y", 100) + ".jsonl": "{}",
	})
	data := string(fsys[caseFile].Data)
	for id, with := range map[string]string{"S-1": longID, "T-1": longID, "slow": long, "pc-care": long} {
		data = strings.Replace(data, `"`+id, `"`+id[:1]+with, 1)
	}
	data = strings.Replace(data, `"policy"`, `"findings": [{"clause": "licensed", "severity": "advisory", "subject": "`+long+`", "detail": "`+long+`"}], "policy"`, 1)
	fsys[caseFile].Data = []byte(strings.ReplaceAll(data, `"ACC-7"`, `"ACC-7`+longID+`"`))
	r := look(t, fsys)
	for _, c := range string(asJSON(r)) {
		if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)) {
			t.Errorf("%q is in the JSON", c)
		}
	}
	var back struct{ Subscription struct{ ID string } }
	if err := json.Unmarshal(asJSON(r), &back); err != nil || back.Subscription.ID != r.Case.Subscription.ID {
		t.Errorf("escapes changed an id: %q, %v", back.Subscription.ID, err)
	}
	out := string(text(r, defaultWidth))
	for _, r := range out {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			t.Errorf("%q is in it", r)
		}
	}
	for line := range strings.Lines(out) {
		if utf8.RuneCountInString(line) > defaultWidth+1 {
			t.Errorf("too long: %s", line)
		}
	}
	texts := strings.Count(out, "·[2J··")
	if ids := strings.Count(out, "··") - texts; ids < 5 || texts < 5 {
		t.Errorf("only %d ids and %d other texts are shown:\n%s", ids, texts, out)
	}
}

// A report lists no more records for an issue than a page has room for; programs get
// all that there are.
func TestManyRecords(t *testing.T) {
	var records strings.Builder
	for i := range 12 {
		records.WriteString(chat(fmt.Sprint("H-", 10+i), "10:10:00", "10:20:00", `,"issues":["T-1"]`))
		records.WriteString(chat(fmt.Sprint("H-", 30+i), "13:10:00", "13:20:00", `,"issues":["T-1"]`))
	}
	r := look(t, folderOf(map[string]string{"logs/a.jsonl": records.String()}))
	out, object := string(text(r, defaultWidth)), string(asJSON(r))
	if r.report.Standing("T-1") != evidence.StandingDisputed {
		t.Fatal("not disputed")
	}
	if strings.Count(out, "contradicting: chat H-") != evidence.MaxListed || !strings.Contains(out, "chat H-17\n") ||
		strings.Contains(out, "chat H-18\n") || !strings.Contains(out, "and 8 more\n") {
		t.Errorf("the text is\n%s", out)
	}
	for i := range 12 {
		for _, id := range []int{10 + i, 30 + i} {
			if strings.Count(object, fmt.Sprintf(`{"kind":"chat","id":"H-%d"`, id)) != 1 {
				t.Errorf("H-%d is not in the object once", id)
			}
		}
	}
}

// Each verdict has its own clause, and the text shows the reason of that clause.
func TestVerdicts(t *testing.T) {
	for _, row := range []struct{ why, from, to, want string }{
		{"no issue was resolved", `, "resolved": "2026-03-02T12:00:00Z"`, ``, "verdict     full: no issue was resolved in the window"},
		{"an issue was", ``, ``, "verdict     deducted: 1 issue resolved"},
		{"the charge is more than the price", `"25.00"`, `"100.00"`, "verdict     consumed: 1 issue resolved"},
		{"it was for one time", `recurring`, `one_time`, "verdict     one_time_service: one-time services are not refunded under the guarantee"},
		{"it was asked too late", `2026-03-05T`, `2026-03-25T`, "verdict     window_closed: asked on 25 March 2026; the last day was 17 March 2026"},
		{"no issue at all", `{"id": "T-1", "opened": "2026-03-02T10:00:00Z", "resolved": "2026-03-02T12:00:00Z"}`, ``, "ISSUES\nnone\n\nFINDINGS\n"},
		{"the three figures", ``, ``, " 74.00 USD  all that are logged\n 99.00 USD  those that are corroborated or plausible\n 99.00 USD  those that are corroborated\n"},
		{"no figure without a guarantee", `recurring`, `one_time`, "  0.00 USD  all that are logged\n"},
		{"neither refunded before nor in dispute", ``, ``, "price         99.00 USD, paid 99.00 USD\n"},
		{"refunded before", `"paid"`, `"refunded": {"amount": "9.00", "currency": "USD"}, "paid"`, "paid 99.00 USD, refunded before 9.00 USD\n"},
		{"in dispute", `"paid"`, `"disputed": {"amount": "9.00", "currency": "USD"}, "paid"`, "paid 99.00 USD, in dispute 9.00 USD\n"},
		{"a refund and a dispute reduce the amount", `"paid"`, `"refunded": {"amount": "9.00", "currency": "USD"}, "disputed": {"amount": "4.00", "currency": "USD"}, "paid"`,
			"refundable  61.00 USD (74.00 USD less 9.00 USD already refunded and 4.00 USD in dispute: 61.00 USD)\n"},
		{"the cap limits the amount", `"paid": {"amount": "99.00"`, `"paid": {"amount": "50.00"`, "refundable  50.00 USD (limited to the 50.00 USD that was paid)\n"},
		{"the last day, not the midnight after it", ``, ``, "window        from 2026-03-02 09:00 UTC; the last day is 2026-03-17, in UTC\n"},
		{"a window of hours closes at an instant", `"policy": {`, `"policy": {"readings": {"day_count": "elapsed"}, `, "window        from 2026-03-02 09:00 UTC; it closes on 2026-03-17 09:00 UTC, in UTC\n"},
		{"the account that asked is unknown", `"by": "ACC-7",`, ``, "account unknown"},
		{"by telephone", `email`, `phone`, "by telephone, by account ACC-7"},
		{"another way", `email`, `other`, "by another way, by account ACC-7"},
		{"to the second", `T09:00:00Z", "channel"`, `T09:00:07Z", "channel"`, "2026-03-05 09:00:07 UTC"},
		{"the log is empty", ``, ``, "media    0 files checked\n"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			fsys := folderOf(nil)
			fsys[caseFile].Data = []byte(strings.Replace(string(fsys[caseFile].Data), row.from, row.to, 1))
			if out := string(text(look(t, fsys), 100)); !strings.Contains(out, row.want) {
				t.Errorf("%q is not in\n%s", row.want, out)
			}
		})
	}
}

// A word that is as long as the file does not take quadratic time to break: each character
// is copied a bounded number of times.
func TestWrapOfOneLongWord(t *testing.T) {
	word := strings.Repeat("x", 1<<16)
	lines := wrap(word, 20)
	if len(lines) != 1<<16/20+1 || strings.Join(lines, "") != word {
		t.Errorf("%d lines", len(lines))
	}
	small, large := allocated(strings.Repeat("x", 1<<12)), allocated(word)
	if large > 20*small {
		t.Errorf("16 times the word takes %d bytes of memory instead of %d", large, small)
	}
}

func allocated(word string) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	wrap(word, 20)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
