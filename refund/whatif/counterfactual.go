package whatif

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Counterfactual is one fact that is not true of a case, and the result if it were. The
// zero Counterfactual changes no fact.
type Counterfactual struct {
	// Fact is the fact.
	Fact Fact

	// At is the last instant at which asking would have had the result, in the policy's
	// location; for FactAskedEarlier only.
	At time.Time

	// Subject is the id of the issue (FactNotResolved), of the requester (FactPermission), or
	// the subject of the finding (FactReportClosed).
	Subject string

	// Amount is the amount refunded (FactNotRefunded), disputed (FactNotDisputed), or to be
	// paid altogether (FactPaidInFull).
	Amount refund.Money

	// Refundable is the amount that would be refundable.
	Refundable refund.Money

	// Held reports whether the refund would be on hold, and WasHeld whether it is.
	Held, WasHeld bool
}

// MaxCounterfactuals is the largest number that [Counterfactuals] returns.
const MaxCounterfactuals = 20

// mostIssues leaves room for two of FactAskedEarlier and one of each other fact.
const mostIssues = MaxCounterfactuals - 2 - 5

// Counterfactuals returns the single facts that would raise the refundable amount of a case
// or free one of the clauses that hold it, each with the result: the largest amount first, and
// those that free the refund before others of the same amount.
//
// The facts are the smallest changes: the last request that gave more, and the last one that
// gave the most; one issue not resolved, for each of the last that count; no earlier refund; no
// open dispute; the price paid in full; the holder's permission for the requester; the only
// open report of unauthorized use closed. A fact that would need a second one as well is not
// listed. An error is that of an evaluation.
func Counterfactuals(e Evaluator, c refund.Case) ([]Counterfactual, error) {
	now, err := evaluated(e, c)
	if err != nil {
		return nil, err
	}
	changes, err := Timeline(e, c)
	if err != nil {
		return nil, err
	}
	list := slices.Concat(askedEarlier(changes, c.Request.At), notResolved(&now, c.Issues), books(&c.Subscription), freeing(&now, &c))
	found := list[:0]
	for _, f := range list {
		o, err := e.Evaluate(f.Apply(c))
		if err != nil {
			return nil, err
		}
		f.Refundable, f.Held, f.WasHeld = o.Refundable, o.Held, now.Held
		if order(o.Refundable, now.Refundable) > 0 || frees(&now, &o) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b Counterfactual) int {
		if sign := order(b.Refundable, a.Refundable); sign != 0 {
			return sign
		}
		switch {
		case a.Held == b.Held:
			return 0
		case b.Held:
			return -1
		}
		return +1
	})
	return found, nil
}

// Apply returns the case with the fact changed. It leaves c as it is.
func (f Counterfactual) Apply(c refund.Case) refund.Case {
	switch f.Fact {
	case FactAskedEarlier:
		return askedAt(c, f.At)
	case FactNotResolved:
		c.Issues = slices.Clone(c.Issues)
		for i := range c.Issues {
			if c.Issues[i].ID == f.Subject {
				c.Issues[i].Resolved = time.Time{}
			}
		}
	case FactNotRefunded:
		c.Subscription.Refunded = refund.Money{}
	case FactNotDisputed:
		c.Subscription.Disputed = refund.Money{}
	case FactPaidInFull:
		c.Subscription.Paid = c.Subscription.Price
	case FactPermission:
		c.Findings = slices.DeleteFunc(slices.Clone(c.Findings), func(fd refund.Finding) bool {
			return blocks(fd, refund.ClauseAccountAccess) && fd.Subject == c.Request.By
		})
		c.Findings = append(c.Findings, refund.Finding{
			Clause: refund.ClauseAccountAccess, Severity: refund.SeveritySatisfied, Subject: c.Request.By,
		})
	case FactReportClosed:
		c.Findings = slices.DeleteFunc(slices.Clone(c.Findings), func(fd refund.Finding) bool {
			return blocks(fd, refund.ClauseCredentials)
		})
	}
	return c
}

func blocks(fd refund.Finding, c refund.Clause) bool {
	return fd.Clause == c && fd.Severity == refund.SeverityBlocking
}

// askedEarlier returns the last instant at which asking gave more, and the last at which it
// gave the most.
func askedEarlier(changes Changes, asked time.Time) (list []Counterfactual) {
	for at := asked; ; {
		better, _, found := changes.LastBetter(at)
		if !found {
			return list
		}
		f := Counterfactual{Fact: FactAskedEarlier, At: better}
		if len(list) < 2 {
			list = append(list, f)
		} else {
			list[1] = f
		}
		at = better
	}
}

// notResolved returns the last resolutions that count, the latest first.
func notResolved(now *refund.Outcome, log refund.IssueLog) (list []Counterfactual) {
	var counted refund.IssueLog
	for _, issue := range log {
		late := now.Basis.Readings.ResolvedUntil == refund.ResolvedUntilRequest && issue.Resolved.After(now.Basis.RequestedAt)
		if now.Window.Contains(issue.Resolved) && !late {
			counted = append(counted, issue)
		}
	}
	slices.SortStableFunc(counted, func(a, b refund.Issue) int { return b.Resolved.Compare(a.Resolved) })
	for _, issue := range counted[:min(len(counted), mostIssues)] {
		list = append(list, Counterfactual{Fact: FactNotResolved, Subject: issue.ID})
	}
	return list
}

// books returns the facts about the money of a subscription.
func books(s *refund.Subscription) (list []Counterfactual) {
	if s.Refunded.Sign() > 0 {
		list = append(list, Counterfactual{Fact: FactNotRefunded, Amount: s.Refunded})
	}
	if s.Disputed.Sign() > 0 {
		list = append(list, Counterfactual{Fact: FactNotDisputed, Amount: s.Disputed})
	}
	if order(s.Paid, s.Price) < 0 {
		list = append(list, Counterfactual{Fact: FactPaidInFull, Amount: s.Price})
	}
	return list
}

// freeing returns the facts that could free a refund on hold.
func freeing(now *refund.Outcome, c *refund.Case) (list []Counterfactual) {
	room := len(c.Findings) < refund.MaxFindings // for the one that vouches
	if now.Statuses[refund.ClauseAccountAccess] == refund.StatusBlocking && c.Request.By != "" && room {
		list = append(list, Counterfactual{Fact: FactPermission, Subject: c.Request.By})
	}
	reports := 0
	report := Counterfactual{Fact: FactReportClosed}
	for _, fd := range c.Findings {
		if blocks(fd, refund.ClauseCredentials) {
			reports++
			report.Subject = fd.Subject
		}
	}
	if reports == 1 {
		list = append(list, report)
	}
	return list
}

// frees reports whether a clause that blocks the refund now does not block it then.
func frees(now, then *refund.Outcome) bool {
	for clause, status := range now.Statuses {
		if status == refund.StatusBlocking && then.Statuses[clause] != refund.StatusBlocking {
			return true
		}
	}
	return false
}
