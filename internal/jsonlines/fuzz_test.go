package jsonlines_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
)

// FuzzLines compares Read with strings.Split.
func FuzzLines(f *testing.F) {
	// The empty file, and files of blank lines.
	f.Add("", byte(0))
	f.Add("\n\n \n", byte(1))
	// Lines with and without an end.
	f.Add("a\nb", byte(2))
	f.Add("a\n\nb\n", byte(1))
	// Line ends of other systems.
	f.Add("a\r\n\r\nb\r", byte(2))
	// Characters, invalid UTF-8, and white space beyond ASCII.
	f.Add("é\n\xff\n\u00a0\n\u2028", byte(0))
	// Lines about as long as the reader's buffer.
	f.Add("l\nla\nlaa\nlaaa\nb", byte(2))
	// Lines of about the maximum length.
	f.Add("L\nLa\nLaa\nb", byte(0))
	f.Add("a\nLaaa\n\nLL", byte(2))

	// Long lines are encoded as short ones, or the fuzzer would vary only their length.
	buffer, longest := strings.Repeat("a", 1<<16-2), strings.Repeat("a", jsonlines.MaxBytes-2)
	f.Fuzz(func(t *testing.T, file string, pieces byte) {
		file = strings.Replace(strings.Replace(file, "l", buffer, 4), "L", longest, 3)
		type line struct {
			number int
			text   string
			long   bool
		}
		var want []line
		for i, text := range strings.Split(file, "\n") {
			switch {
			case len(text) > jsonlines.MaxBytes:
				want = append(want, line{i + 1, "", true})
			case strings.Trim(text, " \t\r") != "":
				want = append(want, line{i + 1, strings.TrimSuffix(text, "\r"), false})
			}
		}
		var r io.Reader = strings.NewReader(file)
		switch pieces % 3 {
		case 1:
			if len(file) < 1000 { // slow
				r = iotest.OneByteReader(r)
			}
		case 2:
			r = iotest.DataErrReader(iotest.HalfReader(r))
		}
		var got []line
		for l, err := range jsonlines.Read(r) {
			got = append(got, line{l.Number, string(l.Text), err != nil})
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(line{})); diff != "" {
			t.Errorf("strings.Split -, Lines +:\n%s", diff)
		}
	})
}
