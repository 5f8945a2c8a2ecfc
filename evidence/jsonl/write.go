package jsonl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/wire"
)

// The line types are what a line has, in its order.
type (
	line struct {
		Kind       string    `json:"kind"`
		ID         string    `json:"id"`
		Account    string    `json:"account,omitempty"`
		Agent      string    `json:"agent,omitempty"`
		Issues     []string  `json:"issues,omitempty"`
		Start      string    `json:"start"`
		End        string    `json:"end"`
		StartedBy  string    `json:"started_by,omitempty"`
		Answered   string    `json:"answered,omitempty"`
		From       string    `json:"from,omitempty"`
		To         string    `json:"to,omitempty"`
		Software   string    `json:"software,omitempty"`
		Media      []media   `json:"media,omitempty"`
		Transcript []message `json:"transcript,omitempty"`
		Messages   []message `json:"messages,omitempty"`
	}
	media struct {
		Name   string `json:"name"`
		Size   int64  `json:"size"`
		SHA256 string `json:"sha256"`
		Type   string `json:"type"`
	}
	message struct {
		At   string `json:"at"`
		From string `json:"from"`
		Text string `json:"text,omitempty"`
	}
)

// Append appends a record as JSON to b, without a line end, such that [Read] reads the
// same record back, its instants in UTC. It returns a [*refund.InvalidError], and b as
// it was, for an entry that does not hold exactly one record, for a record that is not
// sound, has a text that is not valid UTF-8, or takes more than wire.MaxBytes.
func Append(b []byte, e Entry) ([]byte, error) {
	var l line
	var err error
	switch {
	case e.Call != nil && e.Recording == nil && e.Chat == nil:
		c := e.Call
		err = c.Validate()
		l = lineOf("call", &c.Header, c.Media)
		l.Answered = instant(c.Answered)
		l.From, l.To = c.From, c.To
		l.Transcript = messages(c.Transcript)
	case e.Recording != nil && e.Call == nil && e.Chat == nil:
		r := e.Recording
		err = r.Validate()
		l = lineOf("recording", &r.Header, r.Media)
		l.Software = r.Software
	case e.Chat != nil && e.Call == nil && e.Recording == nil:
		c := e.Chat
		err = c.Validate()
		l = lineOf("chat", &c.Header, c.Media)
		l.Messages = messages(c.Messages)
	default:
		err = invalid("", "is to be one call, recording or chat")
	}
	if err == nil {
		err = l.unreadable()
	}
	if err != nil {
		return b, err
	}
	out := bytes.NewBuffer(b)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(l); err != nil {
		return b, err
	}
	text := bytes.TrimSuffix(out.Bytes(), []byte("\n"))
	if len(text)-len(b) > wire.MaxBytes {
		return b, invalid("", "is longer than 1 MiB")
	}
	return text, nil
}

// MarshalJSON returns what [Append] appends.
func (e Entry) MarshalJSON() ([]byte, error) { return Append(nil, e) }

// Write writes a log: its calls, recordings and chats, each in their order. The error
// of a record that cannot be written names it, such as "calls[3]", and what stood
// before it is written.
func Write(w io.Writer, log evidence.Log) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var b []byte
	write := func(list string, i int, e Entry) (err error) {
		if b, err = Append(b[:0], e); err != nil {
			return fmt.Errorf("%s[%d]: %w", list, i, err)
		}
		b = append(b, '\n')
		_, err = out.Write(b)
		return err
	}
	each := func() error {
		for i := range log.Calls {
			if err := write("calls", i, Entry{Call: &log.Calls[i]}); err != nil {
				return err
			}
		}
		for i := range log.Recordings {
			if err := write("recordings", i, Entry{Recording: &log.Recordings[i]}); err != nil {
				return err
			}
		}
		for i := range log.Chats {
			if err := write("chats", i, Entry{Chat: &log.Chats[i]}); err != nil {
				return err
			}
		}
		return nil
	}
	err := each()
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	return err
}

func lineOf(kind string, h *evidence.Header, files []evidence.Media) line {
	l := line{
		Kind:    kind,
		ID:      h.ID,
		Account: h.Account,
		Agent:   h.Agent,
		Issues:  h.Issues,
		Start:   instant(h.Start),
		End:     instant(h.End),
	}
	if h.StartedBy != 0 {
		l.StartedBy = h.StartedBy.String()
	}
	for _, m := range files {
		l.Media = append(l.Media, media(m))
	}
	return l
}

func messages(list []evidence.Message) (out []message) {
	for _, m := range list {
		out = append(out, message{instant(m.At), m.From.String(), m.Text})
	}
	return out
}

// instant is empty for the zero Time.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// unreadable returns an error that names the texts that are no valid UTF-8, or nil.
func (l *line) unreadable() error {
	var faults []refund.Fault
	check := func(path, text string) {
		if !utf8.ValidString(text) {
			faults = append(faults, refund.Fault{Path: path, Reason: "is no valid UTF-8"})
		}
	}
	check("id", l.ID)
	check("account", l.Account)
	check("agent", l.Agent)
	for i, id := range l.Issues {
		check(element("issues", i), id)
	}
	check("from", l.From)
	check("to", l.To)
	check("software", l.Software)
	for i, m := range l.Media {
		check(element("media", i)+".name", m.Name)
		check(element("media", i)+".type", m.Type)
	}
	for i, m := range l.Transcript {
		check(element("transcript", i)+".text", m.Text)
	}
	for i, m := range l.Messages {
		check(element("messages", i)+".text", m.Text)
	}
	if faults == nil {
		return nil
	}
	return &refund.InvalidError{Faults: faults}
}

func element(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

func invalid(path, reason string) error {
	return &refund.InvalidError{Faults: []refund.Fault{{Path: path, Reason: reason}}}
}
