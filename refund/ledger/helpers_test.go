package ledger_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// because runs one row of a table as a subtest named by its reason.
func because(t *testing.T, why string, test func(t *testing.T)) {
	t.Helper()
	if strings.TrimSpace(why) == "" {
		t.Fatal("a row without a reason")
	}
	t.Run(why, test)
}

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

// day returns an instant in March 2026.
func day(n int) time.Time { return time.Date(2026, time.March, n, 10, 0, 0, 0, time.UTC) }

// sold returns the subscription of the tests, with a price in a currency.
func sold(price refund.Money) refund.Subscription {
	return refund.Subscription{
		ID:      "SUB-1",
		Account: "ACC-7",
		Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: price.Times(0)},
		Start:   day(2),
		Price:   price,
	}
}

// asked returns a case without objections, with the amounts of the books.
func asked(t rapid.TB, books ledger.Ledger) refund.Case {
	t.Helper()
	s, err := books.Subscription(sold(books.Price()))
	if err != nil {
		t.Fatalf("no subscription: %v", err)
	}
	return refund.Case{
		Subscription: s,
		Issues:       refund.IssueLog{},
		Request:      refund.Request{At: day(10), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
}

// policy returns a policy that allows parts, so that a subscription can have several refunds.
func policy() refund.Policy {
	p := refund.Published(time.UTC)
	p.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
	return p
}

// shown returns the digest of the outcome that an officer sees.
func shown(t rapid.TB, c refund.Case) refund.Digest {
	t.Helper()
	o, err := policy().Evaluate(c)
	if err != nil {
		t.Fatalf("no outcome: %v", err)
	}
	return o.Digest()
}

// most returns a limit above all amounts of the tests.
func most(like refund.Money) refund.Money {
	return refund.MustMoney("1000000000000", like.Currency().Code())
}

func approval(officer string, amount refund.Money) decision.Approval {
	return decision.Approval{By: decision.Officer{ID: officer, Limit: most(amount)}, At: day(11), Amount: amount}
}

// decideBy returns an officer's approval on the current books.
func decideBy(t rapid.TB, books ledger.Ledger, officer string, amount refund.Money) decision.Decision {
	t.Helper()
	c := asked(t, books)
	d, err := decision.Approve(policy(), c, shown(t, c), approval(officer, amount))
	if err != nil {
		t.Fatalf("not decided: %v", err)
	}
	return d
}

func decide(t rapid.TB, books ledger.Ledger, amount string) decision.Decision {
	t.Helper()
	return decideBy(t, books, "ana", refund.MustMoney(amount, books.Price().Currency().Code()))
}

// decline returns a denial.
func decline(t rapid.TB, books ledger.Ledger) decision.Decision {
	t.Helper()
	c := asked(t, books)
	d, err := decision.Decline(policy(), c, shown(t, c), decision.Denial{By: decision.Officer{ID: "ana"}, At: day(11), Reason: "asked in error"})
	if err != nil {
		t.Fatalf("not declined: %v", err)
	}
	return d
}

// must returns the changed books, and fails the test if the change was refused.
func must(t rapid.TB) func(ledger.Ledger, error) ledger.Ledger {
	return func(l ledger.Ledger, err error) ledger.Ledger {
		t.Helper()
		if err != nil {
			t.Fatalf("refused: %v", err)
		}
		return l
	}
}

// opened returns books with a price and the payments P-1, P-2 and so on, a day apart.
func opened(t rapid.TB, price string, amounts ...string) ledger.Ledger {
	t.Helper()
	return openedIn(t, "USD", price, amounts...)
}

func openedIn(t rapid.TB, currency, price string, amounts ...string) ledger.Ledger {
	t.Helper()
	books := must(t)(ledger.New("SUB-1", refund.MustMoney(price, currency)))
	for i, amount := range amounts {
		books = must(t)(books.RecordPayment(ledger.Payment{
			ID: "P-" + string(rune('1'+i)), At: day(2 + i), Amount: refund.MustMoney(amount, currency),
		}))
	}
	return books
}

// posted returns books with one more posted decision.
func posted(t rapid.TB, books ledger.Ledger, d decision.Decision, key string, order ...ledger.Order) ledger.Ledger {
	t.Helper()
	o := ledger.Options{}
	if len(order) > 0 {
		o.Order = order[0]
	}
	return must(t)(books.Post(d, key, o, day(12)))
}

// refunded approves and posts an amount, and returns the books and the keys of the instructions.
func refunded(t rapid.TB, books ledger.Ledger, amount, key string) (ledger.Ledger, []string) {
	t.Helper()
	books = posted(t, books, decide(t, books, amount), key)
	return books, keysOf(books, key)
}

// keysOf returns the keys of the instructions of a refund.
func keysOf(books ledger.Ledger, key string) (keys []string) {
	r, _ := books.Refund(key)
	for _, s := range r.Shares {
		keys = append(keys, s.Key)
	}
	return keys
}

// splitOf returns the instructions of a refund, such as "P-1 25, P-2 35".
func splitOf(books ledger.Ledger, key string) string {
	var list []string
	r, _ := books.Refund(key)
	for _, s := range r.Shares {
		list = append(list, s.Payment+" "+short(s.Amount))
	}
	return strings.Join(list, ", ")
}

// disputed returns books with one more dispute.
func disputed(t rapid.TB, books ledger.Ledger, id, payment, amount string) ledger.Ledger {
	t.Helper()
	return must(t)(books.RecordDispute(ledger.Dispute{ID: id, Payment: payment, Amount: refund.MustMoney(amount, books.Price().Currency().Code()), At: day(13)}))
}

// short returns an amount without its currency and without ".00".
func short(m refund.Money) string { return strings.TrimSuffix(m.Amount(), ".00") }

// figures returns the totals: paid, returned, disputed, available, excess, room.
func figures(books ledger.Ledger) string {
	t := books.Totals()
	var list []string
	for _, m := range []refund.Money{t.Paid, t.Returned, t.Disputed, t.Available, t.Excess, t.Room} {
		list = append(list, short(m))
	}
	return strings.Join(list, " ")
}

func wantFigures(t rapid.TB, books ledger.Ledger, want string) {
	t.Helper()
	if got := figures(books); got != want {
		t.Errorf("paid, returned, disputed, available, excess, room are %s, want %s", got, want)
	}
}

var sentinels = []error{
	ledger.ErrConflict, ledger.ErrDisputed, ledger.ErrFailed, ledger.ErrInsufficient, ledger.ErrUnknown,
	decision.ErrStale, decision.ErrNothingToRefund, refund.ErrCurrencyMismatch,
}

// wantOnly fails unless an error matches this sentinel and no other.
func wantOnly(t rapid.TB, err, want error) {
	t.Helper()
	for _, sentinel := range sentinels {
		if errors.Is(err, sentinel) != (sentinel == want) {
			t.Errorf("error %q: matches %q: %v", err, sentinel, sentinel != want)
		}
	}
}

// refusedWith fails unless only an error was returned.
func refusedWith(t rapid.TB, want error) func(ledger.Ledger, error) {
	return func(l ledger.Ledger, err error) {
		t.Helper()
		wantOnly(t, err, want)
		if !l.Equal(ledger.Ledger{}) {
			t.Errorf("books of version %d beside %v", l.Version(), err)
		}
	}
}

// addsNothing fails unless the same books were returned.
func addsNothing(t rapid.TB, before ledger.Ledger) func(ledger.Ledger, error) {
	return func(l ledger.Ledger, err error) {
		t.Helper()
		if err != nil || !l.Equal(before) || l.Version() != before.Version() {
			t.Errorf("version %d became %d, %v", before.Version(), l.Version(), err)
		}
	}
}

// pathsOf returns the sorted paths of an error's faults.
func pathsOf(err error) []string {
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		return nil
	}
	paths := []string{}
	for _, f := range invalid.Faults {
		if f.Reason == "" {
			paths = append(paths, "no reason at "+f.Path)
		}
		paths = append(paths, f.Path)
	}
	slices.Sort(paths)
	return paths
}

// wantPaths fails unless an error has faults at exactly these paths.
func wantPaths(t rapid.TB, err error, want ...string) {
	t.Helper()
	slices.Sort(want)
	got := pathsOf(err)
	if len(want) == 0 && err == nil {
		return
	}
	if got == nil || !slices.Equal(got, want) {
		t.Errorf("faults at %q, want %q: %v", got, want, err)
	}
	wantOnly(t, err, nil)
}

// invalidWith fails unless only an error with these paths was returned.
func invalidWith(t rapid.TB, want ...string) func(ledger.Ledger, error) {
	return func(l ledger.Ledger, err error) {
		t.Helper()
		wantPaths(t, err, want...)
		if err == nil || !l.Equal(ledger.Ledger{}) {
			t.Errorf("books of version %d beside %v", l.Version(), err)
		}
	}
}
