// Package invoice spreads a refund over the lines of an invoice and their taxes, for
// credit notes.
//
// [Split] splits a refund over the lines, and each part into net and tax. [SpreadTax]
// splits the tax of a whole invoice over its lines, for invoices whose lines do not have
// one.
//
// # No cent is lost
//
// Line by line, rounding adds up to other sums than the invoice has. Here the parts always
// add up to the amount, whatever the currency. And [Split] is cumulative: the refunded net
// amount of a line follows from how much of the line was refunded altogether. So once a
// line is fully refunded, exactly its net amount and exactly its tax were refunded, in
// however many parts and in whatever order.
//
// # Record every refund
//
// [Line.Refunded] is part of the input: add net and tax of each [Part] to it before the
// next [Split]. The package keeps no state.
//
// # Compatibility
//
// The parts of a refund and the paths of faults are a contract. Before v1.0.0 the Go API
// may change between minor versions, as CHANGELOG.md says.
package invoice
