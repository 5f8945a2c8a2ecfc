package ledger_test

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// anyBooks draws random events, and returns books with those that were accepted.
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
		e := ledger.Event{Kind: rapid.SampledFrom(append(kinds, ledger.EventPosted, ledger.EventPosted, ledger.EventPaid, ledger.EventPaid)).Draw(t, "kind"), At: anyInstant(t, "at", anyStart.Draw(t, "about")), ID: name("id")}
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
		case ledger.EventReversed:
			e.Payment, e.Amount, e.Refund, e.Dispute = name("payment"), amount("reversed"), anyText.Draw(t, "refund"), rapid.SampledFrom(append(names, "")).Draw(t, "dispute")
		case ledger.EventRefunded:
			e.Payment, e.Amount, e.Reason = rapid.SampledFrom(append(names, "")).Draw(t, "payment"), amount("refunded"), anyText.Draw(t, "reason")
			if list := l.Outstanding(); len(list) > 0 && rapid.Bool().Draw(t, "by key") {
				e.Payment, e.Amount, e.Key = "", list[0].Amount, list[0].Key
			}
		case ledger.EventLost:
			e.Amount = amount("lost")
		case ledger.EventWon, ledger.EventRefundFailed:
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

// lawful applies the events of books to the model. It fails if the model refuses one of
// them, or if its totals differ.
func lawful(t rapid.TB, l ledger.Ledger) {
	t.Helper()
	units := func(m refund.Money) int64 {
		n, err := m.MinorUnits()
		if err != nil {
			return -1
		}
		return n
	}
	tooLarge := func(m refund.Money) bool { n := units(m); return n < 0 || n > 1<<50 } // so that sums fit
	events := l.Events()
	instants := []time.Time{}
	for _, e := range events {
		instants = append(instants, e.At)
		if tooLarge(e.Amount) && !e.Amount.IsZero() {
			return // too large for the model
		}
	}
	if tooLarge(l.Price()) {
		return
	}
	slices.SortFunc(instants, time.Time.Compare)
	m := model{price: units(l.Price())}
	for i, e := range events {
		at, _ := slices.BinarySearchFunc(instants, e.At, time.Time.Compare)
		f := fact{what: e.Kind.String(), id: e.ID, at: at, method: e.Method, payment: e.Payment, key: e.Key, reason: e.Reason, refund: e.Refund, disputed: e.Dispute}
		if !e.Amount.IsZero() {
			f.amount = units(e.Amount)
		}
		verdict := ""
		switch e.Kind {
		case ledger.EventPosted:
			f.posting = &posting{decision: slices.IndexFunc(events, func(d ledger.Event) bool { return d.Decision == e.Decision })}
			of, _ := m.standings()
			room, _ := m.room()
			lawful := f.amount > 0 && f.amount <= room && !m.spent(f.posting.decision)
			r, _ := l.Refund(e.ID)
			for _, s := range r.Shares {
				p := part{s.Payment, units(s.Amount), s.Key}
				lawful = lawful && p.amount > 0 && p.amount <= of[p.payment].available
				f.posting.parts = append(f.posting.parts, p)
			}
			if verdict = "unlawful"; lawful {
				m, verdict = m.and(f), entered
			}
		case ledger.EventSubmitted:
			m, verdict = m.submit(e.ID, at)
		default:
			m, verdict = m.apply(f)
		}
		if verdict != entered {
			t.Fatalf("event %d, %+v: %s", i, e, verdict)
		}
	}
	all, sums := m.sums(), l.Totals()
	room, beyond := m.room()
	got := []int64{units(sums.Paid), units(sums.Returned), units(sums.Disputed), units(sums.Available), units(sums.Excess), units(sums.Room), units(sums.BeyondCap)}
	if want := []int64{all.net(), all.gone() - all.excess, all.disputed, all.available, all.excess, room, beyond}; !slices.Equal(got, want) {
		t.Fatalf("totals are %v, want %v", got, want)
	}
}

// tamper changes the events of books, decoded as plain JSON.
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
		e["kind"] = rapid.SampledFrom([]string{"paid", "reversed", "refunded", "refund_failed", "posted", "submitted", "settled", "failed", "disputed", "won", "lost"}).Draw(t, "kind")
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

// Altered books are refused, or are other books that follow the rules. Books with refunds
// that break a rule are never read.
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
		defer func() { // rapid would draw another example, and not report this one
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

// FuzzDecodeLedger reads books, checks them with the model, and writes and reads them again.
func FuzzDecodeLedger(f *testing.F) {
	// An event of every kind, and every field.
	f.Add([]byte(ledgerText))
	// No events, and no list of them.
	f.Add([]byte(`{"subscription":"S","price":{"amount":"0","currency":"JPY"},"events":[]}`))
	f.Add([]byte(`{"subscription":"S","price":{"amount":"0","currency":"JPY"}}`))
	// The failure first, and the refund again.
	f.Add([]byte(testkit.Edit(f, ledgerText, `"kind":"settled"`, `"kind":"failed"`)))
	// A refund of more than the price, of the price, and of a negative amount.
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
			t.Fatal("accepted, but not valid JSON")
		}
		lawful(t, l)
		written, err := l.MarshalJSON()
		if err != nil {
			if slices.Equal(testkit.Paths(err), whole) && len(text) > 1<<20/6 {
				return // longer than its source: escapes may be
			}
			t.Fatalf("read, but not written: %v", err)
		}
		back, err := decodeLedger(written)
		if err != nil || !back.Equal(l) {
			t.Fatalf("written, but not read: %v\n%s", err, written)
		}
		if again, err := back.MarshalJSON(); err != nil || !bytes.Equal(again, written) {
			t.Errorf("written again: %v\n%s\n%s", err, written, again)
		}
	})
}
