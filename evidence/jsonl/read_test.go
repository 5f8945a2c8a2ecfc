package jsonl_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestReadEveryField(t *testing.T) {
	log, err := jsonl.ReadAll(strings.NewReader(chatText + "\n" + callText + "\n" + recordingText + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, full(), log)
	if err := log.Validate(); err != nil {
		t.Error(err)
	}

	e, err := one(t, leastText)
	if err != nil {
		t.Fatal(err)
	}
	same(t, jsonl.Entry{Line: 1, Call: &evidence.Call{Header: evidence.Header{ID: "C-9", Start: at(0, 0, 0), End: at(0, 0, 0)}}}, e)
}

func TestReadForms(t *testing.T) {
	least := entries(evidence.Log{Calls: []evidence.Call{{Header: evidence.Header{ID: "C-9", Start: at(0, 0, 0), End: at(0, 0, 0)}}}})[0]
	least.Line = 1
	for _, r := range []struct{ why, text string }{
		{"the order of the fields is any", `{"end":"2026-03-02T15:00:00Z","start":"2026-03-02T15:00:00Z","id":"C-9","kind":"call"}`},
		{"blanks", " {\t\"kind\" : \"call\", \"id\":\"C-9\",\r\"start\":\"2026-03-02T15:00:00Z\",\"end\":\"2026-03-02T15:00:00Z\"} "},
		{"escapes, in names too", `{"k\u0069nd":"c\u0061ll","id":"C\u002d9","start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:00:00Z"}`},
		{"instants at other places", `{"kind":"call","id":"C-9","start":"2026-03-02T10:00:00-05:00","end":"2026-03-02T20:30:00.000+05:30"}`},
		{"empty texts and lists are left out", `{"kind":"call","id":"C-9","account":"","agent":"","start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:00:00Z",` +
			`"started_by":"","answered":"","from":"","to":"","media":[],"transcript":[]}`},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			e, err := one(t, r.text)
			if err != nil {
				t.Errorf("%s: %v", r.why, err)
			}
			same(t, least, e)
		})
	}
}

const invalid = "refund: invalid input: "

func TestReadLines(t *testing.T) {
	long := strings.Repeat(" ", jsonlines.MaxBytes)
	for _, r := range []struct {
		why, file string
		want      []string
	}{
		{"nothing", "", nil},
		{"only blank lines", "\n \n\r\n\t", nil},
		{"each kind", callText + "\n" + recordingText + "\n" + chatText + "\n", []string{"1 call C-1", "2 recording R-1", "3 chat H-1"}},
		{"no end to the last line", callText + "\n" + chatText, []string{"1 call C-1", "2 chat H-1"}},
		{"blank lines are counted", "\n\n" + callText + "\n \n\n" + chatText + "\n\n", []string{"3 call C-1", "6 chat H-1"}},
		{"line ends of another system", callText + "\r\n\r\n" + chatText + "\r\n", []string{"1 call C-1", "3 chat H-1"}},
		{"a bad line does not affect the others", callText + "\n{\n" + chatText + "\n", []string{"1 call C-1", "2 line 2: " + invalid + "is not valid JSON, at byte 2", "3 chat H-1"}},
		{"so does one with a fault, which is at its path", leastText + "\n" + edit(t, leastText, `"C-9"`, `9`) + "\n" + leastText,
			[]string{"1 call C-9", "2 line 2: " + invalid + "id: is a number, not a string", "3 call C-9"}},
		{"two records on a line are no record", leastText + leastText + "\n" + leastText, []string{"1 line 1: " + invalid + "has text after its end, at byte 87", "2 call C-9"}},
		{"a record cannot continue on the next line", edit(t, leastText, `,"start"`, ",\n\"start\""), []string{
			"1 line 1: " + invalid + "is not valid JSON, at byte 27", "2 line 2: " + invalid + "has text after its end, at byte 8"}},
		{"1 MiB exactly", leastText + long[len(leastText):] + "\n", []string{"1 call C-9"}},
		{"a byte more", callText + "\n" + leastText + long[len(leastText)-1:] + "\n" + chatText, []string{"1 call C-1", "2 line 2: " + invalid + "is longer than 1 MiB", "3 chat H-1"}},
		{"much more", leastText + long + long + leastText + "\n\n" + chatText, []string{"1 line 1: " + invalid + "is longer than 1 MiB", "3 chat H-1"}},
		{"every line bad", "x\n[]\nnull\n", []string{
			"1 line 1: " + invalid + "is not valid JSON, at byte 1", "2 line 2: " + invalid + "is an array, not an object",
			"3 line 3: " + invalid + "null is not allowed: leave the field out"}},
		{"a byte order mark", "\ufeff" + callText + "\n" + callText, []string{"1 line 1: " + invalid + "begins with a byte order mark: write it as UTF-8 without one", "2 call C-1"}},
		{"an id twice is for the log to say", leastText + "\n" + leastText, []string{"1 call C-9", "2 call C-9"}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			if diff := cmp.Diff(r.want, told(read(t, r.file))); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

func TestReadStopsWhenTheLoopBreaks(t *testing.T) {
	for _, file := range []string{callText + "\n" + chatText, "{\n{\n"} {
		n := 0
		for range jsonl.Read(strings.NewReader(file)) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%d entries after the first", n-1)
		}
	}
}

// An error of reading comes last, as it is.
func TestReadFails(t *testing.T) {
	broken := errors.New("the disk is broken")
	for _, r := range []struct {
		why, file string
		want      []string
	}{
		{"at once", "", []string{"1 the disk is broken"}},
		{"after a line", callText + "\n", []string{"1 call C-1", "2 the disk is broken"}},
		{"after a bad one", "{\n\n", []string{"1 line 1: " + invalid + "is not valid JSON, at byte 2", "3 the disk is broken"}},
		{"reading fails within a line, which is not reported", callText + "\n" + chatText, []string{"1 call C-1", "2 the disk is broken"}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			var list []jsonl.Entry
			var errs []error
			file := func() io.Reader { return io.MultiReader(strings.NewReader(r.file), iotest.ErrReader(broken)) }
			for e, err := range jsonl.Read(file()) {
				list, errs = append(list, e), append(errs, err)
			}
			if diff := cmp.Diff(r.want, told(list, errs)); diff != "" {
				t.Errorf("%s: want -, got +:\n%s", r.why, diff)
			}
			last := len(errs) - 1
			if errs[last] != broken || (list[last] != jsonl.Entry{Line: list[last].Line}) {
				t.Errorf("%s: ends with %+v, %v", r.why, list[last], errs[last])
			}
			log, err := jsonl.ReadAll(file())
			if !errors.Is(err, broken) {
				t.Errorf("%s: ReadAll: %v", r.why, err)
			}
			var read evidence.Log
			for _, e := range list {
				e.AddTo(&read)
			}
			same(t, read, log)
		})
	}
}

func TestReadAllJoinsTheErrors(t *testing.T) {
	log, err := jsonl.ReadAll(strings.NewReader(callText + "\n{}\n" + recordingText + "\n\n[]\n" + chatText))
	same(t, full(), log) // beside the errors
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != 2 {
		t.Fatalf("error %v, want two joined", err)
	}
	for i, want := range []int{2, 5} {
		if line, ok := joined.Unwrap()[i].(*evidence.LineError); !ok || line.Line != want {
			t.Errorf("error %v, want one of line %d", joined.Unwrap()[i], want)
		}
	}
	var faults refund.Faults
	faults.Merge(err)
	if len(faults) != 2 || faults[0].Path != "line 2: kind" || faults[1].Path != "line 5" {
		t.Errorf("faults %v", faults)
	}
	if log, err := jsonl.ReadAll(strings.NewReader("\n")); err != nil || log.Len() != 0 {
		t.Errorf("a file of nothing: %v, %v", log, err)
	}
}

// A file of errors costs no more memory than its first hundred.
func TestReadAllKeepsTheFirstHundredErrors(t *testing.T) {
	broken := errors.New("the disk is broken")
	for _, r := range []struct {
		why   string
		lines int
		kept  int
		last  string
	}{
		{"a hundred are all kept, with that of reading", 100, 101, "the disk is broken"},
		{"of more, the first hundred, that of reading, and how many more there are", 101, 102, "jsonl: 1 more errors"},
		{"the same holds for many more faults", 10_000, 102, "jsonl: 9900 more errors"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			file := io.MultiReader(strings.NewReader(strings.Repeat("x\n", r.lines)+leastText+"\n"), iotest.ErrReader(broken))
			log, err := jsonl.ReadAll(file)
			joined := err.(interface{ Unwrap() []error }).Unwrap()
			if len(joined) != r.kept || joined[r.kept-1].Error() != r.last || !errors.Is(err, broken) || log.Len() != 1 {
				t.Errorf("%d records and %d errors, of which the last is %v", log.Len(), len(joined), joined[len(joined)-1])
			}
		})
	}
}

func TestAddTo(t *testing.T) {
	var log evidence.Log
	jsonl.Entry{Line: 3}.AddTo(&log)
	same(t, evidence.Log{}, log)
	for range 2 {
		for _, e := range entries(full()) {
			e.AddTo(&log)
		}
	}
	once := full()
	same(t, evidence.Log{
		Calls:      append(once.Calls, once.Calls[0]),
		Recordings: append(once.Recordings, once.Recordings[0]),
		Chats:      append(once.Chats, once.Chats[0]),
	}, log)
}
