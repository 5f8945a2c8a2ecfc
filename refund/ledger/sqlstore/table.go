package sqlstore

import (
	"context"
	"database/sql"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// The table of refunds has the keys and decisions of all refunds. It repeats facts of the
// books, so that old books that somebody puts back are detected.
//
// At most one refund of a decision is live. The ledger posts a decision again only after
// its refund has failed. If that refund is settled after all, both count, and the first one
// is live.
const (
	insertRefund = `INSERT INTO ledger_refunds (subscription, key, decision, live)
		VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
	releaseRefund = `UPDATE ledger_refunds SET live = false
		WHERE subscription = $1 AND key = $2 AND live`
	// If another refund of the decision is live, it stays live, and this one does not become live: the store cannot refuse a fact.
	reviveRefund = `UPDATE ledger_refunds SET live = true
		WHERE subscription = $1 AND key = $2
		AND NOT EXISTS (SELECT 1 FROM ledger_refunds AS other WHERE other.decision = $3 AND other.live)`
)

// An entry is a row of the table.
type entry struct {
	key, decision string
	live          bool
	held          bool // the decision has a live row, of any subscription
}

// A holding is the row that a refund in the books should have.
type holding struct {
	key, decision string
	live          bool // it is the first refund of the decision that has not failed
}

func holdings(books ledger.Ledger) []holding {
	refunds := books.Refunds()
	list := make([]holding, len(refunds))
	held := map[refund.Digest]bool{}
	for i, r := range refunds {
		live := r.State != ledger.StateFailed && !held[r.Decision]
		held[r.Decision] = held[r.Decision] || live
		list[i] = holding{r.Key, r.Decision.String(), live}
	}
	return list
}

// agree reports whether the table has exactly the refunds of the books.
func agree(books ledger.Ledger, table []entry) bool {
	list := holdings(books)
	if len(list) != len(table) {
		return false
	}
	byKey := make(map[string]holding, len(list))
	for _, h := range list {
		byKey[h.key] = h
	}
	for _, e := range table {
		h, known := byKey[e.key]
		if !known || h.decision != e.decision || e.live && !h.live || h.live && !e.held {
			return false
		}
	}
	return true
}

// enter updates the table from the refunds of old to those of next.
func (s *database) enter(ctx context.Context, tx *sql.Tx, old, next ledger.Ledger) error {
	id, was, is := next.SubscriptionID(), holdings(old), holdings(next)
	for i := range was { // first, so that another refund of the decision can become live
		if was[i].live && !is[i].live {
			if _, err := s.exec(ctx, tx, releaseRefund, id, is[i].key); err != nil {
				return err
			}
		}
	}
	for i, h := range is {
		var err error
		switch {
		case i >= len(was):
			err = s.one(ctx, tx, ErrSpent, insertRefund, id, h.key, h.decision, h.live)
		case h.live && !was[i].live:
			_, err = s.exec(ctx, tx, reviveRefund, id, h.key, h.decision)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
