// Package hook has what package refund lends to package document.
package hook

import "github.com/kasperinfotech/refundpolicy/internal/strict"

// ReadDocument reads the fields of a case, a *refund.Case, and those of its field
// "policy" into a *refund.Policy. Fields of the policy that are absent stay as they
// are. The brace of the case is next.
//
// Package refund sets it at its initialization, and nobody else ever does. It is a
// variable because this package cannot import refund, and refund is not to export it.
// Reading the parts of a document through their UnmarshalJSON methods instead would take
// each part through a reader of its own, which costs a program that reads many
// documents a third of its speed.
var ReadDocument func(r *strict.Reader, c, policy any)
