package notice

import (
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// TimelineOptions holds the facts of a picture that a case does not have. The zero
// TimelineOptions is valid.
type TimelineOptions struct {
	// Refunds lists the earlier refunds with their dates. They must add up to the refunded
	// amount of the case. Defaults to a picture of that amount without dates. References of
	// refunds are not in the picture.
	Refunds []Refund

	// Decision is a decision on exactly this case by this policy: the case as it was decided,
	// before the refund is in its books. Defaults to a picture without a decision.
	Decision decision.Facts

	// ForCompany states that only the company sees the picture, so that a case on hold is
	// drawn in full. Defaults to a picture that the customer may see: on hold it has neither
	// amounts nor issues nor the subscription id, as in a letter.
	ForCompany bool
}

// Timeline returns a picture of a case as an SVG document: the window with its last day, the
// issues, whether each was counted and why not, earlier refunds, the request, the call back,
// and the decision. Below them it has the refundable amount by the time of the request, which
// is the step function of whatif.Timeline.
//
// The picture is 400 pixels wide, and legible from 320 pixels on. Inline it shrinks to fit; an
// img element that shows it needs max-width:100% and, to stay on one page in print,
// max-height:95vh. The colors follow the light or dark scheme of the reader, and are black in
// print. Its title and description have the same facts in words. It has neither scripts nor
// references nor ids, so that a page can have any number of pictures inline.
//
// More than eight issues are grouped: by the day of their resolution, or, if those groups are
// too many, by whether they were counted. The steps of the amount are left out if more than
// 250 issues were resolved in the window, since the time of their computation grows with
// the square of the number. The description says so.
//
// The picture has ids of issues and of the subscription, cut to a readable length. It has
// no ids of accounts, no text of a finding, and neither the name nor the reason of an officer.
//
// Timeline returns a [*refund.InvalidError] for an invalid policy, case or option. The picture
// is then empty.
func Timeline(p refund.Policy, c refund.Case, opt TimelineOptions) (string, error) {
	o, err := p.Evaluate(c)
	if err != nil {
		return "", err
	}
	var f refund.Faults
	opt.validate(&f, &p, &c, &o)
	if f != nil {
		return "", f.Err()
	}
	facts := newChronicle(&p, &c, &o, &opt)
	return draw(facts.layout()), nil
}

func (opt *TimelineOptions) validate(f *refund.Faults, p *refund.Policy, c *refund.Case, o *refund.Outcome) {
	if opt.Refunds != nil {
		(&DisputeOptions{Refunds: opt.Refunds}).validateRefunds(f, o)
	}
	if d := &opt.Decision; d.Kind != 0 && (d.Case != c.Digest() || d.Policy != p.Digest()) {
		f.Add("options.decision", "is not a decision on this case by this policy")
	}
}
