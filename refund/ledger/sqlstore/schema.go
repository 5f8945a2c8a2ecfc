package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
)

// Dialect is a kind of database. The zero Dialect is not valid.
type Dialect uint8

const (
	// PostgreSQL is version 12 or later.
	PostgreSQL Dialect = iota + 1
	// SQLite is version 3.35 or later, in a file with a write-ahead log.
	SQLite
)

// A Migration changes the tables from one version to the next. [Open] runs the migrations
// that the database lacks. A host that creates its tables itself runs the text of each
// migration ([Migration.String]) in order.
type Migration struct {
	Version    int // from 1
	Statements []string
}

// String returns the statements, each with a semicolon, in a transaction.
func (m Migration) String() string {
	list := append(append([]string{"BEGIN", makeVersions}, m.Statements...), m.note(), "COMMIT")
	return strings.Join(list, ";\n") + ";\n"
}

// note returns the statement that records the migration. It adds a row only the first time.
func (m Migration) note() string {
	return "INSERT INTO ledger_schema (version) VALUES (" + strconv.Itoa(m.Version) + ") ON CONFLICT DO NOTHING"
}

const makeVersions = `CREATE TABLE IF NOT EXISTS ledger_schema (version integer PRIMARY KEY)`

// Migrations returns all migrations in order, the first for an empty database.
func Migrations(d Dialect) []Migration {
	text := "text"
	if d == PostgreSQL {
		text = `text COLLATE "C"` // ids are compared by bytes, as the ledger compares them
	}
	return []Migration{{Version: 1, Statements: []string{
		`CREATE TABLE IF NOT EXISTS ledgers (
	subscription ` + text + ` PRIMARY KEY,
	version      bigint NOT NULL,
	books        text NOT NULL
)`,
		// No foreign key: the refunds of deleted books stay in the table.
		`CREATE TABLE IF NOT EXISTS ledger_refunds (
	subscription ` + text + ` NOT NULL,
	key          ` + text + ` NOT NULL,
	decision     ` + text + ` NOT NULL,
	live         boolean NOT NULL,
	PRIMARY KEY (subscription, key)
)`,
		`CREATE UNIQUE INDEX IF NOT EXISTS ledger_refunds_live ON ledger_refunds (decision) WHERE live`,
	}}}
}

// Open returns a store on a database. It runs the migrations that the database lacks. A
// database user who is not allowed to do that can open a database that has all of them.
// Open returns an error for a database that may lose a committed transaction: PostgreSQL
// with fsync or synchronous_commit off, or SQLite without a write-ahead log or with a
// synchronous setting other than full or extra. The host closes the database.
func Open(ctx context.Context, db *sql.DB, d Dialect) (Store, error) {
	if d != PostgreSQL && d != SQLite {
		return Store{}, fmt.Errorf("sqlstore: dialect %d is unknown", d)
	}
	s := &database{db, d}
	err := retry(ctx, func() error {
		if err := s.checkSettings(ctx); err != nil {
			return err
		}
		return s.migrate(ctx, Migrations(d))
	})
	if err != nil {
		return Store{}, err
	}
	return Store{s}, nil
}

func (s *database) checkSettings(ctx context.Context) error {
	if s.dialect == PostgreSQL {
		var fsync, commit string
		const settings = `SELECT current_setting('fsync'), current_setting('synchronous_commit')`
		if err := s.db.QueryRowContext(ctx, settings).Scan(&fsync, &commit); err != nil {
			return s.failed(err)
		}
		if fsync == "off" || commit == "off" {
			return fmt.Errorf("sqlstore: the server may lose committed transactions: fsync or synchronous_commit is off")
		}
		return nil
	}
	var mode string
	var synchronous int
	if err := s.db.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		return s.failed(err)
	}
	if err := s.db.QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&synchronous); err != nil {
		return s.failed(err)
	}
	if mode != "wal" || synchronous < 2 {
		return fmt.Errorf("sqlstore: the database may lose committed transactions: set journal_mode to wal and synchronous to full")
	}
	return nil
}

// migrate runs the migrations that the database lacks.
func (s *database) migrate(ctx context.Context, list []Migration) error {
	version, err := s.version(ctx)
	if err != nil {
		return err
	}
	if latest := len(list); version > latest {
		return fmt.Errorf("sqlstore: the tables have version %d, and this program supports versions up to %d", version, latest)
	}
	for _, m := range list[version:] {
		err := s.transact(ctx, func(tx *sql.Tx) error {
			first := []string{makeVersions}
			if s.dialect == PostgreSQL {
				// IF NOT EXISTS fails if another program creates them at the same time.
				first = []string{`SELECT pg_advisory_xact_lock(hashtext('ledger_schema'))`, makeVersions}
			}
			for _, statement := range first {
				if _, err := s.exec(ctx, tx, statement); err != nil {
					return err
				}
			}
			n, err := s.exec(ctx, tx, m.note())
			if err != nil || n == 0 { // another program ran it first
				return err
			}
			for _, statement := range m.Statements {
				if _, err := s.exec(ctx, tx, statement); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// version returns the version of the tables, 0 if there are none.
func (s *database) version(ctx context.Context) (version int, err error) {
	exists := `SELECT to_regclass('ledger_schema') IS NOT NULL`
	if s.dialect == SQLite {
		exists = `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'ledger_schema'`
	}
	var there bool
	if err := s.db.QueryRowContext(ctx, exists).Scan(&there); err != nil {
		return 0, s.failed(err)
	}
	if !there {
		return 0, nil
	}
	if err := s.db.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM ledger_schema`).Scan(&version); err != nil {
		return 0, s.failed(err)
	}
	return version, nil
}
