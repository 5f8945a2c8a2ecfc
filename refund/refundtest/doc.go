// Package refundtest tests code against the refund policy: an adapter over package refund, a
// service that calls it, or another implementation of the policy.
//
// [Run] is one line in a test, with a subtest for each vector and law. [Check] returns the
// failures as an error. Both take a function that evaluates a case, as [refund.Policy.Evaluate]
// does:
//
//	func TestOurAdapter(t *testing.T) { refundtest.Run(t, ourEvaluate) }
//
// Each [Failure] has the clause, the reason in words, the actual and the expected result, and a
// small case that reproduces it, as Go source to paste into a test. [CheckReview] tests code
// that makes the findings on the customer's side.
//
// For your own tests there are fixtures, plain values to copy and change ([Policy], [Case],
// [ReviewedCase], [Officer]). [refund.Outcome.Diff] compares an outcome with the expected one:
//
//	c := refundtest.Case()
//	c.Request.At = refundtest.Day(9)
//
// # Vectors, refusals and laws
//
// A vector is a case with its expected outcome. The vectors are those of package [conformance],
// which also has vectors of decisions, for programs in any language.
//
// A refusal is an input that cannot be evaluated. The [*refund.InvalidError] must have the path
// of its fault and no other path; [Options] are for code with other paths.
//
// A law holds for every case. It is tried on the cases of the vectors, and on 1,000 random cases
// of package [gen], which differ in every run. The flag -rapid.checks sets their number, and
// -rapid.seed repeats a run. After the first broken law, only a fifth of the random cases are tried. [CheckLaws]
// tries the laws on a case of your own.
//
// # Some cases may be unsupported
//
// Some code does not support every case: it may have only one currency, amounts of 64 bits, or
// instants in microseconds. For an unsupported case it returns an error that matches
// [errors.ErrUnsupported], and the case is skipped. Code must not round an instant that it
// cannot keep: a nanosecond decides whether a window is open. A law that changes a case tries
// several changes, from a nanosecond to a day, and skips the unsupported ones. It is a failure
// if a clause, the refusals, or a law has no supported case.
//
// # For tests only
//
// [Check] and [Run] work in tests only; elsewhere rapid panics. The package imports testing, and
// time/tzdata so that tests have the same result on a machine without a time-zone database. Import
// it from tests, so that neither is in your program.
//
// # Compatibility
//
// Names of vectors and laws are permanent: they may be retired, never given a second meaning. A
// new version may add some, and find faults that an older version did not. The texts of failures
// are for people and may be reworded. Before v1.0.0 the Go API may change between minor
// versions, as CHANGELOG.md says.
//
// [conformance]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance
// [gen]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/refundtest/gen
package refundtest
