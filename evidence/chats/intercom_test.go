package chats_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/chats"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestIntercomFile(t *testing.T) {
	const want = `1 1911149811 10:40:00..11:30:00 by customer, agent "274, 275", issues [], customer "5bc8f7ae2d96695c18a", 1 notes, 0 missing
  10:40:00 customer "Hello,\nmy mail & calendar are empty.\nSee:\n[image]"
  10:40:05 agent "I am the bot. What is the matter?"
  11:10:00 agent "I have set up the account again. 1 < 2 mailboxes are back:\nmail\ncalendar"
  11:20:00 customer "Thanks!"
  11:30:00 agent "Closing this."
  inbox.png image/png 3504`
	if got := show(chats.Intercom(file(t, "intercom_conversation.json"))); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// conversation writes a conversation that a user began at 10:40:00 with "Hi".
func conversation(parts ...string) string {
	return conversationFrom(`{"body":"Hi","author":{"type":"user","id":"u"}}`, parts...)
}

func conversationFrom(source string, parts ...string) string {
	return `{"id":"7","created_at":1772707200,"source":` + source +
		`,"conversation_parts":{"conversation_parts":[` + strings.Join(parts, ",") + `],"total_count":` + fmt.Sprint(len(parts)) + `}}`
}

// piece writes a part, so many seconds after the conversation began.
func piece(kind, body, author string, seconds int) string {
	return fmt.Sprintf(`{"part_type":%q,"body":%s,"created_at":%d,"author":{"type":%q,"id":"a"}}`, kind, body, 1772707200+seconds, author)
}

func TestIntercomConversations(t *testing.T) {
	const head, tail = `1 7 10:40:00..`, ` by customer, agent "", issues [], customer "u"`
	const hi = "\n  10:40:00 customer \"Hi\""
	for _, row := range []struct{ why, file, want string }{
		{"a conversation that nobody answered", conversation(), head + "10:40:00" + tail + hi},
		{"a bot and a team are the company", conversation(piece("comment", `"a"`, "bot", 1), piece("comment", `"b"`, "team", 2)),
			head + "10:40:02" + tail + hi + "\n  10:40:01 agent \"a\"\n  10:40:02 agent \"b\""},
		{"leads, contacts and visitors are the customer", conversation(piece("comment", `"a"`, "lead", 1), piece("comment", `"b"`, "contact", 2), piece("comment", `"c"`, "visitor", 3)),
			head + "10:40:03" + tail + hi + "\n  10:40:01 customer \"a\"\n  10:40:02 customer \"b\"\n  10:40:03 customer \"c\""},
		{"a comment that was deleted is still a message", conversation(piece("comment", "null", "user", 1)), head + "10:40:01" + tail + hi + "\n  10:40:01 customer \"\""},
		{"a part that only closes is not", conversation(piece("close", "null", "admin", 1)), head + "10:40:00" + tail + hi},
		{"a reply that reopens is", conversation(piece("open", `"<p>Again!</p>"`, "user", 1)), head + "10:40:01" + tail + hi + "\n  10:40:01 customer \"Again!\""},
		{"notes, assignments and parts unknown here are counted, if they have a text",
			conversation(piece("note", `"a"`, "admin", 1), piece("assignment", `"b"`, "admin", 2), piece("novelty", `"c"`, "admin", 3), piece("novelty", `"<p></p>"`, "admin", 3)),
			head + "10:40:00" + tail + ", 3 notes, 0 missing" + hi},
		{"the author of a note does not matter", conversation(piece("note", `"a"`, "robot", 1)), head + "10:40:00" + tail + ", 1 notes, 0 missing" + hi},
		{"the company began", conversationFrom(`{"body":"<p>Offer</p>","author":{"type":"admin","id":"1"}}`), `1 7 10:40:00..10:40:00 by agent, agent "1", issues [], customer ""` + "\n  10:40:00 agent \"Offer\""},
		{"a source without text is no message, and its side need not be known", conversationFrom(`{"body":null,"author":null}`), `1 7 10:40:00..10:40:00 by unset, agent "", issues [], customer ""`},
		{"the contact is the customer", strings.Replace(conversation(), `"source"`, `"contacts":{"contacts":[{"id":"k"}]},"source"`, 1), strings.Replace(head+"10:40:00"+tail+hi, `"u"`, `"k"`, 1)},
		{"contacts of an older version", strings.Replace(conversation(), `"source"`, `"contacts":[{"id":"k"}],"source"`, 1), strings.Replace(head+"10:40:00"+tail+hi, `"u"`, `"k"`, 1)},
		{"of two contacts the one that wrote first", strings.Replace(conversation(), `"source"`, `"contacts":[{"id":"k"},{"id":"l"}],"source"`, 1), head + "10:40:00" + tail + hi},
		{"parts above the limit are counted", strings.Replace(conversation(), `"total_count":0`, `"total_count":12`, 1), head + "10:40:00" + tail + ", 0 notes, 12 missing" + hi},
		{"attachments are listed in the order of the messages, those of notes and those without a name are not",
			`{"id":"7","created_at":1772707200,"conversation_parts":{"conversation_parts":[` +
				`{"part_type":"comment","created_at":1772707201,"author":{"type":"user"},"attachments":[{"name":"b"},{}]},` +
				`{"part_type":"note","created_at":1772707202,"author":{"type":"admin"},"attachments":[{"name":"c"}]}` +
				`]},"source":{"body":null,"author":{"type":"user","id":"u"},"attachments":[{"name":"a"}]}}`,
			head + "10:40:01" + tail + "\n  10:40:00 customer \"\"\n  10:40:01 customer \"\"\n  a  0\n  b  0"},
		{"an id that is a number", strings.Replace(conversation(), `"7"`, "7", 1), head + "10:40:00" + tail + hi},
		{"a page", `{"conversations":[` + conversation() + `]}`, head + "10:40:00" + tail + hi},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := show(chats.Intercom(strings.NewReader(row.file))); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}

func TestIntercomFaults(t *testing.T) {
	const prefix = "error: line 1: refund: invalid input: "
	const sides = "is not one of user, lead, contact, visitor, admin, team, bot"
	for _, row := range []struct{ why, file, want string }{
		{"the API's list leaves the parts out", `{"conversations":[{"id":"7","created_at":1772707200,"source":{"body":"Hi","author":{"type":"user"}}}]}`,
			prefix + "conversations[0].conversation_parts: is required: the API's list of conversations leaves the parts out"},
		{"no source", `{"id":"7","created_at":1772707200,"conversation_parts":{"conversation_parts":[]}}`, prefix + "source: is required"},
		{"a first message of nobody", conversationFrom(`{"body":"Hi","author":{"type":"","id":"1"}}`), prefix + "source.author.type: " + sides},
		{"a message of nobody", conversation(piece("comment", `"a"`, "robot", 1)), prefix + "conversation_parts.conversation_parts[0].author.type: " + sides},
		{"a message without a time", conversation(`{"part_type":"comment","body":"a","author":{"type":"user"}}`), prefix + "conversation_parts.conversation_parts[0].created_at: is required"},
		{"a time in words", strings.Replace(conversation(), "1772707200", `"2026"`, 1), prefix + "created_at: is a string, not an integer"},
		{"a time in the year 100000", strings.Replace(conversation(), "1772707200", "3093527980800", 1), prefix + "created_at: is outside the years 1 to 9999"},
		{"an empty id", strings.Replace(conversation(), `"7"`, `""`, 1), prefix + "id: is required"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := show(chats.Intercom(strings.NewReader(row.file))); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}
