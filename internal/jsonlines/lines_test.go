package jsonlines_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// texts returns the result of Read for a file, one text for each line.
func texts(r io.Reader) (list []string) {
	for line, err := range jsonlines.Read(r) {
		text := string(line.Text)
		if len(text) > 40 {
			text = fmt.Sprintf("%s… %d bytes", text[:1], len(text))
		}
		if err != nil {
			text = fmt.Sprintf("%v, text %t", err, line.Text != nil)
		}
		list = append(list, fmt.Sprint(line.Number, " ", text))
	}
	return list
}

const tooLong = "refund: invalid input: is longer than 1 MiB, text false"

func TestLines(t *testing.T) {
	long := strings.Repeat("a", jsonlines.MaxBytes)
	for _, r := range []struct {
		why, file string
		want      []string
	}{
		{"an empty file", "", nil},
		{"one line", "{}\n", []string{"1 {}"}},
		{"a last line without a line end", "a\nb", []string{"1 a", "2 b"}},
		{"a last line with a line end", "a\nb\n", []string{"1 a", "2 b"}},
		{"blank lines count but are skipped", "\n\na\n\n \t\nb\n\n", []string{"3 a", "6 b"}},
		{"a file of blank lines", "\n\r\n \n", nil},
		{"a blank last line without a line end", "a\n  ", []string{"1 a"}},
		{"white space around a line is kept", " a \n\tb", []string{"1  a ", "2 \tb"}},
		{"a carriage return alone does not end a line", "a\rb\n", []string{"1 a\rb"}},
		{"a NUL byte is text", "\x00\n", []string{"1 \x00"}},
		{"exactly 1 MiB", long + "\nb", []string{"1 a… 1048576 bytes", "2 b"}},
		{"exactly 1 MiB, without a line end", long, []string{"1 a… 1048576 bytes"}},
		{"a line of a byte more is skipped, and the lines after it are read", "a\n" + long + "a\n\nb\nc", []string{"1 a", "2 " + tooLong, "4 b", "5 c"}},
		{"a line of a byte more, without a line end", "a\n" + long + "a", []string{"1 a", "2 " + tooLong}},
		{"a line of several MiB", long + long + long + "\nb\n", []string{"1 " + tooLong, "2 b"}},
		{"two lines of several MiB", long + "aa\n" + long + "a\nb\n" + long + "\n", []string{"1 " + tooLong, "2 " + tooLong, "3 b", "4 a… 1048576 bytes"}},
		{"lines of the buffer's size, and a byte less or more", strings.Repeat("b", 1<<16-1) + "\n" + strings.Repeat("c", 1<<16) + "\n" + strings.Repeat("d", 1<<16+1) + "\ne",
			[]string{"1 b… 65535 bytes", "2 c… 65536 bytes", "3 d… 65537 bytes", "4 e"}},
	} {
		checkNamed(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			if diff := cmp.Diff(r.want, texts(strings.NewReader(r.file))); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
			if diff := cmp.Diff(r.want, texts(iotest.DataErrReader(iotest.HalfReader(strings.NewReader(r.file))))); diff != "" {
				t.Errorf("in other pieces, want -, got +:\n%s", diff)
			}
		})
	}
}

// A carriage return before a line feed is not part of the line.
func TestLinesOfWindows(t *testing.T) {
	compact := strings.ReplaceAll(testkit.CaseText, "\n", " ")
	n := 0
	for line, err := range jsonlines.Read(strings.NewReader(compact + "\r\n\r\n" + compact + "\r\n")) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; line.Number != 2*n-1 {
			t.Errorf("number %d, want %d", line.Number, 2*n-1)
		}
		if string(line.Text) != compact {
			t.Errorf("line %d is %q", line.Number, line.Text)
		}
	}
	if n != 2 {
		t.Errorf("%d lines, want 2", n)
	}
}

func TestLinesReaderErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, r := range []struct {
		why, file string
		want      []string
	}{
		{"an error at the start", "", []string{"1 broken, text false"}},
		{"an error between two lines", "a\nb\n", []string{"1 a", "2 b", "3 broken, text false"}},
		{"an error in the middle of a line, which is not returned", "a\n\nb", []string{"1 a", "3 broken, text false"}},
		{"an error in a line that is too long", strings.Repeat("a", jsonlines.MaxBytes+1), []string{"1 broken, text false"}},
	} {
		checkNamed(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			file := io.MultiReader(strings.NewReader(r.file), iotest.ErrReader(broken))
			if diff := cmp.Diff(r.want, texts(file)); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
	for _, err := range jsonlines.Read(iotest.ErrReader(broken)) {
		if !errors.Is(err, broken) {
			t.Errorf("error %v, want that of the reader", err)
		}
		break
	}
}

func TestLinesStops(t *testing.T) {
	for _, file := range []string{"a\nb\nc\n", strings.Repeat("a", jsonlines.MaxBytes+1) + "\nb\n", "a"} {
		n := 0
		for range jsonlines.Read(strings.NewReader(file)) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%d lines after a break", n)
		}
	}
}

// endless is a file without line ends.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	for i := range p[:n] {
		p[i] = '['
	}
	e.left -= n
	return n, nil
}

func TestLinesMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := texts(&endless{64 << 20})
	runtime.ReadMemStats(&after)
	if diff := cmp.Diff([]string{"1 " + tooLong}, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes >= 4<<20 {
		t.Errorf("%d bytes allocated for a line of 64 MiB, want less than 4 MiB", bytes)
	}
}

// checkNamed fails a row of a table without a reason.
func checkNamed(t testing.TB, why string) {
	t.Helper()
	if strings.TrimSpace(why) == "" {
		t.Fatal("a row without its reason")
	}
}
