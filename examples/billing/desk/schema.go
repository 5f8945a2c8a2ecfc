package desk

import (
	"context"
	"database/sql"
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

// migrations are the statements of each version of the tables. A version never changes.
// Instants in columns are microseconds since 1970. The item of a case is its line in the
// queue, made from its document and its books at the last change.
var migrations = []string{`
CREATE TABLE cases (subscription $id PRIMARY KEY, version bigint NOT NULL, document text NOT NULL,
	state text NOT NULL, changed bigint NOT NULL, item text NOT NULL);
CREATE INDEX cases_state ON cases (state, changed);
CREATE TABLE decisions (key text PRIMARY KEY, subscription $id NOT NULL, number integer NOT NULL,
	facts text NOT NULL, record text NOT NULL, letter text NOT NULL, UNIQUE (subscription, number));
CREATE TABLE differences (id $serial, subscription $id NOT NULL, found bigint NOT NULL,
	open integer NOT NULL, body text NOT NULL, note text NOT NULL);
CREATE INDEX differences_found ON differences (found);
CREATE INDEX differences_subscription ON differences (subscription, open);
CREATE TABLE audit (seq bigint PRIMARY KEY, subscription $id NOT NULL, body text NOT NULL, signature text NOT NULL);
CREATE INDEX audit_subscription ON audit (subscription, seq);
CREATE TABLE audit_head (id integer PRIMARY KEY, seq bigint NOT NULL, digest text NOT NULL);
INSERT INTO audit_head VALUES (1, 0, '');
CREATE TABLE idempotency (id text PRIMARY KEY, request text NOT NULL, started bigint NOT NULL, status integer NOT NULL, body text NOT NULL);
CREATE INDEX idempotency_started ON idempotency (started);
$append_only`}

// words are the parts of statements that differ between the databases.
var words = map[sqlstore.Dialect]*strings.Replacer{
	sqlstore.SQLite: strings.NewReplacer("$id", "text", "$serial", "integer PRIMARY KEY AUTOINCREMENT", "$append_only", `
CREATE TRIGGER audit_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END`),
	sqlstore.PostgreSQL: strings.NewReplacer("$id", `text COLLATE "C"`, "$serial", "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "$append_only", `
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$;
CREATE TRIGGER audit_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_refuse()`),
}

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
		version := 0
		t.exec(`CREATE TABLE IF NOT EXISTS desk_schema (version integer PRIMARY KEY)`)
		t.get([]any{&version}, `SELECT coalesce(max(version), 0) FROM desk_schema`)
		for v := version; v < len(migrations); v++ {
			t.exec(words[dialect].Replace(migrations[v]))
			t.exec(`INSERT INTO desk_schema VALUES ($1)`, v+1)
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
