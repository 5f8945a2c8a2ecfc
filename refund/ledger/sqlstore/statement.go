package sqlstore

import (
	"context"
	"database/sql"
)

// A querier is an *sql.DB or an *sql.Tx.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// query calls scan for each row.
func (s *database) query(ctx context.Context, from querier, scan func(*sql.Rows) error, statement string, args ...any) error {
	rows, err := from.QueryContext(ctx, statement, args...)
	if err != nil {
		return s.failed(err)
	}
	defer rows.Close() // its error is also that of Err, or does not matter
	for rows.Next() {
		if err := scan(rows); err != nil {
			return s.failed(err)
		}
	}
	if err := rows.Err(); err != nil {
		return s.failed(err)
	}
	return nil
}

// exec returns the number of rows that a statement changed.
func (s *database) exec(ctx context.Context, tx *sql.Tx, statement string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, s.failed(err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, s.failed(err)
	}
	return n, nil
}

// one runs a statement that must change exactly one row. If it does not, it returns the error otherwise.
func (s *database) one(ctx context.Context, tx *sql.Tx, otherwise error, statement string, args ...any) error {
	n, err := s.exec(ctx, tx, statement, args...)
	if err == nil && n != 1 {
		err = otherwise
	}
	return err
}
