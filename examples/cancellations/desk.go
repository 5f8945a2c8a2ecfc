package cancellations

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Desk answers cancellations by a policy. The zero Desk has none, and answers
// nothing.
type Desk struct {
	Policy refund.Policy
}

// A Quote is what a desk answers. The zero Quote gives nothing.
type Quote struct {
	Cents   int64  // the most that may be refunded
	OnHold  bool   // not before somebody has cleared it
	Because string // the reason, in a sentence

	Outcome refund.Outcome // the whole of it, for whoever decides
}

// Quote answers a cancellation. What cannot be answered is a [*refund.InvalidError].
func (d Desk) Quote(c Cancellation) (Quote, error) {
	asCase, err := c.asCase()
	if err != nil {
		return Quote{}, err
	}
	o, err := d.Policy.Evaluate(asCase)
	if err != nil {
		return Quote{}, err
	}
	cents, err := o.Refundable.MinorUnits()
	if err != nil {
		return Quote{}, fmt.Errorf("order %s: %w", c.Order, err)
	}
	return Quote{Cents: cents, OnHold: o.Held, Because: because(o), Outcome: o}, nil
}

// because is the reason of the clause that decided.
func because(o refund.Outcome) string {
	for _, clause := range []refund.Clause{refund.ClauseOneTime, refund.ClauseCase1, refund.ClauseCase2} {
		if o.Statuses[clause] == refund.StatusApplied {
			return o.Why(clause)
		}
	}
	return o.Why(refund.ClauseGuarantee)
}

var dollar = refund.MustCurrency("USD")

// dollars returns an amount of cents.
func dollars(cents int64) (refund.Money, error) {
	return refund.NewMoney(decimal.New(cents, -2), dollar)
}

// asCase says a cancellation in the policy's words.
func (c Cancellation) asCase() (refund.Case, error) {
	s := refund.Subscription{
		ID:      c.Order,
		Account: c.Customer,
		Service: refund.ServiceType{Code: c.Plan, Billing: refund.BillingRecurring},
		Start:   c.Ordered,
	}
	if c.OneOff {
		s.Service.Billing = refund.BillingOneTime
	}
	for _, m := range []struct {
		amount *refund.Money
		cents  int64
	}{
		{&s.Price, c.Price}, {&s.Paid, c.Paid}, {&s.Refunded, c.Returned}, {&s.Disputed, c.Disputed}, {&s.Service.PerInstance, c.Fee},
	} {
		var err error
		if *m.amount, err = dollars(m.cents); err != nil {
			return refund.Case{}, err
		}
	}
	issues := make(refund.IssueLog, 0, len(c.Tickets)) // not nil: the shop knows them all
	for _, t := range c.Tickets {
		issues = append(issues, refund.Issue{ID: t.Number, Opened: t.Came, Resolved: t.Solved})
	}
	return refund.Case{
		Subscription: s,
		Issues:       issues,
		Request: refund.Request{
			At: c.Asked, By: c.AskedBy, RecordedBy: c.Agent, Channel: c.How.channel(), Reason: c.Words, CalledBack: c.Called,
		},
		Findings: c.Reviews,
	}, nil
}

func (h How) channel() refund.Channel {
	switch h {
	case Mail:
		return refund.ChannelEmail
	case Call:
		return refund.ChannelPhone
	case Chat:
		return refund.ChannelOther
	}
	return 0
}
