package ledger_test

import (
	"slices"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestDifferencesOfOutsideRefunds(t *testing.T) {
	differ(t, []differenceRow{
		{"a refund in the dashboard is recorded", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-2", "20", ""))
		}, []string{"missing_in_books refunded X-1: - | 20 settled; record refunded X-1 20"}},
		{"a refund that is under way is recorded", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-2", "20", ""))
			s.Refunds[0].State = ledger.StatePending
		}, []string{"missing_in_books refunded X-1: - | 20 submitted; record refunded X-1 20"}},
		{"a failed refund that the books lack moves no money", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-2", "20", ""))
			s.Refunds[0].State = ledger.StateFailed
		}, nil},
		{"a key of another system is ignored", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-2", "20", "order-77"))
		}, []string{"missing_in_books refunded X-1: - | 20 settled; record refunded X-1 20"}},
		{"a refund on a payment of another subscription needs a person", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-9", "20", ""))
		}, []string{"missing_in_books refunded X-1: - | 20 settled"}},
		{"a refund on a payment that is missing too is recorded after it", asTheyAre, func(s *ledger.Statement, _ []string) {
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-3", "5", ""))
			s.Payments = append(s.Payments, ledger.ListedPayment{Payment: ledger.Payment{ID: "P-3", At: day(5), Amount: usd("5")}})
		}, []string{"missing_in_books paid P-3: - | 5; record paid P-3 5", "missing_in_books refunded X-1: - | 5 settled; record refunded X-1 5"}},
		{"an outside refund that the provider lacks needs a person", withOutsideRefund, func(s *ledger.Statement, _ []string) {
			s.Refunds = nil
		}, []string{"missing_at_provider refunded X-1: 20 settled | -"}},
		{"an opening position is not expected in the list", func(t *testing.T, l ledger.Ledger, _ []string) ledger.Ledger {
			return must(t)(l.RecordRefund(outsideRefund("opening", "", "20")))
		}, func(s *ledger.Statement, _ []string) { s.Refunds = nil }, nil},
		{"an outside refund of another amount needs a person", withOutsideRefund, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].Amount = usd("25")
		}, []string{"other_amount refunded X-1: 20 settled | 25 settled"}},
		{"an outside refund on another payment needs a person", withOutsideRefund, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].Payment = "P-2"
		}, []string{"other_payment refunded X-1: 20 settled | 20 settled"}},
		{"an outside refund that failed later is recorded as failed", withOutsideRefund, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].State, s.Refunds[0].FailedAt = ledger.StateFailed, day(15)
		}, []string{"other_state refunded X-1: 20 settled | 20 failed; record refund_failed X-1"}},
		{"a failure before the refund does not count, so a person has to decide", withOutsideRefund, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].State, s.Refunds[0].FailedAt = ledger.StateFailed, day(13)
		}, []string{"other_state refunded X-1: 20 settled | 20 failed"}},
		{"a failure without an instant needs a person", withOutsideRefund, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].State, s.Refunds[0].FailedAt = ledger.StateFailed, time.Time{}
		}, []string{"other_state refunded X-1: 20 settled | 20 failed"}},
		{"a refund that failed in the books alone needs a person", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return must(t)(withOutsideRefund(t, l, keys).FailRefund("X-1", day(15)))
		}, func(s *ledger.Statement, _ []string) { s.Refunds[0].State = ledger.StateSettled },
			[]string{"other_state refunded X-1: 20 failed | 20 settled"}},
		{"a refund that failed on both sides may be missing in the list", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return must(t)(withOutsideRefund(t, l, keys).FailRefund("X-1", day(15)))
		}, func(s *ledger.Statement, _ []string) { s.Refunds = nil }, nil},
	})
}

// The instructions are named KEY-1 and KEY-2.
func TestDifferencesOfInstructions(t *testing.T) {
	differ(t, []differenceRow{
		{"an instruction that was not sent is not expected in the list", asTheyAre, func(*ledger.Statement, []string) {}, nil},
		{"an instruction that was sent is expected in the list", submittedFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds = nil
		}, []string{"missing_at_provider posted KEY-1: 40 submitted | -"}},
		{"a settled instruction is expected in the list", settledFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds = nil
		}, []string{"missing_at_provider posted KEY-1: 40 settled | -"}},
		{"a settlement whose webhook was lost is recorded by the provider's id", submittedFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].ID, s.Refunds[0].State = "re-1", ledger.StateSettled
		}, []string{"other_state posted KEY-1: 40 submitted | 40 settled; record refunded re-1 40 for KEY-1"}},
		{"a settlement in a list without ids is recorded by the key", submittedFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].ID, s.Refunds[0].State = "", ledger.StateSettled
		}, []string{"other_state posted KEY-1: 40 submitted | 40 settled; record settled KEY-1"}},
		{"a failure whose webhook was lost is recorded", submittedFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].State, s.Refunds[0].FailedAt = ledger.StateFailed, day(15)
		}, []string{"other_state posted KEY-1: 40 submitted | 40 failed; record failed KEY-1"}},
		{"a refund that was paid and came back is recorded as failed", settledFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].State, s.Refunds[0].FailedAt = ledger.StateFailed, day(15)
		}, []string{"other_state posted KEY-1: 40 settled | 40 failed; record failed KEY-1"}},
		{"a failure before the settlement does not count, so a person has to decide", settledFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].State, s.Refunds[0].FailedAt = ledger.StateFailed, day(12)
		}, []string{"other_state posted KEY-1: 40 settled | 40 failed"}},
		{"a refund that the provider still has under way is not settled", settledFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].State = ledger.StatePending
		}, []string{"other_state posted KEY-1: 40 settled | 40 submitted"}},
		{"an instruction that the provider has, though it was not sent by the books, needs a person", asTheyAre, func(s *ledger.Statement, keys []string) {
			s.Refunds = append(s.Refunds, listedRefund("re-1", "P-1", "40", keys[0]))
			s.Refunds[0].State = ledger.StateSubmitted
		}, []string{"other_state posted KEY-1: 40 pending | 40 submitted"}},
		{"a settlement after a failure counts again", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return must(t)(l.Fail(keys[0], day(13)))
		}, func(s *ledger.Statement, keys []string) {
			s.Refunds = []ledger.ListedRefund{listedRefund("re-1", "P-1", "40", keys[0])}
		}, []string{"other_state posted KEY-1: 40 failed | 40 settled; record refunded re-1 40 for KEY-1"}},
		{"an instruction carried out with another amount needs a person", submittedFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].Amount = usd("39")
		}, []string{"other_amount posted KEY-1: 40 submitted | 39 submitted"}},
		{"an instruction carried out on another payment needs a person", submittedFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].Payment = "P-2"
		}, []string{"other_payment posted KEY-1: 40 submitted | 40 submitted"}},
		{"a refund on two keys' instructions is recognized by each key", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return must(t)(settledFirst(t, l, keys).Submit(keys[1], day(13)))
		}, func(s *ledger.Statement, _ []string) { slices.Reverse(s.Refunds) }, nil},
		{"a second refund with one key was paid in addition", settledFirst, func(s *ledger.Statement, keys []string) {
			s.Refunds = append(s.Refunds, listedRefund("re-2", "P-1", "40", keys[0]))
		}, []string{"missing_in_books refunded re-2: - | 40 settled; record refunded re-2 40"}},
		{"of two refunds with one key, the recorded one carried out the instruction", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			r := outsideRefund("re-1", "P-1", "40")
			r.Key = keys[0]
			return must(t)(l.RecordRefund(r))
		}, func(s *ledger.Statement, keys []string) {
			s.Refunds = []ledger.ListedRefund{listedRefund("re-2", "P-1", "40", keys[0]), listedRefund("re-1", "P-1", "40", keys[0])}
		}, []string{"missing_in_books refunded re-2: - | 40 settled; record refunded re-2 40"}},
		{"a refund whose key the books have and the list lacks carried out the instruction", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			r := outsideRefund("re-1", "P-1", "40")
			r.Key = keys[0]
			return must(t)(must(t)(l.RecordRefund(r)).Fail(keys[0], day(15)))
		}, func(s *ledger.Statement, _ []string) {
			s.Refunds = []ledger.ListedRefund{listedRefund("re-1", "P-1", "40", "")}
			s.Refunds[0].At = day(16)
		}, []string{"other_state posted KEY-1: 40 failed | 40 settled; record settled KEY-1"}},
		{"a second attempt of the provider, after a failed one that the books know, is recorded by the key", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			r := outsideRefund("re-1", "P-1", "40")
			r.Key = keys[0]
			return must(t)(must(t)(l.RecordRefund(r)).FailRefund("re-1", day(15)))
		}, func(s *ledger.Statement, keys []string) {
			s.Refunds = []ledger.ListedRefund{listedRefund("re-2", "P-1", "40", keys[0])}
			s.Refunds[0].At = day(16)
		}, []string{"other_state posted KEY-1: 40 failed | 40 settled; record settled KEY-1"}},
		{"a lost settlement of a refund that was recorded as an outside one is recorded by the key", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return must(t)(submittedFirst(t, l, keys).RecordRefund(outsideRefund("re-1", "P-1", "40")))
		}, func(s *ledger.Statement, keys []string) {
			s.Refunds = []ledger.ListedRefund{listedRefund("re-1", "P-1", "40", keys[0])}
		}, []string{
			"other_state posted KEY-1: 40 submitted | 40 settled; record settled KEY-1",
			"missing_at_provider refunded re-1: 40 settled | -",
		}},
		{"where the list has keys, a refund without one is not ours", submittedFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds = []ledger.ListedRefund{listedRefund("X-1", "P-1", "40", ""), listedRefund("X-2", "P-2", "1", "order-77")}
		}, []string{
			"missing_in_books refunded X-1: - | 40 settled; record refunded X-1 40",
			"missing_in_books refunded X-2: - | 1 settled; record refunded X-2 1",
			"missing_at_provider posted KEY-1: 40 submitted | -",
		}},
		{"a known refund carried out its instruction, so that one without a key did not", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			r := outsideRefund("re-1", "P-1", "40")
			r.Key = keys[0]
			return must(t)(l.RecordRefund(r))
		}, func(s *ledger.Statement, _ []string) {
			s.Refunds = []ledger.ListedRefund{listedRefund("X-1", "P-1", "40", "")}
		}, []string{
			"missing_in_books refunded X-1: - | 40 settled; record refunded X-1 40",
			"missing_at_provider posted KEY-1: 40 settled | -",
		}},
		{"a second refund with the same key is not additional if the first failed", submittedFirst, func(s *ledger.Statement, keys []string) {
			s.Refunds[0].State = ledger.StateFailed
			s.Refunds = append(s.Refunds, listedRefund("re-2", "P-1", "40", keys[0]))
		}, []string{"other_state posted KEY-1: 40 submitted | 40 settled; record refunded re-2 40 for KEY-1"}},
		{"our refund that was also recorded as an outside refund counts twice in the books", func(t *testing.T, l ledger.Ledger, keys []string) ledger.Ledger {
			return must(t)(settledFirst(t, l, keys).RecordRefund(outsideRefund("re-1", "P-1", "40")))
		}, func(s *ledger.Statement, keys []string) {
			s.Refunds = []ledger.ListedRefund{listedRefund("re-1", "P-1", "40", keys[0])}
		}, []string{
			"missing_at_provider refunded re-1: 40 settled | -",
		}},
		{"our refund in a list without keys is recognized by payment and amount", settledFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].Key = ""
		}, nil},
		{"a refund without a key may be ours: a person decides", submittedFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].Key, s.Refunds[0].State = "", ledger.StateSettled
		}, []string{"other_state posted KEY-1: 40 submitted | 40 settled"}},
		{"a second refund without a key was made in addition", settledFirst, func(s *ledger.Statement, _ []string) {
			s.Refunds[0].Key = ""
			s.Refunds = append(s.Refunds, listedRefund("X-1", "P-1", "40", ""))
			s.Refunds = append(s.Refunds, s.Refunds...)
		}, []string{
			"missing_in_books refunded X-1: - | 40 settled; record refunded X-1 40",
		}},
	})
}
