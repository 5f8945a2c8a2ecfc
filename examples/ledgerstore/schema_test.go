package ledgerstore_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

func (d database) dialect() sqlstore.Dialect {
	if d.kind == "postgres" {
		return sqlstore.PostgreSQL
	}
	return sqlstore.SQLite
}

func TestMigrations(t *testing.T) {
	for _, row := range []struct {
		reason  string
		prepare func(d database) []string // statements
		err     string
	}{
		{"an empty database gets all tables", func(d database) []string { return nil }, ""},
		{"a host runs the printed migrations itself", func(d database) (list []string) {
			for _, m := range sqlstore.Migrations(d.dialect()) {
				list = append(list, m.String())
			}
			return list
		}, ""},
		{"a host runs the printed migrations twice", func(d database) (list []string) {
			for _, m := range sqlstore.Migrations(d.dialect()) {
				list = append(list, m.String(), m.String())
			}
			return list
		}, ""},
		{"tables without a version are migrated", func(d database) []string {
			return sqlstore.Migrations(d.dialect())[0].Statements
		}, ""},
		{"tables of a later version are refused", func(d database) []string {
			return []string{sqlstore.Migrations(d.dialect())[0].String(), `INSERT INTO ledger_schema (version) VALUES (99)`}
		}, "version 99"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				for _, statement := range row.prepare(d) {
					if _, err := d.raw.ExecContext(t.Context(), statement); err != nil {
						t.Fatal(err)
					}
				}
				for range 2 {
					s, err := d.open(t.Context())
					if row.err != "" {
						if err == nil || !strings.Contains(err.Error(), row.err) {
							t.Errorf("error %v", err)
						}
						return
					}
					if err != nil {
						t.Fatal(err)
					}
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				}
				var version int
				if err := d.raw.QueryRowContext(t.Context(), `SELECT max(version) FROM ledger_schema`).Scan(&version); err != nil || version != 1 {
					t.Errorf("version %d, %v", version, err)
				}
				opened(t, d.store(t), "SUB-1", 10000, 10000)
			})
		})
	}
}

func TestManyProgramsOpenAnEmptyDatabase(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				s, err := d.open(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	})
}

func TestSQLiteSettings(t *testing.T) {
	for _, row := range []struct {
		reason, options string
		fine            bool
	}{
		{"a write-ahead log that is synced at each commit is accepted", "_pragma=journal_mode(wal)&_pragma=synchronous(full)", true},
		{"synchronous extra, which is stricter than full, is accepted", "_pragma=journal_mode(wal)&_pragma=synchronous(extra)", true},
		{"without a write-ahead log, readers make commits fail", "_pragma=synchronous(full)", false},
		{"synchronous normal can lose commits in a power cut", "_pragma=journal_mode(wal)&_pragma=synchronous(normal)", false},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "books.db")+"?"+row.options)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := sqlstore.Open(t.Context(), db, sqlstore.SQLite); (err == nil) != row.fine {
				t.Errorf("error %v", err)
			}
		})
	}
}
