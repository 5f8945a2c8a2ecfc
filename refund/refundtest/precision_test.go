package refundtest_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

func instantsOf(c *refund.Case) []*time.Time {
	return append(resolutionsOf(c), &c.Subscription.Start, &c.Request.At, &c.Request.CalledBack)
}

// resolutionsOf returns the instants of the issues.
func resolutionsOf(c *refund.Case) (list []*time.Time) {
	for i := range c.Issues {
		list = append(list, &c.Issues[i].Opened, &c.Issues[i].Resolved)
	}
	return list
}

// keeping returns a service that stores instants and durations in whole units, and does
// not support finer ones.
func keeping(unit time.Duration) refundtest.Evaluator {
	return func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		fine := p.CallbackAfter%unit != 0 || p.CallbackWithin%unit != 0
		for _, at := range instantsOf(&c) {
			fine = fine || !at.Truncate(unit).Equal(*at)
		}
		if fine {
			return refund.Outcome{}, fmt.Errorf("finer than %v: %w", unit, errors.ErrUnsupported)
		}
		return p.Evaluate(c)
	}
}

func TestServicesThatKeepCoarseInstantsPass(t *testing.T) {
	for _, unit := range []time.Duration{time.Microsecond, time.Second, time.Minute} {
		t.Run(unit.String(), func(t *testing.T) {
			t.Parallel()
			if err := refundtest.Check(keeping(unit)); err != nil {
				t.Error(err)
			}
		})
	}
}

// truncating returns a service that rounds down some instants, and still cites the request
// as given.
func truncating(unit time.Duration, stored func(*refund.Case) []*time.Time) refundtest.Evaluator {
	return func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		given := c.Request
		c.Issues = slices.Clone(c.Issues)
		for _, at := range stored(&c) {
			*at = at.Truncate(unit)
		}
		o, err := p.Evaluate(c)
		if err == nil {
			o.Basis.RequestedAt, o.Basis.CalledBack = given.At, given.CalledBack
		}
		return o, err
	}
}

func TestServicesThatTruncateInstantsFail(t *testing.T) {
	cases := drawnCases(300)
	for _, row := range []struct {
		reason string
		stored func(*refund.Case) []*time.Time
		law    string
	}{
		{"a window opens with the subscription", func(c *refund.Case) []*time.Time { return []*time.Time{&c.Subscription.Start} }, "window"},
		{"a call back is due from the request on", func(c *refund.Case) []*time.Time { return []*time.Time{&c.Request.At} }, "callback"},
		{"a call back after the latest instant is late", func(c *refund.Case) []*time.Time { return []*time.Time{&c.Request.CalledBack} }, "callback-status"},
		{"an issue resolved after the request does not count at the request", resolutionsOf, "resolved-issues"},
		{"no instant of a case may be rounded", instantsOf, "window"},
	} {
		for _, unit := range []time.Duration{time.Microsecond, time.Second} {
			if !breaks(row.law, truncating(unit, row.stored), cases) {
				t.Errorf("%s: law %s holds for a service that keeps %v", row.reason, row.law, unit)
			}
		}
	}
	if failures := found(t, truncating(time.Second, instantsOf)); named(failures, "laws/window") == nil {
		t.Errorf("Check does not find a service that rounds every instant:\n%v", failures)
	}
}

// breaks reports whether an evaluator breaks a law on one of the cases.
func breaks(law string, evaluate refundtest.Evaluator, cases []drawnCase) bool {
	return slices.ContainsFunc(cases, func(c drawnCase) bool {
		return refundtest.CheckLaw(law, evaluate, c.policy, c.Case) != nil
	})
}

// A service that keeps seconds cannot pass by not supporting the step of a nanosecond.
func TestLawsTryLongerSteps(t *testing.T) {
	cases := drawnCases(100)
	for _, row := range []struct {
		reason string
		law    string
		unit   time.Duration
		wrong  func(asked time.Time, resolved time.Duration) bool // the outcome is zero
	}{
		{"asking a second later raises the amount", "later-request", time.Second,
			func(asked time.Time, _ time.Duration) bool { return asked.Second() == 0 }},
		{"asking a minute later raises the amount", "later-request", time.Minute,
			func(asked time.Time, _ time.Duration) bool { return asked.Minute()%2 == 0 }},
		{"asking a day later raises the amount", "later-request", time.Hour,
			func(asked time.Time, _ time.Duration) bool { return asked.Weekday()%2 == 0 }},
		{"a resolution a second after the request counts", "resolved-after-request", time.Second,
			func(_ time.Time, resolved time.Duration) bool { return resolved == time.Second }},
		{"a resolution a minute after the request counts", "resolved-after-request", time.Minute,
			func(_ time.Time, resolved time.Duration) bool { return resolved == time.Minute }},
		{"a resolution a day after the request counts", "resolved-after-request", time.Hour,
			func(_ time.Time, resolved time.Duration) bool { return resolved == 24*time.Hour }},
	} {
		evaluate := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			o, err := keeping(row.unit)(p, c)
			var last time.Duration // from the request to the resolution of the last issue
			if n := len(c.Issues); n > 0 {
				last = c.Issues[n-1].Resolved.Sub(c.Request.At)
			}
			if err == nil && row.wrong(c.Request.At, last) {
				zero(&o, c)
			}
			return o, err
		}
		if !breaks(row.law, evaluate, cases) {
			t.Errorf("%s: law %s holds", row.reason, row.law)
		}
	}
}
