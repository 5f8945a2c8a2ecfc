package ledger_test

import (
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestDifferencesOfPayments(t *testing.T) {
	differ(t, []differenceRow{
		{"a statement that agrees with the books has no differences", settledFirst, func(*ledger.Statement, []string) {}, nil},

		{"a payment that the books lack is recorded", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments = append(s.Payments, ledger.ListedPayment{Payment: ledger.Payment{ID: "P-3", At: day(5), Amount: usd("5")}})
		}, []string{"missing_in_books paid P-3: - | 5; record paid P-3 5"}},
		{"a payment in another currency needs a person", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments = append(s.Payments, ledger.ListedPayment{Payment: ledger.Payment{ID: "P-3", At: day(5), Amount: refund.MustMoney("5", "EUR")}})
		}, []string{"missing_in_books paid P-3: - | 5"}},
		{"a payment without an instant needs a person", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments = append(s.Payments, ledger.ListedPayment{Payment: ledger.Payment{ID: "P-3", Amount: usd("5")}})
		}, []string{"missing_in_books paid P-3: - | 5"}},
		{"a payment that the provider lacks needs a person", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments = s.Payments[:1]
		}, []string{"missing_at_provider paid P-2: 60 | -"}},
		{"a payment that was reversed as a whole moves no money", func(t *testing.T, l ledger.Ledger, _ []string) ledger.Ledger {
			return must(t)(must(t)(l.RecordPayment(ledger.Payment{ID: "P-3", At: day(4), Amount: usd("5")})).
				RecordReversal(ledger.Reversal{ID: "V-1", Payment: "P-3", Amount: usd("5"), At: day(5)}))
		}, func(s *ledger.Statement, _ []string) { s.Payments = s.Payments[:2] }, nil},
		{"a payment of another amount needs a person", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments[1].Amount = usd("61")
		}, []string{"other_amount paid P-2: 60 | 61"}},
		{"a payment in the list twice is one payment", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments = append(s.Payments, s.Payments...)
		}, nil},
		{"a missing payment in the list twice, with two amounts: the first is recorded, the second differs from it", asTheyAre, func(s *ledger.Statement, _ []string) {
			p := ledger.ListedPayment{Payment: ledger.Payment{ID: "P-3", At: day(5), Amount: usd("5")}}
			q := p
			q.Amount = usd("6")
			s.Payments = append(s.Payments, p, q, q, p)
		}, []string{"missing_in_books paid P-3: - | 5; record paid P-3 5", "other_amount paid P-3: 5 | 6"}},

		{"a bounced debit that the books lack is recorded under the payment's id", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = usd("40")
		}, []string{"missing_in_books reversed P-1: - | 40; record reversed P-1 40"}},
		{"a sum of reversals that grew is recorded as the difference", withReversal(ledger.Reversal{ID: "P-1", Amount: usd("10")}), func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = usd("15")
		}, []string{"other_amount reversed P-1: 10 | 15; record reversed P-1 15.00 USD 5"}},
		{"a reversal with an id of its own is recorded under it", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed, s.Payments[0].ReversalID = usd("10"), "V-7"
		}, []string{"missing_in_books reversed P-1: - | 10; record reversed V-7 10"}},
		{"a reversal without an instant needs a person", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed, s.Payments[0].ReversedAt = usd("10"), time.Time{}
		}, []string{"missing_in_books reversed P-1: - | 10"}},
		{"a reversed part in another currency needs a person", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = refund.MustMoney("10", "EUR")
		}, []string{"other_amount reversed P-1: 0 | 10"}},
		{"a reversal that the provider lacks needs a person", withReversal(ledger.Reversal{ID: "V-1", Amount: usd("10")}), func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = refund.Money{}
		}, []string{"missing_at_provider reversed P-1: 10 | -"}},
		{"a smaller reversed part needs a person", withReversal(ledger.Reversal{ID: "V-1", Amount: usd("10")}), func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = usd("4")
		}, []string{"other_amount reversed P-1: 10 | 4"}},
		{"a reversal that names a refund is the refund of the list", withReversal(ledger.Reversal{ID: "V-1", Amount: usd("10"), Refund: "X-1"}), func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = refund.Money{}
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-1", "10", ""))
		}, nil},
		{"a reversal that names a part of a refund leaves the rest to record", withReversal(ledger.Reversal{ID: "V-1", Amount: usd("10"), Refund: "X-1"}), func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = refund.Money{}
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-1", "12", ""))
		}, []string{"missing_in_books refunded X-1: - | 12 settled; record refunded X-1 12"}},
		{"a reversal with the id of a refund is the refund of the list", withReversal(ledger.Reversal{ID: "X-1", Amount: usd("10")}), func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = refund.Money{}
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-1", "10", ""))
		}, nil},
		{"a reversal with the id of a refund has its amount", withReversal(ledger.Reversal{ID: "X-1", Amount: usd("10")}), func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = refund.Money{}
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-1", "12", ""))
		}, []string{"other_amount reversed X-1: 10 | 12"}},
		{"two reversals that name one refund are the refund and the rest", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			l = withReversal(ledger.Reversal{ID: "V-1", Amount: usd("10"), Refund: "X-1"})(t, l, keys)
			return withReversal(ledger.Reversal{ID: "V-2", Amount: usd("7"), Refund: "X-1"})(t, l, keys)
		}, func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = usd("5")
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-1", "12", ""))
		}, nil},
		{"a reversal that names a refund of ours is another one", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			r := outsideRefund("X-1", "P-1", "40")
			r.Key = keys[0]
			return withReversal(ledger.Reversal{ID: "V-1", Amount: usd("10"), Refund: "X-1"})(t, must(t)(l.RecordRefund(r)), keys)
		}, func(s *ledger.Statement, _ []string) { s.Payments[0].Reversed = usd("10") }, nil},
		{"a reversal that names a lost dispute is the dispute of the list", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			l = must(t)(withDispute(t, l, keys).LoseDispute("D-1", usd("10"), day(14)))
			return withReversal(ledger.Reversal{ID: "V-1", Amount: usd("10"), Dispute: "D-1"})(t, l, keys)
		}, func(s *ledger.Statement, _ []string) { s.Payments[0].Reversed = refund.Money{} }, nil},
		{"a payment in the list twice, with two sums of reversals: each adds to the one before", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Payments = append(s.Payments, s.Payments[0])
			s.Payments[0].Reversed, s.Payments[2].Reversed = usd("10"), usd("15")
		}, []string{"missing_in_books reversed P-1: - | 10; record reversed P-1 10", "other_amount reversed P-1: 10 | 15; record reversed P-1 15.00 USD 5"}},
		{"a reversal under the payment's id is not a refund", withReversal(ledger.Reversal{ID: "P-1", Amount: usd("10")}), func(s *ledger.Statement, _ []string) {
			s.Refunds = append(s.Refunds, listedRefund("P-1", "P-1", "10", ""))
		}, []string{"missing_in_books refunded P-1: - | 10 settled; record refunded P-1 10"}},
		{"a reversal with the id of a recorded refund is another one", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return withReversal(ledger.Reversal{ID: "X-1", Amount: usd("10")})(t, withOutsideRefund(t, l, keys), keys)
		}, func(s *ledger.Statement, _ []string) {}, nil},
		{"a refund that failed does not explain a reversal", withReversal(ledger.Reversal{ID: "V-1", Amount: usd("10"), Refund: "X-1"}), func(s *ledger.Statement, _ []string) {
			s.Payments[0].Reversed = refund.Money{}
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-1", "10", ""))
			s.Refunds[0].State = ledger.StateFailed
		}, []string{"missing_at_provider reversed P-1: 10 | -"}},
	})
}
