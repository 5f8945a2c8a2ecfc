package refund

import "github.com/kasperinfotech/refundpolicy/internal/instant"

// A Case is what is known of one subscription and the request to refund it: what
// [Policy.Evaluate] judges. Its zero value is not valid, and [Case.Validate] says
// why.
type Case struct {
	Subscription Subscription
	Issues       IssueLog
	Request      Request
	Findings     []Finding
}

// Validate returns nil if the case can be judged, else an [*InvalidError] with
// every fault: a missing fact, a negative amount, two currencies, more given back
// than paid, events in an impossible order, a finding on a clause that takes none.
func (c Case) Validate() error {
	var f Faults
	c.validate(&f)
	return f.Err()
}

func (c *Case) validate(f *Faults) {
	c.Subscription.validate(f)
	c.Issues.validate(f, c.Subscription.ID)
	c.Request.validate(f, c.Subscription.Start)
	if len(c.Findings) > MaxFindings {
		f.Add("findings", "are more than 20000")
		return
	}
	for i := range c.Findings {
		c.Findings[i].validate(f, i)
	}
}

func (s *Subscription) validate(f *Faults) {
	if s.ID == "" {
		f.Add("subscription.id", "is required")
	}
	if s.Service.Code == "" {
		f.Add("subscription.service.code", "is required")
	}
	f.Add("subscription.service.billing", billingCodes.Fault(s.Service.Billing))
	f.Add("subscription.start", instant.Fault(s.Start))
	s.validateAmounts(f)
}

func (s *Subscription) validateAmounts(f *Faults) {
	// The first amount given sets the currency.
	currency := s.Price.currency
	for _, m := range [...]*Money{&s.Paid, &s.Service.PerInstance, &s.Refunded} {
		if currency.IsZero() {
			currency = m.currency
		}
	}
	amountFault(f, "subscription.price", &s.Price, currency, true)
	amountFault(f, "subscription.service.per_instance", &s.Service.PerInstance, currency, s.Service.Billing == BillingRecurring)
	paid := amountFault(f, "subscription.paid", &s.Paid, currency, true)
	refunded := amountFault(f, "subscription.refunded", &s.Refunded, currency, false)
	if paid && refunded && s.Paid.cmp(s.Refunded) < 0 {
		f.Add("subscription.refunded", s.Refunded.String()+" is more than the "+s.Paid.String()+" paid")
	}
}

// amountFault adds what is wrong with an amount, and reports whether nothing is.
func amountFault(f *Faults, path string, m *Money, currency Currency, required bool) bool {
	if m.tooLong() {
		f.Add(path, tooManyDigits)
		return false
	}
	return resultFault(f, path, m, currency, required)
}

// resultFault is amountFault for an amount that may be a result, of any length.
func resultFault(f *Faults, path string, m *Money, currency Currency, required bool) bool {
	switch {
	case m.IsZero():
		if required {
			f.Add(path, "is required")
		}
		return !required
	case m.currency != currency:
		f.Add(path, m.currency.Code()+" is another currency than the case's "+currency.Code())
	case m.Sign() < 0:
		f.Add(path, m.String()+" is negative")
	default:
		return true
	}
	return false
}
