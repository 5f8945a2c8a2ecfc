package webvtt_test

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An entry is one element of the sequence that Read returns. It shows in a difference the
// fields that a Cue hides.
type entry struct {
	line   int
	id     string
	times  string
	spans  [][2]string // voice and text
	faults []string
}

// collect returns the elements of the sequence, and the error of reading that ended it.
func collect(tb rapid.TB, cues iter.Seq2[webvtt.Cue, error]) (all []entry, failed error) {
	tb.Helper()
	for cue, err := range cues {
		if failed != nil {
			tb.Fatal("the sequence continues after an error of reading")
		}
		got := entry{line: cue.Line, id: cue.ID}
		if err == nil {
			got.times = fmt.Sprint(cue.Start, " ", cue.End)
		} else if got.faults = faultsOf(tb, err, cue.Line); got.faults == nil {
			failed = err
			continue
		} else if cue.ID != "" || cue.Start != 0 || cue.End != 0 || cue.Spans != nil {
			tb.Error("an error has a cue with more than its line")
		}
		for _, s := range cue.Spans {
			got.spans = append(got.spans, [2]string{s.Voice, s.Text})
		}
		all = append(all, got)
	}
	return all, failed
}

// faultsOf returns the faults of a line, or nil for another error.
func faultsOf(tb rapid.TB, err error, line int) (faults []string) {
	tb.Helper()
	var of *evidence.LineError
	var invalid *refund.InvalidError
	if !errors.As(err, &of) {
		return nil
	}
	if of.Line != line || !errors.As(of.Err, &invalid) || len(invalid.Faults) == 0 {
		tb.Fatalf("line %d has %#v", line, of)
	}
	for _, f := range invalid.Faults {
		faults = append(faults, f.Path+": "+f.Reason)
	}
	return faults
}

var entries = cmp.AllowUnexported(entry{})

// everyOptions yields every combination of options.
func everyOptions(yield func(webvtt.Options) bool) {
	for speakers := webvtt.VoiceTag; speakers <= webvtt.Detect; speakers++ {
		for _, lenient := range []bool{false, true} {
			for _, fold := range []bool{false, true} {
				if !yield(webvtt.Options{Speakers: speakers, Lenient: lenient, FoldRollUp: fold}) {
					return
				}
			}
		}
	}
}

// files are whole files, and the elements that Read returns for them.
var files = []struct {
	why  string
	file string
	want []entry
}{
	{"a file of only the signature has no cue", "WEBVTT", []entry{bad(1, ": has no cue")}},
	{"blank lines are not cues", "WEBVTT\n\n\n\r\r\n", []entry{bad(1, ": has no cue")}},
	{"comments and styles are not cues", "WEBVTT\n\nNOTE a\n\nSTYLE\nb\n", []entry{bad(1, ": has no cue")}},
	{"a line with a space is not blank, so that the header lasts until the end of the file", "WEBVTT\n \nKind: captions\n", []entry{bad(1, ": has no cue")}},
	{"a cue in that header is reported once", "WEBVTT\n \n" + c + "x", []entry{bad(1, ": has an arrow: the blank line before the first cue is missing")}},
	{"a bad cue is a cue", "WEBVTT\n\n" + c + "<x>", []entry{bad(3, "text: "+unknownTag)}},
	{"text may follow the signature after a space", "WEBVTT of a call --> us\n\n" + c + "x", []entry{cue(3, "x")}},
	{"text may follow the signature after a tab", "WEBVTT\tx\n\n" + c + "x", []entry{cue(3, "x")}},
	{"a byte order mark may come first", "\ufeffWEBVTT\n\n" + c + "x", []entry{cue(3, "x")}},
	{"the lines of the header are skipped", "WEBVTT\nKind: captions\nNOTE\n\n" + c + "x", []entry{cue(5, "x")}},

	{"an empty file is not WebVTT", "", []entry{bad(1, noSignature)}},
	{"a file of only a byte order mark is not WebVTT", "\ufeff", []entry{bad(1, noSignature)}},
	{"a truncated signature is a fault", "WEBVT", []entry{bad(1, noSignature)}},
	{"a signature in lower case is a fault", "webvtt\n\n" + c + "x", []entry{bad(1, noSignature)}},
	{"a signature with more letters is a fault", "WEBVTTX\n\n" + c + "x", []entry{bad(1, noSignature)}},
	{"a blank line before the signature is a fault", "\nWEBVTT\n\n" + c + "x", []entry{bad(1, noSignature)}},
	{"two byte order marks are a fault", "\ufeff\ufeffWEBVTT\n", []entry{bad(1, noSignature)}},
	{"a file without a signature is not read", c + "x", []entry{bad(1, noSignature)}},

	{"a cue in the header would be lost without a fault", "WEBVTT\n" + c + "x\n\n" + c + "y",
		[]entry{bad(1, ": has an arrow: the blank line before the first cue is missing"), cue(5, "y")}},
	{"a header is in UTF-8", "WEBVTT \xff\n\n" + c + "y", []entry{bad(1, ": is not in UTF-8"), cue(3, "y")}},

	{"lines end with LF", "WEBVTT\n\n" + c + "x\ny\n\n" + c + "z\n", []entry{cue(3, "x\ny"), cue(7, "z")}},
	{"lines end with CR and LF", strings.ReplaceAll("WEBVTT\n\n"+c+"x\ny\n\n"+c+"z\n", "\n", "\r\n"), []entry{cue(3, "x\ny"), cue(7, "z")}},
	{"lines end with CR", strings.ReplaceAll("WEBVTT\n\n"+c+"x\ny\n\n"+c+"z\n", "\n", "\r"), []entry{cue(3, "x\ny"), cue(7, "z")}},
	{"LF and CR end two lines", "WEBVTT\n\r" + c + "x\n\r" + c + "y", []entry{cue(3, "x"), cue(6, "y")}},
	{"two CR end two lines, with and without an LF after them", "WEBVTT\r\r\n" + c + "x\r\r" + c + "y", []entry{cue(3, "x"), cue(6, "y")}},
	{"a line of spaces in a cue is not blank", "WEBVTT\n\n" + c + "x\n \ny", []entry{cue(3, "x\n \ny")}},

	{"comments of one or more lines may stand anywhere", "WEBVTT\n\nNOTE\n\nNOTE a\nb\n\n" + c + "x\n\nNOTE\tc\n\nNOTE\nd",
		[]entry{cue(8, "x")}},
	{"styles and regions stand before the cues", "WEBVTT\n\nSTYLE\n::cue{}\n\nREGION \t\nid:a\n\nSTYLE\n\n" + c + "x", []entry{cue(11, "x")}},
	{"styles and regions after a cue are faults", "WEBVTT\n\n" + c + "x\n\nSTYLE\na\n\nREGION\n\n" + c + "y",
		[]entry{cue(3, "x"), bad(6, ": is a STYLE after a cue"), bad(9, ": is a REGION after a cue"), cue(11, "y")}},
	{"a style may follow a bad cue", "WEBVTT\n\n" + c + "<x>\n\nSTYLE\na\n\n" + c + "y", []entry{bad(3, "text: "+unknownTag), cue(9, "y")}},
	{"an arrow in a comment would begin a cue in players", "WEBVTT\n\nNOTE a --> b\n\nNOTE\na\n-->", []entry{bad(3, noArrow), bad(5, noArrow)}},
	{"an arrow in a style would begin a cue in players", "WEBVTT\n\nSTYLE\na\n-->\n\nREGION -->", []entry{
		bad(3, noArrow), bad(7, "start: "+noTime, "end: "+noTime)}},
	{"the text of a style is not checked", "WEBVTT\n\nSTYLE\n<x> & }\n\n" + c + "x", []entry{cue(6, "x")}},
	{"a comment is in UTF-8", "WEBVTT\n\nNOTE \x00\xff\n\n" + c + "x", []entry{bad(3, ": has a NUL", ": is not in UTF-8"), cue(5, "x")}},
	{"a word that begins with NOTE is not a comment", "WEBVTT\n\nNOTES\na\n\nSTYLE x\n\nREGIONS", []entry{bad(3, noCue), bad(6, noCue), bad(8, noCue)}},
	{"lines without times are not a cue", "WEBVTT\n\nx\n\n" + c + "y", []entry{bad(3, noCue), cue(5, "y")}},
	{"an identifier has one line", "WEBVTT\n\nx\ny\n" + c + "y", []entry{bad(3, noCue)}},

	{"an identifier stands before the times", "WEBVTT\n\n the 1st\n" + c + "x", []entry{{3, " the 1st", "1s 2s", say("", "x"), nil}}},
	{"NOTE before times is an identifier", "WEBVTT\n\nNOTE\n" + c + "x", []entry{{3, "NOTE", "1s 2s", say("", "x"), nil}}},
	{"a cue may have no text", "WEBVTT\n\n" + c + "\n\nb\n" + c, []entry{{line: 3, times: "1s 2s"}, {line: 6, id: "b", times: "1s 2s"}}},
	{"blanks are not text", "WEBVTT\n\n" + c + " \n\t&nbsp;<v A> </v>", []entry{{line: 3, times: "1s 2s"}}},
	{"an arrow in the text is a fault", "WEBVTT\n\n" + c + c + "x\n\n" + c + "a --> b\n\n" + c + "y",
		[]entry{bad(3, "text: has an arrow"), bad(7, "text: has an arrow"), cue(10, "y")}},
	{"a NUL in the text is a fault", "WEBVTT\n\n" + c + "x\x00\n\n" + c + "y", []entry{bad(3, ": has a NUL"), cue(6, "y")}},
	{"all faults of a cue are reported", "WEBVTT\n\nx\xff\x00\n00:00 --> 00:02.000 size:1 x\n<x>", []entry{
		bad(3, ": has a NUL", ": is not in UTF-8", "start: "+noTime, "settings.size: is not a percentage", "settings: "+unknownSetting, "text: "+unknownTag)}},

	{"cues may start together", "WEBVTT\n\n" + c + "x\n\n" + c + "y", []entry{cue(3, "x"), cue(6, "y")}},
	{"a cue does not start before the previous one", "WEBVTT\n\n" + c + "x\n\n00:00.999 --> 00:03.000\ny\n\n" + c + "z",
		[]entry{cue(3, "x"), bad(6, early), cue(9, "z")}},
	{"a start is not compared with a bad cue", "WEBVTT\n\n00:09.000 --> 00:10.000\n<x>\n\n" + c + "y", []entry{bad(3, "text: "+unknownTag), cue(6, "y")}},
	{"a start is compared with the last good cue", "WEBVTT\n\n" + c + "x\n\n00:00.000 --> 00:01.000\n\n00:00.500 --> 00:01.000\n",
		[]entry{cue(3, "x"), bad(6, early), bad(8, early)}},
	{"a wrong start is not compared", "WEBVTT\n\n" + c + "x\n\n0:0 --> 00:03.000\ny", []entry{cue(3, "x"), bad(6, "start: "+noTime)}},
}

const c = "00:01.000 --> 00:02.000\n" // the times of a cue

// cue returns the entry of a good cue with those times.
func cue(line int, text string) entry {
	return entry{line: line, times: "1s 2s", spans: [][2]string{{"", text}}}
}

func bad(line int, faults ...string) entry { return entry{line: line, faults: faults} }

func TestRead(t *testing.T) {
	for _, r := range files {
		testkit.Row(t, r.why, func(t *testing.T) {
			got, err := collect(t, webvtt.Read(strings.NewReader(r.file), webvtt.Options{}))
			if err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(r.want, got, entries); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
			for name, chunked := range map[string]io.Reader{
				"one byte":       iotest.OneByteReader(strings.NewReader(r.file)),
				"half":           iotest.HalfReader(strings.NewReader(r.file)),
				"data and error": iotest.DataErrReader(strings.NewReader(r.file)),
			} {
				if got, err := collect(t, webvtt.Read(chunked, webvtt.Options{})); err != nil || !cmp.Equal(r.want, got, entries) {
					t.Errorf("in pieces (%s): %v, %v", name, got, err)
				}
			}
		})
	}
}

const (
	noSignature    = ": does not begin with WEBVTT"
	noArrow        = ": has an arrow and is not a cue"
	noCue          = ": is not a cue, which has an arrow, nor a comment, style or region"
	noTime         = "is not a time such as 00:01.000 or 01:00:01.000"
	early          = "start: is before the start of the previous cue"
	unknownSetting = "have an unknown setting; allowed are vertical, line, position, size, align and region"
	unknownTag     = "has a tag that is not c, i, b, u, ruby, rt, v, lang or a timestamp"
)

func TestErrorOfReadingEndsTheSequence(t *testing.T) {
	failure := errors.New("the disk is gone")
	for _, r := range []struct {
		why, file string
		cues      int
	}{
		{"the signature is not missing in a file that was not read", "", 0},
		{"the signature may continue", "WEB", 0},
		{"the header may continue", "WEBVTT\nx", 0},
		{"cues may follow", "WEBVTT\n\n", 0},
		{"the cue may continue", "WEBVTT\n\n" + c + "x\n", 0},
		{"the cue is complete", "WEBVTT\n\n" + c + "x\n\n", 1},
		{"the first of two cues is complete", "WEBVTT\n\n" + c + "x\n\n" + c + "y", 1},
		{"a cue and a fault are complete", "WEBVTT\n\n" + c + "x\n\ny\n\n", 2},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for o := range everyOptions {
				for _, reader := range []io.Reader{
					io.MultiReader(strings.NewReader(r.file), iotest.ErrReader(failure)),
					io.MultiReader(iotest.OneByteReader(strings.NewReader(r.file)), iotest.ErrReader(failure)),
				} {
					got, err := collect(t, webvtt.Read(reader, o))
					if len(got) != r.cues || err != failure {
						t.Errorf("%+v: %d cues, %v", o, len(got), err)
					}
				}
			}
		})
	}
}

func TestABreakStopsReading(t *testing.T) {
	for _, file := range []string{"webvtt", "WEBVTT \xff\n\n" + c, "WEBVTT\n\n" + c + "\n" + c, "WEBVTT\n\nx\n\n" + c, "WEBVTT\n\n" + strings.Replace(c, "\n", " x\n\n", 1)} {
		n := 0
		for range webvtt.Read(io.MultiReader(strings.NewReader(file), iotest.ErrReader(errors.New("read on"))), webvtt.Options{}) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%q: %d cues before a break", file, n)
		}
	}
}

// The cue of a live transcript does not wait for the next bytes: a CR ends a line at once,
// although an LF may follow.
func TestALiveCueIsReturnedAtItsEnd(t *testing.T) {
	live, speaker := io.Pipe()
	defer live.Close()
	go io.WriteString(speaker, "WEBVTT\r\r00:01.000 --> 00:02.000\rx\r\r")
	for cue, err := range webvtt.Read(live, webvtt.Options{}) {
		if err != nil || cue.End != 2*time.Second {
			t.Error(cue, err)
		}
		break
	}
}

func TestUnknownSpeakersAreAnError(t *testing.T) {
	n := 0
	for cue, err := range webvtt.Read(strings.NewReader("WEBVTT\n\n"+c+"x"), webvtt.Options{Speakers: webvtt.Detect + 1}) {
		n++
		var invalid *refund.InvalidError
		if !errors.As(err, &invalid) || len(invalid.Faults) != 1 || invalid.Faults[0].Path != "speakers" || cue.Line != 0 {
			t.Error(cue, err)
		}
	}
	if n != 1 {
		t.Error(n, "elements")
	}
	for s, want := range map[webvtt.Speakers]string{webvtt.VoiceTag: "voice tag", webvtt.Prefix: "prefix", webvtt.CueID: "cue id", webvtt.NameTag: "name tag", webvtt.Detect: "detect", webvtt.Detect + 1: "unknown"} {
		if s.String() != want {
			t.Errorf("%q, want %q", s, want)
		}
	}
}
