// Package ledger keeps the books of one subscription: its payments, refunds and disputes, and
// the amount that remains for a refund.
//
// [New] opens the books. [Ledger.Post] splits the amount of a decision over the payments and
// enters the refund. [Ledger.Outstanding] returns its instructions for the payment gateway:
//
//	books, err = books.Post(d, "refund-2026-0317", ledger.Options{}, now)
//	// Store the books if the stored version is still the one that was read. Then:
//	for _, i := range books.Outstanding() {
//		// Submit i.Key, and store the books again. Then refund i.Amount on i.Payment at the
//		// gateway, with i.Key as the idempotency key, and record the result with Settle or Fail.
//	}
//
// A [Ledger] is an immutable value: its methods return a changed copy. To preview a refund,
// post it and discard the result. Package [sqlstore] stores ledgers in PostgreSQL and SQLite.
//
// # Facts are recorded, requests are checked
//
// A fact is something that has happened. It is recorded even if it breaks the policy:
//
//   - a payment ([Ledger.RecordPayment]), or its reversal ([Ledger.RecordReversal]), after which
//     it counts as never paid;
//   - a refund in the provider's list ([Ledger.RecordRefund]), or its failure
//     ([Ledger.FailRefund]);
//   - a dispute ([Ledger.RecordDispute]), won ([Ledger.WinDispute]) or lost
//     ([Ledger.LoseDispute]);
//   - the gateway's answer to an instruction ([Ledger.Settle], [Ledger.Fail]).
//
// A fact is refused only if it is malformed ([*refund.InvalidError]), if its id or key is
// already used for another fact ([ErrConflict]), or if it refers to a payment, refund, dispute
// or instruction that is not in the books ([ErrUnknown]). In the last case, record that one
// first.
//
// A request is an intention of the company: to post a refund ([Ledger.Post]) or to send an
// instruction ([Ledger.Submit]). It is checked against all facts in the books.
//
// # Facts can break the cap
//
// A request is accepted only if all refunds and disputes together are at most the lesser of
// price and paid, and each payment covers its share. A refund counts from the moment it is
// posted until it has failed. For every payment
//
//	paid = available + disputed + returned
//
// where paid is the payment less its reversals. But a bank can take back a payment that was
// already refunded, and a person can refund too much in a dashboard. The books report the
// difference ([Totals.Excess], [Totals.BeyondCap]), subtract it from the next refund, and list
// it in [Ledger.Alerts] until its cause is gone. A person should check the alerts.
//
// # Facts arrive late, twice, and out of order
//
// The totals do not depend on the order in which facts are recorded. Pass the provider's
// instant of a fact, not that of its arrival. If two decisions on a dispute, or two answers to
// an instruction, contradict each other, the later one counts. If both have the same instant,
// the loss or the settlement counts.
//
// A repeated fact adds no event. Two payments, reversals, refunds or disputes are the same fact
// if all fields except the instant are equal. The first instant is kept.
//
// A decision that is posted again under its key adds no event either, whatever the options, and
// even if the refund has failed. To pay after a failure, post the decision under another key.
//
// # A timeout is not a failure
//
// Call [Ledger.Fail] for a submitted instruction only when the gateway has confirmed the
// failure; otherwise the money may be refunded twice. After a timeout, send the instruction
// again with the same key.
//
// # Two writers can both post
//
// Two programs that read the same version of the books can both post a refund. The storage must
// replace version n only while n is the stored version. The second program then reads the books
// again and posts again, and gets [decision.ErrStale], because its decision was made on other
// books, or [ErrConflict], because its decision was already posted.
//
// # Books are a list of events
//
// A ledger consists of its events, in order. Its version is their number.
// [Restore] and [Ledger.UnmarshalJSON] apply the rules to each event again, so stored books that
// break a rule cannot be read.
//
// # Refunds from before the books
//
// If a subscription was partly refunded before its books were opened, open them with its
// payments, and call [Ledger.RecordRefund] for each earlier refund, with a reason such as
// "before adoption". If only the sum is known, record it as one refund without a payment, under
// an id of your own.
//
// # The provider has its own list
//
// [Reconcile] compares the books with the provider's list. Most differences have an event that
// resolves them:
//
//	for _, d := range ledger.Reconcile(books, statement, entitlement) {
//		if d.Event.Kind != 0 {
//			books, err = books.Record(d.Event)
//		} // else a person has to resolve it
//	}
//
// [ReconcileAll] does so for the export of a day.
//
// # Errors
//
// Errors match the sentinels of this package and of package decision. They have amounts and
// states, and never ids or keys.
//
// # Compatibility
//
// The codes of events, states, alerts and differences are a contract: they may be retired,
// never renamed or given a second meaning. The key of an instruction never changes. Before
// v1.0.0 the Go API may change between minor versions, as CHANGELOG.md says.
//
// [sqlstore]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore
package ledger
