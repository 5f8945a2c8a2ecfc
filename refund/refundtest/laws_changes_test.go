package refundtest_test

import (
	"errors"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// changesBreakers are mistakes that break the laws of laws_changes.go.
var changesBreakers = []lawBreaker{
	{"one-more-resolved-issue", "the amount is zero only for a few issues", moves(
		func(_ refund.Policy, c refund.Case) bool { return len(c.Issues) < 3 }, zero)},
	{"open-issue", "open issues count", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		o.ResolvedIssues = len(c.Issues)
	})},
	{"resolved-after-request", "later resolutions count", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		p.Readings.ResolvedUntil = refund.ResolvedUntilWindowClose
		return p.Evaluate(c)
	}},
	{"higher-charge", "a charge above the price is not deducted", moves(
		func(_ refund.Policy, c refund.Case) bool {
			return cmp(c.Subscription.Service.PerInstance, c.Subscription.Price) <= 0
		}, zero)},
	{"later-request", "a later request raises the amount", moves(
		func(_ refund.Policy, c refund.Case) bool {
			return c.Request.At.Sub(c.Subscription.Start) < 24*time.Hour
		}, zero)},
	{"more-refunded", "an earlier refund raises the amount", moves(
		func(_ refund.Policy, c refund.Case) bool { return c.Subscription.Refunded.Sign() == 0 }, zero)},
	{"more-disputed", "a dispute raises the amount", moves(
		func(_ refund.Policy, c refund.Case) bool { return c.Subscription.Disputed.Sign() == 0 }, zero)},
	{"more-disputed", "a dispute reduces the entitlement", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Entitlement = floor0(sub(o.Entitlement, o.Disputed))
	})},
	{"dispute-lost", "an open dispute is ignored", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Disputed.Sign() > 0 {
			o.Refundable = o.Entitlement
		}
	})},
	{"more-refunded", "a small earlier refund raises the amount", moves(
		func(_ refund.Policy, c refund.Case) bool {
			had := c.Subscription.Refunded
			return had.Sign() > 0 && cmp(had.Times(100), some(had)) <= 0
		}, func(o *refund.Outcome, _ refund.Case) { o.Refundable = add(o.Refundable, some(o.Refundable)) })},
	{"more-paid", "full payment lowers the amount to zero", moves(
		func(_ refund.Policy, c refund.Case) bool { return cmp(c.Subscription.Paid, c.Subscription.Price) >= 0 }, zero)},
	{"finding-moves-nothing", "a finding lowers the amount", moves(
		func(_ refund.Policy, c refund.Case) bool { return len(c.Findings) > 0 }, zero)},
	{"finding-moves-nothing", "a case with many findings is refused", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if len(c.Findings) > 8 {
			return refund.Outcome{}, errors.New("too many findings")
		}
		return p.Evaluate(c)
	}},
	{"advisory-finding", "an advisory finding ends the hold", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Held && onAccess(c, refund.SeverityAdvisory, func(string) bool { return true }) {
			*o = accessed(*o, refund.StatusObjected)
		}
	})},
	{"advisory-finding", "an advisory finding starts a hold", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		o.Held = o.Held || o.Statuses[refund.ClauseLicensed] == refund.StatusObjected
	})},
	{"vouching", "a finding on any account clears the requester", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if strangeAlone(c, *o) && onAccess(c, refund.SeveritySatisfied, func(string) bool { return true }) {
			*o = accessed(*o, refund.StatusSatisfied)
		}
	})},
	{"vouching", "a blank at the end of an id is ignored", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if strangeAlone(c, *o) && onAccess(c, refund.SeveritySatisfied, func(subject string) bool {
			return strings.TrimSpace(subject) == c.Request.By
		}) {
			*o = accessed(*o, refund.StatusSatisfied)
		}
	})},
	{"vouching", "a requester whom a finding clears still blocks", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if by, holder := c.Request.By, c.Subscription.Account; by != "" && holder != "" && by != holder {
			o.Statuses[refund.ClauseAccountAccess] = refund.StatusBlocking
		}
	})},
}
