package refund_test

import (
	"encoding"
	"fmt"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// checkEnum checks an enumeration whose values 1, 2 … have the given codes.
func checkEnum[E interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
}, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, name, path string, codes map[E]string) {
	t.Run(name, func(t *testing.T) {
		for i := range 256 {
			e := E(i)
			code, known := codes[e]
			if known != (i >= 1 && i <= len(codes)) {
				t.Errorf("value %d known: %v; %d codes count from 1", i, known, len(codes))
			}
			text, err := e.MarshalText()
			switch {
			case i == 0:
				if e.String() != "unset" || err != nil || len(text) != 0 {
					t.Errorf("the zero value prints as %q and is written as %q, %v", e, text, err)
				}
			case known:
				if e.String() != code || err != nil || string(text) != code {
					t.Errorf("%d prints as %q and is written as %q, %v; want %q", i, e, text, err, code)
				}
			default:
				if want := fmt.Sprintf("%s(%d)", name, i); e.String() != want {
					t.Errorf("%d prints as %q, want %q", i, e, want)
				}
				wantPaths(t, err, path)
				if text != nil || !strings.Contains(err.Error(), fmt.Sprint(i)) {
					t.Errorf("%d is written as %q, %v", i, text, err)
				}
				continue
			}
			back := E(99)
			if err := P(&back).UnmarshalText(text); err != nil || back != e {
				t.Errorf("%q is read as %v, %v; want %v", text, back, err, e)
			}
		}
		var some E
		var someCode string
		for some, someCode = range codes {
			break
		}
		for _, wrong := range []string{"unset", "Full", strings.ToUpper(someCode), someCode + " ", " " + someCode, someCode + "x", someCode[1:], "1"} {
			e := some
			err := P(&e).UnmarshalText([]byte(wrong))
			wantPaths(t, err, path)
			if e != some {
				t.Errorf("%q left %v", wrong, e)
			}
			for _, code := range codes {
				if reason := faultsOf(t, err)[0].Reason; !strings.Contains(reason, code) {
					t.Errorf("%q does not name %s", reason, code)
				}
			}
		}
	})
}

// Codes are a contract: a change in this table breaks programs that store them.
func TestEnums(t *testing.T) {
	checkEnum(t, "Billing", "billing", map[refund.Billing]string{
		refund.BillingRecurring: "recurring",
		refund.BillingOneTime:   "one_time",
	})
	checkEnum(t, "Channel", "channel", map[refund.Channel]string{
		refund.ChannelEmail: "email",
		refund.ChannelPhone: "phone",
		refund.ChannelOther: "other",
	})
	checkEnum(t, "Severity", "severity", map[refund.Severity]string{
		refund.SeveritySatisfied: "satisfied",
		refund.SeverityAdvisory:  "advisory",
		refund.SeverityBlocking:  "blocking",
	})
	checkEnum(t, "DayCount", "day_count", map[refund.DayCount]string{
		refund.DayCountDayAfter: "day_after",
		refund.DayCountSameDay:  "same_day",
		refund.DayCountElapsed:  "elapsed",
	})
	checkEnum(t, "DeductFrom", "deduct_from", map[refund.DeductFrom]string{
		refund.DeductFromAmountSubscribed: "amount_subscribed",
		refund.DeductFromAmountPaid:       "amount_paid",
	})
	checkEnum(t, "ResolvedUntil", "resolved_until", map[refund.ResolvedUntil]string{
		refund.ResolvedUntilRequest:     "request",
		refund.ResolvedUntilWindowClose: "window_close",
	})
	checkEnum(t, "CallbackClock", "callback_clock", map[refund.CallbackClock]string{
		refund.CallbackClockBusinessHours: "business_hours",
		refund.CallbackClockElapsed:       "elapsed",
	})
	checkEnum(t, "OneTime", "one_time", map[refund.OneTime]string{
		refund.OneTimeNeverRefunded:        "never_refunded",
		refund.OneTimeRefundedIfUnresolved: "refunded_if_unresolved",
	})
	checkEnum(t, "ReleasedAmount", "released_amount", map[refund.ReleasedAmount]string{
		refund.ReleasedAmountWhole:   "whole",
		refund.ReleasedAmountAnyPart: "any_part",
	})
	checkEnum(t, "GoodwillAfter", "goodwill_after", map[refund.GoodwillAfter]string{
		refund.GoodwillAfterLessRefunds: "less_refunds",
		refund.GoodwillAfterInAddition:  "in_addition",
	})
	checkEnum(t, "Verdict", "verdict", map[refund.Verdict]string{
		refund.VerdictFull:           "full",
		refund.VerdictDeducted:       "deducted",
		refund.VerdictConsumed:       "consumed",
		refund.VerdictOneTimeService: "one_time_service",
		refund.VerdictWindowClosed:   "window_closed",
	})
	checkEnum(t, "Status", "status", map[refund.Status]string{
		refund.StatusApplied:       "applied",
		refund.StatusSatisfied:     "satisfied",
		refund.StatusObjected:      "objected",
		refund.StatusBlocking:      "blocking",
		refund.StatusNotApplicable: "not_applicable",
		refund.StatusNotEvaluated:  "not_evaluated",
	})
	checkEnum(t, "Clause", "clause", clauseCodesByClause())
}

// The zero value of an enumeration never means yes.
func TestVerdictGranted(t *testing.T) {
	granted := map[refund.Verdict]bool{refund.VerdictFull: true, refund.VerdictDeducted: true, refund.VerdictConsumed: true}
	for i := range 256 {
		if v := refund.Verdict(i); v.Granted() != granted[v] {
			t.Errorf("%v granted: %v", v, v.Granted())
		}
	}
}

// A text that is not a code may be a name or a card number in the wrong field.
func TestUnknownCodesAreNotQuoted(t *testing.T) {
	for _, text := range []string{"fax", "Jane Roe", "4111111111111111", "Email"} {
		err := new(refund.Channel).UnmarshalText([]byte(text))
		if want := "refund: invalid input: channel: is not one of email, phone, other"; err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
