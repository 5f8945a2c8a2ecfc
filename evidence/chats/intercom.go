package chats

import (
	"io"
	"iter"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Intercom returns the conversations of an export of Intercom, one at a time, in the order
// of the file. The sequence can be ranged over once.
//
// The file has conversations with their parts, as the API returns a single conversation: in
// pages ({"conversations": […]}), as an array, or as JSON Lines. Conversations from the
// API's list are refused, because they lack the parts. The fields id, created_at, source and
// conversation_parts are required.
//
//   - Start is created_at. End is the time of the last message, since an export has no end.
//   - The first message is the source, if it has a text or a file. The other messages are
//     the parts of the type comment, and the parts of the types open, close and quick_reply
//     that have a text or a file. Notes counts the other parts that have a text, such as
//     notes and assignments. Missing counts the parts beyond the API's limit of 500.
//   - Authors of the types user, lead, contact and visitor are the customer. Authors of
//     the types admin, team and bot are the company. StartedBy is the side of the source.
//   - A body is HTML. The message has its text without tags. A paragraph, a list item, a
//     table row and <br> each end a line, and an image becomes the text [image].
//   - Issues is empty, since an export does not name the tickets of other systems.
//
// A conversation with faults is returned as an [*evidence.LineError], with a Conversation in
// which only Line is set. Any other error is an error of r. The sequence ends after an error
// of r, and after the fault of a file that is cut off.
//
// It follows these descriptions:
//
//   - https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation
//   - https://developers.intercom.com/docs/references/1.4/rest-api/conversations/conversation-part-model
func Intercom(r io.Reader) iter.Seq2[Conversation, error] {
	return read(r, "conversations", readIntercom)
}

// readIntercom reads a conversation.
func readIntercom(c *Conversation, r *strict.Reader) func() refund.Faults {
	var source part
	var files []evidence.Media // of the source
	var agents names
	var contact string
	var contacts, parts, total int64
	var given bool
	h := &c.Chat.Header
	readContact := func() {
		contacts++
		r.Object(id("id", &contact), strict.Rest)
	}
	c.add(time.Time{}, 0, "") // for the source, which comes first and may be read last
	r.Object(
		strict.ValueField("id", func(r *strict.Reader) { h.ID = readID(r) }).Required(),
		strict.ValueField("created_at", func(r *strict.Reader) { readUnix(&h.Start, r) }).Required(),
		strict.ValueField("source", func(r *strict.Reader) { files = source.read(r) }).Required(),
		optional("contacts", func(r *strict.Reader) {
			if r.Peek() == '[' { // as in older versions of the API
				r.Array(readContact)
				return
			}
			r.Object(optional("contacts", func(r *strict.Reader) { r.Array(readContact) }), strict.Rest)
		}),
		strict.ValueField("conversation_parts", func(r *strict.Reader) {
			given = true
			r.Object(
				optional("total_count", func(r *strict.Reader) { total = r.Integer(32) }),
				strict.ValueField("conversation_parts", func(r *strict.Reader) {
					r.Array(func() {
						parts++
						readPart(c, &agents, r)
					})
				}).Required(),
				strict.Rest,
			)
		}),
		strict.Rest,
	)
	if !given {
		r.FaultBelow("conversation_parts", "is required: the API's list of conversations leaves the parts out")
	}
	return func() (faults refund.Faults) {
		h.StartedBy = source.side
		switch {
		case source.text == "" && len(files) == 0:
			c.Chat.Messages = c.Chat.Messages[1:]
		case source.side == 0:
			faults.Add("source.author.type", authors)
		default:
			c.Chat.Messages[0] = evidence.Message{At: h.Start, From: source.side, Text: source.text}
			c.Attachments = append(files, c.Attachments...)
			if source.admin {
				agents.add(source.author)
			}
		}
		c.Missing = int(max(0, total-parts))
		h.End = h.Start
		h.Agent = agents.String()
		switch {
		case contacts == 1:
			c.Customer = contact
		case source.side == evidence.SideCustomer:
			c.Customer = source.author
		}
		return faults
	}
}

// readPart reads a part of a conversation, and keeps it if it is a message between the two
// sides.
func readPart(c *Conversation, agents *names, r *strict.Reader) {
	var p part
	files := p.read(r)
	switch {
	case p.kind == "comment", (p.kind == "open" || p.kind == "close" || p.kind == "quick_reply") && (p.text != "" || len(files) > 0):
		if p.at.IsZero() {
			r.FaultBelow("created_at", "is required")
		}
		if p.side == 0 {
			r.FaultAt("author.type", authors)
		}
		c.add(p.at, p.side, p.text)
		c.Attachments = append(c.Attachments, files...)
		if p.admin {
			agents.add(p.author)
		}
	case p.text != "":
		c.Notes++
	}
}

const authors = "is not one of user, lead, contact, visitor, admin, team, bot"

// A part is a part of a conversation, or its source.
type part struct {
	kind, text, author string
	at                 time.Time
	side               evidence.Side
	admin              bool
}

// read reads a part, and returns its files that have a name.
func (p *part) read(r *strict.Reader) (files []evidence.Media) {
	var body string
	r.Object(
		text("part_type", &p.kind),
		text("body", &body),
		optional("created_at", func(r *strict.Reader) { readUnix(&p.at, r) }),
		optional("author", func(r *strict.Reader) {
			var kind string
			r.Object(text("type", &kind), id("id", &p.author), strict.Rest)
			p.admin = kind == "admin"
			switch kind {
			case "user", "lead", "contact", "visitor":
				p.side = evidence.SideCustomer
			case "admin", "team", "bot":
				p.side = evidence.SideAgent
			}
		}),
		optional("attachments", func(r *strict.Reader) {
			r.Array(func() {
				var file evidence.Media
				r.Object(
					text("name", &file.Name),
					text("content_type", &file.Type),
					optional("filesize", func(r *strict.Reader) { file.Size = r.Integer(64) }),
					strict.Rest,
				)
				if file.Name != "" {
					files = append(files, file)
				}
			})
		}),
		strict.Rest,
	)
	p.text = plain(body)
	return files
}
