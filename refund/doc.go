// Package refund computes what may be refunded on a subscription under a published
// money-back policy, why, and on which facts.
//
// Start with [Published] for the policy, fill in a [Case], and call
// [Policy.Evaluate]; the [Outcome] has the verdict, the amount, and for each of the
// eighteen clauses ([Clauses]) a status and a reason ([Outcome.Why]). Everything is
// a value: no clock is read, nothing is stored, logged or sent, and the same case
// has the same outcome for ever. Package [github.com/kasperinfotech/refundpolicy/refund/wire]
// has the JSON.
//
// # An outcome is not a payment
//
// The policy leaves every refund to the company's discretion. An outcome says how
// much may be given back, not that it is to be. While [Outcome.Held] is true,
// nothing may be.
//
// # The law above all others
//
// Released and given back before, together, never exceed the lesser of the amount
// subscribed and the amount paid ([ClauseCap]), whatever the input.
//
// # Days are days of a place
//
// The window counts calendar days of [Policy.Location], and a day starts at its
// first instant there, which is not 00:00 where clocks change at midnight. The
// machine's own zone is never read, and refused as a location. Programs that may
// run where there is no time-zone database import time/tzdata.
//
// # Missing, zero and negative are three things
//
// The zero [Money] is no amount, not an amount of nothing; a nil [IssueLog] is a
// missing fact, an empty one states that there were no issues. What is missing is
// an error or [StatusNotEvaluated], never a silent yes.
//
// # Doubts of the text are settled by name
//
// Where the policy's text can be read in two ways, [Readings] says which is meant,
// and has a default.
//
// # Errors
//
// "No refund" is an outcome. An error means that the case cannot be judged; it is
// an [*InvalidError] that names every fault by its path. Errors quote codes and
// amounts, never names, reasons or other free text.
//
// # Compatibility
//
// Codes and paths (of clauses, verdicts, statuses, readings, faults) are a contract:
// they may be retired, never renamed. Sentences for people may be reworded. Before
// v1.0.0 the Go API may still change between minor versions, as CHANGELOG.md says.
package refund
