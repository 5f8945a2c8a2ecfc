// Package refund computes how much of a subscription's price may be refunded under a
// money-back policy, and why.
//
// [Published] returns the published policy. Fill in a [Case] and call
// [Policy.Evaluate]: the [Outcome] holds the verdict, the amount, and for each of the
// eighteen clauses ([Clauses]) a status and a reason ([Outcome.Why]). [Versions] holds
// the policies of a company by date. Every type is a plain value; evaluating is a pure
// function that reads no clock and stores, logs and sends no data.
//
// # An outcome is not a payment
//
// The policy leaves every refund to the company's discretion. An outcome states how much
// may be refunded; only a decision releases money, and only package
// [github.com/kasperinfotech/refundpolicy/refund/decision] makes one.
//
// # Never more than was paid
//
// A refund and the refunds before it never exceed the lesser of the amount subscribed and
// the amount paid ([ClauseCap]), whatever the input.
//
// # Days are days of a place
//
// The window counts calendar days of [Policy.Location]. A day starts at its first instant
// there, which is not 00:00 where clocks change at midnight. The zone of the machine is
// refused as a location. Programs that may run without a time-zone database import
// time/tzdata.
//
// # The rules of a zone are an input
//
// Governments change the rules of time zones, and a machine that knows them can place an
// instant on another day than one that does not. The rules come with [Policy.Location] and
// [Policy.DeskLocation], from the time-zone database of the machine or of time/tzdata. Judge
// cases of one company with one database, and expect that an old case has another outcome
// after an update if the new rules reach back to its days.
//
// # Missing, zero and negative are three inputs
//
// The zero [Money] is "no amount", not an amount of zero. A nil [IssueLog] is a missing
// fact; an empty one states that there were no issues. A missing fact is an error or
// [StatusNotEvaluated], never a silent yes.
//
// # Ambiguities have names
//
// Where the policy's text can be read in two ways, a field of [Readings] selects one, and
// [Published] has the default.
//
// # JSON
//
// [Case], [Policy] and [Versions] read and write JSON strictly: unknown fields, fields
// given twice and null are refused, and errors name every fault by its path. An [Outcome]
// writes JSON, and refuses to be read from it: evaluate the case again.
//
// # Errors
//
// "No refund" is an outcome. An error means that the case cannot be judged: an
// [*InvalidError] holds every fault of the input with its path. Errors say what is
// allowed, and never quote a value that could not be read, nor ids, names or reasons.
//
// # Compatibility
//
// Codes and paths (of clauses, verdicts, statuses, readings and faults) are a contract:
// they may be retired, never renamed. Sentences for people may be reworded; no digest
// covers them. A canonical form ([Digest]) that changes gets a new number. Before v1.0.0
// the Go API may change between minor versions, as CHANGELOG.md says.
package refund
