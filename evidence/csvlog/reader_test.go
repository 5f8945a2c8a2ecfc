package csvlog_test

import (
	"errors"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestTexts(t *testing.T) {
	for _, r := range []struct{ why, written, text, path string }{
		{"a formula", "=1+1", "=1+1", ""},
		{"a number after an apostrophe", "'+49 30 5550100", "'+49 30 5550100", ""},
		{"blanks around a text", " a ", " a ", ""},
		{"quotes", `"say ""hi"""`, `say "hi"`, ""},
		{"quotes that are not doubled", `"Jo" <5550100>`, `"Jo" <5550100>`, ""},
		{"a line break", "\"a\r\nb\"", "a\r\nb", ""},
		{"another script", "Žofie 李", "Žofie 李", ""},
		{"control characters other than NUL", "\x01\x7f", "\x01\x7f", ""},
		{"Latin-1", "Jos\xe9", "", "agent"},
		{"a NUL", "a\x00b", "", "agent"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			record, err := one(t, with("agent", r.written))
			if got := strings.Join(testkit.Paths(err), " "); got != r.path {
				t.Fatalf("faults %q, want %q: %v", got, r.path, err)
			}
			if err == nil && record.Call.Agent != r.text {
				t.Errorf("read %q, want %q", record.Call.Agent, r.text)
			}
		})
	}
}

func TestUnmappedColumnsNeedNotBeUTF8(t *testing.T) {
	got := read(t, strings.NewReader("clid,"+header+"\nJos\xe9\x00,"+row), inUTC(calls()))
	if len(got) != 1 || got[0].Err != "" || got[0].Agent != "ann" {
		t.Errorf("got %v", got)
	}
}

func TestRows(t *testing.T) {
	long := with("agent", strings.Repeat("x", 1<<20))
	for _, r := range []struct{ why, rows, want string }{
		{"no row", "", ""},
		{"rows", row + "\n" + row + "\n", "2 3"},
		{"no line end at the end", row + "\n" + row, "2 3"},
		{"blank lines are skipped and counted", "\n" + row + "\n \n" + row, "3 5"},
		{"a row of two lines", with("agent", "\"a\nb\"") + "\n" + row, "2 4"},
		{"a column too few", row[:strings.LastIndex(row, ",")] + "\n" + row, "bad:2 3"},
		{"a column too many", row + ",\n" + row, "bad:2 3"},
		{"a quote that is not closed", with("agent", `"ann`) + "\n" + row, "2 3"},
		{"a quote that is not closed, before quoted texts", with("agent", `"ann`) + "\n" + with("agent", `"ann"`), "2 3"},
		{"a row that is too long", row + "\n" + long + "\n" + row, "2 bad:3 4"},
		{"a row that is too long, at the end", row + "\n" + long, "2 bad:3"},
		{"the rows around a bad row are read", row + "\n" + with("start", "x") + "\n" + row, "2 bad:3 4"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			var got []string
			for _, p := range read(t, strings.NewReader(header+"\n"+r.rows), inUTC(calls())) {
				line := strconv.Itoa(p.Line)
				if p.ID == "" {
					line = "bad:" + line
				}
				got = append(got, line)
			}
			if got := strings.Join(got, " "); got != r.want {
				t.Errorf("lines %q, want %q", got, r.want)
			}
		})
	}
}

func TestReadingFails(t *testing.T) {
	broken := errors.New("broken")
	if _, err := csvlog.NewReader(iotest.ErrReader(broken), inUTC(calls())); err != broken {
		t.Errorf("error %v", err)
	}
	in, err := csvlog.NewReader(io.MultiReader(strings.NewReader(header+"\n"+row+"\nbad\n"+row[:20]), iotest.ErrReader(broken)), inUTC(calls()))
	if err != nil {
		t.Fatal(err)
	}
	var errs []error
	for record, err := range in.All() {
		errs = append(errs, err)
		if err != nil && record.Call != nil {
			t.Error("a record with an error")
		}
	}
	if len(errs) != 3 || errs[0] != nil || errs[1] == nil || errs[2] != broken {
		t.Errorf("errors %v", errs)
	}
	for range in.All() {
		t.Error("a result after the error")
	}
}

// Reading on would fail.
func TestRecordsAreStreamed(t *testing.T) {
	in, err := csvlog.NewReader(io.MultiReader(strings.NewReader(header+"\n"+row+"\n"+row+"\n"), iotest.ErrReader(errors.New("read on"))), inUTC(calls()))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // ranging again continues
		for record, err := range in.All() {
			if err != nil || record.Call.ID != "C-1" {
				t.Error(err)
			}
			break
		}
	}
}

// endless returns a number of bytes: the text again and again, from its beginning at each
// Read.
type endless struct {
	text string
	left int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p, e.text)
	e.left -= n
	return n, nil
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	for _, r := range []struct{ why, unit string }{
		{"valid records", row + "\n"},
		{"faults in every record", strings.Repeat("x,", 11) + "x\n"},
		{"one line", "x"},
		{"one line of separators", ","},
		{"quotes that join all lines", "b\",\"c\n"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			unit := strings.Repeat(r.unit, 1+4096/len(r.unit))
			file := io.MultiReader(strings.NewReader(header+"\n"+row+"\n"), &endless{unit, 8 << 20})
			in, err := csvlog.NewReader(file, inUTC(calls()))
			if err != nil {
				t.Fatal(err)
			}
			var most, n uint64
			var stats runtime.MemStats
			for range in.All() {
				if n++; n%20_000 == 1 {
					runtime.GC()
					runtime.ReadMemStats(&stats)
					most = max(most, stats.HeapAlloc)
				}
			}
			if most > 6<<20 {
				t.Errorf("%d bytes in use", most)
			}
		})
	}
}
