package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

var update = flag.Bool("update", false, "write the golden files anew")

// evaluate runs the program on an input and returns what it wrote.
func evaluate(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code = run(args, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

// golden compares with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (run with -update if this is meant), want -, got +:\n%s", name, diff)
	}
}

func TestSampleAsTable(t *testing.T) {
	code, out, errs := evaluate(t, "", "-format", "table", "cases.jsonl")
	if code != exitOK || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	golden(t, "cases.txt", out)
}

func TestBrokenAsTable(t *testing.T) {
	code, out, errs := evaluate(t, "", "-format", "table", "broken.jsonl")
	if code != exitRefused || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	golden(t, "broken.txt", out)
}

func TestExplained(t *testing.T) {
	code, out, errs := evaluate(t, "", "-explain", "cases.jsonl")
	if code != exitOK || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	golden(t, "explained.txt", out)
	for _, text := range []string{
		"-20.00 USD\n", "-30.00 USD\n", "124.99 USD  174.99 USD less 20.00 USD already refunded and 30.00 USD in dispute: 124.99 USD\n",
		"0.00 USD  10.00 USD less 15.00 USD in dispute: 0.00 USD",
	} {
		if !strings.Contains(out, text) {
			t.Errorf("%q is not in it", text)
		}
	}
	for _, clause := range refund.Clauses() {
		if n := strings.Count(out, "\n          "+clause.String()+" "); n != 48 {
			t.Errorf("%s is told %d times for 48 cases", clause, n)
		}
	}
}

// The sample is to show all there is: a month's work of a refund desk.
func TestSampleReachesEverything(t *testing.T) {
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

// A line that is refused is told in its place, and the others are evaluated.
func TestRefusalsAsJSON(t *testing.T) {
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
	for line, want := range map[int]string{2: "SUB-2602", 9: "SUB-2699", 11: "SUB-2610"} { // line 9 is cut off after its id
		if ids[line] != want {
			t.Errorf("line %d is of subscription %q, want %q", line, ids[line], want)
		}
	}
	if n := strings.Count(out, "\n"); n != 11 {
		t.Errorf("%d lines for 11 that are not blank", n)
	}
}

// The exact form of a refusal is what programs read.
func TestRefusalForm(t *testing.T) {
	for _, row := range []struct{ why, in, want string }{
		{"no id could be read", "\n  \n[1]\n", `{"line":3,"error":"refund: invalid input: is an array, not an object","fields":[""]}`},
		{"an id", `{"subscription":{"id":"SUB-7"},"issues":[],"request":{"at":"2026-03-01T10:00:00Z","channel":"fax"}}`,
			`{"line":1,"subscription":"SUB-7","error":"refund: invalid input: subscription.service: is required; request.channel: is not one of email, phone, other; ` +
				`subscription.start: is required (and 2 more)","fields":["subscription.service","request.channel","subscription.start","subscription.price","subscription.paid"]}`},
		{"an id that is refused itself", `{"subscription":{"id":" SUB-7","service":{"code":"x","billing":"one_time"},"start":"2026-03-01T10:00:00Z",` +
			`"price":{"amount":"1.00","currency":"USD"},"paid":{"amount":"1.00","currency":"USD"}},"issues":[],"request":{"at":"2026-03-01T10:00:00Z","channel":"other"}}`,
			`{"line":1,"error":"refund: invalid input: subscription.id: begins or ends with white space","fields":["subscription.id"]}`},
		{"an id given twice, of which neither is known to be right", `{"subscription":{"id":"SUB-7","id":"SUB-8"}}`,
			`{"line":1,"error":"refund: invalid input: subscription.id: is given twice; subscription.service: is required; request: is required (and 4 more)",` +
				`"fields":["subscription.id","subscription.service","request","subscription.start","subscription.price","subscription.paid","issues"]}`},
		{"an id that moves the cursor, in a text that breaks off", `{"subscription":{"id":"SUB\u001b[2J"`, `{"line":1,"error":"refund: invalid input: is not valid JSON, at byte 37","fields":[""]}`},
		{"a text that breaks off after its id", `{"subscription":{"id":"SUB-7"`, `{"line":1,"subscription":"SUB-7","error":"refund: invalid input: is not valid JSON, at byte 30","fields":[""]}`},
	} {
		_, out, _ := evaluate(t, row.in, "-format", "json")
		if row.why == "" || out != row.want+"\n" {
			t.Errorf("%s:\ngot  %swant %s", row.why, out, row.want)
		}
	}
}

// numbered returns the sample's first case under a subscription id of its own.
func numbered(t testing.TB, n int) string {
	sample, err := os.ReadFile("cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(sample), "\n")
	return strings.Replace(first, `"SUB-2601"`, fmt.Sprintf(`"SUB-%08d"`, n), 1)
}

// Many batches on many workers come out in the order they went in, refusals in
// their places, over two files and standard input.
func TestOrder(t *testing.T) {
	var all [3]strings.Builder
	var want []string
	for i := range 3000 {
		part := i / 1000
		if i%7 == 3 {
			all[part].WriteString("{}\n")
			want = append(want, fmt.Sprint("line ", i%1000+1))
			continue
		}
		all[part].WriteString(numbered(t, i) + "\n")
		want = append(want, fmt.Sprintf("SUB-%08d", i))
	}
	dir := t.TempDir()
	files := []string{filepath.Join(dir, "a"), filepath.Join(dir, "b")}
	for i, part := range []int{0, 2} {
		if err := os.WriteFile(files[i], []byte(all[part].String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	code, out, _ := evaluate(t, all[1].String(), "-format", "json", files[0], "-", files[1])
	if code != exitRefused {
		t.Errorf("status %d", code)
	}
	var got []string
	for line := range strings.Lines(out) {
		var o struct {
			Subscription string
			Line         int
		}
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		if o.Line > 0 {
			o.Subscription = fmt.Sprint("line ", o.Line)
		}
		got = append(got, o.Subscription)
	}
	if !slices.Equal(got, want) {
		t.Error("the output is not in the order of the input")
	}
}

func TestTooLongLine(t *testing.T) {
	long := strings.Repeat(" ", jsonlines.MaxBytes+1)
	code, out, _ := evaluate(t, numbered(t, 1)+"\n"+long+"\n"+numbered(t, 3), "-format", "json")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != exitRefused || len(lines) != 3 || !strings.HasPrefix(lines[1], `{"line":2,`) || !strings.Contains(lines[2], "SUB-00000003") {
		t.Errorf("status %d, %d lines", code, len(lines))
	}
}

func TestStatus(t *testing.T) {
	dir := t.TempDir()
	for _, row := range []struct {
		why   string
		args  []string
		stdin string
		code  int
		says  string // on standard error
	}{
		{"no input is no refusal", nil, "", exitOK, ""},
		{"help was asked for", []string{"-h"}, "", exitOK, "usage: evaluate"},
		{"a case was refused", []string{"-"}, "{}", exitRefused, ""},
		{"an option that does not exist", []string{"-colour"}, "", exitFailed, "usage: evaluate"},
		{"a format that does not exist", []string{"-format", "xml"}, "", exitFailed, `"xml" is neither json nor table`},
		{"JSON has the steps already", []string{"-format", "json", "-explain"}, "", exitFailed, "-explain goes with -format table"},
		{"a file that is not there", []string{"cases.jsonl", filepath.Join(dir, "none")}, "", exitFailed, "none"},
		{"a directory is no file of cases", []string{dir}, "", exitFailed, "is a directory"},
	} {
		if row.why == "" {
			t.Fatal("a row without a reason")
		}
		t.Run(row.why, func(t *testing.T) {
			code, out, errs := evaluate(t, row.stdin, row.args...)
			if code != row.code || !strings.Contains(errs, row.says) || row.says == "" && errs != "" {
				t.Errorf("status %d, %q; want %d, %q", code, errs, row.code, row.says)
			}
			if code == exitFailed && out != "" {
				t.Errorf("something was evaluated before: %s", out)
			}
		})
	}
}

// What was evaluated before the input failed is written, and the failure is told.
func TestUnreadableInput(t *testing.T) {
	in := io.MultiReader(strings.NewReader(numbered(t, 1)+"\n"), iotest.ErrReader(errors.New("disk on fire")))
	var out, errs strings.Builder
	if code := run([]string{"-format", "json"}, in, &out, &errs); code != exitFailed {
		t.Errorf("status %d", code)
	}
	if !strings.Contains(out.String(), "SUB-00000001") || !strings.Contains(errs.String(), "line 2: disk on fire") {
		t.Errorf("wrote %q, said %q", out.String(), errs.String())
	}
}

// A file that is not there is told before anything is read.
func TestMissingInput(t *testing.T) {
	for _, args := range [][]string{{"none.jsonl"}, {"cases.jsonl", "none.jsonl"}, {"-", "none.jsonl"}} {
		in := strings.NewReader(numbered(t, 1) + "\n")
		var out, errs strings.Builder
		if code := run(args, in, &out, &errs); code != exitFailed || !strings.Contains(errs.String(), "none.jsonl") {
			t.Errorf("%q: status %d, said %q", args, code, errs.String())
		}
		if out.Len() > 0 || in.Len() == 0 {
			t.Errorf("%q: wrote %q, and left %d bytes unread", args, out.String(), in.Len())
		}
	}
}

// Batches end with a number of lines or of bytes, whichever comes first.
func TestBatches(t *testing.T) {
	for _, row := range []struct {
		why   string
		bytes int // of a line
		lines int
		want  []int // lines of each batch
	}{
		{"so many short lines", 10, 2*batchLines + 1, []int{batchLines, batchLines, 1}},
		{"no lines left over", 10, batchLines, []int{batchLines}},
		{"lines that fill a batch to the byte", batchBytes / 4, 9, []int{4, 4, 1}},
		{"lines that fill one beyond it", batchBytes/4 + 1, 5, []int{4, 1}},
		{"lines that leave a little room", batchBytes/4 - 1, 6, []int{5, 1}},
		{"each longer than a batch", batchBytes + 1, 3, []int{1, 1, 1}},
		{"nothing", 0, 0, nil},
	} {
		text := strings.Repeat(strings.Repeat("x", row.bytes)+"\n", row.lines)
		in, err := openInputs(nil, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		free := make(chan *batch, row.lines) // one for each, were it sent alone
		for range row.lines {
			free <- new(batch)
		}
		var got []int
		err = fill(in, free, nil, func(b *batch) { got = append(got, len(b.lines)) })
		if err != nil || !slices.Equal(got, row.want) || row.why == "" {
			t.Errorf("%s: %v, %v, want %v", row.why, got, err, row.want)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// An output that cannot be written ends the work, however much input is left.
func TestUnwritableOutput(t *testing.T) {
	in := strings.NewReader(strings.Repeat(numbered(t, 1)+"\n", 20_000))
	var errs strings.Builder
	if code := run([]string{"-format", "json"}, in, fullDisk{}, &errs); code != exitFailed || !strings.Contains(errs.String(), "disk full") {
		t.Errorf("status %d, %s", code, errs.String())
	}
	if in.Len() == 0 {
		t.Error("all of the input was read for nothing")
	}
}

// endless yields a line for as often as wanted, and notes the largest heap.
type endless struct {
	line []byte
	left int
	at   int
	peak uint64
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) && e.left > 0 {
		m := copy(p[n:], e.line[e.at:])
		n += m
		if e.at += m; e.at == len(e.line) {
			e.at = 0
			if e.left--; e.left%2000 == 0 {
				runtime.GC()
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				e.peak = max(e.peak, stats.HeapAlloc)
			}
		}
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Memory does not grow with the file: ten times the lines take no more.
func TestConstantMemory(t *testing.T) {
	peak := func(lines int) uint64 {
		in := &endless{line: []byte(numbered(t, 1) + "\n"), left: lines}
		if code := run([]string{"-format", "json"}, in, io.Discard, io.Discard); code != exitOK {
			t.Fatalf("status %d", code)
		}
		return in.peak
	}
	few, many := peak(4000), peak(40_000)
	if many > few+8<<20 {
		t.Errorf("%d bytes for 4,000 lines, %d for 40,000", few, many)
	}
}

// What a case says must not move the cursor of whoever looks at it.
func TestTableShowsNoControlCharacters(t *testing.T) {
	line := strings.Replace(numbered(t, 1), "SUB-00000001", `S\u202e\u2066über`, 1)
	line = strings.Replace(line, "records match", `records\u001b[1A\nmatch`, 1)
	code, out, _ := evaluate(t, line, "-explain")
	if code != exitOK || !strings.Contains(out, "S··über") || !strings.Contains(out, "records [1A match") {
		t.Errorf("status %d:\n%s", code, out)
	}
	for _, r := range out {
		if r < ' ' && r != '\n' || r == '\u202e' {
			t.Errorf("%q is in it", r)
		}
	}
}

func TestShown(t *testing.T) {
	for _, row := range []struct{ why, in, want string }{
		{"as long as the column", "12345", "12345"},
		{"longer than the column", "123456", "1234…"},
		{"counted in characters", "ÄÖÜäö", "ÄÖÜäö"},
		{"nothing", "", ""},
	} {
		if got := shown(row.in, 5); got != row.want || row.why == "" {
			t.Errorf("%s: %q, want %q", row.why, got, row.want)
		}
	}
}

// The totals are those of the lines, whatever the batches.
func TestTotals(t *testing.T) {
	var in strings.Builder
	for i := range 1000 {
		in.WriteString(numbered(t, i) + "\n")
	}
	_, out, _ := evaluate(t, in.String()+"{}\n", "-format", "table")
	foot := out[strings.Index(out, "\nVERDICT"):]
	want := strings.Join([]string{
		"",
		"VERDICT                  CASES          REFUNDABLE      OF THESE",
		"full                      1000           199990.00 USD",
		"all                       1000",
		"refused                      1",
		"",
	}, "\n")
	if diff := cmp.Diff(want, foot); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestProgress(t *testing.T) {
	for _, row := range []struct {
		why               string
		cases, read, size int64
		want              string
	}{
		{"of a file, its part", 1200, 25, 100, " 25 %  1200 cases"},
		{"of standard input, the size of which nobody knows", 7, 25, 0, "7 cases"},
		{"a file that grew is not more than all of it", 7, 300, 100, "100 %  7 cases"},
	} {
		if got := progress(row.cases, row.read, row.size); got != row.want || row.why == "" {
			t.Errorf("%s: %q, want %q", row.why, got, row.want)
		}
	}
}

func TestShowProgress(t *testing.T) {
	for _, row := range []struct {
		why   string
		takes time.Duration
		want  string
	}{
		{"what is quickly done shows nothing", 900 * time.Millisecond, ""},
		{"two updates, and an empty line in the end", 2500 * time.Millisecond,
			"\r\x1b[K3 cases" + "\r\x1b[K3 cases" + "\r\x1b[K"},
	} {
		synctest.Test(t, func(t *testing.T) { // with a clock of its own
			var e evaluation
			e.done.Store(3)
			var shown bytes.Buffer
			stop := showProgress(&shown, &e, &inputs{})
			time.Sleep(row.takes)
			stop()
			if shown.String() != row.want || row.why == "" {
				t.Errorf("%s: %q", row.why, shown.String())
			}
		})
	}
}

func TestInputSize(t *testing.T) {
	info, err := os.Stat("cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		why   string
		names []string
		want  int64
	}{
		{"two files", []string{"cases.jsonl", "cases.jsonl"}, 2 * info.Size()},
		{"standard input may be any size", []string{"cases.jsonl", "-"}, 0},
		{"standard input when no file is named", nil, 0},
	} {
		in, err := openInputs(row.names, nil)
		if err != nil || in.size != row.want || row.why == "" {
			t.Errorf("%s: %v, %v", row.why, in.size, err)
		}
	}
}

func opened(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestIsTerminal(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	file, closed := opened(t, "cases.jsonl"), opened(t, "cases.jsonl")
	defer file.Close()
	closed.Close()
	for why, w := range map[string]io.Writer{"a buffer": &bytes.Buffer{}, "the null device": null, "a file": file, "a closed file": closed} {
		if isTerminal(w) {
			t.Errorf("%s is taken for a terminal", why)
		}
	}
}

// The totals of a merge do not depend on how cases were parted.
func TestMerge(t *testing.T) {
	outcome := func(amount string, held bool) *refund.Outcome {
		return &refund.Outcome{Verdict: refund.VerdictFull, Refundable: refund.MustMoney(amount, "USD"), Held: held}
	}
	var one, two, both totals
	one.add(outcome("1.10", true))
	two.add(outcome("2.20", true))
	two.add(outcome("0.03", false))
	if of := two.of[totalsKey{refund.VerdictFull, refund.MustCurrency("USD")}]; of.cases != 2 || of.held != 1 {
		t.Errorf("%+v", two)
	}
	one.refused, two.refused = 1, 4
	both.merge(&one)
	both.merge(&two)
	want := map[totalsKey]total{
		{refund.VerdictFull, refund.MustCurrency("USD")}: {3, 2, refund.MustMoney("3.33", "USD")},
	}
	if both.refused != 5 || !maps.EqualFunc(both.of, want, func(a, b total) bool {
		return a.cases == b.cases && a.held == b.held && a.refundable.Equal(b.refundable)
	}) {
		t.Errorf("%+v", both)
	}
}

// BenchmarkEvaluate measures the whole way of a line, on all processors.
func BenchmarkEvaluate(b *testing.B) {
	in := &endless{line: []byte(numbered(b, 1) + "\n"), left: b.N}
	b.SetBytes(int64(len(in.line)))
	start := time.Now()
	if code := run([]string{"-format", "json"}, in, io.Discard, io.Discard); code != exitOK {
		b.Fatalf("status %d", code)
	}
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "cases/s")
}
