package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// history returns events after which an event of any kind is valid.
func history(t *testing.T) []ledger.Event {
	t.Helper()
	books, keys := refunded(t, opened(t, "100.00", "60.00", "40.00"), "30.00", "R-1")
	if len(keys) != 1 {
		t.Fatalf("%d instructions", len(keys))
	}
	return disputed(t, outside(t, books, "F-1", "", "5.00"), "D-1", "P-2", "5.00").Events()
}

// following returns a valid event of a kind, with all fields of the kind.
func following(t *testing.T, kind ledger.EventKind) ledger.Event {
	t.Helper()
	books := must(t)(ledger.Restore("SUB-1", usd("100.00"), history(t)))
	e := ledger.Event{Kind: kind, At: day(14)}
	switch kind {
	case ledger.EventPaid:
		e.ID, e.Amount, e.Method = "P-3", usd("10.00"), "visa 4242"
	case ledger.EventPosted:
		e.ID, e.Amount, e.Decision = "R-2", usd("10.00"), refund.Digest{1}
		e.Shares = []ledger.Share{{Payment: "P-1", Amount: usd("4.00")}, {Payment: "P-2", Amount: usd("6.00")}}
	case ledger.EventDisputed:
		e.ID, e.Payment, e.Amount = "D-2", "P-1", usd("10.00")
	case ledger.EventWon:
		e.ID = "D-1"
	case ledger.EventLost:
		e.ID, e.Amount = "D-1", usd("4.00")
	case ledger.EventReversed:
		e.ID, e.Payment, e.Amount, e.Refund = "V-1", "P-1", usd("1.00"), "F-1"
	case ledger.EventRefunded:
		e.ID, e.Payment, e.Amount, e.Reason = "F-2", "P-1", usd("30.00"), "dashboard"
		e.Key = books.Refunds()[0].Shares[0].Key
	case ledger.EventRefundFailed:
		e.ID = "F-1"
	default:
		e.ID = books.Refunds()[0].Shares[0].Key
	}
	return e
}

// enter records an event after the history, and returns the error.
func enter(t *testing.T, e ledger.Event) error {
	t.Helper()
	books, err := ledger.Restore("SUB-1", usd("100.00"), append(history(t), e))
	if (err == nil) != (books.Version() == 6) || (err != nil) != books.Equal(ledger.Ledger{}) {
		t.Errorf("version %d beside %v", books.Version(), err)
	}
	return err
}

var kinds = []ledger.EventKind{
	ledger.EventPaid, ledger.EventReversed, ledger.EventRefunded, ledger.EventRefundFailed, ledger.EventPosted, ledger.EventSubmitted, ledger.EventSettled, ledger.EventFailed,
	ledger.EventDisputed, ledger.EventWon, ledger.EventLost,
}

// Each kind of event has its fields: '+' required, '?' optional, '-' refused.
func TestFieldsOfEachKind(t *testing.T) {
	fields := []string{"id", "at", "amount", "method", "payment", "key", "reason", "refund", "dispute", "decision", "shares"}
	table := map[ledger.EventKind]string{
		ledger.EventPaid:         "+++?-------",
		ledger.EventReversed:     "+++-+--??--",
		ledger.EventRefunded:     "+++-???----",
		ledger.EventRefundFailed: "++---------",
		ledger.EventPosted:       "+++------++",
		ledger.EventSubmitted:    "++---------",
		ledger.EventSettled:      "++---------",
		ledger.EventFailed:       "++---------",
		ledger.EventDisputed:     "+++-+------",
		ledger.EventWon:          "++---------",
		ledger.EventLost:         "+++--------",
	}
	set := map[string]func(e *ledger.Event){
		"amount":   func(e *ledger.Event) { e.Amount = usd("10.00") },
		"method":   func(e *ledger.Event) { e.Method = "visa 4242" },
		"payment":  func(e *ledger.Event) { e.Payment = "P-1" },
		"key":      func(e *ledger.Event) { e.Key = "K" },
		"reason":   func(e *ledger.Event) { e.Reason = "dashboard" },
		"refund":   func(e *ledger.Event) { e.Refund = "F-1" },
		"dispute":  func(e *ledger.Event) { e.Dispute = "D-1" },
		"decision": func(e *ledger.Event) { e.Decision = refund.Digest{1} },
		"shares":   func(e *ledger.Event) { e.Shares = []ledger.Share{{Payment: "P-1", Amount: usd("10.00")}} },
	}
	drop := map[string]func(e *ledger.Event){
		"id":       func(e *ledger.Event) { e.ID = "" },
		"at":       func(e *ledger.Event) { e.At = time.Time{} },
		"amount":   func(e *ledger.Event) { e.Amount = refund.Money{} },
		"method":   func(e *ledger.Event) { e.Method = "" },
		"payment":  func(e *ledger.Event) { e.Payment = "" },
		"key":      func(e *ledger.Event) { e.Key = "" },
		"reason":   func(e *ledger.Event) { e.Reason = "" },
		"refund":   func(e *ledger.Event) { e.Refund = "" },
		"dispute":  func(e *ledger.Event) { e.Dispute = "" },
		"decision": func(e *ledger.Event) { e.Decision = refund.Digest{} },
		"shares":   func(e *ledger.Event) { e.Shares = nil },
	}
	for _, kind := range kinds {
		for i, field := range fields {
			t.Run(kind.String()+"/"+field, func(t *testing.T) {
				wantPaths(t, enter(t, following(t, kind)))
				e := following(t, kind)
				switch table[kind][i] {
				case '+':
					drop[field](&e)
					wantPaths(t, enter(t, e), "events[5]."+field)
				case '?':
					drop[field](&e)
					wantPaths(t, enter(t, e))
				case '-':
					set[field](&e)
					wantPaths(t, enter(t, e), "events[5]."+field)
				}
			})
		}
	}
}

func TestEventFaults(t *testing.T) {
	tooLong := usd("99999999999999999999999999999999.99").Times(10)
	share := func(payment, amount string) ledger.Share { return ledger.Share{Payment: payment, Amount: usd(amount)} }
	for _, r := range []struct {
		why    string
		kind   ledger.EventKind
		change func(*ledger.Event)
		want   []string // paths within the event; "" is the event itself
	}{
		{"no kind", ledger.EventWon, func(e *ledger.Event) { e.Kind = 0 }, []string{".kind"}},
		{"a kind beyond the last one", ledger.EventWon, func(e *ledger.Event) { e.Kind = ledger.EventLost + 1 }, []string{".kind"}},
		{"a kind far beyond", ledger.EventWon, func(e *ledger.Event) { e.Kind = 255 }, []string{".kind"}},
		{"the zero Event", ledger.EventPaid, func(e *ledger.Event) { *e = ledger.Event{} }, []string{".kind", ".id", ".at"}},
		{"a payment with only its kind", ledger.EventPaid, func(e *ledger.Event) { *e = ledger.Event{Kind: e.Kind} }, []string{".id", ".at", ".amount"}},
		{"a refund with only its kind", ledger.EventPosted, func(e *ledger.Event) { *e = ledger.Event{Kind: e.Kind} }, []string{".id", ".at", ".amount", ".decision"}},
		{"a dispute with only its kind", ledger.EventDisputed, func(e *ledger.Event) { *e = ledger.Event{Kind: e.Kind} }, []string{".id", ".at", ".amount", ".payment"}},
		{"the year 10000", ledger.EventWon, func(e *ledger.Event) { e.At = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, []string{".at"}},
		{"the year 0", ledger.EventWon, func(e *ledger.Event) { e.At = time.Date(0, 6, 1, 0, 0, 0, 0, time.UTC) }, []string{".at"}},
		{"the year 9999 elsewhere, and 10000 in UTC", ledger.EventWon, func(e *ledger.Event) {
			e.At = time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -2*3600))
		}, []string{".at"}},
		{"an instant before all others", ledger.EventWon, func(e *ledger.Event) { e.At = time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC) }, nil},

		{"a refund of zero", ledger.EventPosted, func(e *ledger.Event) { e.Amount, e.Shares = usd("0.00"), nil }, []string{".amount"}},
		{"a negative refund", ledger.EventPosted, func(e *ledger.Event) { e.Amount, e.Shares[0].Amount = usd("-2.00"), usd("-8.00") }, []string{".amount"}},
		{"a refund in another currency", ledger.EventPosted, func(e *ledger.Event) { e.Amount = refund.MustMoney("10.00", "EUR") }, []string{".amount"}},
		{"a refund with more digits than an input may have", ledger.EventPosted, func(e *ledger.Event) { e.Amount = tooLong }, []string{".amount"}},
		{"a dispute of zero", ledger.EventDisputed, func(e *ledger.Event) { e.Amount = usd("0.00") }, []string{".amount"}},
		{"a negative dispute", ledger.EventDisputed, func(e *ledger.Event) { e.Amount = usd("-1.00") }, []string{".amount"}},
		{"a dispute in another currency", ledger.EventDisputed, func(e *ledger.Event) { e.Amount = refund.MustMoney("1", "JPY") }, []string{".amount"}},
		{"a dispute over more than the payment", ledger.EventDisputed, func(e *ledger.Event) { e.Amount = usd("60.01") }, nil},
		{"a reversal of more than the payment", ledger.EventReversed, func(e *ledger.Event) { e.Amount = usd("60.01") }, nil},
		{"an outside refund of more than was paid", ledger.EventRefunded, func(e *ledger.Event) { e.Amount, e.Key = usd("100.01"), "" }, nil},
		{"more lost than was disputed", ledger.EventLost, func(e *ledger.Event) { e.Amount = usd("100.01") }, nil},
		{"a loss of zero", ledger.EventLost, func(e *ledger.Event) { e.Amount = usd("0.00") }, []string{".amount"}},
		{"a negative reversal", ledger.EventReversed, func(e *ledger.Event) { e.Amount = usd("-1.00") }, []string{".amount"}},
		{"an outside refund in another currency", ledger.EventRefunded, func(e *ledger.Event) { e.Amount = refund.MustMoney("30.00", "EUR") }, []string{".amount"}},
		{"an amount of zero, where no amount belongs", ledger.EventSettled, func(e *ledger.Event) { e.Amount = usd("0.00") }, []string{".amount"}},

		{"no shares", ledger.EventPosted, func(e *ledger.Event) { e.Shares = nil }, []string{".shares"}},
		{"shares that add up to less", ledger.EventPosted, func(e *ledger.Event) { e.Shares[1].Amount = usd("5.99") }, []string{".shares"}},
		{"shares that add up to more", ledger.EventPosted, func(e *ledger.Event) { e.Shares[1].Amount = usd("6.01") }, []string{".shares"}},
		{"a share of zero", ledger.EventPosted, func(e *ledger.Event) { e.Shares = append(e.Shares, share("P-3", "0.00")) }, []string{".shares[2].amount"}},
		{"a share without an amount", ledger.EventPosted, func(e *ledger.Event) { e.Shares[0].Amount = refund.Money{} }, []string{".shares[0].amount"}},
		{"a negative share, though the sum is right", ledger.EventPosted, func(e *ledger.Event) {
			e.Shares = []ledger.Share{share("P-1", "-1.00"), share("P-2", "11.00")}
		}, []string{".shares[0].amount"}},
		{"a share in another currency", ledger.EventPosted, func(e *ledger.Event) { e.Shares[1].Amount = refund.MustMoney("6.00", "EUR") }, []string{".shares[1].amount"}},
		{"a share with more digits than an input may have", ledger.EventPosted, func(e *ledger.Event) { e.Shares[1].Amount = tooLong }, []string{".shares[1].amount"}},
		{"two shares on one payment", ledger.EventPosted, func(e *ledger.Event) { e.Shares[1].Payment = "P-1" }, []string{".shares[1].payment"}},
		{"three shares on one payment, one of which has another fault", ledger.EventPosted, func(e *ledger.Event) {
			e.Shares = []ledger.Share{share("P-1", "5.00"), share("P-1", "5.00"), share("P-1", "0.00")}
		}, []string{".shares[1].payment", ".shares[2].amount"}},
		{"shares after a faulty one are checked", ledger.EventPosted, func(e *ledger.Event) {
			e.Shares = []ledger.Share{share("P-3", "0.00"), share("P-1", "5.00"), share("P-1", "5.00")}
		}, []string{".shares[0].amount", ".shares[2].payment"}},
		{"shares are not checked while the amount is faulty", ledger.EventPosted, func(e *ledger.Event) { e.Amount, e.Shares = refund.Money{}, nil }, []string{".amount"}},

		{"a share on an unknown payment", ledger.EventPosted, func(e *ledger.Event) { e.Shares[0].Payment = "P-9" }, []string{""}},
		{"a share without a payment", ledger.EventPosted, func(e *ledger.Event) { e.Shares[0].Payment = "" }, []string{""}},
		{"a dispute of an unknown payment", ledger.EventDisputed, func(e *ledger.Event) { e.Payment = "P-9" }, []string{""}},
		{"a reversal of an unknown payment", ledger.EventReversed, func(e *ledger.Event) { e.Payment = "P-9" }, []string{""}},
		{"a reversal may name an unknown refund", ledger.EventReversed, func(e *ledger.Event) { e.Refund, e.Dispute = "F-9", "" }, nil},
		{"a reversal may name an unknown dispute", ledger.EventReversed, func(e *ledger.Event) { e.Refund, e.Dispute = "", "D-9" }, nil},
		{"a reversal that names both would be subtracted from both", ledger.EventReversed, func(e *ledger.Event) { e.Refund, e.Dispute = "F-9", "D-9" }, []string{".dispute"}},
		{"an outside refund on an unknown payment", ledger.EventRefunded, func(e *ledger.Event) { e.Payment, e.Key = "P-9", "" }, []string{""}},
		{"an outside refund with an unknown key", ledger.EventRefunded, func(e *ledger.Event) { e.Key = "K" }, []string{""}},
		{"an outside refund with the key of another amount", ledger.EventRefunded, func(e *ledger.Event) { e.Amount = usd("30.01") }, []string{""}},
		{"an outside refund with the key of another payment", ledger.EventRefunded, func(e *ledger.Event) { e.Payment = "P-2" }, []string{""}},
		{"the failure of an unknown outside refund", ledger.EventRefundFailed, func(e *ledger.Event) { e.ID = "F-9" }, []string{""}},
		{"an unknown instruction", ledger.EventSettled, func(e *ledger.Event) { e.ID = "0" + e.ID[1:] + "0" }, []string{""}},
		{"an unknown dispute", ledger.EventLost, func(e *ledger.Event) { e.ID = "D-9" }, []string{""}},
	} {
		because(t, r.why, func(t *testing.T) {
			e := following(t, r.kind)
			r.change(&e)
			var want []string
			for _, path := range r.want {
				want = append(want, "events[5]"+path)
			}
			wantPaths(t, enter(t, e), want...)
		})
	}
}

func TestEventEqual(t *testing.T) {
	full := ledger.Event{
		Kind: ledger.EventPosted, At: day(3), ID: "X", Amount: usd("10.00"), Method: "visa", Payment: "P-1", Key: "K", Reason: "dashboard", Refund: "F-1", Dispute: "D-1", Decision: refund.Digest{1},
		Shares: []ledger.Share{{Payment: "P-1", Amount: usd("4.00")}, {Payment: "P-2", Amount: usd("6.00")}},
	}
	for _, r := range []struct {
		why    string
		change func(*ledger.Event)
		want   bool
	}{
		{"itself", func(*ledger.Event) {}, true},
		{"the same instant in another location", func(e *ledger.Event) { e.At = e.At.In(time.FixedZone("east", 3600)) }, true},
		{"another kind", func(e *ledger.Event) { e.Kind = ledger.EventPaid }, false},
		{"another instant", func(e *ledger.Event) { e.At = e.At.Add(1) }, false},
		{"another id", func(e *ledger.Event) { e.ID = "Y" }, false},
		{"another amount", func(e *ledger.Event) { e.Amount = usd("10.01") }, false},
		{"another currency", func(e *ledger.Event) { e.Amount = refund.MustMoney("10.00", "EUR") }, false},
		{"another method", func(e *ledger.Event) { e.Method = "" }, false},
		{"another payment", func(e *ledger.Event) { e.Payment = "P-2" }, false},
		{"another key", func(e *ledger.Event) { e.Key = "" }, false},
		{"another reason", func(e *ledger.Event) { e.Reason = "" }, false},
		{"another refund", func(e *ledger.Event) { e.Refund = "" }, false},
		{"another dispute", func(e *ledger.Event) { e.Dispute = "" }, false},
		{"another decision", func(e *ledger.Event) { e.Decision = refund.Digest{2} }, false},
		{"one share fewer", func(e *ledger.Event) { e.Shares = e.Shares[:1] }, false},
		{"a share of another amount", func(e *ledger.Event) { e.Shares[1].Amount = usd("6.01") }, false},
		{"a share on another payment", func(e *ledger.Event) { e.Shares[1].Payment = "P-3" }, false},
		{"shares in another order", func(e *ledger.Event) { e.Shares[0], e.Shares[1] = e.Shares[1], e.Shares[0] }, false},
		{"the zero Event", func(e *ledger.Event) { *e = ledger.Event{} }, false},
	} {
		because(t, r.why, func(t *testing.T) {
			other := full
			other.Shares = append([]ledger.Share(nil), full.Shares...)
			r.change(&other)
			if full.Equal(other) != r.want || other.Equal(full) != r.want {
				t.Errorf("equal: %v", !r.want)
			}
		})
	}
}

// checkCodes checks all values of a kind of code.
func checkCodes[C interface {
	~uint8
	String() string
	MarshalText() ([]byte, error)
}](t *testing.T, name, path string, codes []string, read func(text []byte) (C, error)) {
	t.Helper()
	for i := range 256 {
		c := C(i)
		want := fmt.Sprintf("%s(%d)", name, i)
		text, err := c.MarshalText()
		switch {
		case i == 0:
			want = "unset"
			fallthrough
		case i < len(codes):
			if err != nil || string(text) != codes[i] {
				t.Errorf("%d is written as %q, %v", i, text, err)
			}
			if back, err := read(text); err != nil || back != c {
				t.Errorf("%q is read as %v, %v", text, back, err)
			}
			if i > 0 {
				want = codes[i]
			}
		default:
			if wantPaths(t, err, path); text != nil {
				t.Errorf("%d is written as %q", i, text)
			}
		}
		if c.String() != want {
			t.Errorf("%d prints as %q, want %q", i, c, want)
		}
	}
	for _, wrong := range []string{"unset", "Paid", "pending ", "1", name, "won,lost"} {
		_, err := read([]byte(wrong))
		wantPaths(t, err, path)
	}
}

// The codes are a contract: they are stored.
func TestCodes(t *testing.T) {
	checkCodes(t, "EventKind", "kind", []string{"", "paid", "reversed", "refunded", "refund_failed", "posted", "submitted", "settled", "failed", "disputed", "won", "lost"},
		func(text []byte) (ledger.EventKind, error) {
			k := ledger.EventLost
			err := k.UnmarshalText(text)
			if err != nil && k != ledger.EventLost {
				t.Errorf("%q made it %v", text, k)
			}
			return k, err
		})
	checkCodes(t, "State", "state", []string{"", "pending", "submitted", "settled", "failed", "open", "won", "lost"},
		func(text []byte) (ledger.State, error) {
			s := ledger.StateLost
			err := s.UnmarshalText(text)
			if err != nil && s != ledger.StateLost {
				t.Errorf("%q made it %v", text, s)
			}
			return s, err
		})
	checkCodes(t, "AlertCode", "code", []string{"", "beyond_cap", "excess", "overpayment_returned", "instruction_blocked", "settled_after_failure", "dispute_beyond_payment", "reversal_beyond_payment"},
		func(text []byte) (c ledger.AlertCode, err error) {
			err = c.UnmarshalText(text)
			return c, err
		})
}

// A request is not recorded: it is posted or submitted.
func TestRecordRefusesRequests(t *testing.T) {
	books := must(t)(ledger.Restore("SUB-1", usd("100.00"), history(t)))
	for _, kind := range []ledger.EventKind{ledger.EventPosted, ledger.EventSubmitted} {
		invalidWith(t, "kind")(books.Record(following(t, kind)))
	}
	invalidWith(t, "kind", "id", "at")(books.Record(ledger.Event{}))
}
