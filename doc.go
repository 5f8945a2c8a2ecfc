// Package refundpolicy documents a library that answers one question about a
// subscription: how much may be refunded, why, and can we prove it? The code is in the
// packages below; this one holds the overview and an example of the whole.
//
// Start with [refund.Published] for the policy, fill in a [refund.Case], and call
// [refund.Policy.Evaluate]. The [refund.Outcome] has a verdict, an amount, and a status
// for each of the policy's eighteen clauses; [refund.Outcome.Why] gives the reason in
// words. Only a [decision.Decision] releases money; [decision.Approve] makes one.
//
// The library has no server, no database, no clock and no logger. The same policy and the
// same case have the same outcome, under the same rules of the time zones.
//
// # An outcome is not a payment
//
// Under the policy the company decides on every refund. An outcome states the most that
// may be refunded; it is not an order to pay. An officer who is not a party to the case
// decides, within a limit, for the outcome that people saw. If the facts have changed
// since, or the outcome is held, the decision is refused. Whoever pays must pay a decision
// once, and only on the books on which it was judged; package [ledger] keeps those books.
//
// # A decision can be kept
//
// A record of a decision is signed with the host's Ed25519 key; the public key verifies it.
// [decision.Replay] returns the decision again from the record, the case, and the policy of
// that day, which [refund.Versions] finds among a company's policies.
//
// # Days are days of a place
//
// The window counts calendar days at the policy's location, which the caller names. The
// machine's own zone is refused. A program that may run without a time-zone database
// imports time/tzdata. The rules of a zone are an input: if a new database places the
// instants of an old case on other days, the case can have another outcome.
//
// # Missing is not zero
//
// The zero [refund.Money] is no amount, and a nil [refund.IssueLog] is a missing fact.
// Both are refused where a case needs them. State an amount of "0.00", or an empty log, to
// say that there was none.
//
// # Money is exact or refused
//
// An amount that does not fit its currency's minor unit is an error. Amounts are never
// rounded or converted, and never pass through a float.
//
// # No refund is not an error
//
// Late requests and one-time services have an outcome of their own. An error means that
// the case cannot be judged, and names each fault by its path, or that a decision is
// refused, and names every gate that is closed.
//
// # The text leaves questions open
//
// Where the policy can be read in two ways, a reading selects one by name, with a default.
// The file docs/clauses.md lists the readings, and the symbols that implement each clause.
//
// # Packages
//
//   - [refund]: the policy, its arithmetic, and the outcome;
//   - [decision]: decisions, and their records;
//   - [ledger]: the books of a subscription: its payments, refunds and disputes, with
//     retries, concurrent refunds, and refunds made elsewhere;
//   - [invoice]: a refund spread over invoice lines and their taxes;
//   - [evidence]: calls, recordings and chats, reviewed against the issue log, as
//     findings; readers of real formats below it;
//   - [customer]: who asked, and what the customer answers for, as findings;
//   - [refundtest]: the kit that tests a team's own code against the policy, with fixtures;
//     vectors for other languages and generators for rapid are below it;
//   - [examples]: whole stories to run, and the programs evaluate and review.
//
// # Compatibility
//
// Codes (of clauses, verdicts, statuses, readings and decisions) and the paths of faults
// are a contract: they may be retired, never renamed or given a second meaning. Sentences
// for people may be reworded; no digest covers them. Before v1.0.0 the Go API may change
// from one minor version to the next; CHANGELOG.md says how.
//
// [refund]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund
// [refund.Published]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Published
// [refund.Case]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Case
// [refund.Policy.Evaluate]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Policy.Evaluate
// [refund.Outcome]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Outcome
// [refund.Outcome.Why]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Outcome.Why
// [refund.Versions]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Versions
// [refund.Money]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Money
// [refund.IssueLog]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#IssueLog
// [decision]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision
// [decision.Decision]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Decision
// [decision.Approve]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Approve
// [decision.Replay]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Replay
// [ledger]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger
// [invoice]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/invoice
// [evidence]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/evidence
// [customer]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/customer
// [refundtest]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/refundtest
// [examples]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples
package refundpolicy
