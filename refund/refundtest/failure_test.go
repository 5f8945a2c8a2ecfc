package refundtest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

func TestTextOfFailure(t *testing.T) {
	const plain = "laws/never-more (cap): never more\n\tgot:  a lot\n\twant: less"
	judgedOutcome := judged(t, refundtest.Case())
	for _, c := range []struct {
		reason string
		change func(*refundtest.Failure)
		want   string
	}{
		{"without a case", func(*refundtest.Failure) {}, plain},
		{"without a clause", func(f *refundtest.Failure) { f.Clause = 0 }, strings.Replace(plain, " (cap)", "", 1)},
		{"with the evaluator's own reason on the clause", func(f *refundtest.Failure) { f.Outcome = judgedOutcome },
			plain + "\n\tevaluator's reason: 199.99 USD is within the cap of 199.99 USD"},
		{"without a clause there is no evaluator's reason", func(f *refundtest.Failure) { f.Clause, f.Outcome = 0, judgedOutcome },
			strings.Replace(plain, " (cap)", "", 1)},
		{"with the fixtures", func(f *refundtest.Failure) { f.Policy, f.Case = refundtest.Policy(), refundtest.Case() },
			plain + "\n\tpolicy := refundtest.Policy()\n\tc := refundtest.Case()"},
		{"with a policy without days", func(f *refundtest.Failure) {
			f.Policy, f.Case = refundtest.Policy(), refundtest.Case()
			f.Policy.WindowDays = 0
		}, plain + "\n\tpolicy := refundtest.Policy()\n\tpolicy.WindowDays = 0\n\tc := refundtest.Case()"},
		{"with a policy without a location", func(f *refundtest.Failure) {
			f.Policy, f.Case = refundtest.Policy(), refundtest.Case()
			f.Policy.Location = nil
		}, plain + "\n\tpolicy := refundtest.Policy()\n\tpolicy.Location = nil\n\tc := refundtest.Case()"},
		{"without a location, instants are in UTC", func(f *refundtest.Failure) {
			f.Policy, f.Case = refundtest.Policy(), refundtest.Case()
			f.Policy.Location, f.Case.Request.At = nil, time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
		}, plain + "\n\tpolicy := refundtest.Policy()\n\tpolicy.Location = nil\n\tc := refundtest.Case()\n\tc.Request.At = time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)"},
		{"with the machine's location, instants are in UTC", func(f *refundtest.Failure) {
			f.Policy, f.Case = refundtest.Policy(), refundtest.Case()
			f.Policy.Location, f.Case.Request.At = time.FixedZone("Local", 3600), time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
		}, plain + "\n\tpolicy := refundtest.Policy()\n\tpolicy.Location = time.Local\n\tc := refundtest.Case()\n\tc.Request.At = time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)"},
		{"with the longest list that is not cut off", func(f *refundtest.Failure) {
			f.Policy, f.Case = refundtest.Policy(), refundtest.Case()
			f.Policy.Required = slices.Repeat([]refund.Clause{refund.ClauseCap}, 6)
		}, plain + "\n\tpolicy := refundtest.Policy()\n\tpolicy.Required = []refund.Clause{" + strings.Repeat("refund.ClauseCap, ", 5) + "refund.ClauseCap}\n\tc := refundtest.Case()"},
		{"with a longer list", func(f *refundtest.Failure) {
			f.Policy, f.Case = refundtest.Policy(), refundtest.Case()
			f.Policy.Required = slices.Repeat([]refund.Clause{refund.ClauseCap}, 8)
		}, plain + "\n\tpolicy := refundtest.Policy()\n\tpolicy.Required = []refund.Clause{" + strings.Repeat("refund.ClauseCap, ", 5) + "refund.ClauseCap /* and 2 more */}\n\tc := refundtest.Case()"},
		{"with the longest text that is not cut off", func(f *refundtest.Failure) { f.Got = strings.Repeat("x", 400) },
			strings.Replace(plain, "a lot", strings.Repeat("x", 400), 1)},
		{"with a longer text", func(f *refundtest.Failure) { f.Got = strings.Repeat("x", 401) },
			strings.Replace(plain, "a lot", strings.Repeat("x", 400)+"…", 1)},
	} {
		t.Run(c.reason, func(t *testing.T) {
			f := refundtest.Failure{Name: "laws/never-more", Clause: refund.ClauseCap, Reason: "never more", Got: "a lot", Want: "less"}
			c.change(&f)
			if got := f.Error(); got != c.want {
				t.Errorf("%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// failing returns failures whose texts have one line each.
func failing(names ...string) (fs refundtest.Failures) {
	for _, name := range names {
		group, rest, _ := strings.Cut(name, "/")
		f := &refundtest.Failure{Name: name, Reason: "r", Got: "g", Want: "w"}
		if clause, _, _ := strings.Cut(rest, "/"); group == "vectors" {
			if err := f.Clause.UnmarshalText([]byte(clause)); err != nil {
				panic(err)
			}
		}
		fs = append(fs, f)
	}
	return fs
}

func TestTextOfFailures(t *testing.T) {
	text := func(fs refundtest.Failures, first string, indices ...int) string {
		all := first
		for _, i := range indices {
			all += "\n\n" + fs[i].Error()
		}
		return all
	}
	nine := make([]string, 9)
	for i := range nine {
		nine[i] = fmt.Sprintf("laws-%d/x", i)
	}
	few := failing("laws/x", "vectors/case-2/a", "vectors/case-2/b", "vectors/cap/a", "vectors/case-2/c", "vectors/cap/b", "vectors/case-2/d")
	for _, c := range []struct {
		reason string
		fs     refundtest.Failures
		want   string
	}{
		{"one", failing("vectors/cap/a"), text(failing("vectors/cap/a"), "refundtest: 1 failure: cap 1", 0)},
		{"a name without a group", failing("x"), text(failing("x"), "refundtest: 1 failure: no clause 1", 0)},
		{"two failures of each group, and the clauses with the most failures first", few,
			text(few, "refundtest: 7 failures: case-2 4, cap 2, no clause 1", 0, 1, 2, 3, 5) + "\n\nand 2 more"},
		{"at most eight failures", failing(nine[:8]...), text(failing(nine[:8]...), "refundtest: 8 failures: no clause 8", 0, 1, 2, 3, 4, 5, 6, 7)},
		{"the number of the others", failing(nine...), text(failing(nine...), "refundtest: 9 failures: no clause 9", 0, 1, 2, 3, 4, 5, 6, 7) + "\n\nand 1 more"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			if got := c.fs.Error(); got != c.want {
				t.Errorf("%s\nwant\n%s", got, c.want)
			}
		})
	}
}
