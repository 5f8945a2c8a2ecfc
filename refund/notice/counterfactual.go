package notice

import (
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// mostResolutions is the number of resolutions in the window above which a note has no
// counterfactuals: they need an evaluation for each.
const mostResolutions = 1000

// changed returns the results with one fact changed, a sentence for each.
func changed(p *refund.Policy, c *refund.Case, o *refund.Outcome) []string {
	resolutions := 0
	for i := range c.Issues {
		if o.Window.Contains(c.Issues[i].Resolved) {
			resolutions++
		}
	}
	if resolutions > mostResolutions {
		return []string{"Not computed, since more than " + grouped(strconv.Itoa(mostResolutions)) + " issues were resolved in the window"}
	}
	facts, err := whatif.Counterfactuals(*p, *c)
	if err != nil { // a call back in the last years of the calendar that cannot be due
		return []string{"Not computed, since a request at another time cannot be judged"}
	}
	return counterfactuals(facts)
}

// mostNamed is how many issues a sentence about any one of them names.
const mostNamed = 3

// counterfactuals returns a sentence for each fact with its result. Facts about single issues
// with the same result are one sentence.
func counterfactuals(facts []whatif.Counterfactual) (list []string) {
	named := map[string]bool{}
	for i, f := range facts {
		result := ", " + f.Refundable.String() + " would be refundable"
		switch {
		case f.Held:
			result += " after the hold"
		case f.WasHeld:
			result += " and the hold would end"
		}
		if f.Fact != whatif.FactNotResolved {
			list = append(list, "If "+condition(&f)+result+".")
			continue
		}
		if !named[result] {
			named[result] = true
			list = append(list, "If "+notResolved(facts[i:])+result+".")
		}
	}
	return list
}

// condition returns a fact in the words of an if clause.
func condition(f *whatif.Counterfactual) string {
	switch f.Fact {
	case whatif.FactAskedEarlier:
		return "the customer had asked " + until(f.At)
	case whatif.FactNotRefunded:
		return f.Amount.String() + " had not been refunded earlier"
	case whatif.FactNotDisputed:
		return "the dispute of " + f.Amount.String() + " were not open"
	case whatif.FactPaidInFull:
		return "the whole price of " + f.Amount.String() + " had been paid"
	case whatif.FactPermission:
		return "the holder of the account had permitted " + short(f.Subject) + " to ask"
	}
	report := "the report of unauthorized use "
	if id := short(f.Subject); id != "" {
		report += id + " "
	}
	return report + "were closed"
}

// notResolved returns that one issue had not been resolved: that of the first fact, or of another
// one with its result.
func notResolved(facts []whatif.Counterfactual) string {
	var ids []string
	for _, f := range facts {
		if f.Fact == whatif.FactNotResolved && f.Held == facts[0].Held && f.Refundable.Equal(facts[0].Refundable) {
			ids = append(ids, short(f.Subject))
		}
	}
	if len(ids) == 1 {
		return ids[0] + " had not been resolved"
	}
	last := ids[len(ids)-1]
	if others := len(ids) - mostNamed; others > 0 {
		ids = ids[:mostNamed+1]
		last = grouped(strconv.Itoa(others)) + " other issues"
		if others == 1 {
			last = "1 other issue"
		}
	}
	return "any one of " + strings.Join(ids[:len(ids)-1], ", ") + " and " + last + " had not been resolved"
}

// until returns the last day to ask if the result held until it ended, else the instant after
// the last one.
func until(last time.Time) string {
	ended := last.Add(time.Nanosecond)
	if refund.DateOf(ended).Start(ended.Location()).Equal(ended) {
		return "by " + day(last)
	}
	return "before " + clock(ended)
}
