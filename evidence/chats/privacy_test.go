package chats_test

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/chats"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// A secret stands in every text of a file; no part of it may get out.
const secret = "jane5550100"

var readers = map[string]func(io.Reader) iter.Seq2[chats.Conversation, error]{
	"zendesk_chats.json":         chats.Zendesk,
	"intercom_conversation.json": chats.Intercom,
}

// keeps fails if a value shows a secret, under any verb or in any log.
func keeps(t *testing.T, where string, value any) {
	t.Helper()
	for format, text := range testkit.Formatted(value) {
		if strings.Contains(text, "jane") || strings.Contains(text, "5550100") {
			t.Errorf("%s under %s: %.300q", where, format, text)
			return
		}
	}
	if text, asJSON := testkit.Logged(value); strings.Contains(text+asJSON, "jane") {
		t.Errorf("%s is logged as %.300q", where, text+asJSON)
	}
}

func TestErrorsDoNotQuoteTheFile(t *testing.T) {
	for name, read := range readers {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		// The secret stands once in every third place, as text and as a value.
		for i := 0; i < len(b); i += 3 {
			for _, planted := range []string{secret, `"` + secret + `"`} {
				file := string(b[:i]) + planted + string(b[i:])
				for c, err := range read(strings.NewReader(file)) {
					checkResult(t, c, err)
					if err != nil && strings.Contains(fmt.Sprintf("%v %+v", err, err), "jane") {
						t.Fatalf("%s, byte %d: %v", name, i, err)
					}
					if i%97 == 0 {
						keeps(t, name, err)
						keeps(t, name, c)
					}
				}
			}
		}
	}
}

func TestConversationsPrintAsCounts(t *testing.T) {
	m := evidence.Message{At: testkit.March(1, 0, 0), From: evidence.SideAgent, Text: secret}
	c := chats.Conversation{
		Chat:        evidence.Chat{Header: evidence.Header{ID: secret, Account: secret, Agent: secret, Issues: []string{secret}}, Messages: []evidence.Message{m, m}},
		Customer:    secret,
		Attachments: []evidence.Media{{Name: secret, Type: secret}},
	}
	if got, want := fmt.Sprint(c), "chat (0s, 1 issue, 2 messages), 1 attachment, 0 notes"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for where, value := range map[string]any{
		"a conversation": c, "a pointer": &c, "conversations": []chats.Conversation{c}, "a map": map[string]any{"x": c}, "a field": struct{ C chats.Conversation }{c},
	} {
		keeps(t, where, value)
		if b, err := json.Marshal(value); err == nil {
			t.Errorf("%s is written as JSON: %s", where, b)
		}
	}
}
