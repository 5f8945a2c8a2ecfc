package oracle

import (
	"math/big"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Answer is what the oracle says about a case. The zero Answer says nothing.
type Answer struct {
	Verdict                 refund.Verdict
	Base, Deduction         *big.Rat
	Entitlement, Refundable *big.Rat
	Resolved                int
	Opens, Closes           time.Time
	Earliest, Latest        time.Time
	Statuses                map[refund.Clause]refund.Status
	Held                    bool

	// Made is the findings of its own: clause, severity and subject.
	Made []string
}

// Ask judges a valid case by a valid policy.
func Ask(p refund.Policy, c refund.Case) Answer {
	o := Answer{Statuses: map[refund.Clause]refund.Status{}}
	o.Opens, o.Closes = window(p, c.Subscription.Start)
	o.Earliest, o.Latest = callback(p, c.Request.At)
	o.Resolved = resolved(p, c, o.Opens, o.Closes)
	amounts(p, c, &o)
	statuses(p, c, &o)
	return o
}

func resolved(p refund.Policy, c refund.Case, opens, closes time.Time) (n int) {
	for _, issue := range c.Issues {
		switch r := issue.Resolved; {
		case r.IsZero():
		case r.Before(opens), !r.Before(closes):
		case p.Readings.ResolvedUntil == refund.ResolvedUntilRequest && r.After(c.Request.At):
		default:
			n++
		}
	}
	return n
}

func amounts(p refund.Policy, c refund.Case, o *Answer) {
	s := c.Subscription
	price, paid, refunded := Rat(s.Price), Rat(s.Paid), Rat(s.Refunded)
	o.Base = price
	if p.Readings.DeductFrom == refund.DeductFromAmountPaid {
		o.Base = paid
	}
	o.Deduction = new(big.Rat)
	var granted *big.Rat
	switch at := c.Request.At; {
	case s.Service.Billing == refund.BillingOneTime:
		o.Verdict, granted = refund.VerdictOneTimeService, new(big.Rat)
	case at.Before(o.Opens) || !at.Before(o.Closes):
		o.Verdict, granted = refund.VerdictWindowClosed, new(big.Rat)
	case o.Resolved == 0:
		o.Verdict, granted = refund.VerdictFull, o.Base
	default:
		o.Deduction = new(big.Rat).Mul(Rat(s.Service.PerInstance), new(big.Rat).SetInt64(int64(o.Resolved)))
		granted = new(big.Rat).Sub(o.Base, o.Deduction)
		o.Verdict = refund.VerdictConsumed
		if granted.Sign() > 0 {
			o.Verdict = refund.VerdictDeducted
		}
	}
	o.Entitlement = least(atLeast0(granted), price, paid)
	o.Refundable = atLeast0(new(big.Rat).Sub(o.Entitlement, refunded))
}
