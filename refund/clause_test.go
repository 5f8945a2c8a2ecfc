package refund_test

import (
	"fmt"
	"hash/fnv"
	"strings"
	"testing"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/refund"
)

type clauseRow struct {
	because       string
	clause        refund.Clause
	code          string
	section       string
	takesFindings bool
	mayBlock      bool
}

// The clauses in the policy's order, the two that override the others last; each
// under the heading of the policy's text below which it stands.
var clauseRows = []clauseRow{
	{"the guarantee opens the text", refund.ClauseGuarantee, "guarantee", "kasperinfotech services", false, false},
	{"nothing resolved is computed", refund.ClauseCase1, "case-1", "REFUND WITHIN 15 DAYS", false, false},
	{"issues resolved is computed", refund.ClauseCase2, "case-2", "REFUND WITHIN 15 DAYS", false, false},
	{"one-time support stands in Case 2's paragraph", refund.ClauseOneTime, "one-time", "REFUND WITHIN 15 DAYS", false, false},
	{"the ticket is computed", refund.ClauseTicket, "ticket", "Procedure For Refund", false, false},
	{"the call back is computed", refund.ClauseCallback, "callback", "Procedure For Refund", false, false},
	{"somebody reviews the logs", refund.ClauseLogReview, "log-review", "Procedure For Refund", true, false},
	{"a responsibility", refund.ClauseCooperation, "cooperation", "Customer Responsibility", true, false},
	{"a responsibility", refund.ClausePeripherals, "peripherals", "Customer Responsibility", true, false},
	{"a responsibility", refund.ClauseLicensed, "licensed", "Customer Responsibility", true, false},
	{"a responsibility", refund.ClauseBestEffort, "best-effort", "Customer Responsibility", true, false},
	{"a responsibility", refund.ClauseDataLoss, "data-loss", "Customer Responsibility", true, false},
	{"a responsibility", refund.ClauseEnvironment, "environment", "Customer Responsibility", true, false},
	{"a responsibility", refund.ClauseRegistration, "registration", "Customer Responsibility", true, false},
	{"an open report of unauthorised use holds the money", refund.ClauseCredentials, "credentials", "Customer Responsibility", true, true},
	{"who may not use the account gets no money", refund.ClauseAccountAccess, "account-access", "Customer Responsibility", true, true},
	{"goodwill exists only as a decision", refund.ClauseGoodwill, "goodwill", "Procedure For Refund", false, false},
	{"the cap is computed, and stands last", refund.ClauseCap, "cap", "Procedure For Refund", false, false},
}

func clauseCodesByClause() map[refund.Clause]string {
	codes := map[refund.Clause]string{}
	for _, r := range clauseRows {
		codes[r.clause] = r.code
	}
	return codes
}

func TestClauses(t *testing.T) {
	all := refund.Clauses()
	if len(all) != 18 || len(clauseRows) != 18 {
		t.Fatalf("%d clauses, want 18", len(all))
	}
	titles, summaries := map[string]bool{"": true}, map[string]bool{"": true}
	for i, r := range clauseRows {
		if strings.TrimSpace(r.because) == "" {
			t.Errorf("row %d says no reason", i)
		}
		c := all[i]
		if c != r.clause || int(c) != i+1 || !c.IsValid() || c.String() != r.code {
			t.Errorf("clause %d is %v, valid %v; want %s", i, c, c.IsValid(), r.code)
		}
		var parsed refund.Clause
		if err := parsed.UnmarshalText([]byte(r.code)); err != nil || parsed != c {
			t.Errorf("%s is read as %v, %v", r.code, parsed, err)
		}
		if c.Section() != r.section {
			t.Errorf("%v stands under %q, want %q", c, c.Section(), r.section)
		}
		if c.TakesFindings() != r.takesFindings {
			t.Errorf("%v takes findings: %v (%s)", c, c.TakesFindings(), r.because)
		}
		if titles[c.Title()] || summaries[c.Summary()] {
			t.Errorf("%v has the title %q and the summary %q, which are empty or another's", c, c.Title(), c.Summary())
		}
		titles[c.Title()], summaries[c.Summary()] = true, true
		if s := c.Summary(); !strings.HasSuffix(s, ".") || strings.Count(s, ". ") != 0 || strings.ContainsAny(s, "\n\t") {
			t.Errorf("the summary of %v is no one sentence: %q", c, s)
		}
	}
	all[0] = 0
	if refund.Clauses()[0] != refund.ClauseGuarantee {
		t.Error("the list is shared: a caller can change it")
	}
}

func TestNoClause(t *testing.T) {
	for _, c := range []refund.Clause{0, refund.ClauseCap + 1, 99, 255} {
		if c.IsValid() || c.TakesFindings() || c.Section() != "" || c.Title() != "" || c.Summary() != "" {
			t.Errorf("%v is taken for a clause", c)
		}
	}
	for _, code := range []string{"unset", "case", "case-3", "Guarantee", "case_1"} {
		var c refund.Clause
		wantPaths(t, c.UnmarshalText([]byte(code)), "clause")
		if c != 0 {
			t.Errorf("%q is read as %v", code, c)
		}
	}
}

// The policy's own text, as fingerprints of its lines, of its sentences, and of
// each nine words in a row of them.
const policyFingerprints = "" +
	"034f9be305e4be37061a5d39068a44d5081c9f7109fbde3d0d08babd0dcaa36b1064de0b134e2fdd1794d9a71d057993" +
	"1d1323bf1d3326231e0906171f191f86209dfe1a20fdedfe2127261c21f412d5269d4e1c275413f4276ee0672877d439" +
	"28a8745429e47de92bd6dd102c88c1f22ecfa48f2eef1d0a2f5b47f02fb99d1533d2d4a93457f8ba36eba4bf3b4e5c6f" +
	"3bcf223d3e7c7e843e8ebf314017a46d417c53514356b055471ffb12480aeeb04a7837164b1ad3c04bd7ed1d4c020abb" +
	"4c7ad2e04e89a6184ef5fc324f09fe3a4f4cb2f34f599eb34f6017cb52ef700e5345250853a21f1453c47fac586ca652" +
	"5a928bde5ba0d26d5d075abd5d1b5d635e5304b05fe2b95d66f5337168f1727a69b8adf469dc4ee06dd0891d6ff61b84" +
	"7095de2673a9967c751e10ce77f7a98f789b90fb78e6da527a387ac07b4848ca7bb218917c5237147d6d40567ee7a72f" +
	"7f7437367f94073e7ff84a7580b5019082a6416483ffb837845b95e384af0a81855b9776870fad258796fda588472f24" +
	"89ca257d8a69550d8b81de1e8f8599a58fc24a5f90f369269334870d937cb68b93d0a32093d16ec996c54bbd99313bfb" +
	"9aefdb629aff98ea9b8f7d919c1d91e49f054df89f1568c1a29bb5b6a2c3a655a34a1191aa17fc64ac2b6884ad5ddb61" +
	"b227503eb44b3b5fb518551ab99635dfbe2bf10ebeddc6ebbfe2b467c0dce78cc492c6f6c61d4d5bc9a6f691cd23f59f" +
	"ce7c8c3fd260854fd3a1d3d6d59b1550d5c9562fd6839939d6d4d470d8904faad9d6ef70daa9d2eadb5aa5c3de03557e" +
	"df38df3cdf70676de265c0dde5f8e5cbe7584cb1e7731e08e91a23f7eb9cb05eebb4bab8eeb9b1ccef57d4f2f092bdfd" +
	"f3d53ffa"

func fingerprint(words []string) string {
	h := fnv.New32a()
	h.Write([]byte(strings.Join(words, " ")))
	return fmt.Sprintf("%08x", h.Sum32())
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// The policy's sentences are its author's: clauses say them in other words.
func TestSummariesAreNotCopied(t *testing.T) {
	known := map[string]bool{}
	for i := 0; i+8 <= len(policyFingerprints); i += 8 {
		known[policyFingerprints[i:i+8]] = true
	}
	for _, c := range refund.Clauses() {
		// The headings show that fingerprints are told.
		if !known[fingerprint(wordsOf(c.Section()))] {
			t.Errorf("%q is no heading of the policy", c.Section())
		}
		words := wordsOf(c.Summary())
		for from := range words {
			for to := from + 5; to <= len(words); to++ {
				if known[fingerprint(words[from:to])] {
					t.Errorf("the summary of %v has a piece of the policy: %q", c, words[from:to])
				}
			}
		}
	}
}
