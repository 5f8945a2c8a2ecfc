// Package peers compares package refund with other implementations of the policy's amount:
// a plain function ([Floor]), and expressions in expr ([Expr]), CEL ([CEL]) and Rego
// ([Rego]), each compiled once for all cases.
//
// The peers return only the refundable amount, in minor units, under the published readings.
// README.md lists the parts of the policy that they leave out, and the measurements.
package peers
