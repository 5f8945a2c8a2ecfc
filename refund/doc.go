// Package refund computes how much of a subscription may be refunded under a money-back
// policy, and why.
//
// [Published] returns the published policy. Fill in a [Case] and call [Policy.Evaluate]. The
// [Outcome] has the verdict, the refundable amount and the status of each of the eighteen
// clauses; [Outcome.Why] returns the reason for a status in a sentence:
//
//	outcome, err := refund.Published(newYork).Evaluate(c)
//	if err != nil {
//		return err // the case is not valid
//	}
//	fmt.Println(outcome.Verdict, outcome.Refundable)
//	fmt.Println(outcome.Why(refund.ClauseCase2))
//	// deducted 174.99 USD
//	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
//
// [Versions] holds the policies of a company by date. All types are plain values. Evaluating
// reads no clock, does no input or output, and is safe for concurrent use.
//
// # An outcome is not a payment
//
// Under the policy the company decides on every refund. An outcome states the amount that may
// be refunded. Only a decision of package [decision] releases money.
//
// # No refund is not an error
//
// A late request or a one-time service has an outcome with an amount of zero. An error means
// that the case cannot be evaluated. It is an [*InvalidError], which lists every fault of the
// input by its path, and says what is allowed there. It never quotes a value that could not be
// read, an id, a name or a reason.
//
// # A missing amount is not zero
//
// The zero [Money] is a missing amount. A nil [IssueLog] is a missing fact; an empty one states
// that there were no issues. A missing fact is an error or [StatusNotEvaluated], and never
// counts as a yes.
//
// # Amounts are exact
//
// An amount that does not fit the minor unit of its currency is an error. Amounts are never
// rounded and never converted. With earlier refunds and open disputes, a refund never exceeds
// the lesser of price and paid ([ClauseCap]).
//
// # Days are days at a location
//
// The window counts calendar days at [Policy.Location]. A day starts at its first instant
// there, which is not 00:00 where clocks change at midnight. The machine's own zone
// ([time.Local]) is not valid. A program that may run without a time-zone database imports
// [time/tzdata].
//
// The rules of the time zones are an input, like the policy. Governments change them, so a new
// time-zone database can move an instant of an old case to another day, and change its outcome.
// Use one database for all cases of a company.
//
// # The policy can be read in two ways
//
// Where the text of the policy leaves a question open, a field of [Readings] selects an answer.
// [Published] has the default answers. The file docs/clauses.md explains them.
//
// # JSON is strict
//
// [Case], [Policy] and [Versions] read JSON strictly: an unknown field, a repeated field and
// null are faults. An [Outcome] can be written but not read. Evaluate its case instead.
//
// # Compatibility
//
// Codes and paths (of clauses, verdicts, statuses, readings and faults) are a contract: they
// may be retired, never renamed or given a second meaning. Sentences for people may be
// reworded; no digest covers them. A canonical form ([Digest]) that changes gets a new number.
// Before v1.0.0 the Go API may change between minor versions, as CHANGELOG.md says.
//
// [decision]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision
package refund
