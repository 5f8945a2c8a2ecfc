package whatif

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/words"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// String returns the fact and the result for people, such as "asked by 16 March 2026: 149.99
// USD", or "" for the zero Counterfactual.
func (f Counterfactual) String() string {
	var b []byte
	switch f.Fact {
	case FactAskedEarlier:
		b = f.appendAsked(b)
	case FactNotResolved:
		b = append(words.AppendQuoted(b, f.Subject), " not resolved"...)
	case FactNotRefunded:
		b = append(b, f.Amount.String()+" not refunded earlier"...)
	case FactNotDisputed:
		b = append(b, f.Amount.String()+" not disputed"...)
	case FactPaidInFull:
		b = append(b, "all of the "+f.Amount.String()+" paid"...)
	case FactPermission:
		b = words.AppendQuoted(append(b, "permission of the holder for "...), f.Subject)
	case FactReportClosed:
		b = append(b, "the report of unauthorized use "...)
		if f.Subject != "" {
			b = append(words.AppendQuoted(b, f.Subject), ' ')
		}
		b = append(b, "closed"...)
	default:
		return ""
	}
	b = append(b, ": "+f.Refundable.String()...)
	switch {
	case f.Held:
		b = append(b, ", still on hold"...)
	case f.WasHeld:
		b = append(b, ", no longer on hold"...)
	}
	return string(b)
}

// appendAsked appends the day if the result held until it ended, else the instant.
func (f *Counterfactual) appendAsked(b []byte) []byte {
	ended := f.At.Add(time.Nanosecond)
	if refund.DateOf(ended).Start(ended.Location()).Equal(ended) {
		return words.AppendDay(append(b, "asked by "...), f.At.Date)
	}
	return words.AppendTime(append(b, "asked before "...), ended)
}
