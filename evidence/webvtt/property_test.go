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

// pieces is a reader that gives a few bytes at a time, as drawn.
type pieces struct {
	t *rapid.T
	r io.Reader
}

func (p pieces) Read(b []byte) (int, error) {
	return p.r.Read(b[:min(len(b), rapid.IntRange(1, 20).Draw(p.t, "piece"))])
}

// What was written is read, however it comes.
func TestWrittenIsRead(t *testing.T) {
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
			want = []told{bad(1, ": has no cue")}
		}
		got, err := tell(t, webvtt.Read(in))
		if diff := cmp.Diff(want, got, tellings); diff != "" || err != nil {
			t.Fatalf("written -, read +:\n%s%v\n%q", diff, err, file)
		}
	})
}

// A cue that is spoilt leaves the others as they were.
func TestABadCueSpoilsItselfAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := writer{t: t}
		w.file()
		if len(w.cues) == 0 {
			t.Skip("there is none to spoil")
		}
		spoilt := w.cues[rapid.IntRange(0, len(w.cues)-1).Draw(t, "spoilt")].line
		times := spoilt - 1
		if !strings.Contains(w.lines[times], "-->") {
			times++ // behind the identifier
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

		var want, others []told
		for _, c := range w.cues {
			if c.line != spoilt {
				want = append(want, c)
			}
		}
		got, err := tell(t, webvtt.Read(strings.NewReader(w.write())))
		for _, c := range got {
			if c.line == 1 { // an arrow without its > under the identifier NOTE leaves a comment
				continue
			} else if c.line != spoilt {
				others = append(others, c)
			} else if c.faults == nil {
				t.Errorf("%s is no fault of %v", fault, c)
			}
		}
		if diff := cmp.Diff(want, others, tellings); diff != "" || err != nil {
			t.Fatalf("%s: the others before -, after +:\n%s%v", fault, diff, err)
		}
	})
}

// Every span that was written is a message of its side, when its cue begins.
func TestWrittenIsSaid(t *testing.T) {
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
		got, err := webvtt.ReadAll(strings.NewReader(w.write()), began, sides)
		if !slices.Equal(want, got) || (err != nil) != (len(w.cues) == 0) {
			t.Fatalf("%d messages, and %d were written: %v", len(got), len(want), err)
		}
	})
}
