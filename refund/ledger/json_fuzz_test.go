package ledger_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// anyBooks draws books in which anything has happened: events at random, of which those
// stay that can follow.
var anyBooks = rapid.Custom(func(t *rapid.T) ledger.Ledger {
	currency := rapid.SampledFrom(refund.Currencies()).Draw(t, "currency")
	unit := rapid.SampledFrom([]int64{1, 1, 1 << 40}).Draw(t, "unit")
	price := minor(unit*rapid.Int64Range(0, 300).Draw(t, "price"), currency)
	id := someText.Draw(t, "subscription")
	names := rapid.SliceOfNDistinct(someText, 3, 3, rapid.ID[string]).Draw(t, "names")
	name := func(label string) string { return rapid.SampledFrom(names).Draw(t, label) }
	amount := func(label string) refund.Money {
		return minor(unit*rapid.Int64Range(1, 200).Draw(t, label), currency)
	}
	l, err := ledger.Restore(id, price, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rapid.IntRange(0, 30).Draw(t, "events") {
		e := ledger.Event{Kind: ledger.EventKind(rapid.IntRange(1, 8).Draw(t, "kind")), At: anyInstant(t, "at", anyStart.Draw(t, "about")), ID: name("id")}
		switch e.Kind {
		case ledger.EventPaid:
			e.Amount, e.Method = amount("paid"), anyText.Draw(t, "method")
		case ledger.EventPosted:
			e.Decision = refund.Digest{byte(rapid.IntRange(1, 3).Draw(t, "decision")), 31: byte(i % 2)}
			e.Amount = price.Times(0)
			for _, p := range l.Payments() {
				if rapid.Bool().Draw(t, "shared") {
					part := amount("share")
					if less(t, p.Available, part) {
						part = p.Available
					}
					e.Amount, _ = e.Amount.Add(part)
					e.Shares = append(e.Shares, ledger.Share{Payment: p.ID, Amount: part})
				}
			}
		case ledger.EventDisputed:
			e.Payment, e.Amount = name("payment"), amount("claim")
		case ledger.EventWon, ledger.EventLost:
		default:
			if list := l.Refunds(); len(list) > 0 {
				shares := list[rapid.IntRange(0, len(list)-1).Draw(t, "refund")].Shares
				e.ID = shares[rapid.IntRange(0, len(shares)-1).Draw(t, "instruction")].Key
			}
		}
		if next, err := ledger.Restore(id, price, append(l.Events(), e)); err == nil {
			l = next
		}
	}
	return l
})

func less(t rapid.TB, m, n refund.Money) bool {
	order, err := m.Cmp(n)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return order < 0
}

func TestLedgerRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyBooks.Draw(t, "books")
		lawful(t, l)
		text, err := l.MarshalJSON()
		if err != nil {
			t.Fatalf("not written: %v", err)
		}
		back, err := decodeLedger(text)
		if err != nil || !back.Equal(l) || !slices.EqualFunc(back.Events(), l.Events(), ledger.Event.Equal) {
			t.Fatalf("read back: %v\n%s", err, text)
		}
		for _, e := range back.Events() {
			if e.At.Location() != time.UTC {
				t.Fatalf("an instant in %v", e.At.Location())
			}
		}
		again, err := back.MarshalJSON()
		if err != nil || !bytes.Equal(again, text) {
			t.Fatalf("written again: %v\n%s\n%s", err, text, again)
		}
		if !json.Valid(text) {
			t.Fatalf("no JSON:\n%s", text)
		}
	})
}

func unitsOf(m refund.Money) *big.Int {
	d := m.Decimal()
	return new(big.Int).Mul(d.Coefficient(), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Exponent())+int64(m.Currency().Digits())), nil))
}

// lawful goes through the events of books with the law alone in mind, and fails if a
// refund among them breaks it, or if a decision is paid twice.
func lawful(t rapid.TB, l ledger.Ledger) {
	t.Helper()
	paid, total := map[string]*big.Int{}, new(big.Int)
	var posted []ledger.Event
	claims := map[string]ledger.Event{}
	lost := map[string]*big.Int{}
	failures := map[string]bool{}
	for _, e := range l.Events() {
		switch e.Kind {
		case ledger.EventPaid:
			paid[e.ID], lost[e.ID] = unitsOf(e.Amount), new(big.Int)
			total.Add(total, paid[e.ID])
		case ledger.EventDisputed:
			claims[e.ID] = e
		case ledger.EventLost:
			lost[claims[e.ID].Payment].Add(lost[claims[e.ID].Payment], unitsOf(claims[e.ID].Amount))
		case ledger.EventFailed:
			failures[e.ID] = true
		case ledger.EventPosted:
			// What counts by now, this refund included.
			posted = append(posted, e)
			all, on := new(big.Int), map[string]*big.Int{}
			decided := 0
			for i, r := range posted {
				counts := false
				for j, s := range r.Shares {
					if failures[l.Refunds()[i].Shares[j].Key] {
						continue
					}
					counts = true
					if on[s.Payment] == nil {
						on[s.Payment] = new(big.Int)
					}
					on[s.Payment].Add(on[s.Payment], unitsOf(s.Amount))
					all.Add(all, unitsOf(s.Amount))
				}
				if counts && r.Decision == e.Decision {
					decided++
				}
			}
			for payment, gone := range lost {
				all.Add(all, gone)
				if on[payment] == nil {
					continue
				}
				if new(big.Int).Add(on[payment], gone).Cmp(paid[payment]) > 0 && slices.ContainsFunc(e.Shares, func(s ledger.Share) bool { return s.Payment == payment }) {
					t.Fatalf("more goes back on a payment than it was: %v and %v lost of %v", on[payment], gone, paid[payment])
				}
			}
			if limit := unitsOf(l.Price()); all.Cmp(limit) > 0 || all.Cmp(total) > 0 {
				t.Fatalf("%v goes back, of %v paid at a price of %v", all, total, limit)
			}
			if decided != 1 || e.Amount.Sign() <= 0 {
				t.Fatalf("a decision of %v is paid %d times", e.Amount, decided)
			}
		}
	}
	sums := l.Totals()
	parts := new(big.Int).Add(unitsOf(sums.Available), unitsOf(sums.Disputed))
	if parts.Add(parts, unitsOf(sums.Returned)).Cmp(total) != 0 || unitsOf(sums.Paid).Cmp(total) != 0 {
		t.Fatalf("paid is not free + held + given back: %+v", sums)
	}
	for _, m := range []refund.Money{sums.Available, sums.Disputed, sums.Returned, sums.Excess, sums.Refundable} {
		if m.Sign() < 0 {
			t.Fatalf("totals are %+v", sums)
		}
	}
}

// A tampering changes the events of books, read as plain JSON.
func tamper(t *rapid.T, events []any) []any {
	if len(events) == 0 {
		return events
	}
	one := func(label string) int { return rapid.IntRange(0, len(events)-1).Draw(t, label) }
	i, j := one("event"), one("other event")
	clone := func(v any) any {
		var c any
		text, err := json.Marshal(v)
		if err == nil {
			err = json.Unmarshal(text, &c)
		}
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	raise := func(v any) {
		if amount, ok := v.(map[string]any)["amount"].(map[string]any); ok {
			text := amount["amount"].(string)
			amount["amount"] = rapid.SampledFrom([]string{"1" + text, "-" + text, "0", text + "0", strings.Replace(text, "1", "9", 1)}).Draw(t, "amount")
		}
	}
	e := events[i].(map[string]any)
	shares, _ := e["shares"].([]any)
	switch rapid.IntRange(0, 9).Draw(t, "tampering") {
	case 0:
		return slices.Delete(events, i, i+1)
	case 1:
		return slices.Insert(events, j, clone(events[i]))
	case 2:
		events[i], events[j] = events[j], events[i]
	case 3:
		raise(e)
	case 4: // refund and share are raised together
		if raise(e); len(shares) == 1 {
			shares[0].(map[string]any)["amount"] = clone(e["amount"])
		}
	case 5:
		if len(shares) > 1 {
			a, b := shares[0].(map[string]any), shares[1].(map[string]any)
			a["payment"], b["payment"] = b["payment"], a["payment"]
		}
	case 6:
		if len(shares) > 1 {
			e["shares"] = shares[1:]
		}
	case 7:
		e["id"] = events[j].(map[string]any)["id"]
	case 8:
		e["kind"] = rapid.SampledFrom([]string{"paid", "posted", "submitted", "settled", "failed", "disputed", "won", "lost"}).Draw(t, "kind")
	case 9: // the same refund once more, under another key
		c := clone(e).(map[string]any)
		c["id"] = "another"
		if rapid.Bool().Draw(t, "another decision") {
			c["decision"] = strings.Repeat("f", 64)
		}
		return append(events, c)
	}
	return events
}

// Books that somebody has altered are refused, or are other books that are lawful: never
// some that give back too much.
func TestTamperedBooks(t *testing.T) {
	property := func(t *rapid.T) map[string]int {
		text, err := anyBooks.Draw(t, "books").MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var plain struct {
			Subscription any   `json:"subscription"`
			Price        any   `json:"price"`
			Events       []any `json:"events"`
		}
		if err := json.Unmarshal(text, &plain); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 3).Draw(t, "tamperings") {
			plain.Events = tamper(t, plain.Events)
		}
		altered, err := json.Marshal(plain)
		if err != nil {
			t.Fatal(err)
		}
		l, err := decodeLedger(altered)
		if err != nil {
			if !l.Equal(ledger.Ledger{}) {
				t.Fatalf("books beside %v", err)
			}
			return map[string]int{"refused": 1}
		}
		lawful(t, l)
		if posted := len(l.Refunds()); posted > 0 {
			return map[string]int{"lawful": 1}
		}
		return nil
	}
	rapid.Check(t, func(t *rapid.T) { property(t) })
	hits := map[string]int{}
	counted := rapid.Custom(func(t *rapid.T) (hits map[string]int) {
		defer func() { // an example that fails would be drawn again, and not be told
			if failure := recover(); failure != nil {
				hits = map[string]int{fmt.Sprint("failed: ", failure): 1}
			}
		}()
		return property(t)
	})
	for seed := range 150 {
		for hit, n := range counted.Example(seed + 1) {
			hits[hit] += n
		}
	}
	if hits["refused"] < 20 || hits["lawful"] < 10 || len(hits) > 2 {
		t.Errorf("met %v", hits)
	}
}

// FuzzDecodeLedger takes books through all that can be done with them.
func FuzzDecodeLedger(f *testing.F) {
	// An event of every kind, and every field.
	f.Add([]byte(ledgerText))
	// No events, and no list of them.
	f.Add([]byte(`{"subscription":"S","price":{"amount":"0","currency":"JPY"},"events":[]}`))
	f.Add([]byte(`{"subscription":"S","price":{"amount":"0","currency":"JPY"}}`))
	// The failure first, and the refund again.
	f.Add([]byte(testkit.Edit(f, ledgerText, `"kind":"settled"`, `"kind":"failed"`)))
	// A refund of more than the price, of the price, and below nothing.
	f.Add([]byte(strings.ReplaceAll(ledgerText, `"60.00"`, `"100.01"`)))
	f.Add([]byte(strings.ReplaceAll(ledgerText, `"60.00"`, `"100.00"`)))
	f.Add([]byte(strings.ReplaceAll(ledgerText, `"60.00"`, `"-60.00"`)))
	// Long amounts, and another currency.
	f.Add([]byte(strings.ReplaceAll(ledgerText, `"100.00"`, `"99999999999999999999999999999999.99"`)))
	f.Add([]byte(strings.ReplaceAll(strings.ReplaceAll(ledgerText, `USD`, `JPY`), `.00"`, `"`)))
	// A field given twice, null, and a name that is escaped.
	f.Add([]byte(testkit.Edit(f, ledgerText, `"kind":"won"`, `"kind":"won","kind":"lost"`)))
	f.Add([]byte(testkit.Edit(f, ledgerText, `"method":"visa 4242"`, `"method":null`)))
	f.Add([]byte(testkit.Edit(f, ledgerText, `"method":"visa`, `"m\u0065thod":"\u0000`)))
	// Two shares, on two payments and on one.
	two := testkit.Edit(f, ledgerText, `"shares":[`, `"shares":[{"payment":"P-2","amount":{"amount":"1.00","currency":"USD"}},`, `{"kind":"paid"`,
		`{"kind":"paid","at":"2026-03-02T10:00:00Z","id":"P-2","amount":{"amount":"9.00","currency":"USD"}},{"kind":"paid"`)
	f.Add([]byte(strings.Replace(two, `"60.00"`, `"61.00"`, 1)))
	f.Add([]byte(strings.ReplaceAll(strings.Replace(two, `"60.00"`, `"61.00"`, 1), `P-2`, `P-1`)))
	// Text after the object, and an object that does not end.
	f.Add([]byte(ledgerText + "{}"))
	f.Add([]byte(ledgerText[:len(ledgerText)-1]))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := decodeLedger(text)
		if err != nil {
			if len(testkit.Paths(err)) == 0 || !l.Equal(ledger.Ledger{}) {
				t.Errorf("version %d beside %v", l.Version(), err)
			}
			return
		}
		if !json.Valid(text) || !utf8.Valid(text) {
			t.Fatal("accepted, and no JSON")
		}
		lawful(t, l)
		written, err := l.MarshalJSON()
		if err != nil {
			if slices.Equal(testkit.Paths(err), whole) && len(text) > 1<<20/6 {
				return // longer than its source: escapes may be
			}
			t.Fatalf("read, and not written: %v", err)
		}
		back, err := decodeLedger(written)
		if err != nil || !back.Equal(l) {
			t.Fatalf("written, and not read: %v\n%s", err, written)
		}
		if again, err := back.MarshalJSON(); err != nil || !bytes.Equal(again, written) {
			t.Errorf("written again: %v\n%s\n%s", err, written, again)
		}
	})
}
