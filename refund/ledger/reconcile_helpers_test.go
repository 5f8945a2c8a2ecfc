package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// statementOf returns the statement of a provider that agrees with the books.
func statementOf(books ledger.Ledger) ledger.Statement {
	var s ledger.Statement
	failedAt := map[string]time.Time{} // of outside refunds
	for _, e := range books.Events() {
		if e.Kind == ledger.EventRefundFailed && e.At.After(failedAt[e.ID]) {
			failedAt[e.ID] = e.At
		}
	}
	names := map[string]string{} // the provider's ids of instructions
	listed := map[string]refund.Money{}
	for _, r := range books.OutsideRefunds() {
		if r.Key != "" {
			names[r.Key] = r.ID
			continue
		}
		s.Refunds = append(s.Refunds, ledger.ListedRefund{OutsideRefund: r.OutsideRefund, State: r.State, FailedAt: failedAt[r.ID]})
		if r.State == ledger.StateSettled {
			listed[r.ID+" on "+r.Payment] = r.Amount
		}
	}
	for _, r := range books.Refunds() {
		for _, share := range r.Shares {
			if share.State == ledger.StatePending {
				continue
			}
			name := names[share.Key]
			if name == "" {
				name = "re-" + share.Key[:8]
			}
			s.Refunds = append(s.Refunds, ledger.ListedRefund{
				OutsideRefund: ledger.OutsideRefund{ID: name, At: share.At, Amount: share.Amount, Payment: share.Payment, Key: share.Key},
				State:         share.State,
				FailedAt:      share.At,
			})
		}
	}
	s.Disputes = books.Disputes()
	for _, d := range s.Disputes {
		if d.State == ledger.StateLost {
			listed[d.ID+" on "+d.Payment] = d.Lost
		}
	}
	// A reversal that names a refund or a lost dispute is listed as such.
	reversed := map[string]refund.Money{}
	for _, r := range books.Reversals() {
		rest := r.Amount
		for _, name := range []string{r.Refund + " on " + r.Payment, r.Refund + " on ", r.Dispute + " on " + r.Payment} {
			if m, ok := listed[name]; ok {
				part := lesser(m, rest)
				listed[name], rest = minus(m, part), minus(rest, part)
			}
		}
		reversed[r.Payment] = plus(reversed[r.Payment], rest)
	}
	for _, p := range books.Payments() {
		s.Payments = append(s.Payments, ledger.ListedPayment{Payment: p.Payment, Reversed: reversed[p.ID], ReversedAt: day(20)})
	}
	return s
}

func lesser(m, n refund.Money) refund.Money {
	if order, err := m.Cmp(n); err != nil || order > 0 {
		return n
	}
	return m
}

func plus(m, n refund.Money) refund.Money {
	sum, err := m.Add(n)
	if err != nil {
		panic(err)
	}
	return sum
}

func minus(m, n refund.Money) refund.Money {
	diff, err := m.Sub(n)
	if err != nil {
		panic(err)
	}
	return diff
}

// side returns one side of a difference as text, such as "100 submitted", or "-" if it lacks the entry.
func side(m refund.Money, s ledger.State) string {
	switch {
	case m.IsZero():
		return "-"
	case s == 0:
		return short(m)
	}
	return short(m) + " " + s.String()
}

// linesOf returns differences as texts, such as "missing_in_books paid P-1: - | 100; record
// paid P-1 100".
func linesOf(list []ledger.Difference) (lines []string) {
	for _, d := range list {
		kind := ""
		if d.Kind != 0 {
			kind = " " + d.Kind.String()
		}
		if d.ID != "" {
			kind += " " + d.ID
		}
		line := fmt.Sprintf("%v%s: %s | %s", d.Code, kind, side(d.Books, d.BooksState), side(d.Provider, d.ProviderState))
		if e := d.Event; e.Kind != 0 {
			line += fmt.Sprint("; record ", e.Kind, " ", e.ID)
			if !e.Amount.IsZero() {
				line += " " + short(e.Amount)
			}
			if e.Key != "" {
				line += " for " + e.Key
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// wantLines fails unless the differences are these lines. Keys are replaced by names.
func wantLines(t interface {
	Helper()
	Errorf(string, ...any)
}, got []ledger.Difference, names map[string]string, want ...string) {
	t.Helper()
	text := strings.Join(linesOf(got), "\n")
	for key, name := range names {
		text = strings.ReplaceAll(text, key, name)
	}
	if wanted := strings.Join(want, "\n"); text != wanted {
		t.Errorf("got\n%s\nwant\n%s", text, wanted)
	}
}

// A differenceRow changes one thing in the books, and one in the statement that follows
// from them.
type differenceRow struct {
	why    string
	books  func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger
	change func(s *ledger.Statement, keys []string)
	want   []string
}

// differ runs rows on books with the payments P-1 of 40 and P-2 of 60, and the refund of
// 50 with the instructions KEY-1 of 40 and KEY-2 of 10. The entitlement is 75.
func differ(t *testing.T, rows []differenceRow) {
	for _, row := range rows {
		because(t, row.why, func(t *testing.T) {
			books, keys := refunded(t, opened(t, "100", "40", "60"), "50", "R-1")
			books = row.books(t, books, keys)
			s := statementOf(books)
			row.change(&s, keys)
			got := ledger.Reconcile(books, s, usd("75"))
			got = slices.DeleteFunc(got, func(d ledger.Difference) bool {
				return d.Code >= ledger.DifferenceBeyondCap // another test's
			})
			wantLines(t, got, map[string]string{keys[0]: "KEY-1", keys[1]: "KEY-2"}, row.want...)
			for _, d := range got {
				if d.Subscription != "SUB-1" {
					t.Errorf("a difference of subscription %q", d.Subscription)
				}
			}
		})
	}
}

func asTheyAre(_ *testing.T, l ledger.Ledger, _ []string) ledger.Ledger { return l }

func submittedFirst(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
	return must(t)(l.Submit(keys[0], day(13)))
}

func settledFirst(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
	return must(t)(submittedFirst(t, l, keys).Settle(keys[0], day(14)))
}

func outsideRefund(id, payment, amount string) ledger.OutsideRefund {
	return ledger.OutsideRefund{ID: id, At: day(14), Amount: usd(amount), Payment: payment}
}

func listedRefund(id, payment, amount, key string) ledger.ListedRefund {
	r := outsideRefund(id, payment, amount)
	r.Key = key
	return ledger.ListedRefund{OutsideRefund: r}
}

func withOutsideRefund(t *testing.T, l ledger.Ledger, _ []string) ledger.Ledger {
	return must(t)(l.RecordRefund(outsideRefund("X-1", "P-1", "20")))
}

func withReversal(r ledger.Reversal) func(*testing.T, ledger.Ledger, []string) ledger.Ledger {
	return func(t *testing.T, l ledger.Ledger, _ []string) ledger.Ledger {
		r.Payment, r.At = "P-1", day(14)
		return must(t)(l.RecordReversal(r))
	}
}

func withDispute(t *testing.T, l ledger.Ledger, _ []string) ledger.Ledger {
	return disputed(t, l, "D-1", "P-1", "30")
}
