package refund

import "github.com/kasperinfotech/refundpolicy/internal/strict"

// MarshalJSON returns {"amount":"174.99","currency":"USD"}, and null for the zero
// Money.
func (m Money) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte("null"), nil
	}
	return m.appendJSON(nil), nil
}

// UnmarshalJSON reads what [Money.MarshalJSON] wrote, as strictly as a case reads its
// amounts; null is the zero Money. An [*InvalidError] has the paths "amount" and
// "currency", and that of any unknown field.
func (m *Money) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*m = Money{}
		return nil
	}
	return unmarshal(data, m, (*Money).read, nil)
}

// moneyField reads an amount.
func moneyField(r *strict.Reader, o *strict.Object, n int, name string, m *Money) {
	if r.Known(o, n, name) {
		m.read(r)
		r.Leave()
	}
}

func (m *Money) read(r *strict.Reader) {
	o := r.Object()
	// Nearly all texts fit into the rooms and so take no memory of their own.
	var amountRoom, currencyRoom [32]byte
	amount, currency := amountRoom[:0], currencyRoom[:0]
	isText, isCode := true, true
	for r.Field(&o) {
		switch string(o.Key()) {
		case "amount":
			if r.Known(&o, 0, "amount") {
				var text []byte
				text, isText = r.TextBytes()
				amount = append(amount, text...)
				r.Leave()
			}
		case "currency":
			if r.Known(&o, 1, "currency") {
				var text []byte
				text, isCode = r.TextBytes()
				currency = append(currency, text...)
				r.Leave()
			}
		default:
			r.Unknown(&o, strict.UnknownField)
		}
	}
	if o.Absent() {
		return
	}
	var c Currency
	if isCode {
		var reason string
		if c, reason = lookupCurrency(string(currency)); reason != "" {
			r.FaultBelow("currency", reason)
		}
	}
	if isText {
		parsed, reason := parseAmount(string(amount), c)
		if reason != "" {
			r.FaultBelow("amount", reason)
		}
		*m = parsed
	}
}

// writeMoney writes an amount, unless it is the zero Money.
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
