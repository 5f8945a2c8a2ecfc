package notice

import (
	"encoding/xml"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// TimelineOptions holds the facts of a picture that a case does not have. The zero
// TimelineOptions is valid.
type TimelineOptions struct {
	// Refunds lists the earlier refunds with their dates. If there are any, they must add up
	// to the refunded amount of the case. Defaults to the amount without dates.
	Refunds []Refund

	// Decision is a decision on the case by the policy. Defaults to a picture without a
	// decision.
	Decision decision.Decision

	// ForCompany states that only the company sees the picture, so that a case on hold is
	// drawn in full. Defaults to a picture that the customer may see: on hold it has no
	// amounts, issues and subscription id, as a letter has none.
	ForCompany bool
}

// Timeline returns a picture of a case as an SVG document.
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
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" role="img" width="540" height="60" viewBox="0 0 360 40"><text x="12" y="25">`)
	if err := xml.EscapeText(&b, []byte("Can be refunded: "+money(o.Refundable))); err != nil {
		return "", err
	}
	b.WriteString("</text></svg>\n")
	return b.String(), nil
}

func (opt *TimelineOptions) validate(f *refund.Faults, p *refund.Policy, c *refund.Case, o *refund.Outcome) {
	if opt.Refunds != nil {
		(&DisputeOptions{Refunds: opt.Refunds}).validateRefunds(f, o)
	}
	if d := opt.Decision; !d.IsZero() && (d.CaseDigest() != c.Digest() || d.PolicyDigest() != p.Digest()) {
		f.Add("options.decision", "is not a decision on this case by this policy")
	}
}
