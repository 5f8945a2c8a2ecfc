package webvtt_test

import (
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
)

// pieces is a reader that returns a few bytes at a time, as drawn.
type pieces struct {
	t *rapid.T
	r io.Reader
}

func (p pieces) Read(b []byte) (int, error) {
	return p.r.Read(b[:min(len(b), rapid.IntRange(1, 20).Draw(p.t, "piece"))])
}

func TestReadReturnsTheCuesThatWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := writer{t: t}
		w.file()
		file := w.write()
		in := io.Reader(strings.NewReader(file))
		switch rapid.IntRange(0, 4).Draw(t, "reader") {
		case 1:
			in = iotest.OneByteReader(in)
		case 2:
			in = iotest.HalfReader(in)
		case 3:
			in = iotest.DataErrReader(in)
		case 4:
			in = pieces{t, in}
		}
		want := w.cues
		if len(want) == 0 {
			want = []entry{bad(1, ": has no cue")}
		}
		got, err := collect(t, webvtt.Read(in, webvtt.Options{}))
		if diff := cmp.Diff(want, got, entries); diff != "" || err != nil {
			t.Fatalf("written -, read +:\n%s%v\n%q", diff, err, file)
		}
	})
}

func TestABadCueDoesNotChangeTheOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := writer{t: t}
		w.file()
		if len(w.cues) == 0 {
			t.Skip("the file has no cue")
		}
		spoilt := w.cues[rapid.IntRange(0, len(w.cues)-1).Draw(t, "spoilt")].line
		times := spoilt - 1
		if !strings.Contains(w.lines[times], "-->") {
			times++ // after the identifier
		}
		line, text := &w.lines[times], &w.lines[times+1]
		start, end, _ := strings.Cut(*line, "-->")
		fault := w.pick("fault", "arrow", "fraction", "blank", "setting", "start", "end", "order", "NUL", "UTF-8", "tag", "second arrow")
		if *text == "" && (fault == "tag" || fault == "second arrow") {
			fault = "setting"
		}
		switch fault {
		case "arrow":
			*line = start + "->" + end
		case "fraction":
			*line = strings.Replace(*line, ".", ",", 1)
		case "blank":
			*line = strings.TrimSpace(start) + "-->" + end
		case "setting":
			*line += " align:middle"
		case "start":
			*line = "-->" + end
		case "end":
			*line = start + "-->"
		case "order":
			*line = start + "--> " + start
		case "NUL":
			*line += "\x00"
		case "UTF-8":
			*line += "\xff"
		case "tag":
			*text += "<x>"
		case "second arrow":
			*text += "-->"
		}

		var want, others []entry
		for _, c := range w.cues {
			if c.line != spoilt {
				want = append(want, c)
			}
		}
		got, err := collect(t, webvtt.Read(strings.NewReader(w.write()), webvtt.Options{}))
		faults := 0
		for _, c := range got {
			switch {
			case c.line == spoilt || c.line == 1: // NOTE as an identifier without an arrow after it is a comment
				faults += len(c.faults)
			default:
				others = append(others, c)
			}
		}
		if faults == 0 && fault != "arrow" {
			t.Errorf("%s: no fault is reported", fault)
		}
		if diff := cmp.Diff(want, others, entries); diff != "" || err != nil {
			t.Fatalf("%s: the other cues before -, after +:\n%s%v", fault, diff, err)
		}
	})
}

func TestEverySpanIsAMessageOfItsSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := writer{t: t}
		w.file()
		var want []evidence.Message
		sides := webvtt.Sides{}
		for _, c := range w.cues {
			at, err := time.ParseDuration(strings.Fields(c.times)[0])
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range c.spans {
				side, known := sides[s[0]]
				if !known {
					side = evidence.Side(rapid.IntRange(1, 3).Draw(t, "side"))
					sides[s[0]] = side
				}
				want = append(want, evidence.Message{At: began.Add(at), From: side, Text: s[1]})
			}
		}
		got, err := webvtt.ReadAll(strings.NewReader(w.write()), began, sides, webvtt.Options{})
		if !slices.Equal(want, got) || (err != nil) != (len(w.cues) == 0) {
			t.Fatalf("%d messages, and %d were written: %v", len(got), len(want), err)
		}
	})
}
