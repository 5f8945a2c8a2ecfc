package notice

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A DisputeText answers a card dispute. Each of its texts is plain text of fewer than 20,000
// characters. The zero DisputeText is empty.
type DisputeText struct {
	Text   string // the whole answer
	Fields DisputeFields
}

// DisputeFields holds the parts of an answer under the names that payment processors use. The
// zero DisputeFields is empty.
type DisputeFields struct {
	// RefundPolicy is the rules of the policy that decide on the amount, paraphrased. Send
	// the published text with it if the processor takes a file.
	RefundPolicy string `json:"refund_policy"`

	// RefundPolicyDisclosure says when and how the customer saw the policy.
	RefundPolicyDisclosure string `json:"refund_policy_disclosure"`

	// RefundRefusalExplanation says how much was refunded or is owed, and why no more is owed.
	RefundRefusalExplanation string `json:"refund_refusal_explanation"`
}

// DisputeOptions holds the facts of a dispute that an outcome does not have. The zero
// DisputeOptions lacks the disclosure.
type DisputeOptions struct {
	// Company is the name of the company. Defaults to an answer without the name.
	Company string

	// Reference names the dispute or the order. Defaults to the id of the subscription.
	Reference string

	// DisclosedAt is when the customer saw the policy. Required.
	DisclosedAt time.Time

	// DisclosedHow says how the customer saw the policy, such as "on the checkout page, above
	// the button that places the order". Required, at most 1,000 characters.
	DisclosedHow string

	// PolicyAddress is where the published policy can be read. Optional.
	PolicyAddress string

	// Refunds lists the refunds that were made. They must add up to the refunded amount of
	// the outcome.
	Refunds []Refund
}

// A Refund is a refund that was made. The zero Refund is not valid.
type Refund struct {
	Amount    refund.Money // required, positive
	At        time.Time    // required
	Reference string       // such as the processor's id of the refund; optional
}

// RefundIssued answers a dispute over a refund that was made. It has the amount, the date and
// the reference of each refund, and says why no further refund is owed.
//
// RefundIssued returns a [*refund.InvalidError] if the outcome has no refunds, or if the refunds do
// not cover the entitlement. RefundIssued, [NoRefundOwed] and [PartlyOwed] all return one for a
// policy that is not the outcome's, for an invalid option, for an outcome that [Letter] refuses,
// and if more than the price was paid and the whole payment was not refunded. The DisputeText is
// then the zero one.
func RefundIssued(p refund.Policy, o refund.Outcome, opt DisputeOptions) (DisputeText, error) {
	return answer(p, o, opt, func(f *refund.Faults) {
		switch {
		case o.Refunded.Sign() <= 0:
			f.Add("outcome.refunded", "is zero: no refund was made")
		case exact.Less(o.Refunded, o.Entitlement):
			f.Add("outcome.refunded", "is less than the entitlement: see PartlyOwed")
		}
	}, (*rebuttal).issued)
}

// NoRefundOwed answers a dispute over a subscription for which the policy grants no refund:
// the policy, its disclosure, the dates and the figures.
//
// NoRefundOwed returns a [*refund.InvalidError] if the policy grants an amount, and for the input
// that all three functions refuse: see [RefundIssued].
func NoRefundOwed(p refund.Policy, o refund.Outcome, opt DisputeOptions) (DisputeText, error) {
	return answer(p, o, opt, func(f *refund.Faults) {
		if o.Entitlement.Sign() > 0 {
			f.Add("outcome.entitlement", o.Entitlement.String()+" is owed: see PartlyOwed and RefundIssued")
		}
	}, (*rebuttal).notOwed)
}

// PartlyOwed answers a dispute over a subscription for which the policy grants a part of the
// payment: which part is owed, which part is not, and why.
//
// PartlyOwed returns a [*refund.InvalidError] if no part or the whole payment is owed, if the
// part was refunded already, and for the input that all three functions refuse: see
// [RefundIssued]. If the whole payment is owed, accept the dispute.
func PartlyOwed(p refund.Policy, o refund.Outcome, opt DisputeOptions) (DisputeText, error) {
	return answer(p, o, opt, func(f *refund.Faults) {
		switch {
		case o.Entitlement.Sign() <= 0:
			f.Add("outcome.entitlement", "is zero: see NoRefundOwed")
		case !exact.Less(o.Entitlement, o.Basis.Paid):
			f.Add("outcome.entitlement", "is the whole payment: accept the dispute")
		case !exact.Less(o.Refunded, o.Entitlement):
			f.Add("outcome.refunded", "covers the entitlement: see RefundIssued")
		}
	}, (*rebuttal).partly)
}

// answer checks the input, and lets write fill in the answer.
func answer(p refund.Policy, o refund.Outcome, opt DisputeOptions, check func(*refund.Faults), write func(*rebuttal)) (DisputeText, error) {
	var f refund.Faults
	validateOutcome(&f, &o)
	if f == nil {
		check(&f)
		if exact.Less(o.Basis.Price, o.Basis.Paid) && exact.Less(o.Refunded, o.Basis.Paid) {
			// The policy is silent on it, so an answer could not say that it is not owed.
			f.Add("outcome.paid", "is more than the price: return the overpayment first")
		}
		opt.validateRefunds(&f, &o)
	}
	validatePolicy(&f, &p, &o)
	opt.validate(&f)
	if f != nil {
		return DisputeText{}, f.Err()
	}
	r := rebuttal{policy: &p, outcome: &o, opt: &opt}
	write(&r)
	return r.text(), nil
}

const longestDisclosure = 1000

func (opt *DisputeOptions) validate(f *refund.Faults) {
	text := func(path, s string, most int) {
		if utf8.RuneCountInString(s) > most {
			f.Add("options."+path, "has more than "+strconv.Itoa(most)+" characters")
		}
	}
	text("company", opt.Company, longestName)
	text("reference", opt.Reference, longestName)
	f.Add("options.disclosed_at", instant.Fault(opt.DisclosedAt))
	text("disclosed_how", opt.DisclosedHow, longestDisclosure)
	if plain(opt.DisclosedHow) == "" {
		f.Add("options.disclosed_how", "is required")
	}
	text("policy_address", opt.PolicyAddress, longestDisclosure)
	for i, r := range opt.Refunds {
		text("refunds["+strconv.Itoa(i)+"].reference", r.Reference, longestName)
	}
}

// validateRefunds compares the refunds with the refunded amount of a valid outcome.
func (opt *DisputeOptions) validateRefunds(f *refund.Faults, o *refund.Outcome) {
	sum := o.Refunded.Times(0)
	for i, r := range opt.Refunds {
		path := "options.refunds[" + strconv.Itoa(i) + "]."
		f.Add(path+"at", instant.Fault(r.At))
		if reason := exact.Fault(r.Amount, sum.Currency()); reason != "" {
			f.Add(path+"amount", reason)
			return
		}
		if r.Amount.Sign() == 0 {
			f.Add(path+"amount", "is zero")
		}
		sum = exact.Add(sum, r.Amount)
	}
	if !sum.Equal(o.Refunded) {
		f.Add("options.refunds", "add up to "+sum.String()+", and the outcome has "+o.Refunded.String()+" refunded")
	}
}
