package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// drawEvent draws a fact with ids from a small pool. It may be refused.
func drawEvent(t *rapid.T, keys []string) ledger.Event {
	one := func(ids ...string) string { return rapid.SampledFrom(ids).Draw(t, "id") }
	payment := func() string { return one("P-1", "P-2", "P-3", "P-4") }
	key := func(or string) string { return one(append([]string{or}, keys...)...) }
	e := ledger.Event{
		Kind: rapid.SampledFrom([]ledger.EventKind{
			ledger.EventPaid, ledger.EventReversed, ledger.EventRefunded, ledger.EventRefundFailed,
			ledger.EventSettled, ledger.EventFailed, ledger.EventDisputed, ledger.EventWon, ledger.EventLost,
		}).Draw(t, "kind"),
		At: day(rapid.IntRange(1, 9).Draw(t, "day")),
	}
	switch e.Kind {
	case ledger.EventPaid:
		e.ID, e.Amount = payment(), drawUSD(t)
	case ledger.EventReversed:
		e.ID, e.Payment, e.Amount = one("V-1", "V-2", "V-3"), payment(), drawUSD(t)
		switch rapid.IntRange(0, 3).Draw(t, "names") {
		case 0:
			e.Refund = one("X-1", "X-2", "X-3")
		case 1:
			e.Dispute = one("D-1", "D-2")
		}
	case ledger.EventRefunded:
		e.ID, e.Payment, e.Amount = one("X-1", "X-2", "X-3"), one("P-1", "P-2", "P-3", "P-4", ""), drawUSD(t)
		if k := key(""); k != "" && rapid.Bool().Draw(t, "ours") {
			e.Key, e.Payment = k, ""
		}
	case ledger.EventRefundFailed:
		e.ID = one("X-1", "X-2", "X-3")
	case ledger.EventSettled, ledger.EventFailed:
		e.ID = key("unknown")
	case ledger.EventDisputed:
		e.ID, e.Payment, e.Amount = one("D-1", "D-2"), payment(), drawUSD(t)
	case ledger.EventWon:
		e.ID = one("D-1", "D-2")
	case ledger.EventLost:
		e.ID, e.Amount = one("D-1", "D-2"), drawUSD(t)
	}
	return e
}

func drawUSD(t *rapid.T) refund.Money {
	return usd(rapid.SampledFrom([]string{"10", "20", "30", "60", "100"}).Draw(t, "amount"))
}

// recorded returns books with the facts that are not refused.
func recorded(books ledger.Ledger, events []ledger.Event) ledger.Ledger {
	for _, e := range events {
		if next, err := books.Record(e); err == nil {
			books = next
		}
	}
	return books
}

// drawDecided draws books with payments and up to two posted refunds. Some instructions
// were sent. It also returns the keys of the instructions.
func drawDecided(t *rapid.T) (books ledger.Ledger, keys []string) {
	books = must(t)(ledger.New("SUB-1", usd("100")))
	for i := range rapid.IntRange(0, 2).Draw(t, "payments") {
		books = must(t)(books.RecordPayment(ledger.Payment{ID: fmt.Sprint("P-", i+1), At: day(i + 1), Amount: drawUSD(t)}))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "refunds") {
		c, amount := asked(t, books), drawUSD(t)
		o, err := policy().Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		d, err := decision.Approve(policy(), c, o.Digest(), approval("ana", amount))
		if err != nil {
			continue
		}
		books = must(t)(books.Post(d, fmt.Sprint("R-", i), ledger.Options{}, day(3)))
		for _, key := range keysOf(books, fmt.Sprint("R-", i)) {
			keys = append(keys, key)
			if rapid.Bool().Draw(t, "send") {
				books = must(t)(books.Submit(key, day(4)))
			}
		}
	}
	return books, keys
}

func drawHistory(t *rapid.T, keys []string) []ledger.Event {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ledger.Event { return drawEvent(t, keys) }), 0, 14).Draw(t, "history")
}

// disordered returns a statement in another order, with some entries twice, and maybe
// without keys, as from some providers.
func disordered(t *rapid.T, s ledger.Statement) ledger.Statement {
	s.Payments = shuffled(t, s.Payments)
	s.Refunds = shuffled(t, s.Refunds)
	s.Disputes = shuffled(t, s.Disputes)
	if rapid.Bool().Draw(t, "keyless") {
		for i := range s.Refunds {
			s.Refunds[i].Key = ""
		}
	}
	return s
}

func shuffled[E any](t *rapid.T, list []E) []E {
	if len(list) == 0 {
		return nil
	}
	list = append(slices.Clone(list), list[:rapid.IntRange(0, len(list)).Draw(t, "twice")]...)
	return rapid.Permutation(list).Draw(t, "order")
}

// A provider's list that agrees with the books has no differences, in any order.
func TestReconciledBooksHaveNoDifferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		books, keys := drawDecided(t)
		books = recorded(books, drawHistory(t, keys))
		total := books.Totals()
		var want []string
		if total.BeyondCap.Sign() > 0 {
			returned := plus(total.Returned, total.Excess)
			want = append(want, "beyond_cap: "+short(minus(returned, total.BeyondCap))+" | "+short(returned))
		}
		wantLines(t, ledger.Reconcile(books, disordered(t, statementOf(books)), refund.Money{}), nil, want...)
	})
}

// Some facts did not reach the books. After the events of the differences, the books have
// the same totals as books with all facts.
func TestReconciledBooksHaveTheTotalsOfAllFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		books, keys := drawDecided(t)
		world, history := books, drawHistory(t, keys)
		// The provider's list does not show which refund was a reversal, or which amounts were
		// refunded before adoption. So both books have these facts and their payments.
		own := func(e ledger.Event) bool {
			return e.Refund != "" || e.Dispute != "" || e.Kind == ledger.EventRefunded && e.Payment == ""
		}
		needed := func(payment ledger.Event) bool {
			return payment.Kind == ledger.EventPaid && slices.ContainsFunc(history, func(e ledger.Event) bool {
				return own(e) && e.Payment == payment.ID
			})
		}
		for _, e := range history {
			next, err := world.Record(e)
			if err != nil {
				continue
			}
			world = next
			if own(e) || needed(e) || rapid.Bool().Draw(t, "arrives") {
				books = recorded(books, []ledger.Event{e})
			}
		}
		s := statementOf(world)
		list := ledger.Reconcile(books, s, refund.Money{})
		for _, d := range list {
			if d.Event.Kind == 0 && d.Code < ledger.DifferenceBeyondCap {
				return // a person decides
			}
			books = recorded(books, []ledger.Event{d.Event})
		}
		if got, want := figures(books), figures(world); got != want {
			t.Fatalf("paid, returned, disputed, available, excess, room are %s, want %s, after\n%s", got, want, strings.Join(linesOf(list), "\n"))
		}
	})
}

// spoiled returns a statement with entries removed, altered and added, in likely and
// unlikely ways.
func spoiled(t *rapid.T, s ledger.Statement, keys []string) ledger.Statement {
	moment := func() time.Time {
		return rapid.SampledFrom([]time.Time{{}, day(1), day(3), day(5), day(7), day(9)}).Draw(t, "at")
	}
	state := func() ledger.State { return ledger.State(rapid.IntRange(0, 8).Draw(t, "state")) }
	amount := func() refund.Money {
		m := drawUSD(t)
		return rapid.SampledFrom([]refund.Money{m, m, m, refund.MustMoney("10", "EUR"), usd("-10"), usd("0"), {}}).Draw(t, "money")
	}
	payment := func() string { return rapid.SampledFrom([]string{"P-1", "P-2", "P-3", "P-9", ""}).Draw(t, "payment") }
	alter := func() bool { return rapid.IntRange(0, 3).Draw(t, "alter") == 0 }
	from := statementOf(recorded(must(t)(ledger.New("SUB-1", usd("100"))), drawHistory(t, nil)))
	s.Payments = shuffled(t, append(s.Payments, from.Payments...))
	s.Refunds = shuffled(t, append(s.Refunds, from.Refunds...))
	s.Disputes = shuffled(t, append(s.Disputes, from.Disputes...))
	s.From, s.To = time.Time{}, time.Time{}
	if alter() {
		s.From, s.To = moment(), moment()
	}
	for i := range s.Payments {
		if p := &s.Payments[i]; alter() {
			p.Amount, p.Reversed, p.ReversedAt, p.At = amount(), amount(), moment(), moment()
			p.ReversalID = rapid.SampledFrom([]string{"", "V-1", "V-9"}).Draw(t, "reversal")
		}
	}
	for i := range s.Refunds {
		if r := &s.Refunds[i]; alter() {
			r.Amount, r.State, r.Payment, r.At, r.FailedAt = amount(), state(), payment(), moment(), moment()
			r.Key = rapid.SampledFrom(append([]string{"", "another"}, keys...)).Draw(t, "key")
			r.ID = rapid.SampledFrom([]string{r.ID, "X-1", "X-2", "X-9", "V-1", ""}).Draw(t, "id")
		}
	}
	for i := range s.Disputes {
		if d := &s.Disputes[i]; alter() {
			d.Amount, d.State, d.Payment, d.Lost, d.At, d.DecidedAt = amount(), state(), payment(), amount(), moment(), moment()
		}
	}
	drop := func(n int) int { return rapid.IntRange(n/2, n).Draw(t, "kept") }
	s.Payments = s.Payments[:drop(len(s.Payments))]
	s.Refunds = s.Refunds[:drop(len(s.Refunds))]
	s.Disputes = s.Disputes[:drop(len(s.Disputes))]
	return s
}

// For any statement, each event of a difference can be recorded, and then no difference has
// an event. Reconcile does not change the ledger, and a second call has the same result.
func TestEventsOfDifferencesResolveThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		books, keys := drawDecided(t)
		books = recorded(books, drawHistory(t, keys))
		s := spoiled(t, statementOf(books), keys)
		before := must(t)(ledger.Restore("SUB-1", books.Price(), books.Events()))
		list := ledger.Reconcile(books, s, usd("75"))
		if !books.Equal(before) || figures(books) != figures(before) {
			t.Fatal("the books were changed")
		}
		wantLines(t, ledger.Reconcile(books, s, usd("75")), nil, linesOf(list)...)
		for i, d := range list {
			if d.Event.Kind == 0 {
				continue
			}
			next, err := books.Record(d.Event)
			if err != nil {
				t.Fatalf("the event of %q is refused: %v", linesOf(list)[i], err)
			}
			if next.Version() == books.Version() {
				t.Fatalf("the event of %q has no effect", linesOf(list)[i])
			}
			books = next
		}
		rest := ledger.Reconcile(books, s, usd("75"))
		for i, d := range rest {
			if d.Event.Kind != 0 {
				t.Fatalf("%q remains of\n%s", linesOf(rest)[i], strings.Join(linesOf(list), "\n"))
			}
		}
	})
}
