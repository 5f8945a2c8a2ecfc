// Package sqlstore stores ledgers in PostgreSQL or SQLite, over database/sql and any driver.
// Of two writers on the same books, one succeeds, and the other is checked against the books
// of the first.
//
// [Open] creates the tables and returns a [Store]. Its Create stores new books. Its Update, or a
// shorthand such as [Store.Post], changes them:
//
//	books, err := store.Post(ctx, d, "refund-2026-0317", ledger.Options{}, now)
//
// Its UpdateTx changes them in a transaction of the host, together with a row of the host's
// own, such as one in an outbox:
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
// # A change can be called twice
//
// Update reads version n of the books, calls the change without holding a lock, and stores the
// result only while n is the stored version. If another writer was faster, Update calls the
// change again with the newer books. A decision on the older books is then refused with
// [decision.ErrStale] or [ledger.ErrConflict].
//
// If the connection is lost during a commit, the change may be stored or not. Update reads the
// books and calls the change again; a change that was stored adds no event the second time,
// because its key and instant are the same. So fix keys, ids and instants before Update: a fact
// with a new id in each call counts twice. The same holds for the caller: after [ErrBusy] or an
// error of a context, call again with the same keys and instants.
//
// # Submit before the gateway
//
// For each instruction of a posted refund ([ledger.Ledger.Outstanding]):
//
//  1. Call Submit. After [ledger.ErrFailed], stop. After [ledger.ErrInsufficient] or
//     [ledger.ErrDisputed], wait; or drop the instruction with Fail, in the same Update as the
//     Submit that was refused, so that nobody has sent it.
//  2. Call the gateway, with the instruction's key as the idempotency key.
//  3. Call Settle or Fail, as the gateway reports.
//
// After a crash, start again with every outstanding instruction; the gateway recognizes its
// key. Call Fail for a submitted instruction only when the gateway has confirmed the failure,
// never because of a timeout.
//
// # Stored books are not trusted
//
// Load applies the rules to every event again, and compares the books with a table of their
// refunds. A text that breaks a rule, and old books that somebody has put back, are refused
// with [ErrUnreadable]. Whoever can write to both tables can write other books that follow the
// rules.
//
// # Isolation levels do not matter
//
// A transaction starts with its write, and counts the rows that it has changed. Safety depends
// on this alone, not on the isolation level and not on a driver's error codes: an unknown error
// only ends Update earlier.
//
// # A database can lose commits
//
// PostgreSQL needs no setting, and [Open] refuses one that may lose commits. Use synchronous
// replication: a replica that lags and takes over has lost some. PostgreSQL stores no id with a
// zero byte or with more than about 2,600 bytes.
//
// SQLite needs a file on a local disk, with journal_mode wal, synchronous full, and a
// busy_timeout; the driver's data source name sets each. With one connection
// ([database/sql.DB.SetMaxOpenConns]), the writers of a program wait for each other instead of
// polling for the lock.
//
// # Errors
//
// Errors have codes of the database, and never keys, ids or text of the books. An error of the
// network may name the server.
//
// # Compatibility
//
// Only [Migrations] change the tables, and a migration never changes. Before v1.0.0 the Go API
// may change between minor versions, as CHANGELOG.md says.
//
// [decision.ErrStale]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#ErrStale
package sqlstore
