package ledgerstore_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/kasperinfotech/refundpolicy/examples/ledgerstore"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// The test binary also starts itself as a program that refunds or records facts until it is
// killed.
func TestMain(m *testing.M) {
	if of := os.Getenv(programEnv); of != "" {
		os.Exit(program(of))
	}
	code := m.Run()
	if err := stopServer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// A database is a test database.
type database struct {
	kind   string // "sqlite" or "postgres"
	source string // the file, or the connection string
	raw    *sql.DB
}

// A handle is a store, and the database that it is on.
type handle struct {
	sqlstore.Store
	db *sql.DB
}

func (h handle) Close() error { return h.db.Close() }

// open returns another handle on the database, like that of another program.
func (d database) open(ctx context.Context) (handle, error) {
	return openStore(ctx, d.kind, d.source)
}

func openStore(ctx context.Context, kind, source string) (handle, error) {
	open := ledgerstore.SQLite
	if kind == "postgres" {
		open = ledgerstore.PostgreSQL
	}
	db, err := open(source)
	if err != nil {
		return handle{}, err
	}
	return openOn(ctx, db, database{kind: kind}.dialect())
}

func openOn(ctx context.Context, db *sql.DB, dialect sqlstore.Dialect) (handle, error) {
	s, err := sqlstore.Open(ctx, db, dialect)
	if err != nil {
		return handle{}, errors.Join(err, db.Close())
	}
	return handle{s, db}, nil
}

// store returns a handle that is closed when the test ends.
func (d database) store(t *testing.T) handle {
	t.Helper()
	s, err := d.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// exec changes the tables without the store.
func (d database) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	result, err := d.raw.ExecContext(t.Context(), statement, args...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		t.Fatalf("%d rows, %v", n, err)
	}
}

// eachDatabase runs a test on an empty database of each kind.
func eachDatabase(t *testing.T, test func(t *testing.T, d database)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, newSQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, newPostgres(t)) })
}

func newSQLite(t testing.TB) database {
	t.Helper()
	file := filepath.Join(t.TempDir(), "books of 100% #1?.db") // a name with characters that are special in a URL
	source := url.URL{Scheme: "file", OmitHost: true, Path: file, RawQuery: "_pragma=busy_timeout(10000)"}
	return database{"sqlite", file, rawHandle(t, "sqlite", source.String())}
}

func newPostgres(t testing.TB) database {
	t.Helper()
	server := startServer(t)
	source := server.newSource(t)
	return database{"postgres", source, rawHandle(t, "pgx", source)}
}

func rawHandle(t testing.TB, driver, source string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
