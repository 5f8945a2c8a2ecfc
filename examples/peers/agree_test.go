package peers_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/kasperinfotech/refundpolicy/examples/peers"
	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// names are the names of all peers, the floor first.
var names = []string{"floor", "expr", "cel", "rego"}

// prepare compiles a peer for a policy.
func prepare(t testing.TB, name string, windowDays int, loc *time.Location) peers.Peer {
	t.Helper()
	var peer peers.Peer
	var err error
	switch name {
	case "floor":
		return func(c *peers.Case) (int64, error) { return peers.Floor(c, windowDays, loc), nil }
	case "expr":
		peer, err = peers.Expr(windowDays, loc)
	case "cel":
		peer, err = peers.CEL(windowDays, loc)
	case "rego":
		peer, err = peers.Rego(windowDays, loc)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return peer
}

// A shelf caches compiled peers.
type shelf map[string]peers.Peer

func (s shelf) peer(t testing.TB, name string, windowDays int, loc *time.Location) peers.Peer {
	key := fmt.Sprint(name, " ", windowDays, " ", loc)
	if s[key] == nil {
		s[key] = prepare(t, name, windowDays, loc)
	}
	return s[key]
}

// agree fails unless every peer returns the amount.
func (s shelf) agree(t *testing.T, c refund.Case, windowDays int, loc *time.Location, want refund.Money) {
	t.Helper()
	facts, err := factsOf(c)
	if err != nil {
		t.Fatal(err)
	}
	minor, err := want.MinorUnits()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if got, err := s.peer(t, name, windowDays, loc)(facts); err != nil || got != minor {
			t.Errorf("%s: %d, %v; want %d", name, got, err, minor)
		}
	}
}

// factsOf converts a case for the peers. It returns refund.ErrRange if an amount does not
// fit.
func factsOf(c refund.Case) (*peers.Case, error) {
	sub := &c.Subscription
	facts := &peers.Case{
		OneTime:  sub.Service.Billing == refund.BillingOneTime,
		Start:    sub.Start,
		Asked:    c.Request.At,
		Resolved: make([]time.Time, len(c.Issues)),
	}
	var errs [5]error
	facts.Price, errs[0] = sub.Price.MinorUnits()
	facts.Paid, errs[1] = sub.Paid.MinorUnits()
	facts.Refunded, errs[2] = sub.Refunded.MinorUnits()
	facts.Disputed, errs[3] = sub.Disputed.MinorUnits()
	facts.Charge, errs[4] = sub.Service.PerInstance.MinorUnits()
	for i := range c.Issues {
		facts.Resolved[i] = c.Issues[i].Resolved
	}
	return facts, errors.Join(errs[:]...)
}

const conformance = "../../internal/document/testdata/conformance/"

func open(t *testing.T, file string) *os.File {
	t.Helper()
	f, err := os.Open(conformance + file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// The peers return the right amount on the conformance vectors that they can express.
func TestAgreeOnVectors(t *testing.T) {
	const want = 105 // of 160, the number in README.md
	type vector struct {
		Name string
		Case json.RawMessage
		Want struct {
			Verdict    string
			Refundable struct{ Amount, Currency string }
			Window     struct{ Closes time.Time }
			Statuses   map[string]string
		}
	}
	prepared := shelf{}
	all, compared, alsoStatuses := 0, 0, 0
	left := map[string]int{}
	verdicts := map[string]int{}
	for line, err := range jsonlines.Read(open(t, "public.jsonl")) {
		if err != nil {
			t.Fatal(err)
		}
		var v vector
		if err := json.Unmarshal(line.Text, &v); err != nil {
			t.Fatal(err)
		}
		d, err := document.Decode(v.Case)
		if err != nil {
			t.Fatal(err)
		}
		all++
		if why := inexpressible(d, v.Want.Window.Closes); why != "" {
			left[why]++
			continue
		}
		compared++
		verdicts[v.Want.Verdict]++
		if beyondAmount(v.Want.Statuses) {
			alsoStatuses++
		}
		t.Run(v.Name, func(t *testing.T) {
			amount, err := refund.ParseMoney(v.Want.Refundable.Amount, v.Want.Refundable.Currency)
			if err != nil {
				t.Fatal(err)
			}
			prepared.agree(t, d.Case, d.Policy.WindowDays, d.Policy.Location, amount)
		})
	}
	if compared != want {
		t.Errorf("%d vectors compared, want %d", compared, want)
	}
	if len(verdicts) != 5 {
		t.Errorf("verdicts %v, want each of the 5", verdicts)
	}
	t.Logf("each of %s: the amount of %d of %d outcomes", strings.Join(names, ", "), compared, all)
	t.Logf("%d of them also fix statuses of findings, tickets and call backs, which the peers do not have", alsoStatuses)
	t.Logf("left out: %v", left)
	for _, file := range []string{"invalid.jsonl", "callback.jsonl"} {
		n := 0
		for _, err := range jsonlines.Read(open(t, file)) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		t.Logf("left out: all %d of %s", n, file)
	}
}

// inexpressible returns why the peers cannot express a document, or "".
func inexpressible(d document.Document, closes time.Time) string {
	published := refund.Published(d.Policy.Location).Readings
	published.CallbackClock = d.Policy.Readings.CallbackClock // does not change the amount
	if d.Policy.Readings != published {
		return "another reading"
	}
	if _, err := factsOf(d.Case); err != nil {
		return "an amount beyond 64 bits"
	}
	if hour, minute, second := closes.In(d.Policy.Location).Clock(); hour != 0 || minute != 0 || second != 0 {
		return "a close on a day without midnight"
	}
	return ""
}

// beyondAmount reports whether a vector also tests clauses that do not change the amount.
func beyondAmount(statuses map[string]string) bool {
	for clause, status := range statuses {
		switch clause {
		case "guarantee", "case-1", "case-2", "one-time", "cap":
		case "ticket":
			if status != "satisfied" {
				return true
			}
		default:
			if status != "not_evaluated" {
				return true
			}
		}
	}
	return false
}

// The peers and the library agree on random cases, with most instants at a boundary.
func TestAgreeOnRandomCases(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 18))
	prepared := shelf{}
	// Clocks change in most of these zones, and never at midnight.
	zones := []string{"America/New_York", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"}
	verdicts := map[refund.Verdict]int{}
	for range 1500 {
		policy := refund.Published(location(t, zones[random.IntN(len(zones))]))
		policy.WindowDays = []int{1, 15, 60}[random.IntN(3)]
		c := randomCase(t, random, policy)
		outcome, err := policy.Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		verdicts[outcome.Verdict]++
		if prepared.agree(t, c, policy.WindowDays, policy.Location, outcome.Refundable); t.Failed() {
			t.Fatalf("%v in %v, %d days: %+v", outcome.Verdict, policy.Location, policy.WindowDays, c)
		}
	}
	if len(verdicts) != 5 {
		t.Errorf("verdicts %v, want each of the 5", verdicts)
	}
}

func randomCase(t *testing.T, random *rand.Rand, policy refund.Policy) refund.Case {
	t.Helper()
	begin := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	start := begin.Add(time.Duration(random.Int64N(3*365*24*3600)) * time.Second)
	window, err := policy.Window(start)
	if err != nil {
		t.Fatal(err)
	}
	// near returns an instant at or between the boundaries, never before the earliest.
	near := func(earliest time.Time, borders ...time.Time) time.Time {
		at := borders[random.IntN(len(borders))]
		switch random.IntN(4) {
		case 0:
			at = at.Add(-1)
		case 1:
			at = at.Add(1)
		case 2:
			at = start.Add(time.Duration(random.Int64N(int64(window.Closes.Sub(start)))))
		}
		if at.Before(earliest) {
			return earliest
		}
		return at
	}
	minor := func(most int64) refund.Money {
		return refund.MustMoney(fmt.Sprintf("%d.%02d", most/100, most%100), "USD")
	}
	paid := random.Int64N(300_00)
	refunded := random.Int64N(paid+1) * int64(random.IntN(2))
	disputed := random.Int64N(paid-refunded+1) * int64(random.IntN(2))
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:       "SUB-1",
			Service:  refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: minor(random.Int64N(80_00))},
			Start:    start,
			Price:    minor(random.Int64N(300_00)),
			Paid:     minor(paid),
			Refunded: minor(refunded),
			Disputed: minor(disputed),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: near(start, start, window.Closes), Channel: refund.ChannelPhone},
	}
	if random.IntN(8) == 0 {
		c.Subscription.Service.Billing = refund.BillingOneTime
	}
	for i := range random.IntN(6) {
		issue := refund.Issue{ID: fmt.Sprint("T-", i), Opened: start.Add(-time.Hour)}
		if random.IntN(3) > 0 {
			issue.Resolved = near(issue.Opened, start, c.Request.At, window.Closes)
		}
		c.Issues = append(c.Issues, issue)
	}
	return c
}

// On a day without midnight, one time.Date may be an hour early. Rego compares days, and is
// right.
func TestSkippedMidnight(t *testing.T) {
	// In Havana, March 8, 2026 begins at 01:00, a second after 23:59:59.
	havana := location(t, "America/Havana")
	policy := refund.Published(havana)
	c := benchCase(0)
	c.Subscription.Start = time.Date(2026, 2, 20, 12, 0, 0, 0, havana)
	c.Request.At = time.Date(2026, 3, 7, 23, 30, 0, 0, havana)
	outcome, err := policy.Evaluate(c)
	if err != nil || outcome.Verdict != refund.VerdictFull {
		t.Fatal(outcome.Verdict, err)
	}
	facts, err := factsOf(c)
	if err != nil {
		t.Fatal(err)
	}
	var late []string
	for _, name := range names {
		amount, err := prepare(t, name, policy.WindowDays, havana)(facts)
		if err != nil {
			t.Fatal(err)
		}
		if amount == 0 {
			late = append(late, name)
		}
	}
	if want := []string{"floor", "expr", "cel"}; !slices.Equal(late, want) {
		t.Errorf("refused as late by %v, want %v, as README.md says", late, want)
	}
}

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}
