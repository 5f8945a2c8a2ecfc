package sqlstore_test

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// insertOutbox is a statement of the host. Two of them make two rows.
const insertOutbox = "INSERT INTO outbox"

// A fake is a driver with a database in memory. It has one connection, and supports only
// the statements of the store and insertOutbox. A transaction works on a copy of the tables.
type fake struct {
	stored tables
	copied *tables // in a transaction

	// fail is called before each step, and after a commit. It returns the error to report.
	fail  func(step string) error
	steps int

	transaction int64 // the number of the newest
	committed   map[int64]bool
}

type tables struct {
	versions map[string]int64
	books    map[string]string
	refunds  map[[2]string]fakeRefund // by subscription and key
	schema   int64
	outbox   int // the host's own rows
}

type fakeRefund struct {
	decision string
	live     bool
}

func (t tables) clone() *tables {
	return &tables{maps.Clone(t.versions), maps.Clone(t.books), maps.Clone(t.refunds), t.schema, t.outbox}
}

// newFake returns a fake, and a store and a database on it.
func newFake(t testing.TB, d sqlstore.Dialect) (*fake, sqlstore.Store, *sql.DB) {
	t.Helper()
	f := &fake{stored: tables{map[string]int64{}, map[string]string{}, map[[2]string]fakeRefund{}, 0, 0}, committed: map[int64]bool{}}
	db := sql.OpenDB(f)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	s, err := sqlstore.Open(context.Background(), db, d)
	if err != nil {
		t.Fatal(err)
	}
	return f, s, db
}

func (f *fake) step(name string) error {
	f.steps++
	if f.fail == nil {
		return nil
	}
	return f.fail(name)
}

func (f *fake) Driver() driver.Driver                        { return nil }
func (f *fake) Connect(context.Context) (driver.Conn, error) { return f, f.step("connect") }
func (f *fake) Close() error                                 { f.copied = nil; return nil }
func (f *fake) Prepare(string) (driver.Stmt, error)          { return nil, driver.ErrSkip }
func (f *fake) Begin() (driver.Tx, error)                    { return nil, driver.ErrSkip }
func (f *fake) Rollback() error                              { f.copied = nil; return nil }
func (f *fake) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) {
	if err := f.step("begin"); err != nil {
		return nil, err
	}
	f.copied = f.stored.clone()
	f.transaction++
	return f, nil
}

func (f *fake) Commit() error {
	next := *f.copied
	f.copied = nil
	if err := f.step("commit"); err != nil {
		return err
	}
	f.stored, f.committed[f.transaction] = next, true
	return f.step("answer to commit")
}

func (f *fake) ExecContext(_ context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := f.step("exec"); err != nil {
		return nil, err
	}
	t := f.copied // the store never writes outside of a transaction
	text := func(i int) string { return args[i].Value.(string) }
	held := func(decision string) bool {
		for _, r := range t.refunds {
			if r.live && r.decision == decision {
				return true
			}
		}
		return false
	}
	var n driver.RowsAffected
	switch words := strings.Join(strings.Fields(query), " "); {
	case strings.HasPrefix(words, "CREATE"), strings.HasPrefix(words, "SELECT pg_advisory"):
	case strings.HasPrefix(words, "INSERT INTO ledger_schema"):
		if t.schema == 0 {
			n, t.schema = 1, 1
		}
	case words == insertOutbox:
		n, t.outbox = 1, t.outbox+1
	case strings.HasPrefix(words, "INSERT INTO ledgers"):
		if _, exists := t.books[text(0)]; !exists {
			n, t.versions[text(0)], t.books[text(0)] = 1, args[1].Value.(int64), text(2)
		}
	case strings.HasPrefix(words, "UPDATE ledgers SET version = version"):
		if _, exists := t.books[text(0)]; exists {
			n = 1
		}
	case strings.HasPrefix(words, "UPDATE ledgers SET version = $1"):
		if v, exists := t.versions[text(2)]; exists && v == args[3].Value.(int64) {
			n, t.versions[text(2)], t.books[text(2)] = 1, args[0].Value.(int64), text(1)
		}
	case strings.HasPrefix(words, "INSERT INTO ledger_refunds"):
		key, live := [2]string{text(0), text(1)}, args[3].Value.(bool)
		if _, exists := t.refunds[key]; !exists && !(live && held(text(2))) {
			n, t.refunds[key] = 1, fakeRefund{text(2), live}
		}
	case strings.HasPrefix(words, "UPDATE ledger_refunds SET live ="):
		key := [2]string{text(0), text(1)}
		r := t.refunds[key]
		live := strings.HasPrefix(words, "UPDATE ledger_refunds SET live = true")
		if live != r.live && !(live && held(r.decision)) {
			n, t.refunds[key] = 1, fakeRefund{r.decision, live}
		}
	default:
		return nil, fmt.Errorf("the fake does not know %s", query)
	}
	return fakeResult{f, n}, nil
}

type fakeResult struct {
	f *fake
	n driver.RowsAffected
}

func (r fakeResult) LastInsertId() (int64, error) { return r.n.LastInsertId() }

func (r fakeResult) RowsAffected() (int64, error) {
	if err := r.f.step("rows affected"); err != nil {
		return 0, err
	}
	return r.n.RowsAffected()
}

func (f *fake) QueryContext(_ context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := f.step("query"); err != nil {
		return nil, err
	}
	t := f.copied
	if t == nil {
		t = &f.stored
	}
	rows := &fakeRows{f: f}
	one := func(values ...driver.Value) { rows.list = append(rows.list, values) }
	switch {
	case strings.HasPrefix(query, "SELECT current_setting"):
		one("on", "on")
	case query == "PRAGMA journal_mode":
		one("wal")
	case query == "PRAGMA synchronous":
		one(int64(2))
	case strings.HasPrefix(query, "SELECT to_regclass"), strings.HasPrefix(query, "SELECT count(*) FROM sqlite_master"):
		one(t.schema > 0)
	case strings.HasPrefix(query, "SELECT coalesce(max(version)"):
		one(t.schema)
	case query == "SELECT txid_current()":
		one(f.transaction)
	case query == "SELECT txid_status($1)":
		status := "aborted"
		if f.committed[args[0].Value.(int64)] {
			status = "committed"
		}
		one(status)
	case strings.HasPrefix(query, "SELECT subscription"):
		for _, id := range slices.Sorted(maps.Keys(t.books)) {
			if id > args[0].Value.(string) && len(rows.list) < 100 {
				one(id)
			}
		}
	case strings.HasPrefix(query, "SELECT version, books"):
		id := args[0].Value.(string)
		for key, r := range t.refunds {
			if key[0] == id {
				held := slices.ContainsFunc(slices.Collect(maps.Values(t.refunds)), func(o fakeRefund) bool { return o.live && o.decision == r.decision })
				one(int64(-1), key[1], r.decision, r.live, held)
			}
		}
		if _, exists := t.books[id]; exists {
			one(t.versions[id], t.books[id], "", false, false)
		}
	default:
		return nil, fmt.Errorf("the fake does not know %s", query)
	}
	return rows, nil
}

type fakeRows struct {
	f    *fake
	list [][]driver.Value
}

func (r *fakeRows) Columns() []string {
	return make([]string, cmp.Or(len(slices.Concat(r.list...))/max(len(r.list), 1), 1))
}
func (r *fakeRows) Close() error { return nil }
func (r *fakeRows) Next(values []driver.Value) error {
	if err := r.f.step("row"); err != nil {
		return err
	}
	if len(r.list) == 0 {
		return io.EOF
	}
	copy(values, r.list[0])
	r.list = r.list[1:]
	return nil
}
