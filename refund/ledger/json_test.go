package ledger_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// The digest of the decision, and the key of the instruction, in ledgerText.
const (
	spent       = "0100000000000000000000000000000000000000000000000000000000000000"
	instruction = "49a7ce5450f56308be25ff9be68cc2f558d24457e3f19689d769c0f18e7bd81d"
)

// ledgerText is the JSON of books with an event of every kind and every field.
const ledgerText = `{"subscription":"SUB-1","price":{"amount":"100.00","currency":"USD"},"events":[` +
	`{"kind":"paid","at":"2026-03-02T10:00:00Z","id":"P-1","amount":{"amount":"100.00","currency":"USD"},"method":"visa 4242"},` +
	`{"kind":"posted","at":"2026-03-03T10:00:00Z","id":"R-1","amount":{"amount":"60.00","currency":"USD"},"decision":"` + spent + `",` +
	`"shares":[{"payment":"P-1","amount":{"amount":"60.00","currency":"USD"}}]},` +
	`{"kind":"submitted","at":"2026-03-04T10:00:00Z","id":"` + instruction + `"},` +
	`{"kind":"settled","at":"2026-03-05T10:00:00Z","id":"` + instruction + `"},` +
	`{"kind":"disputed","at":"2026-03-06T10:00:00Z","id":"D-1","amount":{"amount":"30.00","currency":"USD"},"payment":"P-1"},` +
	`{"kind":"won","at":"2026-03-07T10:00:00Z","id":"D-1"},` +
	`{"kind":"disputed","at":"2026-03-08T10:00:00Z","id":"D-2","amount":{"amount":"5.00","currency":"USD"},"payment":"P-1"},` +
	`{"kind":"lost","at":"2026-03-09T10:00:00Z","id":"D-2","amount":{"amount":"4.00","currency":"USD"}},` +
	`{"kind":"failed","at":"2026-03-10T10:00:00.5Z","id":"` + instruction + `"},` +
	`{"kind":"refunded","at":"2026-03-11T10:00:00Z","id":"F-1","amount":{"amount":"60.00","currency":"USD"},"payment":"P-1","key":"` + instruction + `","reason":"dashboard"},` +
	`{"kind":"refund_failed","at":"2026-03-12T10:00:00Z","id":"F-1"},` +
	`{"kind":"reversed","at":"2026-03-13T10:00:00Z","id":"V-1","amount":{"amount":"1.00","currency":"USD"},"payment":"P-1","refund":"F-2"}]}`

func readLedger(text string) error {
	l, err := decodeLedger(exactly(text))
	return half(l.Equal(ledger.Ledger{}), err)
}

func books(t testing.TB, text string) ledger.Ledger {
	t.Helper()
	l, err := decodeLedger([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLedgerText(t *testing.T) {
	l := books(t, ledgerText)
	if l.SubscriptionID() != "SUB-1" || l.Version() != 12 || l.Price().String() != "100.00 USD" {
		t.Errorf("%q at %v, version %d", l.SubscriptionID(), l.Price(), l.Version())
	}
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	at := func(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, time.UTC) }
	want := []ledger.Event{
		{Kind: ledger.EventPaid, At: at(2), ID: "P-1", Amount: usd("100.00"), Method: "visa 4242"},
		{Kind: ledger.EventPosted, At: at(3), ID: "R-1", Amount: usd("60.00"), Decision: refund.Digest{1}, Shares: []ledger.Share{{Payment: "P-1", Amount: usd("60.00")}}},
		{Kind: ledger.EventSubmitted, At: at(4), ID: instruction},
		{Kind: ledger.EventSettled, At: at(5), ID: instruction},
		{Kind: ledger.EventDisputed, At: at(6), ID: "D-1", Amount: usd("30.00"), Payment: "P-1"},
		{Kind: ledger.EventWon, At: at(7), ID: "D-1"},
		{Kind: ledger.EventDisputed, At: at(8), ID: "D-2", Amount: usd("5.00"), Payment: "P-1"},
		{Kind: ledger.EventLost, At: at(9), ID: "D-2", Amount: usd("4.00")},
		{Kind: ledger.EventFailed, At: at(10).Add(time.Second / 2), ID: instruction},
		{Kind: ledger.EventRefunded, At: at(11), ID: "F-1", Amount: usd("60.00"), Payment: "P-1", Key: instruction, Reason: "dashboard"},
		{Kind: ledger.EventRefundFailed, At: at(12), ID: "F-1"},
		{Kind: ledger.EventReversed, At: at(13), ID: "V-1", Amount: usd("1.00"), Payment: "P-1", Refund: "F-2"},
	}
	if diff := cmp.Diff(want, l.Events()); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	text, err := l.MarshalJSON()
	if err != nil || string(text) != ledgerText {
		t.Errorf("%v: written as\n%s", err, text)
	}
	// The same text indented by encoding/json, with the fields in another order.
	var any map[string]any
	if err := json.Unmarshal([]byte(ledgerText), &any); err != nil {
		t.Fatal(err)
	}
	indented, err := json.MarshalIndent(any, "", "\t")
	if err != nil || !books(t, string(indented)).Equal(l) {
		t.Errorf("other books from\n%s", indented)
	}
	empty := `{"subscription":"SUB-1","price":{"amount":"0","currency":"JPY"},"events":[]}`
	if l := books(t, empty); l.Version() != 0 || l.Price().String() != "0 JPY" {
		t.Errorf("%v at version %d", l.Price(), l.Version())
	}
	if text, err := books(t, empty).MarshalJSON(); err != nil || string(text) != empty {
		t.Errorf("%v: written as %s", err, text)
	}
}

func TestDecodeLedgerRefuses(t *testing.T) {
	const (
		paid   = `"kind":"paid"`
		method = `"method":"visa 4242"`
		digest = `"decision":"` + spent + `"`
		shares = `"shares":[{"payment":"P-1","amount":{"amount":"60.00","currency":"USD"}}]`
		won    = `{"kind":"won","at":"2026-03-07T10:00:00Z","id":"D-1"}`
		claim  = `"id":"D-2","amount":{"amount":"5.00","currency":"USD"}`
		price  = `"price":{"amount":"100.00","currency":"USD"}`
		id     = `"subscription":"SUB-1"`
		at     = `"at":"2026-03-02T10:00:00Z"`
		first  = `{"kind":"paid","at":"2026-03-02T10:00:00Z","id":"P-1","amount":{"amount":"100.00","currency":"USD"},"method":"visa 4242"}`
	)
	events := ledgerText[strings.Index(ledgerText, `"events":`) : len(ledgerText)-1]
	runRows(t, ledgerText, []row{
		{"the unedited books", nil, ok},

		{"no text", []string{ledgerText, ``}, whole},
		{"null", []string{ledgerText, `null`}, whole},
		{"a list", []string{ledgerText, `[]`}, whole},
		{"text after the object", []string{ledgerText, ledgerText + `{}`}, whole},
		{"an object that does not end", []string{`"}]}`, `"}]`}, whole},
		{"the empty object", []string{ledgerText, `{}`}, []string{"events"}},
		{"events alone: the missing fields are reported", []string{id + "," + price + ",", ``}, []string{"subscription", "price"}},

		{"a field that is unknown to books", []string{id, id + `,"paid":1`}, []string{"paid"}},
		{"names of fields are case-sensitive", []string{`"events"`, `"Events"`}, []string{"Events", "events"}},
		{"a field that is unknown to an event", []string{method, method + `,"vat":"x"`}, []string{"events[0].vat"}},
		{"a field that is unknown to a share", []string{shares, `"shares":[{"payment":"P-1","amount":{"amount":"60.00","currency":"USD"},"key":"x"}]`}, []string{"events[1].shares[0].key"}},
		{"a field that is unknown to an amount", []string{price, `"price":{"amount":"100.00","currency":"USD","vat":1}`}, []string{"price.vat"}},
		{"an unknown name that is not an identifier is not quoted", []string{won, `{"kind":"won","at":"2026-03-07T10:00:00Z","id":"D-1","\u0000":1}`}, []string{"events[5].…"}},

		{"each field of books twice", []string{events, events + `,"events":[],"subscription":"SUB-1",` + price}, []string{"events", "price", "subscription"}},
		{"each field of an event twice", []string{first, first[:len(first)-1] + "," + first[1:]},
			[]string{"events[0].amount", "events[0].at", "events[0].id", "events[0].kind", "events[0].method"}},
		{"a payment twice", []string{claim, claim + `,"payment":"P-1"`}, []string{"events[6].payment"}},
		{"decision and shares twice", []string{shares, shares + `,` + digest + `,` + shares}, []string{"events[1].decision", "events[1].shares"}},
		{"fields of a share twice", []string{shares, `"shares":[{"payment":"P-1","amount":{"amount":"60.00","currency":"USD"},"amount":1,"payment":2}]`}, []string{"events[1].shares[0].amount", "events[1].shares[0].payment"}},

		{"null for a text", []string{id, `"subscription":null`}, []string{"subscription"}},
		{"null for an amount", []string{price, `"price":null`}, []string{"price"}},
		{"null for the events", []string{events, `"events":null`}, []string{"events"}},
		{"null for an event", []string{first, `null`}, []string{"events[0]"}},
		{"null for each field of an event", []string{first, `{"kind":null,"at":null,"id":null,"amount":null,"method":null,"payment":null,"key":null,"reason":null,"refund":null,"dispute":null,"decision":null,"shares":null}`},
			[]string{"events[0].amount", "events[0].at", "events[0].decision", "events[0].dispute", "events[0].id", "events[0].key", "events[0].kind", "events[0].method", "events[0].payment", "events[0].reason", "events[0].refund", "events[0].shares"}},
		{"null for a share", []string{shares, `"shares":[null]`}, []string{"events[1].shares[0]"}},
		{"null for each field of a share", []string{shares, `"shares":[{"payment":null,"amount":null}]`}, []string{"events[1].shares[0].amount", "events[1].shares[0].payment"}},

		{"numbers for texts", []string{id, `"subscription":1`, method, `"method":4242`}, []string{"subscription", "events[0].method"}},
		{"a number for an amount", []string{price, `"price":100.00`}, []string{"price"}},
		{"a number within an amount", []string{price, `"price":{"amount":100.00,"currency":"USD"}`}, []string{"price.amount"}},
		{"an object for the events", []string{events, `"events":{}`}, []string{"events"}},
		{"a text for an event", []string{won, `"won"`}, []string{"events[5]"}},
		{"an object for the shares", []string{shares, `"shares":{}`}, []string{"events[1].shares"}},
		{"a text for a share", []string{shares, `"shares":["P-1"]`}, []string{"events[1].shares[0]"}},
		{"true for an instant", []string{at, `"at":true`}, []string{"events[0].at"}},
		{"seconds for an instant", []string{at, `"at":1772445600`}, []string{"events[0].at"}},

		{"an unknown kind", []string{paid, `"kind":"Paid"`}, []string{"events[0].kind"}},
		{"a kind by its number", []string{paid, `"kind":1`}, []string{"events[0].kind"}},
		{"a day for an instant", []string{at, `"at":"2026-03-02"`}, []string{"events[0].at"}},
		{"a digest in capitals", []string{digest, `"decision":"` + strings.Repeat("AB", 32) + `"`}, []string{"events[1].decision"}},
		{"a digest that is too short", []string{digest, `"decision":"` + spent[2:] + `"`}, []string{"events[1].decision"}},
		{"an amount with more decimals than cents have", []string{claim, `"id":"D-2","amount":{"amount":"5.001","currency":"USD"}`}, []string{"events[6].amount.amount"}},
		{"an amount in an unknown currency", []string{claim, `"id":"D-2","amount":{"amount":"5.00","currency":"DOL"}`}, []string{"events[6].amount.currency"}},
		{"an amount of 35 digits", []string{price, `"price":{"amount":"99999999999999999999999999999999999","currency":"USD"}`}, []string{"price.amount"}},
		{"an empty amount", []string{price, `"price":{}`}, []string{"price.amount", "price.currency"}},
		{"all faults of a text at once", []string{id, `"subscription":1`, paid, `"kind":"x"`, won, `{"kind":"won","at":"x","id":"D-1","x":1}`}, []string{"subscription", "events[0].kind", "events[5].at", "events[5].x"}},

		// The text has no fault, and Restore finds one.
		{"no subscription", []string{id + `,`, ``}, []string{"subscription"}},
		{"an empty subscription", []string{id, `"subscription":""`}, []string{"subscription"}},
		{"no price", []string{price + `,`, ``}, []string{"price"}},
		{"a negative price", []string{price, `"price":{"amount":"-1","currency":"USD"}`}, []string{"price"}},
		{"another currency than the payment's", []string{price, `"price":{"amount":"100","currency":"JPY"}`}, []string{"events[0].amount"}},
		{"a lower price than the refund", []string{price, `"price":{"amount":"59.99","currency":"USD"}`}, []string{"events[1]"}},
		{"an empty event", []string{won, `{}`}, []string{"events[5].at", "events[5].id", "events[5].kind"}},
		{"an empty text is the same as a missing one", []string{won, `{"kind":"","at":"","id":"","method":"","payment":"","key":"","reason":"","refund":"","dispute":"","decision":""}`}, []string{"events[5].at", "events[5].id", "events[5].kind"}},
		{"a method in an event without a method", []string{won, `{"kind":"won","at":"2026-03-07T10:00:00Z","id":"D-1","method":"visa"}`}, []string{"events[5].method"}},
		{"no shares", []string{shares, `"shares":[]`}, []string{"events[1].shares"}},
		{"an empty share", []string{shares, `"shares":[{}]`}, []string{"events[1].shares[0].amount", "events[1].shares[0].payment"}},
		{"a share of another payment", []string{shares, `"shares":[{"payment":"P-2","amount":{"amount":"60.00","currency":"USD"}}]`}, []string{"events[1]"}},
		{"an event without an effect", []string{won, won + `,` + won}, []string{"events[6]"}},
		{"only the first broken event is reported", []string{won, `{"kind":"won","at":"2026-03-07T10:00:00Z","id":"D-9"}`, claim, `"id":"D-2","amount":{"amount":"500.00","currency":"USD"}`}, []string{"events[5]"}},
		{"faults of the text hide those of the books", []string{won, `{"kind":"won","at":"2026-03-07T10:00:00Z","id":"D-9"}`, method, `"method":1`}, []string{"events[0].method"}},
	}, readLedger)
}

func TestLedgerBounds(t *testing.T) {
	event := func(i int) string {
		return fmt.Sprintf(`{"kind":"paid","at":"2026-03-02T10:00:00Z","id":"P-%d","amount":{"amount":"1.00","currency":"USD"}}`, i)
	}
	many := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, event(i))
		}
		return `{"subscription":"SUB-1","price":{"amount":"100.00","currency":"USD"},"events":[` + strings.Join(list, ",") + `]}`
	}
	full := many(ledger.MaxEvents)
	if l := books(t, full); l.Version() != ledger.MaxEvents {
		t.Errorf("version %d", l.Version())
	}
	// Facts have no bound, neither by their number nor by their bytes.
	testkit.WantPaths(t, readLedger(many(ledger.MaxEvents+500)), ok...)
	testkit.WantPaths(t, readLedger(full+strings.Repeat(" ", 1<<20)), ok...)
	testkit.WantPaths(t, readLedger(`{"x":`+strings.Repeat("[", 64)), whole...)
	if paths := testkit.Paths(readLedger(strings.Replace(full, `]}`, `,`+strings.Repeat(`7,`, 3000)+`7]}`, 1))); len(paths) == 0 || len(paths) > 1001 || paths[0] != "events[2000]" {
		t.Errorf("%d faults", len(paths))
	}
	long := must(t)(ledger.New("SUB-1", usd("1.00"), ledger.Payment{ID: "P-1", At: day(2), Amount: usd("1.00"), Method: strings.Repeat("x", 1<<20)}))
	text, err := long.MarshalJSON()
	if back, errBack := decodeLedger(text); err != nil || errBack != nil || !back.Equal(long) {
		t.Errorf("written and read: %v, %v", err, errBack)
	}
}

func TestAppendLedgerRefuses(t *testing.T) {
	usd := refund.MustMoney("100.00", "USD")
	payment := ledger.Payment{ID: "P-1", At: time.Unix(0, 0), Amount: usd}
	made := func(l ledger.Ledger, err error) ledger.Ledger {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	with := func(change func(*ledger.Payment)) ledger.Ledger {
		p := payment
		change(&p)
		return made(ledger.New("SUB-1", usd, payment, p))
	}
	posted := func(refundID, paymentID string) ledger.Ledger {
		return made(ledger.Restore("SUB-1", usd, []ledger.Event{
			{Kind: ledger.EventPaid, At: payment.At, ID: paymentID, Amount: usd},
			{Kind: ledger.EventPosted, At: payment.At, ID: refundID, Amount: usd, Decision: refund.Digest{1}, Shares: []ledger.Share{{Payment: paymentID, Amount: usd}}},
		}))
	}
	for _, r := range []struct {
		why   string
		l     ledger.Ledger
		paths []string
	}{
		{"good ones", with(func(p *ledger.Payment) { p.ID = "é" }), ok},
		{"the zero Ledger", ledger.Ledger{}, []string{"ledger"}},
		{"a subscription that is not valid UTF-8", made(ledger.New("\xff", usd)), []string{"subscription"}},
		{"an id that is not valid UTF-8", with(func(p *ledger.Payment) { p.ID = "\xff" }), []string{"events[1].id"}},
		{"an id and a method that are not valid UTF-8", with(func(p *ledger.Payment) { p.ID, p.Method = "\xff", "é\xc3" }), []string{"events[1].id", "events[1].method"}},
		{"a refund's key that is not valid UTF-8", posted("\xff", "P-1"), []string{"events[1].id"}},
		{"a payment's id that is not valid UTF-8, in each event", made(posted("R-1", "\xff").RecordDispute(ledger.Dispute{ID: "D-1", Payment: "\xff", Amount: usd, At: payment.At})),
			[]string{"events[0].id", "events[1].shares[0].payment", "events[2].payment"}},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			text, err := r.l.MarshalJSON()
			if testkit.WantPaths(t, err, r.paths...); (text == nil) != (r.paths != nil) {
				t.Errorf("%q beside %v", text, err)
			}
		})
	}
}

// A host's own struct can hold books.
func TestLedgerInAStruct(t *testing.T) {
	type account struct {
		Name  string          `json:"name"`
		Books ledger.Ledger   `json:"books,omitzero"`
		Old   []ledger.Ledger `json:"old,omitempty"`
		More  *ledger.Ledger  `json:"more,omitempty"`
	}
	text := `{"name":"Park","books":` + ledgerText + `,"old":[` + ledgerText + `]}`
	var a account
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatal(err)
	}
	if l := a.Books; !l.Equal(books(t, ledgerText)) || !a.Old[0].Equal(l) || a.More != nil {
		t.Errorf("read version %d", l.Version())
	}
	back, err := json.Marshal(a)
	if err != nil || string(back) != text {
		t.Errorf("%v: written as %s", err, back)
	}
	err = json.Unmarshal([]byte(`{"books":null}`), &a)
	if testkit.WantPaths(t, err, whole...); a.Books.Version() != 12 {
		t.Errorf("null left version %d", a.Books.Version())
	}
	err = json.Unmarshal([]byte(`{"books":{"subscription":"SUB-1","events":[{"kind":"x"}]}}`), &a)
	if testkit.WantPaths(t, err, "events[0].at", "events[0].id", "events[0].kind"); a.Books.Version() != 12 {
		t.Errorf("an error left version %d", a.Books.Version())
	}
	if back, err := json.Marshal(account{Name: "Park"}); err != nil || string(back) != `{"name":"Park"}` {
		t.Errorf("no books are %s, %v", back, err)
	}
	if _, err := json.Marshal(struct{ Books ledger.Ledger }{}); err == nil {
		t.Error("the zero Ledger is written")
	}
}
