package csvfile_test

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/csvfile"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// A record is what Read returns, with "too long" as its only text for ErrTooLong.
type record struct {
	Line  int
	Texts []string
}

func read(t testkit.TB, in io.Reader, comma byte) (list []record) {
	t.Helper()
	for r := csvfile.NewReader(in, comma); ; {
		switch err := r.Read(); err {
		case nil:
			texts := []string{}
			for i := range min(r.Len(), csvfile.MaxColumns) {
				texts = append(texts, r.Text(i))
			}
			list = append(list, record{r.Line(), texts})
		case csvfile.ErrTooLong:
			list = append(list, record{r.Line(), []string{"too long"}})
		case io.EOF:
			return list
		default:
			t.Fatalf("error %v", err)
		}
	}
}

func TestRecords(t *testing.T) {
	long := strings.Repeat("x", csvfile.MaxBytes)
	for _, r := range []struct {
		why, file string
		want      []record
	}{
		{"an empty file", "", nil},
		{"only blank lines", "\n \r\n\t\n\r", nil},
		{"columns", "a,b\nc,d\n", []record{{1, []string{"a", "b"}}, {2, []string{"c", "d"}}}},
		{"empty columns", ",\n\"\",\n", []record{{1, []string{"", ""}}, {2, []string{"", ""}}}},
		{"no line end at the end", "a,b", []record{{1, []string{"a", "b"}}}},
		{"line ends of Windows", "a,\"b\"\r\nc,d\r\n", []record{{1, []string{"a", "b"}}, {2, []string{"c", "d"}}}},
		{"a carriage return at the end", "a,\"b\"\r", []record{{1, []string{"a", "b"}}}},
		{"a carriage return inside a text", "a\rb,\"c\rd\"", []record{{1, []string{"a\rb", "c\rd"}}}},
		{"blank lines are skipped and counted", "\na\n\n \nb", []record{{2, []string{"a"}}, {5, []string{"b"}}}},
		{"a byte order mark", "\uFEFF\"a\",b\n\uFEFFc", []record{{1, []string{"a", "b"}}, {2, []string{"\uFEFFc"}}}},
		{"a quoted separator", `"a,b",c`, []record{{1, []string{"a,b", "c"}}}},
		{"a doubled quote", `"a""b","""",""""""`, []record{{1, []string{`a"b`, `"`, `""`}}}},
		{"a quoted line break is kept", "\"a\r\nb\nc\",d\ne", []record{{1, []string{"a\r\nb\nc", "d"}}, {4, []string{"e"}}}},
		{"formulas and apostrophes", "=1+1,'+49 30 1,@x,-1", []record{{1, []string{"=1+1", "'+49 30 1", "@x", "-1"}}}},
		{"blanks around texts", " a , b", []record{{1, []string{" a ", " b"}}}},

		{"a quote inside a text", `a"b,c`, []record{{1, []string{`a"b`, "c"}}}},
		{"a caller whose quotes are not doubled", `"Jo" <5550100>,x`, []record{{1, []string{`"Jo" <5550100>`, "x"}}}},
		{"a quote after a backslash, as PHP writes it", `"a\"b, c",d`, []record{{1, []string{`a\"b, c`, "d"}}}},
		{"a backslash at the end of a text", `"C:\",d`, []record{{1, []string{`C:\`, "d"}}}},
		{"a blank before a quote", ` "a",b`, []record{{1, []string{` "a"`, "b"}}}},
		{"a quote that is not closed", "\"a,b\nc,d\n", []record{{1, []string{`"a`, "b"}}, {2, []string{"c", "d"}}}},
		{"a quote that is not closed before a quoted text", "x,\"a\n\"b\",c\n", []record{{1, []string{"x", `"a`}}, {2, []string{"b", "c"}}}},
		{"a single quote", `"`, []record{{1, []string{`"`}}}},

		{"the longest line", long + "\nb", []record{{1, []string{long}}, {2, []string{"b"}}}},
		{"the longest line with a line end of Windows", long[1:] + "\r\nb", []record{{1, []string{long[1:]}}, {2, []string{"b"}}}},
		{"a line that is too long", "a\n" + long + "x,y\nb", []record{{1, []string{"a"}}, {2, []string{"too long"}}, {3, []string{"b"}}}},
		{"a line that is too long, at the end", "a\n" + long + long, []record{{1, []string{"a"}}, {2, []string{"too long"}}}},
		{"a quote that is closed too late", "\"a\n" + long + "\",b\nc", []record{{1, []string{`"a`}}, {2, []string{"too long"}}, {3, []string{"c"}}}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for _, in := range []io.Reader{strings.NewReader(r.file), iotest.HalfReader(iotest.DataErrReader(strings.NewReader(r.file)))} {
				if diff := cmp.Diff(r.want, read(t, in, ',')); diff != "" {
					t.Errorf("want -, got +:\n%.2000s", diff)
				}
			}
		})
	}
}

func TestColumnsBeyondTheLimitAreCounted(t *testing.T) {
	r := csvfile.NewReader(strings.NewReader(strings.Repeat("a,", 1500)+"b\nc,d"), ',')
	if err := r.Read(); err != nil || r.Len() != 1501 || r.Text(csvfile.MaxColumns-1) != "a" {
		t.Errorf("%d columns, %v", r.Len(), err)
	}
	if err := r.Read(); err != nil || r.Len() != 2 || r.Text(1) != "d" {
		t.Errorf("then %d columns, %v", r.Len(), err)
	}
}

func TestErrorsOfTheInput(t *testing.T) {
	broken := errors.New("broken")
	for _, r := range []struct {
		why, file string
		records   int
	}{
		{"at once", "", 0},
		{"after a line end", "a,b\n", 1},
		{"inside a line, which may be incomplete", "a,b\nc", 1},
		{"inside a quoted text", "a,b\nc,\"d\n", 1},
		{"inside a line that is too long", "a\n" + strings.Repeat("x", 2*csvfile.MaxBytes), 1},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			in := csvfile.NewReader(io.MultiReader(strings.NewReader(r.file), iotest.ErrReader(broken)), ',')
			for range r.records {
				if err := in.Read(); err != nil {
					t.Fatal(err)
				}
			}
			if err := in.Read(); err != broken {
				t.Errorf("error %v", err)
			}
		})
	}
}

// Whatever encoding/csv accepts is the same record here, but for line ends inside quotes,
// which encoding/csv changes, and for lines of blanks.
func FuzzAgainstEncodingCSV(f *testing.F) {
	// Quotes in every position.
	f.Add("a,\"b\",\"c,d\"\n\"e\nf\",\"\",\"\"\"\"\n", byte(0))
	// Misplaced quotes.
	f.Add("a\"b,\"c\" d\n\"e\\\"f\",\"g\n\"h\",\"", byte(1))
	// Blank lines, and line ends of Windows.
	f.Add("\r\na,b\r\n \n\t\n\"\"\n,\n", byte(2))
	// A byte order mark, and invalid characters.
	f.Add("\uFEFFa,\xff\x00\n", byte(0))
	f.Fuzz(func(t *testing.T, file string, pieces byte) {
		var in io.Reader = strings.NewReader(file)
		switch pieces % 3 {
		case 1:
			in = iotest.OneByteReader(in)
		case 2:
			in = iotest.DataErrReader(iotest.HalfReader(in))
		}
		got := read(t, in, ',')
		last := 0
		for _, r := range got {
			if r.Line <= last || r.Line > strings.Count(file, "\n")+1 {
				t.Fatalf("line %d after %d", r.Line, last)
			}
			last = r.Line
		}
		if strings.Contains(file, "\r") || strings.HasPrefix(file, "\uFEFF") {
			return
		}
		theirs := csv.NewReader(strings.NewReader(file))
		theirs.FieldsPerRecord = -1
		var want []record
		for {
			texts, err := theirs.Read()
			if err == io.EOF {
				break
			} else if err != nil {
				return
			}
			line, _ := theirs.FieldPos(0)
			if len(texts) == 1 && strings.Trim(texts[0], " \t\n") == "" && !strings.Contains(strings.Split(file, "\n")[line-1], `"`) {
				continue
			}
			want = append(want, record{line, texts})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("encoding/csv -, csvfile +:\n%s", diff)
		}
	})
}

// The writer doubles every quote, and quotes whatever needs it.
func TestReadsWrittenRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		comma := rapid.SampledFrom([]byte{',', ';', '\t', '|'}).Draw(t, "comma")
		text := rapid.StringOfN(rapid.OneOf(rapid.SampledFrom([]rune("\"\\,;\t|\r\n =")), rapid.Rune()), 0, 8, -1)
		var file strings.Builder
		var want []record
		line := 1
		for range rapid.IntRange(1, 5).Draw(t, "records") {
			texts := rapid.SliceOfN(text, 2, 6).Draw(t, "texts")
			want = append(want, record{line, texts})
			for i, s := range texts {
				if i > 0 {
					file.WriteByte(comma)
				}
				if strings.ContainsAny(s, "\"\\\r\n"+string(comma)) || rapid.Bool().Draw(t, "quoted") {
					s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
				}
				file.WriteString(s)
				line += strings.Count(s, "\n")
			}
			file.WriteString(rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end"))
			line++
		}
		if first := want[0].Texts[0]; strings.HasPrefix(first, "\uFEFF") && strings.HasPrefix(file.String(), "\uFEFF") {
			want[0].Texts[0] = strings.TrimPrefix(first, "\uFEFF")
		}
		if diff := cmp.Diff(want, read(t, strings.NewReader(file.String()), comma)); diff != "" {
			t.Fatalf("written -, read +:\n%s\n%q", diff, file.String())
		}
	})
}

// Each file makes a simple reader start over at every line, or at every column. Quadratic
// time would be hours: the test would run into its timeout.
func TestHostileFilesAreRead(t *testing.T) {
	for _, r := range []struct{ why, unit string }{
		{"quotes that join all lines, from each line", "b\",\"c\n"},
		{"quotes that are never closed", "\"\"\"\n"},
		{"a misplaced quote in each column", "\"a\"b,"},
		{"a quote that each column opens", "\"\"\"\","},
		{"an open quote on each line", "x,\"a\"\"\n"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			file := "x,\"" + strings.Repeat(r.unit, 4<<20/len(r.unit))
			read(t, strings.NewReader(file), ',')
		})
	}
}

// BenchmarkRead splits a file of calls.
func BenchmarkRead(b *testing.B) {
	file := strings.Repeat(`2026-03-02 10:00:00,"""Jo"" <5550100>",5550100,100,ext-local,PJSIP/trunk-1,Dial,"PJSIP/desk,30",605,600,ANSWERED,3,ACC-7`+"\n", 1000)
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		for r := csvfile.NewReader(strings.NewReader(file), ','); r.Read() == nil; {
		}
	}
}
