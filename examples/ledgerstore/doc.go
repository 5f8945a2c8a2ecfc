// Package ledgerstore keeps ledgers ([github.com/kasperinfotech/refundpolicy/refund/ledger])
// in a database, so that of two writers on the same books one gets through. It is an
// example to copy: one table of books, one of their refunds, and an update by version.
//
// [OpenSQLite] needs no server, [OpenPostgres] has one. Both return a [Store], whose
// [Store.Update] is all that a billing service calls once books are there:
//
//	var plan ledger.Plan
//	books, err := store.Update(ctx, id, func(books ledger.Ledger) (ledger.Ledger, error) {
//		var err error
//		if plan, err = books.Plan(decision, key, ledger.Options{}); err != nil {
//			return ledger.Ledger{}, err
//		}
//		return books.Post(plan, now)
//	})
//
// # How it serialises
//
// An update reads the books, asks the change what becomes of them, and replaces version
// n by what it said only while n is stored. Nothing is locked while the change thinks.
// If somebody was faster, the change is asked again, on the newer books: it is the
// library that then refuses what was decided on the older ones, with
// [github.com/kasperinfotech/refundpolicy/decision.ErrStale] or [ledger.ErrConflict].
//
// In the same transaction the keys and decisions of the refunds go into a table of their
// own, with unique constraints. The books alone are proof enough; the table holds even
// if somebody puts old books back ([ErrSpent]).
//
// Books are stored as the JSON of package wire, and reading them tells every event
// again: text that breaks the law is refused ([ErrUnreadable]).
//
// # An answer that is lost
//
// If the connection dies while a change is committed, nobody can know whether it was.
// Update reads the books again and asks the change again. What was stored is known to
// them by its key, so that the change returns them as they are; what was not is stored
// now. A change must therefore tell what happened under keys that were fixed before the
// update: one that makes up a new key each time would refund twice.
//
// The same goes for the caller. An error that is not the change's own, such as
// [ErrBusy] or that of a context, leaves open whether the change is stored: call again
// with the same keys and the same decision.
//
// # Before the gateway
//
// A posted refund is a promise, and nothing has been paid yet. For each instruction of
// the plan, in this order:
//
//  1. Update with [ledger.Ledger.Submit]. Where it says [ledger.ErrDisputed], the
//     instruction was never sent, and [ledger.Ledger.Fail] in the same change takes it
//     back. Where it says [ledger.ErrTransition], the instruction has failed: stop.
//  2. Call the gateway, with the instruction's key as the idempotency key.
//  3. Update with [ledger.Ledger.Settle] or [ledger.Ledger.Fail], as the gateway says.
//
// After a crash, begin again with every instruction that is pending or submitted: it is
// safe to send again, since the gateway knows the key. Fail an instruction that was
// submitted on the gateway's word only, never since it took long.
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
