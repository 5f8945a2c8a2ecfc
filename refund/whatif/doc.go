// Package whatif computes the result of changes that nobody has made yet.
//
// [Backtest] judges past cases by two policies and reports the difference in money, by
// clause. A backtest judges the cases as they were: customers who know that a window is
// shorter may ask earlier, or not at all.
//
// The package has no rules of its own. Each amount comes from [refund.Policy.Evaluate], or
// from another [Evaluator], and is exact.
package whatif
