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
			t.Errorf("books that were never made: %v", err)
		}
		if _, err := s.Update(t.Context(), "SUB-1", func(l ledger.Ledger) (ledger.Ledger, error) {
			t.Error("a change was asked without books")
			return l, nil
		}); !errors.Is(err, sqlstore.ErrNotFound) {
			t.Errorf("an update of books that were never made: %v", err)
		}
		books := opened(t, s, "SUB-1", 10000, 6000, 4000)
		wantSame(t, loaded(t, s, "SUB-1"), books)

		again := posted(t, s, decided(t, books, "ana", 5000), "refund-1")
		if err := s.Create(t.Context(), books); !errors.Is(err, sqlstore.ErrExists) {
			t.Errorf("made twice: %v", err)
		}
		wantSame(t, loaded(t, s, "SUB-1"), again)
		if err := s.Create(t.Context(), ledger.Ledger{}); err == nil {
			t.Error("the zero ledger was stored")
		}
	})
}

// Books that come from elsewhere bring their refunds with them.
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
			t.Errorf("made twice: %v", err)
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
			"an error of the change is returned as it is, and nothing is stored",
			func(books ledger.Ledger) (ledger.Ledger, error) { return books, own },
			0, own,
		},
		{
			"the same books are not stored again",
			func(books ledger.Ledger) (ledger.Ledger, error) { return books, nil },
			0, nil,
		},
		{
			"what is told again is known by its key, and not stored again",
			func(books ledger.Ledger) (ledger.Ledger, error) {
				return books.RecordPayment(payment(1, 10000))
			},
			0, nil,
		},
		{
			"what happened is stored",
			func(books ledger.Ledger) (ledger.Ledger, error) { return books.RecordPayment(payment(2, 100)) },
			1, nil,
		},
		{
			"two events of one change are stored at once",
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
			"the zero ledger continues nothing",
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
			"other events at the same places are another past",
			func(books ledger.Ledger) (ledger.Ledger, error) {
				return openBooks(subscription("SUB-1", 10000), 9999, 100)
			},
			0, sqlstore.ErrRewritten,
		},
		{
			"books with fewer events have lost some",
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
					t.Errorf("asked %d times", asked)
				}
				after := loaded(t, s, "SUB-1")
				if after.Version() != before.Version()+row.raises {
					t.Errorf("version %d after %d, want %d more", after.Version(), before.Version(), row.raises)
				}
				if row.err == nil {
					wantSame(t, books, after)
				} else if books.Version() != 0 {
					t.Error("books beside an error")
				}
			})
		})
	}
}

// Two handles are two programs. The second one to store is asked again on the books of
// the first, and its decision was judged on older ones.
func TestTheSecondIsAskedAgain(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		one, two := d.store(t), d.store(t)
		books := opened(t, one, "SUB-1", 10000, 6000, 4000)
		ana, bob := decided(t, books, "ana", 6000), decided(t, books, "bob", 6000)
		var versions []int
		_, err := two.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
			if versions = append(versions, books.Version()); len(versions) == 1 {
				posted(t, one, ana, "refund-ana") // while the change thinks
			}
			return posting(bob, "refund-bob")(books)
		})
		if !errors.Is(err, decision.ErrStale) {
			t.Errorf("bob: %v", err)
		}
		if fmt.Sprint(versions) != "[2 3]" {
			t.Errorf("asked on versions %v", versions)
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
				return books.RecordPayment(payment(100+asked, 100)) // somebody is faster each time
			}); err != nil {
				t.Fatal(err)
			}
			return books.RecordPayment(payment(99, 100))
		})
		if !errors.Is(err, sqlstore.ErrBusy) || asked != 20 {
			t.Errorf("asked %d times: %v", asked, err)
		}
	})
}

func TestContexts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.store(t)
		before := opened(t, s, "SUB-1", 10000, 10000)
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := s.Update(ctx, "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
			cancel() // while the change thinks
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

// Somebody else has the row, or the file: a context ends the wait.
func TestAContextEndsTheWaitForALock(t *testing.T) {
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
