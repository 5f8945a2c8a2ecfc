// Package whatif computes the result of changes that nobody has made yet: to a policy, to
// the day, or to one fact of a case.
//
// [Backtest] judges past cases by two policies and reports the difference in money, by
// clause. [ExposureAt] adds up the amounts that customers could still ask back at an
// instant. [Timeline] returns how the refundable amount of one case depends on when the
// customer asks, and [Counterfactuals] the single facts that would have raised it. [Lint]
// warns of policies that are valid but are probably mistakes.
//
// # Every figure is an evaluation
//
// The package has no rules of its own. Each amount comes from [refund.Policy.Evaluate], or
// from another [Evaluator], and is exact.
//
// # The past does not answer a new policy
//
// A backtest judges the cases as they were. Customers who know that a window is shorter may
// ask earlier, or not at all; a report cannot include that.
//
// # Exposure is an upper bound
//
// An [Exposure] assumes that everybody who may ask does. A refund liability as accountants
// book it (IFRS 15, ASC 606) is the part of it that the company expects to pay.
//
// # Streams, not slices
//
// [Backtest] and [ExposureAt] read an [iter.Seq2] once and keep a bounded amount of memory,
// whatever the number of cases. An error in the sequence ends them. To use several
// processors, divide the cases, and join the results with [Report.Merge] and
// [Exposure.Merge]: they are the same as that of the whole.
//
// # Compatibility
//
// The codes of [Cause], [Fact] and [Code] are a contract: they may be retired, never
// renamed. Sentences may be reworded. Before v1.0.0 the Go API may change between minor
// versions.
package whatif
