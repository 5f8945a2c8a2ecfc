package tickets_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
)

func TestCollectReturnsNoTicketsWithAnError(t *testing.T) {
	file := audit(1, 7, 1, create("new")) + "{}" + strings.Repeat("\n{}", 1000)
	list, err := tickets.Collect(tickets.Zendesk(strings.NewReader(file), tickets.Options{}))
	if list != nil || err == nil {
		t.Fatalf("%d tickets, error %v", len(list), err)
	}
	if n := strings.Count(err.Error(), "\n") + 1; n != 101 {
		t.Errorf("%d errors are kept", n)
	}
}

func TestLogWithoutTicketsIsNotNil(t *testing.T) {
	list, err := tickets.Collect(tickets.Zendesk(strings.NewReader(`{"audits":[]}`), tickets.Options{}))
	if log := tickets.Issues(list); err != nil || log == nil || len(log) != 0 {
		t.Errorf("log %v, error %v", log, err)
	}
}

func TestSequenceCanBeLeft(t *testing.T) {
	file := "{}\n" + audit(1, 7, 1, create("new")) + audit(2, 8, 1, create("new")) + audit(3, 9, 1, status("new", "open"))
	const results = 4 // two errors and two tickets
	for n := 1; n <= results; n++ {
		got := 0
		for range tickets.Zendesk(strings.NewReader(file), tickets.Options{}) {
			if got++; got == n {
				break
			}
		}
		if got != n {
			t.Errorf("%d results, want %d", got, n)
		}
	}
}

// Each of many tickets is merged into the one before it.
func TestLongChainOfMerges(t *testing.T) {
	const n = 20_000
	var b strings.Builder
	for i := 1; i <= n; i++ {
		b.WriteString(audit(i, i, 1, create("new")))
		if i > 1 {
			b.WriteString(mergedInto(strconv.Itoa(i-1), audit(n+i, i, 2, status("new", "closed"))))
		}
	}
	list, err := tickets.Collect(tickets.Zendesk(strings.NewReader(b.String()), tickets.Options{}))
	if err != nil || len(list) != 1 || list[0].Issue.ID != "1" || len(list[0].Merged) != n-1 {
		t.Errorf("%d tickets, error %v", len(list), err)
	}
}
