package notice_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

func note(t testkit.TB, p refund.Policy, o refund.Outcome, opt notice.NoteOptions) string {
	t.Helper()
	s, err := notice.Note(p, o, opt)
	if err != nil {
		t.Fatalf("no note: %v", err)
	}
	for _, r := range s {
		if r != '\n' && r != '\u200c' && r != '\u200d' && !unicode.IsGraphic(r) {
			t.Fatalf("the note has the character %U", r)
		}
	}
	return s
}

func TestNotes(t *testing.T) {
	var text strings.Builder
	for _, row := range caseRows() {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, _, o := evaluated(t, row.change)
			text.WriteString("=== " + row.reason + "\n\n" + note(t, p, o, notice.NoteOptions{}) + "\n")
		})
	}
	testkit.Row(t, "two resolutions in doubt, and nobody has looked at the rest", func(t *testing.T) {
		p, _, o := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
			resolve(c, 3)
			c.Findings, c.Request.By = nil, ""
			find(c, refund.ClauseLogReview, refund.SeverityAdvisory, "T-2", "no call found")
		})
		text.WriteString("=== evidence\n\n" + note(t, p, o, notice.NoteOptions{Low: testkit.USD("124.99"), High: testkit.USD("174.99")}) + "\n")
	})
	testkit.Row(t, "every resolution is corroborated", func(t *testing.T) {
		p, _, o := evaluated(t, nil)
		text.WriteString("=== evidence agrees\n\n" + note(t, p, o, notice.NoteOptions{Low: testkit.USD("174.99"), High: testkit.USD("174.99")}) + "\n")
	})
	golden(t, "notes.txt", text.String())
}

// A note names every clause once with its reason, and has a line for every closed gate.
func TestNotesHaveEveryClause(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, _, o := drawn(t)
		s := note(t, p, o, notice.NoteOptions{})
		_, argument, _ := strings.Cut(s, "\nBefore an approval\n")
		gates, argument, _ := strings.Cut(argument, "\n\n")
		words := wordsOf(argument)
		for _, c := range refund.Clauses() {
			if why := wordsOf(o.Why(c)); !strings.Contains(words, ": "+why) || !strings.Contains(words, c.Title()) {
				t.Fatalf("%s is missing: %q\n%s", c, why, s)
			}
		}
		if n, want := strings.Count("\n"+gates, "\n- "), max(len(decision.Check(p, o)), 1); n != want {
			t.Fatalf("%d gates, want %d:\n%s", n, want, s)
		}
	})
}

func TestNotesAreRefused(t *testing.T) {
	usd := testkit.USD
	for _, row := range []struct {
		reason string
		edit   func(*refund.Policy, *refund.Outcome)
		opt    notice.NoteOptions
		paths  []string
	}{
		{"another policy", func(p *refund.Policy, _ *refund.Outcome) { p.WindowDays = 14 }, notice.NoteOptions{}, []string{"policy"}},
		{"the zero outcome", func(_ *refund.Policy, o *refund.Outcome) { *o = refund.Outcome{} }, notice.NoteOptions{}, []string{"policy", "outcome.verdict"}},
		{"a range without an upper end", nil, notice.NoteOptions{Low: usd("174.99")}, []string{"options.high"}},
		{"a range in another currency", nil, notice.NoteOptions{Low: usd("174.99"), High: refund.MustMoney("1", "JPY")}, []string{"options.high"}},
		{"a range of another case", nil, notice.NoteOptions{Low: usd("100.00"), High: usd("174.99")}, []string{"options.low"}},
		{"a range that is upside down", nil, notice.NoteOptions{Low: usd("174.99"), High: usd("100.00")}, []string{"options.high"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, _, o := evaluated(t, nil)
			if row.edit != nil {
				row.edit(&p, &o)
			}
			s, err := notice.Note(p, o, row.opt)
			testkit.WantPaths(t, err, row.paths...)
			if s != "" {
				t.Error("half a note with an error")
			}
		})
	}
}

// Findings of any number and length make a note of a few pages.
func TestNotesAreBounded(t *testing.T) {
	p, _, o := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
		resolve(c, 1000)
		for clause := refund.ClauseLogReview; clause <= refund.ClauseAccountAccess; clause++ {
			for range 1000 {
				find(c, clause, refund.SeverityAdvisory, "T-1", strings.Repeat("text ", 1000))
			}
		}
	})
	if s := note(t, p, o, notice.NoteOptions{}); strings.Count(s, "\n") > 150 {
		t.Errorf("%d lines", strings.Count(s, "\n"))
	}
}

func FuzzHostileNotes(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, _, o := evaluated(t, nil)
		o.Subscription, o.Basis.Policy, p.Version, o.Basis.Account, o.Basis.RequestedBy = s, s, s, s, s+"x"
		o.Statuses[refund.ClauseAccountAccess], o.Statuses[refund.ClauseLogReview] = refund.StatusSatisfied, refund.StatusObjected
		o.Findings = []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: s, Detail: s}}
		note(t, p, o, notice.NoteOptions{})
	})
}
