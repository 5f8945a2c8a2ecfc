package desk

import (
	"context"
	"crypto/sha256"
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
	err := get(d.db.QueryRowContext(ctx, `INSERT INTO idempotency AS i VALUES ($1, $2, $3, 0, '') ON CONFLICT (id) DO UPDATE
		SET started = excluded.started WHERE i.request = excluded.request AND i.status = 0 AND i.started <= $4 RETURNING id`,
		id, same, now.UnixMicro(), now.Add(-time.Minute).UnixMicro()), &id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return 0, nil, err
	} else if err != nil { // another request has the key
		var first string
		var status int
		var body []byte
		err := get(d.db.QueryRowContext(ctx, `SELECT request, status, body FROM idempotency WHERE id = $1`, id), &first, &status, &body)
		switch {
		case err != nil && !errors.Is(err, ErrNotFound):
			return 0, nil, err
		case err != nil, first == same && status == 0: // the other request has just failed, or runs
			return 0, nil, ErrInProgress
		case first != same:
			return 0, nil, ErrKeyReused
		}
		return status, body, nil
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
