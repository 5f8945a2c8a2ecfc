package desk

import (
	"context"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// Each decision takes the digest of the outcome that the officer saw. While the refund of the
// first decision has not failed, a second decision of the same kind on the same outcome, such
// as by a double click, returns the first, and any other one is refused with [ErrDecided]. In
// one transaction the desk stores the record and its entry in the audit table, posts the
// decision to the books, and inserts the jobs that pay it and send the letter. A refused
// decision has an entry in the audit table too.

// Approve decides on a refund under the guarantee. By and At of a are set by the desk.
func (d *Desk) Approve(ctx context.Context, by Officer, subscription string, shown refund.Digest, a decision.Approval) (Decided, error) {
	return d.decide(ctx, by, subscription, shown, decision.KindApproved, func(v View, now time.Time) (decision.Decision, error) {
		a.By, a.At = by.Decides(), now
		return decision.Approve(v.Policy, v.Case, shown, a)
	})
}

// Grant decides on goodwill. By and At of g are set by the desk.
func (d *Desk) Grant(ctx context.Context, by Officer, subscription string, shown refund.Digest, g decision.Goodwill) (Decided, error) {
	return d.decide(ctx, by, subscription, shown, decision.KindGoodwill, func(v View, now time.Time) (decision.Decision, error) {
		g.By, g.At = by.Decides(), now
		return decision.Grant(v.Policy, v.Case, shown, g)
	})
}

// Decline decides on no refund. By and At of n are set by the desk.
func (d *Desk) Decline(ctx context.Context, by Officer, subscription string, shown refund.Digest, n decision.Denial) (Decided, error) {
	return d.decide(ctx, by, subscription, shown, decision.KindDeclined, func(v View, now time.Time) (decision.Decision, error) {
		n.By, n.At = by.Decides(), now
		return decision.Decline(v.Policy, v.Case, shown, n)
	})
}

// Decides returns the officer as package decision takes one.
func (o Officer) Decides() decision.Officer {
	return decision.Officer{ID: o.ID, Account: o.Account, Limit: o.Limit}
}

// key returns the key of the decision, and of its refund in the books.
func (d *Decided) key() string { return d.Facts.Digest.String() }

var actions = map[decision.Kind]string{
	decision.KindApproved: "approve", decision.KindGoodwill: "grant", decision.KindDeclined: "decline",
}

func (d *Desk) decide(ctx context.Context, by Officer, subscription string, shown refund.Digest, kind decision.Kind,
	decide func(v View, now time.Time) (decision.Decision, error)) (result Decided, err error) {
	var refused error
	err = d.change(ctx, subscription, func(f *file) error {
		result, refused = Decided{}, nil
		if !f.isDecided() {
			refused = f.decide(decide)
		} else if was := f.decided.Facts; was.Kind == kind && was.Outcome == shown {
			result = *f.decided
			return nil
		} else {
			refused = ErrDecided
		}
		if refused != nil && codes(refused) == nil { // a failure, not a refusal
			return refused
		}
		if refused == nil {
			result = *f.decided
		}
		f.note(by, actions[kind], refused, result.Record)
		return nil
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return Decided{}, err
	}
	return result, nil
}

// decide makes a decision on a file and posts it. After an error, the file is unchanged.
func (f *file) decide(decide func(v View, now time.Time) (decision.Decision, error)) error {
	if f.Request.At.IsZero() {
		return errNotAsked
	}
	v, err := f.desk.assess(f.Record, f.books, f.now)
	if err != nil {
		return err
	}
	made, err := decide(v, f.now)
	if err != nil {
		return err
	}
	var next Decided
	if f.decided != nil {
		next.number = f.decided.number + 1
	}
	books := f.books
	if made.Kind() != decision.KindDeclined {
		if books, err = books.Post(made, made.Digest().String(), ledger.Options{}, f.now); err != nil {
			return err
		}
	}
	next.Case = v.Case
	if next.Letter, err = f.desk.Letter(v, made); err != nil {
		return err
	}
	if next.Record, err = made.Record(f.desk.conf.Signer); err != nil {
		return err
	}
	if next.Facts, err = decision.Verify(next.Record, f.desk.key); err != nil {
		return err
	}
	f.exec(`INSERT INTO decisions VALUES ($1, $2, $3, $4, $5, $6)`,
		next.key(), f.Subscription.ID, next.number, f.text(v.Case), string(next.Record), f.text(next.Letter))
	if made.Kind() != decision.KindDeclined {
		f.job(payout{f.Subscription.ID}, time.Time{})
	}
	f.job(mail{next.key()}, time.Time{})
	f.books, f.decided = books, &next
	return nil
}

// Letter returns the letter about a decision on a case, made or only tried.
func (d *Desk) Letter(v View, made decision.Decision) (Letter, error) {
	m, err := notice.DecisionLetter(made, notice.Options{Customer: v.Record.Customer.Name, Company: d.conf.Company})
	return Letter{Subject: m.Subject, Text: m.Text, HTML: m.HTML}, err
}
