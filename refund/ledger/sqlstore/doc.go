// Package sqlstore stores ledgers in PostgreSQL or SQLite, over database/sql and any driver.
// If two writers change the same books at once, one of them succeeds, and the change of the
// other is checked against the result.
//
// [Open] creates the tables and returns a [Store]. Its Create stores new books. Its Update, or a
// shorthand such as [Store.Post], changes them:
//
//	books, err := store.Post(ctx, d, "refund-2026-0317", ledger.Options{}, now)
//
// Its UpdateTx changes them in a transaction of the host, together with a row of the host's
// own, such as one in an outbox. InTx runs the transaction, and repeats it after a temporary
// error:
//
//	err := store.InTx(ctx, func(tx *sql.Tx) error {
//		if _, err := store.UpdateTx(ctx, tx, id, change); err != nil {
//			return err
//		}
//		_, err := tx.ExecContext(ctx, "INSERT INTO outbox ...")
//		return err
//	})
//
// # A change can be called twice
//
// Update reads version n of the books, calls the change without holding a lock, and stores the
// result only while n is the stored version. If another writer was faster, Update calls the
// change again with the newer books. A decision on the older books is then refused with
// [decision.ErrStale] or [ledger.ErrConflict].
//
// If the connection is lost during a commit, it is unknown whether the change was stored.
// Update reads the books and calls the change again. If the change was stored, the second call
// adds no event, because the key and the instant are the same. So choose keys, ids and instants
// before the call of Update: a fact with a new id in each call counts twice. Do the same if you
// repeat Update, after [ErrBusy] or an error of a context: use the same keys and instants.
//
// InTx also calls its function again, but never after a commit that was stored: the host's own
// rows may have no key by which a second call recognizes them. If the connection is lost during
// a commit, InTx asks PostgreSQL for the result. SQLite runs in the program, and an error of its
// commit is returned.
//
// # Submit before the gateway
//
// For each instruction of a posted refund ([ledger.Ledger.Outstanding]):
//
//  1. Call Submit. After [ledger.ErrFailed], stop. After [ledger.ErrInsufficient], drop the
//     instruction with Fail. After [ledger.ErrDisputed], wait or drop it. Call Fail in the same
//     Update as the refused Submit, so that nobody can send the instruction in between.
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
// refunds. It refuses a text that breaks a rule, and old books that somebody has put back,
// with [ErrUnreadable]. It cannot detect books that follow the rules, written by somebody who
// can write to both tables.
//
// # Isolation levels do not matter
//
// Each transaction of the store begins with a write, and checks the number of rows that the
// write changed. Safety depends on this check alone, not on the isolation level or on a
// driver's error codes. After an unknown error, Update does not try again.
//
// # A database can lose commits
//
// The default settings of PostgreSQL are safe, and [Open] refuses settings that may lose
// commits. If you have replicas, use synchronous replication: a replica that lags behind and
// takes over has lost commits. PostgreSQL cannot store an id with a zero byte, or with more
// than about 2,600 bytes.
//
// SQLite needs a file on a local disk, with journal_mode wal, synchronous full, and a
// busy_timeout. Set them in the driver's data source name. With one connection
// ([database/sql.DB.SetMaxOpenConns]), the writers of a program wait for each other instead of
// polling for the lock.
//
// # Errors
//
// Errors have the database's error codes, and never keys, ids or the text of books. A network
// error may name the server.
//
// # Compatibility
//
// Only [Migrations] change the tables, and a migration never changes. Before v1.0.0 the Go API
// may change between minor versions, as CHANGELOG.md says.
//
// [decision.ErrStale]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#ErrStale
package sqlstore
