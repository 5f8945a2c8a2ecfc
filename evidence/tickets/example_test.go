package tickets_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
)

// A desk takes the issue log of a case from an export of Zendesk's ticket audits. The
// ticket was solved, opened again by the customer and solved once more: the last
// resolution stands.
func Example() {
	const audits = `{"audits": [
	{"id": 1, "ticket_id": 101, "created_at": "2026-03-03T14:00:00Z", "author_id": 7700,
	 "events": [{"type": "Create", "field_name": "status", "value": "new"}]},
	{"id": 2, "ticket_id": 101, "created_at": "2026-03-03T15:10:00Z", "author_id": 31,
	 "events": [{"type": "Change", "field_name": "status", "previous_value": "new", "value": "solved"}]},
	{"id": 3, "ticket_id": 101, "created_at": "2026-03-04T09:00:00Z", "author_id": 7700,
	 "events": [{"type": "Change", "field_name": "status", "previous_value": "solved", "value": "open"}]},
	{"id": 4, "ticket_id": 101, "created_at": "2026-03-05T11:00:00Z", "author_id": 32,
	 "events": [{"type": "Change", "field_name": "status", "previous_value": "open", "value": "solved"}]}
	]}`

	list, err := tickets.Collect(tickets.Zendesk(strings.NewReader(audits), tickets.Options{}))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range list {
		for _, e := range t.History {
			fmt.Println(e.At.Format(time.DateTime), e.Ticket, e.Kind, "by", e.By)
		}
	}
	for _, issue := range tickets.Issues(list) {
		fmt.Println("resolved:", issue.ID, issue.Resolved.Format(time.DateTime))
	}
	// Output:
	// 2026-03-03 14:00:00 101 opened by 7700
	// 2026-03-03 15:10:00 101 resolved by 31
	// 2026-03-04 09:00:00 101 reopened by 7700
	// 2026-03-05 11:00:00 101 resolved by 32
	// resolved: 101 2026-03-05 11:00:00
}
