package refund_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestDiff(t *testing.T) {
	c := testkit.ReviewedCase()
	c.Findings = append(c.Findings, refund.Finding{Clause: refund.ClauseCooperation, Severity: refund.SeverityAdvisory, Subject: "T-1", Detail: "left\nearly"})
	want := evaluated(t, testkit.Policy(), c)
	for _, row := range []struct {
		reason string
		change func(*refund.Outcome)
		lines  []string
	}{
		{"equal outcomes have no difference", func(*refund.Outcome) {}, nil},
		{"an instant in another zone is equal", func(o *refund.Outcome) {
			o.Window.Closes, o.Basis.RequestedAt = o.Window.Closes.UTC(), o.Basis.RequestedAt.UTC()
		}, nil},
		{"an amount is reported with the other amount", func(o *refund.Outcome) { o.Refundable = testkit.USD("1.00") },
			[]string{"refundable: 1.00 USD instead of 174.99 USD"}},
		{"an unset amount differs from zero", func(o *refund.Outcome) { o.Refunded = refund.Money{} },
			[]string{"refunded: no amount instead of 0.00 USD"}},
		{"a nanosecond is a difference, in the zone of the other instant", func(o *refund.Outcome) { o.Window.Closes = o.Window.Closes.UTC().Add(1) },
			[]string{"window closes: 18 March 2026 at 00:00:00.000000001 EDT instead of 18 March 2026 at 00:00 EDT"}},
		{"an instant that the other outcome lacks", func(o *refund.Outcome) { o.Basis.CalledBack = testkit.March(10, 17, 0) },
			[]string{"called back: 10 March 2026 at 17:00 EDT instead of none"}},
		{"an instant that only the other outcome has", func(o *refund.Outcome) { o.Callback.Latest = time.Time{} },
			[]string{"call back by: none instead of 10 March 2026 at 20:00 EDT"}},
		{"an id cannot end its line", func(o *refund.Outcome) { o.Subscription = "SUB\n\u202e" },
			[]string{`subscription: "SUB\n\u202e" instead of "SUB-1"`}},
		{"a status is reported with both reasons", func(o *refund.Outcome) { o.Statuses[refund.ClauseTicket] = refund.StatusObjected },
			[]string{"ticket: objected instead of satisfied", "  requested by e-mail on 10 March 2026, without a reason; noted, without effect on the amount",
				"  instead of: requested by e-mail on 10 March 2026, with a reason"}},
		{"a status without a clause is reported", func(o *refund.Outcome) { o.Statuses[0] = refund.StatusApplied },
			[]string{"unset: applied instead of unset"}},
		{"a finding that only the other outcome has", func(o *refund.Outcome) { o.Findings = slices.Clone(o.Findings[1:]) },
			[]string{`missing finding: log-review satisfied "T-1" "call heard"`}},
		{"a finding that the other outcome has less often", func(o *refund.Outcome) { o.Findings = append(slices.Clone(o.Findings), o.Findings[0]) },
			[]string{`extra finding: log-review satisfied "T-1" "call heard"`}},
		{"a finding cannot end its line", func(o *refund.Outcome) {
			o.Findings = slices.DeleteFunc(slices.Clone(o.Findings), func(f refund.Finding) bool { return f.Detail == "left\nearly" })
		}, []string{`missing finding: cooperation advisory "T-1" "left\nearly"`}},
		{"the order of findings counts", func(o *refund.Outcome) { o.Findings = slices.Clone(o.Findings); slices.Reverse(o.Findings) },
			[]string{"findings: in another order"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			got := want
			row.change(&got)
			lines := ""
			for _, line := range row.lines {
				lines += line + "\n"
			}
			diff := got.Diff(want)
			if diff != lines || (diff == "") != got.Equal(want) {
				t.Errorf("the difference is\n%swant\n%s", diff, lines)
			}
		})
	}
}

// Ten thousand other findings are a few lines.
func TestDiffIsBounded(t *testing.T) {
	o := evaluated(t, testkit.Policy(), testkit.ReviewedCase())
	changed := o
	for range 10_000 {
		changed.Findings = append(changed.Findings, refund.Finding{Clause: refund.ClauseLicensed, Severity: refund.SeverityAdvisory})
	}
	diff := changed.Diff(o)
	if n := strings.Count(diff, "\n"); n != 11 || !strings.HasSuffix(diff, "\nextra findings: 9990 more\n") {
		t.Errorf("%d lines:\n%s", n, diff)
	}
}
