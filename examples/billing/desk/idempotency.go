package desk

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

var (
	// ErrKeyReused: the idempotency key was used for another request.
	ErrKeyReused = errors.New("desk: the key was used for another request")
	// ErrInProgress: a request with the idempotency key has not been answered yet.
	ErrInProgress = errors.New("desk: a request with the key is in progress")
)

// Idempotent answers a caller's request with do, once for each key, and with the stored answer
// for a day. A server error is not stored, so that the caller can try again. A request that has
// no answer after a minute is taken to be lost, and runs again.
func (d *Desk) Idempotent(ctx context.Context, caller, key string, request [32]byte, do func() (status int, body []byte)) (int, []byte, error) {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q", caller, key))
	id, same := hex.EncodeToString(sum[:]), hex.EncodeToString(request[:])
	now := d.conf.Now()
	if _, err := d.db.ExecContext(ctx, `DELETE FROM idempotency WHERE started < $1`, now.Add(-24*time.Hour).UnixMicro()); err != nil {
		return 0, nil, err
	}
	mine, err := changed(d.db.ExecContext(ctx, `INSERT INTO idempotency VALUES ($1, $2, $3, 0, '') ON CONFLICT DO NOTHING`, id, same, now.UnixMicro()))
	if err != nil {
		return 0, nil, err
	}
	if !mine {
		var first, body string
		var started int64
		var status int
		err := d.db.QueryRowContext(ctx, `SELECT request, started, status, body FROM idempotency WHERE id = $1`, id).Scan(&first, &started, &status, &body)
		switch {
		case errors.Is(err, sql.ErrNoRows): // the other request has just failed
			return 0, nil, ErrInProgress
		case err != nil:
			return 0, nil, err
		case first != same:
			return 0, nil, ErrKeyReused
		case status != 0:
			return status, []byte(body), nil
		case started > now.Add(-time.Minute).UnixMicro():
			return 0, nil, ErrInProgress
		}
		mine, err = changed(d.db.ExecContext(ctx, `UPDATE idempotency SET started = $1 WHERE id = $2 AND started = $3 AND status = 0`, now.UnixMicro(), id, started))
		if err != nil || !mine {
			return 0, nil, errors.Join(err, ErrInProgress)
		}
	}
	status, body := do()
	ctx = context.WithoutCancel(ctx) // the request has had its effect
	if status >= 500 {
		_, err = d.db.ExecContext(ctx, `DELETE FROM idempotency WHERE id = $1`, id)
	} else {
		_, err = d.db.ExecContext(ctx, `UPDATE idempotency SET status = $1, body = $2 WHERE id = $3`, status, string(body), id)
	}
	return status, body, err
}

func changed(r sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}
