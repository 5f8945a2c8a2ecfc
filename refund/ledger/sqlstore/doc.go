// Package sqlstore keeps ledgers ([github.com/kasperinfotech/refundpolicy/refund/ledger])
// in PostgreSQL or SQLite, over database/sql and any driver. Of two writers on the same
// books, one gets through, and the other one is checked against the books of the first.
//
// [Open] makes the tables and returns a [Store]. Once the books exist ([Books].Create), a
// billing service only calls Update or one of its shorthands:
//
//	books, err := store.Post(ctx, d, "refund-2026-0317", ledger.Options{}, now)
//
// UpdateTx does the same in a transaction of the host's, for a row of its own beside the
// change, such as one in an outbox.
//
//	tx, err := db.BeginTx(ctx, nil)
//	...
//	defer tx.Rollback()
//	books, err := store.UpdateTx(ctx, tx, id, change)
//	... // after an ErrRetry, begin again
//	_, err = tx.ExecContext(ctx, "INSERT INTO outbox ...")
//	...
//	err = tx.Commit()
//
// # How writers are serialized
//
// Update reads version n of the books, calls the change without holding a lock, and stores
// the result only while n is the stored version. If another writer was faster, it calls
// the change again, on the newer books: the ledger then refuses a decision on the older
// ones, with [github.com/kasperinfotech/refundpolicy/refund/decision.ErrStale] or
// [ledger.ErrConflict].
//
// A transaction begins with its write, and counts the rows that it changed. Safety
// depends on this alone, at any isolation level, and not on recognizing a driver's error:
// an unknown error ends Update earlier than necessary, and nothing else.
//
// Books are stored as JSON. Load applies the rules to every event again, and compares the
// books with a table of their refunds, so that a text that breaks a rule is refused, and so
// are old books that somebody has put back ([ErrUnreadable]).
//
// # A lost answer
//
// If a connection dies during a commit, the change may be stored or not. Update reads the
// books again and calls the change again. A change that was stored is known by its key
// and instant, and adds no event. So keys, ids and instants must be fixed before the
// update: a fact with a new id in each call counts twice.
//
// The same holds for the caller. After an error that is not the change's own, such as
// [ErrBusy] or that of a context, call again with the same keys and instants.
//
// # Before the gateway
//
// A posted refund is a promise. For each of its instructions ([ledger.Ledger.Outstanding]):
//
//  1. Submit. After a [ledger.ErrFailed], stop. After a [ledger.ErrInsufficient] or a
//     [ledger.ErrDisputed], wait; or let the instruction fail, in the same Update as the
//     Submit that was refused, so that it is certain that nobody has sent it.
//  2. Call the gateway, with the instruction's key as the idempotency key.
//  3. Settle or Fail, as the gateway reports.
//
// After a crash, begin again with every outstanding instruction; the gateway knows its
// key. Call Fail for a submitted instruction only when the gateway has confirmed the
// failure, never because of a timeout.
//
// # Databases
//
// PostgreSQL needs no setting, and Open refuses one that may lose commits. Replicate
// synchronously: a replica that lags behind and takes over has lost some. It stores no id
// with a zero byte or of more than about 2,600 bytes.
//
// SQLite needs a file on a local disk with journal_mode set to wal, synchronous to full,
// and a busy_timeout; each is set by the driver's data source name. One connection
// ([database/sql.DB.SetMaxOpenConns]) makes the writers of a program wait in line instead
// of polling for the lock.
//
// # Errors
//
// Errors have codes of the database, and never keys, ids or text of the books. A fault of
// the network may name the server.
//
// # Compatibility
//
// The tables only change by [Migrations], and a migration never changes.
package sqlstore
