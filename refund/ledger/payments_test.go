package ledger_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestNew(t *testing.T) {
	for _, r := range []struct {
		why   string
		id    string
		price refund.Money
		want  []string // paths
	}{
		{"books need only an id and a price", "SUB-1", usd("100.00"), nil},
		{"a price may be zero", "SUB-1", usd("0.00"), nil},
		{"a price may have as many digits as an input may", "SUB-1", usd("99999999999999999999999999999999.99"), nil},
		{"a price with more digits could be written but not read", "SUB-1", usd("99999999999999999999999999999999.99").Times(10), []string{"price"}},
		{"a negative price", "SUB-1", usd("-0.01"), []string{"price"}},
		{"no price", "SUB-1", refund.Money{}, []string{"price"}},
		{"no id", "", usd("100.00"), []string{"subscription"}},
		{"neither", "", refund.Money{}, []string{"subscription", "price"}},
	} {
		because(t, r.why, func(t *testing.T) {
			books, err := ledger.New(r.id, r.price)
			again, errAgain := ledger.Restore(r.id, r.price, nil)
			if r.want != nil {
				invalidWith(t, r.want...)(books, err)
				invalidWith(t, r.want...)(again, errAgain)
				return
			}
			if err != nil || books.SubscriptionID() != "SUB-1" || !books.Price().Equal(r.price) || books.Version() != 0 || len(books.Events()) != 0 {
				t.Errorf("books of %q at %v, version %d: %v", books.SubscriptionID(), books.Price(), books.Version(), err)
			}
			if errAgain != nil || !again.Equal(books) {
				t.Errorf("restored: %v", errAgain)
			}
			wantFigures(t, books, "0 0 0 0 0 0")
		})
	}
}

func TestNewWithPayments(t *testing.T) {
	one := ledger.Payment{ID: "P-1", At: day(2), Amount: usd("25.00"), Method: "visa 4242"}
	two := ledger.Payment{ID: "P-2", At: day(1), Amount: usd("75.00")}
	books := must(t)(ledger.New("SUB-1", usd("100.00"), one, two, one))
	wantFigures(t, books, "100 0 0 100 0 100")
	got := books.Payments()
	if books.Version() != 2 || len(got) != 2 {
		t.Fatalf("version %d, %d payments", books.Version(), len(got))
	}
	for i, want := range []ledger.Payment{one, two} { // as they were received here
		p := got[i]
		if p.ID != want.ID || !p.At.Equal(want.At) || !p.Amount.Equal(want.Amount) || p.Method != want.Method {
			t.Errorf("payment %d is %+v", i, p)
		}
		if short(p.Available) != short(want.Amount) || short(p.Refunded)+short(p.Lost)+short(p.Disputed) != "000" {
			t.Errorf("payment %d is %+v", i, p)
		}
	}
	invalidWith(t, "payments[1].amount")(ledger.New("SUB-1", usd("100.00"), one, ledger.Payment{ID: "P-2", At: day(2)}))
	refusedWith(t, ledger.ErrConflict)(ledger.New("SUB-1", usd("100.00"), one, ledger.Payment{ID: "P-1", At: day(2), Amount: usd("25.01")}))
}

func TestRecordPayment(t *testing.T) {
	books := opened(t, "100.00", "60.00")
	good := ledger.Payment{ID: "P-2", At: day(5), Amount: usd("10.00"), Method: "visa 4242"}
	with := func(change func(*ledger.Payment)) ledger.Payment {
		p := good
		change(&p)
		return p
	}
	for _, r := range []struct {
		why  string
		p    ledger.Payment
		want []string
	}{
		{"a payment", good, nil},
		{"the method is optional", with(func(p *ledger.Payment) { p.Method = "" }), nil},
		{"it may be earlier than all other events", with(func(p *ledger.Payment) { p.At = day(1).AddDate(-1, 0, 0) }), nil},
		{"it may be more than the price", with(func(p *ledger.Payment) { p.Amount = usd("1000000.00") }), nil},
		{"it may have 34 digits", with(func(p *ledger.Payment) { p.Amount = usd("99999999999999999999999999999999.00") }), nil},
		{"the zero Payment", ledger.Payment{}, []string{"amount", "at", "id"}},
		{"no id", with(func(p *ledger.Payment) { p.ID = "" }), []string{"id"}},
		{"no instant", with(func(p *ledger.Payment) { p.At = time.Time{} }), []string{"at"}},
		{"an instant before the year 1", with(func(p *ledger.Payment) { p.At = time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC) }), []string{"at"}},
		{"an instant in the year 1 that is in the year 0 in UTC", with(func(p *ledger.Payment) { p.At = time.Date(1, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600)) }), []string{"at"}},
		{"the last instant that can be written", with(func(p *ledger.Payment) { p.At = time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC) }), nil},
		{"an instant after the year 9999", with(func(p *ledger.Payment) { p.At = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }), []string{"at"}},
		{"no amount", with(func(p *ledger.Payment) { p.Amount = refund.Money{} }), []string{"amount"}},
		{"an amount of zero", with(func(p *ledger.Payment) { p.Amount = usd("0.00") }), []string{"amount"}},
		{"a negative amount", with(func(p *ledger.Payment) { p.Amount = usd("-0.01") }), []string{"amount"}},
		{"another currency", with(func(p *ledger.Payment) { p.Amount = refund.MustMoney("10.00", "EUR") }), []string{"amount"}},
		{"more digits than an input may have", with(func(p *ledger.Payment) { p.Amount = usd("99999999999999999999999999999999.99").Times(10) }), []string{"amount"}},
	} {
		because(t, r.why, func(t *testing.T) {
			if r.want != nil {
				invalidWith(t, r.want...)(books.RecordPayment(r.p))
				return
			}
			next := must(t)(books.RecordPayment(r.p))
			if next.Version() != 2 || len(next.Payments()) != 2 || !next.Payments()[1].Amount.Equal(r.p.Amount) {
				t.Errorf("version %d, payments %+v", next.Version(), next.Payments())
			}
		})
	}
}

// The path "at" is the same for every event, so the reason names the instant that is missing.
func TestReasonNamesTheMissingInstant(t *testing.T) {
	books := opened(t, "100.00", "60.00")
	_, recording := books.RecordPayment(ledger.Payment{ID: "P-2", Amount: usd("10.00")})
	_, posting := books.Post(decide(t, books, "50.00"), "R-1", ledger.Options{}, time.Time{})
	for want, err := range map[string]error{
		"refund: invalid input: at: is required: the instant of the event":   recording,
		"refund: invalid input: at: is required: the instant of the posting": posting,
	} {
		if err == nil || err.Error() != want {
			t.Errorf("says %v, want %s", err, want)
		}
	}
}

// Reasons are for people, so they have the amounts.
func TestReasonsHaveTheAmounts(t *testing.T) {
	books := opened(t, "100.00", "60.00")
	for _, r := range []struct{ why, amount, currency, want string }{
		{"a negative amount", "-0.01", "USD", "refund: invalid input: amount: -0.01 USD is negative"},
		{"zero", "0.00", "USD", "refund: invalid input: amount: 0.00 USD is not positive"},
		{"another currency", "1", "JPY", "refund: invalid input: amount: is in JPY, not in USD"},
	} {
		because(t, r.why, func(t *testing.T) {
			_, err := books.RecordPayment(ledger.Payment{ID: "P-2", At: day(3), Amount: refund.MustMoney(r.amount, r.currency)})
			if err == nil || err.Error() != r.want {
				t.Errorf("says %v, want %s", err, r.want)
			}
		})
	}
}

func TestRecordPaymentTwice(t *testing.T) {
	first := ledger.Payment{ID: "P-1", At: day(2), Amount: usd("60.00"), Method: "visa 4242"}
	books := must(t)(ledger.New("SUB-1", usd("100.00"), first))
	with := func(change func(*ledger.Payment)) ledger.Payment {
		p := first
		change(&p)
		return p
	}
	addsNothing(t, books)(books.RecordPayment(first))
	addsNothing(t, books)(books.RecordPayment(with(func(p *ledger.Payment) { p.At = day(9) }))) // the instant is not compared
	if at := books.Payments()[0].At; !at.Equal(day(2)) {
		t.Errorf("received at %v", at)
	}
	refusedWith(t, ledger.ErrConflict)(books.RecordPayment(with(func(p *ledger.Payment) { p.Amount = usd("60.01") })))
	refusedWith(t, ledger.ErrConflict)(books.RecordPayment(with(func(p *ledger.Payment) { p.Method = "" })))
	invalidWith(t, "amount")(books.RecordPayment(with(func(p *ledger.Payment) { p.Amount = usd("0.00") })))
}

func TestZeroLedger(t *testing.T) {
	var zero ledger.Ledger
	if zero.SubscriptionID() != "" || zero.Version() != 0 || !zero.Price().IsZero() || zero.Events() != nil ||
		zero.Payments() != nil || zero.Refunds() != nil || zero.Disputes() != nil ||
		zero.OutsideRefunds() != nil || zero.Reversals() != nil || zero.Outstanding() != nil || zero.Alerts() != nil || !zero.Totals().Paid.IsZero() {
		t.Errorf("the zero Ledger says %+v", zero.Totals())
	}
	if r, found := zero.Refund("R-1"); found || r.Key != "" {
		t.Errorf("the zero Ledger has the refund %+v", r)
	}
	books := opened(t, "100.00", "100.00")
	d := decide(t, books, "60.00")
	ops := map[string]func() (ledger.Ledger, error){
		"RecordPayment": func() (ledger.Ledger, error) {
			return zero.RecordPayment(ledger.Payment{ID: "P-1", At: day(2), Amount: usd("1.00")})
		},
		"Post":   func() (ledger.Ledger, error) { return zero.Post(d, "R-1", ledger.Options{}, day(12)) },
		"Submit": func() (ledger.Ledger, error) { return zero.Submit("K", day(12)) },
		"Settle": func() (ledger.Ledger, error) { return zero.Settle("K", day(12)) },
		"Fail":   func() (ledger.Ledger, error) { return zero.Fail("K", day(12)) },
		"Record": func() (ledger.Ledger, error) {
			return zero.Record(ledger.Event{Kind: ledger.EventWon, At: day(12), ID: "D-1"})
		},
		"RecordReversal": func() (ledger.Ledger, error) {
			return zero.RecordReversal(ledger.Reversal{ID: "V-1", At: day(2), Payment: "P-1", Amount: usd("1.00")})
		},
		"RecordRefund": func() (ledger.Ledger, error) {
			return zero.RecordRefund(ledger.OutsideRefund{ID: "F-1", At: day(2), Amount: usd("1.00")})
		},
		"FailRefund":  func() (ledger.Ledger, error) { return zero.FailRefund("F-1", day(12)) },
		"WinDispute":  func() (ledger.Ledger, error) { return zero.WinDispute("D-1", day(12)) },
		"LoseDispute": func() (ledger.Ledger, error) { return zero.LoseDispute("D-1", usd("1.00"), day(12)) },
		"RecordDispute": func() (ledger.Ledger, error) {
			return zero.RecordDispute(ledger.Dispute{ID: "D-1", Payment: "P-1", Amount: usd("1.00"), At: day(2)})
		},
	}
	for name, op := range ops {
		t.Run(name, func(t *testing.T) { invalidWith(t, "ledger")(op()) })
	}
	invalidWith(t, "ledger", "decision", "key", "order", "at")(zero.Post(decision.Decision{}, "", ledger.Options{Order: 9}, time.Time{}))
	_, err := zero.Subscription(sold(usd("100.00")))
	wantPaths(t, err, "subscription.id", "subscription.price")
	_, err = zero.Subscription(refund.Subscription{})
	if err == nil {
		t.Error("the zero Subscription is that of the zero Ledger")
	}
	if zero.Equal(books) || books.Equal(zero) || !zero.Equal(ledger.Ledger{}) {
		t.Error("the zero Ledger equals another, or not itself")
	}
}

func TestSubscription(t *testing.T) {
	books, keys := refunded(t, opened(t, "100.00", "25.00", "75.00"), "60.00", "R-1")
	full := sold(usd("100.00"))
	full.Paid, full.Refunded = usd("1.00"), usd("2.00")
	other := full
	other.ID = "SUB-2"
	dearer := full
	dearer.Price = usd("100.01")
	for _, r := range []struct {
		why            string
		books          ledger.Ledger
		s              refund.Subscription
		paid, refunded string
		want           []string
	}{
		{"paid and refunded are those of the books, whatever the subscription has", books, full, "100.00", "60.00", nil},
		{"no refund", opened(t, "100.00", "30.00"), full, "30.00", "0.00", nil},
		{"no payment", opened(t, "100.00"), full, "0.00", "0.00", nil},
		{"a failed share was not refunded", must(t)(books.Fail(keys[0], day(13))), full, "100.00", "35.00", nil},
		{"a lost dispute counts as refunded", lost(t, disputed(t, books, "D-1", "P-2", "10.00"), "D-1", "10.00", 14), full, "100.00", "70.00", nil},
		{"an open dispute does not count as refunded", disputed(t, books, "D-1", "P-2", "10.00"), full, "100.00", "60.00", nil},
		{"the excess of a lost dispute counts as refunded", lost(t, disputed(t, books, "D-1", "P-2", "75.00"), "D-1", "75.00", 14), full, "100.00", "100.00", nil},
		{"refunded is never more than paid", lost(t, disputed(t, lost(t, disputed(t, books, "D-1", "P-2", "75.00"), "D-1", "75.00", 14), "D-2", "P-1", "25.00"), "D-2", "25.00", 14), full, "100.00", "100.00", nil},
		{"another subscription", books, other, "", "", []string{"subscription.id"}},
		{"another price", books, dearer, "", "", []string{"subscription.price"}},
		{"the zero Subscription", books, refund.Subscription{}, "", "", []string{"subscription.id", "subscription.price"}},
	} {
		because(t, r.why, func(t *testing.T) {
			got, err := r.books.Subscription(r.s)
			if r.want != nil {
				wantPaths(t, err, r.want...)
				if got.ID != "" {
					t.Errorf("%+v beside %v", got, err)
				}
				return
			}
			if err != nil || got.Paid.Amount() != r.paid || got.Refunded.Amount() != r.refunded || got.Account != "ACC-7" || !got.Start.Equal(r.s.Start) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestLedgerEqual(t *testing.T) {
	base := opened(t, "100.00", "60.00", "40.00")
	elsewhere := must(t)(ledger.New("SUB-2", usd("100.00"), paymentsOf(base)...))
	dearer := must(t)(ledger.New("SUB-1", usd("101.00"), paymentsOf(base)...))
	later := paymentsOf(base)
	later[1].At = later[1].At.Add(time.Nanosecond)
	zoned := paymentsOf(base)
	zoned[1].At = zoned[1].At.In(time.FixedZone("east", 3600))
	for _, r := range []struct {
		why   string
		other ledger.Ledger
		want  bool
	}{
		{"itself", base, true},
		{"made again", opened(t, "100.00", "60.00", "40.00"), true},
		{"the same instants in other locations", must(t)(ledger.New("SUB-1", usd("100.00"), zoned...)), true},
		{"another instant", must(t)(ledger.New("SUB-1", usd("100.00"), later...)), false},
		{"another subscription", elsewhere, false},
		{"another price", dearer, false},
		{"one event fewer", opened(t, "100.00", "60.00"), false},
		{"one more", opened(t, "100.00", "60.00", "40.00", "1.00"), false},
		{"another amount", opened(t, "100.00", "60.00", "40.01"), false},
	} {
		because(t, r.why, func(t *testing.T) {
			if base.Equal(r.other) != r.want || r.other.Equal(base) != r.want {
				t.Errorf("equal: %v", !r.want)
			}
		})
	}
}

func paymentsOf(books ledger.Ledger) (list []ledger.Payment) {
	for _, p := range books.Payments() {
		list = append(list, p.Payment)
	}
	return list
}

// No error quotes a text from a customer or a gateway.
func TestErrorsQuoteNoIds(t *testing.T) {
	const secret = "s3cret"
	payment := ledger.Payment{ID: secret + "p", At: day(2), Amount: usd("100.00"), Method: secret + "m"}
	books := must(t)(ledger.New(secret, usd("100.00"), payment))
	other := opened(t, "100.00", "100.00")
	d := decide(t, other, "60.00")
	_, post := books.Post(d, secret+"k", ledger.Options{}, day(3))
	payment.Amount = usd("1.00")
	_, conflict := books.RecordPayment(payment)
	_, unknown := books.RecordDispute(ledger.Dispute{ID: secret + "d", Payment: secret + "q", Amount: usd("1.00"), At: day(3)})
	_, reversal := books.RecordReversal(ledger.Reversal{ID: secret + "v", Payment: secret + "q", Amount: usd("1.00"), At: day(3)})
	_, outside := books.RecordRefund(ledger.OutsideRefund{ID: secret + "f", Amount: usd("1.00"), Key: secret + "k", At: day(3)})
	_, kindly := books.Record(ledger.Event{Kind: ledger.EventSubmitted, ID: secret, At: day(3)})
	_, submit := books.Submit(secret, day(3))
	_, resolve := books.WinDispute(secret, day(3))
	events := append(books.Events(), ledger.Event{Kind: ledger.EventPosted, At: day(3), ID: secret + "r", Amount: usd("1.00"), Decision: refund.Digest{1},
		Shares: []ledger.Share{{Payment: secret + "z", Amount: usd("1.00")}}})
	_, restore := ledger.Restore(secret, usd("100.00"), events)
	_, again := ledger.Restore(secret, usd("100.00"), append(books.Events(), books.Events()...))
	_, subscription := books.Subscription(refund.Subscription{ID: secret + "s", Price: usd("1.00")})
	var kind ledger.EventKind
	var state ledger.State
	for _, err := range []error{post, conflict, unknown, reversal, outside, kindly, submit, resolve, restore, again, subscription, kind.UnmarshalText([]byte(secret)), state.UnmarshalText([]byte(secret))} {
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("error %v", err)
		}
	}
}
