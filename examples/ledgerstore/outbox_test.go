package ledgerstore_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// A host's transaction stores a row in its outbox together with the posting.

const (
	makeOutbox = `CREATE TABLE outbox (subscription text, key text, PRIMARY KEY (subscription, key))`
	insertRow  = `INSERT INTO outbox (subscription, key) VALUES ($1, $2) ON CONFLICT DO NOTHING`
)

// postTx posts a decision in a transaction of the host, without a retry.
func postTx(ctx context.Context, s handle, d decision.Decision, key string) (ledger.Ledger, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return ledger.Ledger{}, err
	}
	defer tx.Rollback() // it has no effect after a commit
	books, err := s.UpdateTx(ctx, tx, d.Subscription(), posting(d, key))
	if err != nil {
		return ledger.Ledger{}, err
	}
	if _, err := tx.ExecContext(ctx, insertRow, d.Subscription(), key); err != nil {
		return ledger.Ledger{}, err
	}
	return books, tx.Commit()
}

func TestUpdateTx(t *testing.T) {
	own := errors.New("the host's own")
	for _, row := range []struct {
		reason string
		change func(t *testing.T, d database, made decision.Decision) sqlstore.Change
		id     string
		err    error
		open   bool // whether the host can commit its row
		raises int  // the version, if it commits
	}{
		{
			"a posting and a row are stored together",
			func(t *testing.T, d database, made decision.Decision) sqlstore.Change {
				return posting(made, "refund-1")
			},
			"SUB-1", nil, true, 1,
		},
		{
			"the same books are not stored again",
			func(t *testing.T, d database, made decision.Decision) sqlstore.Change {
				return func(books ledger.Ledger) (ledger.Ledger, error) { return books, nil }
			},
			"SUB-1", nil, true, 0,
		},
		{
			"an error of the change is returned as it is, and the host may continue",
			func(t *testing.T, d database, made decision.Decision) sqlstore.Change {
				return func(ledger.Ledger) (ledger.Ledger, error) { return ledger.Ledger{}, own }
			},
			"SUB-1", own, true, 0,
		},
		{
			"missing books cannot be updated",
			func(t *testing.T, d database, made decision.Decision) sqlstore.Change {
				return posting(made, "refund-1")
			},
			"SUB-2", sqlstore.ErrNotFound, false, 0,
		},
		{
			"changed events are refused",
			func(t *testing.T, d database, made decision.Decision) sqlstore.Change {
				return func(ledger.Ledger) (ledger.Ledger, error) { return openBooks(subscription("SUB-1", 10000)) }
			},
			"SUB-1", sqlstore.ErrRewritten, false, 0,
		},
		{
			"a decision that is already used is found after the books were written, and both are rolled back",
			func(t *testing.T, d database, made decision.Decision) sqlstore.Change {
				d.exec(t, `INSERT INTO ledger_refunds (subscription, key, decision, live) VALUES ('SUB-9', 'refund-9', $1, true)`, made.Digest().String())
				return posting(made, "refund-1")
			},
			"SUB-1", sqlstore.ErrSpent, false, 0,
		},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				for _, commit := range []bool{false, true} {
					s := d.store(t)
					if !commit {
						opened(t, s, "SUB-1", 10000, 10000)
						if _, err := s.db.ExecContext(t.Context(), makeOutbox); err != nil {
							t.Fatal(err)
						}
					} else if row.err == sqlstore.ErrSpent { // with the row that was inserted above
						continue
					}
					before := loaded(t, s, "SUB-1")
					change := row.change(t, d, decided(t, before, "ana", 5000))
					tx, err := s.db.BeginTx(t.Context(), nil)
					if err != nil {
						t.Fatal(err)
					}
					if _, err := s.UpdateTx(t.Context(), tx, row.id, change); !errors.Is(err, row.err) || (row.err == own && err != own) {
						t.Errorf("error %v, want %v", err, row.err)
					}
					if _, err := tx.ExecContext(t.Context(), insertRow, "SUB-1", "refund-1"); (err == nil) != row.open {
						t.Errorf("the host's statement: %v", err)
					}
					end, raises := tx.Rollback, 0
					if commit {
						end, raises = tx.Commit, row.raises
					}
					if err := end(); (err == nil) != row.open {
						t.Errorf("the host's end: %v", err)
					}
					if after := loaded(t, s, "SUB-1"); after.Version() != before.Version()+raises {
						t.Errorf("version %d after %d, want %d more", after.Version(), before.Version(), raises)
					}
					if rows := outboxRows(t, d); (len(rows) == 1) != (commit && row.open) {
						t.Errorf("%d rows", len(rows))
					}
				}
			})
		})
	}
}

// The host's transaction has the lock: another writer waits, and then reads the new books.
func TestUpdateTxLocks(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		one, two := d.store(t), d.store(t)
		books := opened(t, one, "SUB-1", 10000, 10000)
		ana, bob := decided(t, books, "ana", 6000), decided(t, books, "bob", 6000)
		tx, err := one.db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := one.UpdateTx(t.Context(), tx, "SUB-1", posting(ana, "refund-ana")); err != nil {
			t.Fatal(err)
		}
		other := make(chan error, 2)
		go func() {
			_, err := two.Post(t.Context(), bob, "refund-bob", ledger.Options{}, start)
			other <- err
		}()
		third := d.store(t)
		go func() {
			tx, err := third.db.BeginTx(t.Context(), nil)
			if err == nil {
				_, err = third.UpdateTx(t.Context(), tx, "SUB-1", posting(bob, "refund-bob"))
				err = errors.Join(err, tx.Rollback())
			}
			other <- err
		}()
		time.Sleep(100 * time.Millisecond)
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := <-other; !errors.Is(err, decision.ErrStale) {
				t.Errorf("bob: %v", err)
			}
		}
	})
}

// A transaction that has already read has an old snapshot, and cannot change the books.
func TestUpdateTxOnAnOldSnapshot(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		one, two := d.store(t), d.store(t)
		ana := decided(t, opened(t, one, "SUB-1", 10000, 10000), "ana", 5000)
		options := &sql.TxOptions{Isolation: sql.LevelRepeatableRead}
		if d.kind == "sqlite" { // whose transactions all have a snapshot
			options = nil
		}
		for try := range 2 {
			tx, err := one.db.BeginTx(t.Context(), options)
			if err != nil {
				t.Fatal(err)
			}
			var n int
			if err := tx.QueryRowContext(t.Context(), `SELECT count(*) FROM ledgers`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if try == 0 {
				if _, err := two.Record(t.Context(), "SUB-1", ledger.Event{Kind: ledger.EventDisputed, At: start, ID: "D", Payment: "PAY-1", Amount: usd(100)}); err != nil {
					t.Fatal(err)
				}
			}
			asked := 0
			_, err = one.UpdateTx(t.Context(), tx, "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
				asked++
				return posting(ana, "refund-1")(books)
			})
			if try == 0 && (!errors.Is(err, sqlstore.ErrRetry) || asked != 0 || tx.Commit() == nil) {
				t.Errorf("the change was called %d times on an old snapshot: %v", asked, err)
			}
			if try == 1 && (!errors.Is(err, decision.ErrStale) || asked != 1 || tx.Commit() != nil) {
				t.Errorf("the host's second transaction called the change %d times: %v", asked, err)
			}
		}
	})
}

// wantOutbox checks that each row of the outbox has a posting, and that each acknowledged row exists.
func (o *office) wantOutbox(all map[string]ledger.Ledger) {
	rows := outboxRows(o.t, o.d)
	for row := range rows {
		if _, there := all[row[0]].Refund(row[1]); !there {
			o.t.Errorf("%s: a row without its posting", row[0])
		}
	}
	for row := range o.outbox {
		if !rows[row] {
			o.t.Errorf("%s: an acknowledged row is lost", row[0])
		}
	}
}

// outboxRows returns the subscriptions and keys.
func outboxRows(t *testing.T, d database) map[[2]string]bool {
	t.Helper()
	rows, err := d.raw.QueryContext(t.Context(), `SELECT subscription, key FROM outbox`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[[2]string]bool{}
	for rows.Next() {
		var row [2]string
		if err := rows.Scan(&row[0], &row[1]); err != nil {
			t.Fatal(err)
		}
		all[row] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
