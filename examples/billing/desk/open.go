package desk

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"

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
	db, dialect, err := database(c.DB)
	if err != nil {
		return nil, err
	}
	d := &Desk{conf: c, key: key, db: db}
	var driver riverdriver.Driver[*sql.Tx] = riversqlite.New(db)
	if dialect == sqlstore.PostgreSQL {
		if d.listener, err = pgxpool.New(ctx, c.DB); err == nil {
			driver = riverdatabasesql.NewWithPgxListener(db, d.listener)
		}
	}
	if err == nil {
		err = d.migrate(ctx, dialect, driver)
	}
	if err == nil {
		d.river, err = river.NewClient(driver, d.jobs(dialect))
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
