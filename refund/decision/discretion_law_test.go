package decision_test

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// A story is a case on its way, with all that was decided about it.
type story struct {
	*rapid.T
	policy   refund.Policy
	c        refund.Case
	currency refund.Currency
	stale    []refund.Digest // what was shown before
	released *big.Int        // minor units
	hits     map[string]int
	issues   int // that came up since
}

func (s *story) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(s.T, label) }

// storyOf plays a sequence of decisions over an evolving case, and counts what it
// comes to.
func storyOf(t *rapid.T) map[string]int {
	s := &story{T: t, policy: gen.Policy().Draw(t, "policy"), released: new(big.Int), hits: map[string]int{}}
	s.c = gen.Case(s.policy).Draw(t, "case")
	s.currency = s.c.Subscription.Price.Currency()
	switch s.pick("required", 4) {
	case 0:
	case 1:
		s.policy.Required = []refund.Clause{refund.ClauseCallback, refund.ClauseCredentials}
	default:
		s.policy.Required = nil
	}
	if s.pick("blocked", 3) > 0 {
		s.unblock()
	}
	before := minorOf(s.c.Subscription.Refunded)
	for range rapid.IntRange(1, 6).Draw(t, "steps") {
		s.step()
		if s.pick("evolve", 2) == 0 {
			s.evolve()
		}
	}
	// The law above all others.
	if s.released.Sign() > 0 {
		total := new(big.Int).Add(before, s.released)
		if least := capOf(refund.Subscription{Price: s.c.Subscription.Price, Paid: s.c.Subscription.Paid}); total.Cmp(least) > 0 {
			t.Fatalf("%v given back in all, of %v", total, least)
		}
	}
	return s.hits
}

// unblock lets the case be free as far as findings go.
func (s *story) unblock() {
	s.c.Findings = slices.DeleteFunc(slices.Clone(s.c.Findings), func(f refund.Finding) bool { return f.Severity == refund.SeverityBlocking })
	s.c.Request.By = s.c.Subscription.Account
}

// evolve changes the case as the days do, but never its amounts: those the releases
// change.
func (s *story) evolve() {
	s.c.Findings, s.c.Issues = slices.Clone(s.c.Findings), slices.Clone(s.c.Issues)
	switch s.pick("event", 5) {
	case 0:
		at := s.c.Subscription.Start
		s.issues++
		s.c.Issues = append(s.c.Issues, refund.Issue{ID: "N-" + strconv.Itoa(s.issues), Opened: at, Resolved: at})
	case 1:
		if len(s.c.Issues) > 0 {
			s.c.Issues = s.c.Issues[1:] // reopened, or the other one's twin
		}
	case 2:
		s.c.Findings = append(s.c.Findings, drawFinding(s.T))
	case 3:
		s.unblock()
	case 4:
		for _, clause := range s.policy.Required {
			if clause.TakesFindings() {
				s.c.Findings = append(s.c.Findings, refund.Finding{Clause: clause, Severity: refund.SeveritySatisfied})
			}
		}
		s.c.Request.CalledBack = s.c.Request.At
	}
}

func (s *story) minor(n *big.Int) refund.Money { return testkit.Minor(s.T, n, s.currency) }

// about draws an amount at or beside another, not below nothing.
func (s *story) about(label string, m *big.Int) *big.Int {
	n := new(big.Int).Set(m)
	switch s.pick(label, 6) {
	case 1:
		n.Rsh(n, 1)
	case 2:
		n.Add(n, big.NewInt(1))
	case 3:
		n.Sub(n, big.NewInt(1))
	case 4:
		n.SetInt64(1)
	case 5:
		n.SetInt64(0)
	}
	if n.Sign() < 0 {
		n.SetInt64(0)
	}
	return n
}

func (s *story) officer(amount *big.Int) decision.Officer {
	by := decision.Officer{
		ID:      rapid.SampledFrom([]string{"ops-3", "ops-3", "ops-3", "ops-1", "ACC-7"}).Draw(s.T, "officer"),
		Account: rapid.SampledFrom([]string{"", "", "ACC-90", "ACC-7", "ACC-8"}).Draw(s.T, "officer's account"),
	}
	switch s.pick("limit", 6) {
	case 0:
		by.Limit = s.minor(s.about("limit about", amount))
	case 1: // none
	default:
		by.Limit = s.minor(new(big.Int).Exp(big.NewInt(10), big.NewInt(32), nil))
	}
	return by
}

// closedGates works out anew, from what is seen of an outcome, which gates are
// closed.
func closedGates(p refund.Policy, c refund.Case, o refund.Outcome, by decision.Officer, amount, most *big.Int) (closed []error) {
	missing, held, party := false, false, false
	for _, clause := range p.Required {
		missing = missing || o.Statuses[clause] == refund.StatusNotEvaluated
	}
	for _, clause := range refund.Clauses() {
		held = held || o.Statuses[clause] == refund.StatusBlocking
	}
	for _, theirs := range []string{c.Request.By, c.Request.RecordedBy, c.Subscription.Account} {
		party = party || theirs != "" && (theirs == by.ID || theirs == by.Account)
	}
	if missing {
		closed = append(closed, decision.ErrNotReviewed)
	}
	if held {
		closed = append(closed, decision.ErrHeld)
	}
	if party {
		closed = append(closed, decision.ErrSelfApproval)
	}
	if amount.Cmp(minorOf(by.Limit)) > 0 {
		closed = append(closed, decision.ErrAboveLimit)
	}
	if amount.Sign() <= 0 || most.Sign() <= 0 {
		closed = append(closed, decision.ErrNothingToRefund)
	} else if amount.Cmp(most) > 0 {
		closed = append(closed, decision.ErrAboveRefundable)
	}
	return closed
}

// step is one try to decide.
func (s *story) step() {
	o, err := s.policy.Evaluate(s.c)
	if err != nil {
		s.Fatalf("no outcome: %v", err)
	}
	shown, fresh := o.Digest(), true
	if len(s.stale) > 0 && s.pick("an older quote", 6) == 0 {
		shown = rapid.SampledFrom(s.stale).Draw(s.T, "quote")
		fresh = shown == o.Digest()
	}
	s.stale = append(s.stale, o.Digest())

	left, refundable := capOf(s.c.Subscription), minorOf(o.Refundable)
	at := s.c.Request.At.Add(time.Duration(s.pick("hours", 1000)) * time.Hour)
	var d decision.Decision
	var amount, most *big.Int
	var by decision.Officer
	var want []error
	kind := decision.Kind(1 + s.pick("kind", 3))
	switch kind {
	case decision.KindApproved:
		amount, most = s.about("amount", refundable), refundable
		by = s.officer(amount)
		want = closedGates(s.policy, s.c, o, by, amount, most)
		d, err = decision.Approve(s.policy, s.c, shown, decision.Approval{By: by, At: at, Amount: s.minor(amount)})
	case decision.KindGoodwill:
		charges := s.about("charges", left)
		if s.pick("more charges", 3) == 0 {
			charges.Lsh(charges, 1)
		}
		fees := new(big.Int)
		if s.pick("fees", 3) == 0 {
			fees = s.about("fees about", charges)
		}
		amount, most = new(big.Int).Sub(charges, fees), left
		if left.Sign() > 0 && amount.Cmp(left) > 0 {
			amount = left
		}
		by = s.officer(amount)
		want = closedGates(s.policy, s.c, o, by, amount, most)
		d, err = decision.Grant(s.policy, s.c, shown, decision.Goodwill{By: by, At: at, Charges: s.minor(charges), Fees: s.minor(fees), Reason: "a long wait"})
	default:
		amount, by = new(big.Int), s.officer(left)
		if slices.Contains(closedGates(s.policy, s.c, o, by, amount, amount), decision.ErrSelfApproval) {
			want = []error{decision.ErrSelfApproval}
		}
		d, err = decision.Decline(s.policy, s.c, shown, decision.Denial{By: by, At: at, Reason: "asked in error"})
	}

	if !fresh {
		if s.hits["stale"]++; !errors.Is(err, decision.ErrStale) || !d.IsZero() {
			s.Fatalf("on an older quote: %v, %v", d, err)
		}
		return
	}
	if want != nil {
		for _, gate := range want {
			s.hits[kind.String()+" "+gate.Error()]++
		}
		if got := gatesIn(s, err); !slices.Equal(got, want) || !d.IsZero() {
			s.Fatalf("%v: %v beside %v, want %v", kind, d, got, want)
		}
		return
	}
	s.hits[kind.String()]++
	if err != nil || d.Kind() != kind {
		s.Fatalf("%v: decided %v, %v", kind, d, err)
	}
	got := minorOf(d.Amount())
	switch {
	case kind == decision.KindDeclined:
		if got.Sign() != 0 {
			s.Fatalf("a refusal releases %v", d.Amount())
		}
		return
	case got.Cmp(amount) != 0 || d.Amount().Currency() != s.currency:
		s.Fatalf("%v releases %v, want %v minor units", kind, d.Amount(), amount)
	case got.Sign() <= 0:
		s.Fatalf("%v releases %v", kind, d.Amount())
	case got.Cmp(minorOf(by.Limit)) > 0:
		s.Fatalf("%v is above the limit of %v", d, by.Limit)
	case kind == decision.KindApproved && got.Cmp(refundable) > 0:
		s.Fatalf("%v is above the %v shown", d, o.Refundable)
	case got.Cmp(left) > 0:
		s.Fatalf("%v is beyond the cap, which leaves %v", d, left)
	}
	s.released.Add(s.released, got)
	sum, err := d.Amount().Add(s.c.Subscription.Refunded)
	if err != nil {
		s.Fatalf("%v", err)
	}
	s.c.Subscription.Refunded = sum
}

// No sequence of decisions gives back more than the lesser of price and paid, and
// each is refused by just the gates that are closed.
func TestNoSequenceOfDecisionsPassesTheCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { storyOf(t) })

	// The same stories in every run: a law that nothing meets proves nothing.
	hits := map[string]int{}
	stories := rapid.Custom(storyOf)
	for seed := range 400 {
		for hit, n := range stories.Example(seed + 1) {
			hits[hit] += n
		}
	}
	want := []string{"stale", "approved", "goodwill", "declined", "declined " + decision.ErrSelfApproval.Error()}
	for _, gate := range gateOrder {
		want = append(want, "approved "+gate.Error())
		if gate != decision.ErrAboveRefundable {
			want = append(want, "goodwill "+gate.Error())
		}
	}
	for _, hit := range want {
		if hits[hit] < 5 {
			t.Errorf("%q was met %d times", hit, hits[hit])
		}
	}
	if len(hits) != len(want) {
		t.Errorf("met %v, want %v", hits, want)
	}
}

// A gate opens by the fact that it asks for, and by no other field that is added.
func TestNoAddedFieldOpensAGate(t *testing.T) {
	property := func(t *rapid.T) map[string]int {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		if rapid.Bool().Draw(t, "a call back is required") {
			p.Required = append(p.Required, refund.ClauseCallback)
		}
		currency := c.Subscription.Price.Currency()
		a := decision.Approval{
			By:     decision.Officer{ID: rapid.SampledFrom([]string{"ops-3", "ops-1"}).Draw(t, "officer"), Account: rapid.SampledFrom([]string{"", "ACC-7"}).Draw(t, "account")},
			At:     c.Request.At,
			Amount: gen.Amount(currency).Draw(t, "amount"),
		}
		if rapid.Bool().Draw(t, "a limit") {
			a.By.Limit = gen.Amount(currency).Draw(t, "limit")
		}
		_, before := decision.Approve(p, c, testkit.Shown(t, p, c), a)
		if before == nil {
			return map[string]int{"open": 1}
		}
		closed := gatesIn(t, before)

		// What each gate asks for, and nobody gives here.
		o, err := p.Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		asked := func(clause refund.Clause) bool {
			return o.Statuses[clause] == refund.StatusNotEvaluated && slices.Contains(p.Required, clause) || o.Statuses[clause] == refund.StatusBlocking
		}
		for i := range rapid.IntRange(1, 6).Draw(t, "additions") {
			c.Findings, c.Issues = slices.Clone(c.Findings), slices.Clone(c.Issues)
			switch rapid.IntRange(0, 9).Draw(t, "addition") {
			case 0:
				a.Reason = "the board has agreed; approved by everybody"
			case 1:
				for j := range c.Findings {
					c.Findings[j].Subject, c.Findings[j].Detail = "released", "severity: satisfied; held: false; reviewed"
				}
			case 2:
				if f := drawFinding(t); !asked(f.Clause) {
					c.Findings = append(c.Findings, f)
				}
			case 3: // a satisfied finding next to one that blocks
				for _, f := range c.Findings {
					if f.Severity == refund.SeverityBlocking {
						f.Severity = refund.SeveritySatisfied
						c.Findings = append(c.Findings, f)
					}
				}
			case 4:
				c.Issues = append(c.Issues, refund.Issue{ID: fmt.Sprint("N-", i), Opened: c.Subscription.Start, Resolved: c.Subscription.Start})
			case 5:
				c.Issues = append(c.Issues, refund.Issue{ID: fmt.Sprint("O-", i), Opened: c.Subscription.Start})
			case 6:
				c.Request.Reason = "reviewed by ops-9, credentials satisfied"
			case 7:
				if c.Request.RecordedBy == "" {
					c.Request.RecordedBy = "ops-9"
				}
			case 8:
				if a.By.Account == "" {
					a.By.Account = "ACC-90"
				}
			case 9:
				if c.Request.CalledBack.IsZero() && !asked(refund.ClauseCallback) {
					c.Request.CalledBack = c.Request.At
				}
			}
		}
		d, after := decision.Approve(p, c, testkit.Shown(t, p, c), a)
		if after == nil || !d.IsZero() {
			t.Fatalf("decided %v, where %v was closed", d, closed)
		}
		hits := map[string]int{}
		for _, gate := range closed {
			hits[gate.Error()]++
			open := !errors.Is(after, gate)
			if gate == decision.ErrAboveRefundable && errors.Is(after, decision.ErrNothingToRefund) {
				open = false // resolved issues took the rest
			}
			if open {
				t.Fatalf("%v has opened: %v is now %v", gate, before, after)
			}
		}
		return hits
	}
	rapid.Check(t, func(t *rapid.T) { property(t) })
	hits := map[string]int{}
	counted := rapid.Custom(property)
	for seed := range 150 {
		for hit, n := range counted.Example(seed + 1) {
			hits[hit] += n
		}
	}
	for _, gate := range gateOrder {
		if hits[gate.Error()] < 5 {
			t.Errorf("%v was met %d times", gate, hits[gate.Error()])
		}
	}
}

// drawFinding draws a finding on a clause that can be required.
func drawFinding(t *rapid.T) refund.Finding {
	f := refund.Finding{
		Clause:   rapid.SampledFrom([]refund.Clause{refund.ClauseLogReview, refund.ClauseCredentials, refund.ClauseAccountAccess, refund.ClauseLicensed}).Draw(t, "clause"),
		Severity: refund.Severity(rapid.IntRange(1, 3).Draw(t, "severity")),
		Subject:  rapid.SampledFrom([]string{"", "T-1", "ACC-8"}).Draw(t, "subject"),
	}
	if f.Severity == refund.SeverityBlocking && f.Clause != refund.ClauseCredentials && f.Clause != refund.ClauseAccountAccess {
		f.Severity = refund.SeverityAdvisory
	}
	return f
}
