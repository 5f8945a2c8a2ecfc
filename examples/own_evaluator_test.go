package examples_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// A desk judges cases for the rest of a company. Its servers' clocks show one zone
// everywhere, and so it once had the zone among its settings.
type desk struct {
	zone *time.Location // nil is the policy's own
}

func (d desk) evaluate(p refund.Policy, c refund.Case) (refund.Outcome, error) {
	if d.zone != nil {
		p.Location = d.zone
	}
	return p.Evaluate(c)
}

// A team holds its desk to the policy: refundtest.Run(t, desk{}.evaluate) is the whole
// of its test, which Check shows here. With the servers' zone in the settings, days
// begin in Greenwich, and whoever asks on the last evening in New York is sent away:
// the test catches it, and a law shows it on the plainest case there is.
func Example_ownEvaluator() {
	fmt.Println(refundtest.Check(desk{}.evaluate))
	fmt.Println()

	err := refundtest.Check(desk{zone: time.UTC}.evaluate)
	var failures refundtest.Failures
	if !errors.As(err, &failures) {
		fmt.Println("not caught:", err)
		return
	}
	for _, f := range failures {
		if f.Clause == refund.ClauseGuarantee && strings.HasPrefix(f.Name, "laws/") {
			fmt.Println(f)
			break
		}
	}
	// Output:
	// <nil>
	//
	// laws/window (guarantee): the window opens with the subscription and closes at the first instant of a day at the policy's location, counted by day_count; its last day is the day of its last instant
	// 	got:  window closes at 2026-03-16 20:00 EDT
	// 	want: 2026-03-17 00:00 EDT: 2026-03-17 begins
	// 	evaluator's reason: asked on 9 March 2026; the last day is 16 March 2026 (15 days from 1 March)
	// 	policy := refundtest.Policy()
	// 	c := refundtest.Case()
}
