// Package ledger keeps the books of one subscription: what was paid, what was given
// back, what is in dispute, and what is still free. It stores nothing: a [Ledger] is a
// value, which a billing service keeps in whatever database it has.
//
// [New] opens the books. [Ledger.Plan] splits a decision over the payments,
// [Ledger.Post] enters the plan, and the plan's instructions then go to the gateway:
//
//	plan, err := books.Plan(decision, "refund-2026-0317", ledger.Options{})
//	books, err = books.Post(plan, now)
//	// store books if nobody has since the version that was read, then:
//	for _, i := range plan.Instructions() {
//		// pay i.Amount back on i.Payment, with i.Key as the idempotency key
//	}
//
// [Ledger.Submit], [Ledger.Settle] and [Ledger.Fail] tell what became of an instruction,
// [Ledger.Dispute] and [Ledger.Resolve] of a dispute, [Ledger.Receive] of a payment.
// None of these changes a ledger: each returns another one.
//
// # Books are a list of events
//
// A ledger is what its events come to, in their order, and the number of them is its
// version. Restoring one tells the events again, through the same rules: books that
// break the law cannot be read, whoever wrote them.
//
// # The law
//
// As a refund is posted, it and what was given back before never exceed the lesser of the
// price and what was paid, nor on a payment what is left of it. What a bank takes later
// is not for a ledger to refuse: it counts against the next refund. Refunds count from
// their posting on, whether they are pending, submitted or settled; lost disputes count;
// refunds that failed do not. What is in dispute cannot be refunded until it is won.
//
//	paid = free + held + given back
//
// # Store a ledger only where nobody else has
//
// Two writers that read the same version can both post. Storage lets one through: it
// replaces version n by the next only while n is what it holds. The other one reads
// again, and is then told [decision.ErrStale], since its decision was judged on other
// books, or [ErrConflict], since it was paid already.
//
// # Telling something twice
//
// A retry, and a webhook that comes twice, adds nothing: the same ledger is returned.
// What is told under the same key with another content is [ErrConflict]. Instants are
// no content: the first telling's stands.
//
// An instruction, told in the states that it can be in:
//
//	             Submit      Settle      Fail
//	pending      submitted   settled     failed
//	submitted    nothing     settled     failed
//	settled      nothing     nothing     failed: the bank has sent it back
//	failed       refused     refused     nothing
//
// A dispute:
//
//	             Dispute     Resolve won   Resolve lost
//	not known    open        refused       refused
//	open         nothing     won           lost
//	won          nothing     nothing       refused
//	lost         nothing     refused       nothing
//
// So what comes late does no harm, except after a failure: by then its money may have
// been given back in another way, so that a settlement is told as an error for a person
// to look at. What comes too early (an instruction or a dispute that is not known) is
// [ErrUnknown], and is to be told again later.
//
// # Errors
//
// Errors match sentinels, and quote amounts, states and versions, never keys or ids.
//
// # Compatibility
//
// Codes of events and states are a contract: they may be retired, never renamed. The key
// of an instruction never changes.
package ledger
