package jsonl

import (
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The line types have the fields of a line in the order in which they are written.
type (
	line struct {
		Kind       string        `json:"kind"`
		ID         string        `json:"id"`
		Account    string        `json:"account,omitempty"`
		Agent      string        `json:"agent,omitempty"`
		Issues     []string      `json:"issues,omitempty"`
		Start      time.Time     `json:"start"`
		End        time.Time     `json:"end"`
		StartedBy  evidence.Side `json:"started_by,omitempty"`
		Answered   time.Time     `json:"answered,omitzero"`
		From       string        `json:"from,omitempty"`
		To         string        `json:"to,omitempty"`
		Software   string        `json:"software,omitempty"`
		Media      []media       `json:"media,omitempty"`
		Transcript []message     `json:"transcript,omitempty"`
		Messages   []message     `json:"messages,omitempty"`
	}
	media struct {
		Name   string `json:"name"`
		Size   int64  `json:"size"`
		SHA256 string `json:"sha256"`
		Type   string `json:"type"`
	}
	message struct {
		At   time.Time     `json:"at"`
		From evidence.Side `json:"from"`
		Text string        `json:"text,omitempty"`
	}
)

func lineOf(kind string, h *evidence.Header, files []evidence.Media) line {
	l := line{
		Kind:      kind,
		ID:        h.ID,
		Account:   h.Account,
		Agent:     h.Agent,
		Issues:    h.Issues,
		Start:     h.Start.UTC(),
		End:       h.End.UTC(),
		StartedBy: h.StartedBy,
	}
	for _, m := range files {
		l.Media = append(l.Media, media(m))
	}
	return l
}

func messages(list []evidence.Message) (out []message) {
	for _, m := range list {
		out = append(out, message{m.At.UTC(), m.From, m.Text})
	}
	return out
}

// notUTF8 returns the faults of the texts that are not valid UTF-8.
func (l *line) notUTF8() (faults refund.Faults) {
	check := func(text, path string, index ...any) {
		if !utf8.ValidString(text) {
			faults.Add(fmt.Sprintf(path, index...), "is not valid UTF-8")
		}
	}
	check(l.ID, "id")
	check(l.Account, "account")
	check(l.Agent, "agent")
	for i, id := range l.Issues {
		check(id, "issues[%d]", i)
	}
	check(l.From, "from")
	check(l.To, "to")
	check(l.Software, "software")
	for i, m := range l.Media {
		check(m.Name, "media[%d].name", i)
		check(m.Type, "media[%d].type", i)
	}
	for i, m := range l.Transcript {
		check(m.Text, "transcript[%d].text", i)
	}
	for i, m := range l.Messages {
		check(m.Text, "messages[%d].text", i)
	}
	return faults
}
