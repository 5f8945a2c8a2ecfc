package web_test

import (
	"context"
	"crypto/ed25519"
	"maps"
	"slices"
	"time"
	_ "time/tzdata"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// A memory is a desk in memory. It evaluates and decides as the real one does.
type memory struct {
	policy refund.Policy
	now    time.Time
	files  []*file
	diffs  []desk.Difference
	audit  []desk.AuditEntry
	broken error // returned by every method, if set
}

// A file is one subscription.
type file struct {
	desk.Record
	books   ledger.Ledger
	log     evidence.Log
	decided *desk.Decided
	state   desk.State

	proposal string // the JSON of the one that was decided
}

var (
	newYork = func() *time.Location { l, _ := time.LoadLocation("America/New_York"); return l }()
	key     = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
)

// march returns a time of March 2026 at the desk.
func march(day, hour, minute int) time.Time {
	return time.Date(2026, time.March, day, hour, minute, 0, 0, newYork)
}

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

func (m *memory) find(id string) (*file, error) {
	if m.broken != nil {
		return nil, m.broken
	}
	i := slices.IndexFunc(m.files, func(f *file) bool { return f.Subscription.ID == id })
	if i < 0 {
		return nil, desk.ErrNotFound
	}
	return m.files[i], nil
}

func (m *memory) View(_ context.Context, id string) (desk.View, error) {
	f, err := m.find(id)
	if err != nil {
		return desk.View{}, err
	}
	v := desk.View{Record: f.Record, Policy: m.policy, Books: f.books, Decision: f.decided, State: f.state}
	for _, e := range m.audit {
		if e.Subscription == id {
			v.Audit = append(v.Audit, e)
		}
	}
	s, err := f.books.Subscription(f.Record.Subscription)
	if err != nil {
		return desk.View{}, err
	}
	v.Case = refund.Case{Subscription: s, Issues: f.Issues, Request: f.Request}
	asked := v.Case.Request.At
	if asked.IsZero() {
		asked = m.now
		v.Case = whatif.Holding{Subscription: s, Issues: f.Issues}.Case(m.now)
	}
	account := customer.Account{ID: s.Account, Username: "user", Particulars: []customer.Particular{}, Reports: f.Customer.Reports}
	if account.Reports == nil {
		account.Reports = []customer.MisuseReport{}
	}
	v.Report = evidence.Review(f.log, v.Case)
	v.Case.Findings = slices.Concat(f.Findings, v.Report.Findings(),
		customer.Review(account, customer.Requester{Account: f.Request.By}, f.Answers, asked, m.now))
	if v.Outcome, err = m.policy.Evaluate(v.Case); err != nil {
		return desk.View{}, err
	}
	if v.Figures, err = v.Report.Figures(m.policy, v.Case); err != nil {
		return desk.View{}, err
	}
	v.Gates = decision.Check(m.policy, v.Outcome)
	v.Changes, err = whatif.Counterfactuals(m.policy, v.Case)
	return v, err
}

func (m *memory) Queue(ctx context.Context, s desk.State, limit int) ([]desk.Item, desk.Totals, error) {
	var items []desk.Item
	var t desk.Totals
	for _, f := range m.files {
		if f.state != s {
			continue
		}
		v, err := m.View(ctx, f.Subscription.ID)
		if err != nil {
			return nil, t, err
		}
		o := v.Outcome
		item := desk.Item{Subscription: f.Subscription.ID, Customer: f.Customer.Name, Asked: f.Request.At, Verdict: o.Verdict, Refundable: o.Refundable,
			Callback: o.Callback, CalledBack: !f.Request.CalledBack.IsZero(), State: s}
		item.Overdue = !item.CalledBack && m.now.After(o.Callback.Latest)
		item.Due = !item.CalledBack && !item.Overdue && !m.now.Before(o.Callback.Earliest)
		for _, c := range refund.Clauses() {
			if o.Statuses[c] == refund.StatusBlocking {
				item.Held, item.Frees = append(item.Held, c), o.Why(c)
			}
		}
		if s != desk.StateOpen {
			items = append(items, item)
			continue
		}
		t.Open++
		for flag, n := range map[*int]bool{&t.Due: item.Due, &t.Overdue: item.Overdue, &t.Held: o.Held} {
			if n {
				*flag++
			}
		}
		i := slices.IndexFunc(t.Refundable, func(x refund.Money) bool { return x.Currency() == o.Refundable.Currency() })
		if i < 0 {
			t.Refundable = append(t.Refundable, o.Refundable)
		} else if t.Refundable[i], err = t.Refundable[i].Add(o.Refundable); err != nil {
			return nil, t, err
		}
		items = append(items, item)
	}
	rank := func(i desk.Item) int {
		switch {
		case i.Overdue:
			return 0
		case i.Due:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(items, func(a, b desk.Item) int { return rank(a) - rank(b) })
	return items[:min(limit, len(items))], t, m.broken
}

// note adds an audit entry.
func (m *memory) note(by desk.Officer, id, action string, record []byte, refused ...string) {
	m.audit = append(m.audit, desk.AuditEntry{Seq: int64(len(m.audit) + 1), At: m.now.UTC(), Officer: by.ID, Subscription: id, Action: action, Record: string(record), Refused: refused})
}

func (m *memory) File(_ context.Context, by desk.Officer, id string, r refund.Request) error {
	f, err := m.find(id)
	if err != nil {
		return err
	}
	if !f.Request.At.IsZero() {
		return desk.ErrDecided
	}
	c := refund.Case{Subscription: f.Subscription, Issues: f.Issues, Request: r}
	if err := c.Validate(); err != nil {
		return err
	}
	f.Request, f.state = r, desk.StateOpen
	m.note(by, id, "file", nil)
	return nil
}

func (m *memory) AddFinding(_ context.Context, by desk.Officer, id string, fd refund.Finding) error {
	f, err := m.find(id)
	if err != nil {
		return err
	}
	c := refund.Case{Subscription: f.Subscription, Issues: f.Issues, Request: f.Request, Findings: append(slices.Clone(f.Findings), fd)}
	if err := c.Validate(); err != nil {
		return err
	}
	f.Findings = c.Findings
	m.note(by, id, "finding", nil)
	return nil
}

func (m *memory) CallBack(_ context.Context, by desk.Officer, id string, at time.Time, answers customer.Attestations) error {
	f, err := m.find(id)
	if err != nil {
		return err
	}
	c := refund.Case{Subscription: f.Subscription, Issues: f.Issues, Request: f.Request}
	if c.Request.CalledBack = at; at.IsZero() {
		return refund.Faults{{Path: "request.called_back", Reason: "is required"}}.Err()
	}
	if err := c.Validate(); err != nil {
		return err
	}
	f.Request, f.Answers = c.Request, maps.Clone(f.Answers)
	if f.Answers == nil {
		f.Answers = customer.Attestations{}
	}
	maps.Copy(f.Answers, answers)
	m.note(by, id, "call_back", nil)
	return nil
}

func (m *memory) Decide(ctx context.Context, by desk.Officer, id string, p decision.Proposal) (desk.Decided, error) {
	action := map[decision.Kind]string{decision.KindApproved: "approve", decision.KindGoodwill: "grant", decision.KindDeclined: "decline"}[p.Kind()]
	f, err := m.find(id)
	if err != nil {
		return desk.Decided{}, err
	}
	if f.decided != nil && f.state != desk.StateFailed {
		if again, err := p.MarshalJSON(); err == nil && string(again) == f.proposal {
			return *f.decided, nil
		}
		return desk.Decided{}, desk.ErrDecided
	}
	v, err := m.View(ctx, id)
	if err != nil {
		return desk.Decided{}, err
	}
	d, err := p.Decide(v.Policy, v.Case, by.Decides(), m.now)
	if err != nil {
		m.note(by, id, action, nil, err.Error())
		return desk.Decided{}, err
	}
	text, err := p.MarshalJSON()
	if err != nil {
		return desk.Decided{}, err
	}
	f.proposal = string(text)
	record, err := d.Record(key)
	if err != nil {
		return desk.Decided{}, err
	}
	facts, err := decision.Verify(record, key.Public().(ed25519.PublicKey))
	if err != nil {
		return desk.Decided{}, err
	}
	letter, err := m.Letter(v, d)
	if err != nil {
		return desk.Decided{}, err
	}
	f.state = desk.StateDeclined
	if d.Amount().Sign() > 0 {
		if f.books, err = f.books.Post(d, d.Digest().String(), ledger.Options{}, m.now); err != nil {
			return desk.Decided{}, err
		}
		f.state = desk.StatePaying
	}
	f.decided = &desk.Decided{Facts: facts, Case: v.Case, Record: string(record), Letter: desk.Letter{Message: letter}}
	m.note(by, id, action, record)
	return *f.decided, nil
}

func (m *memory) Letter(v desk.View, d decision.Decision) (notice.Message, error) {
	return notice.DecisionLetter(d, notice.Options{Customer: v.Record.Customer.Name, Company: "Example Support"})
}

func (m *memory) Differences(context.Context, time.Time) ([]desk.Difference, error) {
	return m.diffs, m.broken
}

func (m *memory) Resolve(_ context.Context, by desk.Officer, id, note string) error {
	i := slices.IndexFunc(m.diffs, func(d desk.Difference) bool { return d.ID == id })
	if i < 0 || !m.diffs[i].Resolved.IsZero() {
		return desk.ErrNotFound
	}
	if m.diffs[i].Event.Kind == 0 && note == "" {
		return refund.Faults{{Path: "note", Reason: "is required: the books do not change"}}.Err()
	}
	m.diffs[i].Resolved, m.diffs[i].By = m.now, by.ID
	m.note(by, m.diffs[i].Subscription, "resolve", nil)
	return nil
}

func (m *memory) Audit(_ context.Context, after int64, limit int) ([]desk.AuditEntry, error) {
	list := m.audit[min(int(max(after, 0)), len(m.audit)):]
	return list[:min(limit, len(list))], m.broken
}
