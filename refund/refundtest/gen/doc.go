// Package gen generates policies, cases, evidence logs and ledgers for property
// tests with [pgregory.net/rapid].
//
// [Policy] generates policies, and [Case] cases for one: draw them, call your own
// code, and check what must hold of every one. [Log] generates evidence logs to review
// with a case, [Ledger] the books of a subscription, and [Amount] amounts of money.
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
// # Rare things are common here
//
// Each verdict, status, reading, channel and zone, each kind of amount, and instants on
// and beside every boundary come up often enough for a few hundred draws to meet them
// all. The frequencies say nothing about real cases. Where rapid's usual 100 checks are
// too few, -rapid.checks raises them.
//
// # Failures are read by people
//
// Shrinking ends in the fixtures of package refundtest: the published policy in New
// York, and a plain case, in which the account holder asks by email on 9 March 2026, 8
// days after subscribing for 199.99 USD at 25.00 USD an issue, with no issues, findings
// or earlier refunds. A failing case differs from that only where it has to.
//
// # Time zones are included
//
// The package imports time/tzdata, so that its zones are available on every machine;
// where the machine has a time-zone database, that one is used. It is for tests: a
// program that imports it grows by half a megabyte.
//
// # Compatibility
//
// Generated values are valid, and shrink as described above. The values that come from
// a seed, and their frequencies, may change with any version.
package gen

import _ "time/tzdata" // see above
