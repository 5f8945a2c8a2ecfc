// Package oracle is the policy a second time, for tests. It is written from the policy's
// clauses, not from package refund, and shares no method with it: money is fractions, days
// are found by looking at the clock minute by minute, and open hours are counted in
// minutes.
//
// [Ask] judges a case, and [Objections] compares an outcome with the answer. Both panic
// on an invalid case.
package oracle
