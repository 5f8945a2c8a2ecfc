package ledgerstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// maxConnections is how many a store has at most: each needs a process of the server,
// and a transaction is short.
const maxConnections = 8

// OpenPostgres opens a database by its connection string, a URL or keywords with values.
// The tables are made where the search path leads, if they are not there. It refuses a
// server that may forget what it has committed.
func OpenPostgres(ctx context.Context, dsn string) (Store, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("ledgerstore: the connection string cannot be read") // err would quote it, maybe with the password
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections)
	s := newStore(db, postgresFault)
	if err := retry(ctx, func() error { return s.preparePostgres(ctx) }); err != nil {
		_ = db.Close() // it is of no use
		return nil, err
	}
	return s, nil
}

func (s *store) preparePostgres(ctx context.Context) error {
	var fsync, commit string
	var there bool
	err := s.db.QueryRowContext(ctx, `SELECT current_setting('fsync'), current_setting('synchronous_commit'),
		to_regclass('ledger_refunds_live') IS NOT NULL`).Scan(&fsync, &commit, &there)
	switch {
	case err != nil:
		return s.failed(err)
	case fsync == "off" || commit == "off":
		return errors.New("ledgerstore: the server may forget what it has committed: fsync or synchronous_commit is off")
	case there: // a user who may not make tables can do without
		return nil
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		// IF NOT EXISTS is no protection against another program that makes them now.
		const lock = `SELECT pg_advisory_xact_lock(hashtext('ledgerstore schema'))`
		// Bytes are compared, as the ledger compares them, whatever the server's language.
		for _, statement := range []string{lock, fmt.Sprintf(schema, `text COLLATE "C"`)} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return s.failed(err)
			}
		}
		return nil
	})
}

func postgresFault(err error) fault {
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		f := connectionFault(err)
		f.again = f.again || pgconn.SafeToRetry(err) // nothing was sent: the connection had closed
		return f
	}
	// Its text and details can quote a row.
	f := fault{text: "PostgreSQL error " + said.Code}
	switch said.Code[:min(2, len(said.Code))] {
	case "08", // connection
		"40", // serialisation, deadlock
		"53", // resources
		"57": // shut down, terminated, starting up
		f.again = true
	}
	return f
}
