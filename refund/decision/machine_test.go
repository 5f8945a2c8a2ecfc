package decision_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A desk is a case with a simple model of the decisions that are allowed on it. The model
// counts in cents and uses the facts, not the outcome.
type desk struct {
	policy refund.Policy
	c      refund.Case
	quotes []refund.Digest // outcomes that were shown, with repetitions
	met    map[string]int

	price, paid, charge, refunded, disputed int
}

var (
	// The first two are the recording officer and the holder; the others look like them.
	alikes = []string{"OFF-1", "ACC-7", "off-1", "OFF-1\u200b", "\u041eFF-1", "OFF-11", "OFF-", "acc-7", "ACC-77", "ops-3", "ops-4"}
	// No id begins or ends with white space, or a control character.
	refusedIDs = []string{"OFF-1 ", " ACC-7", "ACC-7\u00a0", "OFF-1\n", "OFF\x00-1", " "}
	requirable = []refund.Clause{refund.ClauseCallback, refund.ClauseLogReview, refund.ClauseLicensed, refund.ClauseCredentials, refund.ClauseAccountAccess}
)

func cents(n int) refund.Money { return testkit.USD("0.01").Times(n) }

func oneOf[T any](t *rapid.T, label string, of ...T) T { return rapid.SampledFrom(of).Draw(t, label) }

func newDesk(t *rapid.T, met map[string]int) *desk {
	d := &desk{policy: testkit.Policy(), c: testkit.ReviewedCase(), met: met}
	d.policy.Readings.ReleasedAmount = refund.ReleasedAmount(rapid.IntRange(1, 2).Draw(t, "released_amount"))
	d.policy.Readings.GoodwillAfter = refund.GoodwillAfter(rapid.IntRange(1, 2).Draw(t, "goodwill_after"))
	if rapid.Bool().Draw(t, "other required clauses") {
		d.policy.Required = rapid.SliceOfNDistinct(rapid.SampledFrom(requirable), 0, 3, rapid.ID).Draw(t, "required")
	}
	d.price, d.charge = 10_000, oneOf(t, "charge", 0, 2500, 2500, 10_000)
	d.paid = oneOf(t, "paid", 10_000, 10_000, 6667, 12_000)
	d.refunded, d.disputed = oneOf(t, "refunded", 0, 0, 1500), oneOf(t, "disputed", 0, 0, 2000)
	d.c.Request.RecordedBy = "OFF-1"
	d.c.Issues = refund.IssueLog{}
	return d
}

// sync writes the amounts of the model into the case.
func (d *desk) sync() {
	s := &d.c.Subscription
	s.Price, s.Paid, s.Service.PerInstance = cents(d.price), cents(d.paid), cents(d.charge)
	s.Refunded, s.Disputed = cents(d.refunded), cents(d.disputed)
}

func (d *desk) remaining() int { return max(min(d.price, d.paid)-d.refunded-d.disputed, 0) }

func (d *desk) refundable() int {
	entitlement := min(max(d.price-d.charge*len(d.c.Issues), 0), d.price, d.paid)
	return max(entitlement-d.refunded-d.disputed, 0)
}

// worst returns the severity of the worst finding on a clause, or 0 if there is none.
func (d *desk) worst(clause refund.Clause) (worst refund.Severity) {
	for _, f := range d.c.Findings {
		if f.Clause == clause {
			worst = max(worst, f.Severity)
		}
	}
	return worst
}

// status returns the status of a required clause as a severity, or 0 if it is open.
func (d *desk) status(clause refund.Clause) refund.Severity {
	switch clause {
	case refund.ClauseCallback:
		switch called := d.c.Request.CalledBack; {
		case called.IsZero():
			return 0
		case called.After(testkit.March(10, 20, 0)): // requested at 12:00, and the desk is open until 22:00
			return refund.SeverityAdvisory
		}
		return refund.SeveritySatisfied
	case refund.ClauseAccountAccess:
		by, holder := d.c.Request.By, d.c.Subscription.Account
		vouched := by != "" && slices.ContainsFunc(d.c.Findings, func(f refund.Finding) bool {
			return f.Clause == clause && f.Severity == refund.SeveritySatisfied && f.Subject == by
		})
		worst := d.worst(clause)
		switch {
		case worst == refund.SeverityBlocking, by != "" && holder != "" && by != holder && !vouched:
			return refund.SeverityBlocking
		case worst == refund.SeverityAdvisory:
			return worst
		case vouched, by != "" && by == holder:
			return refund.SeveritySatisfied
		}
		return 0
	}
	return d.worst(clause)
}

// objected returns the required clauses that have an objection.
func (d *desk) objected() (clauses []refund.Clause) {
	for _, clause := range d.policy.Required {
		if d.status(clause) == refund.SeverityAdvisory {
			clauses = append(clauses, clause)
		}
	}
	return clauses
}

func (d *desk) held() bool {
	return d.worst(refund.ClauseCredentials) == refund.SeverityBlocking || d.status(refund.ClauseAccountAccess) == refund.SeverityBlocking
}

func (d *desk) party(by decision.Officer) bool {
	for _, id := range []string{d.c.Request.By, d.c.Request.RecordedBy, d.c.Subscription.Account} {
		if id != "" && (id == by.ID || id == by.Account) {
			return true
		}
	}
	return false
}

// closed returns the gates that the model expects to be closed.
func (d *desk) closed(by decision.Officer, limit, amount, most int, acknowledged []refund.Clause, whole bool) (gates []error) {
	open, unnamed := false, false
	for _, clause := range d.policy.Required {
		switch d.status(clause) {
		case 0:
			open = true
		case refund.SeverityAdvisory:
			unnamed = unnamed || !slices.Contains(acknowledged, clause)
		}
	}
	for _, g := range []struct {
		closed bool
		gate   error
	}{
		{open, decision.ErrNotReviewed},
		{unnamed, decision.ErrNotAcknowledged},
		{d.held(), decision.ErrHeld},
		{d.party(by), decision.ErrSelfApproval},
		{d.refunded+amount > limit, decision.ErrAboveLimit},
		{amount <= 0 || most <= 0, decision.ErrNothingToRefund},
		{whole && 0 < amount && amount < most, decision.ErrPartial},
		{0 < most && most < amount, decision.ErrAboveRefundable},
	} {
		if g.closed {
			gates = append(gates, g.gate)
		}
	}
	return gates
}

// quote returns the outcome's digest, or sometimes an old one.
func (d *desk) quote(t *rapid.T) (shown refund.Digest, fresh bool) {
	now := testkit.Shown(t, d.policy, d.c)
	d.quotes = append(d.quotes, now)
	shown = now
	if rapid.IntRange(0, 9).Draw(t, "an old quote") == 0 {
		shown = rapid.SampledFrom(d.quotes).Draw(t, "quote")
	}
	return shown, shown == now
}

// officer draws the officer who decides, the limit in cents, and the paths of faults in the
// officer's ids.
func (d *desk) officer(t *rapid.T, amount int) (by decision.Officer, limit int, faults []string) {
	by.ID, by.Account = oneOf(t, "officer", "ops-3", "ops-3", "ops-3", oneOf(t, "alike", alikes...)), oneOf(t, "account", "", "", "", oneOf(t, "alike account", alikes...))
	switch rapid.IntRange(0, 19).Draw(t, "a refused id") {
	case 0:
		by.ID, faults = oneOf(t, "id", refusedIDs...), append(faults, "by.id")
	case 1:
		by.Account, faults = oneOf(t, "id", refusedIDs...), append(faults, "by.account")
	}
	switch limit = oneOf(t, "limit", 1_000_000, 1_000_000, d.refunded+amount, d.refunded+amount-1, amount, 3000, -1); {
	case limit < 0:
		limit = 0 // the zero Money; an amount of zero is within it
	default:
		by.Limit = cents(limit)
	}
	return by, limit, faults
}

// acknowledge draws the clauses that an officer acknowledges, mostly all objected ones.
func (d *desk) acknowledge(t *rapid.T) []refund.Clause {
	objected := d.objected()
	if len(objected) > 0 && rapid.IntRange(0, 3).Draw(t, "leave one out") == 0 {
		return objected[1:]
	}
	return objected
}

// instant draws the instant of the decision, and the paths of the facts that are later.
func (d *desk) instant(t *rapid.T) (at time.Time, faults []string) {
	at = oneOf(t, "decided", testkit.March(26, 9, 0), testkit.March(26, 9, 0), testkit.March(26, 9, 0), testkit.March(10, 16, 0))
	if d.c.Request.CalledBack.After(at) {
		faults = append(faults, "request.called_back")
	}
	return at, faults
}

// about draws an amount equal or close to another.
func about(t *rapid.T, label string, n int) int {
	return max(oneOf(t, label, n, n, n, n-1, n+1, n/2, n/3, 0, 1), 0)
}

// judge compares the result of an attempt with the model, and records the released amount.
func (d *desk) judge(t *rapid.T, what string, got decision.Decision, err error, fresh bool, faults []string, gates []error, amount int) {
	if got.IsZero() != (err != nil) {
		t.Fatalf("%s: decided %v, with the error %v", what, got, err)
	}
	switch {
	case faults != nil:
		d.met[what+" invalid"]++
		testkit.WantPaths(t, err, faults...)
	case !fresh:
		d.met[what+" stale"]++
		if !errors.Is(err, decision.ErrStale) {
			t.Fatalf("%s on an old quote: %v, %v", what, got, err)
		}
	case gates != nil:
		for _, gate := range gates {
			d.met[what+" "+gate.Error()]++
		}
		if err == nil {
			t.Fatalf("%s: released %v past %v", what, got.Amount(), gates)
		}
		if found := gatesIn(t, err); !slices.Equal(found, gates) {
			t.Fatalf("%s: closed %v, want %v", what, found, gates)
		}
	default:
		d.met[what]++
		if err != nil {
			t.Fatalf("%s of %d cents: %v", what, amount, err)
		}
		if !got.Amount().Equal(cents(amount)) {
			t.Fatalf("%s: released %v, want %d cents", what, got.Amount(), amount)
		}
		// The cap holds above all other rules.
		if amount > d.remaining() || amount < 0 || amount == 0 && what != "decline" {
			t.Fatalf("%s: released %d cents of the %d that remain", what, amount, d.remaining())
		}
		d.refunded += amount
	}
}

func below(what string, paths []string) (faults []string) {
	for _, path := range paths {
		faults = append(faults, what+"."+path)
	}
	return faults
}

func (d *desk) approve(t *rapid.T) {
	amount := about(t, "amount", d.refundable())
	by, limit, faults := d.officer(t, amount)
	at, later := d.instant(t)
	acknowledged := d.acknowledge(t)
	shown, fresh := d.quote(t)
	got, err := decision.Approve(d.policy, d.c, shown, decision.Approval{By: by, At: at, Amount: cents(amount), Acknowledged: acknowledged})
	gates := d.closed(by, limit, amount, d.refundable(), acknowledged, d.policy.Readings.ReleasedAmount == refund.ReleasedAmountWhole)
	d.judge(t, "approve", got, err, fresh, append(later, below("approval", faults)...), gates, amount)
}

func (d *desk) grant(t *rapid.T) {
	charges := min(about(t, "charges", oneOf(t, "charges about", d.remaining(), d.price, 3000)), d.price)
	fees, software := about(t, "fees", oneOf(t, "fees about", 0, 0, 500)), about(t, "software", oneOf(t, "software about", 0, 0, 1000))
	amount := charges - fees - software - d.disputed
	if d.policy.Readings.GoodwillAfter == refund.GoodwillAfterLessRefunds {
		amount -= d.refunded
	}
	if d.remaining() > 0 {
		amount = min(amount, d.remaining())
	}
	by, limit, faults := d.officer(t, max(amount, 0))
	at, later := d.instant(t)
	acknowledged := d.acknowledge(t)
	shown, fresh := d.quote(t)
	got, err := decision.Grant(d.policy, d.c, shown, decision.Goodwill{
		By: by, At: at, Charges: cents(charges), Fees: cents(fees), Software: []decision.FreeSoftware{{Name: "Backup", Price: cents(software)}},
		Acknowledged: acknowledged, Reason: "a long wait",
	})
	d.judge(t, "grant", got, err, fresh, append(later, below("goodwill", faults)...), d.closed(by, limit, amount, d.remaining(), acknowledged, false), amount)
}

func (d *desk) decline(t *rapid.T) {
	by, _, faults := d.officer(t, 0)
	at, later := d.instant(t)
	shown, fresh := d.quote(t)
	got, err := decision.Decline(d.policy, d.c, shown, decision.Denial{By: by, At: at, Reason: "asked in error"})
	var gates []error
	if d.party(by) {
		gates = []error{decision.ErrSelfApproval}
	}
	d.judge(t, "decline", got, err, fresh, append(later, below("denial", faults)...), gates, 0)
}

// find adds a finding.
func (d *desk) find(t *rapid.T) {
	f := refund.Finding{
		Clause:   oneOf(t, "clause", requirable[1:]...),
		Severity: oneOf(t, "severity", refund.SeveritySatisfied, refund.SeveritySatisfied, refund.SeverityAdvisory),
		Subject:  oneOf(t, "subject", "", "T-1", "ACC-8", "ACC-7", "ACC-8 "),
	}
	d.c.Findings = append(slices.Clone(d.c.Findings), f)
}

// forget removes a finding.
func (d *desk) forget(t *rapid.T) {
	if n := len(d.c.Findings); n > 0 {
		i := rapid.IntRange(0, n-1).Draw(t, "finding")
		d.c.Findings = slices.Delete(slices.Clone(d.c.Findings), i, i+1)
	}
}

// report adds a blocking finding on the credentials or on the access.
func (d *desk) report(t *rapid.T) {
	f := refund.Finding{Clause: oneOf(t, "clause", refund.ClauseCredentials, refund.ClauseAccountAccess), Severity: refund.SeverityBlocking, Subject: "R-1"}
	d.c.Findings = append(slices.Clone(d.c.Findings), f)
}

// clear closes every report, reviews every clause and lets the holder ask.
func (d *desk) clear(t *rapid.T) {
	d.c.Findings = testkit.ReviewedCase().Findings
	for _, clause := range d.policy.Required {
		if clause.TakesFindings() {
			d.c.Findings = append(d.c.Findings, refund.Finding{Clause: clause, Severity: oneOf(t, "severity", refund.SeveritySatisfied, refund.SeveritySatisfied, refund.SeverityAdvisory)})
		}
	}
	d.c.Request.By, d.c.Subscription.Account = "ACC-7", "ACC-7"
	d.call(t)
}

// call records a call back, in time or late.
func (d *desk) call(t *rapid.T) {
	d.c.Request.CalledBack = oneOf(t, "called back", testkit.March(10, 15, 0), testkit.March(10, 17, 0), testkit.March(10, 20, 0), testkit.March(11, 9, 0))
}

// people changes the requester and the holder.
func (d *desk) people(t *rapid.T) {
	d.c.Request.By = oneOf(t, "requested by", "ACC-7", "ACC-7", "ACC-8", "", "acc-7", "ACC-7\u200b")
	d.c.Subscription.Account = oneOf(t, "holder", "ACC-7", "ACC-7", "ACC-8", "")
}

// elsewhere records a refund made elsewhere, a dispute, or a dispute that was won.
func (d *desk) elsewhere(t *rapid.T) {
	left := d.paid - d.refunded - d.disputed
	switch rapid.IntRange(0, 2).Draw(t, "elsewhere") {
	case 0:
		d.refunded += min(left, 1000)
	case 1:
		d.disputed += min(left, 2000)
	case 2:
		d.disputed = 0
	}
}

// resolve resolves an issue, or reopens the last one.
func (d *desk) resolve(t *rapid.T) {
	if n := len(d.c.Issues); n > 0 && rapid.Bool().Draw(t, "reopen") {
		d.c.Issues = d.c.Issues[: n-1 : n-1]
		return
	}
	d.c.Issues = append(slices.Clip(d.c.Issues), refund.Issue{
		ID: fmt.Sprint("T-", len(d.c.Issues)+1), Opened: testkit.March(3, 9, 0), Resolved: testkit.March(3, 11, 0),
	})
}

// play runs decisions and events on one case.
func play(t *rapid.T, met map[string]int) {
	d := newDesk(t, met)
	decide := map[string]func(*rapid.T){"approve": d.approve, "grant": d.grant, "decline": d.decline}
	happen := map[string]func(*rapid.T){
		"find": d.find, "forget": d.forget, "report": d.report, "clear": d.clear, "call": d.call, "people": d.people, "elsewhere": d.elsewhere, "resolve": d.resolve,
	}
	decisions := []string{"approve", "approve", "grant", "decline"}
	events := []string{"clear", "clear", "clear", "find", "forget", "report", "call", "people", "elsewhere", "resolve"}
	for range rapid.IntRange(1, 8).Draw(t, "days") {
		d.sync()
		decide[oneOf(t, "decision", decisions...)](t)
		for range rapid.IntRange(0, 2).Draw(t, "events") {
			happen[oneOf(t, "event", events...)](t)
		}
	}
}

// No sequence of decisions and events releases more than the remaining amount, exceeds a
// limit in parts, lets a party decide, or passes a hold or a required clause that is open or
// not acknowledged. Each attempt reports exactly the closed gates.
func TestNoSequenceOfDecisionsPassesAGate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { play(t, map[string]int{}) })

	// The same sequences run every time. Each gate must be met, or the test proves nothing
	// about it.
	met := map[string]int{}
	sequences := rapid.Custom(func(t *rapid.T) bool { play(t, met); return true })
	for seed := range 300 {
		sequences.Example(seed + 1)
	}
	for _, what := range []string{"approve", "grant", "decline"} {
		want := []string{what, what + " stale", what + " invalid", what + " " + decision.ErrSelfApproval.Error()}
		if what != "decline" {
			for _, gate := range gateOrder {
				if what == "approve" || gate != decision.ErrPartial && gate != decision.ErrAboveRefundable {
					want = append(want, what+" "+gate.Error())
				}
			}
		}
		for _, event := range want {
			if met[event] < 5 {
				t.Errorf("%q was met %d times", strings.ReplaceAll(event, "decision: ", ""), met[event])
			}
		}
	}
}
