package conformance_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

// codes returns all codes of an enumeration.
func codes[E interface {
	~uint8
	String() string
}]() (list []string) {
	for e := E(1); !strings.HasSuffix(e.String(), ")"); e++ {
		list = append(list, e.String())
	}
	return list
}

// statuses is each status that a clause can have.
var statuses = map[string]string{
	"guarantee":      "applied not_applicable",
	"case-1":         "applied not_applicable",
	"case-2":         "applied not_applicable",
	"one-time":       "applied not_applicable",
	"ticket":         "satisfied objected",
	"callback":       "not_evaluated satisfied objected",
	"log-review":     "not_evaluated satisfied objected",
	"cooperation":    "not_evaluated satisfied objected",
	"peripherals":    "not_evaluated satisfied objected",
	"licensed":       "not_evaluated satisfied objected",
	"best-effort":    "not_evaluated satisfied objected",
	"data-loss":      "not_evaluated satisfied objected",
	"environment":    "not_evaluated satisfied objected",
	"registration":   "not_evaluated satisfied objected",
	"credentials":    "not_evaluated satisfied objected blocking",
	"account-access": "not_evaluated satisfied objected blocking",
	"goodwill":       "not_evaluated",
	"cap":            "not_applicable applied satisfied",
}

func TestEveryCodeIsHit(t *testing.T) {
	missing := map[string]bool{}
	possible := map[string]bool{}
	expect := func(what string, codes ...string) {
		for _, code := range codes {
			missing[what+" "+code] = true
			possible[what+" "+code] = true
		}
	}
	clauses := codes[refund.Clause]()
	expect("clause", append(slices.Clone(clauses), conformance.Input)...)
	expect("verdict", codes[refund.Verdict]()...)
	expect("day_count", codes[refund.DayCount]()...)
	expect("deduct_from", codes[refund.DeductFrom]()...)
	expect("resolved_until", codes[refund.ResolvedUntil]()...)
	expect("callback_clock", codes[refund.CallbackClock]()...)
	expect("channel", codes[refund.Channel]()...)
	expect("billing", codes[refund.Billing]()...)
	expect("severity", codes[refund.Severity]()...)
	expect("held", "true", "false")
	expect("decimals", "0", "2", "3", "4")
	for clause, list := range statuses {
		expect(clause, strings.Fields(list)...)
	}
	if len(statuses) != len(clauses) {
		t.Errorf("statuses of %d clauses, of %d", len(statuses), len(clauses))
	}

	list := vectors(t)
	if len(list) < 300 {
		t.Errorf("%d vectors, want at least 300", len(list))
	}
	for _, v := range list {
		hit := func(what, code string) {
			if !possible[what+" "+code] {
				t.Errorf("%s: %s is %q, which it cannot be", v.Name, what, code)
			}
			delete(missing, what+" "+code)
		}
		hit("clause", v.Clause)
		if v.Want == nil {
			continue
		}
		hit("verdict", v.Want.Verdict.String())
		hit("held", fmt.Sprint(v.Want.Held))
		hit("decimals", fmt.Sprint(v.Want.Refundable.Currency().Digits()))
		for _, clause := range refund.Clauses() {
			hit(clause.String(), v.Want.Statuses[clause].String())
		}
		var d struct {
			Subscription struct{ Service struct{ Billing string } }
			Request      struct{ Channel string }
			Findings     []struct{ Severity string }
			Policy       struct{ Readings map[string]string }
		}
		if err := json.Unmarshal(v.Document, &d); err != nil {
			t.Fatal(err)
		}
		hit("billing", d.Subscription.Service.Billing)
		hit("channel", d.Request.Channel)
		for _, f := range d.Findings {
			hit("severity", f.Severity)
		}
		for reading, alternative := range d.Policy.Readings {
			if alternative != "" {
				hit(reading, alternative)
			}
		}
	}
	for what := range missing {
		t.Errorf("no vector has %s", what)
	}
}
