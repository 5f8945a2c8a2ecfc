// Package refundtest holds code to the refund policy: an adapter over package
// refund, a service that calls it, or a policy implemented anew.
//
// [Run] makes a test of it in one line, with a subtest for each vector and law;
// [Check] returns what is wrong as an error. Both take a function that judges a case,
// as [refund.Policy.Evaluate] does:
//
//	func TestOurAdapter(t *testing.T) { refundtest.Run(t, ourEvaluate) }
//
// Each [Failure] says the clause, the reason in words, what came and what was
// expected, and a small case that shows it, as Go to paste into a test. For tests of
// your own there are [Policy], [Case], [ReviewedCase] and [Officer], plain values to
// copy and change, and [Explain] and [Diff], which print an outcome's whole argument:
//
//	c := refundtest.Case()
//	c.Request.At = refundtest.Day(9)
//
// # What is tried
//
// Vectors are cases with the outcome that the policy has for them, those of
// [github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance]. Refusals are
// inputs that cannot be judged: an [*refund.InvalidError] must name the path of the
// fault, and no other. Laws hold for every case ([Laws]); they are tried on the
// vectors' cases and on some thousand variations of them, the same ones every time.
//
// # Not everything need be supported
//
// Code that cannot take some cases, since its amounts are 64 bits wide or it knows one
// currency, returns an error that matches [errors.ErrUnsupported] for those, and they
// are skipped. It is a failure if nothing is left of a clause, of the refusals or of a
// law.
//
// # Time zones
//
// The kit needs places, so it imports time/tzdata: tests run the same on a machine
// without a time-zone database. It also imports testing. Import it from tests alone,
// and neither is in your program.
//
// # Compatibility
//
// Names of vectors and laws are permanent: they may be retired, never given a second
// meaning. New ones come with new versions, and may find what older ones did not. What
// a failure says is for people, and may be reworded.
package refundtest
