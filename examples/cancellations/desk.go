package cancellations

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Desk quotes refunds by a policy. The zero Desk is not valid: its policy is missing, and
// Quote returns an error.
type Desk struct {
	Policy refund.Policy
}

// A Quote is the refund for a cancellation. The zero Quote has an amount of zero.
type Quote struct {
	Cents   int64  // refundable amount
	OnHold  bool   // the amount must not be released yet
	Because string // the reason, in a sentence

	Outcome refund.Outcome // for the officer who decides
}

// Quote returns the quote for a cancellation, or a [*refund.InvalidError] for an invalid one.
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

// because returns the reason of the clause that decided.
func because(o refund.Outcome) string {
	for _, clause := range []refund.Clause{refund.ClauseOneTime, refund.ClauseCase1, refund.ClauseCase2} {
		if o.Statuses[clause] == refund.StatusApplied {
			return o.Why(clause)
		}
	}
	return o.Why(refund.ClauseGuarantee)
}

var dollar = refund.MustCurrency("USD")

// dollars returns the amount of a number of cents.
func dollars(cents int64) (refund.Money, error) {
	return refund.NewMoney(decimal.New(cents, -2), dollar)
}

// asCase converts a cancellation to a case.
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
	issues := make(refund.IssueLog, 0, len(c.Tickets)) // not nil: an empty log states that there are no issues
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
