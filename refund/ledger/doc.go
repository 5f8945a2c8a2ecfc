// Package ledger keeps the books of one subscription: its payments, refunds and disputes,
// and the room that they leave for a refund. It stores nothing itself: a [Ledger] is an
// immutable value, which a billing service keeps in its database. Package sqlstore does
// that for PostgreSQL and SQLite.
//
// [New] opens the books. [Ledger.Post] splits a decision over the payments and enters the
// refund; [Ledger.Outstanding] then has the instructions for the gateway:
//
//	books, err = books.Post(d, "refund-2026-0317", ledger.Options{}, now)
//	// Store the books if the stored version is still the one that was read. Then:
//	for _, i := range books.Outstanding() {
//		// Submit i.Key, and store the books again. Then refund i.Amount on i.Payment, with
//		// i.Key as the idempotency key.
//	}
//
// No method changes the ledger that it is called on: each returns another one. To preview
// a refund, post it and drop the result.
//
// # Facts are recorded, requests are checked
//
// A fact is something that has happened: a payment ([Ledger.RecordPayment]), a payment that
// came back and counts as never paid ([Ledger.RecordReversal]), a refund in the provider's
// list ([Ledger.RecordRefund], [Ledger.FailRefund]), a dispute ([Ledger.RecordDispute],
// [Ledger.WinDispute], [Ledger.LoseDispute]), and the gateway's answer to an instruction
// ([Ledger.Settle], [Ledger.Fail]). A fact is never refused because it breaks the policy.
// It is refused only
//
//   - if it is malformed, with a [*refund.InvalidError];
//   - if its id or key stands for something else, with an [ErrConflict];
//   - if it is about a payment, refund, dispute or instruction that is not in the books,
//     with an [ErrUnknown]: record it again after the one that it is about.
//
// A request is something that the company is about to do: to post a refund
// ([Ledger.Post]) or to send an instruction ([Ledger.Submit]). A request is checked
// against all facts in the books.
//
// # Order and repetition
//
// Facts may arrive in any order: the totals are the same. Give each fact the provider's
// instant, not that of its arrival. Where the decisions on a dispute or the answers to an
// instruction contradict each other, the latest stands; of two at the same instant, the
// loss or the settlement. A webhook that is delivered again changes nothing.
//
// Two records of a payment, reversal, refund or dispute are the same if all their fields are
// equal but the instant: the second one changes nothing, and the first instant stays. Posting
// a decision again under its key changes nothing, whatever the options, even if the refund
// has failed; to try again, post it under another key.
//
// # The law
//
// When a refund is posted or an instruction submitted, everything returned and everything
// disputed is together at most the lesser of price and paid, and each payment covers its
// share. A refund counts from the moment it is posted; a failed one does not count. On
// every payment
//
//	paid = available + disputed + returned
//
// where paid is the payment less its reversals. Facts can break the law: a bank takes a payment
// that was refunded already, or a person refunds too much in a dashboard. The ledger
// states the difference ([Totals.Excess], [Totals.BeyondCap]), counts it against the next
// refund, and lists it in [Ledger.Alerts].
//
// # Reconcile with the provider
//
// [Reconcile] compares the books with the provider's own list. Most differences come with
// the fact that settles them:
//
//	for _, d := range ledger.Reconcile(books, statement, entitlement) {
//		if d.Event.Kind != 0 {
//			books, err = books.Record(d.Event)
//		} // else a person looks at it
//	}
//
// [ReconcileAll] does the same for the export of a day.
//
// # Opening with a history
//
// A subscription whose payments were partly refunded before its books were opened is a
// ledger with those payments, and a [Ledger.RecordRefund] for each earlier refund, with a
// reason such as "before adoption". If only their sum is known, record it as one refund,
// without a payment and with an id of your own.
//
// # Books are a list of events
//
// A ledger follows from its events, in their order; its version is their number.
// [Restore] applies the rules to every event again: books that break a rule cannot be
// read, whoever wrote them.
//
// # Store a ledger only if nobody else has
//
// Two writers that read the same version can both post. The storage must let one of them
// through: it replaces version n only while n is the stored version. The other one reads
// again and posts again. It then gets [decision.ErrStale], since its decision was judged
// on other books, or [ErrConflict], since its decision was posted already.
//
// # Errors
//
// Errors match sentinels. Their texts have amounts and states, never keys or ids.
//
// # Compatibility
//
// The codes of events, states, alerts and differences are a contract: they may be retired,
// never renamed. The key of an instruction never changes.
package ledger
