package notice_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// An explanation has the amount and the reason of every clause, and a note has all of the
// explanation.
func TestExplain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, o := drawn(t)
		s := notice.Explain(o)
		checkPlain(t, s)
		words := wordsOf(s)
		for _, clause := range refund.Clauses() {
			if !strings.Contains(words, ": "+wordsOf(o.Why(clause))) || !strings.Contains(words, clause.Title()) {
				t.Fatalf("%s is missing:\n%s", clause, s)
			}
		}
		if !strings.Contains(words, o.Refundable.String()) {
			t.Fatalf("the amount is missing:\n%s", s)
		}
		n := note(t, p, c, notice.NoteOptions{})
		result, argument, _ := strings.Cut(s, "\n\n")
		if !strings.HasPrefix(n, result+"\n") || !strings.HasSuffix(n, "\n\n"+argument) {
			t.Fatalf("the note differs from the explanation:\n%s\n%s", n, s)
		}
	})
}

// The zero outcome has a text too.
func TestExplainZeroOutcome(t *testing.T) {
	if s := notice.Explain(refund.Outcome{}); !strings.Contains(s, "no amount") {
		t.Errorf("the text is\n%s", s)
	}
}

// Texts of an outcome that was built by hand may have any characters and any length.
func FuzzHostileExplanations(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, _, o := evaluated(t, nil)
		o.Subscription, o.Basis.Policy, o.Basis.Account, o.Basis.RequestedBy = s, s, s, s+"x"
		o.Statuses[refund.ClauseAccountAccess], o.Statuses[refund.ClauseLogReview] = refund.StatusSatisfied, refund.StatusObjected
		o.Findings = []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: s, Detail: s}}
		text := notice.Explain(o)
		checkPlain(t, text)
		if n := utf8.RuneCountInString(text); n > 5000 {
			t.Errorf("%d characters", n)
		}
	})
}

func TestExplainNamesTheHold(t *testing.T) {
	_, _, o := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
		c.Request.By = "ACC-8"
		c.Subscription.Refunded = testkit.USD("30.00")
	})
	want := `SUB-1. Refundable: 144.99 USD (deducted), on hold
How: 174.99 USD less 30.00 USD already refunded: 144.99 USD

On hold
- Account access: on hold: the request came from another account
  (ACC-8); the holder's permission is needed
`
	if s := notice.Explain(o); !strings.HasPrefix(s, want) {
		t.Errorf("the text is\n%s", s)
	}
}
