package examples_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// A desk evaluates cases for a company. It has a setting for the zone of its servers.
type desk struct {
	zone *time.Location // nil: the policy's location
}

func (d desk) evaluate(p refund.Policy, c refund.Case) (refund.Outcome, error) {
	if d.zone != nil {
		p.Location = d.zone
	}
	return p.Evaluate(c)
}

// How does a team test its own implementation? Its whole test is
// refundtest.Run(t, desk{}.evaluate); this example uses Check. With a zone of UTC in the
// settings, days begin at midnight UTC, and requests on the last evening in New York are
// refused as late. The test fails, and a law reports it on the simplest case.
func Example_testingOwnEvaluator() {
	fmt.Println(refundtest.Check(desk{}.evaluate))
	fmt.Println()

	err := refundtest.Check(desk{zone: time.UTC}.evaluate)
	var failures refundtest.Failures
	if !errors.As(err, &failures) {
		fmt.Println("the mistake was not found:", err)
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
