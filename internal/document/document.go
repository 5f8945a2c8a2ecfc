// Package document reads and writes documents: a case together with the policy to judge
// it by, from an operator who may choose the policy.
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

// DefaultLocation is the location of a policy that names none: the company's address is
// there.
const DefaultLocation = "America/New_York"

// Decode reads a case that may have a field "policy" beside its own, with any fields of a
// policy. An absent one is as in the published policy, at [DefaultLocation]. Decode
// returns a [*refund.InvalidError] with every fault of the text, of the case and of the
// policy, the latter at paths below "policy", and then the zero Document. It keeps nothing
// of data.
func Decode(data []byte) (Document, error) {
	d, err := new(Decoder).Decode(data)
	if err != nil {
		return Document{}, err
	}
	return *d, nil
}

// A Decoder decodes one document after the other in the same memory. The zero Decoder is
// ready to use.
type Decoder struct {
	r strict.Reader
	d Document
}

// Decode is the function Decode for a document that is used only until the next call.
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

// Subscription returns the id of the subscription in the document that was decoded last,
// also if that was refused or its text breaks off later. It returns "" if the id could not
// be read.
func (dec *Decoder) Subscription() string {
	id := dec.d.Case.Subscription.ID
	if dec.r.Faulted("subscription.id") || ident.Fault(id) != "" {
		return ""
	}
	return id
}

// validate returns the faults of a document that was read. If it can, it evaluates the
// document, which finds those that the policy and the case have together.
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

// Append appends a document as JSON to b, with the whole policy, such that [Decode] reads
// the same document. It returns the errors of [refund.Case.AppendJSON] and
// [refund.Policy.MarshalJSON], and b as it was.
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
