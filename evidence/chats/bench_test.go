package chats_test

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/chats"
)

func bench(b *testing.B, file string, n int, read func(io.Reader) iter.Seq2[chats.Conversation, error]) {
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		found := 0
		for _, err := range read(strings.NewReader(file)) {
			if err != nil {
				b.Fatal(err)
			}
			found++
		}
		if found != n {
			b.Fatal(found)
		}
	}
}

// Each conversation of the benchmarks has twenty messages.

func BenchmarkZendesk(b *testing.B) {
	var history []string
	for i := range 20 {
		history = append(history, fmt.Sprintf(`{"type":"chat.msg","name":"Visitor 1","nick":"visitor","sender_type":"Visitor","msg":"The printer stopped again, and the queue is full of pages.","msg_id":"%d","channel":"#supportvisitor","timestamp":"2026-03-05T10:40:%02dZ"}`, i, i))
	}
	bench(b, strings.Repeat(chat(``, history...)+"\n", 500), 500, chats.Zendesk)
}

func BenchmarkIntercom(b *testing.B) {
	var parts []string
	for i := range 20 {
		parts = append(parts, piece("comment", `"<p>The printer stopped again,<br>and the <b>queue</b> is full of pages &amp; pages.</p>"`, "user", i))
	}
	bench(b, strings.Repeat(conversation(parts...)+"\n", 500), 500, chats.Intercom)
}
