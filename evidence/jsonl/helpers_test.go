package jsonl_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
)

const sha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

// The texts are lines as this package writes them, with every field of their kind.
const (
	callText = `{"kind":"call","id":"C-1","account":"ACC-7","agent":"ops-3","issues":["T-1","T-2"],"start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:20:00Z","started_by":"customer",` +
		`"answered":"2026-03-02T15:00:09.000000001Z","from":"+1 555 0100","to":"100","media":[{"name":"calls/C-1.ogg","size":2048,"sha256":"` + sha + `","type":"audio/ogg"}],` +
		`"transcript":[{"at":"2026-03-02T15:00:10Z","from":"agent","text":"how can <we> help?"},{"at":"2026-03-02T15:00:20.5Z","from":"customer"}]}`
	recordingText = `{"kind":"recording","id":"R-1","account":"ACC-7","agent":"ops-3","issues":["T-1"],"start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:20:00Z","started_by":"agent",` +
		`"software":"screens 3","media":[{"name":"R-1.webm","size":0,"sha256":"` + sha + `","type":"video/webm; codecs=\"vp9\""}]}`
	chatText = `{"kind":"chat","id":"H-1","account":"ACC-7","agent":"ops-3","issues":["T-1"],"start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:20:00Z","started_by":"system",` +
		`"media":[{"name":"H-1.png","size":9223372036854775807,"sha256":"` + sha + `","type":"image/png"}],"messages":[{"at":"2026-03-02T15:00:00Z","from":"system","text":"Jo has joined\n"}]}`
	// leastText has only the required fields.
	leastText = `{"kind":"call","id":"C-9","start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:00:00Z"}`
)

func at(minute, second, nanosecond int) time.Time {
	return time.Date(2026, 3, 2, 15, minute, second, nanosecond, time.UTC)
}

func header(id string, by evidence.Side, issues ...string) evidence.Header {
	return evidence.Header{ID: id, Account: "ACC-7", Agent: "ops-3", Issues: issues, Start: at(0, 0, 0), End: at(20, 0, 0), StartedBy: by}
}

// full returns the log of the texts.
func full() evidence.Log {
	return evidence.Log{
		Calls: []evidence.Call{{
			Header:   header("C-1", evidence.SideCustomer, "T-1", "T-2"),
			Answered: at(0, 9, 1),
			From:     "+1 555 0100",
			To:       "100",
			Media:    []evidence.Media{{Name: "calls/C-1.ogg", Size: 2048, SHA256: sha, Type: "audio/ogg"}},
			Transcript: []evidence.Message{
				{At: at(0, 10, 0), From: evidence.SideAgent, Text: "how can <we> help?"},
				{At: at(0, 20, 500_000_000), From: evidence.SideCustomer},
			},
		}},
		Recordings: []evidence.Recording{{
			Header:   header("R-1", evidence.SideAgent, "T-1"),
			Software: "screens 3",
			Media:    []evidence.Media{{Name: "R-1.webm", SHA256: sha, Type: `video/webm; codecs="vp9"`}},
		}},
		Chats: []evidence.Chat{{
			Header:   header("H-1", evidence.SideSystem, "T-1"),
			Media:    []evidence.Media{{Name: "H-1.png", Size: 1<<63 - 1, SHA256: sha, Type: "image/png"}},
			Messages: []evidence.Message{{At: at(0, 0, 0), From: evidence.SideSystem, Text: "Jo has joined\n"}},
		}},
	}
}

// entries returns the records of a log as they are written.
func entries(log evidence.Log) (list []jsonl.Entry) {
	for i := range log.Calls {
		list = append(list, jsonl.Entry{Call: &log.Calls[i]})
	}
	for i := range log.Recordings {
		list = append(list, jsonl.Entry{Recording: &log.Recordings[i]})
	}
	for i := range log.Chats {
		list = append(list, jsonl.Entry{Chat: &log.Chats[i]})
	}
	return list
}

// same fails unless both are equal to the last field. An empty list is as good as none.
func same(t testing.TB, want, got any) {
	t.Helper()
	if !cmp.Equal(want, got, cmpopts.EquateEmpty()) { // records print masked
		t.Errorf("want %+v\ngot  %+v", want, got)
	}
}

// edit replaces texts, given as pairs of an old and a new one. Each old one must stand
// there exactly once.
func edit(t testing.TB, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if n := strings.Count(text, pairs[i]); n != 1 {
			t.Fatalf("%q stands %d times in the text", pairs[i], n)
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// read reads a file, all of whose errors are those of lines.
func read(t testing.TB, file string) (list []jsonl.Entry, errs []error) {
	t.Helper()
	for e, err := range jsonl.Read(strings.NewReader(file)) {
		if err != nil {
			line, ok := err.(*evidence.LineError)
			if !ok || (e != jsonl.Entry{Line: line.Line}) || line.Line < 1 {
				t.Fatalf("%+v along with the error %v", e, err)
			}
		} else if n := len(entriesOf(e)); n != 1 {
			t.Fatalf("an entry of %d records", n)
		}
		list, errs = append(list, e), append(errs, err)
	}
	return list, errs
}

// entriesOf returns the records of one entry, of which there is to be one.
func entriesOf(e jsonl.Entry) []jsonl.Entry {
	var log evidence.Log
	e.AddTo(&log)
	return entries(log)
}

// one reads a line.
func one(t testing.TB, line string) (jsonl.Entry, error) {
	t.Helper()
	list, errs := read(t, line+"\n")
	if len(list) != 1 {
		t.Fatalf("%d entries in one line", len(list))
	}
	return list[0], errs[0]
}

// told returns what Read says of a file: for each line its number, and the record or
// the error.
func told(list []jsonl.Entry, errs []error) (lines []string) {
	for i, e := range list {
		text := "none"
		var id string
		switch {
		case errs[i] != nil:
			text = errs[i].Error()
		case e.Call != nil:
			text, id = "call", e.Call.ID
		case e.Recording != nil:
			text, id = "recording", e.Recording.ID
		case e.Chat != nil:
			text, id = "chat", e.Chat.ID
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprint(e.Line, " ", text, " ", id)))
	}
	return lines
}
