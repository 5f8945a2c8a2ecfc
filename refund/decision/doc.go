// Package decision makes decisions on refunds. A [Decision] is the only value that releases
// money.
//
// [Approve] decides on a refund under the guarantee, [Grant] on goodwill beyond it, and
// [Decline] on no refund. Each takes the policy, the case, the digest of the outcome that the
// officer saw, and the officer's own statement:
//
//	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
//		By:     decision.Officer{ID: "ops-3", Limit: limit},
//		At:     now,
//		Amount: outcome.Refundable,
//	})
//
// A [Proposal] is any of the three as a page or a program sends it, with strict JSON, and
// [Proposal.Decide] makes the decision. [Check] lists the closed gates before an officer acts,
// for the page that shows the outcome. [Decision.Record] returns a signed record to store.
// [Verify] reads the facts of a record, and [Replay] returns its decision.
//
// # The amount is always stated
//
// A missing amount does not mean "all". An approval releases the whole refundable amount, or a
// part of it if the policy allows parts ([refund.ReleasedAmount]). The amount is positive and at
// most [refund.Outcome.Remaining]. With earlier refunds and open disputes, it never exceeds the
// lesser of price and paid.
//
// # A changed case is stale
//
// Each function evaluates the case again. If the outcome is not the one that the officer saw,
// the error matches [ErrStale]: show the new outcome, and ask again.
//
// # Gates are reported together
//
// A gate is a condition for releasing money. A [*GatesError] lists every gate that is closed:
//
//   - Each clause of [refund.Policy.Required] must be satisfied, or objected and acknowledged by
//     name ([ErrNotReviewed], [ErrNotAcknowledged]).
//   - No clause may be blocking, for goodwill too ([ErrHeld]).
//   - The officer must not be the person who asked, holds the account, or recorded the request
//     ([ErrSelfApproval]). Ids are compared byte for byte.
//   - The amount plus earlier refunds must be within the officer's limit, so that several small
//     refunds cannot pass it ([ErrAboveLimit]).
//   - The amount itself must be valid ([ErrNothingToRefund], [ErrPartial], [ErrAboveRefundable]).
//
// # A decision can be passed on twice
//
// Two decisions on the same books are both valid, and a decision can be replayed any number of
// times. Package [ledger] posts a decision once, and only on the books on which it was made. A
// host without it must compare [Decision.Paid], [Decision.Refunded] and [Decision.Disputed]
// with its own books, and pay each [Decision.Digest] once.
//
// The books have only amounts. A report of misuse that arrives after the approval is not in
// them. Replay the record shortly before posting, on the case as it is then: an error that
// matches [ErrStale] means that a person has to look again.
//
// # An officer can click twice
//
// Once a refund is in the books, a second approval of the same outcome fails with [ErrStale],
// because the case now has the first refund. To answer it with the first decision, store each
// record under its [Decision.OutcomeDigest], and look there first.
//
// The first decision is the answer as long as its refund has not failed. Once all of it has
// failed, the case has the same outcome and the same digest again, and an officer decides
// again. Keep the records of both decisions: make their table
// unique by the digest and a number that counts its decisions.
//
// # A record is not a decision
//
// A record is signed with Ed25519. The private key, or a key service that signs for it (any
// [crypto.Signer]), belongs to the service that decides. Public keys verify records and cannot
// make them. A record names its key ([KeyID]): to change keys, sign with the new one, and accept
// the old public keys too.
//
// [Verify] reports whether a record is authentic, whatever has changed since, and returns
// [Facts] to show. They release no money. [Replay] reports whether the decision still stands:
// the policy and the case must be those of the record, and must still have its outcome;
// otherwise a [*StaleError] names the one that differs. Pass the policy of the subscription's
// start ([refund.Versions.At]), not the newest. The rules of the time zones are an input too:
// with another time-zone database the outcome may differ.
//
// # Compatibility
//
// The codes of decisions and gates and the paths of faults are a contract: they may be
// retired, never renamed or given a second meaning. Sentences for people may be reworded; no
// digest and no record has them. A form of records that changes gets a new number. Before
// v1.0.0 the Go API may change between minor versions, as CHANGELOG.md says.
//
// [ledger]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger
package decision
