package desk

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
	_ "modernc.org/sqlite"

	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// version is the number of the newest migration. A migration is the file with its number, and
// the file of the database with the same number. Neither ever changes.
const version = 1

//go:embed migrations
var migrations embed.FS

// migrate runs the migrations that the database lacks: the store's, River's and the desk's.
func (d *Desk) migrate(ctx context.Context, dialect sqlstore.Dialect, driver riverdriver.Driver[*sql.Tx]) (err error) {
	if d.store, err = sqlstore.Open(ctx, d.db, dialect); err != nil {
		return err
	}
	river := func() error {
		tables, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: d.conf.Log})
		if err == nil {
			_, err = tables.Migrate(ctx, rivermigrate.DirectionUp, nil) // in transactions of its own
		}
		return err
	}
	if dialect == sqlstore.SQLite { // it has one connection
		err = river()
	}
	return errors.Join(err, d.transact(ctx, func(t *txn) error {
		if dialect == sqlstore.PostgreSQL { // several programs may start at once
			t.exec(`SELECT pg_advisory_xact_lock(hashtext('desk_schema'))`)
			t.err = errors.Join(t.err, river())
		}
		last := 0
		t.exec(`CREATE TABLE IF NOT EXISTS desk_schema (version integer PRIMARY KEY)`)
		t.get([]any{&last}, `SELECT coalesce(max(version), 0) FROM desk_schema`)
		for v := last + 1; v <= version; v++ {
			for _, name := range []string{"", map[sqlstore.Dialect]string{sqlstore.SQLite: ".sqlite", sqlstore.PostgreSQL: ".postgresql"}[dialect]} {
				text, err := migrations.ReadFile(fmt.Sprintf("migrations/%d%s.sql", v, name))
				t.err = errors.Join(t.err, err)
				t.exec(string(text))
			}
			t.exec(`INSERT INTO desk_schema VALUES ($1)`, v)
		}
		return nil
	}))
}

// Database opens a database for [VerifyAudit], by the text of Config.DB.
func Database(source string) (*sql.DB, error) {
	db, _, err := database(source)
	return db, err
}

func database(source string) (*sql.DB, sqlstore.Dialect, error) {
	if strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://") {
		config, err := pgx.ParseConfig(source)
		if err != nil {
			return nil, 0, errors.New("desk: the connection string cannot be read") // err could quote a password
		}
		db := stdlib.OpenDB(*config)
		db.SetMaxOpenConns(16) // each is a process of the server
		db.SetMaxIdleConns(16)
		return db, sqlstore.PostgreSQL, nil
	}
	path, err := filepath.Abs(source)
	if err != nil {
		return nil, 0, fmt.Errorf("desk: %w", err)
	}
	if file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600); err == nil { // SQLite would let everybody read it
		_ = file.Close()
	}
	options := url.Values{"_pragma": {"busy_timeout(5000)", "journal_mode(wal)", "synchronous(full)"}}
	name := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, 0, fmt.Errorf("desk: %w", err)
	}
	db.SetMaxOpenConns(1) // River and the desk wait for each other here, not for a lock
	return db, sqlstore.SQLite, nil
}
