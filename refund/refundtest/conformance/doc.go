// Package conformance is the policy as data: cases with the outcome each must have,
// and texts that must be refused, in JSON, for programs in any language.
//
// [FS] has the files, one for each clause, and README.md beside them says how to use
// them without Go. [Vectors] reads them; [Want.Differences] holds an outcome to one.
// The program in refund/refundtest/cmd/conform holds any program that reads and
// writes JSON Lines to all of them:
//
//	go run github.com/kasperinfotech/refundpolicy/refund/refundtest/cmd/conform -- PROGRAM ARGS
//
// # Documents name places
//
// Most vectors are about days of some place. A program that may run where there is no
// time-zone database imports time/tzdata; this package does not.
//
// # Compatibility
//
// Names of vectors are permanent: one that was published keeps its document and its
// outcome. A vector that proves wrong is retired with its name, and a new one takes
// its place. New ones may come with any version.
package conformance
