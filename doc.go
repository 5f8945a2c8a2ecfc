// Package refundpolicy says how much of a subscription may be refunded under a
// published money-back policy, why, and on which facts. It is documentation only;
// the code is in the packages below.
//
// Start with [github.com/kasperinfotech/refundpolicy/refund.Published] for the
// policy, fill in a [github.com/kasperinfotech/refundpolicy/refund.Case], and call
// [github.com/kasperinfotech/refundpolicy/refund.Policy.Evaluate]. The
// [github.com/kasperinfotech/refundpolicy/refund.Outcome] has a verdict, an amount,
// and a status for each of the policy's eighteen clauses;
// [github.com/kasperinfotech/refundpolicy/refund.Outcome.Why] gives the reason in
// words. Only a [github.com/kasperinfotech/refundpolicy/decision.Decision] releases
// money; [github.com/kasperinfotech/refundpolicy/decision.Approve] makes one.
// Cases that come as JSON are read by
// [github.com/kasperinfotech/refundpolicy/refund/wire.DecodeCase].
//
// The library has no server, no database, no clock, no logger and no globals. The
// same policy and the same case have the same outcome for ever.
//
// # An outcome is not a payment
//
// Under the policy the company decides on every refund. An outcome is the most that
// may be given back, not an order to pay it. A decision is made by an officer who is
// no party to the case, within a limit, for the outcome that people saw, named by its
// digest; if things have changed since, or the outcome is held, there is none. Whoever
// pays has to see that a decision is paid once, and on the books it was judged on;
// [github.com/kasperinfotech/refundpolicy/refund/ledger] keeps them.
//
// # A decision can be kept
//
// A record of it, authenticated under the host's key, gives it back later, with the
// case that was kept beside it, under the policy of that day:
// [github.com/kasperinfotech/refundpolicy/refund.Versions] finds it among those
// of a company.
//
// # Days are days of a place
//
// The window counts calendar days at the policy's location, which the caller names.
// The machine's own zone is refused. A program that may run without a time-zone
// database imports time/tzdata.
//
// # Missing is not zero
//
// The zero Money is no amount, and a nil IssueLog is a fact that nobody has stated.
// Both are refused where a case needs them. Write an amount of "0.00", or an empty
// log, to state that there was nothing.
//
// # Money is exact or refused
//
// An amount that does not fit its currency's minor unit is an error. Nothing is
// rounded or converted, and no float is read.
//
// # No refund is not an error
//
// Late requests and one-time services have an outcome of their own. An error means
// that the case cannot be judged, and names each fault by its path, or that nothing
// may be decided, and names all that stands in the way.
//
// # The text leaves questions open
//
// Where the policy can be read in two ways, a reading settles it by name, with a
// default. README.md lists the four, and which symbol implements which clause.
//
// # Packages
//
//   - [github.com/kasperinfotech/refundpolicy/refund]: the policy, its arithmetic, and
//     decisions;
//   - [github.com/kasperinfotech/refundpolicy/refund/wire]: the JSON of cases, outcomes
//     and policies, read strictly;
//   - [github.com/kasperinfotech/refundpolicy/refund/ledger]: what was paid and given
//     back, over payments, retries, disputes and two refunds at once;
//   - [github.com/kasperinfotech/refundpolicy/evidence]: calls, recordings and chats,
//     reviewed against the issue log, as findings; readers of real formats below it;
//   - [github.com/kasperinfotech/refundpolicy/customer]: who asked, and what the
//     customer answers for, as findings;
//   - [github.com/kasperinfotech/refundpolicy/refund/refundtest]: the kit that holds a
//     team's own code to the policy, and fixtures for its tests; vectors for other
//     languages and generators for rapid are below it;
//   - [github.com/kasperinfotech/refundpolicy/examples]: whole stories to run;
//   - [github.com/kasperinfotech/refundpolicy/examples/evaluate]: a program that
//     reads files of cases and writes outcomes;
//   - [github.com/kasperinfotech/refundpolicy/examples/review]: a program that reviews
//     one case with its logs.
//
// # Compatibility
//
// Codes (of clauses, verdicts, statuses, readings and decisions) and the paths of
// faults are a contract: they may be retired, never renamed or given a second meaning.
// Sentences for people may be reworded, which changes no digest. Before v1.0.0 the Go
// API may change from one minor version to the next; CHANGELOG.md says how.
package refundpolicy
