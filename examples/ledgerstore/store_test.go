package ledgerstore_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

func TestCreateAndLoad(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.store(t)
		if _, err := s.Load(t.Context(), "SUB-1"); !errors.Is(err, sqlstore.ErrNotFound) {
			t.Errorf("missing books: %v", err)
		}
		if _, err := s.Update(t.Context(), "SUB-1", func(l ledger.Ledger) (ledger.Ledger, error) {
			t.Error("the change was called without books")
			return l, nil
		}); !errors.Is(err, sqlstore.ErrNotFound) {
			t.Errorf("an update of missing books: %v", err)
		}
		books := opened(t, s, "SUB-1", 10000, 6000, 4000)
		wantSame(t, loaded(t, s, "SUB-1"), books)

		again := posted(t, s, decided(t, books, "ana", 5000), "refund-1")
		if err := s.Create(t.Context(), books); !errors.Is(err, sqlstore.ErrExists) {
			t.Errorf("created twice: %v", err)
		}
		wantSame(t, loaded(t, s, "SUB-1"), again)
		if err := s.Create(t.Context(), ledger.Ledger{}); err == nil {
			t.Error("the zero ledger was stored")
		}
	})
}

// Books from elsewhere are stored with their refunds.
func TestCreateWithRefunds(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.store(t)
		books, err := openBooks(subscription("SUB-1", 10000), 10000)
		if err != nil {
			t.Fatal(err)
		}
		ana := decided(t, books, "ana", 5000)
		if books, err = posting(ana, "refund-1")(books); err != nil {
			t.Fatal(err)
		}
		if err := s.Create(t.Context(), books); err != nil {
			t.Fatal(err)
		}
		d.exec(t, `UPDATE ledger_refunds SET live = live WHERE subscription = 'SUB-1' AND key = 'refund-1' AND live`)
		if err := s.Create(t.Context(), books); !errors.Is(err, sqlstore.ErrExists) {
			t.Errorf("created twice: %v", err)
		}
	})
}

func TestUpdate(t *testing.T) {
	own := errors.New("a change's own")
	for _, row := range []struct {
		reason string
		change func(books ledger.Ledger) (ledger.Ledger, error)
		raises int // the version
		err    error
	}{
		{
			"an error of the change is returned as it is, and no change is stored",
			func(books ledger.Ledger) (ledger.Ledger, error) { return books, own },
			0, own,
		},
		{
			"the same books are not stored again",
			func(books ledger.Ledger) (ledger.Ledger, error) { return books, nil },
			0, nil,
		},
		{
			"a repeated posting is recognized by its key, and not stored again",
			func(books ledger.Ledger) (ledger.Ledger, error) {
				return books.RecordPayment(payment(1, 10000))
			},
			0, nil,
		},
		{
			"a new event is stored",
			func(books ledger.Ledger) (ledger.Ledger, error) { return books.RecordPayment(payment(2, 100)) },
			1, nil,
		},
		{
			"two events of one change are stored together",
			func(books ledger.Ledger) (ledger.Ledger, error) {
				books, err := books.RecordPayment(payment(2, 100))
				if err != nil {
					return books, err
				}
				return books.RecordPayment(payment(3, 100))
			},
			2, nil,
		},
		{
			"the zero Ledger does not continue the books",
			func(books ledger.Ledger) (ledger.Ledger, error) { return ledger.Ledger{}, nil },
			0, sqlstore.ErrRewritten,
		},
		{
			"books of another subscription do not continue these",
			func(books ledger.Ledger) (ledger.Ledger, error) {
				return openBooks(subscription("SUB-2", 10000), 10000)
			},
			0, sqlstore.ErrRewritten,
		},
		{
			"books of another price do not continue these",
			func(books ledger.Ledger) (ledger.Ledger, error) {
				return openBooks(subscription("SUB-1", 10001), 10000)
			},
			0, sqlstore.ErrRewritten,
		},
		{
			"changed events are refused",
			func(books ledger.Ledger) (ledger.Ledger, error) {
				return openBooks(subscription("SUB-1", 10000), 9999, 100)
			},
			0, sqlstore.ErrRewritten,
		},
		{
			"books with fewer events are refused",
			func(books ledger.Ledger) (ledger.Ledger, error) {
				return openBooks(subscription("SUB-1", 10000))
			},
			0, sqlstore.ErrRewritten,
		},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				s := d.store(t)
				before := opened(t, s, "SUB-1", 10000, 10000)
				asked := 0
				books, err := s.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
					asked++
					wantSame(t, books, before)
					return row.change(books)
				})
				if err != row.err && !(row.err != own && errors.Is(err, row.err)) {
					t.Errorf("error %v, want %v", err, row.err)
				}
				if asked != 1 {
					t.Errorf("the change was called %d times", asked)
				}
				after := loaded(t, s, "SUB-1")
				if after.Version() != before.Version()+row.raises {
					t.Errorf("version %d after %d, want %d more", after.Version(), before.Version(), row.raises)
				}
				if row.err == nil {
					wantSame(t, books, after)
				} else if books.Version() != 0 {
					t.Error("books and an error")
				}
			})
		})
	}
}

// Two handles are like two programs. The change of the slower one is called again with the
// books of the faster one, and its decision is stale.
func TestSlowerWriterIsCalledAgain(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		one, two := d.store(t), d.store(t)
		books := opened(t, one, "SUB-1", 10000, 6000, 4000)
		ana, bob := decided(t, books, "ana", 6000), decided(t, books, "bob", 6000)
		var versions []int
		_, err := two.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
			if versions = append(versions, books.Version()); len(versions) == 1 {
				posted(t, one, ana, "refund-ana") // while the change runs
			}
			return posting(bob, "refund-bob")(books)
		})
		if !errors.Is(err, decision.ErrStale) {
			t.Errorf("bob: %v", err)
		}
		if fmt.Sprint(versions) != "[2 3]" {
			t.Errorf("the change was called with versions %v", versions)
		}
		after := loaded(t, two, "SUB-1")
		if _, there := after.Refund("refund-bob"); there || !after.Totals().Returned.Equal(usd(6000)) {
			t.Errorf("returned %v", after.Totals().Returned)
		}
	})
}

func TestRetriesAreBounded(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		one, two := d.store(t), d.store(t)
		opened(t, one, "SUB-1", 10000, 10000)
		asked := 0
		_, err := two.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
			asked++
			if _, err := one.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
				return books.RecordPayment(payment(100+asked, 100)) // another writer is faster each time
			}); err != nil {
				t.Fatal(err)
			}
			return books.RecordPayment(payment(99, 100))
		})
		if !errors.Is(err, sqlstore.ErrBusy) || asked != 20 {
			t.Errorf("the change was called %d times: %v", asked, err)
		}
	})
}

func TestContexts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.store(t)
		before := opened(t, s, "SUB-1", 10000, 10000)
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := s.Update(ctx, "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
			cancel() // while the change runs
			return books.RecordPayment(payment(2, 100))
		}); !errors.Is(err, context.Canceled) {
			t.Errorf("an update: %v", err)
		}
		if _, err := s.Load(ctx, "SUB-1"); !errors.Is(err, context.Canceled) {
			t.Errorf("a load: %v", err)
		}
		if err := s.Create(ctx, before); !errors.Is(err, context.Canceled) {
			t.Errorf("a creation: %v", err)
		}
		if _, err := d.open(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("opened: %v", err)
		}
		wantSame(t, loaded(t, s, "SUB-1"), before)
	})
}

// Another writer has locked the row or the file, and the context ends the wait.
func TestContextEndsTheWaitForALock(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.store(t)
		before := opened(t, s, "SUB-1", 10000, 10000)
		tx, err := d.raw.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), `UPDATE ledgers SET version = version`); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		began := time.Now()
		if _, err := s.Update(ctx, "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
			return books.RecordPayment(payment(2, 100))
		}); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("took %v", took)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		wantSame(t, loaded(t, s, "SUB-1"), before)
	})
}
