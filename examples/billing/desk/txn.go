package desk

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// A txn is a transaction that keeps its first error. After an error, exec and get have no effect.
type txn struct {
	*sql.Tx
	ctx context.Context
	err error
}

// transact runs a transaction, and repeats it after a temporary error of any statement.
func (d *Desk) transact(ctx context.Context, do func(t *txn) error) error {
	return d.store.InTx(ctx, func(tx *sql.Tx) error {
		t := txn{Tx: tx, ctx: ctx}
		err := do(&t)
		return errors.Join(err, t.err)
	})
}

func (t *txn) exec(statement string, args ...any) {
	if t.err == nil {
		_, t.err = t.ExecContext(t.ctx, statement, args...)
	}
}

func (t *txn) get(into []any, query string, args ...any) {
	if t.err == nil {
		t.err = get(t.QueryRowContext(t.ctx, query, args...), into...)
	}
}

// get reads a row. It returns [ErrNotFound] if there is no row.
func get(row *sql.Row, into ...any) error {
	err := row.Scan(into...)
	refused, ok := errors.AsType[*pgconn.PgError](err)
	// No row has a text with such bytes.
	if errors.Is(err, sql.ErrNoRows) || ok && refused.Code == "22021" {
		return ErrNotFound
	}
	return err
}

// A document is a value that a column has as JSON. A document to scan has a pointer to the value.
type document struct{ v any }

func (d document) Value() (driver.Value, error) {
	text, err := json.Marshal(d.v)
	return string(text), err
}

func (d document) Scan(column any) error {
	var text sql.Null[[]byte]
	err := text.Scan(column)
	return errors.Join(err, json.Unmarshal(text.V, d.v))
}

// each calls scan for each row of a query. On SQLite, scan must not use the database.
func each(ctx context.Context, db *sql.DB, scan func(rows *sql.Rows) error, query string, args ...any) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// list reads the documents of a query.
func list[T any](ctx context.Context, db *sql.DB, query string, args ...any) (all []T, err error) {
	err = each(ctx, db, func(rows *sql.Rows) error {
		var v T
		err := rows.Scan(document{&v})
		all = append(all, v)
		return err
	}, query, args...)
	return all, err
}
