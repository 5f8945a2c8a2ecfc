// Package invoice spreads a refund over the lines of an invoice and their taxes, for credit
// notes.
//
// [Split] splits a refund over the lines, and each part into net and tax. [SpreadTax] spreads
// the tax of a whole invoice over its lines, if the lines have no tax of their own.
//
// # Rounding loses no cent
//
// If each line is rounded on its own, the sums differ from those of the invoice. Here the parts
// always add up to the amount. Split also accounts for earlier refunds: once a line is fully
// refunded, exactly its net amount and exactly its tax were refunded, for any number and order
// of parts.
//
// # The package keeps no state
//
// [Line.Refunded] is an input. Before the next Split, add the net amount and the tax of each
// [Part] to it.
//
// # Compatibility
//
// The parts of a refund and the paths of faults are a contract. Before v1.0.0 the Go API may
// change between minor versions, as CHANGELOG.md says.
package invoice
