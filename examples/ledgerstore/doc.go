// Package ledgerstore stores ledgers ([github.com/kasperinfotech/refundpolicy/refund/ledger])
// in a database, so that one of two writers on the same books gets through. It is an
// example to copy: one table of books, one of their refunds, and an update by version.
//
// [OpenSQLite] needs no server, [OpenPostgres] does. Both return a [Store]. Once the books
// exist, a billing service only calls [Store.Update]:
//
//	books, err := store.Update(ctx, id, func(books ledger.Ledger) (ledger.Ledger, error) {
//		return books.Post(d, key, ledger.Options{}, now)
//	})
//
// # How it serializes
//
// An update reads version n of the books, calls the change, and stores its result only
// while n is the stored version. No lock is held during the change. If somebody was
// faster, the change is called again, on the newer books: the library then refuses a
// decision on the older ones, with
// [github.com/kasperinfotech/refundpolicy/refund/decision.ErrStale] or
// [ledger.ErrConflict].
//
// In the same transaction the keys and decisions of the refunds go into a table of their
// own, with unique constraints. The books alone are proof enough; the table holds even
// if somebody puts old books back ([ErrSpent]).
//
// Books are stored as JSON, and reading them applies the rules to every event again: text
// that breaks the law is refused ([ErrUnreadable]).
//
// # A lost answer
//
// If the connection dies during a commit, nobody can know whether the change was stored.
// Update reads the books again and calls the change again. A stored change is known by its
// key, and returns the books as they are; otherwise it is stored now. So the keys must be
// fixed before the update: a change that makes up a new key for each call refunds twice.
//
// The same holds for the caller. After an error that is not the change's own, such as
// [ErrBusy] or that of a context, the change may be stored or not: call again with the
// same keys and the same decision.
//
// # Before the gateway
//
// A posted refund is a promise, and not paid yet. For each instruction of the refund
// ([ledger.Ledger.Refund]), in this order:
//
//  1. Update with [ledger.Ledger.Submit]. After a [ledger.ErrDisputed], the instruction was
//     never sent: [ledger.Ledger.Fail] in the same change ends it. After a
//     [ledger.ErrTransition], it has failed: stop.
//  2. Call the gateway, with the instruction's key as the idempotency key.
//  3. Update with [ledger.Ledger.Settle] or [ledger.Ledger.Fail], as the gateway reports.
//
// After a crash, begin again with every instruction that is pending or submitted. Sending
// it again is safe, since the gateway knows the key. Call Fail for a submitted instruction
// only when the gateway has confirmed the failure, never because of a timeout.
//
// # What it relies on
//
// The database keeps what it has committed. [OpenPostgres] refuses a server that may
// lose it (fsync or synchronous_commit off), and cannot see a replica that takes over
// and lags behind: replicate synchronously. A SQLite file is on a local disk: there is no
// shared memory over a network. The gateway pays once for each idempotency key.
//
// # Errors
//
// Errors quote codes of the database, never keys, ids or the books.
package ledgerstore
