// Package refund computes what may be refunded on a subscription under a published
// money-back policy, why, and on which facts.
//
// Start with [Published] for the policy, fill in a [Case], and call
// [Policy.Evaluate]; the [Outcome] has the verdict, the amount, and for each of the
// eighteen clauses ([Clauses]) a status and a reason ([Outcome.Why]). Then
// [Policy.Authorize], [Policy.Goodwill] or [Policy.Decline] makes a [Decision] of it.
// [Versions] hold the policies of a company by date. Everything is a value: no clock
// is read, nothing is stored, logged or sent, and the same case has the same outcome
// for ever. Package [github.com/kasperinfotech/refundpolicy/refund/wire] has the JSON.
//
// # An outcome is not a payment
//
// The policy leaves every refund to the company's discretion. An outcome says how
// much may be given back; only a [Decision] releases money. It is made for the digest
// of the outcome that people saw ([Outcome.Digest]): if the case comes to anything
// else by now, that is [ErrStale], so that a quote binds or is refused. Nothing is
// released while a clause of [Policy.Required] was looked at by nobody, while
// [Outcome.Held] is true, by a party to the case, or beyond the officer's limit; a
// [*GatesError] tells all that stands in the way.
//
// Two decisions on the same books are both good here. Whoever pays compares
// [Decision.Paid] and [Decision.Refunded] with the books of that moment, and pays a
// decision once ([Decision.Digest] names it): package
// [github.com/kasperinfotech/refundpolicy/refund/ledger] does.
//
// # The law above all others
//
// Released and given back before, together, never exceed the lesser of the amount
// subscribed and the amount paid ([ClauseCap]), whatever the input. An amount to be
// released is stated and positive; a missing one never means "all of it".
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
// # Records and keys
//
// To keep a decision, store [Decision.Record] and the case, as it was. [Policy.Replay]
// gives the decision back if the record was made with one of the keys, not a bit of
// it has changed, and the same policy comes to the same on the same case; else
// [ErrForged] or a [*StaleError] that names what differs. The policy is that of the
// subscription's day ([Versions.At]), not the newest. Whoever has a [Key] can make
// records.
//
// # Errors
//
// "No refund" is an outcome. An error means that the case cannot be judged, or that
// nothing may be decided. An [*InvalidError] names every fault of the input by its
// path. Errors quote codes and amounts, never names, reasons or other free text.
//
// # Compatibility
//
// Codes and paths (of clauses, verdicts, statuses, readings, decisions, faults) are a
// contract: they may be retired, never renamed. Sentences for people may be reworded,
// which changes no digest. A canonical form ([Digest]) that has to change gets a new
// number. Before v1.0.0 the Go API may still change between minor versions, as
// CHANGELOG.md says.
package refund
