package desk

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	_ "modernc.org/sqlite"

	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// Config has the parts of a desk. All are required.
type Config struct {
	DB       string // "postgres://…" or the name of an SQLite file
	Policies refund.Versions
	Provider provider.Provider
	Signer   crypto.Signer // an Ed25519 key, for the records of decisions and the audit table
	Mail     func(ctx context.Context, to string, l Letter) error
	Company  string // the signature of letters
	Now      func() time.Time
	Log      *slog.Logger

	tune func(*river.Config) // for tests
}

// A Desk is the service. It is safe for concurrent use, also by several programs on one
// PostgreSQL database.
type Desk struct {
	conf     Config
	key      ed25519.PublicKey
	db       *sql.DB
	listener *pgxpool.Pool // nil on SQLite
	store    sqlstore.Store
	river    *river.Client[*sql.Tx]
}

// Open opens the database, runs the migrations that it lacks, and returns the desk. Background
// work begins with Start.
func Open(ctx context.Context, c Config) (*Desk, error) {
	key, ok := c.Signer.Public().(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("desk: the key of Signer is not an Ed25519 key")
	}
	db, err := Database(c.DB)
	if err != nil {
		return nil, err
	}
	d := &Desk{conf: c, key: key, db: db}
	var driver riverdriver.Driver[*sql.Tx] = riversqlite.New(db)
	if isPostgreSQL(c.DB) {
		if d.listener, err = pgxpool.New(ctx, c.DB); err == nil {
			driver = riverdatabasesql.NewWithPgxListener(db, d.listener)
		}
	}
	if err == nil {
		err = d.migrate(ctx, driver)
	}
	if err == nil {
		d.river, err = river.NewClient(driver, d.jobs())
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("desk: open: %w", err), d.Close(ctx))
	}
	return d, nil
}

// Start begins the background work: payouts, letters, reminders, the nightly reconciliation.
func (d *Desk) Start(ctx context.Context) error {
	return d.river.Start(context.WithoutCancel(ctx)) // Close ends it
}

// Close lets the running jobs finish until ctx ends, then returns the others to the queue, and
// closes the database.
func (d *Desk) Close(ctx context.Context) error {
	var err error
	if d.river != nil && d.river.Stop(ctx) != nil {
		soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		err = d.river.StopAndCancel(soon)
	}
	if d.listener != nil {
		d.listener.Close()
	}
	return errors.Join(err, d.db.Close())
}

// Ready returns an error if the database does not answer, or if its tables are not those of
// this program.
func (d *Desk) Ready(ctx context.Context) error {
	last := 0
	err := d.db.QueryRowContext(ctx, `SELECT max(version) FROM desk_schema`).Scan(&last)
	if err == nil && last != version {
		err = errors.New("desk: the tables are not those of this program")
	}
	return err
}

// Stats returns figures for metrics: jobs by state, cases by state, open differences.
func (d *Desk) Stats(ctx context.Context) (map[string]int64, error) {
	stats := map[string]int64{}
	err := each(ctx, d.db, func(rows *sql.Rows) error {
		var name string
		var n int64
		err := rows.Scan(&name, &n)
		stats[name] = n
		return err
	}, `SELECT 'jobs_' || state, count(*) FROM river_job GROUP BY state
		UNION ALL SELECT 'cases_' || state, count(*) FROM cases WHERE state <> '' GROUP BY state
		UNION ALL SELECT 'differences_open', count(*) FROM differences WHERE open = 1`)
	return stats, err
}

// version is the number of the newest migration. Migration N is N.sql, followed by N.sqlite.sql or
// N.postgresql.sql. A migration never changes.
const version = 1

//go:embed migrations
var migrations embed.FS

// migrate runs the migrations that the database lacks: the store's, River's and the desk's.
func (d *Desk) migrate(ctx context.Context, driver riverdriver.Driver[*sql.Tx]) (err error) {
	dialect, name := sqlstore.SQLite, ".sqlite"
	if d.listener != nil {
		dialect, name = sqlstore.PostgreSQL, ".postgresql"
	}
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
	if d.listener == nil { // there is one connection
		err = river()
	}
	return errors.Join(err, d.transact(ctx, func(t *txn) error {
		if d.listener != nil { // several programs may start at once
			t.exec(`SELECT pg_advisory_xact_lock(hashtext('desk_schema'))`)
			t.err = errors.Join(t.err, river())
		}
		last := 0
		t.exec(`CREATE TABLE IF NOT EXISTS desk_schema (version integer PRIMARY KEY)`)
		t.get([]any{&last}, `SELECT coalesce(max(version), 0) FROM desk_schema`)
		for v := last + 1; v <= version; v++ {
			all, err := migrations.ReadFile(fmt.Sprintf("migrations/%d.sql", v))
			one, err2 := migrations.ReadFile(fmt.Sprintf("migrations/%d%s.sql", v, name))
			t.err = errors.Join(t.err, err, err2)
			t.exec(string(all) + string(one))
			t.exec(`INSERT INTO desk_schema VALUES ($1)`, v)
		}
		return nil
	}))
}

func isPostgreSQL(source string) bool {
	return strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://")
}

// Database opens a database by the text of Config.DB, for [VerifyAudit].
func Database(source string) (*sql.DB, error) {
	if isPostgreSQL(source) {
		config, err := pgx.ParseConfig(source)
		if err != nil {
			return nil, errors.New("desk: the connection string cannot be read") // err could quote a password
		}
		db := stdlib.OpenDB(*config)
		db.SetMaxOpenConns(16) // each is a process of the server
		db.SetMaxIdleConns(16)
		return db, nil
	}
	path, err := filepath.Abs(source)
	if err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	if file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600); err == nil { // SQLite would let everybody read it
		_ = file.Close()
	}
	options := url.Values{"_pragma": {"busy_timeout(5000)", "journal_mode(wal)", "synchronous(full)"}}
	name := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	db.SetMaxOpenConns(1) // River and the desk wait for each other here, not for a lock
	return db, nil
}
