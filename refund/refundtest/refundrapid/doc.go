// Package refundrapid generates policies, cases and their parts for property tests
// with [pgregory.net/rapid].
//
// [Policy] generates policies, and [Case] cases for one: draw them, call your own
// code, and say what must hold of every one. [Finding] and [Amount] generate parts of
// a case.
//
//	func TestOurTotals(t *testing.T) {
//		rapid.Check(t, func(t *rapid.T) {
//			policy := refundrapid.Policy().Draw(t, "policy")
//			c := refundrapid.Case(policy).Draw(t, "case")
//			// …
//		})
//	}
//
// # What is rare in life is common here
//
// Each verdict, status, reading, channel and zone, each kind of amount, and instants
// on and beside every boundary come often enough for a few hundred draws to meet them
// all. Do not read frequencies of real cases out of them.
//
// # Zones come along
//
// The package imports time/tzdata, so that its zones are there on every machine. It is
// for tests: a program that imports it grows by half a megabyte.
//
// # Compatibility
//
// What is generated is valid, and shrinks to a plain case under the published policy.
// Which values come from a seed, and how often, may change with any version.
package refundrapid

import _ "time/tzdata"
