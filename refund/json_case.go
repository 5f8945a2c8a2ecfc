package refund

import "github.com/kasperinfotech/refundpolicy/internal/strict"

// UnmarshalJSON reads a case. It is strict: names match exactly, and it rejects unknown
// fields, repeated fields, null, amounts that are JSON numbers, and text after the object.
// It also rejects a field "policy": a case does not choose the policy that judges it. The
// error is an [*InvalidError] with every fault of the text and every fault that
// [Case.Validate] finds. If there is an error, the case is left unchanged.
//
// A case that is a field of another struct is read just as strictly. But there,
// encoding/json itself rejects a text that is not JSON, stops at the first field with an
// error, and sets a pointer to nil for null without calling UnmarshalJSON.
func (c *Case) UnmarshalJSON(data []byte) error {
	return unmarshal(data, c, (*Case).read, (*Case).validate)
}

// MarshalJSON returns the case as [Case.AppendJSON] writes it.
func (c Case) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil) }

// AppendJSON appends the case as JSON to b. [Case.UnmarshalJSON] reads the same case
// back, with its instants in UTC. If the case is not valid, has a string that is not
// valid UTF-8, or needs more than 1 MiB, AppendJSON returns b unchanged and an
// [*InvalidError].
func (c Case) AppendJSON(b []byte) ([]byte, error) {
	if err := c.Validate(); err != nil {
		return b, err
	}
	return appendObject(b, c.write)
}

func (c *Case) read(r *strict.Reader) { c.readWith(r, nil) }

// readWith reads a case. Unless p is nil, it also reads a policy from the field "policy".
func (c *Case) readWith(r *strict.Reader, p *Policy) {
	policy := strict.ValueField("policy", func(r *strict.Reader) {
		r.Fault("is not allowed: a case does not choose its policy")
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

// UnmarshalJSON reads a subscription as strictly as [Case.UnmarshalJSON] does. It does
// not check that the subscription is complete: [Case.Validate] does.
func (s *Subscription) UnmarshalJSON(data []byte) error {
	return unmarshal(data, s, (*Subscription).read, nil)
}

// MarshalJSON returns the subscription in the form it has in a case.
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

// UnmarshalJSON reads a service as strictly as [Case.UnmarshalJSON] does, without
// checking that it is complete.
func (s *ServiceType) UnmarshalJSON(data []byte) error {
	return unmarshal(data, s, (*ServiceType).read, nil)
}

// MarshalJSON returns the service in the form it has in a subscription.
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

// UnmarshalJSON reads an issue as strictly as [Case.UnmarshalJSON] does, without checking
// that it is complete.
func (i *Issue) UnmarshalJSON(data []byte) error { return unmarshal(data, i, (*Issue).read, nil) }

// MarshalJSON returns the issue in the form it has in a case.
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

// UnmarshalJSON reads a request as strictly as [Case.UnmarshalJSON] does, without checking
// that it is complete.
func (r *Request) UnmarshalJSON(data []byte) error { return unmarshal(data, r, (*Request).read, nil) }

// MarshalJSON returns the request in the form it has in a case.
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

// UnmarshalJSON reads a finding as strictly as [Case.UnmarshalJSON] does, without checking
// that it is complete.
func (fd *Finding) UnmarshalJSON(data []byte) error {
	return unmarshal(data, fd, (*Finding).read, nil)
}

// MarshalJSON returns the finding in the form it has in a case and in an outcome.
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
