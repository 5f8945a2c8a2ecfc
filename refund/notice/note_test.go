package notice_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

func note(t testkit.TB, p refund.Policy, c refund.Case, opt notice.NoteOptions) string {
	t.Helper()
	s, err := notice.Note(p, c, opt)
	if err != nil {
		t.Fatalf("no note: %v", err)
	}
	checkPlain(t, s)
	return s
}

// checkPlain fails if a text has a control or bidirectional character.
func checkPlain(t testkit.TB, s string) {
	t.Helper()
	for _, r := range s {
		if r != '\n' && r != '\u200c' && r != '\u200d' && !unicode.IsGraphic(r) {
			t.Fatalf("the text has the character %U", r)
		}
	}
}

func figuresOf(logged, supported, corroborated string) notice.NoteOptions {
	return notice.NoteOptions{Figures: evidence.Figures{
		Logged: testkit.USD(logged), Supported: testkit.USD(supported), Corroborated: testkit.USD(corroborated),
	}}
}

func TestNotes(t *testing.T) {
	var text strings.Builder
	for _, row := range caseRows() {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, c, _ := evaluated(t, row.change)
			text.WriteString("=== " + row.reason + "\n\n" + note(t, p, c, notice.NoteOptions{}) + "\n")
		})
	}
	testkit.Row(t, "two resolutions in doubt, and nobody has looked at the rest", func(t *testing.T) {
		p, c, _ := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
			resolve(c, 3)
			c.Findings, c.Request.By = nil, ""
			find(c, refund.ClauseLogReview, refund.SeverityAdvisory, "T-2", "no call found")
		})
		text.WriteString("=== evidence\n\n" + note(t, p, c, figuresOf("124.99", "149.99", "174.99")) + "\n")
	})
	testkit.Row(t, "a resolution is supported by no record", func(t *testing.T) {
		p, c, _ := evaluated(t, nil)
		text.WriteString("=== evidence for none\n\n" + note(t, p, c, figuresOf("174.99", "199.99", "199.99")) + "\n")
	})
	testkit.Row(t, "every resolution is corroborated", func(t *testing.T) {
		p, c, _ := evaluated(t, nil)
		text.WriteString("=== evidence agrees\n\n" + note(t, p, c, figuresOf("174.99", "174.99", "174.99")) + "\n")
	})
	golden(t, "notes.txt", text.String())
}

// A note names every clause once with its reason, and has a line for every closed gate.
func TestNotesHaveEveryClause(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, o := drawn(t)
		s := note(t, p, c, notice.NoteOptions{})
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

// A note has a sentence with the result of every counterfactual, and names no other issue.
func TestNotesHaveEveryCounterfactual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, _ := drawn(t)
		_, sentences, found := strings.Cut(note(t, p, c, notice.NoteOptions{}), "\nWith one fact changed\n")
		sentences, _, _ = strings.Cut(sentences, "\n\n")
		sentences = wordsOf(sentences)
		facts, err := whatif.Counterfactuals(p, c)
		if err != nil {
			if !strings.Contains(sentences, "Not computed") {
				t.Fatalf("no counterfactuals, and no reason:\n%s", sentences)
			}
			return
		}
		if found != (len(facts) > 0) {
			t.Fatalf("%d facts:\n%s", len(facts), sentences)
		}
		for _, f := range facts {
			if !strings.Contains(sentences, ", "+f.Refundable.String()+" would be refundable") {
				t.Fatalf("%v is missing:\n%s", f, sentences)
			}
			if strings.Contains(sentences, "the hold would end") && (!f.WasHeld) {
				t.Fatalf("a hold that is not there ends:\n%s", sentences)
			}
		}
	})
}

func TestCounterfactualSentences(t *testing.T) {
	usd := testkit.USD
	for _, row := range []struct {
		reason   string
		change   func(*refund.Policy, *refund.Case)
		sentence string
	}{
		{"the window closed at the end of a day", func(_ *refund.Policy, c *refund.Case) { c.Request.At = testkit.March(19, 9, 30) },
			"If the customer had asked by 17 March 2026, 174.99 USD would be refundable."},
		{"a resolution ended the larger amount within a day", nil,
			"If the customer had asked before 3 March 2026 at 11:00 EST, 199.99 USD would be refundable."},
		{"one issue was resolved", nil, "If T-1 had not been resolved, 199.99 USD would be refundable."},
		{"a few issues were resolved", func(_ *refund.Policy, c *refund.Case) { resolve(c, 3) },
			"If any one of T-1, T-2 and T-3 had not been resolved, 149.99 USD would be refundable."},
		{"many issues were resolved: a note names three of them", func(_ *refund.Policy, c *refund.Case) { resolve(c, 7) },
			"If any one of T-1, T-2, T-3 and 4 other issues had not been resolved, 49.99 USD would be refundable."},
		{"four issues were resolved", func(_ *refund.Policy, c *refund.Case) { resolve(c, 4) },
			"If any one of T-1, T-2, T-3 and 1 other issue had not been resolved, 124.99 USD would be refundable."},
		{"a part was refunded earlier", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = usd("30.00") },
			"If 30.00 USD had not been refunded earlier, 174.99 USD would be refundable."},
		{"a dispute is open", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Disputed = usd("20.00") },
			"If the dispute of 20.00 USD were not open, 174.99 USD would be refundable."},
		{"the price was paid in part", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Paid = usd("120.00") },
			"If the whole price of 199.99 USD had been paid, 174.99 USD would be refundable."},
		{"a stranger asked", func(_ *refund.Policy, c *refund.Case) { c.Request.By = "ACC-8" },
			"If the holder of the account had permitted ACC-8 to ask, 174.99 USD would be refundable and the hold would end."},
		{"a report is open", func(_ *refund.Policy, c *refund.Case) {
			find(c, refund.ClauseCredentials, refund.SeverityBlocking, "R-1", "")
		}, "If the report of unauthorized use R-1 were closed, 174.99 USD would be refundable and the hold would end."},
		{"a report without an id is open", func(_ *refund.Policy, c *refund.Case) {
			find(c, refund.ClauseCredentials, refund.SeverityBlocking, "", "")
		}, "If the report of unauthorized use were closed, 174.99 USD would be refundable and the hold would end."},
		{"another amount is on hold too", func(_ *refund.Policy, c *refund.Case) { c.Request.By = "ACC-8" },
			"If T-1 had not been resolved, 199.99 USD would be refundable after the hold."},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, c, _ := evaluated(t, row.change)
			if s := wordsOf(note(t, p, c, notice.NoteOptions{})); !strings.Contains(s, row.sentence) {
				t.Errorf("no %q in\n%s", row.sentence, s)
			}
		})
	}
}

// A case that can be judged has a note, also if the results with one fact changed are not known.
func TestNotesWithoutCounterfactuals(t *testing.T) {
	for _, row := range []struct {
		reason string
		change func(*refund.Policy, *refund.Case)
		says   string
	}{
		{"a call back after the last day of the calendar cannot be due", func(p *refund.Policy, c *refund.Case) {
			december := func(day int) time.Time { return time.Date(9999, time.December, day, 10, 0, 0, 0, p.Location) }
			p.Readings.CallbackClock, p.CallbackWithin = refund.CallbackClockElapsed, 72*time.Hour
			c.Subscription.Start, c.Request.At = december(15), december(20)
			resolve(c, 0)
		}, "- Not computed, since a request at another time cannot be judged"},
		{"a thousand and one issues were resolved", func(_ *refund.Policy, c *refund.Case) { resolve(c, 1001) },
			"- Not computed, since more than 1,000 issues were resolved in the window"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, c, _ := evaluated(t, row.change)
			s := wordsOf(note(t, p, c, notice.NoteOptions{}))
			if want := "With one fact changed " + row.says[2:] + " Applied"; !strings.Contains(s, want) {
				t.Errorf("no %q in\n%s", want, s)
			}
		})
	}
}

func TestNotesAreRefused(t *testing.T) {
	for _, row := range []struct {
		reason string
		edit   func(*refund.Policy, *refund.Case)
		opt    notice.NoteOptions
		paths  []string
	}{
		{"a policy that is not valid", func(p *refund.Policy, _ *refund.Case) { p.WindowDays = 0 }, notice.NoteOptions{}, []string{"policy.window_days"}},
		{"a case without an issue log", func(_ *refund.Policy, c *refund.Case) { c.Issues = nil }, notice.NoteOptions{}, []string{"issues"}},
		{"one figure of three", nil, notice.NoteOptions{Figures: evidence.Figures{Logged: testkit.USD("174.99")}},
			[]string{"options.figures.supported", "options.figures.corroborated"}},
		{"a figure in another currency", nil, notice.NoteOptions{Figures: evidence.Figures{
			Logged: testkit.USD("174.99"), Supported: testkit.USD("174.99"), Corroborated: refund.MustMoney("1", "JPY"),
		}}, []string{"options.figures.corroborated"}},
		{"figures of another case", nil, figuresOf("100.00", "174.99", "174.99"), []string{"options.figures.logged"}},
		{"figures that fall", nil, figuresOf("174.99", "100.00", "50.00"), []string{"options.figures.supported", "options.figures.corroborated"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, c, _ := evaluated(t, nil)
			if row.edit != nil {
				row.edit(&p, &c)
			}
			s, err := notice.Note(p, c, row.opt)
			testkit.WantPaths(t, err, row.paths...)
			if s != "" {
				t.Error("half a note with an error")
			}
		})
	}
}

// Findings of any number and length make a note of a few pages.
func TestNotesAreBounded(t *testing.T) {
	p, c, _ := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
		for clause := refund.ClauseLogReview; clause <= refund.ClauseAccountAccess; clause++ {
			for range 1000 {
				find(c, clause, refund.SeverityAdvisory, "T-1", strings.Repeat("text ", 1000))
			}
		}
	})
	if n := strings.Count(note(t, p, c, notice.NoteOptions{}), "\n"); n > 150 {
		t.Errorf("%d lines", n)
	}
}

// A thousand issues make a note of a page, although each resolution changes the amount.
func TestNotesOnManyIssuesAreBounded(t *testing.T) {
	p, c, _ := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
		c.Subscription.Price, c.Subscription.Paid = testkit.USD("99999.00"), testkit.USD("99999.00")
		resolve(c, 1000)
		for i := range c.Issues {
			c.Issues[i].Resolved = c.Issues[i].Resolved.Add(time.Duration(i) * time.Minute)
		}
	})
	s := note(t, p, c, notice.NoteOptions{})
	if n := strings.Count(s, "\n"); n > 60 {
		t.Errorf("%d lines", n)
	}
	if n := strings.Count(s, "\n- If "); n != 3 { // asked earlier, asked first, and not resolved
		t.Errorf("%d facts:\n%s", n, s)
	}
}

// A note has no markup and no control or bidirectional character, whatever the case has in its
// texts. A text that a case must not have is refused.
func FuzzHostileNotes(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, change := range []func(*refund.Policy, *refund.Case){
			func(p *refund.Policy, _ *refund.Case) { p.Version = s },
			func(_ *refund.Policy, c *refund.Case) { c.Subscription.ID = s },
			func(_ *refund.Policy, c *refund.Case) { c.Subscription.Account = s },
			func(_ *refund.Policy, c *refund.Case) { c.Request.By = s },
			func(_ *refund.Policy, c *refund.Case) { c.Request.Reason = s },
			func(_ *refund.Policy, c *refund.Case) { c.Issues[0].ID = s },
			func(_ *refund.Policy, c *refund.Case) {
				find(c, refund.ClauseLogReview, refund.SeverityAdvisory, s, "")
			},
			func(_ *refund.Policy, c *refund.Case) {
				find(c, refund.ClauseCredentials, refund.SeverityBlocking, s, s)
			},
			func(_ *refund.Policy, c *refund.Case) {
				find(c, refund.ClauseAccountAccess, refund.SeverityBlocking, "", s)
			},
		} {
			p, c := testkit.Policy(), testkit.ReviewedCase()
			change(&p, &c)
			text, err := notice.Note(p, c, notice.NoteOptions{})
			var invalid *refund.InvalidError
			if err != nil && !errors.As(err, &invalid) {
				t.Fatal(err)
			}
			checkPlain(t, text)
		}
	})
}
