// Package gen generates policies, cases, evidence logs and ledgers for property
// tests with [pgregory.net/rapid].
//
// [Policy] generates policies, and [Case] cases for one: draw them, call your own
// code, and say what must hold of every one. [Log] generates what an evidence review
// of a case looks at, and [Ledger] the books of a subscription; [Finding], [Amount],
// [Location] and [Check] generate parts.
//
//	func TestOurTotals(t *testing.T) {
//		rapid.Check(t, func(t *rapid.T) {
//			policy := gen.Policy().Draw(t, "policy")
//			c := gen.Case(policy).Draw(t, "case")
//			books := gen.Ledger(c.Subscription).Draw(t, "books")
//			// …
//		})
//	}
//
// # What is rare in life is common here
//
// Each verdict, status, reading, channel and zone, each kind of amount, each standing
// of a resolution and state of a refund, and instants on and beside every boundary
// come often enough for a few hundred draws to meet them all. Do not read frequencies
// of real cases out of them. Where rapid's usual 100 checks are few, -rapid.checks
// raises them.
//
// # Failures are read by people
//
// Shrinking ends in the published policy in UTC and a plain case: an account holder
// who asks by e-mail, a week after Monday, 2 March 2026, at 10:00, for 100.00 USD, with
// no issues, findings or earlier refunds. What differs from that is what a property
// fails by. Draw the policy before the case, and both before what depends on them.
//
// # Zones come along
//
// The package imports time/tzdata, so that its zones are there on every machine; where
// the machine has a time-zone database, that one is used. It is for tests: a program
// that imports it grows by half a megabyte.
//
// # Compatibility
//
// What is generated is valid, and shrinks as said above. Which values come from a
// seed, and how often, may change with any version.
package gen

import _ "time/tzdata" // see above
