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

// A told is what is told of a cue. It shows in a difference what a Cue hides.
type told struct {
	line   int
	id     string
	times  string
	spans  [][2]string
	faults []string
}

// tell returns what is told of cues, and an error that is not of a line.
func tell(tb rapid.TB, cues iter.Seq2[webvtt.Cue, error]) (all []told, failed error) {
	tb.Helper()
	for cue, err := range cues {
		if failed != nil {
			tb.Fatal("something comes after an error of reading")
		}
		got := told{line: cue.Line, id: cue.ID}
		if err == nil {
			got.times = fmt.Sprint(cue.Start, " ", cue.End)
		} else if got.faults = faultsOf(tb, err, cue.Line); got.faults == nil {
			failed = err
			continue
		} else if cue.ID != "" || cue.Start != 0 || cue.End != 0 || cue.Spans != nil {
			tb.Error("half a cue comes with an error")
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

var tellings = cmp.AllowUnexported(told{})

// files are whole ones, and what is told of their cues.
var files = []struct {
	why  string
	file string
	want []told
}{
	{"a file of the signature alone has no cue", "WEBVTT", []told{bad(1, ": has no cue")}},
	{"blank lines are not cues", "WEBVTT\n\n\n\r\r\n", []told{bad(1, ": has no cue")}},
	{"comments and styles are not cues", "WEBVTT\n\nNOTE a\n\nSTYLE\nb\n", []told{bad(1, ": has no cue")}},
	{"a line with a space is not blank, so that the header lasts until the end of the file", "WEBVTT\n \nKind: captions\n", []told{bad(1, ": has no cue")}},
	{"a cue in that header is reported once", "WEBVTT\n \n" + c + "x", []told{bad(1, ": has an arrow: there is no blank line before the first cue")}},
	{"a bad cue is a cue", "WEBVTT\n\n" + c + "<x>", []told{bad(3, "text: "+unknownTag)}},
	{"text may follow the signature behind a blank", "WEBVTT of a call --> us\n\n" + c + "x", []told{cue(3, "x")}},
	{"text may follow the signature behind a tab", "WEBVTT\tx\n\n" + c + "x", []told{cue(3, "x")}},
	{"a byte order mark may come first", "\ufeffWEBVTT\n\n" + c + "x", []told{cue(3, "x")}},
	{"lines of a header are passed over", "WEBVTT\nKind: captions\nNOTE\n\n" + c + "x", []told{cue(5, "x")}},

	{"an empty file is not WebVTT", "", []told{bad(1, noSignature)}},
	{"nor is one with a byte order mark alone", "\ufeff", []told{bad(1, noSignature)}},
	{"nor one of which the signature is cut", "WEBVT", []told{bad(1, noSignature)}},
	{"nor one in lower case", "webvtt\n\n" + c + "x", []told{bad(1, noSignature)}},
	{"nor one with more letters", "WEBVTTX\n\n" + c + "x", []told{bad(1, noSignature)}},
	{"nor one that begins later", "\nWEBVTT\n\n" + c + "x", []told{bad(1, noSignature)}},
	{"nor one with two byte order marks", "\ufeff\ufeffWEBVTT\n", []told{bad(1, noSignature)}},
	{"nor one without a signature", c + "x", []told{bad(1, noSignature)}},

	{"a cue in the header would be lost in silence", "WEBVTT\n" + c + "x\n\n" + c + "y",
		[]told{bad(1, ": has an arrow: there is no blank line before the first cue"), cue(5, "y")}},
	{"a header is text like the rest", "WEBVTT \xff\n\n" + c + "y", []told{bad(1, ": is not in UTF-8"), cue(3, "y")}},

	{"lines end with LF", "WEBVTT\n\n" + c + "x\ny\n\n" + c + "z\n", []told{cue(3, "x\ny"), cue(7, "z")}},
	{"lines end with CR and LF", strings.ReplaceAll("WEBVTT\n\n"+c+"x\ny\n\n"+c+"z\n", "\n", "\r\n"), []told{cue(3, "x\ny"), cue(7, "z")}},
	{"lines end with CR", strings.ReplaceAll("WEBVTT\n\n"+c+"x\ny\n\n"+c+"z\n", "\n", "\r"), []told{cue(3, "x\ny"), cue(7, "z")}},
	{"LF and CR are two ends", "WEBVTT\n\r" + c + "x\n\r" + c + "y", []told{cue(3, "x"), cue(6, "y")}},
	{"two CR are two ends, with an LF behind them too", "WEBVTT\r\r\n" + c + "x\r\r" + c + "y", []told{cue(3, "x"), cue(6, "y")}},
	{"a line of blanks is no blank line", "WEBVTT\n\n" + c + "x\n \ny", []told{cue(3, "x\n \ny")}},

	{"comments stand anywhere, of one line and of several", "WEBVTT\n\nNOTE\n\nNOTE a\nb\n\n" + c + "x\n\nNOTE\tc\n\nNOTE\nd",
		[]told{cue(8, "x")}},
	{"styles and regions stand before the cues", "WEBVTT\n\nSTYLE\n::cue{}\n\nREGION \t\nid:a\n\nSTYLE\n\n" + c + "x", []told{cue(11, "x")}},
	{"they do not stand behind one", "WEBVTT\n\n" + c + "x\n\nSTYLE\na\n\nREGION\n\n" + c + "y",
		[]told{cue(3, "x"), bad(6, ": is a STYLE after a cue"), bad(9, ": is a REGION after a cue"), cue(11, "y")}},
	{"a bad cue before them does them no harm", "WEBVTT\n\n" + c + "<x>\n\nSTYLE\na\n\n" + c + "y", []told{bad(3, "text: "+unknownTag), cue(9, "y")}},
	{"an arrow in a comment would begin a cue in players", "WEBVTT\n\nNOTE a --> b\n\nNOTE\na\n-->", []told{bad(3, ": has an arrow, and is no cue"), bad(5, ": has an arrow, and is no cue")}},
	{"as it would in a style", "WEBVTT\n\nSTYLE\na\n-->\n\nREGION -->", []told{
		bad(3, ": has an arrow, and is no cue"), bad(7, "start: "+noTime, "end: "+noTime)}},
	{"what is in a style is not looked at", "WEBVTT\n\nSTYLE\n<x> & }\n\n" + c + "x", []told{cue(6, "x")}},
	{"a comment is text like the rest", "WEBVTT\n\nNOTE \x00\xff\n\n" + c + "x", []told{bad(3, ": has a NUL", ": is not in UTF-8"), cue(5, "x")}},
	{"a word that begins like a comment is none", "WEBVTT\n\nNOTES\na\n\nSTYLE x\n\nREGIONS", []told{bad(3, noCue), bad(6, noCue), bad(8, noCue)}},
	{"a line without times is no cue", "WEBVTT\n\nx\n\n" + c + "y", []told{bad(3, noCue), cue(5, "y")}},
	{"an identifier is of one line", "WEBVTT\n\nx\ny\n" + c + "y", []told{bad(3, noCue)}},

	{"an identifier stands before the times", "WEBVTT\n\n the 1st\n" + c + "x", []told{{3, " the 1st", "1s 2s", say("", "x"), nil}}},
	{"NOTE is an identifier, if times follow", "WEBVTT\n\nNOTE\n" + c + "x", []told{{3, "NOTE", "1s 2s", say("", "x"), nil}}},
	{"nothing need be said", "WEBVTT\n\n" + c + "\n\nb\n" + c, []told{{line: 3, times: "1s 2s"}, {line: 6, id: "b", times: "1s 2s"}}},
	{"blanks say nothing", "WEBVTT\n\n" + c + " \n\t&nbsp;<v A> </v>", []told{{line: 3, times: "1s 2s"}}},
	{"an arrow in the text is none of the grammar", "WEBVTT\n\n" + c + c + "x\n\n" + c + "a --> b\n\n" + c + "y",
		[]told{bad(3, "text: has an arrow"), bad(7, "text: has an arrow"), cue(10, "y")}},
	{"a NUL is no text", "WEBVTT\n\n" + c + "x\x00\n\n" + c + "y", []told{bad(3, ": has a NUL"), cue(6, "y")}},
	{"all that is wrong is told", "WEBVTT\n\nx\xff\x00\n00:00 --> 00:02.000 size:1 x\n<x>", []told{
		bad(3, ": has a NUL", ": is not in UTF-8", "start: "+noTime, "settings.size: is not a percentage", "settings: "+unknownSetting, "text: "+unknownTag)}},

	{"cues may begin together", "WEBVTT\n\n" + c + "x\n\n" + c + "y", []told{cue(3, "x"), cue(6, "y")}},
	{"a cue does not begin before the one before it", "WEBVTT\n\n" + c + "x\n\n00:00.999 --> 00:03.000\ny\n\n" + c + "z",
		[]told{cue(3, "x"), bad(6, "start: is before that of the cue before it"), cue(9, "z")}},
	{"which has to be good", "WEBVTT\n\n00:09.000 --> 00:10.000\n<x>\n\n" + c + "y", []told{bad(3, "text: "+unknownTag), cue(6, "y")}},
	{"and is the last that was", "WEBVTT\n\n" + c + "x\n\n00:00.000 --> 00:01.000\n\n00:00.500 --> 00:01.000\n",
		[]told{cue(3, "x"), bad(6, "start: is before that of the cue before it"), bad(8, "start: is before that of the cue before it")}},
	{"a start that is none is not before another", "WEBVTT\n\n" + c + "x\n\n0:0 --> 00:03.000\ny", []told{cue(3, "x"), bad(6, "start: "+noTime)}},
}

const c = "00:01.000 --> 00:02.000\n" // the times of a cue

// cue is what is told of a good one with those times.
func cue(line int, text string) told {
	return told{line: line, times: "1s 2s", spans: [][2]string{{"", text}}}
}

func bad(line int, faults ...string) told { return told{line: line, faults: faults} }

func TestRead(t *testing.T) {
	for _, r := range files {
		testkit.Row(t, r.why, func(t *testing.T) {
			got, err := tell(t, webvtt.Read(strings.NewReader(r.file)))
			if err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(r.want, got, tellings); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
			for name, chunked := range map[string]io.Reader{
				"one byte":       iotest.OneByteReader(strings.NewReader(r.file)),
				"half":           iotest.HalfReader(strings.NewReader(r.file)),
				"data and error": iotest.DataErrReader(strings.NewReader(r.file)),
			} {
				if got, err := tell(t, webvtt.Read(chunked)); err != nil || !cmp.Equal(r.want, got, tellings) {
					t.Errorf("in pieces (%s): %v, %v", name, got, err)
				}
			}
		})
	}
}

const (
	noSignature    = ": does not begin with WEBVTT"
	noCue          = ": is no cue, for want of an arrow, and nothing else"
	noTime         = "is no time such as 00:01.000 or 01:00:01.000"
	unknownSetting = "have one that is none of vertical, line, position, size, align, region"
	unknownTag     = "has a tag that is none of c, i, b, u, ruby, rt, v, lang or a timestamp"
)

// What cannot be read ends the reading, after the blocks that were whole.
func TestReadFails(t *testing.T) {
	failure := errors.New("the disk is gone")
	for _, r := range []struct {
		why, file string
		cues      int
	}{
		{"no signature is missed where nothing could be read", "", 0},
		{"nor where it may be half", "WEB", 0},
		{"the header is not whole", "WEBVTT\nx", 0},
		{"there may be cues", "WEBVTT\n\n", 0},
		{"the cue may go on", "WEBVTT\n\n" + c + "x\n", 0},
		{"it is whole", "WEBVTT\n\n" + c + "x\n\n", 1},
		{"it is, and the next one is not", "WEBVTT\n\n" + c + "x\n\n" + c + "y", 1},
		{"a cue and a fault are whole", "WEBVTT\n\n" + c + "x\n\ny\n\n", 2},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for _, reader := range []io.Reader{
				io.MultiReader(strings.NewReader(r.file), iotest.ErrReader(failure)),
				io.MultiReader(iotest.OneByteReader(strings.NewReader(r.file)), iotest.ErrReader(failure)),
			} {
				got, err := tell(t, webvtt.Read(reader))
				if len(got) != r.cues || err != failure {
					t.Errorf("%s: %d cues, %v", r.why, len(got), err)
				}
			}
		})
	}
}

// Whoever has heard enough hears no more, and no more is read than there has to be.
func TestReadStops(t *testing.T) {
	for _, file := range []string{"webvtt", "WEBVTT \xff\n\n" + c, "WEBVTT\n\n" + c + "\n" + c, "WEBVTT\n\nx\n\n" + c} {
		n := 0
		for range webvtt.Read(io.MultiReader(strings.NewReader(file), iotest.ErrReader(errors.New("read on")))) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%q: %d cues before a break", file, n)
		}
	}
	// A CR ends a line at once, though an LF may follow it: a cue of a live transcript
	// need not wait for what is said next.
	live, speaker := io.Pipe()
	defer live.Close()
	go io.WriteString(speaker, "WEBVTT\r\r00:01.000 --> 00:02.000\rx\r\r")
	for cue, err := range webvtt.Read(live) {
		if err != nil || cue.End != 2*time.Second {
			t.Error(cue, err)
		}
		break
	}
}
