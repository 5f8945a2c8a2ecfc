// Package refundtest tests code against the refund policy: an adapter over package
// refund, a service that calls it, or a new implementation of the policy.
//
// [Run] does so in a test of one line, with a subtest for each vector and law; [Check]
// returns the failures as an error. Both take a function that judges a case, as
// [refund.Policy.Evaluate] does:
//
//	func TestOurAdapter(t *testing.T) { refundtest.Run(t, ourEvaluate) }
//
// Each [Failure] has the clause, the reason in words, the actual and the expected result,
// and a small case that shows it, as Go to paste into a test. For tests of your own
// there are [Policy], [Case], [ReviewedCase] and [Officer], plain values to copy and
// change, and [Explain] and [Diff], which print the reasons of an outcome:
//
//	c := refundtest.Case()
//	c.Request.At = refundtest.Day(9)
//
// # Vectors, refusals and laws
//
// Vectors are cases with the outcome that the policy has for them, those of
// [github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance]. Refusals are
// inputs that cannot be judged: an [*refund.InvalidError] must name the path of the
// fault, and no other; [Options] are for code whose paths differ. Laws hold for every case;
// they are tried on the cases of the vectors and on 1,000 cases that rapid draws from
// [github.com/kasperinfotech/refundpolicy/refund/refundtest/gen], different ones in every
// run, or on 200 if a law is broken. With -rapid.checks they are tried on as many cases as you like, and with
// -rapid.seed on the same ones again. [CheckLaws] tries them on a case of your own.
//
// [CheckReview] is for code that makes the findings on the customer's side. The vectors of
// decisions are in package conformance, for programs in any language.
//
// # Unsupported cases
//
// Code that cannot take some cases returns an error that matches [errors.ErrUnsupported]
// for those, and they are skipped: its amounts are 64 bits wide, it knows one currency, or
// it keeps instants to the microsecond or to the second. Code must not round an instant
// that it cannot keep: a nanosecond decides whether a window is open. Laws that change a
// case, such as one that has the request come later, try several changes, from a
// nanosecond to a day, and skip the unsupported ones. It is a failure if a clause, the
// refusals or a law have no supported case.
//
// # For tests only
//
// [Check] and [Run] work in tests alone: elsewhere rapid panics. The package imports
// testing, and time/tzdata, so that tests run the same on a machine without a time-zone
// database. Import it from tests only, and neither is in your program.
//
// # Compatibility
//
// Names of vectors and laws are permanent: they may be retired, never given a second
// meaning. New ones come with new versions, and may find what older ones did not. The
// texts of failures are for people, and may be reworded.
package refundtest
