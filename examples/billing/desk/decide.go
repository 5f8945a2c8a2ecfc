package desk

import (
	"context"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

var actions = map[decision.Kind]string{
	decision.KindApproved: "approve", decision.KindGoodwill: "grant", decision.KindDeclined: "decline",
}

// Decide makes the decision that an officer proposes. In one transaction it stores the record
// and its entry in the audit table, posts the decision to the books, and inserts the jobs that
// pay it and send the letter. A refused decision has an entry in the audit table too.
//
// While the refund of the first decision has not failed, the same proposal, such as by a double
// click, returns the first decision, and any other one is refused with [ErrDecided].
func (d *Desk) Decide(ctx context.Context, by Officer, subscription string, p decision.Proposal) (result Decided, err error) {
	if p.Kind() == 0 {
		_, err := p.MarshalJSON()
		return Decided{}, err
	}
	var refused error
	err = d.change(ctx, subscription, func(f *file) error {
		result = Decided{}
		if !f.state().Decided() {
			refused = f.decide(by, p)
		} else if text, err := p.MarshalJSON(); err == nil && string(text) == f.decided.proposal {
			result, refused = *f.decided, nil
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
		f.note(by, actions[p.Kind()], refused, result.Record)
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
func (f *file) decide(by Officer, p decision.Proposal) error {
	if f.Request.At.IsZero() {
		return errNotAsked
	}
	v, err := f.desk.assess(f.Record, f.books, f.now)
	if err != nil {
		return err
	}
	made, err := p.Decide(v.Policy, v.Case, by.Decides(), f.now)
	if err != nil {
		return err
	}
	next := Decided{Case: v.Case}
	record, err := made.Record(f.desk.conf.Signer)
	if err != nil {
		return err
	}
	text, err := p.MarshalJSON()
	if err != nil {
		return err
	}
	next.Record, next.proposal = string(record), string(text)
	if next.Facts, err = decision.Verify(record, f.desk.key); err != nil {
		return err
	}
	if next.Letter.Message, err = f.desk.Letter(v, made); err != nil {
		return err
	}
	books, pays := f.books, made.Kind() != decision.KindDeclined
	if pays {
		if books, err = books.Post(made, next.key(), ledger.Options{}, f.now); err != nil {
			return err
		}
	}
	f.exec(`INSERT INTO decisions SELECT $1, $2, count(*), $3, $4, $5, $6 FROM decisions WHERE subscription = $2`,
		next.key(), f.Subscription.ID, next.proposal, document{v.Case}, next.Record, document{next.Letter})
	f.job(mail{next.key()}, time.Time{})
	if pays {
		f.job(payout{f.Subscription.ID}, time.Time{})
	}
	f.books, f.decided = books, &next
	return nil
}

// key returns the key of the decision, and of its refund in the books.
func (d *Decided) key() string { return d.Facts.Digest.String() }

// Letter returns the letter about a decision on a case, made or only tried.
func (d *Desk) Letter(v View, made decision.Decision) (notice.Message, error) {
	return notice.DecisionLetter(made, notice.Options{Customer: v.Record.Customer.Name, Company: d.conf.Company})
}
