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
	o := r.Object()
	for r.Field(&o) {
		switch string(o.Key()) {
		case "subscription":
			if r.Known(&o, 0, "subscription") {
				c.Subscription.read(r)
				r.Leave()
			}
		case "request":
			if r.Known(&o, 1, "request") {
				c.Request.read(r)
				r.Leave()
			}
		case "issues":
			if r.Known(&o, 2, "issues") {
				c.Issues = IssueLog{}
				r.Array(func() { c.Issues = readElement(r, c.Issues, MaxIssues, (*Issue).read) })
				r.Leave()
			}
		case "findings":
			if r.Known(&o, 3, "findings") {
				r.Array(func() { c.Findings = readElement(r, c.Findings, MaxFindings, (*Finding).read) })
				r.Leave()
			}
		case "policy":
			if p == nil {
				r.Unknown(&o, "is refused: a case does not choose its policy")
			} else if r.Known(&o, 4, "policy") {
				p.readPart(r)
				r.Leave()
			}
		default:
			r.Unknown(&o, strict.UnknownField)
		}
	}
	r.Required(&o, "subscription", "request")
}

// readElement appends an element to a list. It skips those beyond one more than are
// allowed, which is enough for a validation to see that they are too many.
func readElement[T any](r *strict.Reader, list []T, most int, read func(*T, *strict.Reader)) []T {
	if len(list) > most {
		r.Skip()
		return list
	}
	if cap(list) == 0 {
		list = make([]T, 0, 4)
	}
	var zero T
	list = append(list, zero)
	read(&list[len(list)-1], r)
	return list
}

func (c *Case) write(w *strict.Writer) {
	w.Object("subscription")
	c.Subscription.write(w)
	w.End()
	w.Array("issues")
	for i := range c.Issues {
		w.Object("")
		c.Issues[i].write(w)
		w.End()
	}
	w.End()
	w.Object("request")
	c.Request.write(w)
	w.End()
	if len(c.Findings) > 0 {
		writeFindings(w, c.Findings)
	}
}

func writeFindings(w *strict.Writer, findings []Finding) {
	w.Array("findings")
	for i := range findings {
		w.Object("")
		findings[i].write(w)
		w.End()
	}
	w.End()
}

// UnmarshalJSON reads a subscription as strictly as [Case.UnmarshalJSON] does. Whether
// one is complete, [Case.Validate] says of its case; the same goes for the other parts.
func (s *Subscription) UnmarshalJSON(data []byte) error {
	return unmarshal(data, s, (*Subscription).read, nil)
}

// MarshalJSON returns the subscription as a case has it.
func (s Subscription) MarshalJSON() ([]byte, error) { return appendObject(nil, s.write) }

func (s *Subscription) read(r *strict.Reader) {
	o := r.Object()
	for r.Field(&o) {
		switch string(o.Key()) {
		case "service":
			if r.Known(&o, 0, "service") {
				s.Service.read(r)
				r.Leave()
			}
		case "id":
			r.TextField(&o, 1, "id", &s.ID)
		case "account":
			r.TextField(&o, 2, "account", &s.Account)
		case "start":
			r.InstantField(&o, 3, "start", &s.Start)
		case "price":
			moneyField(r, &o, 4, "price", &s.Price)
		case "paid":
			moneyField(r, &o, 5, "paid", &s.Paid)
		case "refunded":
			moneyField(r, &o, 6, "refunded", &s.Refunded)
		default:
			r.Unknown(&o, strict.UnknownField)
		}
	}
	r.Required(&o, "service")
}

func (s *Subscription) write(w *strict.Writer) {
	w.Text("id", s.ID)
	w.Text("account", s.Account)
	w.Object("service")
	s.Service.write(w)
	w.End()
	w.Instant("start", s.Start)
	writeMoney(w, "price", s.Price)
	writeMoney(w, "paid", s.Paid)
	writeMoney(w, "refunded", s.Refunded)
}

// UnmarshalJSON reads a service as strictly as [Case.UnmarshalJSON] does.
func (s *ServiceType) UnmarshalJSON(data []byte) error {
	return unmarshal(data, s, (*ServiceType).read, nil)
}

// MarshalJSON returns the service as a subscription has it.
func (s ServiceType) MarshalJSON() ([]byte, error) { return appendObject(nil, s.write) }

func (s *ServiceType) read(r *strict.Reader) {
	for o := r.Object(); r.Field(&o); {
		switch string(o.Key()) {
		case "code":
			r.TextField(&o, 0, "code", &s.Code)
		case "billing":
			strict.CodeField(r, &o, 1, "billing", billingCodes, &s.Billing)
		case "per_instance":
			moneyField(r, &o, 2, "per_instance", &s.PerInstance)
		default:
			r.Unknown(&o, strict.UnknownField)
		}
	}
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
	for o := r.Object(); r.Field(&o); {
		switch string(o.Key()) {
		case "id":
			r.TextField(&o, 0, "id", &i.ID)
		case "subscription":
			r.TextField(&o, 1, "subscription", &i.Subscription)
		case "opened":
			r.InstantField(&o, 2, "opened", &i.Opened)
		case "resolved":
			r.InstantField(&o, 3, "resolved", &i.Resolved)
		default:
			r.Unknown(&o, strict.UnknownField)
		}
	}
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
	for o := in.Object(); in.Field(&o); {
		switch string(o.Key()) {
		case "at":
			in.InstantField(&o, 0, "at", &r.At)
		case "channel":
			strict.CodeField(in, &o, 1, "channel", channelCodes, &r.Channel)
		case "by":
			in.TextField(&o, 2, "by", &r.By)
		case "recorded_by":
			in.TextField(&o, 3, "recorded_by", &r.RecordedBy)
		case "reason":
			in.TextField(&o, 4, "reason", &r.Reason)
		case "called_back":
			in.InstantField(&o, 5, "called_back", &r.CalledBack)
		default:
			in.Unknown(&o, strict.UnknownField)
		}
	}
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
	for o := r.Object(); r.Field(&o); {
		switch string(o.Key()) {
		case "clause":
			strict.CodeField(r, &o, 0, "clause", clauseCodes, &fd.Clause)
		case "severity":
			strict.CodeField(r, &o, 1, "severity", severityCodes, &fd.Severity)
		case "subject":
			r.TextField(&o, 2, "subject", &fd.Subject)
		case "detail":
			r.TextField(&o, 3, "detail", &fd.Detail)
		default:
			r.Unknown(&o, strict.UnknownField)
		}
	}
}

func (fd *Finding) write(w *strict.Writer) {
	strict.Code(w, "clause", clauseCodes, fd.Clause)
	strict.Code(w, "severity", severityCodes, fd.Severity)
	w.Text("subject", fd.Subject)
	w.Text("detail", fd.Detail)
}
