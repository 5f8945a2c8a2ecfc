package tickets_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
)

// Each ticket of a forest is merged into one that has a lower number, or remains. The
// oracle follows each of them step by step.
func TestMergedTicketsAreOneIssue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "tickets")
		var audits []string
		target := make([]int, n+1)
		id := 0
		for i := 1; i <= n; i++ {
			target[i] = rapid.IntRange(0, i-1).Draw(t, "merged into")
			id++
			audits = append(audits, audit(id, i, rapid.IntRange(1, 9).Draw(t, "opened"), create("new")))
			id++
			switch {
			case target[i] == 0:
				audits = append(audits, audit(id, i, 20, status("new", "solved")))
			case rapid.Bool().Draw(t, "told by both"):
				audits = append(audits, mergedInto(strconv.Itoa(target[i]), audit(id, i, 10+n-i, status("new", "closed"))),
					audit(1000+id, target[i], 10+n-i, comment(strconv.Itoa(i))))
			case rapid.Bool().Draw(t, "told by the merged one"):
				audits = append(audits, mergedInto(strconv.Itoa(target[i]), audit(id, i, 10+n-i, status("new", "closed"))))
			default:
				audits = append(audits, audit(id, i, 10+n-i, status("new", "closed")), audit(1000+id, target[i], 10+n-i, comment(strconv.Itoa(i))))
			}
		}
		var want []string
		for i := 1; i <= n; i++ {
			if target[i] != 0 {
				continue
			}
			var merged []string
			for m := 1; m <= n; m++ {
				root := m
				for target[root] != 0 {
					root = target[root]
				}
				if root == i && m != i {
					merged = append(merged, strconv.Itoa(m))
				}
			}
			want = append(want, fmt.Sprint(i, merged, "resolved on 20"))
		}
		file := strings.Join(rapid.Permutation(audits).Draw(t, "order"), "")
		list, err := tickets.Collect(tickets.Zendesk(strings.NewReader(file), tickets.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, ticket := range list {
			got = append(got, fmt.Sprint(ticket.Issue.ID, " ", ticket.Merged, " resolved on ", ticket.Issue.Resolved.Day()))
			if len(ticket.Warnings) > 0 {
				t.Fatalf("warnings %v in %s", ticket.Warnings, file)
			}
		}
		slices.Sort(got)
		for i := range want {
			want[i] = strings.Replace(want[i], "]resolved", "] resolved", 1)
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q, in %s", got, want, file)
		}
		checkLog(t, list)
	})
}
