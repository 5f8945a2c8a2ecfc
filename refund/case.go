package refund

// A Case holds the known facts about one subscription and the request to refund it.
// It is the input of [Policy.Evaluate]. The zero Case is not valid; [Case.Validate]
// lists the missing facts.
type Case struct {
	Subscription Subscription
	Issues       IssueLog
	Request      Request
	Findings     []Finding
}

// Validate returns nil if the case can be judged. Otherwise it returns an
// [*InvalidError] with every fault: a missing fact, a negative amount, two currencies,
// more refunded than paid, events in an impossible order, or a finding on a clause that
// does not take findings.
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
		f.Add("findings", "has more than 20000 entries")
		return
	}
	for i := range c.Findings {
		c.Findings[i].validate(f, i)
	}
}
