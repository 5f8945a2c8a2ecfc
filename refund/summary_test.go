package refund_test

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// otherPolicy returns a policy in which every figure differs from the published one.
func otherPolicy() refund.Policy {
	p := refund.Published(testkit.NewYork)
	p.Version, p.WindowDays = "acme", 30
	p.Hours = weekdaysOf(9, 13, 14, 18)
	p.Hours[time.Saturday] = openingsOf(10, 16)
	p.CallbackAfter, p.CallbackWithin = time.Hour, 150*time.Minute
	p.Readings.OneTime = refund.OneTimeRefundedIfUnresolved
	return p
}

func TestSummary(t *testing.T) {
	published, other := refund.Published(testkit.NewYork), otherPolicy()
	with := func(p refund.Policy, change func(*refund.Policy)) refund.Policy {
		change(&p)
		return p
	}
	rows := []struct {
		reason string
		policy refund.Policy
		clause refund.Clause
		want   string
	}{
		{"the published window", published, refund.ClauseGuarantee, "A customer who is not satisfied may ask for the money back in the first 15 days after the day of subscribing; the company decides whether to grant it."},
		{"another window", other, refund.ClauseGuarantee, "A customer who is not satisfied may ask for the money back in the first 30 days after the day of subscribing; the company decides whether to grant it."},
		{"one day is not a number of days", with(other, func(p *refund.Policy) { p.WindowDays = 1 }), refund.ClauseGuarantee, "A customer who is not satisfied may ask for the money back in the first day after the day of subscribing; the company decides whether to grant it."},
		{"same_day counts the subscription date", with(other, func(p *refund.Policy) { p.Readings.DayCount = refund.DayCountSameDay }), refund.ClauseGuarantee, "A customer who is not satisfied may ask for the money back in the first 30 days, starting with the day of subscribing; the company decides whether to grant it."},
		{"elapsed counts hours", with(other, func(p *refund.Policy) { p.Readings.DayCount = refund.DayCountElapsed }), refund.ClauseGuarantee, "A customer who is not satisfied may ask for the money back in the first 720 hours after subscribing; the company decides whether to grant it."},

		{"Case 1", published, refund.ClauseCase1, "If no issue was resolved, the whole subscription amount is refunded."},
		{"Case 1 of the amount paid", with(other, func(p *refund.Policy) { p.Readings.DeductFrom = refund.DeductFromAmountPaid }), refund.ClauseCase1, "If no issue was resolved, the whole amount subscribed or paid, whichever is less, is refunded."},
		{"Case 2", other, refund.ClauseCase2, "If issues were resolved in the first 30 days after the day of subscribing, the charge per instance is deducted from the subscription amount once for each of them."},
		{"Case 2 of the amount paid", with(other, func(p *refund.Policy) { p.Readings.DeductFrom = refund.DeductFromAmountPaid }), refund.ClauseCase2, "If issues were resolved in the first 30 days after the day of subscribing, the charge per instance is deducted from the amount subscribed or paid, whichever is less, once for each of them."},

		{"never_refunded", published, refund.ClauseOneTime, "One-time services are not refunded."},
		{"refunded_if_unresolved", other, refund.ClauseOneTime, "A one-time service is refunded only if no issue was resolved."},

		{"the published hours", published, refund.ClauseTicket, "A request is an e-mail that states the reason, or a call to the cancellation desk while it is open (Monday to Friday from 08:00 to 22:00)."},
		{"a break, and a Saturday of its own", other, refund.ClauseTicket, "A request is an e-mail that states the reason, or a call to the cancellation desk while it is open (Monday to Friday from 09:00 to 13:00 and from 14:00 to 18:00, Saturday from 10:00 to 16:00)."},
		{"the same hours every day, over midnight", with(other, func(p *refund.Policy) { p.Hours = daysOf(0, 6, 22, 24) }), refund.ClauseTicket, "A request is an e-mail that states the reason, or a call to the cancellation desk while it is open (Monday to Sunday from 00:00 to 06:00 and from 22:00 to 24:00)."},
		{"a closed Wednesday, and minutes", with(other, func(p *refund.Policy) {
			p.Hours = refund.Weekdays(8*time.Hour+30*time.Minute, 12*time.Hour+5*time.Minute)
			p.Hours[time.Wednesday] = nil
		}), refund.ClauseTicket, "A request is an e-mail that states the reason, or a call to the cancellation desk while it is open (Monday to Tuesday from 08:30 to 12:05, Thursday to Friday from 08:30 to 12:05)."},
		{"a desk that never opens", with(other, func(p *refund.Policy) { p.Hours = refund.Hours{} }), refund.ClauseTicket, "A request is an e-mail that states the reason, or a call to the cancellation desk while it is open."},

		{"the published call back", published, refund.ClauseCallback, "The company calls the customer back between 4 hours and 8 hours after the request, counting the hours in which the desk is open."},
		{"a call back after hours and minutes", other, refund.ClauseCallback, "The company calls the customer back between 1 hour and 2 hours 30 minutes after the request, counting the hours in which the desk is open."},
		{"a call back at once, by the clock", with(other, func(p *refund.Policy) {
			p.CallbackAfter, p.CallbackWithin, p.Readings.CallbackClock = 0, 45*time.Minute, refund.CallbackClockElapsed
		}), refund.ClauseCallback, "The company calls the customer back within 45 minutes of the request."},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := r.policy.Summary(r.clause); got != r.want {
				t.Errorf("got  %q\nwant %q", got, r.want)
			}
		})
	}
}

// For every policy, each clause has a summary of one sentence. It states the policy's own
// figures, not the published ones.
func TestSummariesStateTheFiguresOfThePolicy(t *testing.T) {
	number := regexp.MustCompile(`[0-9]+`)
	allowed := map[string]bool{"30": true, "1": true, "2": true} // days, and hours of the call back
	for _, clock := range []string{"09", "10", "13", "14", "16", "18", "00"} {
		allowed[clock] = true
	}
	figures := 0
	seen := map[string]refund.Clause{}
	for _, clause := range refund.Clauses() {
		text := otherPolicy().Summary(clause)
		for _, n := range number.FindAllString(text, -1) {
			figures++
			if !allowed[n] {
				t.Errorf("%v: %s is not a figure of the policy: %q", clause, n, text)
			}
		}
		if twin, known := seen[text]; known {
			t.Errorf("%v and %v have one summary", clause, twin)
		}
		seen[text] = clause
		for _, p := range []refund.Policy{refund.Published(time.UTC), otherPolicy(), {}} {
			if s := p.Summary(clause); !strings.HasSuffix(s, ".") || strings.Contains(s, ". ") || strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
				t.Errorf("the summary of %v is not one sentence: %q", clause, s)
			}
		}
	}
	if figures < 10 {
		t.Errorf("only %d figures found", figures)
	}
	for _, clause := range []refund.Clause{0, refund.ClauseCap + 1, 255} {
		if s := otherPolicy().Summary(clause); s != "" {
			t.Errorf("clause %d has the summary %q", clause, s)
		}
	}
}

// The fingerprints are those of the lines and sentences of the policy's text, and of every
// nine consecutive words of them.
const policyFingerprints = "" +
	"034f9be305e4be37061a5d39068a44d5081c9f7109fbde3d0d08babd0dcaa36b1064de0b134e2fdd1794d9a71d057993" +
	"1d1323bf1d3326231e0906171f191f86209dfe1a20fdedfe2127261c21f412d5269d4e1c275413f4276ee0672877d439" +
	"28a8745429e47de92bd6dd102c88c1f22ecfa48f2eef1d0a2f5b47f02fb99d1533d2d4a93457f8ba36eba4bf3b4e5c6f" +
	"3bcf223d3e7c7e843e8ebf314017a46d417c53514356b055471ffb12480aeeb04a7837164b1ad3c04bd7ed1d4c020abb" +
	"4c7ad2e04e89a6184ef5fc324f09fe3a4f4cb2f34f599eb34f6017cb52ef700e5345250853a21f1453c47fac586ca652" +
	"5a928bde5ba0d26d5d075abd5d1b5d635e5304b05fe2b95d66f5337168f1727a69b8adf469dc4ee06dd0891d6ff61b84" +
	"7095de2673a9967c751e10ce77f7a98f789b90fb78e6da527a387ac07b4848ca7bb218917c5237147d6d40567ee7a72f" +
	"7f7437367f94073e7ff84a7580b5019082a6416483ffb837845b95e384af0a81855b9776870fad258796fda588472f24" +
	"89ca257d8a69550d8b81de1e8f8599a58fc24a5f90f369269334870d937cb68b93d0a32093d16ec996c54bbd99313bfb" +
	"9aefdb629aff98ea9b8f7d919c1d91e49f054df89f1568c1a29bb5b6a2c3a655a34a1191aa17fc64ac2b6884ad5ddb61" +
	"b227503eb44b3b5fb518551ab99635dfbe2bf10ebeddc6ebbfe2b467c0dce78cc492c6f6c61d4d5bc9a6f691cd23f59f" +
	"ce7c8c3fd260854fd3a1d3d6d59b1550d5c9562fd6839939d6d4d470d8904faad9d6ef70daa9d2eadb5aa5c3de03557e" +
	"df38df3cdf70676de265c0dde5f8e5cbe7584cb1e7731e08e91a23f7eb9cb05eebb4bab8eeb9b1ccef57d4f2f092bdfd" +
	"f3d53ffa"

func fingerprint(words []string) string {
	h := fnv.New32a()
	h.Write([]byte(strings.Join(words, " ")))
	return fmt.Sprintf("%08x", h.Sum32())
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// The policy's sentences are its author's: clauses say them in other words.
func TestSummariesAreNotCopied(t *testing.T) {
	known := map[string]bool{}
	for i := 0; i+8 <= len(policyFingerprints); i += 8 {
		known[policyFingerprints[i:i+8]] = true
	}
	for _, c := range refund.Clauses() {
		// The headings prove that the search finds fingerprints.
		if !known[fingerprint(wordsOf(c.Section()))] {
			t.Errorf("%q is not a heading of the policy", c.Section())
		}
		for _, p := range []refund.Policy{refund.Published(time.UTC), otherPolicy()} {
			words := wordsOf(p.Summary(c))
			for from := range words {
				for to := from + 5; to <= len(words); to++ {
					if known[fingerprint(words[from:to])] {
						t.Errorf("the summary of %v has a piece of the policy: %q", c, words[from:to])
					}
				}
			}
		}
	}
}
