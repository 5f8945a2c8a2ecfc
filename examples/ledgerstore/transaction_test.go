package ledgerstore_test

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// A host's transaction creates books, and InTx repeats the transactions of a host.

// The rows of an album have no key, so a transaction that is stored twice makes two rows.
const (
	makeAlbum = `CREATE TABLE album (title text)`
	addTitle  = `INSERT INTO album VALUES ($1)`
)

func (d database) makeAlbum(t *testing.T) {
	t.Helper()
	if _, err := d.raw.ExecContext(t.Context(), makeAlbum); err != nil {
		t.Fatal(err)
	}
}

func (d database) titles(t *testing.T) (n int) {
	t.Helper()
	if err := d.raw.QueryRowContext(t.Context(), `SELECT count(*) FROM album`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCreateTx(t *testing.T) {
	for _, row := range []struct {
		reason  string
		prepare func(t *testing.T, d database, s handle, books ledger.Ledger)
		zero    bool // the zero Ledger is created
		err     error
		exists  bool // after a rollback
	}{
		{
			"books and a row are stored together",
			func(*testing.T, database, handle, ledger.Ledger) {},
			false, nil, false,
		},
		{
			"the subscription has books",
			func(t *testing.T, d database, s handle, books ledger.Ledger) {
				if err := s.Create(t.Context(), books); err != nil {
					t.Fatal(err)
				}
			},
			false, sqlstore.ErrExists, true,
		},
		{
			"the decision is already used by another subscription",
			func(t *testing.T, d database, s handle, books ledger.Ledger) {
				d.exec(t, `INSERT INTO ledger_refunds (subscription, key, decision, live) VALUES ('SUB-9', 'refund-9', $1, true)`,
					books.Refunds()[0].Decision.String())
			},
			false, sqlstore.ErrSpent, false,
		},
		{
			"the table has a refund of deleted books",
			func(t *testing.T, d database, s handle, books ledger.Ledger) {
				d.exec(t, `INSERT INTO ledger_refunds (subscription, key, decision, live) VALUES ('SUB-1', 'refund-9', 'deleted', false)`)
			},
			false, sqlstore.ErrSpent, false,
		},
		{
			"the zero Ledger is not valid",
			func(*testing.T, database, handle, ledger.Ledger) {},
			true, errAny, false,
		},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				d.makeAlbum(t)
				s := d.store(t)
				books, err := openBooks(subscription("SUB-1", 10000), 10000)
				if err != nil {
					t.Fatal(err)
				}
				if books, err = posting(decided(t, books, "ana", 5000), "refund-1")(books); err != nil {
					t.Fatal(err)
				}
				row.prepare(t, d, s, books)
				create := books
				if row.zero {
					create = ledger.Ledger{}
				}
				for _, commit := range []bool{false, true} {
					tx, err := s.db.BeginTx(t.Context(), nil)
					if err != nil {
						t.Fatal(err)
					}
					if err := s.CreateTx(t.Context(), tx, create); !(errors.Is(err, row.err) || row.err == errAny && err != nil) {
						t.Errorf("error %v, want %v", err, row.err)
					}
					if _, err := tx.ExecContext(t.Context(), addTitle, "SUB-1"); (err == nil) != (row.err == nil) {
						t.Errorf("the host's statement: %v", err)
					}
					end := tx.Rollback
					if commit {
						end = tx.Commit
					}
					if err := end(); (err == nil) != (row.err == nil) {
						t.Errorf("the host's end: %v", err)
					}
					stored := commit && row.err == nil
					if n := d.titles(t); (n == 1) != stored {
						t.Errorf("%d rows", n)
					}
					switch after, err := s.Load(t.Context(), "SUB-1"); {
					case stored || row.exists:
						wantSame(t, after, books)
					case !errors.Is(err, sqlstore.ErrNotFound):
						t.Errorf("after the end of the transaction: %v", err)
					}
				}
			})
		})
	}
}

var errAny = errors.New("any error")

// creating returns a host's transaction that creates books and adds a row of its own.
func creating(t *testing.T, s handle, calls *int) func(tx *sql.Tx) error {
	t.Helper()
	books, err := openBooks(subscription("SUB-1", 10000), 10000)
	if err != nil {
		t.Fatal(err)
	}
	return func(tx *sql.Tx) error {
		*calls++
		if err := s.CreateTx(t.Context(), tx, books); err != nil {
			return err
		}
		_, err := tx.ExecContext(t.Context(), addTitle, "SUB-1")
		return err
	}
}

// A commit is lost, or its answer. PostgreSQL is asked for the result.
func TestLostCommitOfInTx(t *testing.T) {
	for _, row := range []struct {
		reason string
		kind   string
		commit func(tx driver.Tx) error
		calls  int
		ok     bool
		rows   int
	}{
		{"the transaction was stored, and is not repeated", "postgres", committed, 1, true, 1},
		{"the transaction was not stored, and is repeated", "postgres", cut, 2, true, 1},
		{"SQLite cannot be asked, so a stored transaction is not repeated", "sqlite", committed, 1, false, 1},
		{"SQLite cannot be asked, so a lost one is not repeated either", "sqlite", cut, 1, false, 0},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			d := map[string]func(testing.TB) database{"sqlite": newSQLite, "postgres": newPostgres}[row.kind](t)
			d.makeAlbum(t)
			s, line := d.lineStore(t)
			var once sync.Once
			line.commit = func(tx driver.Tx) (err error) {
				end := driver.Tx.Commit
				once.Do(func() { end = row.commit })
				return end(tx)
			}
			calls := 0
			if err := s.InTx(t.Context(), creating(t, s, &calls)); (err == nil) != row.ok || calls != row.calls {
				t.Errorf("the host was called %d times: %v", calls, err)
			}
			_, err := s.Load(t.Context(), "SUB-1")
			if n := d.titles(t); n != row.rows || (err == nil) != (n == 1) {
				t.Errorf("%d rows, and the books: %v", n, err)
			}
		})
	}
}

// The connection is really lost, after the server has answered.
func TestLostConnectionOfInTx(t *testing.T) {
	for _, row := range []struct {
		reason, word string
		calls        int
	}{
		{"the answer to BEGIN is lost, and the host was not called", "BEGIN", 1},
		{"the answer to the first statement is lost, and no change is stored", "INSERT 0 1", 2},
		{"the answer to a query is lost, and no change is stored", "SELECT 1", 2},
		{"the answer to the commit is lost, and the changes are stored", "COMMIT", 1},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			d := newPostgres(t)
			d.makeAlbum(t)
			s, armed := d.frailStore(t, row.word)
			armed.Store(true)
			calls := 0
			if err := s.InTx(t.Context(), creating(t, s, &calls)); err != nil || calls != row.calls || armed.Load() {
				t.Errorf("the host was called %d times: %v", calls, err)
			}
			if n := d.titles(t); n != 1 {
				t.Errorf("%d rows", n)
			}
			loaded(t, d.store(t), "SUB-1")
		})
	}
}

// A statement of the host's own fails because another program was faster: on PostgreSQL with a
// serialization failure, on SQLite with a busy database. The books are not concerned.
func TestInTxRepeatsAfterTheHostsStatement(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		d.makeAlbum(t)
		d.exec(t, addTitle, "first")
		one, two := d.store(t), d.store(t)
		calls := 0
		err := one.InTx(t.Context(), func(tx *sql.Tx) error {
			calls++
			if d.kind == "postgres" {
				if _, err := tx.ExecContext(t.Context(), `SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`); err != nil {
					return err
				}
			}
			var title string
			if err := tx.QueryRowContext(t.Context(), `SELECT title FROM album`).Scan(&title); err != nil {
				return err
			}
			if calls == 1 {
				if _, err := two.db.ExecContext(t.Context(), `UPDATE album SET title = title || ', second'`); err != nil {
					return err
				}
			}
			_, err := tx.ExecContext(t.Context(), `UPDATE album SET title = $1`, title+", third")
			return err
		})
		var title string
		if err := errors.Join(err, d.raw.QueryRowContext(t.Context(), `SELECT title FROM album`).Scan(&title)); err != nil {
			t.Fatal(err)
		}
		if calls != 2 || title != "first, second, third" {
			t.Errorf("the host was called %d times: %q", calls, title)
		}
	})
}

// Two programs lock two rows in opposite orders, and the database ends one of the transactions.
func TestInTxRepeatsAfterADeadlock(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		one, two := d.store(t), d.store(t)
		opened(t, one, "SUB-1", 10000, 10000)
		opened(t, one, "SUB-2", 10000, 10000)
		both := make(chan error, 2)
		var met sync.WaitGroup
		met.Add(2)
		pay := func(s handle, n int, ids ...string) {
			var once sync.Once
			both <- s.InTx(t.Context(), func(tx *sql.Tx) error {
				for _, id := range ids {
					if _, err := s.UpdateTx(t.Context(), tx, id, func(books ledger.Ledger) (ledger.Ledger, error) {
						return books.RecordPayment(payment(n, 100))
					}); err != nil {
						return err
					}
					if d.kind == "postgres" { // SQLite locks the whole file
						once.Do(func() { met.Done(); met.Wait() })
					}
				}
				return nil
			})
		}
		go pay(one, 2, "SUB-1", "SUB-2")
		go pay(two, 3, "SUB-2", "SUB-1")
		if err := errors.Join(<-both, <-both); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"SUB-1", "SUB-2"} {
			if v := loaded(t, one, id).Version(); v != 3 {
				t.Errorf("%s has version %d", id, v)
			}
		}
	})
}
