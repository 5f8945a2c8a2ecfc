// Package peers has the policy's amount written in other ways, to hold package refund
// against: as a plain function ([Floor]), and in the languages of expr ([Expr]), CEL
// ([CEL]) and Rego ([Rego]), each prepared once and then applied to case after case.
//
// All of them tell the amount that may be given back, in minor units, under the
// published readings, and nothing else. README.md says what they leave out, and has
// the figures.
package peers
