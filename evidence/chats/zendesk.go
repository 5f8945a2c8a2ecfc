package chats

import (
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Zendesk returns the conversations of an export of Zendesk Chat, one at a time, in the
// order of the file. The sequence can be ranged over once. The file has chats and offline
// messages as the API returns them: in pages ({"chats": […]}), as an array, or as JSON
// Lines. The fields id and timestamp are required.
//
//   - Start is timestamp. End is end_timestamp or, without it, duration seconds after Start.
//   - Messages are the entries of the history with the types chat.msg and chat.file. The
//     sender is the customer if nick is visitor or sender_type is Visitor. It is the company
//     if nick begins with agent: or sender_type is Agent, Trigger or Bot. It is software if
//     sender_type is System. If both fields are given, they must agree.
//   - StartedBy is the customer if started_by is visitor, and the company if it is agent or
//     trigger. Otherwise it is unset.
//   - Issues has zendesk_ticket_id, if that is given.
//   - An offline message is a chat with one message.
//
// A conversation with faults is returned as an [*evidence.LineError], with a Conversation in
// which only Line is set. Any other error is an error of r. The sequence ends after an error
// of r, and after the fault of a file that is cut off.
//
// It follows the description https://developer.zendesk.com/api-reference/live-chat/chat-api/chats/.
// The entries of the history are read as they are in real exports.
func Zendesk(r io.Reader) iter.Seq2[Conversation, error] {
	return read(r, "chats", readZendesk)
}

// readZendesk reads a chat or an offline message.
func readZendesk(c *Conversation, r *strict.Reader) func() refund.Faults {
	kind, startedBy, message := "chat", "", ""
	var duration int64
	var agents names
	h := &c.Chat.Header
	r.Object(
		strict.TextField("id", &h.ID).Required(),
		text("type", &kind),
		text("started_by", &startedBy),
		text("message", &message),
		strict.ValueField("timestamp", func(r *strict.Reader) { readInstant(&h.Start, r) }).Required(),
		optional("end_timestamp", func(r *strict.Reader) { readInstant(&h.End, r) }),
		optional("duration", func(r *strict.Reader) { duration = r.Integer(32) }),
		optional("visitor", func(r *strict.Reader) { r.Object(id("id", &c.Customer), strict.Rest) }),
		optional("agent_ids", func(r *strict.Reader) { r.Array(func() { agents.add(readID(r)) }) }),
		optional("zendesk_ticket_id", func(r *strict.Reader) {
			if ticket := readID(r); ticket != "" {
				h.Issues = []string{ticket}
			}
		}),
		optional("history", func(r *strict.Reader) { r.Array(func() { readEntry(c, r) }) }),
		strict.Rest,
	)
	return func() (faults refund.Faults) {
		h.Agent = agents.String()
		switch startedBy {
		case "visitor":
			h.StartedBy = evidence.SideCustomer
		case "agent", "trigger":
			h.StartedBy = evidence.SideAgent
		}
		switch {
		case duration < 0:
			faults.Add("duration", "is negative")
		case h.End.IsZero():
			h.End = h.Start.Add(time.Duration(duration) * time.Second)
		case h.End.Before(h.Start):
			faults.Add("end_timestamp", "is before timestamp")
		}
		switch kind {
		case "chat":
		case "offline_msg":
			h.StartedBy = evidence.SideCustomer
			c.add(h.Start, evidence.SideCustomer, message)
		default:
			faults.Add("type", "is not one of chat, offline_msg")
		}
		return faults
	}
}

// readEntry reads an entry of a chat's history, and keeps it if it is a message.
func readEntry(c *Conversation, r *strict.Reader) {
	var kind, nick, sender, message string
	var at time.Time
	var file evidence.Media
	before := r.Count()
	r.Object(
		strict.TextField("type", &kind).Required(),
		optional("timestamp", func(r *strict.Reader) { readInstant(&at, r) }),
		text("nick", &nick),
		text("sender_type", &sender),
		text("msg", &message),
		optional("attachment", func(r *strict.Reader) {
			r.Object(
				text("name", &file.Name),
				text("mime_type", &file.Type),
				optional("size", func(r *strict.Reader) { file.Size = r.Integer(64) }),
				strict.Rest,
			)
		}),
		strict.Rest,
	)
	if kind != "chat.msg" && kind != "chat.file" || r.Count() > before {
		return
	}
	if at.IsZero() {
		r.FaultBelow("timestamp", "is required")
	}
	from, reason := zendeskSide(nick, sender)
	if reason != "" {
		r.FaultBelow("sender_type", reason)
	}
	c.add(at, from, message)
	if kind == "chat.file" && file.Name != "" {
		c.Attachments = append(c.Attachments, file)
	}
}

// zendeskSide returns the side of a sender.
func zendeskSide(nick, sender string) (side evidence.Side, reason string) {
	var byNick, byType evidence.Side
	switch {
	case nick == "visitor":
		byNick = evidence.SideCustomer
	case strings.HasPrefix(nick, "agent:"):
		byNick = evidence.SideAgent
	}
	switch strings.ToLower(sender) {
	case "visitor", "end_user":
		byType = evidence.SideCustomer
	case "agent", "trigger", "bot":
		byType = evidence.SideAgent
	case "system":
		byType = evidence.SideSystem
	}
	switch {
	case byNick == 0 && byType == 0:
		return 0, "is not one of Visitor, Agent, Trigger, Bot, System, and nick is neither visitor nor an agent"
	case byNick == 0 || byType == byNick:
		return byType, ""
	case byType == 0:
		return byNick, ""
	}
	return 0, "is another side than that of nick"
}

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }
