package gen

import (
	"errors"
	"math/big"
	"strconv"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Ledger generates the books of a subscription, given its id and price. It calls the methods
// of package ledger, so that every ledger is one that a program can have:
//
//   - payments of less than the price, the price, or more, and their reversals;
//   - approved refunds and goodwill, pending, submitted, settled and failed, on one payment
//     or several;
//   - outside refunds, of a payment, of an instruction, or of neither;
//   - disputes that are open, won, lost or decided again, of a part, the whole or more.
//
// Facts from outside can exceed the payments or the cap, and the books then report that.
//
// Ledger ignores Paid, Refunded and Disputed of the subscription:
// [ledger.Ledger.Subscription] returns those of the books. The events begin at the
// subscription's start, an hour apart.
//
// Ledgers shrink to one payment of the price. Drawing a ledger fails the test if the
// subscription has no id or no price.
func Ledger(s refund.Subscription) *rapid.Generator[ledger.Ledger] {
	return rapid.Custom(func(t *rapid.T) ledger.Ledger {
		b := &bookkeeper{T: t, s: filled(s)}
		var err error
		if b.books, err = ledger.New(b.s.ID, b.s.Price); err != nil {
			t.Fatalf("no ledger: %v", err)
		}
		for _, part := range rapid.SliceOfN(rapid.Custom(drawPart), 1, 3).Draw(t, "payments") {
			b.pay(act{part: part})
		}
		for _, a := range rapid.SliceOfN(rapid.Custom(drawAct), 0, 12).Draw(t, "acts") {
			b.act(a)
		}
		return b.books
	})
}

// filled returns a subscription with the additional fields that a decision needs.
func filled(s refund.Subscription) refund.Subscription {
	if s.Start.IsZero() {
		s.Start = time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)
	}
	if s.Service.Code == "" {
		s.Service.Code = "pc-care"
	}
	if s.Service.Billing == 0 {
		s.Service.Billing = refund.BillingRecurring
	}
	s.Service.PerInstance = s.Price.Times(0)
	s.Refunded, s.Disputed = refund.Money{}, refund.Money{}
	return s
}

// An act is a change of the books. It is drawn independently of them, so that shrinking can
// remove any act. An impossible act does not change the books.
type act struct {
	what  string
	which int // index of the object, from the newest
	part  int // the part of an amount, such as a half
	order ledger.Order
}

func drawAct(t *rapid.T) act {
	return act{
		what: choose(t, "act", "refund", "settle", "dispute", "lose", "win", "fail", "submit", "pay",
			"refund", "goodwill", "chargeback", "dispute", "submit", "settle", "fail", "reverse", "return", "return", "fail return"),
		which: pick(t, "which", 4),
		part:  drawPart(t),
		order: choose(t, "order", ledger.OrderOldest, ledger.OrderNewest, ledger.OrderProportional),
	}
}

func drawPart(t *rapid.T) int { return pick(t, "part", 6) }

// of returns the act's part of an amount, which is positive for a positive amount.
func (b *bookkeeper) of(m refund.Money, a act) refund.Money {
	n := m.Decimal().Shift(int32(m.Currency().Digits())).BigInt()
	switch a.part {
	case 2:
		n.Rsh(n, 1)
	case 3:
		n.Quo(n, big.NewInt(3))
	case 4:
		n = less(n, big.NewInt(1))
	case 5:
		n.SetInt64(1)
	}
	if n.Sign() == 0 && m.Sign() > 0 {
		n.SetInt64(1)
	}
	return ofMinor(b.T, n, m.Currency())
}

// A bookkeeper applies acts to books.
type bookkeeper struct {
	*rapid.T
	s     refund.Subscription
	books ledger.Ledger
}

// now returns the instant of the next event.
func (b *bookkeeper) now() time.Time {
	return b.s.Start.Add(time.Duration(b.books.Version()) * time.Hour)
}

func (b *bookkeeper) act(a act) {
	switch a.what {
	case "pay":
		b.pay(a)
	case "refund", "goodwill":
		b.refund(a)
	case "submit", "settle", "fail":
		b.instruct(a)
	case "reverse":
		b.reverse(a)
	case "return":
		b.outside(a)
	case "fail return":
		b.failOutside(a)
	case "dispute":
		b.dispute(a)
	case "chargeback": // a dispute that is lost when it is recorded
		b.dispute(a)
		a.which = 0
		b.resolve(a)
	case "win", "lose":
		b.resolve(a)
	}
}

// enter changes the books, unless the act was refused with one of the expected errors.
func (b *bookkeeper) enter(after ledger.Ledger, err error, lawful ...error) {
	if err == nil {
		b.books = after
		return
	}
	for _, refusal := range lawful {
		if errors.Is(err, refusal) {
			return
		}
	}
	b.Fatalf("unlawful: %v", err)
}

func (b *bookkeeper) pay(a act) {
	amount := b.of(b.s.Price, a)
	if amount.Sign() == 0 {
		return // the service is free
	}
	number := strconv.Itoa(len(b.books.Payments()) + 1)
	after, err := b.books.RecordPayment(ledger.Payment{ID: "PAY-" + number, At: b.now(), Amount: amount, Method: "card " + number})
	b.enter(after, err)
}

func (b *bookkeeper) refund(a act) {
	d, ok, err := b.decide(a)
	if err != nil {
		b.Fatalf("not decided: %v", err)
	}
	if !ok {
		return
	}
	key := "REF-" + strconv.Itoa(len(b.books.Refunds())+1)
	after, err := b.books.Post(d, key, ledger.Options{Order: a.order}, b.now())
	b.enter(after, err)
}

// decide makes a decision on the books: an approval, or goodwill if the act or the service
// requires it. It returns false if no amount is refundable.
func (b *bookkeeper) decide(a act) (d decision.Decision, ok bool, err error) {
	s, err := b.books.Subscription(b.s)
	if err != nil {
		return d, false, err
	}
	const requester = "ACC-7"
	c := refund.Case{
		Subscription: s,
		Issues:       refund.IssueLog{},
		Request:      refund.Request{At: s.Start.Add(time.Minute), By: requester, Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseAccountAccess, Severity: refund.SeveritySatisfied, Subject: requester},
		},
	}
	policy := refund.Published(time.UTC)
	policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
	policy.Readings.GoodwillAfter = refund.GoodwillAfterInAddition
	shown, err := policy.Evaluate(c)
	if err != nil {
		return d, false, err
	}
	most := shown.Remaining
	if n, err := b.books.Totals().Room.Cmp(most); err != nil || n < 0 {
		most = b.books.Totals().Room
	}
	if most.Sign() <= 0 {
		return d, false, nil
	}
	amount, at := b.of(most, a), b.now().Add(time.Minute)
	by := decision.Officer{ID: "officer-1", Limit: sum(b.T, amount, shown.Refunded)}
	if a.what == "goodwill" || s.Service.Billing == refund.BillingOneTime {
		d, err = decision.Grant(policy, c, shown.Digest(), decision.Goodwill{
			By: by, At: at, Charges: sum(b.T, amount, shown.Disputed), Fees: amount.Times(0), Reason: "a long wait",
		})
		return d, true, err
	}
	d, err = decision.Approve(policy, c, shown.Digest(), decision.Approval{By: by, At: at, Amount: amount})
	return d, true, err
}

func sum(t *rapid.T, m, n refund.Money) refund.Money {
	total, err := m.Add(n)
	if err != nil {
		t.Fatalf("no sum: %v", err)
	}
	return total
}

// instruct records a new state of an instruction that allows it.
func (b *bookkeeper) instruct(a act) {
	var keys []string
	for _, r := range b.books.Refunds() {
		for _, share := range r.Shares {
			pending, submitted := share.State == ledger.StatePending, share.State == ledger.StateSubmitted
			settled := share.State == ledger.StateSettled && a.what == "fail" // the bank returned the money
			failed := share.State == ledger.StateFailed && a.what == "settle" // the refund succeeded after a reported failure
			if pending || submitted && a.what != "submit" || settled || failed {
				keys = append(keys, share.Key)
			}
		}
	}
	if len(keys) == 0 {
		return
	}
	key := keys[len(keys)-1-a.which%len(keys)]
	switch a.what {
	case "submit":
		after, err := b.books.Submit(key, b.now())
		b.enter(after, err, ledger.ErrDisputed, ledger.ErrInsufficient)
	case "settle":
		after, err := b.books.Settle(key, b.now())
		b.enter(after, err)
	case "fail":
		after, err := b.books.Fail(key, b.now())
		b.enter(after, err)
	}
}

// payment returns one of the payments.
func (b *bookkeeper) payment(a act) (p ledger.PaymentStatus, ok bool) {
	payments := b.books.Payments()
	if len(payments) == 0 {
		return p, false
	}
	return payments[len(payments)-1-a.which%len(payments)], true
}

// reverse reverses a payment or a part of it. For a part, it names the latest outside refund
// or dispute.
func (b *bookkeeper) reverse(a act) {
	p, ok := b.payment(a)
	if !ok {
		return
	}
	number := strconv.Itoa(len(b.books.Reversals()) + 1)
	v := ledger.Reversal{ID: "REV-" + number, Payment: p.ID, Amount: b.of(p.Amount, a), At: b.now()}
	if outside, disputes := b.books.OutsideRefunds(), b.books.Disputes(); a.part == 2 && len(outside) > 0 {
		v.Refund = outside[len(outside)-1].ID
	} else if a.part == 3 && len(disputes) > 0 {
		v.Dispute = disputes[len(disputes)-1].ID
	}
	after, err := b.books.RecordReversal(v)
	b.enter(after, err)
}

// outside records a refund by the provider: of a payment, without a payment, or of an
// outstanding instruction.
func (b *bookkeeper) outside(a act) {
	p, ok := b.payment(a)
	if !ok {
		return
	}
	number := strconv.Itoa(len(b.books.OutsideRefunds()) + 1)
	r := ledger.OutsideRefund{ID: "OUT-" + number, At: b.now(), Amount: b.of(p.Amount, a), Reason: "dashboard"}
	switch outstanding := b.books.Outstanding(); {
	case a.order == ledger.OrderNewest && len(outstanding) > 0:
		r.Key, r.Amount, r.Reason = outstanding[0].Key, outstanding[0].Amount, ""
	case a.order != ledger.OrderProportional:
		r.Payment = p.ID
	}
	after, err := b.books.RecordRefund(r)
	b.enter(after, err, ledger.ErrConflict) // another outside refund has the instruction
}

func (b *bookkeeper) failOutside(a act) {
	list := b.books.OutsideRefunds()
	if len(list) == 0 {
		return
	}
	after, err := b.books.FailRefund(list[len(list)-1-a.which%len(list)].ID, b.now())
	b.enter(after, err)
}

// dispute disputes a part of a payment, the whole, or slightly more.
func (b *bookkeeper) dispute(a act) {
	p, ok := b.payment(a)
	if !ok {
		return
	}
	amount := b.of(p.Amount, a)
	if a.part == 4 && a.order == ledger.OrderNewest {
		amount = sum(b.T, p.Amount, b.of(p.Amount, act{part: 5}))
	}
	number := strconv.Itoa(len(b.books.Disputes()) + 1)
	after, err := b.books.RecordDispute(ledger.Dispute{ID: "DIS-" + number, Payment: p.ID, Amount: amount, At: b.now()})
	b.enter(after, err)
}

// resolve resolves a dispute, possibly a resolved one.
func (b *bookkeeper) resolve(a act) {
	to := ledger.StateLost
	if a.what == "win" {
		to = ledger.StateWon
	}
	var list []ledger.DisputeStatus
	for _, d := range b.books.Disputes() {
		if d.State != to {
			list = append(list, d)
		}
	}
	if len(list) == 0 {
		return
	}
	d := list[len(list)-1-a.which%len(list)]
	if to == ledger.StateWon {
		after, err := b.books.WinDispute(d.ID, b.now())
		b.enter(after, err)
		return
	}
	after, err := b.books.LoseDispute(d.ID, b.of(d.Amount, a), b.now())
	b.enter(after, err)
}
