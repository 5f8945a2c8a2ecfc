package ledger_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestDifferencesOfDisputes(t *testing.T) {
	differ(t, []differenceRow{
		{"a dispute that the books lack is recorded", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Disputes = append(s.Disputes, ledger.DisputeStatus{Dispute: ledger.Dispute{ID: "D-1", Payment: "P-2", Amount: usd("61"), At: day(13)}})
		}, []string{"missing_in_books disputed D-1: - | 61 open; record disputed D-1 61"}},
		{"a lost dispute that the books lack is recorded in two steps", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Disputes = append(s.Disputes, ledger.DisputeStatus{Dispute: ledger.Dispute{ID: "D-1", Payment: "P-2", Amount: usd("30"), At: day(13)}, State: ledger.StateLost, DecidedAt: day(14)})
		}, []string{
			"missing_in_books disputed D-1: - | 30 lost; record disputed D-1 30",
			"other_state disputed D-1: 30 open | 30 lost; record lost D-1 30",
		}},
		{"a won dispute that the books lack moves no money", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Disputes = append(s.Disputes, ledger.DisputeStatus{Dispute: ledger.Dispute{ID: "D-1", Payment: "P-2", Amount: usd("30"), At: day(13)}, State: ledger.StateWon, DecidedAt: day(14)})
		}, nil},
		{"a dispute on a payment of another subscription needs a person", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Disputes = append(s.Disputes, ledger.DisputeStatus{Dispute: ledger.Dispute{ID: "D-1", Payment: "P-9", Amount: usd("30"), At: day(13)}})
		}, []string{"missing_in_books disputed D-1: - | 30 open"}},
		{"a dispute that the provider lacks needs a person", withDispute, func(s *ledger.Statement, _ []string) {
			s.Disputes = nil
		}, []string{"missing_at_provider disputed D-1: 30 open | -"}},
		{"a dispute of another amount needs a person", withDispute, func(s *ledger.Statement, _ []string) {
			s.Disputes[0].Amount = usd("31")
		}, []string{"other_amount disputed D-1: 30 open | 31 open"}},
		{"a dispute on another payment needs a person", withDispute, func(s *ledger.Statement, _ []string) {
			s.Disputes[0].Payment = "P-2"
		}, []string{"other_payment disputed D-1: 30 open | 30 open"}},
		{"a decision on another payment needs a person", withDispute, func(s *ledger.Statement, _ []string) {
			s.Disputes[0].Payment, s.Disputes[0].State, s.Disputes[0].DecidedAt = "P-2", ledger.StateLost, day(15)
		}, []string{"other_payment disputed D-1: 30 open | 30 lost"}},
		{"a dispute won at the bank is recorded", withDispute, func(s *ledger.Statement, _ []string) {
			s.Disputes[0].State, s.Disputes[0].DecidedAt = ledger.StateWon, day(15)
		}, []string{"other_state disputed D-1: 30 open | 30 won; record won D-1"}},
		{"a dispute lost at the bank is recorded, by default as a whole", withDispute, func(s *ledger.Statement, _ []string) {
			s.Disputes[0].State, s.Disputes[0].DecidedAt = ledger.StateLost, day(15)
		}, []string{"other_state disputed D-1: 30 open | 30 lost; record lost D-1 30"}},
		{"a decision without an instant needs a person", withDispute, func(s *ledger.Statement, _ []string) {
			s.Disputes[0].State = ledger.StateLost
		}, []string{"other_state disputed D-1: 30 open | 30 lost"}},
		{"a second decision on a dispute is recorded", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return must(t)(withDispute(t, l, keys).WinDispute("D-1", day(14)))
		}, func(s *ledger.Statement, _ []string) {
			s.Disputes[0].State, s.Disputes[0].DecidedAt, s.Disputes[0].Lost = ledger.StateLost, day(15), usd("10")
		}, []string{"other_state disputed D-1: 30 won | 30 lost; record lost D-1 10"}},
		{"an earlier decision than the one in the books needs a person", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return must(t)(withDispute(t, l, keys).WinDispute("D-1", day(16)))
		}, func(s *ledger.Statement, _ []string) {
			s.Disputes[0].State, s.Disputes[0].DecidedAt = ledger.StateLost, day(15)
		}, []string{"other_state disputed D-1: 30 won | 30 lost"}},
		{"a larger loss is recorded", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return must(t)(withDispute(t, l, keys).LoseDispute("D-1", usd("10"), day(14)))
		}, func(s *ledger.Statement, _ []string) {
			s.Disputes[0].Lost, s.Disputes[0].DecidedAt = usd("25"), day(15)
		},
			[]string{"other_amount lost D-1: 10 lost | 25 lost; record lost D-1 25"}},
	})
}
