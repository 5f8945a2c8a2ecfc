package desk

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// Import stores a new subscription and opens its books with its payments. It returns
// [ErrExists] if the desk has the subscription.
func (d *Desk) Import(ctx context.Context, r Record, payments ...ledger.Payment) error {
	if utf8.RuneCountInString(r.Customer.Name) > 100 { // no letter could be written
		return refund.Faults{{Path: "customer.name", Reason: "must have at most 100 characters"}}.Err()
	}
	books, err := ledger.New(r.Subscription.ID, r.Subscription.Price, payments...)
	if err != nil {
		return err
	}
	if _, err := d.assess(r, books, d.conf.Now()); err != nil {
		return err
	}
	return d.transact(ctx, func(t *txn) error {
		switch err := d.store.CreateTx(ctx, t.Tx, books); {
		case errors.Is(err, sqlstore.ErrExists):
			return ErrExists
		case err != nil:
			return err
		}
		t.exec(`INSERT INTO cases VALUES ($1, 1, '', '', 0, '')`, r.Subscription.ID)
		f := file{Record: r, txn: t, desk: d, books: books, now: d.conf.Now()}
		return f.save()
	})
}

// File records a customer's request for a refund. It returns [ErrDecided] if the subscription
// has a request. RecordedBy of r is set by the desk: the officer who records a request does not decide on it.
func (d *Desk) File(ctx context.Context, by Officer, subscription string, r refund.Request) error {
	return d.edit(ctx, by, subscription, "file", func(f *file) error {
		switch {
		case r.At.IsZero():
			return refund.Faults{{Path: "request.at", Reason: "is required"}}.Err()
		case r.At.After(f.now):
			return refund.Faults{{Path: "request.at", Reason: "is in the future"}}.Err()
		}
		f.Request = r
		f.Request.RecordedBy = by.ID
		v, err := d.assess(f.Record, f.books, f.now)
		if err == nil {
			f.job(reminder{subscription}, v.Outcome.Callback.Earliest)
			f.job(reminder{subscription}, v.Outcome.Callback.Latest)
		}
		return err
	})
}

// AddFinding records an officer's finding about a case that is not decided.
func (d *Desk) AddFinding(ctx context.Context, by Officer, subscription string, fd refund.Finding) error {
	return d.edit(ctx, by, subscription, "finding", func(f *file) error {
		f.Findings = append(slices.Clip(f.Findings), fd)
		return nil
	})
}

// CallBack records the instant at which an officer called the customer back, and the customer's
// answers, which replace earlier ones. Like AddFinding, it returns [ErrDecided] for a decided case.
func (d *Desk) CallBack(ctx context.Context, by Officer, subscription string, at time.Time, answers customer.Attestations) error {
	return d.edit(ctx, by, subscription, "call_back", func(f *file) error {
		switch {
		case at.IsZero():
			return refund.Faults{{Path: "request.called_back", Reason: "is required"}}.Err()
		case at.After(f.now):
			return refund.Faults{{Path: "request.called_back", Reason: "is in the future"}}.Err()
		case f.Answers == nil:
			f.Answers = customer.Attestations{}
		}
		f.Request.CalledBack = at
		maps.Copy(f.Answers, answers)
		return nil
	})
}

// edit changes the record of a case that is not decided. Saving the record checks it.
func (d *Desk) edit(ctx context.Context, by Officer, subscription, action string, change func(f *file) error) error {
	return d.change(ctx, subscription, func(f *file) error {
		switch state := f.state(); {
		case state == "" && action != "file":
			return errNotAsked
		case state != "" && action == "file", state.Decided():
			return ErrDecided
		}
		f.note(by, action, nil, "")
		return change(f)
	})
}

var errNotAsked = refund.Faults{{Path: "request", Reason: "is required: the customer has not asked"}}.Err()
