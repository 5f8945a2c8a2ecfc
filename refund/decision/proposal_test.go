package decision_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// anyClauses draws a list of clauses, with repetitions.
var anyClauses = rapid.SliceOfN(rapid.SampledFrom(refund.Clauses()), 0, 6)

// copied returns a copy of a proposal that shares no memory with it.
func copied(p decision.Proposal) decision.Proposal {
	if p.Approval != nil {
		a := *p.Approval
		a.Acknowledged, p.Approval = slices.Clone(a.Acknowledged), &a
	}
	if p.Goodwill != nil {
		g := *p.Goodwill
		g.Software, g.Acknowledged, p.Goodwill = slices.Clone(g.Software), slices.Clone(g.Acknowledged), &g
	}
	if p.Denial != nil {
		n := *p.Denial
		n.Grounds, p.Denial = slices.Clone(n.Grounds), &n
	}
	return p
}

func TestProposalKind(t *testing.T) {
	approval, goodwill, denial := &decision.Approval{}, &decision.Goodwill{}, &decision.Denial{}
	for _, r := range []struct {
		reason   string
		proposal decision.Proposal
		want     decision.Kind
	}{
		{"the zero proposal is not of a kind", decision.Proposal{}, 0},
		{"a digest alone is not a proposal", decision.Proposal{Outcome: refund.Digest{1}}, 0},
		{"an approval, even an empty one", decision.Proposal{Approval: approval}, decision.KindApproved},
		{"goodwill", decision.Proposal{Goodwill: goodwill}, decision.KindGoodwill},
		{"a denial", decision.Proposal{Denial: denial}, decision.KindDeclined},
		{"an approval and goodwill are not one decision", decision.Proposal{Approval: approval, Goodwill: goodwill}, 0},
		{"an approval and a denial contradict each other", decision.Proposal{Approval: approval, Denial: denial}, 0},
		{"goodwill and a denial contradict each other", decision.Proposal{Goodwill: goodwill, Denial: denial}, 0},
		{"all three are not one decision", decision.Proposal{Approval: approval, Goodwill: goodwill, Denial: denial}, 0},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := r.proposal.Kind(); got != r.want {
				t.Errorf("the kind is %v, want %v", got, r.want)
			}
			if r.want != 0 {
				return
			}
			c := testkit.ReviewedCase()
			d, err := r.proposal.Decide(anyPart(), c, clerk("500.00"), testkit.March(26, 9, 30))
			if !testkit.HasPaths(err, "") || !d.IsZero() {
				t.Errorf("decided %v, %v", d, err)
			}
			if text, err := r.proposal.MarshalJSON(); !slices.Contains(testkit.Paths(err), "") || text != nil {
				t.Errorf("written as %s, %v", text, err)
			}
		})
	}
}

// A page that lost the digest must not release money, whatever else it sends.
func TestDecideWithoutAnOutcome(t *testing.T) {
	a, g, n := anApproval("100.00"), aGoodwill("100.00", "20.00"), aDenial()
	for _, p := range []decision.Proposal{{Approval: &a}, {Goodwill: &g}, {Denial: &n}} {
		if d, err := p.Decide(anyPart(), testkit.ReviewedCase(), a.By, a.At); !errors.Is(err, decision.ErrStale) || !d.IsZero() {
			t.Errorf("%v: decided %v, %v", p.Kind(), d, err)
		}
		if text, err := p.MarshalJSON(); !testkit.HasPaths(err, "outcome") || text != nil {
			t.Errorf("%v: written as %s, %v", p.Kind(), text, err)
		}
	}
}

// Decide is Approve, Grant or Decline with the officer and the instant of the service. It
// ignores an officer and an instant in the proposal, and changes neither the proposal nor
// the values that it points to.
func TestDecideAgreesWithApproveGrantAndDecline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { decideAgrees(t) })
	results := rapid.Custom(func(t *rapid.T) (result string) {
		defer func() { // rapid would draw another example, and not report this one
			if failure := recover(); failure != nil {
				result = fmt.Sprint("failed: ", failure)
			}
		}()
		return decideAgrees(t)
	})
	met := map[string]int{}
	for seed := range 300 {
		met[results.Example(seed+1)]++
	}
	for _, kind := range []string{"approved", "goodwill", "declined"} {
		for _, result := range []string{"decided", "*refund.InvalidError", "*decision.StaleError"} {
			if met[kind+" "+result] < 3 {
				t.Errorf("%d proposals with the result: %s %s", met[kind+" "+result], kind, result)
			}
		}
	}
}

// decideAgrees draws a proposal and decides it. It returns the kind and the result.
func decideAgrees(t *rapid.T) string {
	policy, c := anyPart(), oneOf(t, "case", testkit.ReviewedCase, objectedCase, lateCase)()
	current := testkit.Shown(t, policy, c)
	shown := oneOf(t, "shown", current, current, current, refund.Digest{1}, refund.Digest{})
	by := oneOf(t, "officer", clerk("500.00"), clerk("500.00"), clerk("50.00"), decision.Officer{ID: "ops-1"}, decision.Officer{})
	at := oneOf(t, "at", testkit.March(26, 9, 30), testkit.March(26, 9, 30), testkit.March(26, 9, 30), testkit.March(1, 0, 0), time.Time{})
	clauses := oneOf(t, "clauses", nil, []refund.Clause{refund.ClauseLogReview}, anyClauses.Draw(t, "any clauses"))
	reason := oneOf(t, "reason", "as asked", "as asked", "")
	amount := func(label string, usual string) refund.Money {
		m := testkit.USD(usual)
		return oneOf(t, label, m, m, m, m, m, m, testkit.USD("0.00"), testkit.USD("300.00"), testkit.USD("-1.00"), refund.MustMoney("5", "JPY"), refund.Money{})
	}
	ignored, ignoredAt := oneOf(t, "ignored officer", decision.Officer{}, clerk("1.00")), oneOf(t, "ignored instant", time.Time{}, testkit.March(27, 0, 0))

	p := decision.Proposal{Outcome: shown}
	var want decision.Decision
	var wantErr error
	switch kind := oneOf(t, "kind", decision.KindApproved, decision.KindGoodwill, decision.KindDeclined); kind {
	case decision.KindApproved:
		a := decision.Approval{By: by, At: at, Amount: amount("amount", "100.00"), Acknowledged: clauses, Reason: reason}
		want, wantErr = decision.Approve(policy, c, shown, a)
		a.By, a.At = ignored, ignoredAt
		p.Approval = &a
	case decision.KindGoodwill:
		g := decision.Goodwill{By: by, At: at, Charges: amount("charges", "100.00"), Fees: amount("fees", "20.00"), Acknowledged: clauses, Reason: reason}
		if rapid.Bool().Draw(t, "software") {
			g.Software = []decision.FreeSoftware{{Name: oneOf(t, "name", "Antivirus", "Antivirus", ""), Price: amount("price", "15.50")}}
		}
		want, wantErr = decision.Grant(policy, c, shown, g)
		g.By, g.At = ignored, ignoredAt
		p.Goodwill = &g
	default:
		n := decision.Denial{By: by, At: at, Grounds: clauses, Reason: reason}
		want, wantErr = decision.Decline(policy, c, shown, n)
		n.By, n.At = ignored, ignoredAt
		p.Denial = &n
	}

	before := copied(p)
	got, err := p.Decide(policy, c, by, at)
	if !got.Equal(want) || !reflect.DeepEqual(err, wantErr) {
		t.Fatalf("decided %v, %v; want %v, %v", got, err, want, wantErr)
	}
	if diff := cmp.Diff(before, p); diff != "" {
		t.Fatalf("the proposal was changed:\n%s", diff)
	}
	if err != nil {
		return p.Kind().String() + " " + reflect.TypeOf(err).String()
	}
	if got.Kind() != p.Kind() {
		t.Fatalf("a proposal of %v is decided as %v", p.Kind(), got.Kind())
	}

	// The decision shares no memory with the proposal.
	digest := got.Digest()
	for i := range clauses {
		clauses[i] = refund.ClauseGuarantee
	}
	if p.Goodwill != nil {
		for i := range p.Goodwill.Software {
			p.Goodwill.Software[i].Name = "changed"
		}
	}
	if got.Digest() != digest {
		t.Fatal("the decision changed with the proposal")
	}
	return p.Kind().String() + " decided"
}
