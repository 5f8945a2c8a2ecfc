package jsonl_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// plainLine is a line as encoding/json reads it.
type plainLine struct {
	Kind                 string
	ID, Account, Agent   string
	Issues               []string
	Start, End, Answered plainTime
	StartedBy            evidence.Side `json:"started_by"`
	From, To, Software   string
	Media                []struct {
		Name   string
		Size   int64
		SHA256 string
		Type   string
	}
	Transcript, Messages []struct {
		At   plainTime
		From evidence.Side
		Text string
	}
}

// plainTime is an instant as package time reads it; an empty one is none. (Embedded, the
// Time would read itself.)
type plainTime struct{ Time time.Time }

func (p *plainTime) UnmarshalText(text []byte) (err error) {
	if len(text) > 0 {
		p.Time, err = time.Parse(time.RFC3339Nano, string(text))
	}
	return err
}

// plainly reads a line with encoding/json.
func plainly(text []byte) (e jsonl.Entry, err error) {
	var l plainLine
	if err := json.Unmarshal(text, &l); err != nil {
		return e, err
	}
	h := evidence.Header{ID: l.ID, Account: l.Account, Agent: l.Agent, Issues: l.Issues, Start: l.Start.Time, End: l.End.Time, StartedBy: l.StartedBy}
	var media []evidence.Media
	for _, m := range l.Media {
		media = append(media, evidence.Media(m))
	}
	var messages []evidence.Message
	for _, m := range append(l.Transcript, l.Messages...) {
		messages = append(messages, evidence.Message{At: m.At.Time, From: m.From, Text: m.Text})
	}
	switch l.Kind {
	case "call":
		e.Call = &evidence.Call{Header: h, Answered: l.Answered.Time, From: l.From, To: l.To, Media: media, Transcript: messages}
	case "recording":
		e.Recording = &evidence.Recording{Header: h, Software: l.Software, Media: media}
	case "chat":
		e.Chat = &evidence.Chat{Header: h, Media: media, Messages: messages}
	default:
		return e, errors.New("another kind")
	}
	return e, nil
}

// knownPath matches the paths of faults: fields, elements, and fields that are none,
// whose names are told if they are plain.
var knownPath = regexp.MustCompile(`^(|((kind|id|account|agent|issues|start|end|started_by|answered|from|to|software|media|transcript|messages)(\[\d+\])?` +
	`|(media|transcript|messages)\[\d+\]\.(…|[A-Za-z_][A-Za-z0-9_]{0,31})|…|[A-Za-z_][A-Za-z0-9_]{0,31}))$`)

// knownReason matches all that a fault may say: it quotes lengths and sizes of the file,
// and no text.
var knownReason = regexp.MustCompile(`^(is (not valid JSON|not valid UTF-8|nested deeper than 64 levels)|has text after its end|has half of a surrogate pair), at byte \d+$` +
	`|^is (longer than 1 MiB|given twice|required|required: one of customer, agent, system|empty|out of range|not an integer|before start|not one of call, recording, chat|not one of customer, agent, system)$` +
	`|^begins with a byte order mark: write it as UTF-8 without one$|^has more than 1000 faults; these are the first$` +
	`|^is (an object|an array|a string|a boolean|a number), not (an object|an array|a string|an integer)$|^null is not allowed: leave the field out$` +
	`|^unknown field( \(a name of \d+ bytes\))?$` +
	`|^is (not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00|not a date of the years 1 to 9999 and a time of day|the first instant of the year 1, which stands for a missing instant)$` +
	`|^is (not between start and end|before the previous message|outside the years 1 to 9999)$|^repeats (issues|the name of media)\[\d+\]$` +
	`|^is (not a relative path such as calls/17\.ogg|not 64 hexadecimal digits in lower case|not a MIME type such as audio/ogg)$|^-\d+ is negative$`)

// checkError fails unless the error of a line is as documented, and tells nothing of
// the file.
func checkError(t *testing.T, e jsonl.Entry, err error) {
	t.Helper()
	line, ok := err.(*evidence.LineError)
	if !ok || (e != jsonl.Entry{Line: line.Line}) {
		t.Fatalf("error %v, want a LineError", err)
	}
	faults, ok := line.Err.(*refund.InvalidError)
	if !ok || len(faults.Faults) == 0 {
		t.Fatalf("error %v, want faults", line.Err)
	}
	for _, f := range faults.Faults {
		if !knownPath.MatchString(f.Path) || !knownReason.MatchString(f.Reason) {
			t.Errorf("a fault that nobody knows: %q: %q", f.Path, f.Reason)
		}
	}
}

// FuzzRead compares Read with encoding/json: what it accepts, both read the same; and it
// is written and read again as it was.
func FuzzRead(f *testing.F) {
	// Every field of every kind.
	f.Add([]byte(callText + "\n" + recordingText + "\r\n\n" + chatText + "\n"))
	// Nothing that may be absent.
	f.Add([]byte(leastText))
	// Faults of all sorts.
	f.Add([]byte(edit(f, callText, `"C-1"`, `1`, `"agent":"ops-3"`, `"agent":null,"x y":{},"xy":[]`, `"T-2"`, `"T-1",7`, `15:20:00Z`, `14:20:00Z`, `2048`, `-1.5`, `"from":"agent"`, `"from":"x"`)))
	// Names that encoding/json would take for another, and fields given twice.
	f.Add([]byte(edit(f, callText, `"account"`, `"Account"`, `"agent":"`, `"agent":"a","agent":"`)))
	// Escapes, which make a line shorter or longer when it is written.
	f.Add([]byte(edit(f, chatText, `Jo has joined`, `\u0041\ud83d\ude00\u2028`+"\u2028", `"kind"`, `"\u006bind"`)))
	// Half of a surrogate pair, and bad UTF-8.
	f.Add([]byte(edit(f, chatText, `Jo has joined`, `\ud83d`) + "\n" + edit(f, chatText, `Jo has joined`, "\xff")))
	// Instants at the ends of the years, and of all forms.
	f.Add([]byte(edit(f, leastText, `"start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:00:00Z"`, `"start":"0001-01-01T00:00:00.000000001Z","end":"9999-12-31T23:59:59.999999999Z","answered":"2026-03-02T15:00:00+23:59"`)))
	// An instant that is empty is as good as absent.
	f.Add([]byte(edit(f, leastText, `"end":`, `"answered":"","end":`)))
	// Sizes at their ends.
	f.Add([]byte(edit(f, callText, `2048`, `9223372036854775808`) + "\n" + edit(f, callText, `2048`, `-0`)))
	// Fields of other kinds of records.
	f.Add([]byte(strings.Replace(callText, "call", "chat", 1) + "\n" + strings.Replace(chatText, "chat", "recording", 1)))
	// Levels, ends, and text behind them.
	f.Add([]byte(strings.Repeat("[", 70) + "\n{}{}\n{\n\"\n" + callText[:99]))

	f.Fuzz(func(t *testing.T, file []byte) {
		lines := bytes.Split(file, []byte("\n"))
		last := 0
		for e, err := range jsonl.Read(bytes.NewReader(file)) {
			if e.Line <= last || e.Line > len(lines) {
				t.Fatalf("line %d after line %d of %d", e.Line, last, len(lines))
			}
			last = e.Line
			if err != nil {
				checkError(t, e, err)
				continue
			}
			line := lines[e.Line-1]
			if !utf8.Valid(line) {
				t.Fatal("accepted, and no UTF-8")
			}
			want, err := plainly(line)
			if err != nil {
				t.Fatalf("accepted, and refused by encoding/json: %v", err)
			}
			want.Line = e.Line
			if !cmp.Equal(want, e, cmpopts.EquateEmpty()) {
				t.Errorf("encoding/json reads another record of %s", line)
			}
			text, err := jsonl.Append(nil, e)
			if err != nil {
				if len(line) > jsonlines.MaxBytes/6 { // escapes may make it longer than its source
					continue
				}
				t.Fatalf("read, and not written: %v", err)
			}
			back := jsonl.Entry{}
			if err := back.UnmarshalJSON(text); err != nil {
				t.Fatalf("written, and not read: %v\n%s", err, text)
			}
			back.Line = e.Line
			if !cmp.Equal(e, back, cmpopts.EquateEmpty()) {
				t.Errorf("another record after writing\n%s\n%s", line, text)
			}
		}
	})
}
