package gen_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// A reviewed is a log with the case that it goes with, and its review.
type reviewed struct {
	c      refund.Case
	log    evidence.Log
	checks []evidence.Check
	report evidence.Report
}

var reviewedLogs = rapid.Custom(func(t *rapid.T) reviewed {
	c := gen.Case(refund.Published(time.UTC)).Draw(t, "case")
	log := gen.Log(c).Draw(t, "log")
	if err := log.Validate(); err != nil {
		t.Fatal(err)
	}
	checks := gen.Check(log).Draw(t, "checks")
	return reviewed{c, log, checks, evidence.Review(log, c.Subscription, c.Issues, checks...)}
})

// standing reports whether a resolution stands so.
func (r reviewed) standing(s evidence.Standing) bool {
	for _, resolution := range r.report.Resolutions {
		if resolution.Standing == s {
			return true
		}
	}
	return false
}

func (r reviewed) disputed(by evidence.Objection) bool {
	for _, resolution := range r.report.Resolutions {
		for _, against := range resolution.Against {
			if against.Objection == by {
				return true
			}
		}
	}
	return false
}

// missed reports whether there is a call that nobody answered.
func (r reviewed) missed() bool {
	return slices.ContainsFunc(r.log.Calls, func(c evidence.Call) bool { return c.Answered.IsZero() })
}

// touches reports whether a record ends at or begins at, or a nanosecond beside, an end
// of the time of an issue.
func (r reviewed) touches() bool {
	for _, call := range r.log.Calls {
		for _, issue := range r.c.Issues {
			for _, gap := range []time.Duration{call.End.Sub(issue.Opened), call.Start.Sub(issue.Resolved)} {
				if gap.Abs() == time.Nanosecond {
					return true
				}
			}
		}
	}
	return false
}

func TestLogsReachEverything(t *testing.T) {
	const draws = 800
	seen := map[string]int{}
	for seed := range draws {
		r := reviewedLogs.Example(seed + 1)
		for what, is := range map[string]bool{
			"no records":           r.log.Len() == 0,
			"several calls":        len(r.log.Calls) > 1,
			"a call is missed":     r.missed(),
			"recordings":           r.log.Recordings != nil,
			"chats":                r.log.Chats != nil,
			"unresolved":           r.standing(evidence.StandingUnresolved),
			"disputed":             r.standing(evidence.StandingDisputed),
			"unsupported":          r.standing(evidence.StandingUnsupported),
			"plausible":            r.standing(evidence.StandingPlausible),
			"corroborated":         r.standing(evidence.StandingCorroborated),
			"the customer is back": r.disputed(evidence.ObjectionCameBack),
			"a file is damaged":    r.disputed(evidence.ObjectionMedia),
			"strangers":            r.report.OtherAccounts != nil,
			"unknown issues":       r.report.Unknown != nil,
			"damaged":              r.report.Damaged != nil,
			"just beside":          r.touches(),
			"every resolution":     len(r.c.Issues) > 0 && len(r.report.Corroborated(r.c.Issues)) == len(r.c.Issues),
		} {
			if is {
				seen[what]++
			} else {
				seen[what] += 0
			}
		}
	}
	for what, n := range seen {
		if n < draws/40 {
			t.Errorf("%s: %d of %d", what, n, draws)
		}
	}
	if len(seen) != 17 {
		t.Errorf("%d categories", len(seen))
	}
}

func TestLogsShrinkToReadableOnes(t *testing.T) {
	tests := []struct {
		reason  string
		never   func(reviewed) bool
		issues  int
		records int
	}{
		{"any log at all", func(reviewed) bool { return true }, 0, 0},
		{"no resolution is unsupported", func(r reviewed) bool { return r.standing(evidence.StandingUnsupported) }, 1, 0},
		{"no resolution is corroborated", func(r reviewed) bool { return r.standing(evidence.StandingCorroborated) }, 1, 1},
		{"no resolution is plausible", func(r reviewed) bool { return r.standing(evidence.StandingPlausible) }, 1, 1},
		{"no customer comes back", func(r reviewed) bool { return r.disputed(evidence.ObjectionCameBack) }, 1, 1},
		{"no file is damaged", func(r reviewed) bool { return r.disputed(evidence.ObjectionMedia) }, 1, 1},
		{"no record is of another account", func(r reviewed) bool { return r.report.OtherAccounts != nil }, 0, 1},
		{"a chat is never alone", func(r reviewed) bool { return len(r.log.Chats) == 1 }, 0, 1},
	}
	for _, test := range tests {
		because(t, test.reason, func(t *testing.T) {
			least := minimal(t, 1, reviewedLogs, func(r reviewed) bool { return !test.never(r) })
			if len(least.c.Issues) > test.issues || least.log.Len() > test.records {
				t.Errorf("%d issues, %d records: %#v", len(least.c.Issues), least.log.Len(), least.log)
			}
			for _, objection := range unreadable(least.c) {
				t.Error(objection)
			}
			for _, call := range least.log.Calls {
				if call.Transcript != nil || call.Agent != "" || !call.Start.Equal(call.Start.Truncate(time.Minute)) {
					t.Errorf("a call that is not plain: from %v, agent %q", call.Start, call.Agent)
				}
			}
		})
	}
}

func TestLogsOfACaseThatIsNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := gen.Log(refund.Case{Request: refund.Request{At: time.Date(2026, time.March, 9, 10, 0, 0, 0, time.UTC)}}).Draw(t, "log")
		if err := log.Validate(); err != nil {
			t.Error(err)
		}
	})
}
