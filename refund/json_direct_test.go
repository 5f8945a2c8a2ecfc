package refund_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Money once accepted text after its end in direct calls. encoding/json passes a method
// exactly one value, but a host may pass any text.
func TestTextAfterTheEndIsRefusedInDirectCalls(t *testing.T) {
	policy := refund.Published(testkit.NewYork)
	versions, err := refund.NewVersions(policy)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]struct {
		from json.Marshaler
		to   func() json.Unmarshaler
	}{
		"Money":    {testkit.USD("174.99"), func() json.Unmarshaler { return new(refund.Money) }},
		"Case":     {testkit.ReviewedCase(), func() json.Unmarshaler { return new(refund.Case) }},
		"Policy":   {policy, func() json.Unmarshaler { return new(refund.Policy) }},
		"Versions": {versions, func() json.Unmarshaler { return new(refund.Versions) }},
	} {
		text, err := value.from.MarshalJSON()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, r := range []struct {
			reason, before, after string
			refused               bool
		}{
			{"the value alone", "", "", false},
			{"white space around the value is not text", " \n", "\t ", false},
			{"a number after the value", "", " 2", true},
			{"the value twice", "", string(text), true},
			{"a brace too many", "", "}", true},
			{"null after the value", "", "null", true},
			{"a comma after the value", "", ",", true},
			{"a zero byte after the value", "", "\x00", true},
			{"text before the value", "1 ", "", true},
		} {
			testkit.Row(t, name+": "+r.reason, func(t *testing.T) {
				err := value.to().UnmarshalJSON([]byte(r.before + string(text) + r.after))
				if (err != nil) != r.refused {
					t.Fatalf("got %v", err)
				}
				if r.refused {
					wantPaths(t, err, "")
				}
			})
		}
	}
}

// Every method that reads an instant limits the years.
func TestEveryMethodRefusesInstantsOutsideTheYears(t *testing.T) {
	policy := refund.Published(time.UTC)
	versions, err := refund.NewVersions(policy)
	if err != nil {
		t.Fatal(err)
	}
	inCase := func(at time.Time) refund.Case {
		c := testkit.ReviewedCase()
		c.Subscription.Start, c.Request.At, c.Issues = at, at, refund.IssueLog{}
		return c
	}
	for method, call := range map[string]func(time.Time) error{
		"Policy.Window":     func(at time.Time) error { _, err := policy.Window(at); return err },
		"Policy.Callback":   func(at time.Time) error { _, err := policy.Callback(at); return err },
		"Policy.Evaluate":   func(at time.Time) error { _, err := policy.Evaluate(inCase(at)); return err },
		"Case.Validate":     func(at time.Time) error { return inCase(at).Validate() },
		"Case.AppendJSON":   func(at time.Time) error { _, err := inCase(at).AppendJSON(nil); return err },
		"Versions.Evaluate": func(at time.Time) error { _, err := versions.Evaluate(inCase(at)); return err },
		"Versions.At":       func(at time.Time) error { _, err := versions.At(at); return err },
		"Policy.Validate": func(at time.Time) error {
			p := policy
			p.Effective = at
			return p.Validate()
		},
		"NewVersions": func(at time.Time) error {
			p := policy
			p.Effective = at
			_, err := refund.NewVersions(p)
			return err
		},
	} {
		for _, r := range []struct {
			reason  string
			at      time.Time
			refused bool
		}{
			{"a day in the years", time.Date(2026, time.March, 1, 10, 0, 0, 0, time.UTC), false},
			{"the last instant of the year 0", time.Date(0, time.December, 31, 23, 59, 59, 999_999_999, time.UTC), true},
			{"the first instant of the year 10000", time.Date(10000, time.January, 1, 0, 0, 0, 0, time.UTC), true},
			{"the year 9999 at the place, 10000 in UTC", time.Date(9999, time.December, 31, 23, 0, 0, 0, time.FixedZone("west", -2*3600)), true},
			{"the year 1 at the place, 0 in UTC", time.Date(1, time.January, 1, 1, 0, 0, 0, time.FixedZone("east", 2*3600)), true},
		} {
			testkit.Row(t, method+": "+r.reason, func(t *testing.T) {
				if err := call(r.at); (err != nil) != r.refused {
					t.Errorf("got %v", err)
				} else if r.refused {
					faultsOf(t, err)
				}
			})
		}
	}
}
