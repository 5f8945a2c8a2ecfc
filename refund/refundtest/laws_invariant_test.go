package refundtest_test

import (
	"errors"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// invariantBreakers are mistakes that break the laws of laws_invariant.go.
var invariantBreakers = []lawBreaker{
	{"order", "the first issue decides", moves(
		func(_ refund.Policy, c refund.Case) bool { return len(c.Issues) > 0 && c.Issues[0].Resolved.IsZero() }, zero)},
	{"zones", "the local hour of the instant decides", moves(
		func(_ refund.Policy, c refund.Case) bool { return c.Request.At.Hour() < 6 }, zero)},
	{"currencies", "a currency without cents is not refunded", moves(
		func(_ refund.Policy, c refund.Case) bool { return c.Subscription.Price.Currency().Digits() == 0 }, zero)},
	{"currencies", "yen are refused", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if inYen(p, c) {
			return refund.Outcome{}, errors.New("no cents")
		}
		return p.Evaluate(c)
	}},
	{"currencies", "yen are refunded in dollars", moves(inYen, func(o *refund.Outcome, _ refund.Case) {
		o.Refundable = refund.MustMoney("0.00", "USD")
	})},
	{"currencies", "an evaluator without yen ignores currencies of three decimals", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		switch c.Subscription.Price.Currency().Digits() {
		case 0:
			return refund.Outcome{}, errors.ErrUnsupported
		case 3:
			zero(&o, c)
		}
		return o, err
	}},
	{"currencies", "the verdict differs in yen", moves(inYen, func(o *refund.Outcome, _ refund.Case) { o.Verdict = refund.VerdictConsumed })},
	{"currencies", "a status differs in yen", moves(inYen, func(o *refund.Outcome, _ refund.Case) { o.Statuses[refund.ClauseCooperation] = refund.StatusObjected })},
	{"currencies", "every case in yen is held", moves(inYen, func(o *refund.Outcome, _ refund.Case) { o.Held = true })},
}

func inYen(_ refund.Policy, c refund.Case) bool { return c.Subscription.Price.Currency().Digits() == 0 }
