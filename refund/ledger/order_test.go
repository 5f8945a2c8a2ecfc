package ledger_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Facts recorded in any order, some of them twice, lead to the same totals and states. A
// fact whose object is not in the books yet is recorded again later.
func TestOrderOfFactsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &machine{T: t, currency: refund.MustCurrency("USD")}
		base := s.anything()
		facts := s.history(base)
		want := base
		for i, f := range facts {
			var err error
			if want, err = s.record(f)(want); err != nil {
				t.Fatalf("fact %d, %+v: %v", i, f, err)
			}
		}
		got := base
		for rest := s.shuffled(facts); len(rest) > 0; {
			var early []fact
			for _, f := range rest {
				after, err := s.record(f)(got)
				switch {
				case errors.Is(err, ledger.ErrUnknown):
					early = append(early, f)
				case err != nil:
					t.Fatalf("%+v: %v", f, err)
				default:
					got = after
				}
			}
			if len(early) == len(rest) {
				t.Fatalf("never accepted: %+v", early)
			}
			rest = early
		}
		if a, b := standingOf(want), standingOf(got); a != b || got.Version() != want.Version() {
			t.Fatalf("in order, version %d:\n%s\nin another order, version %d:\n%s", want.Version(), a, got.Version(), b)
		}
	})
}

// anything returns books with some payments, and with pending and submitted refunds.
func (s *machine) anything() ledger.Ledger {
	books := opened(s.T, "100.00", []string{"100.00", "60.00"}[:1+s.pick("payments", 2)]...)
	for i := range s.pick("refunds", 4) {
		room := s.units(books.Totals().Room)[0]
		if room == 0 {
			break
		}
		key := "R-" + strconv.Itoa(i)
		d := decide(s.T, books, s.money(min(room, s.about("refund", room))).Amount())
		books = posted(s.T, books, d, key, ledger.OrderProportional)
		if s.pick("sent", 2) == 1 {
			books = must(s.T)(books.Submit(keysOf(books, key)[0], day(12)))
		}
	}
	return books
}

// history draws facts with different ids. Each fact comes after its object.
func (s *machine) history(base ledger.Ledger) (facts []fact) {
	ids := map[string][]string{}
	for _, p := range base.Payments() {
		ids["paid"] = append(ids["paid"], p.ID)
	}
	open := base.Outstanding() // and not yet settled by an outside refund
	some := func(what string) string {
		if len(ids[what]) == 0 {
			return ""
		}
		return rapid.SampledFrom(ids[what]).Draw(s.T, "which "+what)
	}
	verdicts := map[string][]string{"refund_failed": {"refunded"}, "won": {"disputed"}, "lost": {"disputed"}, "settled": {"posted"}, "failed": {"posted"}}
	for _, share := range open {
		ids["posted"] = append(ids["posted"], share.Key)
	}
	for i := range 3 + s.pick("facts", 25) {
		f := fact{at: 11 + s.pick("at", 5), amount: int64(1 + s.pick("amount", 120)*100), id: "X-" + strconv.Itoa(i)}
		f.what = rapid.SampledFrom([]string{"paid", "reversed", "reversed", "refunded", "refunded", "refunded", "refund_failed", "disputed", "disputed", "won", "lost", "lost", "settled", "failed"}).Draw(s.T, "what")
		switch f.what {
		case "reversed":
			f.payment = some("paid")
			// The reversal may name a refund or dispute that is recorded later or never.
			named := "X-" + strconv.Itoa(s.pick("named", 28))
			switch s.pick("it names", 3) {
			case 0:
				f.refund = named
			case 1:
				f.disputed = named
			}
		case "disputed":
			f.payment = some("paid")
		case "refunded":
			switch n := s.pick("refund", 3); {
			case n == 0 && len(open) > 0:
				f.key, f.amount = open[0].Key, s.units(open[0].Amount)[0]
				open = open[1:]
			case n == 1:
				f.payment = some("paid")
			}
		default:
			if of := verdicts[f.what]; of != nil {
				if f.id = some(of[0]); f.id == "" {
					continue
				}
			}
			if f.what != "paid" && f.what != "lost" {
				f.amount = 0
			}
		}
		if verdicts[f.what] == nil {
			ids[f.what] = append(ids[f.what], f.id)
		}
		facts = append(facts, f)
	}
	return facts
}

// shuffled returns the facts in another order, some of them twice.
func (s *machine) shuffled(facts []fact) []fact {
	list := slices.Clone(facts)
	for _, f := range facts {
		if s.pick("twice", 4) == 3 {
			list = append(list, f)
		}
	}
	return rapid.Permutation(list).Draw(s.T, "order")
}

// standingOf returns everything in books except the events, ordered by ids.
func standingOf(l ledger.Ledger) string {
	var list []string
	for _, p := range l.Payments() {
		list = append(list, fmt.Sprint("payment ", p))
	}
	for _, r := range l.OutsideRefunds() {
		list = append(list, fmt.Sprint("outside ", r))
	}
	for _, v := range l.Reversals() {
		list = append(list, fmt.Sprint("reversal ", v))
	}
	for _, d := range l.Disputes() {
		list = append(list, fmt.Sprint("dispute ", d))
	}
	for _, a := range l.Alerts() {
		list = append(list, fmt.Sprint("alert ", a))
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Compare(a, b) })
	list = append(list, fmt.Sprint(l.Totals()), fmt.Sprint(l.Refunds()), fmt.Sprint(l.Outstanding()))
	return strings.Join(list, "\n")
}
