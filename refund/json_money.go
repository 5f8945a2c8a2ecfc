package refund

import "github.com/kasperinfotech/refundpolicy/internal/strict"

// MarshalJSON returns an object such as {"amount":"174.99","currency":"USD"}, or null for
// the zero Money.
func (m Money) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte("null"), nil
	}
	return m.appendJSON(nil), nil
}

// UnmarshalJSON reads the form that [Money.MarshalJSON] writes, as strictly as
// [Case.UnmarshalJSON] reads the amounts of a case, except that it allows null, which is the
// zero Money. The faults of an [*InvalidError] have the paths "amount", "currency" and those
// of unknown fields.
func (m *Money) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*m = Money{}
		return nil
	}
	return unmarshal(data, m, (*Money).read, nil)
}

func (m *Money) read(r *strict.Reader) {
	var room [32]byte // avoids an allocation for nearly all amounts
	amount, isText := room[:0], true
	c, unknown := lookupCurrency("") // until a currency is read
	if !r.Object(
		strict.ValueField("amount", func(r *strict.Reader) {
			var text []byte
			text, isText = r.TextBytes()
			amount = append(amount, text...)
		}),
		strict.ValueField("currency", func(r *strict.Reader) {
			unknown = ""
			if text, ok := r.TextBytes(); ok {
				c, unknown = lookupCurrency(string(text))
			}
		}),
	) {
		return
	}
	r.FaultBelow("currency", unknown)
	if isText {
		var reason string
		*m, reason = parseAmount(string(amount), c)
		r.FaultBelow("amount", reason)
	}
}

// writeMoney writes a field with an amount, unless the amount is the zero Money.
func writeMoney(w *strict.Writer, name string, m Money) {
	if !m.IsZero() {
		w.Name(name)
		w.Buf = m.appendJSON(w.Buf)
	}
}

func (m Money) appendJSON(b []byte) []byte {
	b = append(b, `{"amount":"`...)
	b = m.AppendAmount(b)
	b = append(b, `","currency":"`...)
	b = append(b, m.currency.Code()...)
	return append(b, `"}`...)
}
