package evidence

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// Records hold the words, names and numbers of people. They print as counts and lengths,
// in a structured log too, so that nobody shows them by accident. A host that wants to show
// them reads the fields.

// String returns the kind, the duration and counts, such as "call (5m12s, 1 issue)". It has
// no text of the record. LogValue returns the same.
func (c Call) String() string {
	return mask(&record{kind: KindCall, header: &c.Header, media: c.Media, messages: c.Transcript})
}

// String returns the kind, the duration and counts. It has no text of the record. LogValue
// returns the same.
func (r Recording) String() string {
	return mask(&record{kind: KindRecording, header: &r.Header, media: r.Media})
}

// String returns the kind, the duration and counts. It has no text of the record. LogValue
// returns the same.
func (c Chat) String() string {
	return mask(&record{kind: KindChat, header: &c.Header, media: c.Media, messages: c.Messages})
}

// String returns the duration and counts, such as "record (5m12s, 1 issue)".
func (h Header) String() string { return mask(&record{header: &h}) }

func mask(r *record) string {
	kind := "record"
	if r.kind != 0 {
		kind = r.kind.String()
	}
	parts := []string{r.header.End.Sub(r.header.Start).String()}
	for _, n := range []struct {
		count    int
		one, all string
	}{{len(r.header.Issues), "issue", "issues"}, {len(r.media), "file", "files"}, {len(r.messages), "message", "messages"}} {
		if n.count > 0 {
			parts = append(parts, words.Count(n.count, n.one, n.all))
		}
	}
	return kind + " (" + strings.Join(parts, ", ") + ")"
}

// String returns the side and the length of the text, such as "agent: 32 bytes". LogValue
// returns the same.
func (m Message) String() string {
	return m.From.String() + ": " + words.Count(len(m.Text), "byte", "bytes")
}

// String returns the length, such as "file of 2048 bytes". LogValue returns the same.
func (m Media) String() string { return "file of " + strconv.FormatInt(m.Size, 10) + " bytes" }

// String returns the number of records of each kind.
func (l Log) String() string {
	return words.Count(len(l.Calls), "call", "calls") + ", " +
		words.Count(len(l.Recordings), "recording", "recordings") + ", " +
		words.Count(len(l.Chats), "chat", "chats")
}

// Format writes the result of String under every verb.
func (c Call) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// Format writes the result of String under every verb.
func (r Recording) Format(f fmt.State, _ rune) { io.WriteString(f, r.String()) }

// Format writes the result of String under every verb.
func (c Chat) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// Format writes the result of String under every verb.
func (h Header) Format(f fmt.State, _ rune) { io.WriteString(f, h.String()) }

// Format writes the result of String under every verb.
func (m Message) Format(f fmt.State, _ rune) { io.WriteString(f, m.String()) }

// Format writes the result of String under every verb.
func (m Media) Format(f fmt.State, _ rune) { io.WriteString(f, m.String()) }

// Format writes the result of String under every verb.
func (l Log) Format(f fmt.State, _ rune) { io.WriteString(f, l.String()) }

// LogValue returns the result of String.
func (c Call) LogValue() slog.Value { return slog.StringValue(c.String()) }

// LogValue returns the result of String.
func (r Recording) LogValue() slog.Value { return slog.StringValue(r.String()) }

// LogValue returns the result of String.
func (c Chat) LogValue() slog.Value { return slog.StringValue(c.String()) }

// LogValue returns the result of String.
func (h Header) LogValue() slog.Value { return slog.StringValue(h.String()) }

// LogValue returns the result of String.
func (m Message) LogValue() slog.Value { return slog.StringValue(m.String()) }

// LogValue returns the result of String.
func (m Media) LogValue() slog.Value { return slog.StringValue(m.String()) }

// LogValue returns the result of String.
func (l Log) LogValue() slog.Value { return slog.StringValue(l.String()) }
