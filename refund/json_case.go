package refund

import "github.com/kasperinfotech/refundpolicy/internal/strict"

// UnmarshalJSON reads a case. It is strict: names match exactly, and an unknown field, a
// field given twice, null, an amount that is a number, and text after the object are
// refused. So is a field "policy": a case does not choose the policy it is judged by.
// The error is an [*InvalidError] with every fault of the text, and those that
// [Case.Validate] finds, by the path of its field; the case is then left as it is.
//
// A case within a host's own struct is read just as strictly. But encoding/json itself
// refuses a text that is not JSON, stops at the first error of a struct's fields, and
// sets a pointer to nil for null without asking.
func (c *Case) UnmarshalJSON(data []byte) error {
	return unmarshal(data, c, (*Case).read, (*Case).validate)
}

// MarshalJSON returns what [Case.AppendJSON] appends.
func (c Case) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil) }

// AppendJSON appends the case as JSON to b, such that [Case.UnmarshalJSON] reads the
// same case, its instants in UTC. It returns an [*InvalidError], and b as it was, for a
// case that is not valid, has a string that is not valid UTF-8, or takes more than 1 MiB.
func (c Case) AppendJSON(b []byte) ([]byte, error) {
	if err := c.Validate(); err != nil {
		return b, err
	}
	return appendObject(b, c.write)
}

func (c *Case) read(r *strict.Reader) { c.readWith(r, nil) }

// readWith reads a case, and the policy in it unless p is nil.
func (c *Case) readWith(r *strict.Reader, p *Policy) {
	policy := strict.ValueField("policy", func(r *strict.Reader) {
		r.Fault("is refused: a case does not choose its policy")
		r.Skip()
	})
	if p != nil {
		policy = strict.ValueField("policy", p.readPart)
	}
	r.Object(
		strict.ValueField("subscription", c.Subscription.read).Required(),
		strict.ValueField("request", c.Request.read).Required(),
		strict.ListField("issues", &c.Issues, MaxIssues, (*Issue).read),
		strict.ListField("findings", &c.Findings, MaxFindings, (*Finding).read),
		policy,
	)
}

func (c *Case) write(w *strict.Writer) {
	w.ObjectField("subscription", c.Subscription.write)
	strict.Objects(w, "issues", c.Issues, (*Issue).write)
	w.ObjectField("request", c.Request.write)
	if len(c.Findings) > 0 {
		strict.Objects(w, "findings", c.Findings, (*Finding).write)
	}
}

// UnmarshalJSON reads a subscription as strictly as [Case.UnmarshalJSON] does. Whether
// one is complete, [Case.Validate] says of its case; the same goes for the other parts.
func (s *Subscription) UnmarshalJSON(data []byte) error {
	return unmarshal(data, s, (*Subscription).read, nil)
}

// MarshalJSON returns the subscription as a case has it.
func (s Subscription) MarshalJSON() ([]byte, error) { return appendObject(nil, s.write) }

func (s *Subscription) read(r *strict.Reader) {
	r.Object(
		strict.ValueField("service", s.Service.read).Required(),
		strict.TextField("id", &s.ID),
		strict.TextField("account", &s.Account),
		strict.InstantField("start", &s.Start),
		strict.ValueField("price", s.Price.read),
		strict.ValueField("paid", s.Paid.read),
		strict.ValueField("refunded", s.Refunded.read),
		strict.ValueField("disputed", s.Disputed.read),
	)
}

func (s *Subscription) write(w *strict.Writer) {
	w.Text("id", s.ID)
	w.Text("account", s.Account)
	w.ObjectField("service", s.Service.write)
	w.Instant("start", s.Start)
	writeMoney(w, "price", s.Price)
	writeMoney(w, "paid", s.Paid)
	writeMoney(w, "refunded", s.Refunded)
	writeMoney(w, "disputed", s.Disputed)
}

// UnmarshalJSON reads a service as strictly as [Case.UnmarshalJSON] does.
func (s *ServiceType) UnmarshalJSON(data []byte) error {
	return unmarshal(data, s, (*ServiceType).read, nil)
}

// MarshalJSON returns the service as a subscription has it.
func (s ServiceType) MarshalJSON() ([]byte, error) { return appendObject(nil, s.write) }

func (s *ServiceType) read(r *strict.Reader) {
	r.Object(
		strict.TextField("code", &s.Code),
		strict.CodeField[Fault]("billing", &s.Billing),
		strict.ValueField("per_instance", s.PerInstance.read),
	)
}

func (s *ServiceType) write(w *strict.Writer) {
	w.Text("code", s.Code)
	strict.Code(w, "billing", billingCodes, s.Billing)
	writeMoney(w, "per_instance", s.PerInstance)
}

// UnmarshalJSON reads an issue as strictly as [Case.UnmarshalJSON] does.
func (i *Issue) UnmarshalJSON(data []byte) error { return unmarshal(data, i, (*Issue).read, nil) }

// MarshalJSON returns the issue as a case has it.
func (i Issue) MarshalJSON() ([]byte, error) { return appendObject(nil, i.write) }

func (i *Issue) read(r *strict.Reader) {
	r.Object(
		strict.TextField("id", &i.ID),
		strict.TextField("subscription", &i.Subscription),
		strict.InstantField("opened", &i.Opened),
		strict.InstantField("resolved", &i.Resolved),
	)
}

func (i *Issue) write(w *strict.Writer) {
	w.Text("id", i.ID)
	w.Text("subscription", i.Subscription)
	w.Instant("opened", i.Opened)
	w.Instant("resolved", i.Resolved)
}

// UnmarshalJSON reads a request as strictly as [Case.UnmarshalJSON] does.
func (r *Request) UnmarshalJSON(data []byte) error { return unmarshal(data, r, (*Request).read, nil) }

// MarshalJSON returns the request as a case has it.
func (r Request) MarshalJSON() ([]byte, error) { return appendObject(nil, r.write) }

func (r *Request) read(in *strict.Reader) {
	in.Object(
		strict.InstantField("at", &r.At),
		strict.CodeField[Fault]("channel", &r.Channel),
		strict.TextField("by", &r.By),
		strict.TextField("recorded_by", &r.RecordedBy),
		strict.TextField("reason", &r.Reason),
		strict.InstantField("called_back", &r.CalledBack),
	)
}

func (r *Request) write(w *strict.Writer) {
	w.Instant("at", r.At)
	strict.Code(w, "channel", channelCodes, r.Channel)
	w.Text("by", r.By)
	w.Text("recorded_by", r.RecordedBy)
	w.Text("reason", r.Reason)
	w.Instant("called_back", r.CalledBack)
}

// UnmarshalJSON reads a finding as strictly as [Case.UnmarshalJSON] does.
func (fd *Finding) UnmarshalJSON(data []byte) error {
	return unmarshal(data, fd, (*Finding).read, nil)
}

// MarshalJSON returns the finding as a case and an outcome have it.
func (fd Finding) MarshalJSON() ([]byte, error) { return appendObject(nil, fd.write) }

func (fd *Finding) read(r *strict.Reader) {
	r.Object(
		strict.CodeField[Fault]("clause", &fd.Clause),
		strict.CodeField[Fault]("severity", &fd.Severity),
		strict.TextField("subject", &fd.Subject),
		strict.TextField("detail", &fd.Detail),
	)
}

func (fd *Finding) write(w *strict.Writer) {
	strict.Code(w, "clause", clauseCodes, fd.Clause)
	strict.Code(w, "severity", severityCodes, fd.Severity)
	w.Text("subject", fd.Subject)
	w.Text("detail", fd.Detail)
}
