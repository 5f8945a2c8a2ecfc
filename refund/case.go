package refund

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
// every fault: a missing fact, a negative amount, two currencies, more refunded
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
