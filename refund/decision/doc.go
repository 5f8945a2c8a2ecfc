// Package decision turns an outcome into a decision: the only value that releases money.
//
// [Approve] decides on a refund under the guarantee, [Grant] on goodwill beyond it, and
// [Decline] on no refund. Each takes the policy, the case, the digest of the outcome that
// the officer saw, and the officer's word, and returns a [Decision]:
//
//	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
//		By:     decision.Officer{ID: "ops-3", Limit: limit},
//		At:     now,
//		Amount: outcome.Refundable,
//	})
//
// [Check] lists what stands in the way before any officer acts. [Decision.Record] signs a
// record to store with the case; [Verify] reads its facts, and [Replay] returns the
// decision again.
//
// # Never more than remains
//
// The released amount is positive and at most [refund.Outcome.Remaining]: with earlier
// refunds and open disputes, never more than the lesser of price and paid
// ([refund.ClauseCap]). The amount is always stated; a missing one never means "all". An
// approval releases the whole refundable amount, unless the policy allows any part of it
// ([refund.ReleasedAmount]).
//
// # Closed gates
//
// The case is evaluated again, and another outcome than the one that was seen ends in
// [ErrStale]. A fact later than the decision is refused by name. After that, a
// [*GatesError] lists every closed gate at once. Each clause of [refund.Policy.Required]
// must be satisfied, or objected and acknowledged by name: else [ErrNotReviewed] or
// [ErrNotAcknowledged]. A blocking clause closes [ErrHeld], for goodwill too. Nobody
// decides on a case in which they asked, hold the account, or recorded the request
// ([ErrSelfApproval]); officers and accounts are compared byte for byte. An officer's limit
// is compared with the amount plus what was refunded before ([ErrAboveLimit]), so that
// parts cannot slip under it. [ErrPartial] and [ErrAboveRefundable] are about the amount.
//
// # A decision is paid once
//
// Two decisions on the same books are both valid here. Before paying, compare
// [Decision.Paid], [Decision.Refunded] and [Decision.Disputed] with the books, and pay a
// decision once ([Decision.Digest] names it). Package
// [github.com/kasperinfotech/refundpolicy/refund/ledger] does both.
//
// The books know only amounts. A report of unauthorized use that arrives between approval
// and posting is not in them, so replay the record right before posting, with the case as
// it stands then: an [ErrStale] there means that somebody has to look again.
//
// # The second click
//
// Once a refund is in the books, a second approval of the same outcome ends in [ErrStale]
// because of that refund. To answer it with the first decision, store each record that
// releases money under its outcome's digest ([Decision.OutcomeDigest]) in a column that is
// unique, and look there first. The example of [Decision.OutcomeDigest] shows it.
//
// # Records and keys
//
// A record is signed with Ed25519. The desk has the private key, or a key service that
// signs for it (any [crypto.Signer]); a payout service or an auditor has public keys, which
// verify records and cannot make them. A record names its key ([KeyID]), so that keys
// rotate: sign with the new one, and accept the old public keys beside it.
//
// # Two questions about a record
//
// [Verify] answers whether it is authentic, whatever has changed since, and returns
// [Facts] to show. They release no money. [Replay] answers whether the decision still
// stands: the policy and the case must be those of the decision, and must still give that
// outcome. Otherwise a [*StaleError] names what differs. Use the policy of the
// subscription's day ([refund.Versions.At]), not the newest. The time-zone rules are an
// input too: with another time-zone database the same policy and case may have another
// outcome, and Replay reports that it has changed.
//
// # Compatibility
//
// The codes of decisions and the paths of faults are a contract: they may be retired,
// never renamed. Sentences for people may be reworded; no digest and no record contains
// them. A form of records that changes gets a new number. Before v1.0.0 the Go API may
// change between minor versions, as CHANGELOG.md says.
package decision
