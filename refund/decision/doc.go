// Package decision turns an outcome into a decision: the only value that releases
// money.
//
// [Approve] decides on a refund under the guarantee, [Grant] on one of goodwill, and
// [Decline] on none. Each takes the policy, the case, the digest of the outcome that
// people saw, and the officer's word, and returns a [Decision]:
//
//	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
//		By:     decision.Officer{ID: "ops-3", Limit: limit},
//		At:     now,
//		Amount: outcome.Refundable,
//	})
//
// Store [Decision.Record] and the case; [Replay] returns the decision again.
//
// # What stands in the way
//
// The case is evaluated again. If the outcome is not the one that people saw, the error
// matches [ErrStale], so that a quote binds or is refused. Nothing is released while a
// clause of [refund.Policy.Required] has not been reviewed, while
// [refund.Outcome.Held] is true, by a party to the case, or above the officer's limit.
// A [*GatesError] lists every closed gate at once.
//
// # The law above all others
//
// The released amount is positive and, together with what was refunded before, never
// more than the lesser of price and paid ([refund.ClauseCap]), whatever the input. A
// missing amount never means "all of it".
//
// # A decision is paid once
//
// Two decisions on the same books are both valid here. Before paying, compare
// [Decision.Paid] and [Decision.Refunded] with the books, and pay a decision once
// ([Decision.Digest] names it). Package
// [github.com/kasperinfotech/refundpolicy/refund/ledger] does both.
//
// # Records and keys
//
// [Replay] returns a recorded decision only if the record was made with one of the keys
// and has not changed since, and if the same policy gives the same outcome for the same
// case. Otherwise the error matches [ErrForged], or is a [*StaleError] that names what
// differs. Use the policy of the subscription's day ([refund.Versions.At]), not the
// newest. Whoever has a [Key] can make records.
//
// # Compatibility
//
// The codes of decisions and the paths of faults are a contract: they may be retired,
// never renamed. Sentences for people may be reworded. Before v1.0.0 the Go API may
// change between minor versions, as CHANGELOG.md says.
package decision
