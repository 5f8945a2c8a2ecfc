package chats_test

import (
	"fmt"
	"strings"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/chats"
)

// A desk adds the conversations of an export to the log of a review. It knows which
// account each customer of the help desk has.
func Example() {
	const export = `{"conversations": [{
		"id": "1911149811",
		"created_at": 1772707200,
		"source": {"body": "<p>My mail is empty.</p>", "author": {"type": "user", "id": "5bc8f742"}},
		"conversation_parts": {"total_count": 2, "conversation_parts": [
			{"part_type": "comment", "created_at": 1772707205, "body": "<p>One moment.</p>", "author": {"type": "bot", "id": "9"}},
			{"part_type": "comment", "created_at": 1772709000, "body": "<p>It is back &amp; full.</p>", "author": {"type": "admin", "id": "274"}}
		]}
	}]}`
	accounts := map[string]string{"5bc8f742": "ACC-7"}

	var log evidence.Log
	for c, err := range chats.Intercom(strings.NewReader(export)) {
		if err != nil {
			fmt.Println(err) // the line, and every fault by its path
			continue
		}
		c.Chat.Account = accounts[c.Customer]
		log.Chats = append(log.Chats, c.Chat)
	}
	for _, chat := range log.Chats {
		fmt.Println(chat.ID, "of", chat.Account, "begun by the", chat.StartedBy)
		for _, m := range chat.Messages {
			fmt.Printf("%s: %s\n", m.From.String(), m.Text)
		}
	}
	// Output:
	// 1911149811 of ACC-7 begun by the customer
	// customer: My mail is empty.
	// agent: One moment.
	// agent: It is back & full.
}
