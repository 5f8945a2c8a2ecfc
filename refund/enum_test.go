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

// The zero value of an enumeration never reads as a yes.
func TestVerdictGranted(t *testing.T) {
	granted := map[refund.Verdict]bool{refund.VerdictFull: true, refund.VerdictDeducted: true, refund.VerdictConsumed: true}
	for i := range 256 {
		if v := refund.Verdict(i); v.Granted() != granted[v] {
			t.Errorf("%v granted: %v", v, v.Granted())
		}
	}
}

// A refusal quotes what looks like a code, and tells the length of anything else.
func TestCodesQuoted(t *testing.T) {
	type row struct {
		because string
		text    string
		quoted  bool
	}
	eachRow(t, []row{
		{"the first and the last letters", "az", true},
		{"a digit after a letter", "x0", true},
		{"the last digit", "x9", true},
		{"an underscore and a hyphen inside", "a_b-c", true},
		{"32 letters", strings.Repeat("a", 32), true},
		{"33 letters are too many", strings.Repeat("a", 33), false},
		{"a digit first", "1a", false},
		{"a hyphen first", "-a", false},
		{"an underscore first", "_a", false},
		{"a capital, as a name has", "Jane", false},
		{"capitals inside", "aZ", false},
		{"a blank", "a b", false},
		{"a point", "a.b", false},
		{"a quotation mark", `a"b`, false},
		{"right before a", "x`", false},
		{"right after z", "x{", false},
		{"right before A", "x@", false},
		{"right after Z", "x[", false},
		{"right before 0", "x/", false},
		{"right after 9", "x:", false},
		{"a line break", "a\nb", false},
		{"a letter of another alphabet", "é", false},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		faults := faultsOf(t, new(refund.Channel).UnmarshalText([]byte(r.text)))
		if quoted := strings.Contains(faults[0].Reason, `"`+r.text+`"`); quoted != r.quoted {
			t.Errorf("%q quoted: %v", faults[0].Reason, quoted)
		}
		if length := fmt.Sprintf("a text of %d bytes", len(r.text)); strings.Contains(faults[0].Reason, length) == r.quoted {
			t.Errorf("%q", faults[0].Reason)
		}
	})
}
