package jsonl_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
)

// anyText has the characters that JSON minds more often than others.
var anyText = rapid.Custom(func(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom([]string{`"`, `\`, "/", "\n", "\r", "\t", "\b", "\x00", "\x1f", "\x7f", "é", "€", "😀", "\uFFFD", "\u2028", `\u0041`, "<", "&", "{", "]", ":", ","}),
		rapid.StringN(0, 6, -1),
	), 0, 4).Draw(t, "parts")
	return strings.ToValidUTF8(strings.Join(parts, ""), "?")
})

var anySide = rapid.SampledFrom([]evidence.Side{evidence.SideCustomer, evidence.SideAgent, evidence.SideSystem})

var anyPlace = rapid.SampledFrom([]*time.Location{time.UTC, time.FixedZone("", -5*3600), time.FixedZone("east", 14*3600), time.FixedZone("", 17)})

// within returns an instant from start to end, at any place.
func within(t *rapid.T, label string, start, end time.Time) time.Time {
	passed := rapid.Int64Range(0, int64(end.Sub(start))).Draw(t, label)
	return start.Add(time.Duration(passed)).In(anyPlace.Draw(t, label+" place"))
}

// anyLog is any sound log that can be written. Its ids differ.
var anyLog = rapid.Custom(func(t *rapid.T) (log evidence.Log) {
	n := 0
	header := func() evidence.Header {
		n++
		start := time.Unix(rapid.OneOf(
			rapid.Int64Range(0, 4_000_000_000),
			rapid.Int64Range(-62_135_596_799, 253_380_000_000), // the years 1 to 9999, nearly
		).Draw(t, "start"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanosecond"))
		h := evidence.Header{
			ID:      fmt.Sprint(n, anyText.Draw(t, "id")),
			Account: anyText.Draw(t, "account"),
			Agent:   anyText.Draw(t, "agent"),
			Issues:  rapid.SliceOfNDistinct(anyText.Filter(func(s string) bool { return s != "" }), 0, 3, rapid.ID).Draw(t, "issues"),
			Start:   start.In(anyPlace.Draw(t, "place")),
			End:     start.Add(time.Duration(rapid.Int64Range(0, int64(48*time.Hour)).Draw(t, "duration"))),
		}
		if rapid.Bool().Draw(t, "by") {
			h.StartedBy = anySide.Draw(t, "started by")
		}
		return h
	}
	media := func() []evidence.Media {
		list := make([]evidence.Media, rapid.IntRange(0, 2).Draw(t, "media"))
		for i := range list {
			list[i] = evidence.Media{
				Name:   fmt.Sprint(i, strings.NewReplacer("/", "", "\x00", "").Replace(anyText.Draw(t, "name"))),
				Size:   rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Min(0)).Draw(t, "size"),
				SHA256: rapid.StringMatching("[0-9a-f]{64}").Draw(t, "sha256"),
				Type:   rapid.SampledFrom([]string{"audio/ogg", "Video/WebM; codecs=\"a, <b>\"", "image/png"}).Draw(t, "type"),
			}
		}
		return list
	}
	messages := func(h evidence.Header) []evidence.Message {
		list := make([]evidence.Message, rapid.IntRange(0, 3).Draw(t, "messages"))
		for i := range list {
			list[i] = evidence.Message{At: within(t, "at", h.Start, h.End), From: anySide.Draw(t, "from"), Text: anyText.Draw(t, "text")}
		}
		slices.SortFunc(list, func(a, b evidence.Message) int { return a.At.Compare(b.At) })
		return list
	}
	for range rapid.IntRange(0, 2).Draw(t, "calls") {
		h := header()
		c := evidence.Call{Header: h, From: anyText.Draw(t, "caller"), To: anyText.Draw(t, "called"), Media: media(), Transcript: messages(h)}
		if rapid.Bool().Draw(t, "answered") {
			c.Answered = within(t, "answered at", h.Start, h.End)
		}
		log.Calls = append(log.Calls, c)
	}
	for range rapid.IntRange(0, 2).Draw(t, "recordings") {
		log.Recordings = append(log.Recordings, evidence.Recording{Header: header(), Software: anyText.Draw(t, "software"), Media: media()})
	}
	for range rapid.IntRange(0, 2).Draw(t, "chats") {
		h := header()
		log.Chats = append(log.Chats, evidence.Chat{Header: h, Media: media(), Messages: messages(h)})
	}
	return log
})

func written(t *rapid.T, log evidence.Log) string {
	var b bytes.Buffer
	if err := jsonl.Write(&b, log); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A written log is read back unchanged, and a log that was read is written back unchanged.
func TestWriteReadLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := anyLog.Draw(t, "log")
		file := written(t, log)
		back, err := jsonl.ReadAll(strings.NewReader(file))
		if err != nil {
			t.Fatalf("written, and not read: %v\n%s", err, file)
		}
		// A nil list and an empty one mean the same.
		if !cmp.Equal(log, back, cmpopts.EquateEmpty()) {
			t.Fatalf("another log was read from\n%s", file)
		}
		if back.Digest() != log.Digest() {
			t.Error("another digest")
		}
		if again := written(t, back); again != file {
			t.Errorf("written -, written again +:\n%s", cmp.Diff(file, again))
		}
		for line := range strings.Lines(file) {
			var e jsonl.Entry
			if err := e.UnmarshalJSON([]byte(line)); err != nil {
				t.Fatal(err)
			}
			if text, err := jsonl.Append(nil, e); err != nil || string(text)+"\n" != line {
				t.Errorf("%v\nread  %swrote %s", err, line, text)
			}
		}
	})
}

// Whatever becomes of one line, the others are as they were.
func TestBadLineLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := strings.SplitAfter(callText+"\n"+recordingText+"\n"+chatText+"\n"+written(t, anyLog.Draw(t, "log")), "\n")
		lines = lines[:len(lines)-1]
		bad := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
		want := map[int]jsonl.Entry{}
		for e, err := range jsonl.Read(strings.NewReader(strings.Join(lines, ""))) {
			if err != nil {
				t.Fatal(err)
			}
			if e.Line != bad+1 {
				want[e.Line] = e
			}
		}

		line := strings.TrimSuffix(lines[bad], "\n")
		from := rapid.IntRange(0, len(line)).Draw(t, "from")
		to := rapid.IntRange(from, min(len(line), from+9)).Draw(t, "to")
		put := rapid.OneOf(
			rapid.SampledFrom([]string{"", `"`, `\`, "{", "}", "]", "\x00", "\xff", "\r", ",", "null", strings.Repeat("a", jsonlines.MaxBytes)}),
			rapid.StringN(0, 9, -1),
		).Draw(t, "put")
		lines[bad] = line[:from] + strings.ReplaceAll(put, "\n", "") + line[to:] + "\n"

		got := map[int]jsonl.Entry{}
		for e, err := range jsonl.Read(strings.NewReader(strings.Join(lines, ""))) {
			switch {
			case e.Line != bad+1 && err != nil:
				t.Fatalf("line %d was spoilt too: %v", e.Line, err)
			case e.Line != bad+1:
				got[e.Line] = e
			case (e == jsonl.Entry{Line: e.Line}) != (err != nil):
				t.Errorf("a record and an error, or neither: %v, %v", e, err)
			}
		}
		if !cmp.Equal(want, got) {
			t.Error("another line changed")
		}
	})
}
