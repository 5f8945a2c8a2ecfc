// Package conformance has test vectors of the policy for programs in any language, as JSON:
// cases with their outcomes, documents that must be refused, and decisions with their
// results.
//
// [FS] holds the files, one for each clause, and README.md beside them explains how to
// use them without Go. [Vectors] reads the outcomes and refusals, and [Want.Differences]
// compares an outcome with one. [Decisions] reads the decisions. The program in
// refund/refundtest/cmd/conform compares the answers of any program that reads and writes
// JSON Lines with all of them, decisions with the flag -decisions:
//
//	go run github.com/kasperinfotech/refundpolicy/refund/refundtest/cmd/conform -- PROGRAM ARGS
//	go run github.com/kasperinfotech/refundpolicy/refund/refundtest/cmd/conform -decisions -- PROGRAM ARGS
//
// [Vector.CheckLine] and [DecisionVector.CheckLine] check one answer.
//
// # Time zones
//
// Most vectors depend on a time zone. A program that may run without a
// time-zone database imports time/tzdata; this package does not.
//
// # Compatibility
//
// Names of vectors are permanent: within one reading of the policy, a published name
// keeps its document and its outcome. A vector that proves wrong is retired with its
// name. New vectors may come with any version.
package conformance
