package wire

import (
	"encoding"
	"errors"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// The field methods read the value of a known field, the n-th of its object.

func (r *reader) textField(o *object, n int, name string, s *string) {
	if r.known(o, n, name) {
		*s, _ = r.text()
		r.leave()
	}
}

func (r *reader) codeField(o *object, n int, name string, code encoding.TextUnmarshaler) {
	if r.known(o, n, name) {
		r.code(code)
		r.leave()
	}
}

// code reads a string that is a code, or another text that v reads.
func (r *reader) code(v encoding.TextUnmarshaler) {
	if r.expect('"', "a string") {
		if text := r.bytes(); len(text) > 0 { // empty is as good as absent: a default stays
			if err := v.UnmarshalText(text); err != nil {
				r.fault(reasonOf(err))
			}
		}
	}
}

// reasonOf returns the first reason of an error of package refund.
func reasonOf(err error) string {
	var f refund.Fault
	if errors.As(err, &f) {
		return f.Reason
	}
	return err.Error()
}

func (r *reader) instantField(o *object, n int, name string, t *time.Time) {
	if !r.known(o, n, name) {
		return
	}
	if r.expect('"', "a string") {
		if text := r.bytes(); len(text) > 0 { // empty is as good as absent
			var reason string
			if *t, reason = parseInstant(text); reason != "" {
				r.fault(reason)
			}
		}
	}
	r.leave()
}

func (r *reader) moneyField(o *object, n int, name string, m *refund.Money) {
	if !r.known(o, n, name) {
		return
	}
	if r.enterObject() {
		*m = r.money()
	}
	r.leave()
}

// money reads the fields of an amount.
func (r *reader) money() (m refund.Money) {
	// A part that is no string has its fault; a stand-in keeps the other one's.
	// Nearly all fit into the rooms, and need no memory of their own.
	var amountRoom, currencyRoom [32]byte
	amount, currency := amountRoom[:0], currencyRoom[:0]
	whole := true
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "amount":
			if r.known(&o, 0, "amount") {
				if r.expect('"', "a string") {
					amount = append(amount, r.bytes()...)
				} else {
					amount, whole = append(amount, '0'), false
				}
				r.leave()
			}
		case "currency":
			if r.known(&o, 1, "currency") {
				if r.expect('"', "a string") {
					currency = append(currency, r.bytes()...)
				} else {
					currency, whole = append(currency, mostDecimals...), false
				}
				r.leave()
			}
		default:
			r.unknown(&o, unknownField)
		}
	}
	if r.broken != "" {
		return refund.Money{}
	}
	m, err := refund.ParseMoney(string(amount), string(currency))
	if err != nil {
		var invalid *refund.InvalidError
		if errors.As(err, &invalid) {
			for _, f := range invalid.Faults {
				r.faultBelow(f.Path, f.Reason)
			}
		}
	}
	if !whole {
		return refund.Money{}
	}
	return m
}

// mostDecimals is a currency with as many decimals as any.
const mostDecimals = "CLF"

// integer reads a JSON integer; one too large for an int is a fault.
func (r *reader) integer() int {
	if c := r.peek(); c != '-' && (c < '0' || c > '9') {
		r.expect('0', "an integer") // which it is not
		return 0
	}
	text := r.number()
	if r.broken != "" {
		return 0
	}
	n, err := strconv.ParseInt(string(text), 10, 32)
	switch {
	case errors.Is(err, strconv.ErrRange):
		r.fault("is out of range")
	case err != nil:
		r.fault("is no integer")
	}
	return int(n)
}
