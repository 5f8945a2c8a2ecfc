package chats

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/elements"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// A Conversation is one conversation of an export. The zero Conversation is not valid.
type Conversation struct {
	// Chat is a record that is valid in a log. Account and Media are empty, since an export
	// does not have them. Start and End are those of the export, widened to include all
	// messages. Agent has the ids of the agents, at most 100, separated by commas.
	Chat evidence.Chat

	// Customer is the id of the customer in the help desk. Empty means unknown.
	Customer string

	// Attachments are the attached files that have a name. Size and Type are set if the
	// export has them, and SHA256 is empty. Several files can have the same name, and a name
	// need not be a valid path.
	Attachments []evidence.Media

	// Notes counts the entries that have a text and are not messages between the two sides,
	// such as notes among agents.
	Notes int

	// Missing is the number of entries that the export leaves out, as it states itself.
	Missing int

	// Line is the line of the file on which the conversation begins, counted from 1.
	Line int
}

// Collect returns all conversations of a sequence from [Zendesk] or [Intercom] that could be
// read, and an error that joins at most 100 errors of the sequence.
func Collect(seq iter.Seq2[Conversation, error]) ([]Conversation, error) {
	return elements.Collect(seq)
}

// add adds a message.
func (c *Conversation) add(at time.Time, from evidence.Side, text string) {
	c.Chat.Messages = append(c.Chat.Messages, evidence.Message{At: at, From: from, Text: text})
}

// finish sorts the messages by time, and widens the span of the chat to include them.
func (c *Conversation) finish() {
	messages := c.Chat.Messages
	slices.SortStableFunc(messages, func(a, b evidence.Message) int { return a.At.Compare(b.At) })
	if len(messages) > 0 {
		if first := messages[0].At; first.Before(c.Chat.Start) {
			c.Chat.Start = first
		}
		if last := messages[len(messages)-1].At; last.After(c.Chat.End) {
			c.Chat.End = last
		}
	}
}

// names is a list of different ids.
type names struct {
	seen map[string]bool
	list []string
}

// maxNames is the largest number of agent ids that are kept.
const maxNames = 100

func (n *names) add(id string) {
	if id == "" || n.seen[id] || len(n.list) == maxNames {
		return
	}
	if n.seen == nil {
		n.seen = map[string]bool{}
	}
	n.seen[id] = true
	n.list = append(n.list, id)
}

func (n *names) String() string { return strings.Join(n.list, ", ") }

// unix returns the instant of a count of seconds since 1970, or the reason why it is refused.
func unix(seconds int64) (at time.Time, reason string) {
	at = time.Unix(seconds, 0).UTC()
	return at, instant.Fault(at)
}

// Package fmt does not call the methods below for the wrong verbs %p and %w, nor for a value
// in an unexported field of a struct.

// String returns the chat's duration and counts. It has no text of the conversation. Format
// and LogValue use the same text.
func (c Conversation) String() string {
	return c.Chat.String() + ", " + words.Count(len(c.Attachments), "attachment", "attachments") + ", " +
		words.Count(c.Notes, "note", "notes")
}

// Format writes the result of String under every verb.
func (c Conversation) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// LogValue returns the result of String.
func (c Conversation) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalJSON returns an error: a conversation is private.
func (c Conversation) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

var errNoJSON = errors.New("chats: conversations are private, and not written as JSON")
