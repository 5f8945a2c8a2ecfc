package whatif_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// text returns a total in short: the amounts, then what moved by cause, then the verdicts of
// the largest mover.
func text(total whatif.Total) string {
	b := []string{total.Before.Amount() + " to " + total.After.Amount()}
	for _, cause := range whatif.Causes() {
		if move := total.Moves[cause]; move.Cases != 0 {
			b = append(b, cause.String()+" "+move.Amount.Amount())
		}
	}
	for _, m := range total.Movers {
		b = append(b, fmt.Sprint("most by ", m.Cause, " from ", m.VerdictBefore, " to ", m.VerdictAfter))
	}
	return strings.Join(b, ", ")
}

func TestBacktestNamesTheCause(t *testing.T) {
	type change = func(*refund.Case)
	window10 := func(p *refund.Policy) { p.WindowDays = 10 }
	window5 := func(p *refund.Policy) { p.WindowDays = 5 }
	amountPaid := func(p *refund.Policy) { p.Readings.DeductFrom = refund.DeductFromAmountPaid }
	unresolved := func(p *refund.Policy) { p.Readings.OneTime = refund.OneTimeRefundedIfUnresolved }
	windowClose := func(p *refund.Policy) { p.Readings.ResolvedUntil = refund.ResolvedUntilWindowClose }
	elapsed := func(p *refund.Policy) { p.Readings.CallbackClock = refund.CallbackClockElapsed }
	askedOn := func(day int) change {
		return func(c *refund.Case) { c.Request.At = testkit.March(day, 12, 0) }
	}
	resolvedLater := func(c *refund.Case) { c.Issues[0].Resolved = testkit.March(11, 12, 0) }
	unresolvedIssue := func(c *refund.Case) { c.Issues[0].Resolved = time.Time{} }
	oneTime := func(c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }
	paid := func(amount string) change {
		return func(c *refund.Case) { c.Subscription.Paid = testkit.USD(amount) }
	}
	refunded := func(amount string) change {
		return func(c *refund.Case) { c.Subscription.Refunded = testkit.USD(amount) }
	}
	disputed := func(amount string) change {
		return func(c *refund.Case) { c.Subscription.Disputed = testkit.USD(amount) }
	}
	rows := []struct {
		reason  string
		policy  func(*refund.Policy)
		changes []change
		want    string
	}{
		{"asked on the last day of the shorter window", window10, []change{askedOn(12)}, "174.99 to 174.99"},
		{"asked a day later: the window has the whole difference, charges included", window10, []change{askedOn(13)},
			"174.99 to 0.00, guarantee -174.99, most by guarantee from deducted to window_closed"},
		{"a shorter window still counts the resolution on its second day", window5, []change{askedOn(7)}, "174.99 to 174.99"},
		{"a resolution after the request counts", windowClose, []change{resolvedLater},
			"199.99 to 174.99, case-2 -25.00, most by case-2 from full to deducted"},
		{"a one-time service with no resolution is refunded", unresolved, []change{oneTime, unresolvedIssue},
			"0.00 to 199.99, one-time 199.99, most by one-time from one_time_service to full"},
		{"a late one-time service is not: the amount does not differ", unresolved, []change{oneTime, unresolvedIssue, askedOn(30)}, "0.00 to 0.00"},
		{"an installment: the base falls, and the cap takes less off", amountPaid, []change{paid("100.00")},
			"100.00 to 75.00, guarantee -99.99, cap 74.99, most by guarantee from deducted to deducted"},
		{"an installment without issues: both readings refund the amount paid", amountPaid, []change{paid("100.00"), unresolvedIssue}, "100.00 to 100.00"},
		{"earlier refunds that cover the entitlement before and after", windowClose, []change{resolvedLater, refunded("199.99")}, "0.00 to 0.00"},
		{"earlier refunds absorb a part of the deduction", windowClose, []change{resolvedLater, refunded("190.00")},
			"9.99 to 0.00, case-2 -25.00, refunded 15.01, most by case-2 from full to deducted"},
		{"disputes absorb a part of the deduction", windowClose, []change{resolvedLater, disputed("190.00")},
			"9.99 to 0.00, case-2 -25.00, disputed 15.01, most by case-2 from full to deducted"},
		{"refunds come off before disputes", windowClose, []change{resolvedLater, refunded("100.00"), disputed("90.00")},
			"9.99 to 0.00, case-2 -25.00, disputed 15.01, most by case-2 from full to deducted"},
		{"a refund before the window closed: the net amount moves", window10, []change{askedOn(13), refunded("30.00")},
			"144.99 to 0.00, guarantee -144.99, most by guarantee from deducted to window_closed"},
		{"another clock for the call back moves no money", elapsed, nil, "174.99 to 174.99"},
	}
	for _, row := range rows {
		testkit.Row(t, row.reason, func(t *testing.T) {
			after := testkit.Policy()
			row.policy(&after)
			r := backtest(t, testkit.Policy(), after, caseOf(row.changes...))
			if len(r.Totals) != 1 {
				t.Fatalf("%d totals", len(r.Totals))
			}
			if got := text(r.Totals[0]); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestBacktestCountsStatusesWithoutAnAmount(t *testing.T) {
	after := testkit.Policy()
	after.Hours = refund.Weekdays(13*time.Hour, 22*time.Hour)
	r := backtest(t, testkit.Policy(), after, caseOf(func(c *refund.Case) { c.Request.Channel = refund.ChannelPhone }))
	if r.Statuses[refund.ClauseTicket] != 1 || r.Totals[0].Changed != 0 || r.Unchanged() {
		t.Errorf("a call while the desk is closed: %+v", r)
	}
}

func TestBacktestUsesTheVersionOfTheDay(t *testing.T) {
	first, second := testkit.Policy(), testkit.Policy()
	second.Version, second.WindowDays, second.Effective = "2", 5, testkit.March(5, 0, 0)
	versions, err := refund.NewVersions(first, second)
	if err != nil {
		t.Fatal(err)
	}
	later := caseOf(func(c *refund.Case) {
		c.Subscription.ID, c.Subscription.Start = "SUB-2", testkit.March(5, 10, 0)
		c.Issues = refund.IssueLog{}
		c.Request.At = testkit.March(12, 12, 0)
	})
	r := backtest(t, first, versions, caseOf(), later)
	if got, want := text(r.Totals[0]), "374.98 to 174.99, guarantee -199.99, most by guarantee from full to window_closed"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	r = backtest(t, versions, first, caseOf(), later)
	if got := r.Totals[0].Difference(); !got.Equal(testkit.USD("199.99")) {
		t.Errorf("versions before: %v", got)
	}
}

func TestBacktestCountsRefusedCasesByPath(t *testing.T) {
	second := testkit.Policy()
	second.Effective = testkit.March(20, 0, 0)
	versions, err := refund.NewVersions(second)
	if err != nil {
		t.Fatal(err)
	}
	faulty := caseOf(func(c *refund.Case) {
		c.Issues = refund.IssueLog{{ID: "T-1"}, {ID: "T-1"}, {}}
		c.Subscription.Paid = refund.Money{}
	})
	r := backtest(t, testkit.Policy(), versions, caseOf(), faulty)
	wantSame(t, "before", r.RefusedBefore, whatif.Refused{Cases: 1, Paths: []whatif.PathCount{
		{"issues[].id", 1}, {"issues[].opened", 1}, {"subscription.paid", 1},
	}})
	wantSame(t, "after", r.RefusedAfter, whatif.Refused{Cases: 2, Paths: []whatif.PathCount{{"subscription.start", 2}}})
	if r.Cases != 2 || r.Excluded != 2 || len(r.Totals) != 0 || r.Unchanged() {
		t.Errorf("%+v", r)
	}
}

func TestBacktestKeepsTheFirstPaths(t *testing.T) {
	faults := func(c refund.Case) (refund.Outcome, error) {
		return refund.Outcome{}, refund.Fault{Path: "field" + c.Subscription.ID, Reason: "is refused"}
	}
	var cases []refund.Case
	for i := range 3 * whatif.MaxPaths {
		var c refund.Case
		c.Subscription.ID = fmt.Sprintf("%03d", 3*whatif.MaxPaths-1-i)
		cases = append(cases, c, c)
	}
	r := backtest(t, testkit.Policy(), whatif.EvaluatorFunc(faults), cases...)
	paths := r.RefusedAfter.Paths
	if len(paths) != whatif.MaxPaths || paths[0] != (whatif.PathCount{"field000", 2}) || paths[whatif.MaxPaths-1] != (whatif.PathCount{"field099", 2}) {
		t.Errorf("paths: %v", paths)
	}
	if want := 4 * whatif.MaxPaths; r.RefusedAfter.More != want {
		t.Errorf("more: %d, want %d", r.RefusedAfter.More, want)
	}
	half := len(cases)/2 + 1
	split := backtest(t, testkit.Policy(), whatif.EvaluatorFunc(faults), cases[:half]...).
		Merge(backtest(t, testkit.Policy(), whatif.EvaluatorFunc(faults), cases[half:]...))
	wantSame(t, "split", split, r)
}

func TestBacktestKeepsTheLargestMovers(t *testing.T) {
	var cases []refund.Case
	for i := range 2 * whatif.MaxMovers {
		cases = append(cases, caseOf(func(c *refund.Case) {
			c.Subscription.ID = "SUB-" + strconv.Itoa(i)
			c.Request.At = testkit.March(15, 12, 0)
			c.Subscription.Refunded = testkit.USD(strconv.Itoa((i*7)%(2*whatif.MaxMovers)) + ".00")
		}))
	}
	after := testkit.Policy()
	after.WindowDays = 10
	movers := backtest(t, testkit.Policy(), after, cases...).Totals[0].Movers
	if len(movers) != whatif.MaxMovers {
		t.Fatalf("%d movers", len(movers))
	}
	for i, m := range movers {
		if want := testkit.USD("-174.99").String(); i == 0 && m.Difference().String() != want {
			t.Errorf("the largest is %v, want %s", m.Difference(), want)
		}
		if i > 0 && mustCmp(t, movers[i-1].Difference(), m.Difference()) >= 0 {
			t.Errorf("mover %d is not smaller than the one before", i)
		}
	}
}

func TestBacktestEndsAtTheFirstError(t *testing.T) {
	broken := errors.New("broken pipe")
	read := 0
	cases := func(yield func(refund.Case, error) bool) {
		for _, err := range []error{nil, broken, nil} {
			read++
			if !yield(caseOf(), err) {
				return
			}
		}
	}
	r, err := whatif.Backtest(testkit.Policy(), testkit.Policy(), cases)
	if err != broken || r.Cases != 0 || read != 2 {
		t.Errorf("%d cases read, %+v, %v", read, r, err)
	}
}

func TestBacktestRefusesAFaultyPolicy(t *testing.T) {
	if _, err := whatif.Backtest(testkit.Policy(), refund.Policy{Version: "2"}, stream[refund.Case]()); len(testkit.Paths(err)) < 5 {
		t.Errorf("an invalid policy: %v", err)
	}
	if _, err := whatif.Backtest(nil, testkit.Policy(), stream[refund.Case]()); !testkit.HasPaths(err, "policy") {
		t.Errorf("no policy: %v", err)
	}
}

// An evaluator may return anything; its outcome is counted or refused.
func TestBacktestSurvivesAnyOutcome(t *testing.T) {
	for _, o := range []refund.Outcome{
		{},
		{Refundable: refund.MustMoney("1", "JPY"), Verdict: 200},
		{Refundable: testkit.USD("1.00"), Verdict: refund.VerdictFull},
		{Refundable: testkit.USD("1.00"), Verdict: refund.VerdictFull, Entitlement: refund.MustMoney("1", "JPY"), Refunded: testkit.USD("1.00")},
		{Refundable: testkit.USD("1.00"), Verdict: 200},
	} {
		e := whatif.EvaluatorFunc(func(refund.Case) (refund.Outcome, error) { return o, nil })
		r := backtest(t, testkit.Policy(), e, caseOf())
		if r.Cases != 1 || r.Excluded+len(r.Totals) != 1 {
			t.Errorf("%+v: %+v", o, r)
		}
	}
}

func mustCmp(t *testing.T, a, b refund.Money) int {
	t.Helper()
	sign, err := a.Cmp(b)
	if err != nil {
		t.Fatal(err)
	}
	return sign
}
