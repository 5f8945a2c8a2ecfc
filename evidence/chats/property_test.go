package chats_test

import (
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence/chats"
)

// object writes members, given as names and JSON values in turn, in a random order and
// with members that no description has between them.
func object(t *rapid.T, members ...string) string {
	var list []string
	for i := 0; i < len(members); i += 2 {
		list = append(list, strconv.Quote(members[i])+":"+members[i+1])
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "unknown members") {
		value := rapid.SampledFrom([]string{"null", "[1,{}]", `{"author":{"type":"user"}}`, `"visitor \" ]"`, "-1.5e3"}).Draw(t, "unknown")
		list = append(list, fmt.Sprintf(`"x%d":%s`, i, value))
	}
	return "{" + strings.Join(rapid.Permutation(list).Draw(t, "members"), ", ") + "}"
}

// A line is a message of a conversation that is made up: who wrote, when and what.
type line struct {
	customer bool
	at       time.Time
	text     string
}

func lines(t *rapid.T, start time.Time) (list []line) {
	at := start
	for range rapid.IntRange(0, 6).Draw(t, "messages") {
		at = at.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "seconds")) * time.Second)
		list = append(list, line{rapid.Bool().Draw(t, "customer"), at, rapid.SampledFrom([]string{"a", "é😀", "1 < 2 & \"3\""}).Draw(t, "text")})
	}
	return list
}

// wanted is the oracle: what show writes of a conversation.
func wanted(id string, start time.Time, by, customer string, list []line) string {
	end := start
	text := ""
	for _, l := range list {
		end = l.at
		side := "agent"
		if l.customer {
			side = "customer"
		}
		text += fmt.Sprintf("\n  %s %s %q", l.at.Format("15:04:05"), side, l.text)
	}
	return fmt.Sprintf(`1 %s %s..%s by %s, agent "", issues [], customer %q`, id, start.Format("15:04:05"), end.Format("15:04:05"), by, customer) + text
}

func TestReadsWrittenConversations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2026, 3, 5, 10, rapid.IntRange(0, 59).Draw(t, "minute"), 0, 0, time.UTC)
		list := lines(t, start)
		text := func(s string) string { return fmt.Sprintf("%q", s) }

		var history, parts []string
		for _, l := range list {
			nick, kind := `"agent:trigger"`, `"bot"`
			if l.customer {
				nick, kind = `"visitor"`, rapid.SampledFrom([]string{`"user"`, `"lead"`}).Draw(t, "kind")
			}
			history = append(history, object(t, "type", `"chat.msg"`, "nick", nick, "msg", text(l.text), "timestamp", text(l.at.Format(time.RFC3339))))
			body := "<p>" + strings.NewReplacer("<", "&lt;", "&", "&amp;").Replace(l.text) + "</p>"
			parts = append(parts, object(t, "part_type", `"comment"`, "body", text(body), "created_at", fmt.Sprint(l.at.Unix()), "author", object(t, "type", kind, "id", `"1"`)))
		}
		zendesk := object(t, "id", `"Z"`, "timestamp", text(start.Format(time.RFC3339)), "started_by", `"visitor"`, "visitor", object(t, "id", `"v"`),
			"history", "["+strings.Join(history, ",")+"]")
		intercom := object(t, "id", `"I"`, "created_at", fmt.Sprint(start.Unix()), "source", object(t, "body", "null", "author", object(t, "type", `"user"`, "id", `"v"`)),
			"conversation_parts", object(t, "conversation_parts", "["+strings.Join(parts, ",")+"]"))
		for _, c := range []struct {
			id, file, list string
			read           func(io.Reader) iter.Seq2[chats.Conversation, error]
		}{{"Z", zendesk, "chats", chats.Zendesk}, {"I", intercom, "conversations", chats.Intercom}} {
			if rapid.Bool().Draw(t, "a page") {
				c.file = object(t, c.list, "["+c.file+"]")
			}
			if got, want := show(c.read(strings.NewReader(c.file))), wanted(c.id, start, "customer", "v", list); got != want {
				t.Fatalf("got:\n%s\nwant:\n%s\nin %s", got, want, c.file)
			}
		}
	})
}
