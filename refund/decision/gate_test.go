package decision_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// The gates, in the order of their documentation.
var gateOrder = []error{
	decision.ErrNotReviewed, decision.ErrNotAcknowledged, decision.ErrHeld, decision.ErrSelfApproval,
	decision.ErrAboveLimit, decision.ErrNothingToRefund, decision.ErrPartial, decision.ErrAboveRefundable,
}

// attempt is an attempt to release 100.00 USD, which is the refundable amount.
type attempt struct {
	c        refund.Case
	by       decision.Officer
	approval string
}

func newAttempt() attempt {
	a := attempt{c: testkit.ReviewedCase(), by: clerk("100.00"), approval: "100.00"}
	a.c.Subscription.Service.PerInstance = testkit.USD("99.99")
	return a
}

// closing closes each gate, in the order of gateOrder, and no other.
var closing = []func(*attempt){
	func(a *attempt) { // the credentials were not reviewed
		a.c.Findings = slices.DeleteFunc(a.c.Findings, func(f refund.Finding) bool { return f.Clause == refund.ClauseCredentials })
	},
	func(a *attempt) { a.c.Findings[0].Severity = refund.SeverityAdvisory }, // on log-review
	func(a *attempt) {
		a.c.Findings = append(slices.Clip(a.c.Findings), refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityBlocking})
	},
	func(a *attempt) { a.by.ID = "ops-1" },
	func(a *attempt) { a.by.Limit = testkit.USD("99.98") },
	func(a *attempt) { a.c.Subscription.Disputed = a.c.Subscription.Paid },
	func(a *attempt) { a.approval = "99.99" },
	func(a *attempt) { a.approval = "100.01" },
}

func sentinelsOf(err error) (closed []error) {
	for _, gate := range gateOrder {
		if errors.Is(err, gate) {
			closed = append(closed, gate)
		}
	}
	return closed
}

// gatesIn returns the gates of a GatesError in the order in which they are reported.
func gatesIn(t testkit.TB, err error) (gates []error) {
	t.Helper()
	var refused *decision.GatesError
	if !errors.As(err, &refused) {
		t.Fatalf("got %v, want a GatesError", err)
	}
	for _, g := range refused.Gates {
		gates = append(gates, g.Gate)
	}
	return gates
}

// onlyGate returns the one gate of a GatesError.
func onlyGate(t testkit.TB, err error) *decision.GateError {
	t.Helper()
	var refused *decision.GatesError
	if !errors.As(err, &refused) || len(refused.Gates) != 1 {
		t.Fatalf("got %v, want one closed gate", err)
	}
	return refused.Gates[0]
}

// fieldOf returns the path of the field at which a form shows a gate of closing.
func fieldOf(action string, gate error) string {
	name := map[string]string{"approve": "approval", "grant": "goodwill", "decline": "denial"}[action]
	switch gate {
	case decision.ErrNotReviewed:
		return name + ".acknowledged.credentials"
	case decision.ErrNotAcknowledged:
		return name + ".acknowledged.log-review"
	case decision.ErrHeld:
		return name + ".acknowledged.account-access"
	case decision.ErrSelfApproval:
		return name + ".by"
	}
	return name + map[string]string{"approval": ".amount", "goodwill": ".charges"}[name]
}

// faultPaths returns the paths of the faults of an error.
func faultPaths(err error) (paths []string) {
	var faults refund.Faults
	faults.Merge(err)
	for _, f := range faults {
		paths = append(paths, f.Path)
	}
	return paths
}

func TestEveryCombinationOfGates(t *testing.T) {
	p := testkit.Policy()
	for closed := range 1 << len(closing) {
		a := newAttempt()
		var approve, grant, decline []error
		for i, gate := range gateOrder {
			if closed&(1<<i) == 0 {
				continue
			}
			closing[i](&a)
			switch gate {
			case decision.ErrSelfApproval:
				decline = append(decline, gate)
				fallthrough
			default:
				approve, grant = append(approve, gate), append(grant, gate)
			case decision.ErrPartial, decision.ErrAboveRefundable: // the last of the two wins, and zero before both
				approve = slices.DeleteFunc(approve, func(err error) bool { return err == decision.ErrPartial })
				if !slices.Contains(approve, decision.ErrNothingToRefund) {
					approve = append(approve, gate)
				}
			}
		}
		// Goodwill of 100.00 USD, less the dispute, is below any limit.
		if slices.Contains(grant, decision.ErrNothingToRefund) {
			grant = slices.DeleteFunc(grant, func(err error) bool { return err == decision.ErrAboveLimit })
		}
		shown := testkit.Shown(t, p, a.c)
		approval, goodwill, denial := anApproval(a.approval), aGoodwill("100.00", "0.00"), aDenial()
		approval.By, goodwill.By, denial.By = a.by, a.by, a.by

		check := func(what string, d decision.Decision, err error, want []error) {
			t.Helper()
			if len(want) == 0 {
				if err != nil || d.IsZero() {
					t.Errorf("%s, %08b: decided %v, %v", what, closed, d, err)
				}
				return
			}
			if !d.IsZero() {
				t.Errorf("%s, %08b: decided %v", what, closed, d)
			}
			if got := gatesIn(t, err); !slices.Equal(got, want) {
				t.Errorf("%s, %08b: gates %v, want %v", what, closed, got, want)
			}
			if got := sentinelsOf(err); !slices.Equal(got, want) {
				t.Errorf("%s, %08b: matches %v, want %v", what, closed, got, want)
			}
			var paths []string
			for _, gate := range want {
				paths = append(paths, fieldOf(what, gate))
			}
			if got := faultPaths(err); !slices.Equal(got, paths) {
				t.Errorf("%s, %08b: faults at %q, want %q", what, closed, got, paths)
			}
			if errors.Is(err, decision.ErrStale) || errors.Is(err, decision.ErrForged) || testkit.Paths(err) != nil {
				t.Errorf("%s, %08b: %v matches more", what, closed, err)
			}
		}
		d, err := decision.Approve(p, a.c, shown, approval)
		if a.approval == "100.01" && closed&(1<<4) == 0 { // an amount above the refundable amount is also above the limit
			i := slices.IndexFunc(gateOrder, func(err error) bool { return err == decision.ErrAboveLimit })
			approve = append(approve, gateOrder[i])
			slices.SortFunc(approve, func(a, b error) int { return slices.Index(gateOrder, a) - slices.Index(gateOrder, b) })
		}
		check("approve", d, err, approve)
		d, err = decision.Grant(p, a.c, shown, goodwill)
		check("grant", d, err, grant)
		d, err = decision.Decline(p, a.c, shown, denial)
		check("decline", d, err, decline)
	}
}

// Each gate holds the values that closed it, and its text says what opens it.
func TestGateErrors(t *testing.T) {
	unchanged := func(*refund.Policy, *refund.Case, *decision.Approval) {}
	rows := []struct {
		because string
		change  func(*refund.Policy, *refund.Case, *decision.Approval)
		gate    error
		clauses []refund.Clause
		amount  string
		most    string
		text    string
	}{
		{"the clauses that are not reviewed, in the policy's order", func(_ *refund.Policy, c *refund.Case, _ *decision.Approval) { c.Findings = nil },
			decision.ErrNotReviewed, []refund.Clause{refund.ClauseLogReview, refund.ClauseCredentials}, "no amount", "no amount",
			"not reviewed yet: log-review, credentials"},
		{"the objection that the officer did not name", func(_ *refund.Policy, c *refund.Case, _ *decision.Approval) {
			c.Findings[0].Severity = refund.SeverityAdvisory
		}, decision.ErrNotAcknowledged, []refund.Clause{refund.ClauseLogReview}, "no amount", "no amount",
			"objection not acknowledged: log-review"},
		{"each clause that blocks, in the policy's order", func(_ *refund.Policy, c *refund.Case, _ *decision.Approval) {
			c.Findings[1].Severity, c.Findings[2].Severity = refund.SeverityBlocking, refund.SeverityBlocking
		}, decision.ErrHeld, []refund.Clause{refund.ClauseCredentials, refund.ClauseAccountAccess}, "no amount", "no amount",
			"on hold until cleared: credentials, account-access"},
		{"a party to the case", func(_ *refund.Policy, _ *refund.Case, a *decision.Approval) { a.By.ID = "ops-1" },
			decision.ErrSelfApproval, nil, "no amount", "no amount",
			"the officer is a party to the case; another officer has to decide"},
		{"the amount with the 50.00 USD refunded before, and the limit", func(_ *refund.Policy, c *refund.Case, a *decision.Approval) {
			c.Subscription.Refunded, a.Amount, a.By.Limit = testkit.USD("50.00"), testkit.USD("124.99"), testkit.USD("174.98")
		}, decision.ErrAboveLimit, nil, "174.99 USD", "174.98 USD",
			"above the officer's limit: 174.99 USD including earlier refunds; the limit is 174.98 USD"},
		{"no limit", func(_ *refund.Policy, _ *refund.Case, a *decision.Approval) { a.By.Limit = refund.Money{} },
			decision.ErrAboveLimit, nil, "174.99 USD", "no amount",
			"above the officer's limit: 174.99 USD including earlier refunds; the officer has no limit"},
		{"an amount of zero", func(_ *refund.Policy, _ *refund.Case, a *decision.Approval) { a.Amount = testkit.USD("0.00") },
			decision.ErrNothingToRefund, nil, "0.00 USD", "174.99 USD",
			"nothing to refund: 0.00 USD; at most 174.99 USD may be released"},
		{"a part, where the policy allows the whole only", func(_ *refund.Policy, _ *refund.Case, a *decision.Approval) { a.Amount = testkit.USD("174.98") },
			decision.ErrPartial, nil, "174.98 USD", "174.99 USD",
			"below the refundable amount: 174.98 USD; only the whole 174.99 USD may be released"},
		{"a cent above the refundable amount", func(_ *refund.Policy, _ *refund.Case, a *decision.Approval) { a.Amount = testkit.USD("175.00") },
			decision.ErrAboveRefundable, nil, "175.00 USD", "174.99 USD",
			"above the refundable amount: 175.00 USD; at most 174.99 USD may be released"},
		{"no gate", unchanged, nil, nil, "", "", ""},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			p, c, a := testkit.Policy(), testkit.ReviewedCase(), anApproval("174.99")
			r.change(&p, &c, &a)
			_, err := decision.Approve(p, c, testkit.Shown(t, p, c), a)
			if r.gate == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			g := onlyGate(t, err)
			if g.Gate != r.gate || !slices.Equal(g.Clauses, r.clauses) || g.Amount.String() != r.amount || g.Most.String() != r.most {
				t.Errorf("got %+v", g)
			}
			if g.Error() != "decision: "+r.text || err.Error() != "decision: refused: "+r.text || g.Unwrap() != r.gate {
				t.Errorf("says %q and %q, unwraps %v", g, err, g.Unwrap())
			}
		})
	}
}

// One line reports every closed gate.
func TestEveryGateHasAPermanentCode(t *testing.T) {
	want := []string{"not_reviewed", "not_acknowledged", "held", "self_approval",
		"above_limit", "nothing_to_refund", "partial", "above_refundable"}
	for i, gate := range gateOrder {
		if got := (&decision.GateError{Gate: gate}).Code(); got != want[i] {
			t.Errorf("%v: code %q, want %q", gate, got, want[i])
		}
	}
	if got := (&decision.GateError{Gate: errors.New("another")}).Code(); got != "" {
		t.Errorf("another gate has the code %q", got)
	}
}

func TestGatesErrorNamesEveryGate(t *testing.T) {
	p, c, a := testkit.Policy(), testkit.ReviewedCase(), anApproval("175.00")
	c.Findings, a.By.Limit = c.Findings[:1], testkit.USD("100.00")
	_, err := decision.Approve(p, c, testkit.Shown(t, p, c), a)
	want := "decision: refused: not reviewed yet: credentials; above the officer's limit: 175.00 USD including earlier refunds; the limit is 100.00 USD; " +
		"above the refundable amount: 175.00 USD; at most 174.99 USD may be released"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	var refused *decision.GatesError
	var first *decision.GateError
	if !errors.As(err, &refused) || !errors.As(err, &first) || first != refused.Gates[0] || len(refused.Unwrap()) != 3 {
		t.Errorf("got %+v", refused)
	}
}

func TestAmountGates(t *testing.T) {
	p := anyPart()
	paidUp := testkit.ReviewedCase()
	paidUp.Subscription.Refunded = testkit.USD("199.99")
	partly := testkit.ReviewedCase()
	partly.Subscription.Refunded = testkit.USD("74.99")
	unpaid := testkit.ReviewedCase()
	unpaid.Subscription.Paid = testkit.USD("0.00")
	free := testkit.ReviewedCase()
	free.Subscription.Price, free.Subscription.Paid = testkit.USD("0.00"), testkit.USD("0.00")
	less := testkit.ReviewedCase()
	less.Subscription.Paid = testkit.USD("50.00")
	rows := []struct {
		because string
		c       refund.Case
		amount  string
		limit   refund.Money
		gates   []error
		most    string // of the last gate
	}{
		{"the whole refundable amount", testkit.ReviewedCase(), "174.99", testkit.USD("500.00"), nil, ""},
		{"a cent of it", testkit.ReviewedCase(), "0.01", testkit.USD("500.00"), nil, ""},
		{"a cent more than it", testkit.ReviewedCase(), "175.00", testkit.USD("500.00"), []error{decision.ErrAboveRefundable}, "174.99"},
		{"the rest of it", partly, "100.00", testkit.USD("500.00"), nil, ""},
		{"a cent more than the rest of it", partly, "100.01", testkit.USD("500.00"), []error{decision.ErrAboveRefundable}, "100.00"},
		{"exactly the amount paid", less, "50.00", testkit.USD("500.00"), nil, ""},
		{"a cent more than the amount paid", less, "50.01", testkit.USD("500.00"), []error{decision.ErrAboveRefundable}, "50.00"},
		{"an amount of zero, after medusa refundPayment_", testkit.ReviewedCase(), "0.00", testkit.USD("500.00"), []error{decision.ErrNothingToRefund}, "174.99"},
		{"the whole amount was refunded before", paidUp, "0.01", testkit.USD("500.00"), []error{decision.ErrNothingToRefund}, "0.00"},
		{"an amount of zero where zero is refundable", paidUp, "0.00", testkit.USD("500.00"), []error{decision.ErrNothingToRefund}, "0.00"},
		{"paid is zero", unpaid, "0.01", testkit.USD("500.00"), []error{decision.ErrNothingToRefund}, "0.00"},
		{"price is zero", free, "0.01", testkit.USD("500.00"), []error{decision.ErrNothingToRefund}, "0.00"},
		{"requested too late", lateCase(), "0.01", testkit.USD("500.00"), []error{decision.ErrNothingToRefund}, "0.00"},
		{"exactly the limit", testkit.ReviewedCase(), "100.00", testkit.USD("100.00"), nil, ""},
		{"a cent above the limit", testkit.ReviewedCase(), "100.00", testkit.USD("99.99"), []error{decision.ErrAboveLimit}, "99.99"},
		{"an officer without a limit has no authority, not an unlimited one", testkit.ReviewedCase(), "0.01", refund.Money{}, []error{decision.ErrAboveLimit}, ""},
		{"a limit of zero", testkit.ReviewedCase(), "0.01", testkit.USD("0.00"), []error{decision.ErrAboveLimit}, "0.00"},
		{"above both the limit and the refundable amount", testkit.ReviewedCase(), "175.00", testkit.USD("174.99"), []error{decision.ErrAboveLimit, decision.ErrAboveRefundable}, "174.99"},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			a := anApproval(r.amount)
			a.By.Limit = r.limit
			d, err := decision.Approve(p, r.c, testkit.Shown(t, p, r.c), a)
			if r.gates == nil {
				if err != nil || !d.Amount().Equal(a.Amount) {
					t.Errorf("decided %v, %v", d, err)
				}
				return
			}
			if got := gatesIn(t, err); !d.IsZero() || !slices.Equal(got, r.gates) {
				t.Fatalf("decided %v, gates %v", d, got)
			}
			var refused *decision.GatesError
			errors.As(err, &refused)
			for i, g := range refused.Gates {
				most := refund.Money{} // no limit was given
				if r.most != "" {
					most = testkit.USD(r.most)
				}
				if !g.Amount.Equal(a.Amount) || i == len(r.gates)-1 && !g.Most.Equal(most) {
					t.Errorf("%v of at most %v, want %v of %v", g.Amount, g.Most, r.amount, r.most)
				}
			}
		})
	}
}

// After bcgov/sbc-pay PR #2248: a party to the case may not decide.
func TestSelfApproval(t *testing.T) {
	type parties struct{ id, account, by, holder, recordedBy string }
	rows := []struct {
		because string
		parties
		involved bool
	}{
		{"an officer who is not a party", parties{"ops-3", "ACC-90", "ACC-7", "ACC-7", "ops-1"}, false},
		{"the officer's account asked", parties{"ops-3", "ACC-7", "ACC-7", "ACC-8", "ops-1"}, true},
		{"the officer's account holds the subscription", parties{"ops-3", "ACC-8", "ACC-7", "ACC-8", "ops-1"}, true},
		{"the officer recorded the request", parties{"ops-1", "ACC-90", "ACC-7", "ACC-7", "ops-1"}, true},
		{"the officer's own id asked", parties{"ACC-7", "", "ACC-7", "ACC-8", "ops-1"}, true},
		{"the officer's own id holds the subscription", parties{"ACC-8", "", "ACC-7", "ACC-8", "ops-1"}, true},
		{"the officer's account recorded the request", parties{"ops-3", "ops-1", "ACC-7", "ACC-7", "ops-1"}, true},
		{"an officer without an account, and unknown parties: empty ids do not match", parties{"ops-3", "", "", "", ""}, false},
		{"only the officer's account is known", parties{"ops-3", "ACC-7", "", "", ""}, false},
		{"ids are compared byte for byte", parties{"OPS-1", "acc-7", "ACC-7", "ACC-7", "ops-1"}, false},
		{"a prefix of an id is another id", parties{"ops", "ACC-", "ACC-7", "ACC-7", "ops-1"}, false},
	}
	p := anyPart()
	p.Required = nil // unknown parties leave account-access open, which has its own tests
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			c := testkit.ReviewedCase()
			c.Request.By, c.Subscription.Account, c.Request.RecordedBy = r.by, r.holder, r.recordedBy
			c.Findings[2].Subject = r.by // the holder permits it
			by := decision.Officer{ID: r.id, Account: r.account, Limit: testkit.USD("500.00")}
			shown := testkit.Shown(t, p, c)
			a, g, n := anApproval("100.00"), aGoodwill("100.00", "0.00"), aDenial()
			a.By, g.By, n.By = by, by, by
			for what, decide := range map[string]func() (decision.Decision, error){
				"authorize": func() (decision.Decision, error) { return decision.Approve(p, c, shown, a) },
				"goodwill":  func() (decision.Decision, error) { return decision.Grant(p, c, shown, g) },
				"decline":   func() (decision.Decision, error) { return decision.Decline(p, c, shown, n) },
			} {
				d, err := decide()
				if !r.involved {
					if err != nil || d.IsZero() {
						t.Errorf("%s: decided %v, %v", what, d, err)
					}
					continue
				}
				gate := onlyGate(t, err)
				if !d.IsZero() || gate.Gate != decision.ErrSelfApproval || gate.Clauses != nil || !gate.Amount.IsZero() || !gate.Most.IsZero() {
					t.Errorf("%s: decided %v, %+v", what, d, gate)
				}
			}
		})
	}
}

func TestNotReviewed(t *testing.T) {
	clauses := func(list ...refund.Clause) []refund.Clause { return list }
	rows := []struct {
		because  string
		required []refund.Clause
		reviewed []refund.Clause
		missing  []refund.Clause
	}{
		{"all three of the published policy", anyPart().Required, anyPart().Required, nil},
		{"one of them is missing", anyPart().Required, clauses(refund.ClauseLogReview, refund.ClauseAccountAccess), clauses(refund.ClauseCredentials)},
		{"the holder asked, so that account-access is satisfied", anyPart().Required, nil, clauses(refund.ClauseLogReview, refund.ClauseCredentials)},
		{"a policy may require no clause", nil, nil, nil},
		{"the missing clauses in the policy's order, without repetitions", clauses(refund.ClauseLicensed, refund.ClauseLogReview, refund.ClauseLicensed), nil, clauses(refund.ClauseLogReview, refund.ClauseLicensed)},
		{"findings on other clauses do not count", clauses(refund.ClauseLogReview), clauses(refund.ClauseCooperation, refund.ClauseCredentials), clauses(refund.ClauseLogReview)},
		{"a call back that is not recorded", clauses(refund.ClauseCallback, refund.ClauseLogReview), clauses(refund.ClauseLogReview), clauses(refund.ClauseCallback)},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			p, c := anyPart(), testkit.ReviewedCase()
			p.Required = r.required
			c.Findings = nil
			for _, clause := range r.reviewed {
				c.Findings = append(c.Findings, refund.Finding{Clause: clause, Severity: refund.SeveritySatisfied})
			}
			shown := testkit.Shown(t, p, c)
			_, approving := decision.Approve(p, c, shown, anApproval("100.00"))
			_, granting := decision.Grant(p, c, shown, aGoodwill("100.00", "0.00"))
			for _, err := range []error{approving, granting} {
				if r.missing == nil {
					if err != nil {
						t.Error(err)
					}
				} else if gate := onlyGate(t, err); gate.Gate != decision.ErrNotReviewed || !slices.Equal(gate.Clauses, r.missing) {
					t.Errorf("got %+v", gate)
				}
			}
			declined(t, p, c, aDenial())
		})
	}

	t.Run("it is not known whether the holder asked", func(t *testing.T) {
		p, c := anyPart(), testkit.ReviewedCase()
		c.Findings, c.Subscription.Account = c.Findings[:2], ""
		_, err := decision.Approve(p, c, testkit.Shown(t, p, c), anApproval("100.00"))
		if gate := onlyGate(t, err); gate.Gate != decision.ErrNotReviewed || !slices.Equal(gate.Clauses, clauses(refund.ClauseAccountAccess)) {
			t.Errorf("got %+v", gate)
		}
	})
}

// Once, an empty call table passed for a review.
func TestAdvisoryFindingDoesNotOpenTheGate(t *testing.T) {
	clauses := func(list ...refund.Clause) []refund.Clause { return list }
	late := testkit.ReviewedCase()
	late.Request.CalledBack = testkit.March(20, 9, 0)
	both := objectedCase()
	both.Findings[1].Severity = refund.SeverityAdvisory
	optional := testkit.ReviewedCase()
	optional.Findings = append(optional.Findings, refund.Finding{Clause: refund.ClauseCooperation, Severity: refund.SeverityAdvisory})
	stranger := testkit.ReviewedCase()
	stranger.Request.By = "ACC-8"
	stranger.Findings[2] = refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityAdvisory, Subject: "ACC-8"}
	withCallback := anyPart()
	withCallback.Required = append(slices.Clone(withCallback.Required), refund.ClauseCallback)
	rows := []struct {
		because      string
		p            refund.Policy
		c            refund.Case
		acknowledged []refund.Clause
		gate         error
		clauses      []refund.Clause // of the gate
		faults       []int           // the indexes of Acknowledged with a fault
	}{
		{"an objection that is not acknowledged", anyPart(), objectedCase(), nil, decision.ErrNotAcknowledged, clauses(refund.ClauseLogReview), nil},
		{"an objection acknowledged by name", anyPart(), objectedCase(), clauses(refund.ClauseLogReview), nil, nil, nil},
		{"acknowledged twice", anyPart(), objectedCase(), clauses(refund.ClauseLogReview, refund.ClauseLogReview), nil, nil, nil},
		{"one of two acknowledged", anyPart(), both, clauses(refund.ClauseCredentials), decision.ErrNotAcknowledged, clauses(refund.ClauseLogReview), nil},
		{"both acknowledged, in any order", anyPart(), both, clauses(refund.ClauseCredentials, refund.ClauseLogReview), nil, nil, nil},
		{"a late call back where one is required", withCallback, late, nil, decision.ErrNotAcknowledged, clauses(refund.ClauseCallback), nil},
		{"a late call back, acknowledged", withCallback, late, clauses(refund.ClauseCallback), nil, nil, nil},
		{"an objection on a clause that is not required", anyPart(), optional, nil, nil, nil, nil},
		{"an advisory finding about a stranger does not lift the hold", anyPart(), stranger, nil, decision.ErrHeld, clauses(refund.ClauseAccountAccess), nil},
		{"a blocking clause cannot be acknowledged", anyPart(), stranger, clauses(refund.ClauseAccountAccess), nil, nil, []int{0}},
		{"a satisfied clause cannot be acknowledged", anyPart(), testkit.ReviewedCase(), clauses(refund.ClauseLogReview), nil, nil, []int{0}},
		{"an objection that is not required cannot be acknowledged", anyPart(), optional, clauses(refund.ClauseCooperation), nil, nil, []int{0}},
		{"a call back that is not recorded cannot be acknowledged", withCallback, testkit.ReviewedCase(), clauses(refund.ClauseCallback), nil, nil, []int{0}},
		{"a form that ticks every clause is refused", anyPart(), objectedCase(), refund.Clauses(), nil, nil,
			[]int{0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}},
		{"a value that is not a clause", anyPart(), objectedCase(), clauses(refund.ClauseLogReview, 0, 200), nil, nil, []int{1, 2}},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			shown := testkit.Shown(t, r.p, r.c)
			a, g := anApproval("100.00"), aGoodwill("100.00", "0.00")
			a.Acknowledged, g.Acknowledged = r.acknowledged, r.acknowledged
			for what, decide := range map[string]func() (decision.Decision, error){
				"approval": func() (decision.Decision, error) { return decision.Approve(r.p, r.c, shown, a) },
				"goodwill": func() (decision.Decision, error) { return decision.Grant(r.p, r.c, shown, g) },
			} {
				d, err := decide()
				switch {
				case r.faults != nil:
					var want []string
					for _, i := range r.faults {
						want = append(want, fmt.Sprintf("%s.acknowledged[%d]", what, i))
					}
					if !d.IsZero() || !testkit.HasPaths(err, want...) {
						t.Errorf("decided %v with %q, want %q", d, testkit.Paths(err), want)
					}
				case r.gate != nil:
					if gate := onlyGate(t, err); !d.IsZero() || gate.Gate != r.gate || !slices.Equal(gate.Clauses, r.clauses) {
						t.Errorf("decided %v, %v", d, err)
					}
				case err != nil:
					t.Error(err)
				default:
					want := slices.Compact(slices.Sorted(slices.Values(r.acknowledged)))
					if !slices.Equal(d.Acknowledged(), want) {
						t.Errorf("acknowledged %v, want %v", d.Acknowledged(), want)
					}
				}
			}
		})
	}
}

// A denial may cite any clause except a satisfied one.
func TestGroundsOfADenial(t *testing.T) {
	clauses := func(list ...refund.Clause) []refund.Clause { return list }
	c := objectedCase()
	c.Request.CalledBack = testkit.March(20, 9, 0)
	rows := []struct {
		because string
		grounds []refund.Clause
		faults  []string
	}{
		{"an objected clause", clauses(refund.ClauseLogReview), nil},
		{"a clause that is not reviewed", clauses(refund.ClauseRegistration), nil},
		{"a clause that is computed", clauses(refund.ClauseCallback), nil},
		{"the company's discretion", clauses(refund.ClauseGuarantee), nil},
		{"a satisfied clause", clauses(refund.ClauseLogReview, refund.ClauseCredentials), []string{"denial.grounds[1]"}},
		{"values that are not clauses", clauses(0, 200), []string{"denial.grounds[0]", "denial.grounds[1]"}},
	}
	p := testkit.Policy()
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			n := aDenial()
			n.Grounds = r.grounds
			d, err := decision.Decline(p, c, testkit.Shown(t, p, c), n)
			if r.faults != nil {
				if !d.IsZero() || !testkit.HasPaths(err, r.faults...) {
					t.Errorf("decided %v, %v", d, err)
				}
				return
			}
			if err != nil || !slices.Equal(d.Grounds(), r.grounds) || d.Acknowledged() != nil {
				t.Errorf("decided %v on %v, %v", d, d.Grounds(), err)
			}
		})
	}
}

// An officer names clauses of the outcome shown. If it has changed, the decision is stale,
// not invalid.
func TestClausesNamedOnAnOldOutcomeAreStale(t *testing.T) {
	p, c := testkit.Policy(), objectedCase()
	shown := testkit.Shown(t, p, c)
	satisfied := testkit.ReviewedCase()
	a, n := anApproval("174.99"), aDenial()
	a.Acknowledged, n.Grounds = []refund.Clause{refund.ClauseLogReview}, []refund.Clause{refund.ClauseLogReview}
	_, approving := decision.Approve(p, satisfied, shown, a)
	_, declining := decision.Decline(p, satisfied, shown, n)
	for _, err := range []error{approving, declining} {
		if !errors.Is(err, decision.ErrStale) {
			t.Errorf("got %v", err)
		}
	}
}

// A held outcome releases no money, but the request can be declined.
func TestHeld(t *testing.T) {
	blocked := func(clause refund.Clause) refund.Case {
		c := testkit.ReviewedCase()
		c.Findings = append(c.Findings, refund.Finding{Clause: clause, Severity: refund.SeverityBlocking})
		return c
	}
	stranger := testkit.ReviewedCase()
	stranger.Request.By = "ACC-8"
	stranger.Findings = stranger.Findings[:2]
	rows := []struct {
		because string
		c       refund.Case
		blocks  refund.Clause
	}{
		{"an open report of unauthorized use", blocked(refund.ClauseCredentials), refund.ClauseCredentials},
		{"a blocking finding on the access", blocked(refund.ClauseAccountAccess), refund.ClauseAccountAccess},
		{"a stranger asked, and no finding vouches for the stranger", stranger, refund.ClauseAccountAccess},
	}
	p := anyPart()
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			shown := testkit.Shown(t, p, r.c)
			d, approving := decision.Approve(p, r.c, shown, anApproval("0.01"))
			e, goodwilling := decision.Grant(p, r.c, shown, aGoodwill("0.01", "0.00"))
			for _, err := range []error{approving, goodwilling} {
				if gate := onlyGate(t, err); gate.Gate != decision.ErrHeld || !slices.Equal(gate.Clauses, []refund.Clause{r.blocks}) || !d.IsZero() || !e.IsZero() {
					t.Errorf("got %+v", gate)
				}
			}
			declined(t, p, r.c, aDenial())
		})
	}
}

func TestInvalidDecisionsAreRefused(t *testing.T) {
	yen := refund.MustMoney("100", "JPY")
	minus := testkit.USD("-0.01")
	long := refund.MustMoney("1"+strings.Repeat("0", 31), "USD").Times(10_000)
	early := testkit.March(10, 12, 0).Add(-time.Nanosecond)
	yearZero := time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC)
	type all struct {
		a decision.Approval
		g decision.Goodwill
		r decision.Denial
	}
	officer := func(o *all, change func(*decision.Officer)) { change(&o.a.By); change(&o.g.By); change(&o.r.By) }
	at := func(o *all, at time.Time) { o.a.At, o.g.At, o.r.At = at, at, at }
	rows := []struct {
		because  string
		change   func(*all)
		approval []string // their paths, below the kind's name
		goodwill []string
		denial   []string
	}{
		{"no officer", func(o *all) { officer(o, func(by *decision.Officer) { by.ID = "" }) }, []string{"by.id"}, []string{"by.id"}, []string{"by.id"}},
		{"white space is not an id", func(o *all) { officer(o, func(by *decision.Officer) { by.ID = " \u00a0" }) }, []string{"by.id"}, []string{"by.id"}, []string{"by.id"}},
		{"an officer's id with a space after it", func(o *all) { officer(o, func(by *decision.Officer) { by.ID = "ops-3 " }) }, []string{"by.id"}, []string{"by.id"}, []string{"by.id"}},
		{"an account with a space before it", func(o *all) { officer(o, func(by *decision.Officer) { by.Account = "\u00a0ACC-90" }) }, []string{"by.account"}, []string{"by.account"}, []string{"by.account"}},
		{"an id with a control character", func(o *all) { officer(o, func(by *decision.Officer) { by.ID = "ops\x003" }) }, []string{"by.id"}, []string{"by.id"}, []string{"by.id"}},
		{"a limit in another currency, which a denial does not check", func(o *all) { officer(o, func(by *decision.Officer) { by.Limit = yen }) }, []string{"by.limit"}, []string{"by.limit"}, nil},
		{"a negative limit", func(o *all) { officer(o, func(by *decision.Officer) { by.Limit = minus }) }, []string{"by.limit"}, []string{"by.limit"}, nil},
		{"a limit of too many digits", func(o *all) { officer(o, func(by *decision.Officer) { by.Limit = long }) }, []string{"by.limit"}, []string{"by.limit"}, nil},
		{"no instant", func(o *all) { at(o, time.Time{}) }, []string{"at"}, []string{"at"}, []string{"at"}},
		{"before the request", func(o *all) { at(o, early) }, []string{"at"}, []string{"at"}, []string{"at"}},
		{"in a year that cannot be written", func(o *all) { at(o, yearZero) }, []string{"at"}, []string{"at"}, []string{"at"}},
		{"at the instant of the request", func(o *all) { at(o, testkit.March(10, 12, 0)) }, nil, nil, nil},
		{"no amount, which does not mean the whole", func(o *all) { o.a.Amount, o.g.Charges = refund.Money{}, refund.Money{} }, []string{"amount"}, []string{"charges"}, nil},
		{"an amount in another currency", func(o *all) { o.a.Amount, o.g.Charges = yen, yen }, []string{"amount"}, []string{"charges"}, nil},
		{"a negative amount, after hyperswitch PR #11491", func(o *all) { o.a.Amount, o.g.Charges = minus, minus }, []string{"amount"}, []string{"charges"}, nil},
		{"charges of too many digits", func(o *all) { o.g.Charges = long }, nil, []string{"charges"}, nil},
		{"charges equal to the price", func(o *all) { o.g.Charges = testkit.USD("199.99") }, nil, nil, nil},
		{"charges a cent above the price", func(o *all) { o.g.Charges = testkit.USD("200.00") }, nil, []string{"charges"}, nil},
		{"no fees, which are required even if they are zero", func(o *all) { o.g.Fees = refund.Money{} }, nil, []string{"fees"}, nil},
		{"fees in another currency", func(o *all) { o.g.Fees = yen }, nil, []string{"fees"}, nil},
		{"negative fees would add to the refund", func(o *all) { o.g.Fees = minus }, nil, []string{"fees"}, nil},
		{"software without a name", func(o *all) { o.g.Software[1].Name = " \t\n" }, nil, []string{"software[1].name"}, nil},
		{"software without a price", func(o *all) { o.g.Software[0].Price = refund.Money{} }, nil, []string{"software[0].price"}, nil},
		{"software in another currency", func(o *all) { o.g.Software[0].Price = yen }, nil, []string{"software[0].price"}, nil},
		{"a negative price would add to the refund", func(o *all) { o.g.Software[1].Price = minus }, nil, []string{"software[1].price"}, nil},
		{"software with a price of zero", func(o *all) { o.g.Software[1].Price = testkit.USD("0.00") }, nil, nil, nil},
		{"no reason, which is optional only for an approval", func(o *all) { o.a.Reason, o.g.Reason, o.r.Reason = "", "", "" }, nil, []string{"reason"}, []string{"reason"}},
		{"a reason of white space", func(o *all) { o.a.Reason, o.g.Reason, o.r.Reason = "", " \u00a0\n", " \u00a0\n" }, nil, []string{"reason"}, []string{"reason"}},
		{"the zero values", func(o *all) { *o = all{} }, []string{"by.id", "at", "amount"}, []string{"by.id", "at", "charges", "fees", "reason"}, []string{"by.id", "at", "reason"}},
		{"every field is faulty", func(o *all) {
			officer(o, func(by *decision.Officer) { *by = decision.Officer{Limit: minus} })
			at(o, early)
			*o = all{
				decision.Approval{By: o.a.By, At: early, Amount: yen},
				decision.Goodwill{By: o.g.By, At: early, Charges: yen, Fees: minus, Software: []decision.FreeSoftware{{}, {}}, Reason: " "},
				decision.Denial{By: o.r.By, At: early},
			}
		},
			[]string{"by.id", "by.limit", "at", "amount"},
			[]string{"by.id", "by.limit", "at", "charges", "fees", "software[0].name", "software[0].price", "software[1].name", "software[1].price", "reason"},
			[]string{"by.id", "at", "reason"}},
	}
	p, c := anyPart(), testkit.ReviewedCase()
	shown := testkit.Shown(t, p, c)
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			o := all{anApproval("100.00"), aGoodwill("100.00", "20.00", free("Antivirus", "10.00"), free("Backup", "5.00")), aDenial()}
			r.change(&o)
			check := func(what string, d decision.Decision, err error, below []string) {
				t.Helper()
				if below == nil {
					if err != nil || d.IsZero() {
						t.Errorf("%s: decided %v, %v", what, d, err)
					}
					return
				}
				var want []string
				for _, path := range below {
					want = append(want, what+"."+path)
				}
				if !d.IsZero() || !testkit.HasPaths(err, want...) || sentinelsOf(err) != nil {
					t.Errorf("%s: decided %v, %v with %q; want %q", what, d, err, testkit.Paths(err), want)
				}
			}
			d, err := decision.Approve(p, c, shown, o.a)
			check("approval", d, err, r.approval)
			d, err = decision.Grant(p, c, shown, o.g)
			check("goodwill", d, err, r.goodwill)
			d, err = decision.Decline(p, c, shown, o.r)
			check("denial", d, err, r.denial)
		})
	}
}

// Missing, zero and negative amounts are three different inputs.
func TestMissingZeroAndNegativeAmounts(t *testing.T) {
	p, c := anyPart(), testkit.ReviewedCase()
	reported := map[string]bool{}
	for _, amount := range []refund.Money{{}, testkit.USD("0.00"), testkit.USD("-174.99")} {
		a := anApproval("0.01")
		a.Amount = amount
		d, err := decision.Approve(p, c, testkit.Shown(t, p, c), a)
		if err == nil || !d.IsZero() {
			t.Fatalf("%v: decided %v", amount, d)
		}
		reported[err.Error()] = true
		if got := errors.Is(err, decision.ErrNothingToRefund); got != (!amount.IsZero() && amount.Sign() == 0) {
			t.Errorf("%v: %v", amount, err)
		}
	}
	if len(reported) != 3 {
		t.Errorf("different errors: %v", reported)
	}
}

// Errors are reported in this order: invalid input, a stale outcome, closed gates.
func TestErrorsComeInOrder(t *testing.T) {
	decide := func(p refund.Policy, c refund.Case, shown refund.Digest, a decision.Approval) (errs [3]error) {
		_, errs[0] = decision.Approve(p, c, shown, a)
		_, errs[1] = decision.Grant(p, c, shown, decision.Goodwill{By: a.By, At: a.At, Charges: a.Amount, Fees: testkit.USD("0.00"), Reason: "because"})
		_, errs[2] = decision.Decline(p, c, shown, decision.Denial{By: a.By, At: a.At, Reason: "because"})
		return errs
	}
	p, c, a := anyPart(), testkit.ReviewedCase(), anApproval("100.00")
	c.Findings, c.Request.RecordedBy = nil, a.By.ID
	good := testkit.Shown(t, p, c)
	for i, err := range decide(p, c, good, a) {
		if sentinelsOf(err) == nil || errors.Is(err, decision.ErrStale) {
			t.Errorf("%d: %v, want closed gates", i, err)
		}
	}
	for i, err := range decide(p, c, refund.Digest{}, a) {
		if !errors.Is(err, decision.ErrStale) || sentinelsOf(err) != nil {
			t.Errorf("%d: %v, want ErrStale", i, err)
		}
	}
	a.At = time.Time{}
	for i, err := range decide(p, c, refund.Digest{}, a) {
		if paths := testkit.Paths(err); len(paths) != 1 || errors.Is(err, decision.ErrStale) {
			t.Errorf("%d: %v, want one fault", i, err)
		}
	}
	p.WindowDays, c.Issues = 0, nil
	for i, err := range decide(p, c, refund.Digest{}, a) {
		if want := []string{"approval", "goodwill", "denial"}[i] + ".at"; !testkit.HasPaths(err, "policy.window_days", "issues", want) {
			t.Errorf("%d: %v, want the faults of all three", i, err)
		}
	}
	// Without a price, the currency of the amounts is not known.
	c.Subscription.Price = refund.Money{}
	for i, err := range decide(p, c, refund.Digest{}, a) {
		if !testkit.HasPaths(err, "policy.window_days", "subscription.price", "issues") {
			t.Errorf("%d: %v, want the faults of policy and case", i, err)
		}
	}
}

// After autumn PR #1242 and GOV.UK Pay 412: a quote binds or is refused.
func TestStale(t *testing.T) {
	p := anyPart()
	other := testkit.ReviewedCase()
	other.Subscription.ID = "SUB-2"
	rows := []struct {
		because string
		shown   func(refund.Digest) refund.Digest
		change  func(*refund.Policy, *refund.Case)
		fresh   bool
	}{
		{"the outcome is the one shown", nil, nil, true},
		{"no digest", func(refund.Digest) refund.Digest { return refund.Digest{} }, nil, false},
		{"another subscription's outcome was shown", func(refund.Digest) refund.Digest { return testkit.Shown(t, p, other) }, nil, false},
		{"the digest of the case is not that of the outcome", func(refund.Digest) refund.Digest { return testkit.ReviewedCase().Digest() }, nil, false},
		{"one bit of it changed", func(d refund.Digest) refund.Digest { d[31] ^= 1; return d }, nil, false},
		{"an issue was resolved after it was shown", nil, func(_ *refund.Policy, c *refund.Case) {
			c.Issues = append(c.Issues, refund.Issue{ID: "T-2", Opened: testkit.March(4, 9, 0), Resolved: testkit.March(4, 10, 0)})
		}, false},
		{"a part was refunded after it was shown", nil, func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = testkit.USD("0.01") }, false},
		{"more was paid after it was shown", nil, func(_ *refund.Policy, c *refund.Case) { c.Subscription.Paid = testkit.USD("200.00") }, false},
		{"a report of misuse came in", nil, func(_ *refund.Policy, c *refund.Case) {
			c.Findings = append(c.Findings, refund.Finding{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking})
		}, false},
		{"a finding in other words", nil, func(_ *refund.Policy, c *refund.Case) { c.Findings[0].Detail = "no call" }, false},
		{"the request's instant was corrected", nil, func(_ *refund.Policy, c *refund.Case) { c.Request.At = c.Request.At.Add(time.Nanosecond) }, false},
		{"the customer was called back after it was shown", nil, func(_ *refund.Policy, c *refund.Case) { c.Request.CalledBack = testkit.March(10, 17, 0) }, false},
		{"another version of the policy", nil, func(p *refund.Policy, _ *refund.Case) { p.Version = "2" }, false},
		{"a special day moves the call back", nil, func(p *refund.Policy, _ *refund.Case) {
			p.SpecialDays = refund.SpecialDays{refund.DateOf(testkit.March(10, 0, 0)): nil}
		}, false},
		{"a payment was disputed after it was shown", nil, func(_ *refund.Policy, c *refund.Case) { c.Subscription.Disputed = testkit.USD("0.01") }, false},
		{"findings in another order are the same", nil, func(_ *refund.Policy, c *refund.Case) { slices.Reverse(c.Findings) }, true},
		{"the same instants in another location", nil, func(_ *refund.Policy, c *refund.Case) { c.Request.At = c.Request.At.UTC() }, true},
		{"the reason of the request is not part of an outcome", nil, func(_ *refund.Policy, c *refund.Case) { c.Request.Reason = "no good" }, true},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			p, c := anyPart(), testkit.ReviewedCase()
			c.Findings = slices.Clone(c.Findings)
			shown := testkit.Shown(t, p, c)
			if r.shown != nil {
				shown = r.shown(shown)
			}
			if r.change != nil {
				r.change(&p, &c)
			}
			now := testkit.Shown(t, p, c)
			_, approving := decision.Approve(p, c, shown, anApproval("100.00"))
			_, goodwilling := decision.Grant(p, c, shown, aGoodwill("100.00", "0.00"))
			_, declining := decision.Decline(p, c, shown, aDenial())
			for _, err := range []error{approving, goodwilling, declining} {
				if r.fresh {
					if err != nil {
						t.Error(err)
					}
					continue
				}
				var stale *decision.StaleError
				if !errors.As(err, &stale) || !errors.Is(err, decision.ErrStale) {
					t.Fatalf("got %v", err)
				}
				if stale.What != "outcome" || stale.Then != shown || stale.Now != now || stale.Then == stale.Now {
					t.Errorf("got %+v", stale)
				}
			}
		})
	}
}

// fillStrings sets every string below v, a different one each.
func fillStrings(v reflect.Value, set func(n int) string, n *int) {
	switch v.Kind() {
	case reflect.Struct:
		if _, ok := v.Addr().Interface().(interface{ IsValid() bool }); ok { // money, dates
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillStrings(v.Field(i), set, n)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			fillStrings(v.Index(i), set, n)
		}
	case reflect.String:
		*n++
		v.SetString(set(*n))
	}
}

// No error contains a name, a number or a reason of the input.
func TestErrorsQuoteNoFreeText(t *testing.T) {
	const secret = "jane q. secret 555-0100"
	type all struct {
		C refund.Case
		A decision.Approval
		G decision.Goodwill
		R decision.Denial
	}
	planted := 0
	build := func(text func(n int) string) all {
		o := all{testkit.ReviewedCase(), anApproval("100.00"), aGoodwill("100.00", "20.00", free("Antivirus", "10.00")), aDenial()}
		o.C.Findings = append(o.C.Findings, refund.Finding{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking})
		planted = 0
		fillStrings(reflect.ValueOf(&o).Elem(), text, &planted)
		return o
	}
	same := build(func(int) string { return secret })
	different := build(func(n int) string { return fmt.Sprint(secret, n) })
	different.C.Issues[0].Subscription = ""
	invalid := build(func(int) string { return secret })
	invalid.A.At, invalid.G.At, invalid.R.At = time.Time{}, time.Time{}, time.Time{}
	invalid.A.Amount, invalid.G.Charges = testkit.USD("-1.00"), refund.MustMoney("100", "JPY")
	invalid.G.Software[0].Price = refund.Money{}
	if planted < 26 {
		t.Errorf("only %d strings planted", planted)
	}
	same.C.Findings = same.C.Findings[1:]
	same.A.By.Limit, same.G.By.Limit = refund.Money{}, testkit.USD("0.01")
	same.C.Subscription.Refunded = same.C.Subscription.Paid

	p := anyPart()
	key := hostKey(t, 1)
	kinds := map[string]int{}
	address := regexp.MustCompile(`\(0x[0-9a-f]+\)`)
	look := func(err error) {
		t.Helper()
		if err == nil {
			return
		}
		kinds[fmt.Sprintf("%T", err)]++
		shown := []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err), fmt.Sprintf("%q", err)}
		if text, err := json.Marshal(err); err == nil {
			shown = append(shown, string(text))
		}
		var refused *decision.GatesError
		if errors.As(err, &refused) {
			for _, g := range refused.Gates {
				shown = append(shown, g.Error(), fmt.Sprintf("%#v", g))
			}
		}
		for _, text := range shown {
			text = address.ReplaceAllString(text, "") // which may have any digits
			for _, part := range []string{"jane", "secret", "555", "0100"} {
				if strings.Contains(text, part) {
					t.Errorf("%q gets out: %s", part, text)
				}
			}
		}
	}
	for _, o := range []all{same, different, invalid} {
		for _, shown := range []refund.Digest{testkit.Shown(t, p, o.C), {}} {
			d, err := decision.Approve(p, o.C, shown, o.A)
			look(err)
			_, err = decision.Grant(p, o.C, shown, o.G)
			look(err)
			e, err := decision.Decline(p, o.C, shown, o.R)
			look(err)
			for _, d := range []decision.Decision{d, e} {
				record, err := d.Record(key)
				look(err)
				_, err = decision.Replay(p, same.C, record, publicKey(1))
				look(err)
				_, err = decision.Replay(p, o.C, append(record, secret...), publicKey(1))
				look(err)
			}
		}
	}
	_, err := decision.Replay(p, testkit.ReviewedCase(), signed(1, "refundpolicy decision 1\n"+testkit.Line("kind", "jane")+testkit.Line(secret, secret)), publicKey(1))
	look(err)
	for _, kind := range []string{"*refund.InvalidError", "*decision.GatesError", "*decision.StaleError", "*errors.errorString"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s was checked: %v", kind, kinds)
		}
	}
}

// A decision under a policy that took effect after the subscription would judge customers by
// rules under which they did not buy.
func TestPolicyNotYetInForce(t *testing.T) {
	p, c := anyPart(), testkit.ReviewedCase()
	shown := testkit.Shown(t, p, c)
	approval := decision.Approval{By: decision.Officer{ID: "ops-3", Limit: testkit.USD("500.00")}, At: c.Request.At, Amount: testkit.USD("1.00")}
	for _, row := range []struct {
		why       string
		effective time.Time
		paths     []string
	}{
		{"always in effect", time.Time{}, nil},
		{"in effect from the instant of the subscription", c.Subscription.Start, nil},
		{"in effect from a later instant", c.Subscription.Start.Add(1), []string{"subscription.start"}},
	} {
		p.Effective = row.effective
		_, err := decision.Approve(p, c, shown, approval)
		testkit.WantPaths(t, err, row.paths...)
		if row.why == "" {
			t.Error("a row without a reason")
		}
	}
	_, err := decision.Approve(p, c, shown, decision.Approval{})
	testkit.WantPaths(t, err, "approval.amount", "approval.at", "approval.by.id", "subscription.start")
	c.Subscription.Start = time.Time{} // missing is not early as well
	_, err = decision.Approve(p, c, shown, approval)
	testkit.WantPaths(t, err, "subscription.start")
}

// The digest of the outcome covers the people of the case.
func TestShownBindsThePeople(t *testing.T) {
	p, c := anyPart(), testkit.ReviewedCase()
	shown := testkit.Shown(t, p, c)
	for who, change := range map[string]func(*refund.Case){
		"another holder":    func(c *refund.Case) { c.Subscription.Account = "ACC-MALLORY" },
		"another requester": func(c *refund.Case) { c.Request.By = "ACC-MALLORY" },
		"another officer":   func(c *refund.Case) { c.Request.RecordedBy = "desk-9" },
	} {
		other := testkit.ReviewedCase()
		change(&other)
		_, err := decision.Approve(p, other, shown, decision.Approval{By: decision.Officer{ID: "ops-3", Limit: testkit.USD("500.00")}, At: c.Request.At, Amount: testkit.USD("1.00")})
		if !errors.Is(err, decision.ErrStale) {
			t.Errorf("%s: %v", who, err)
		}
	}
}

// A gate on clauses has a fault for each clause, and no gate is without a fault.
func TestFaultsOfGates(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	c.Findings = nil
	_, err := decision.Approve(p, c, testkit.Shown(t, p, c), anApproval("175.00"))
	byHand := &decision.GatesError{Gates: []*decision.GateError{nil, {Gate: decision.ErrHeld}, {Gate: decision.ErrNothingToRefund}, {}}}
	for _, r := range []struct {
		because string
		err     error
		want    []string
	}{
		{"two clauses of one gate, and an amount", err, []string{
			"approval.acknowledged.log-review: not reviewed yet", "approval.acknowledged.credentials: not reviewed yet",
			"approval.amount: above the refundable amount: 175.00 USD; at most 174.99 USD may be released"}},
		{"the error is wrapped", fmt.Errorf("desk: %w", err), []string{
			"approval.acknowledged.log-review: not reviewed yet", "approval.acknowledged.credentials: not reviewed yet",
			"approval.amount: above the refundable amount: 175.00 USD; at most 174.99 USD may be released"}},
		{"gates without clauses and amounts, made by a host", byHand, []string{
			"approval: on hold until cleared", "approval: nothing to refund", "approval: a gate without a name"}},
	} {
		testkit.Row(t, r.because, func(t *testing.T) {
			var faults refund.Faults
			faults.Merge(r.err)
			var got []string
			for _, f := range faults {
				got = append(got, f.Error())
			}
			if !slices.Equal(got, r.want) {
				t.Errorf("got  %q\nwant %q", got, r.want)
			}
		})
	}
}

// Tests of a host may build these errors by hand; they print without a panic.
func TestGatesWithoutNames(t *testing.T) {
	for _, err := range []error{&decision.GateError{}, (*decision.GateError)(nil), &decision.GatesError{}, &decision.GatesError{Gates: []*decision.GateError{nil}}} {
		if err.Error() == "" {
			t.Errorf("%#v has an empty text", err)
		}
	}
	mock := &decision.GatesError{Gates: []*decision.GateError{nil, {}, {Gate: decision.ErrHeld}}}
	if !errors.Is(mock, decision.ErrHeld) || errors.Is(mock, decision.ErrStale) {
		t.Error("the one gate with a name is not the one that is matched")
	}
}
