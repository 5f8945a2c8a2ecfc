package chats_test

import (
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/chats"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestZendeskFile(t *testing.T) {
	const want = `3 1403.10045.SabcDEF 10:40:00..11:02:30 by customer, agent "31", issues ["101"], customer "1.12345"
  10:40:01 customer "The printer stopped again."
  10:40:03 agent "An agent will be with you soon."
  10:45:00 customer ""
  11:00:00 agent "The queue is clear now."
  queue.png image/png 20481
21 1403.10046.TabcDEF 05:28:35..05:28:35 by customer, agent "", issues [], customer "1.12345"
  05:28:35 customer "Nobody there?"`
	if got := show(chats.Zendesk(file(t, "zendesk_chats.json"))); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// chat writes a chat with members and a history.
func chat(members string, history ...string) string {
	return `{"id":"C-1","timestamp":"2026-03-05T10:00:00Z"` + members + `,"history":[` + strings.Join(history, ",") + `]}`
}

func message(sender, at string) string {
	return `{"type":"chat.msg",` + sender + `,"timestamp":"2026-03-05T` + at + `Z","msg":"x"}`
}

func TestZendeskChats(t *testing.T) {
	const head, tail = `1 C-1 `, `, agent "", issues [], customer ""`
	for _, row := range []struct{ why, file, want string }{
		{"a chat without messages", chat(``), head + "10:00:00..10:00:00 by unset" + tail},
		{"the duration gives the end", chat(`,"duration":90`), head + "10:00:00..10:01:30 by unset" + tail},
		{"the end goes before the duration", chat(`,"duration":90,"end_timestamp":"2026-03-05T10:05:00Z"`), head + "10:00:00..10:05:00 by unset" + tail},
		{"an agent began", chat(`,"started_by":"agent"`), head + "10:00:00..10:00:00 by agent" + tail},
		{"a trigger is the company", chat(`,"started_by":"trigger"`), head + "10:00:00..10:00:00 by agent" + tail},
		{"who began is not known", chat(`,"started_by":"somebody"`), head + "10:00:00..10:00:00 by unset" + tail},
		{"messages widen the span, and stand in the order of time",
			chat(`,"duration":60`, message(`"nick":"visitor"`, "10:02:00"), message(`"nick":"agent:7"`, "09:59:59")),
			head + "09:59:59..10:02:00 by unset" + tail + "\n  09:59:59 agent \"x\"\n  10:02:00 customer \"x\""},
		{"the sender's type gives the side", chat(``, message(`"sender_type":"Visitor"`, "10:00:00"), message(`"sender_type":"Bot","nick":"x"`, "10:00:00"), message(`"sender_type":"System"`, "10:00:00")),
			head + "10:00:00..10:00:00 by unset" + tail + "\n  10:00:00 customer \"x\"\n  10:00:00 agent \"x\"\n  10:00:00 system \"x\""},
		{"agents are listed once", chat(`,"agent_ids":["7",8,"7"]`), head + `10:00:00..10:00:00 by unset, agent "7, 8", issues [], customer ""`},
		{"entries of other types are passed over", chat(``, `{"type":"chat.comment","msg":"x"}`, `{"type":"chat.novelty"}`), head + "10:00:00..10:00:00 by unset" + tail},
		{"null is not given", chat(`,"type":"chat","started_by":null,"duration":null,"end_timestamp":null,"visitor":null,"agent_ids":null,"zendesk_ticket_id":null`), head + "10:00:00..10:00:00 by unset" + tail},
		{"a text that was cut in a pair of surrogates", chat(``, strings.Replace(message(`"nick":"visitor"`, "10:00:00"), `"x"`, `"x\ud83d"`, 1)),
			head + "10:00:00..10:00:00 by unset" + tail + "\n  10:00:00 customer \"x\ufffd\""},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := show(chats.Zendesk(strings.NewReader(row.file))); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}

func TestZendeskFaults(t *testing.T) {
	const prefix = "error: line 1: refund: invalid input: "
	for _, row := range []struct{ why, file, want string }{
		{"a wrong chat does not affect the others", `{"id":"C-0"}` + "\n" + chat(``), prefix + "timestamp: is required\n2 C-1 10:00:00..10:00:00 by unset, agent \"\", issues [], customer \"\""},
		{"an element that is not an object", `{"chats":["jane"]}`, prefix + "chats[0]: is a string, not an object"},
		{"no id", `{"chats":[{"timestamp":"2026-03-05T10:00:00Z"}]}`, prefix + "chats[0].id: is required"},
		{"an empty id", strings.Replace(chat(``), "C-1", "", 1), prefix + "id: is required"},
		{"an end before the beginning", chat(`,"end_timestamp":"2026-03-05T09:00:00Z"`), prefix + "end_timestamp: is before timestamp"},
		{"a negative duration", chat(`,"duration":-1`), prefix + "duration: is negative"},
		{"an unknown type", chat(`,"type":"email"`), prefix + "type: is not one of chat, offline_msg"},
		{"a message of nobody", chat(``, message(`"nick":"someone"`, "10:00:00")),
			prefix + "history[0].sender_type: is not one of Visitor, Agent, Trigger, Bot, System, and nick is neither visitor nor an agent"},
		{"a message of both sides", chat(``, message(`"nick":"visitor","sender_type":"Agent"`, "10:00:00")), prefix + "history[0].sender_type: is another side than that of nick"},
		{"a message without a time", chat(``, `{"type":"chat.msg","nick":"visitor"}`), prefix + "history[0].timestamp: is required"},
		{"an invalid time", chat(``, message(`"nick":"visitor"`, "25:00:00")), prefix + "history[0].timestamp: is not a date of the years 1 to 9999 and a time of day"},
		{"an entry without a type", chat(``, `{"msg":"x"}`), prefix + "history[0].type: is required"},
		{"a file that is cut", `{"chats":[`, prefix + "is not valid JSON; the rest of the file is not read"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := show(chats.Zendesk(strings.NewReader(row.file))); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}
