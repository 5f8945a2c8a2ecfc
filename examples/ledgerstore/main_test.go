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
)

// The test binary starts itself again as a program that posts refunds until it is killed.
func TestMain(m *testing.M) {
	if of := os.Getenv(writerEnv); of != "" {
		os.Exit(crashWriter(of))
	}
	code := m.Run()
	if err := stopServer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// A database is one to test a store on.
type database struct {
	kind   string // "sqlite" or "postgres"
	source string // the file, or the connection string
	raw    *sql.DB
}

// open returns another handle on the database.
func (d database) open(ctx context.Context) (ledgerstore.Store, error) {
	return openStore(ctx, d.kind, d.source)
}

func openStore(ctx context.Context, kind, source string) (ledgerstore.Store, error) {
	switch kind {
	case "sqlite":
		return ledgerstore.OpenSQLite(ctx, source)
	case "postgres":
		return ledgerstore.OpenPostgres(ctx, source)
	}
	return nil, errors.New("no kind of database: " + kind)
}

// store returns a handle that is closed when the test ends.
func (d database) store(t *testing.T) ledgerstore.Store {
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

// exec writes around the store.
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

func newSQLite(t *testing.T) database {
	t.Helper()
	file := filepath.Join(t.TempDir(), "books of 100% #1?.db") // what a URL would mistake
	source := url.URL{Scheme: "file", OmitHost: true, Path: file, RawQuery: "_pragma=busy_timeout(10000)"}
	return database{"sqlite", file, rawHandle(t, "sqlite", source.String())}
}

func newPostgres(t *testing.T) database {
	t.Helper()
	server := startServer(t)
	source := server.newSource(t)
	return database{"postgres", source, rawHandle(t, "pgx", source)}
}

func rawHandle(t *testing.T, driver, source string) *sql.DB {
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
