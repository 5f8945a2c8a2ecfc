package gen

import (
	"maps"
	"math/big"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Case generates valid cases for a policy. Requests and resolutions are at, next to and far
// from the ends of the window, the desk's hours and the clock changes. Amounts have every
// size, and the charges often equal the price exactly. The payment is a part of the price,
// the price, or more. There may be earlier refunds, disputes, and findings, some of which
// clear the requester or an id that resembles the requester's. Instants are in different
// locations.
//
// Cases shrink to the plain case of the package's documentation, as far as the policy
// allows.
//
// Drawing a case fails the test if the policy is invalid, or if its desk does not open often
// enough for a call back.
func Case(p refund.Policy) *rapid.Generator[refund.Case] {
	where := placeOf(p)
	return rapid.Custom(func(t *rapid.T) refund.Case {
		g := &caseGen{T: t, policy: p, where: where}
		g.start()
		g.request()
		g.issues()
		g.money()
		by := g.c.Request.By
		g.c.Findings = several(t, "finding", func(t *rapid.T) refund.Finding { return drawFinding(t, by) })
		return g.c
	})
}

// A caseGen draws a case.
type caseGen struct {
	*rapid.T
	policy  refund.Policy
	where   place
	c       refund.Case
	window  refund.Window
	started time.Time
	asked   time.Time
}

func (g *caseGen) pick(label string, n int) int { return pick(g.T, label, n) }

// seen returns an instant in a drawn location.
func (g *caseGen) seen(label string, at time.Time) time.Time {
	switch g.pick(label+"Zone", 4) {
	case 2:
		return at.In(time.FixedZone("elsewhere", -(9*60+30)*60))
	case 3:
		return at.UTC()
	}
	return at.In(g.policy.Location)
}

// near returns an instant at or next to another.
func (g *caseGen) near(label string, at time.Time) time.Time {
	return at.Add(drawOffset(g.T, label+"Near"))
}

// drawOffset draws the distance of two instants, which is often zero.
func drawOffset(t *rapid.T, label string) time.Duration {
	switch pick(t, label, 8) {
	default:
		return 0
	case 1:
		return time.Hour
	case 2:
		return time.Duration(rapid.IntRange(-26, 26).Draw(t, label+"Hours")) * time.Hour
	case 3:
		return -time.Nanosecond
	case 4:
		return time.Nanosecond
	case 5:
		return time.Duration(rapid.IntRange(-90, 90).Draw(t, label+"Minutes")) * time.Minute
	case 6:
		return time.Duration(rapid.Int64Range(-int64(2*time.Hour), int64(2*time.Hour)).Draw(t, label+"Nanoseconds"))
	}
}

func (g *caseGen) start() {
	anchor := g.where.anchor(g.T, "anchor")
	switch g.pick("start", 4) {
	case 0:
		g.started = g.near("start", anchor)
	case 1: // the window closes at or near the anchor
		days := g.policy.WindowDays + rapid.IntRange(-1, 1).Draw(g.T, "days")
		g.started = g.near("start", anchor.AddDate(0, 0, -days))
	case 3: // at the beginning of a day
		g.started = g.near("start", refund.DateOf(anchor).AddDays(-g.policy.WindowDays).Start(g.policy.Location))
	case 2: // the request or the call back is at the anchor
		g.started = g.near("start", anchor.Add(-36*time.Hour))
	}
	s := &g.c.Subscription
	s.ID = "SUB-1001"
	s.Start = g.seen("start", g.started)
	var err error
	if g.window, err = g.policy.Window(g.started); err != nil {
		g.Fatalf("window of %v: %v", g.started, err)
	}
	s.Account = choose(g.T, "account", "ACC-7", "")
}

// after returns the same time of day a number of days after the start, or the middle of the
// window if that is too late.
func (g *caseGen) after(days int) time.Time {
	at := g.started.In(g.policy.Location).AddDate(0, 0, days)
	if g.window.Contains(at) {
		return at
	}
	return g.window.Opens.Add((g.window.Closes.Sub(g.window.Opens) / 2).Truncate(time.Minute))
}

// within draws an instant in the window.
func (g *caseGen) within(label string) time.Time {
	length := g.window.Closes.Sub(g.window.Opens)
	thousandth := rapid.Int64Range(0, 1000).Draw(g.T, label+"Thousandth")
	return g.window.Opens.Add(length / 1000 * time.Duration(thousandth)).Truncate(time.Minute)
}

func (g *caseGen) request() {
	at := g.started
	switch asked := g.pick("asked", 10); asked {
	case 0:
		at = g.after(8)
	case 1:
		at = g.within("asked")
	case 2:
		at = g.started
	case 3:
		at = g.near("asked", g.window.Closes)
	case 5:
		at = g.near("asked", g.where.anchor(g.T, "askedAnchor"))
	case 4, 6, 7, 9: // the desk opens or closes
		desk := g.policy.DeskLocation
		if desk == nil {
			desk = g.policy.Location
		}
		day := refund.DateOf(g.within("asked").In(desk))
		if special := g.specialDays(refund.DateOf(g.started.In(desk))); asked != 6 && special != nil {
			day = choose(g.T, "askedSpecialDay", special...)
		}
		clock := choose(g.T, "askedClock", g.changes(day)...)
		at = time.Date(day.Year, day.Month, day.Day, 0, int(clock/time.Minute), 0, 0, desk)
		at = at.Add(choose(g.T, "askedBeside", 0, time.Minute, -time.Nanosecond))
	case 8:
		at = g.window.Closes.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(g.T, "askedLate")) * time.Hour)
	}
	at = notBefore(g.started, at)
	g.asked = at
	r := &g.c.Request
	r.At = g.seen("asked", at)
	r.By = choose(g.T, "by", "ACC-7", "", "ACC-8", "acc-7", "ACC-8", "", "ACC-8", "acc-7")
	r.RecordedBy = choose(g.T, "recordedBy", "", "ops-1")
	r.Channel = choose(g.T, "channel", refund.ChannelEmail, refund.ChannelPhone, refund.ChannelPhone, refund.ChannelOther)
	r.Reason = choose(g.T, "reason", "not satisfied", "", " \t\n")
	g.callback()
}

// specialDays returns the special days on and after a day.
func (g *caseGen) specialDays(from refund.Date) (days []refund.Date) {
	for _, day := range slices.SortedFunc(maps.Keys(g.policy.SpecialDays), refund.Date.Compare) {
		if day.Compare(from) >= 0 {
			days = append(days, day)
		}
	}
	return days
}

// changes returns the times of a day at which the desk opens or closes, or midnight.
func (g *caseGen) changes(day refund.Date) (clocks []time.Duration) {
	openings, special := g.policy.SpecialDays[day]
	if !special {
		openings = g.policy.Hours[day.Weekday()]
	}
	for _, o := range openings {
		clocks = append(clocks, o.Opens, o.Closes)
	}
	if clocks == nil {
		return []time.Duration{0}
	}
	return clocks
}

func (g *caseGen) callback() {
	due, err := g.policy.Callback(g.asked)
	if err != nil {
		g.Fatalf("call back of %v: %v", g.asked, err)
	}
	var called time.Time
	switch g.pick("calledBack", 7) {
	default:
		return
	case 1:
		called = due.Earliest
	case 2:
		called = due.Latest.Add(time.Hour)
	case 3:
		called = due.Latest
	case 4:
		called = due.Latest.Add(time.Nanosecond)
	case 5:
		called = g.asked
	case 6:
		called = g.near("called", due.Latest)
	}
	g.c.Request.CalledBack = g.seen("called", notBefore(g.asked, called))
}

// notBefore returns the later of two instants.
func notBefore(earliest, at time.Time) time.Time {
	if at.Before(earliest) {
		return earliest
	}
	return at
}

func (g *caseGen) money() {
	currency := choose(g.T, "currency", currencies...)
	charge := drawMinor(g.T, "charge", 2500)
	more := drawMinor(g.T, "more", 19999)
	one := big.NewInt(1)

	// The number of charges in the price, so that they often equal the price exactly.
	charges := choose(g.T, "charges", 1, 2, 3, 5)
	price := new(big.Int).Mul(charge, big.NewInt(int64(charges)))
	switch g.pick("price", 8) {
	case 0:
		price = more
	case 1, 7: // overpaid
		price.Add(price, more)
	case 2, 3: // paid exactly
	case 4:
		price.Add(price, one)
	case 5:
		price = less(price, one)
	case 6:
		price = new(big.Int)
	}
	paid := new(big.Int).Set(price)
	switch g.pick("paid", 8) {
	case 2, 5:
		paid.Lsh(paid, 1)
	case 3:
		paid.SetInt64(0)
	case 4:
		paid.Rsh(paid, 1)
	case 6:
		paid = less(paid, one)
	case 7:
		paid = drawMinor(g.T, "paid", 10000)
	}
	var refunded *big.Int // nil: unset
	switch g.pick("refunded", 7) {
	case 2:
		refunded = new(big.Int)
	case 3:
		refunded = paid
	case 4:
		refunded = new(big.Int).Rsh(paid, 2)
	case 5:
		refunded = less(paid, less(paid, one)) // a minor unit, or the payment if that is less
	case 6:
		refunded = drawMinor(g.T, "refunded", 1000)
		refunded.Mod(refunded, new(big.Int).Add(paid, one))
	}
	left := new(big.Int).Set(paid)
	if refunded != nil {
		left = less(paid, refunded)
	}
	var disputed *big.Int // nil: unset
	switch g.pick("disputed", 9) {
	case 4:
		disputed = new(big.Int)
	case 5:
		disputed = left
	case 6:
		disputed = new(big.Int).Rsh(left, 2)
	case 7:
		disputed = less(left, less(left, one))
	case 8:
		disputed = drawMinor(g.T, "disputed", 1000)
		disputed.Mod(disputed, new(big.Int).Add(left, one))
	}

	s := &g.c.Subscription
	s.Service.Code = "pc-care"
	s.Service.Billing = choose(g.T, "billing",
		refund.BillingRecurring, refund.BillingRecurring, refund.BillingRecurring, refund.BillingOneTime)
	if s.Service.Billing == refund.BillingRecurring || rapid.Bool().Draw(g.T, "charged") {
		s.Service.PerInstance = ofMinor(g.T, charge, currency)
	}
	s.Price, s.Paid = ofMinor(g.T, price, currency), ofMinor(g.T, paid, currency)
	if refunded != nil {
		s.Refunded = ofMinor(g.T, refunded, currency)
	}
	if disputed != nil {
		s.Disputed = ofMinor(g.T, disputed, currency)
	}
}

// less returns n - m, or zero if that is negative.
func less(n, m *big.Int) *big.Int {
	if n.Cmp(m) < 0 {
		return new(big.Int)
	}
	return new(big.Int).Sub(n, m)
}
