// Package hook gives package document access to a function that package refund does not
// export.
package hook

import "github.com/kasperinfotech/refundpolicy/internal/strict"

// ReadDocument reads a case into c, a *refund.Case, and the field "policy" of the case into
// policy, a *refund.Policy. Missing fields of the policy keep their values. The next byte of
// r must be the opening brace of the case.
//
// Package refund sets this variable when it is initialized; no other package sets it. It is a
// variable because this package cannot import refund. Reading the parts of a document with
// their UnmarshalJSON methods would need a reader for each part, and would cost a program
// that reads many documents a third of its speed.
var ReadDocument func(r *strict.Reader, c, policy any)
