package ledgerstore_test

import (
	"encoding/hex"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestClosedStore(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s, err := d.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Load(t.Context(), "SUB-1"); err == nil || !strings.Contains(err.Error(), "closed") {
			t.Error(err)
		}
	})
}

func TestOpeningFails(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	server := startServer(t)
	const password = "p4ssw0rd"
	for _, row := range []struct{ reason, kind, source string }{
		{"a folder is not a file", "sqlite", dir},
		{"a file in a missing folder", "sqlite", filepath.Join(dir, "none", "books.db")},
		{"a file that is not a database", "sqlite", text},
		{"a text that is not a connection string", "postgres", "nonsense password=" + password},
		{"a port is a number", "postgres", "postgres://tests:" + password + "@localhost:port/postgres"},
		{"a missing database", "postgres", server.source("none") + " password=" + password},
		{"a missing server", "postgres", "host=" + dir + " user=tests password=" + password},
		{"a server that may lose a commit", "postgres", server.source("postgres") + " options='-c synchronous_commit=off'"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			s, err := openStore(t.Context(), row.kind, row.source)
			if err == nil {
				t.Fatal("opened", s.Close())
			}
			if strings.Contains(err.Error(), password) {
				t.Error("the error has the password")
			}
		})
	}
}

// The owner of a database creates the tables. The user of a program does not need the
// permission.
func TestOpenExistingTablesWithoutPermissionToCreate(t *testing.T) {
	d := newPostgres(t)
	opened(t, d.store(t), "SUB-1", 10000, 10000)
	_, schema, _ := strings.Cut(d.source, "search_path=")
	for _, statement := range []string{
		`CREATE ROLE user_of_` + schema + ` LOGIN`,
		`GRANT USAGE ON SCHEMA ` + schema + ` TO user_of_` + schema,
		`GRANT SELECT, INSERT, UPDATE ON ledgers, ledger_refunds TO user_of_` + schema,
		`GRANT SELECT ON ledger_schema TO user_of_` + schema,
	} {
		if _, err := d.raw.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	program := database{"postgres", strings.Replace(d.source, "user=tests", "user=user_of_"+schema, 1), d.raw}
	s := program.store(t)
	posted(t, s, decided(t, loaded(t, s, "SUB-1"), "ana", 5000), "refund-1")
}

func TestOnlyTheOwnerCanReadTheFile(t *testing.T) {
	d := newSQLite(t)
	opened(t, d.store(t), "SUB-1", 10000, 10000)
	for _, suffix := range []string{"", "-wal"} {
		info, err := os.Stat(d.source + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%q: %v", suffix, info.Mode())
		}
	}
}

// PostgreSQL does not store a zero byte in a text. It can only be in a key, since ids of
// cases have no control characters.
func TestZeroByteInAKey(t *testing.T) {
	const key = "refund\x001"
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.store(t)
		before := opened(t, s, "SUB-1", 10000, 10000)
		made := decided(t, before, "ana", 5000)
		if d.kind == "sqlite" {
			books := posted(t, s, made, key)
			wantSame(t, loaded(t, s, "SUB-1"), books)
			return
		}
		if _, err := s.Update(t.Context(), "SUB-1", posting(made, key)); err == nil || strings.Contains(err.Error(), key) {
			t.Errorf("as a key: %v", err)
		}
		wantSame(t, loaded(t, s, "SUB-1"), before)
	})
}

// The host chooses its ids freely.
func TestOddIDs(t *testing.T) {
	random := make([]byte, 4500) // too random to be compressed
	for i := range random {
		random[i] = byte(rand.Uint32())
	}
	for _, row := range []struct {
		reason   string
		id       string
		postgres bool // takes it
	}{
		{"characters that are special in SQL are text", `'"; DROP TABLE ledgers; -- $1 ? \ %`, true},
		{"letters of another script", "Подписка № 七", true},
		{"upper and lower case are different", "sub-1", true},
		{"an id that does not fit on a page of an index is too long for PostgreSQL", hex.EncodeToString(random), false},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				s := d.store(t)
				opened(t, s, "SUB-1", 10000, 10000)
				if d.kind == "sqlite" || row.postgres {
					books := posted(t, s, decided(t, opened(t, s, row.id, 10000, 10000), "ana", 5000), row.id)
					wantSame(t, loaded(t, s, row.id), books)
					return
				}
				books, err := openBooks(subscription(row.id, 10000), 10000)
				if err != nil {
					t.Fatal(err)
				}
				if err := s.Create(t.Context(), books); err == nil || strings.Contains(err.Error(), row.id) {
					t.Errorf("as a subscription: %v", err)
				}
				before := loaded(t, s, "SUB-1")
				if _, err := s.Update(t.Context(), "SUB-1", posting(decided(t, before, "ana", 5000), row.id)); err == nil || strings.Contains(err.Error(), row.id) {
					t.Errorf("as a key: %v", err)
				}
				wantSame(t, loaded(t, s, "SUB-1"), before)
			})
		})
	}
}
