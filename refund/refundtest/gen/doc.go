// Package gen generates policies, cases, evidence logs and ledgers for property
// tests with [pgregory.net/rapid].
//
// [Policy] generates policies, and [Case] generates cases for a policy. A test draws them,
// calls your code and checks a property that must hold for all of them. [Log] generates
// evidence logs for a case, [Ledger] generates the books of a subscription, and [Amount]
// generates amounts of money.
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
// # Frequencies
//
// Every verdict, status, reading, channel and zone, every size of amount, and instants at and
// next to every boundary occur within a few hundred draws. The frequencies are not those of
// real cases. Rapid checks 100 draws by default; flag -rapid.checks raises the number.
//
// # Shrinking
//
// Values shrink to the fixtures of package refundtest: the published policy in New York and
// a plain case. Its holder subscribed on March 1, 2026 for 199.99 USD, with a charge of
// 25.00 USD for each issue, and requests the refund by e-mail 8 days later. It has no
// issues, findings or earlier refunds. A failing case differs from the fixture only in the
// fields that cause the failure.
//
// # Time zones
//
// The package imports time/tzdata, so that its zones exist on every machine; a time-zone
// database of the machine takes precedence. The package is for tests: it adds half a
// megabyte to a program.
//
// # Compatibility
//
// Generated values are valid and shrink as described above. The values for
// a seed and their frequencies may change in any version.
package gen

import _ "time/tzdata" // see Time zones above
