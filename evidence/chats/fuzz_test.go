package chats_test

import (
	"bytes"
	"io"
	"iter"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/chats"
)

func fuzz(f *testing.F, read func(io.Reader) iter.Seq2[chats.Conversation, error]) {
	for _, seed := range []string{
		chat(`,"duration":90,"agent_ids":["7"],"zendesk_ticket_id":101`, message(`"nick":"visitor"`, "10:02:00"), `{"type":"chat.file","sender_type":"Agent","timestamp":"2026-03-05T10:00:00Z","attachment":{"name":"a","size":1}}`),
		`{"chats":[{"id":"C-2","type":"offline_msg","message":"x","timestamp":"2026-03-05T10:00:00Z"}]}`,
		conversation(piece("comment", `"<p>a &amp; b</p><img>"`, "admin", 1), piece("note", `"a"`, "admin", 2)),
		"[]", "{}", `{"chats":[`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		for c, err := range read(bytes.NewReader(file)) {
			checkResult(t, c, err)
		}
	})
}

func FuzzZendesk(f *testing.F) { fuzz(f, chats.Zendesk) }

func FuzzIntercom(f *testing.F) { fuzz(f, chats.Intercom) }
