package ledgerstore_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"slices"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// If the answer to a commit is lost, the result is unknown. Update calls the change again
// with the current books.

func TestLostAnswerOfUpdate(t *testing.T) {
	// meanwhile is another program's change, made before the change is called again.
	meanwhile := func(tell func(books ledger.Ledger) (ledger.Ledger, error)) func(t *testing.T, other sqlstore.Books) {
		return func(t *testing.T, other sqlstore.Books) {
			t.Helper()
			if _, err := other.Update(t.Context(), "SUB-1", tell); err != nil {
				t.Fatal(err)
			}
		}
	}
	idle := meanwhile(func(books ledger.Ledger) (ledger.Ledger, error) { return books, nil })
	received := meanwhile(func(books ledger.Ledger) (ledger.Ledger, error) { return books.RecordPayment(payment(2, 100)) })
	first := func(books ledger.Ledger) (instruction string) {
		for _, r := range books.Refunds() {
			return r.Shares[0].Key
		}
		return "none"
	}
	settled := meanwhile(func(books ledger.Ledger) (ledger.Ledger, error) { return books.Settle(first(books), start) })
	failed := meanwhile(func(books ledger.Ledger) (ledger.Ledger, error) { return books.Fail(first(books), start) })
	for _, row := range []struct {
		reason  string
		commit  func(tx driver.Tx) error
		then    func(t *testing.T, other sqlstore.Books)
		asked   []int // versions with which the change is called
		err     error
		version int
		refunds int
	}{
		{"the refund was stored: the key is known, and no event is added", committed, idle, []int{1, 2}, nil, 2, 1},
		{"the refund was not stored: it is stored now", cut, idle, []int{1, 1}, nil, 2, 1},
		{"the refund was stored and then settled by others: the key is still known", committed, settled, []int{1, 3}, nil, 3, 1},
		{"the refund was stored and then failed: the key is still known, and the refund stays failed", committed, failed, []int{1, 3}, nil, 3, 1},
		{"the refund was not stored, and the books have changed: the decision is stale", cut, received, []int{1, 2}, decision.ErrStale, 2, 0},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				s, line := d.lineStore(t)
				other := d.store(t)
				ana := decided(t, opened(t, s, "SUB-1", 10000, 10000), "ana", 5000)
				commits := 0
				line.commit = func(tx driver.Tx) error {
					if commits++; commits > 1 {
						return tx.Commit()
					}
					err := row.commit(tx)
					row.then(t, other)
					return err
				}
				var asked []int
				books, err := s.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
					asked = append(asked, books.Version())
					return posting(ana, "refund-1")(books)
				})
				if !errors.Is(err, row.err) || (row.err == nil) != (err == nil) {
					t.Errorf("error %v, want %v", err, row.err)
				}
				if !slices.Equal(asked, row.asked) {
					t.Errorf("the change was called with versions %v, want %v", asked, row.asked)
				}
				after := loaded(t, s, "SUB-1")
				if after.Version() != row.version || len(after.Refunds()) != row.refunds {
					t.Errorf("version %d with %d refunds, want %d with %d", after.Version(), len(after.Refunds()), row.version, row.refunds)
				}
				if err == nil {
					wantSame(t, books, after)
				}
			})
		})
	}
}

func TestUpdateWhenEveryAnswerIsLost(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s, line := d.lineStore(t)
		before := opened(t, s, "SUB-1", 10000, 10000)
		ana := decided(t, before, "ana", 5000)
		line.commit = cut
		_, err := s.Update(t.Context(), "SUB-1", posting(ana, "refund-1"))
		if !errors.Is(err, sqlstore.ErrBusy) {
			t.Errorf("no answer arrives: %v", err)
		}
		wantSame(t, loaded(t, s, "SUB-1"), before)
	})
}

// The context ends when the answer is lost. Update cannot read the books any more, and its
// caller calls it again with the same key and decision.
func TestLostAnswerAndCanceledContext(t *testing.T) {
	for _, row := range []struct {
		reason string
		commit func(tx driver.Tx) error
	}{
		{"it was stored, and the caller's second call adds no event", committed},
		{"it was not stored, and the caller's second call stores it", cut},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				s, line := d.lineStore(t)
				ana := decided(t, opened(t, s, "SUB-1", 10000, 10000), "ana", 5000)
				ctx, cancel := context.WithCancel(t.Context())
				line.commit = func(tx driver.Tx) error {
					err := row.commit(tx)
					cancel()
					return err
				}
				if _, err := s.Update(ctx, "SUB-1", posting(ana, "refund-1")); !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
				again := d.store(t)
				if books := posted(t, again, ana, "refund-1"); books.Version() != 2 {
					t.Errorf("version %d", books.Version())
				}
			})
		})
	}
}

func TestLostAnswerOfCreate(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s, line := d.lineStore(t)
		commits := 0
		line.commit = func(tx driver.Tx) error {
			if commits++; commits%2 == 0 {
				return tx.Commit()
			}
			return committed(tx)
		}
		mine := opened(t, s, "SUB-1", 10000, 10000) // the second try finds the books of the first
		wantSame(t, loaded(t, s, "SUB-1"), mine)

		// Another program creates other books after this commit was lost.
		other := d.store(t)
		line.commit = func(tx driver.Tx) error {
			err := cut(tx)
			opened(t, other, "SUB-2", 10000, 4000)
			return err
		}
		books, err := openBooks(subscription("SUB-2", 10000), 10000)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Create(t.Context(), books); !errors.Is(err, sqlstore.ErrExists) {
			t.Error(err)
		}
	})
}
