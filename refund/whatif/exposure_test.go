package whatif_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// exposureAt fails on an error.
func exposureAt(t testkit.TB, at time.Time, e whatif.Evaluator, holdings ...whatif.Holding) whatif.Exposure {
	t.Helper()
	x, err := whatif.ExposureAt(at, e, stream(holdings...))
	if err != nil {
		t.Fatalf("exposure: %v", err)
	}
	return x
}

// drawHoldings draws subscriptions of a policy, and an instant at, beside or between their
// windows.
func drawHoldings(t *rapid.T, p refund.Policy) (holdings []whatif.Holding, at time.Time) {
	cases := drawCases(t, p, 10)
	at = testkit.March(10, 12, 0)
	for i, c := range cases {
		holdings = append(holdings, whatif.Holding{Subscription: c.Subscription, Issues: c.Issues})
		if i == 0 {
			w, err := p.Window(c.Subscription.Start)
			if err != nil {
				t.Fatalf("window: %v", err)
			}
			at = drawAsked(t, "at", c, w)
		} else if rapid.Bool().Draw(t, "nearby"+strconv.Itoa(i)) {
			// Its own start would mostly be years away from the instant.
			h := &holdings[i]
			days := rapid.IntRange(-1, p.WindowDays+1).Draw(t, "days"+strconv.Itoa(i))
			h.Subscription.Start = at.AddDate(0, 0, -days)
			h.Issues = nil
			if rapid.IntRange(0, 9).Draw(t, "log"+strconv.Itoa(i)) > 0 {
				h.Issues = refund.IssueLog{{ID: "T-1", Opened: h.Subscription.Start, Resolved: h.Subscription.Start.Add(time.Hour)}}
			}
		}
	}
	return holdings, at
}

func TestExposureIsTheSumOfEvaluateOverItsCases(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		holdings, at := drawHoldings(t, p)
		x := exposureAt(t, at, p, holdings...)

		var open, closed, notStarted, refused int
		sums, lasts := map[string]refund.Money{}, map[string]map[refund.Date]refund.Money{}
		for _, h := range holdings {
			if h.Subscription.Start.After(at) {
				notStarted++
				continue
			}
			o, err := p.Evaluate(h.Case(at))
			if err != nil {
				refused++
				continue
			}
			if at.Before(o.Window.Opens) || !at.Before(o.Window.Closes) {
				closed++
				if o.Refundable.Sign() != 0 {
					t.Fatalf("%v refundable after the window", o.Refundable)
				}
				continue
			}
			open++
			code := o.Refundable.Currency().Code()
			sums[code] = add(t, sums[code], o.Refundable)
			if lasts[code] == nil {
				lasts[code] = map[refund.Date]refund.Money{}
			}
			lasts[code][o.Window.LastDay] = add(t, lasts[code][o.Window.LastDay], o.Refundable)
		}
		wantSame(t, "counts", []int{x.Open, x.Closed, x.NotStarted, x.Refused.Cases, x.Subscriptions},
			[]int{open, closed, notStarted, refused, len(holdings)})
		if len(x.Totals) != len(sums) {
			t.Fatalf("%d totals of %d currencies", len(x.Totals), len(sums))
		}
		for _, total := range x.Totals {
			code := total.Currency.Code()
			wantSame(t, code, total.Refundable, sums[code])
			if len(total.Days) != len(lasts[code]) {
				t.Fatalf("%d days, want %d", len(total.Days), len(lasts[code]))
			}
			rest, subscriptions := total.Refundable, 0
			for i, day := range total.Days {
				wantSame(t, "closing on "+day.Date.String(), day.Closing, lasts[code][day.Date])
				wantSame(t, "refundable on "+day.Date.String(), day.Refundable, rest)
				if i > 0 && total.Days[i-1].Date.Compare(day.Date) >= 0 {
					t.Fatalf("%v comes after %v", day.Date, total.Days[i-1].Date)
				}
				rest, _ = rest.Sub(day.Closing)
				subscriptions += day.Subscriptions
			}
			if rest.Sign() != 0 || subscriptions != total.Subscriptions {
				t.Fatalf("after the last day %v remain, %d of %d subscriptions", rest, subscriptions, total.Subscriptions)
			}
		}
	})
}

// The days of an exposure are a forecast: on each of them, an exposure of the same
// subscriptions is the amount that was listed for it, if the policy counts whole days.
func TestExposureOfALaterDayIsAsForecast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		p.Readings.DayCount = refund.DayCountDayAfter
		holdings, at := drawHoldings(t, p)
		started := holdings[:0]
		for _, h := range holdings {
			for _, issue := range h.Issues {
				if issue.Resolved.After(at) {
					h.Issues = refund.IssueLog{} // a log of the future
				}
			}
			if !h.Subscription.Start.After(at) {
				started = append(started, h)
			}
		}
		for _, total := range exposureAt(t, at, p, started...).Totals {
			for _, day := range total.Days {
				then := day.Date.AddDays(1).Start(p.Location).Add(-1)
				if then.Before(at) {
					t.Fatalf("%v is over at %v", day.Date, at)
				}
				later := exposureAt(t, then, p, started...).Totals
				i := slices.IndexFunc(later, func(l whatif.ExposureTotal) bool { return l.Currency == total.Currency })
				if i < 0 {
					t.Fatalf("on %v no window is open", day.Date)
				}
				wantSame(t, "on "+day.Date.String(), later[i].Refundable, day.Refundable)
			}
		}
	})
}

func TestMergedExposuresOfASplitAreThatOfTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		holdings, at := drawHoldings(t, p)
		whole := exposureAt(t, at, p, holdings...)
		left, right := split(t, holdings)
		l, r := exposureAt(t, at, p, left...), exposureAt(t, at, p, right...)
		for _, pair := range [][2]whatif.Exposure{{l, r}, {r, l}, {whole, {}}, {{}, whole}} {
			merged, err := pair[0].Merge(pair[1])
			if err != nil {
				t.Fatalf("merge: %v", err)
			}
			wantSame(t, "merged", merged, whole)
		}
	})
}

func TestExposuresOfTwoInstantsDoNotMerge(t *testing.T) {
	h := whatif.Holding{Subscription: testkit.ReviewedCase().Subscription, Issues: refund.IssueLog{}}
	a := exposureAt(t, testkit.March(10, 0, 0), testkit.Policy(), h)
	b := exposureAt(t, testkit.March(11, 0, 0), testkit.Policy(), h)
	if x, err := a.Merge(b); !testkit.HasPaths(err, "at") || x.Subscriptions != 0 {
		t.Errorf("%+v, %v", x, err)
	}
	b = exposureAt(t, testkit.March(10, 0, 0).UTC(), testkit.Policy(), h, h)
	if x, err := a.Merge(b); err != nil || x.Subscriptions != 3 || x.Totals[0].Days[0].Subscriptions != 3 {
		t.Errorf("one instant in two places: %+v, %v", x, err)
	}
}

func TestTheHolderOfAHoldingAsks(t *testing.T) {
	h := whatif.Holding{Subscription: testkit.ReviewedCase().Subscription, Issues: refund.IssueLog{}}
	o, err := testkit.Policy().Evaluate(h.Case(testkit.March(10, 0, 0)))
	if err != nil {
		t.Fatal(err)
	}
	for _, clause := range []refund.Clause{refund.ClauseTicket, refund.ClauseAccountAccess} {
		if o.Statuses[clause] != refund.StatusSatisfied {
			t.Errorf("%v: %v", clause, o.Statuses[clause])
		}
	}
}

func TestExposureByVersions(t *testing.T) {
	first, second := testkit.Policy(), testkit.Policy()
	second.Version, second.WindowDays, second.Effective = "2", 5, testkit.March(5, 0, 0)
	versions, err := refund.NewVersions(first, second)
	if err != nil {
		t.Fatal(err)
	}
	holding := func(day int) whatif.Holding {
		s := testkit.ReviewedCase().Subscription
		s.Start = testkit.March(day, 10, 0)
		return whatif.Holding{Subscription: s, Issues: refund.IssueLog{}}
	}
	x := exposureAt(t, testkit.March(12, 0, 0), versions, holding(2), holding(5), holding(8), holding(13))
	if x.Open != 2 || x.Closed != 1 || x.NotStarted != 1 || !x.Totals[0].Refundable.Equal(testkit.USD("399.98")) {
		t.Errorf("%+v", x)
	}
	wantSame(t, "days", x.Totals[0].Days, []whatif.ExposureDay{
		{refund.MustDate("2026-03-13"), 1, testkit.USD("199.99"), testkit.USD("399.98")},
		{refund.MustDate("2026-03-17"), 1, testkit.USD("199.99"), testkit.USD("199.99")},
	})
}

func TestExposureErrors(t *testing.T) {
	none := stream[whatif.Holding]()
	if _, err := whatif.ExposureAt(time.Time{}, refund.Policy{}, none); !testkit.HasPaths(err, append(testkit.Paths(refund.Policy{}.Validate()), "at")...) {
		t.Errorf("neither policy nor instant: %v", err)
	}
	if _, err := whatif.ExposureAt(testkit.March(1, 0, 0), nil, none); !testkit.HasPaths(err, "policy") {
		t.Errorf("no policy: %v", err)
	}
	broken := errors.New("broken pipe")
	x, err := whatif.ExposureAt(testkit.March(1, 0, 0), testkit.Policy(), func(yield func(whatif.Holding, error) bool) {
		yield(whatif.Holding{}, broken)
	})
	if err != broken || !x.At.IsZero() {
		t.Errorf("%+v, %v", x, err)
	}
}
