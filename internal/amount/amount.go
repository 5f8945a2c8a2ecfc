// Package amount reads and writes amounts as fields of strict JSON, for the packages that
// build on package refund.
package amount

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Field returns a field with an amount, as [refund.Money.UnmarshalJSON] reads it, except that
// null is a fault.
func Field(name string, m *refund.Money) strict.Field {
	return strict.ValueField(name, func(r *strict.Reader) {
		if r.Expect('{', "an object") {
			var faults refund.Faults
			faults.Merge(m.UnmarshalJSON(r.Skip()))
			for _, f := range faults {
				r.FaultBelow(f.Path, f.Reason)
			}
		}
	})
}

// Write writes a field with an amount, unless the amount is the zero Money.
func Write(w *strict.Writer, name string, m refund.Money) {
	if m.IsZero() {
		return
	}
	w.ObjectField(name, func(w *strict.Writer) {
		if exact.TooLong(m) {
			w.Fault("amount", "has more than 34 digits")
		}
		w.Text("amount", m.Amount())
		w.Text("currency", m.Currency().Code())
	})
}
