package webvtt_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// departures are files that a lenient reader accepts with warnings.
var departures = []struct {
	why      string
	file     string
	cues     []entry
	warnings []entry
}{
	{"times may have one digit", "WEBVTT\n\n0:0:1.0 --> 0:0:2.5\nx", []entry{timed(3, "1s 2.5s", "x")}, []entry{bad(3, "start: "+noTime, "end: "+noTime)}},
	{"a fraction may have two digits", "WEBVTT\n\n00:01.05 --> 00:02.50\nx", []entry{timed(3, "1.05s 2.5s", "x")}, []entry{bad(3, "start: "+noTime, "end: "+noTime)}},
	{"a fraction may have six digits", "WEBVTT\n\n00:01.000999 --> 00:02.000\nx", []entry{timed(3, "1s 2s", "x")}, []entry{bad(3, "start: "+noTime)}},
	{"hours may have one digit", "WEBVTT\n\n1:00:01.000 --> 1:00:02.000\nx", []entry{timed(3, "1h0m1s 1h0m2s", "x")}, []entry{bad(3, "start: "+noTime, "end: "+noTime)}},
	{"a comma may stand for the point", "WEBVTT\n\n00:01,000 --> 00:02.000\nx", []entry{timed(3, "1s 2s", "x")}, []entry{bad(3, "start: "+noTime)}},
	{"blanks beside the arrow may be missing", "WEBVTT\n\n00:01.000-->00:02.000\nx", []entry{timed(3, "1s 2s", "x")}, []entry{bad(3, "start: has no blank after it", "end: has no blank before it")}},
	{"a time without a fraction is still a fault", "WEBVTT\n\n00:01 --> 00:02.000\nx", []entry{bad(3, "start: "+noTime)}, nil},
	{"minutes above 59 are still a fault", "WEBVTT\n\n0:60:01.000 --> 1:00:02.000\nx", []entry{bad(3, "start: has minutes or seconds above 59", "end: "+noTime)}, nil},

	{"a cue may have no length", "WEBVTT\n\n00:01.000 --> 00:01.000\nx", []entry{timed(3, "1s 1s", "x")}, []entry{bad(3, "end: is not after start")}},
	{"an end before the start is still a fault", "WEBVTT\n\n00:01.000 --> 00:00.999\nx", []entry{bad(3, "end: is not after start")}, nil},
	{"a cue may start before the previous one", "WEBVTT\n\n00:09.000 --> 00:10.000\nx\n\n" + c + "y\n\n00:05.000 --> 00:06.000\nz\n\n00:09.000 --> 00:10.000\nx", []entry{
		timed(3, "9s 10s", "x"), cue(6, "y"), timed(9, "5s 6s", "z"), timed(12, "9s 10s", "x")}, []entry{bad(6, early), bad(9, early)}},

	{"an unknown setting is a warning", "WEBVTT\n\n00:01.000 --> 00:02.000 color:red\nx", []entry{cue(3, "x")}, []entry{bad(3, "settings: "+unknownSetting)}},
	{"a wrong timestamp is a warning", "WEBVTT\n\n" + c + "<00:09.000>x", []entry{cue(3, "x")}, []entry{bad(3, "text: "+badOrder)}},

	{"an unknown tag stays in the text", "WEBVTT\n\n" + c + "a <x>b</x>", []entry{cue(3, "a <x>b</x>")}, []entry{bad(3, "text: "+unknownTag)}},
	{"text that begins with a digit is not a timestamp", "WEBVTT\n\n" + c + "I <3 you> so", []entry{cue(3, "I <3 you> so")}, []entry{bad(3, "text: "+unknownTag)}},
	{"tags of HTML for fonts are removed", "WEBVTT\n\n" + c + `<font color="red">a <B>b</B></font>`, []entry{cue(3, "a b")}, []entry{bad(3, "text: "+unknownTag)}},
	{"a < that does not begin a tag stays in the text", "WEBVTT\n\n" + c + "a < b <i\n<i>c</i>", []entry{cue(3, "a < b <i\nc")}, []entry{bad(3, "text: "+unclosed)}},
	{"references after a < are replaced", "WEBVTT\n\n" + c + "a < b &amp; c", []entry{cue(3, "a < b & c")}, []entry{bad(3, "text: "+unclosed)}},
	{"a tag may be open at the end", "WEBVTT\n\n" + c + "<i>a", []entry{cue(3, "a")}, []entry{bad(3, "text: has a <i> that is not closed")}},
	{"an end tag may close another tag", "WEBVTT\n\n" + c + "<i>a</b>", []entry{cue(3, "a")}, []entry{bad(3, "text: "+notLast("b"), "text: has a <i> that is not closed")}},
	{"the end of a voice may leave a tag open", "WEBVTT\n\n" + c + "<v Jo><i>a</v>b", []entry{{line: 3, times: "1s 2s", spans: say("Jo", "a", "", "b")}},
		[]entry{bad(3, "text: "+notLast("v"), "text: has a <i> that is not closed")}},
	{"a voice may begin in a tag of another one", "WEBVTT\n\n" + c + "<v Jo><i>a <v Al>b</i> c", []entry{{line: 3, times: "1s 2s", spans: say("Jo", "a", "Al", "b c")}},
		[]entry{bad(3, "text: has a <v> in a tag of another voice")}},
	{"a voice may have no name", "WEBVTT\n\n" + c + "<v>a", []entry{cue(3, "a")}, []entry{bad(3, "text: has a <v> without an annotation")}},
	{"an arrow may stand in the text", "WEBVTT\n\n" + c + "a --> b", []entry{cue(3, "a --> b")}, []entry{bad(3, "text: has an arrow")}},
	{"an arrow may stand in a comment", "WEBVTT\n\nNOTE a --> b\n\n" + c + "x", []entry{cue(5, "x")}, []entry{bad(3, noArrow)}},
	{"a cue in a comment stays in the comment", "WEBVTT\n\nNOTE\na\n" + c + "x\n\n" + c + "y", []entry{cue(8, "y")}, []entry{bad(3, noArrow)}},
	{"a style may follow a cue", "WEBVTT\n\n" + c + "x\n\nSTYLE\na", []entry{cue(3, "x")}, []entry{bad(6, ": is a STYLE after a cue")}},

	{"the blank line after the header may be missing", "WEBVTT\n" + c + "x\n", []entry{cue(2, "x")}, []entry{bad(2, noBlank)}},
	{"the line after the header may have a space", "WEBVTT\nKind: captions\n \n" + c + "x\n", []entry{cue(4, "x")}, []entry{bad(4, noBlank)}},
	{"all blank lines may have spaces", "WEBVTT\n \n1\n" + c + "x\n\t\n2\n" + c + "y\n \n", []entry{
		{3, "1", "1s 2s", say("", "x"), nil}, {7, "2", "1s 2s", say("", "y"), nil}}, []entry{bad(3, noBlank), bad(7, noBlank)}},
	{"the blank line between cues may be missing", "WEBVTT\n\n1\n" + c + "x\n" + c + "y", []entry{{3, "1", "1s 2s", say("", "x"), nil}, cue(6, "y")}, []entry{bad(6, noBlank)}},
	{"a line of spaces in the text stays in the cue", "WEBVTT\n\n" + c + " \nx\n \n\n" + c + "y", []entry{cue(3, "x"), cue(8, "y")}, nil},

	{"lines without times are still a fault", "WEBVTT\n\nx\n\n" + c + "y", []entry{bad(3, noCue), cue(5, "y")}, nil},
	{"a NUL is still a fault", "WEBVTT\n\n" + c + "x\x00", []entry{bad(3, ": has a NUL")}, nil},
	{"a warning of a bad cue is part of its error", "WEBVTT\n\n0:0:1.0 --> 00:00\nx", []entry{bad(3, "start: "+noTime, "end: "+noTime)}, nil},
	{"a signature is still required", c + "x", []entry{bad(1, noSignature)}, nil},
}

const noBlank = ": has no blank line before it"

// timed returns the entry of a good cue.
func timed(line int, times, text string) entry {
	return entry{line: line, times: times, spans: say("", text)}
}

func TestLenient(t *testing.T) {
	for _, r := range departures {
		testkit.Row(t, r.why, func(t *testing.T) {
			var warnings []entry
			warn := func(w *evidence.LineError) { warnings = append(warnings, bad(w.Line, faultsOf(t, w, w.Line)...)) }
			got, err := collect(t, webvtt.Read(strings.NewReader(r.file), webvtt.Options{Lenient: true, Warn: warn}))
			if diff := cmp.Diff(r.cues, got, entries); diff != "" || err != nil {
				t.Errorf("cues: want -, got +:\n%s%v", diff, err)
			}
			if diff := cmp.Diff(r.warnings, warnings, entries); diff != "" {
				t.Errorf("warnings: want -, got +:\n%s", diff)
			}

			// Without Warn, each warning is an error before its cue.
			all, err := collect(t, webvtt.Read(strings.NewReader(r.file), webvtt.Options{Lenient: true}))
			if len(all) != len(r.cues)+len(r.warnings) || err != nil {
				t.Errorf("%d cues and errors, %v", len(all), err)
			}
			for i, e := range all {
				if i > 0 && e.line < all[i-1].line {
					t.Errorf("line %d comes after line %d", e.line, all[i-1].line)
				}
			}
		})
	}
}

// A strict reader loses no words of these cues either.
func TestStrictReaderWarnsOfLayoutAndTimestamps(t *testing.T) {
	file := "WEBVTT\n\n00:01.000 --> 00:02.000 align:middle\n<v Agent>Hello.\n\n" + c + "<v Agent>It is <00:00.000>slow.\n"
	n := 0
	messages, err := webvtt.ReadAll(strings.NewReader(file), began, nil, webvtt.Options{Warn: func(*evidence.LineError) { n++ }})
	if len(messages) != 2 || err != nil || n != 2 {
		t.Errorf("%d messages, %d warnings, %v", len(messages), n, err)
	}
	messages, err = webvtt.ReadAll(strings.NewReader(file), began, nil, webvtt.Options{})
	var line *evidence.LineError
	if len(messages) != 2 || !errors.As(err, &line) || line.Line != 3 {
		t.Errorf("%d messages, %v", len(messages), err)
	}
}

// Every departure of a random file is reported with the line of its cue, and the cues are
// the ones that were written.
func TestLenientReaderReportsEachDeparture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := writer{t: t}
		w.file()
		var want []int
		for i, cue := range w.cues {
			times := cue.line - 1
			if !strings.Contains(w.lines[times], "-->") {
				times++ // after the identifier
			}
			line, text := &w.lines[times], &w.lines[times+1]
			start, end, _ := strings.Cut(*line, "-->")
			departure := w.pick("departure", "none", "short", "comma", "blank", "setting", "tag", "open", "arrow", "font", "mark")
			if *text == "" && !strings.Contains("none short comma blank setting", departure) {
				departure = "setting"
			}
			switch departure {
			case "short":
				d, _ := time.ParseDuration(strings.Fields(cue.times)[0])
				*line = fmt.Sprintf("%d:%d:%d,%03d -->%s", d/time.Hour, d/time.Minute%60, d/time.Second%60, d/time.Millisecond%1000, end)
			case "comma":
				*line = strings.Replace(*line, ".", ",", 1)
			case "blank":
				*line = strings.TrimRight(start, " \t") + "-->" + end
			case "setting":
				*line += " align:middle x"
			case "tag":
				*text = "<x>" + *text
				w.prepend(i, "<x>")
			case "open":
				*text = "<i>" + *text
			case "arrow":
				*text = "-->" + *text
				w.prepend(i, "-->")
			case "font":
				*text = "<FONT x>" + *text
			case "mark":
				*text = "<99:99.999>" + *text
			}
			if departure != "none" {
				want = append(want, cue.line)
			}
		}
		if len(w.cues) == 0 {
			t.Skip("the file has no cue")
		}
		var got []int
		warn := func(w *evidence.LineError) { got = append(got, w.Line) }
		cues, err := collect(t, webvtt.Read(strings.NewReader(w.write()), webvtt.Options{Lenient: true, Warn: warn}))
		if diff := cmp.Diff(w.cues, cues, entries); diff != "" || err != nil {
			t.Fatalf("written -, read +:\n%s%v\n%q", diff, err, w.lines)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("lines of departures -, of warnings +:\n%s\n%q", diff, w.lines)
		}
	})
}
