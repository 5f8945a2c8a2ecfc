package refund_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// This test shows how sentences quote findings. TestSentences has the other sentences.
func TestWhyQuotesFindings(t *testing.T) {
	find := func(clause refund.Clause, severity refund.Severity, words ...string) func(*refund.Case) {
		return func(c *refund.Case) {
			for i := 0; i < len(words); i += 2 {
				c.Findings = append(c.Findings, refund.Finding{Clause: clause, Severity: severity, Subject: words[i], Detail: words[i+1]})
			}
		}
	}
	const satisfied, advisory, blocking = refund.SeveritySatisfied, refund.SeverityAdvisory, refund.SeverityBlocking
	rows := []struct {
		reason string
		change func(*refund.Case)
		clause refund.Clause
		want   string
	}{
		{"without a subject and a detail", find(refund.ClauseLogReview, satisfied, "", ""), refund.ClauseLogReview, "reviewed, no objection"},
		{"a subject and a detail", find(refund.ClauseLogReview, satisfied, "T-1", "the recording agrees"), refund.ClauseLogReview, "reviewed, no objection: T-1, the recording agrees"},
		{"a subject alone, and a detail alone", find(refund.ClauseLogReview, advisory, "T-1", "", "", "not in the chat"), refund.ClauseLogReview, "noted, without effect on the amount: not in the chat; T-1"},
		{"findings without words between others are left out", find(refund.ClauseLogReview, advisory, "a", "", "", "", "b", ""), refund.ClauseLogReview, "noted, without effect on the amount: a; b"},
		{"three are quoted", find(refund.ClauseLogReview, advisory, "a", "", "b", "", "c", ""), refund.ClauseLogReview, "noted, without effect on the amount: a; b; c"},
		{"more than three are counted", find(refund.ClauseLogReview, advisory, "a", "", "b", "", "c", "", "d", "", "e", ""), refund.ClauseLogReview, "noted, without effect on the amount: a; b; c; and 2 more"},
		{"only the worst findings are quoted", func(c *refund.Case) {
			find(refund.ClauseCooperation, satisfied, "a", "")(c)
			find(refund.ClauseCooperation, advisory, "z", "hung up")(c)
		}, refund.ClauseCooperation, "noted, without effect on the amount: z, hung up"},
		{"findings on other clauses are not quoted", func(c *refund.Case) {
			find(refund.ClauseLogReview, satisfied, "a", "")(c)
			find(refund.ClauseLicensed, advisory, "z", "no license")(c)
			find(refund.ClauseCredentials, satisfied, "c", "")(c)
		}, refund.ClauseLicensed, "noted, without effect on the amount: z, no license"},
		{"four open reports", find(refund.ClauseCredentials, blocking, "R-1", "", "R-2", "", "R-3", "", "R-4", ""), refund.ClauseCredentials, "on hold until 4 reports of unauthorized use are closed: R-1; R-2; R-3; and 1 more"},
		{"an open report, and findings that do not block", func(c *refund.Case) {
			find(refund.ClauseCredentials, blocking, "R-1", "")(c)
			find(refund.ClauseCredentials, advisory, "C-9", "shared")(c)
		}, refund.ClauseCredentials, "on hold until the report of unauthorized use R-1 is closed"},
		{"control characters and line breaks become spaces", find(refund.ClauseCredentials, advisory, "a\nb", "\x1b[31mred\u2028\u202e\x7f\xff\r\n✓"), refund.ClauseCredentials, "noted, without effect on the amount: a b,  [31mred   \ufffd  ✓"},
		{"control characters of a report's id become spaces", find(refund.ClauseCredentials, blocking, "R\n1", ""), refund.ClauseCredentials, "on hold until the report of unauthorized use R 1 is closed"},
		{"the finding that the evaluation makes about a stranger is not quoted", func(c *refund.Case) {
			c.Request.By = "ACC-8"
			find(refund.ClauseAccountAccess, blocking, "", "no permission")(c)
		}, refund.ClauseAccountAccess, "on hold: the request came from another account (ACC-8); the holder's permission is needed; also to be settled: no permission"},
		{"an advisory finding about a stranger is not quoted, because it does not hold", func(c *refund.Case) {
			c.Request.By = "ACC-8"
			find(refund.ClauseAccountAccess, advisory, "P-1", "unclear")(c)
		}, refund.ClauseAccountAccess, "on hold: the request came from another account (ACC-8); the holder's permission is needed"},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(testkit.NewYork), plainCase()
			r.change(&c)
			o := evaluated(t, p, c)
			if got := o.Why(r.clause); got != r.want {
				t.Errorf("got  %q\nwant %q", got, r.want)
			}
			if law := brokenLaw(c, o); law != "" {
				t.Error(law)
			}
		})
	}
}

// No sentence states an exclusive midnight as the last day or contains a code. A sentence
// about a hold says what ends it.
func TestSentencesAreForPeople(t *testing.T) {
	for _, r := range sentenceRows(t) {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(testkit.NewYork), plainCase()
			r.change(&p, &c)
			o := evaluated(t, p, c)
			for _, clause := range refund.Clauses() {
				text := o.Why(clause)
				for _, code := range []string{"request.", "subscription.", "not_", "_", "00:00", "ACC-7"} {
					if strings.Contains(text, code) {
						t.Errorf("%v has %q: %q", clause, code, text)
					}
				}
				if first, again, ok := strings.Cut(text, ": "); ok && strings.HasPrefix(again, first) {
					t.Errorf("%v says %q twice", clause, first)
				}
				if held := o.Statuses[clause] == refund.StatusBlocking; held != strings.HasPrefix(text, "on hold") ||
					held && !strings.Contains(text, "until") && !strings.Contains(text, "needed") {
					t.Errorf("%v, %v: %q", clause, o.Statuses[clause], text)
				}
			}
		})
	}
}

func TestWhyRefundable(t *testing.T) {
	rows := []struct {
		reason                          string
		entitlement, refunded, disputed string
		want                            string
	}{
		{"neither refunded nor disputed", "75.00", "0.00", "0.00", "75.00 USD"},
		{"an earlier refund", "75.00", "30.00", "0.00", "75.00 USD less 30.00 USD already refunded: 45.00 USD"},
		{"an open dispute", "75.00", "0.00", "20.00", "75.00 USD less 20.00 USD in dispute: 55.00 USD"},
		{"an earlier refund and an open dispute", "75.00", "30.00", "20.00", "75.00 USD less 30.00 USD already refunded and 20.00 USD in dispute: 25.00 USD"},
		{"exactly the entitlement", "75.00", "75.00", "0.00", "75.00 USD less 75.00 USD already refunded: 0.00 USD"},
		{"a cent beyond the entitlement", "75.00", "75.00", "0.01", "75.00 USD less 75.00 USD already refunded and 0.01 USD in dispute: 0.00 USD (0.01 USD beyond the entitlement)"},
		{"an entitlement of zero", "0.00", "30.00", "0.00", "0.00 USD less 30.00 USD already refunded: 0.00 USD (30.00 USD beyond the entitlement)"},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(testkit.NewYork), plainCase()
			s := &c.Subscription
			s.Price, s.Paid = testkit.USD("100.00"), testkit.USD("100.00")
			c.Issues = refund.IssueLog{resolvedAt("T-1", c.Request.At)}
			if r.entitlement == "0.00" {
				s.Service.PerInstance = testkit.USD("100.00")
			}
			s.Refunded, s.Disputed = testkit.USD(r.refunded), testkit.USD(r.disputed)
			if got := evaluated(t, p, c).WhyRefundable(); got != r.want {
				t.Errorf("got  %q\nwant %q", got, r.want)
			}
		})
	}
	if got := (refund.Outcome{}).WhyRefundable(); brokenLine(got) != "" {
		t.Errorf("the zero Outcome says %q", got)
	}
}

func TestWhyOfAnInvalidClause(t *testing.T) {
	o := evaluated(t, refund.Published(time.UTC), plainCase())
	for _, clause := range []refund.Clause{0, 19, 255} {
		if got := o.Why(clause); got != "" {
			t.Errorf("clause %d says %q", clause, got)
		}
		if got := string(o.AppendWhy([]byte("kept"), clause)); got != "kept" {
			t.Errorf("clause %d appends %q", clause, got)
		}
	}
}

// An outcome may be built by hand. The zero Outcome grants no refund, and its sentences do
// not panic.
func TestWhyOfTheZeroOutcome(t *testing.T) {
	for _, clause := range refund.Clauses() {
		if text := (refund.Outcome{}).Why(clause); brokenLine(text) != "" {
			t.Errorf("%v %s: %q", clause, brokenLine(text), text)
		}
	}
	// An unset status is not a review.
	for _, status := range []refund.Status{0, refund.StatusNotEvaluated, refund.StatusNotApplicable} {
		var o refund.Outcome
		for _, clause := range refund.Clauses() {
			if !clause.TakesFindings() {
				continue
			}
			o.Statuses[clause] = status
			want := "not reviewed yet"
			if clause == refund.ClauseAccountAccess && status == refund.StatusNotEvaluated {
				want = "not known whether the holder of the account asked"
			}
			if got := o.Why(clause); got != want {
				t.Errorf("%v, %v: %q, want %q", clause, status, got, want)
			}
		}
	}
	for _, step := range (refund.Outcome{}).Steps() {
		if step.Status != 0 || !step.Amount.IsZero() {
			t.Errorf("the zero Outcome has a step %v", step)
		}
	}
}

func TestAppendWhy(t *testing.T) {
	p, c := refund.Published(zone(t, "America/New_York")), plainCase()
	c.Issues = refund.IssueLog{resolvedAt("T-1", c.Request.At)}
	o := evaluated(t, p, c)
	for _, clause := range refund.Clauses() {
		if got, want := string(o.AppendWhy([]byte("so: "), clause)), "so: "+o.Why(clause); got != want {
			t.Errorf("%v appends %q, want %q", clause, got, want)
		}
	}
	room := make([]byte, 0, 4096)
	if n := testing.AllocsPerRun(100, func() {
		for clause := refund.ClauseGuarantee; clause <= refund.ClauseCap; clause++ {
			o.AppendWhy(room, clause)
		}
	}); n > 0 {
		t.Errorf("%v allocations for all sentences, want 0 if there is room", n)
	}
}

var whySink [18]string

// A sentence is allocated once: as the string that is returned.
func TestWhyAllocations(t *testing.T) {
	outcome, err := refund.Published(time.UTC).Evaluate(soundCase())
	if err != nil {
		t.Fatal(err)
	}
	clauses := refund.Clauses()
	if n := testing.AllocsPerRun(100, func() {
		for i, c := range clauses {
			whySink[i] = outcome.Why(c)
		}
	}); n > float64(len(whySink)) {
		t.Errorf("%v allocations for %d reasons", n, len(whySink))
	}
}
