// Package document reads and writes documents: a case together with the policy that judges
// it, from an operator who may choose the policy.
package document

import (
	"github.com/kasperinfotech/refundpolicy/internal/hook"
	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/internal/zone"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Document is a case and its policy. The zero Document is not valid.
type Document struct {
	Policy refund.Policy
	Case   refund.Case
}

// DefaultLocation is the location of a policy without a location: the company's address is
// there.
const DefaultLocation = "America/New_York"

// Decode reads a case that may have an additional field "policy" with any of the fields of a
// policy. The other fields are those of the published policy at [DefaultLocation]. If there
// is an error, it is a [*refund.InvalidError] with every fault of the text, the case and the
// policy. The result shares no memory with data.
func Decode(data []byte) (Document, error) {
	d, err := new(Decoder).Decode(data)
	if err != nil {
		return Document{}, err
	}
	return *d, nil
}

// A Decoder decodes documents one after another, reusing its memory. The zero Decoder is
// ready to use.
type Decoder struct {
	r strict.Reader
	d Document
}

// Decode is like the function Decode. The document is valid until the next call.
func (dec *Decoder) Decode(data []byte) (*Document, error) {
	r, d := &dec.r, &dec.d
	r.Reset(data)
	*d = Document{Policy: refund.Published(nil)}
	faults := strict.Read(r, func(r *strict.Reader) { hook.ReadDocument(r, &d.Case, &d.Policy) }, dec.validate)
	if faults != nil {
		return nil, faults.Err()
	}
	return d, nil
}

// Subscription returns the id of the subscription in the document decoded last, even if that
// document was not valid or its text was truncated after the id. It returns "" if the id
// could not be read.
func (dec *Decoder) Subscription() string {
	id := dec.d.Case.Subscription.ID
	if dec.r.Faulted("subscription.id") || ident.Fault(id) != "" {
		return ""
	}
	return id
}

// validate returns the faults of a document that was read. If the policy could be read, it
// evaluates the document, which also finds faults of the policy and the case in combination.
func (dec *Decoder) validate() (faults refund.Faults) {
	r, d := &dec.r, &dec.d
	if d.Policy.Location == nil && !r.Faulted("policy.location") {
		var reason string
		d.Policy.Location, reason = zone.Find(DefaultLocation)
		if reason != "" {
			r.FaultAt("policy.location", reason)
		}
	}
	policyErr, caseErr := d.Policy.Validate(), d.Case.Validate()
	if r.Count() == 0 && policyErr == nil && caseErr == nil {
		return faults
	}
	if r.Faulted("policy") {
		faults.Merge(policyErr)
		faults.Merge(caseErr)
	} else {
		_, err := d.Policy.Evaluate(d.Case)
		faults.Merge(err)
	}
	return faults
}

// Evaluate judges the case by the policy ([refund.Policy.Evaluate]).
func (d Document) Evaluate() (refund.Outcome, error) { return d.Policy.Evaluate(d.Case) }

// Append appends a document as JSON to b, with the complete policy. [Decode] reads the same
// document back. If there is an error of [refund.Case.AppendJSON] or
// [refund.Policy.MarshalJSON], it returns b unchanged.
func (d Document) Append(b []byte) ([]byte, error) {
	policy, err := d.Policy.MarshalJSON()
	if err != nil {
		return b, err
	}
	out, err := d.Case.AppendJSON(b)
	if err != nil {
		return b, err
	}
	out = append(out[:len(out)-1], `,"policy":`...)
	out = append(append(out, policy...), '}')
	if len(out)-len(b) > strict.MaxBytes {
		var faults refund.Faults
		faults.Add("", strict.TooLong)
		return b, faults.Err()
	}
	return out, nil
}
