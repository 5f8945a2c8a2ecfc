package chats_test

import (
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/chats"
)

func TestCollectReturnsConversationsBesideErrors(t *testing.T) {
	file := chat(``) + strings.Repeat("\n{}", 1000) + chat(``)
	list, err := chats.Collect(chats.Zendesk(strings.NewReader(file)))
	if len(list) != 2 || err == nil {
		t.Fatalf("%d conversations, error %v", len(list), err)
	}
	if n := strings.Count(err.Error(), "\n") + 1; n != 101 {
		t.Errorf("%d errors are kept", n)
	}
}

func TestSequenceCanBeLeft(t *testing.T) {
	file := chat(``) + "{}" + chat(``)
	for n := 1; n <= 3; n++ {
		got := 0
		for range chats.Zendesk(strings.NewReader(file)) {
			if got++; got == n {
				break
			}
		}
		if got != n {
			t.Errorf("%d results, want %d", got, n)
		}
	}
}
