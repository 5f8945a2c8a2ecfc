package ledgerstore_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A report is the latest report on an instruction, an outside refund or a dispute.
type report struct {
	at    time.Time
	gone  bool // the customer has the money
	cents int64
}

func (r *report) hear(n report) {
	order := n.at.Compare(r.at)
	if order > 0 || order == 0 && (n.gone && !r.gone || n.gone == r.gone && n.cents > r.cents) {
		*r = n
	}
}

// audit checks books independently of package ledger, in cents. Whenever a refund is posted
// or an instruction is submitted, the total returned amount is at most the lesser of price
// and paid, and the decision is posted once. Only facts may exceed that limit. audit
// returns the sum of the refunds that the books posted.
func audit(t *testing.T, books ledger.Ledger) int64 {
	t.Helper()
	type part struct {
		refund string
		cents  int64
		report
	}
	paid, reversed := map[string]int64{}, map[string]int64{}
	parts := map[string]*part{}
	outside, disputes := map[string]*report{}, map[string]*report{}
	carried := map[string]string{} // instructions, by outside refunds
	decisions := map[string]refund.Digest{}
	net := func() (sum int64) {
		for id, amount := range paid {
			sum += amount - min(amount, reversed[id])
		}
		return sum
	}
	gone := func() (ours, all int64) {
		for _, p := range parts {
			if p.gone {
				ours += p.cents
			}
		}
		all = ours
		for _, list := range []map[string]*report{outside, disputes} {
			for _, r := range list {
				if r.gone {
					all += r.cents
				}
			}
		}
		return ours, all
	}
	for i, e := range books.Events() {
		complain := func(format string, args ...any) {
			t.Helper()
			t.Errorf("%s, event %d: %s", books.SubscriptionID(), i, fmt.Sprintf(format, args...))
		}
		switch e.Kind {
		case ledger.EventPaid:
			paid[e.ID] = cents(e.Amount)
		case ledger.EventReversed:
			reversed[e.Payment] += cents(e.Amount)
		case ledger.EventPosted:
			if _, known := decisions[e.ID]; known {
				complain("a key is used twice")
			}
			for _, p := range parts {
				if p.gone && decisions[p.refund] == e.Decision {
					complain("a decision is posted twice")
				}
			}
			decisions[e.ID] = e.Decision
			r, _ := books.Refund(e.ID)
			for _, share := range r.Shares {
				parts[share.Key] = &part{e.ID, cents(share.Amount), report{gone: true}}
			}
		case ledger.EventSettled, ledger.EventFailed:
			parts[e.ID].hear(report{at: e.At, gone: e.Kind == ledger.EventSettled})
		case ledger.EventRefunded:
			if carried[e.ID] = e.Key; e.Key != "" {
				parts[e.Key].hear(report{at: e.At, gone: true})
				break
			}
			outside[e.ID] = &report{e.At, true, cents(e.Amount)}
		case ledger.EventRefundFailed:
			if key := carried[e.ID]; key != "" {
				parts[key].hear(report{at: e.At})
				break
			}
			outside[e.ID].hear(report{at: e.At})
		case ledger.EventDisputed:
			disputes[e.ID] = &report{}
		case ledger.EventWon, ledger.EventLost:
			n := report{at: e.At, gone: e.Kind == ledger.EventLost}
			if n.gone {
				n.cents = cents(e.Amount)
			}
			disputes[e.ID].hear(n)
		}
		if e.Kind != ledger.EventPosted && e.Kind != ledger.EventSubmitted {
			continue
		}
		if _, all := gone(); all > min(cents(books.Price()), net()) {
			complain("%v: %d cents were returned, of %d paid for a price of %d", e.Kind, all, net(), cents(books.Price()))
		}
	}
	ours, all := gone()
	totals := books.Totals()
	if cents(totals.Returned)+cents(totals.Excess) != all || cents(totals.Paid) != net() {
		t.Errorf("%s: %d cents were returned of %d, the ledger has %v and %v of %v",
			books.SubscriptionID(), all, net(), totals.Returned, totals.Excess, totals.Paid)
	}
	return ours
}

// wantTable checks that the table of refunds has the refunds of the books, and that of the
// refunds of a decision that have not failed, exactly one is live.
func wantTable(t *testing.T, d database, all map[string]ledger.Ledger) {
	t.Helper()
	rows, err := d.raw.QueryContext(t.Context(), `SELECT subscription, key, decision, live FROM ledger_refunds`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	live, counts := map[string]int{}, map[string]bool{}
	for rows.Next() {
		n++
		var subscription, key, digest string
		var isLive bool
		if err := rows.Scan(&subscription, &key, &digest, &isLive); err != nil {
			t.Fatal(err)
		}
		r, there := all[subscription].Refund(key)
		if !there || r.Decision.String() != digest || isLive && r.State == ledger.StateFailed {
			t.Errorf("%s: the table and the books disagree on a refund", subscription)
		}
		counts[digest] = counts[digest] || r.State != ledger.StateFailed
		if isLive {
			live[digest]++
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for digest, counts := range counts {
		if live[digest] > 1 || counts != (live[digest] == 1) {
			t.Errorf("a decision is live %d times", live[digest])
		}
	}
	for _, books := range all {
		n -= len(books.Refunds())
	}
	if n != 0 {
		t.Errorf("the table has %d refunds more than the books", n)
	}
}

// wantContinued checks that books have all events of earlier books.
func wantContinued(t *testing.T, books, earlier ledger.Ledger) {
	t.Helper()
	was, is := earlier.Events(), books.Events()
	if len(is) < len(was) || !slices.EqualFunc(was, is[:len(was)], ledger.Event.Equal) {
		t.Errorf("%s: version %d does not continue version %d", books.SubscriptionID(), len(is), len(was))
	}
}
