package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

func (s *database) InTx(ctx context.Context, do func(tx *sql.Tx) error) error {
	var unknown int64 // the id of a transaction whose commit got no answer, or 0
	return retry(ctx, func() error {
		if unknown != 0 {
			if stored, err := s.isCommitted(ctx, unknown); stored || err != nil {
				return err
			}
		}
		unknown = 0
		var id int64
		err := s.transact(ctx, func(tx *sql.Tx) error {
			if err := do(tx); err != nil {
				return s.owned(err)
			}
			if s.dialect == SQLite {
				return nil
			}
			if err := tx.QueryRowContext(ctx, `SELECT txid_current()`).Scan(&id); err != nil {
				return s.failed(err)
			}
			return nil
		})
		var f *fault
		switch {
		case !errors.As(err, &f) || !f.lost:
		case f.coded && (s.dialect == SQLite || !f.again): // it is the answer: the commit has failed
			f.lost = false
		case s.dialect == SQLite: // it cannot be asked
			f.lost, f.again = false, false
		default:
			unknown = id
		}
		return err
	})
}

// owned returns the error of a host's function as retry takes it.
func (s *database) owned(err error) error {
	f := s.failed(err)
	switch {
	case f.again, errors.Is(err, ErrRetry) && errors.As(err, &f):
		return f
	case errors.Is(err, ErrRetry):
		return errMoved
	}
	return &final{err}
}

// isCommitted reports whether a transaction of PostgreSQL was stored.
func (s *database) isCommitted(ctx context.Context, id int64) (bool, error) {
	var status sql.NullString
	if err := s.db.QueryRowContext(ctx, `SELECT txid_status($1)`, id).Scan(&status); err != nil {
		return false, s.failed(err)
	}
	switch status.String {
	case "committed":
		return true, nil
	case "aborted":
		return false, nil
	}
	return false, &fault{text: "the answer to a commit is lost", again: status.String == "in progress"}
}

// transact runs do in a transaction, and rolls it back on an error.
func (s *database) transact(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.failed(err)
	}
	// It has no effect after a commit. If it fails, the connection is lost, which ends the transaction.
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		f := s.failed(err)
		f.lost = true // after any error: the next try sees whether it was stored
		return f
	}
	return nil
}

// abort rolls back a host's transaction after an error, and returns the error for the host.
// A nil error leaves the transaction open.
func abort(ctx context.Context, tx *sql.Tx, err error) error {
	if err == nil {
		return nil
	}
	_ = tx.Rollback() // if this fails, the connection is lost, which ends the transaction
	var f *fault
	if ctx.Err() != nil && errors.As(err, &f) {
		return fmt.Errorf("sqlstore: %w", ctx.Err())
	}
	if errors.Is(err, errMoved) || errors.As(err, &f) && f.again {
		return fmt.Errorf("%w: %w", ErrRetry, err)
	}
	return err
}
