package whatif_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

func TestEveryCounterfactualHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		list, err := whatif.Counterfactuals(p, c)
		if err != nil {
			t.Fatalf("counterfactuals: %v", err)
		}
		now, err := p.Evaluate(c)
		if err != nil {
			t.Fatalf("evaluate: %v", err)
		}
		if len(list) > whatif.MaxCounterfactuals {
			t.Fatalf("%d counterfactuals", len(list))
		}
		for i, f := range list {
			o, err := p.Evaluate(f.Apply(c))
			if err != nil {
				t.Fatalf("%v: %v", f, err)
			}
			if !o.Refundable.Equal(f.Refundable) || o.Held != f.Held || now.Held != f.WasHeld {
				t.Fatalf("%v: evaluated %v, held %v", f, o.Refundable, o.Held)
			}
			more, _ := o.Refundable.Cmp(now.Refundable)
			if more <= 0 && o.Statuses == now.Statuses {
				t.Fatalf("%v changes no amount and no status", f)
			}
			if more < 0 || o.Held && !now.Held {
				t.Fatalf("%v makes it worse", f)
			}
			if i > 0 {
				if sign, _ := list[i-1].Refundable.Cmp(f.Refundable); sign < 0 {
					t.Fatalf("%v comes after %v", f, list[i-1])
				}
			}
		}
	})
}

// A counterfactual changes one fact: all others are those of the case.
func TestACounterfactualChangesOneFact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		kept := c
		kept.Issues, kept.Findings = slices.Clone(c.Issues), slices.Clone(c.Findings)
		list, err := whatif.Counterfactuals(p, c)
		if err != nil {
			t.Fatalf("counterfactuals: %v", err)
		}
		for _, f := range list {
			d := f.Apply(c)
			different := 0
			for _, same := range []bool{
				d.Request.At.Equal(c.Request.At),
				d.Subscription.Refunded.Equal(c.Subscription.Refunded),
				d.Subscription.Disputed.Equal(c.Subscription.Disputed),
				d.Subscription.Paid.Equal(c.Subscription.Paid),
				cmp.Equal(d.Issues, c.Issues),
				slices.Equal(d.Findings, c.Findings),
			} {
				if !same {
					different++
				}
			}
			if different != 1 {
				t.Fatalf("%v changes %d facts", f, different)
			}
			issues := 0
			for i := range d.Issues {
				if !d.Issues[i].Resolved.Equal(c.Issues[i].Resolved) {
					issues++
				}
			}
			if issues > 1 {
				t.Fatalf("%v changes %d issues", f, issues)
			}
			if f.Fact == whatif.FactAskedEarlier && !f.At.Before(c.Request.At) {
				t.Fatalf("%v is not earlier than %v", f.At, c.Request.At)
			}
		}
		wantSame(t, "the case afterwards", c, kept)
	})
}

// Every fact that alone raises the amount is found: each is tried here by hand.
func TestNoCounterfactualIsMissing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		list, err := whatif.Counterfactuals(p, c)
		if err != nil {
			t.Fatalf("counterfactuals: %v", err)
		}
		now, err := p.Evaluate(c)
		if err != nil {
			t.Fatalf("evaluate: %v", err)
		}
		want := func(fact whatif.Fact, subject string, change func(*refund.Case)) {
			d := c
			d.Issues, d.Findings = slices.Clone(c.Issues), slices.Clone(c.Findings)
			change(&d)
			o, err := p.Evaluate(d)
			if err != nil {
				t.Fatalf("%v: %v", fact, err)
			}
			more, _ := o.Refundable.Cmp(now.Refundable)
			found := slices.ContainsFunc(list, func(f whatif.Counterfactual) bool { return f.Fact == fact && f.Subject == subject })
			if more > 0 && !found || more == 0 && found && o.Held == now.Held && !now.Held {
				t.Fatalf("%v %q: %v instead of %v, found %v", fact, subject, o.Refundable, now.Refundable, found)
			}
		}
		want(whatif.FactNotRefunded, "", func(c *refund.Case) { c.Subscription.Refunded = refund.Money{} })
		want(whatif.FactNotDisputed, "", func(c *refund.Case) { c.Subscription.Disputed = refund.Money{} })
		if sign, _ := c.Subscription.Paid.Cmp(c.Subscription.Price); sign < 0 {
			want(whatif.FactPaidInFull, "", func(c *refund.Case) { c.Subscription.Paid = c.Subscription.Price })
		}
		if len(c.Issues) <= 10 {
			for i, issue := range c.Issues {
				if !issue.Resolved.IsZero() {
					want(whatif.FactNotResolved, issue.ID, func(c *refund.Case) { c.Issues[i].Resolved = refund.Issue{}.Resolved })
				}
			}
		}
		if c.Request.At.After(c.Subscription.Start) {
			want(whatif.FactAskedEarlier, "", func(c *refund.Case) {
				*c = whatif.Counterfactual{Fact: whatif.FactAskedEarlier, At: c.Subscription.Start}.Apply(*c)
			})
		}
	})
}

func TestCounterfactualSentences(t *testing.T) {
	issue := func(id string, day int) refund.Issue {
		return refund.Issue{ID: id, Opened: testkit.March(2, 9, 0), Resolved: testkit.March(day, 11, 0)}
	}
	stranger := func(c *refund.Case) { c.Request.By = "ACC-8" }
	report := func(id string) func(*refund.Case) {
		return func(c *refund.Case) {
			c.Findings = append(c.Findings, refund.Finding{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking, Subject: id})
		}
	}
	rows := []struct {
		reason  string
		changes []func(*refund.Case)
		want    []string
	}{
		{"a full refund on its first day could not be more", []func(*refund.Case){func(c *refund.Case) { c.Issues = refund.IssueLog{} }}, nil},
		{"two resolutions: asked before the second, before the first, or without one", []func(*refund.Case){func(c *refund.Case) {
			c.Issues = refund.IssueLog{issue("T-1", 3), issue("T-2", 5)}
		}}, []string{
			"asked before 3 March 2026 at 11:00 EST: 199.99 USD",
			"asked before 5 March 2026 at 11:00 EST: 174.99 USD",
			"T-2 not resolved: 174.99 USD",
			"T-1 not resolved: 174.99 USD",
		}},
		{"late: the last day of the window, and the day of the best request", []func(*refund.Case){func(c *refund.Case) {
			c.Request.At = testkit.March(20, 12, 0)
		}}, []string{
			"asked before 3 March 2026 at 11:00 EST: 199.99 USD",
			"asked by 17 March 2026: 174.99 USD",
		}},
		{"an earlier refund and a dispute", []func(*refund.Case){func(c *refund.Case) {
			c.Issues = refund.IssueLog{}
			c.Subscription.Refunded, c.Subscription.Disputed = testkit.USD("30.00"), testkit.USD("20.00")
		}}, []string{
			"30.00 USD not refunded earlier: 179.99 USD",
			"20.00 USD not disputed: 169.99 USD",
		}},
		{"an installment", []func(*refund.Case){func(c *refund.Case) {
			c.Issues = refund.IssueLog{}
			c.Subscription.Paid = testkit.USD("66.67")
		}}, []string{"all of the 199.99 USD paid: 199.99 USD"}},
		{"another account asked", []func(*refund.Case){stranger, func(c *refund.Case) { c.Issues = refund.IssueLog{} }},
			[]string{"permission of the holder for ACC-8: 199.99 USD, no longer on hold"}},
		{"a report is open", []func(*refund.Case){report("R-1"), func(c *refund.Case) { c.Issues = refund.IssueLog{} }},
			[]string{"the report of unauthorized use R-1 closed: 199.99 USD, no longer on hold"}},
		{"another account asked while a report is open: each frees one clause of two", []func(*refund.Case){stranger, report(""), func(c *refund.Case) { c.Issues = refund.IssueLog{} }},
			[]string{
				"permission of the holder for ACC-8: 199.99 USD, still on hold",
				"the report of unauthorized use closed: 199.99 USD, still on hold",
			}},
		{"two reports are open: closing one frees no clause", []func(*refund.Case){report("R-1"), report("R-2"), func(c *refund.Case) { c.Issues = refund.IssueLog{} }}, nil},
		{"a report is open, and an issue was resolved", []func(*refund.Case){report("R-1")}, []string{
			"asked before 3 March 2026 at 11:00 EST: 199.99 USD, still on hold",
			"T-1 not resolved: 199.99 USD, still on hold",
			"the report of unauthorized use R-1 closed: 174.99 USD, no longer on hold",
		}},
	}
	for _, row := range rows {
		testkit.Row(t, row.reason, func(t *testing.T) {
			list, err := whatif.Counterfactuals(testkit.Policy(), caseOf(row.changes...))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range list {
				got = append(got, f.String())
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(row.want, "\n"))
			}
		})
	}
}

// Lists are bounded, and prefer the latest resolutions.
func TestCounterfactualsAreBounded(t *testing.T) {
	c := caseOf(func(c *refund.Case) {
		c.Subscription.Service.PerInstance = testkit.USD("0.01")
		for i := range 100 {
			c.Issues = append(c.Issues, refund.Issue{ID: fmt.Sprint("M-", i), Opened: testkit.March(2, 9, 0), Resolved: testkit.March(4, 0, i)})
		}
		c.Subscription.Refunded, c.Subscription.Disputed = testkit.USD("1.00"), testkit.USD("1.00")
	})
	list, err := whatif.Counterfactuals(testkit.Policy(), c)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 15 || len(list) > whatif.MaxCounterfactuals {
		t.Fatalf("%d counterfactuals", len(list))
	}
	i := slices.IndexFunc(list, func(f whatif.Counterfactual) bool { return f.Fact == whatif.FactNotResolved })
	if list[i].Subject != "M-99" {
		t.Errorf("the first issue is %v", list[i])
	}
}

func TestCounterfactualsOfACaseThatIsRefused(t *testing.T) {
	c := caseOf(func(c *refund.Case) { c.Issues = nil })
	if list, err := whatif.Counterfactuals(testkit.Policy(), c); list != nil || !testkit.HasPaths(err, "issues") {
		t.Errorf("no issue log: %v, %v", list, err)
	}
}

func TestTheZeroCounterfactualChangesNoFact(t *testing.T) {
	var f whatif.Counterfactual
	wantSame(t, "the case", f.Apply(caseOf()), caseOf())
	if f.String() != "" {
		t.Errorf("text %q", f)
	}
}

func TestCounterfactualsOfACaseFullOfFindings(t *testing.T) {
	c := caseOf(func(c *refund.Case) {
		c.Request.By = "ACC-8"
		c.Findings = slices.Repeat(c.Findings[:1], refund.MaxFindings)
	})
	if _, err := whatif.Counterfactuals(testkit.Policy(), c); err != nil {
		t.Error(err)
	}
}
