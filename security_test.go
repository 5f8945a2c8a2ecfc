package refundpolicy_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// The bounds that SECURITY.md promises are those of the code.
func TestBoundsAreDocumented(t *testing.T) {
	want := map[string]int{
		"one case":                             strict.MaxBytes,
		"depth":                                strict.MaxDepth,
		"issues":                               refund.MaxIssues,
		"findings":                             refund.MaxFindings,
		"entries in a list of a proposal":      decision.MaxEntries,
		"events of a ledger, to post a refund": ledger.MaxEvents,
		"a line or a cue of a log":             jsonlines.MaxBytes,
		"versions":                             refund.MaxVersions,
		"digits of an amount":                  refund.MaxDigits,
	}
	_, table, found := strings.Cut(read(t, "SECURITY.md"), "\n| bound | limit |\n| --- | --- |\n")
	if !found {
		t.Fatal("SECURITY.md has no table of bounds")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	for _, row := range regexp.MustCompile(`(?m)^\| (.*) \| ([\d,]+)( MiB| levels)? \|$`).FindAllStringSubmatch(table, -1) {
		limit, err := strconv.Atoi(strings.ReplaceAll(row[2], ",", ""))
		if err != nil {
			t.Fatal(err)
		}
		if row[3] == " MiB" {
			limit <<= 20
		}
		if want[row[1]] != limit {
			t.Errorf("%s: the limit is %d, SECURITY.md says %d", row[1], want[row[1]], limit)
		}
		delete(want, row[1])
	}
	for bound := range want {
		t.Errorf("%s: the limit is not in SECURITY.md", bound)
	}
}
