package chats_test

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/chats"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// show writes conversations, each with its messages below it, and errors.
func show(seq iter.Seq2[chats.Conversation, error]) string {
	var b strings.Builder
	for c, err := range seq {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		h := c.Chat.Header
		fmt.Fprintf(&b, "%d %s %s..%s by %s, agent %q, issues %q, customer %q", c.Line, h.ID, h.Start.Format("15:04:05"), h.End.Format("15:04:05"), h.StartedBy, h.Agent, h.Issues, c.Customer)
		if c.Notes+c.Missing > 0 {
			fmt.Fprintf(&b, ", %d notes, %d missing", c.Notes, c.Missing)
		}
		b.WriteByte('\n')
		for _, m := range c.Chat.Messages {
			fmt.Fprintf(&b, "  %s %s %q\n", m.At.Format("15:04:05"), m.From, m.Text)
		}
		for _, m := range c.Attachments {
			fmt.Fprintf(&b, "  %s %s %d%s\n", m.Name, m.Type, m.Size, m.SHA256)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// file opens a file of testdata.
func file(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// checkResult fails unless a conversation is valid in a log, or comes with the line of an
// error alone.
func checkResult(t testing.TB, c chats.Conversation, err error) {
	t.Helper()
	if err == nil {
		if err := c.Chat.Validate(); err != nil {
			t.Errorf("the chat is not valid: %v", err)
		}
		if c.Line < 1 || c.Notes < 0 || c.Missing < 0 {
			t.Errorf("line %d, %d notes, %d missing", c.Line, c.Notes, c.Missing)
		}
		return
	}
	var line *evidence.LineError
	var invalid *refund.InvalidError
	if !errors.As(err, &line) || !errors.As(err, &invalid) || len(invalid.Faults) == 0 {
		t.Fatalf("error %v", err)
	}
	if c.Line != line.Line || c.Chat.ID != "" || c.Chat.Messages != nil || c.Attachments != nil || c.Customer != "" {
		t.Errorf("a conversation along with the error of line %d", line.Line)
	}
}
