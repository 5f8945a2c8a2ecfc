// Package ledger keeps the books of one subscription: its payments, refunds and
// disputes, and the amount that may still be refunded. It stores nothing itself: a
// [Ledger] is an immutable value, which a billing service keeps in its database.
//
// [New] opens the books. [Ledger.Post] splits a decision over the payments and enters the
// refund; [Ledger.Refund] then has the instructions for the gateway:
//
//	books, err = books.Post(d, "refund-2026-0317", ledger.Options{}, now)
//	// store books if the stored version is still the one that was read, then:
//	r, _ := books.Refund("refund-2026-0317")
//	for _, share := range r.Shares {
//		// refund share.Amount on share.Payment, with share.Key as the idempotency key
//	}
//
// [Ledger.Submit], [Ledger.Settle] and [Ledger.Fail] record the progress of an
// instruction, [Ledger.RecordPayment] a payment, [Ledger.RecordDispute],
// [Ledger.WinDispute] and [Ledger.LoseDispute] a dispute. None of them changes the ledger
// that it is called on: each returns another one. To preview a refund, post it and drop
// the result.
//
// # Books are a list of events
//
// A ledger follows from its events, in their order; its version is their number.
// [Restore] applies the rules to every event again: books that break the law cannot be
// read, whoever wrote them.
//
// # The law
//
// When a refund is posted, it, everything returned before and everything disputed are
// together at most the lesser of price and paid, and each share is at most what is
// available on its payment. A refund counts
// from the moment it is posted, whether it is pending, submitted or settled; a lost
// dispute counts; a failed refund does not. A disputed amount cannot be refunded until
// the dispute is won. A ledger does not refuse what a bank takes later: it counts against
// the next refund.
//
//	paid = available + disputed + returned
//
// # Store a ledger only if nobody else has
//
// Two writers that read the same version can both post. The storage must let one of them
// through: it replaces version n only while n is the stored version. The other one reads
// again and posts again. It then gets [decision.ErrStale], since its decision was judged
// on other books, or [ErrConflict], since its decision was posted already.
//
// # Retries
//
// Recording the same thing twice, as in a retry or a repeated webhook, returns the same
// ledger. Other content under the same key is an [ErrConflict]. Instants are not content:
// the first one stands. Posting a decision again under its key changes nothing, whatever
// the options, even if the refund has failed; to try again, post it under another key.
//
// An instruction, by its state:
//
//	             Submit      Settle      Fail
//	pending      submitted   settled     failed
//	submitted    no change   settled     failed
//	settled      no change   no change   failed: the bank sent the money back
//	failed       refused     refused     no change
//
// A dispute, by its state:
//
//	             RecordDispute   WinDispute   LoseDispute
//	unknown      open            refused      refused
//	open         no change       won          lost
//	won          no change       no change    refused
//	lost         no change       refused      no change
//
// So late reports do no harm, except after a failure: the money may have been refunded in
// another way by then, so that a late settlement is an error for a person to look at. An
// early report, of an instruction or a dispute that is not in the books yet, is an
// [ErrUnknown]: record it again later.
//
// # Errors
//
// Errors match sentinels. Their texts have amounts and states, never keys or ids.
//
// # Compatibility
//
// The codes of events and states are a contract: they may be retired, never renamed. The
// key of an instruction never changes.
package ledger
