package desk

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Webhook verifies a webhook of the provider, and receives its event. The errors are those of
// [provider.Provider] and Receive.
func (d *Desk) Webhook(ctx context.Context, header http.Header, body []byte) error {
	e, err := d.conf.Provider.Event(header, body, d.conf.Now())
	if err != nil {
		return err
	}
	return d.Receive(ctx, e)
}

// Receive records an event of the provider in the books. A repeated event does not change
// them. For an event that arrives before the one to which it refers, Receive returns an error
// that matches [ledger.ErrUnknown]: let the provider send it again.
func (d *Desk) Receive(ctx context.Context, e provider.Event) error {
	return d.change(ctx, e.Subscription, func(f *file) (err error) {
		if e.Fact.Kind != 0 {
			f.books, err = f.books.Record(e.Fact)
		}
		return err
	})
}

// A Difference is a disagreement between the books and the provider, found by Reconcile.
type Difference struct {
	ID                string // for Resolve
	Subscription      string
	ledger.Difference `json:"difference"` // its ID is that of a payment, a refund, an instruction or a dispute
	Found             time.Time
	Resolved          time.Time // zero while it is open
	By, Note          string    // of the officer who resolved it
}

// Differences returns the differences that were found on a day, the open ones first.
func (d *Desk) Differences(ctx context.Context, day time.Time) ([]Difference, error) {
	y, m, n := day.Date()
	from := time.Date(y, m, n, 0, 0, 0, 0, day.Location())
	return list[Difference](ctx, d.db, `SELECT body FROM differences WHERE found >= $1 AND found < $2 ORDER BY open DESC, found, subscription, id`,
		from.UnixMicro(), from.AddDate(0, 0, 1).UnixMicro())
}

// Reconcile compares books with the provider's statements, and stores the differences. It takes
// the subscriptions with activity since an instant, with a refund under way, or with an open
// difference. The nightly job calls it.
func (d *Desk) Reconcile(ctx context.Context, since time.Time) error {
	ids, err := d.conf.Provider.Changed(ctx, since)
	if err != nil {
		return err
	}
	err = each(ctx, d.db, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT subscription FROM cases WHERE changed >= $1 OR state = 'paying'
		UNION SELECT subscription FROM differences WHERE open = 1`, since.UnixMicro())
	if err != nil {
		return err
	}
	slices.Sort(ids)
	var errs []error
	for _, id := range slices.Compact(ids) {
		if err := d.compare(ctx, id); errors.Is(err, ErrNotFound) {
			d.conf.Log.WarnContext(ctx, "the provider has an unknown subscription", "subscription", id)
		} else {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// compare reconciles the books of a subscription. It records the provider's answers to the
// desk's own instructions, and stores the other differences for a person, in place of the open
// ones of the run before.
func (d *Desk) compare(ctx context.Context, subscription string) error {
	statement, err := d.conf.Provider.Statement(ctx, subscription) // ends here; newer entries of the books are not expected in it
	if err != nil {
		return err
	}
	return d.change(ctx, subscription, func(f *file) error {
		v, err := d.assess(f.Record, f.books, f.now)
		if err != nil {
			return err
		}
		limit := v.Outcome.Entitlement
		if f.Request.At.IsZero() || f.decided != nil && f.decided.Facts.Kind == decision.KindGoodwill {
			limit = refund.Money{} // unknown, or not the limit
		}
		version := f.books.Version()
		f.exec(`DELETE FROM differences WHERE subscription = $1 AND open = 1`, subscription)
		for _, x := range ledger.Reconcile(f.books, statement, limit) {
			switch ours := x.Kind == ledger.EventPosted; {
			case ours && x.Event.Kind != 0:
				if f.books, err = f.books.Record(x.Event); err != nil {
					return err
				}
				continue
			case ours && x.Code == ledger.DifferenceMissingAtProvider && x.BooksState == ledger.StateSubmitted:
				continue // the payout job sends it again
			}
			found := Difference{ID: rand.Text(), Subscription: subscription, Difference: x, Found: f.now}
			f.exec(`INSERT INTO differences VALUES ($1, $2, $3, 1, $4)`, found.ID, subscription, f.now.UnixMicro(), document{found})
		}
		f.same = f.books.Version() == version
		if len(f.books.Outstanding()) > 0 { // a job that was given up begins again
			f.job(payout{subscription}, time.Time{})
		}
		return nil
	})
}

// Resolve closes a difference with a note, and records the fact that resolves it. The note is
// required if there is no such fact. Resolve returns [ErrNotFound] if the difference is not open.
func (d *Desk) Resolve(ctx context.Context, by Officer, id, note string) error {
	var subscription string
	if err := get(d.db.QueryRowContext(ctx, `SELECT subscription FROM differences WHERE id = $1`, id), &subscription); err != nil {
		return err
	}
	return d.change(ctx, subscription, func(f *file) (err error) {
		var x Difference
		f.get([]any{document{&x}}, `SELECT body FROM differences WHERE id = $1 AND open = 1`, id)
		if x.Event.Kind != 0 {
			f.books, err = f.books.Record(x.Event)
		} else if f.err == nil && strings.TrimSpace(note) == "" {
			return refund.Faults{{Path: "note", Reason: "is required: the books do not change"}}.Err()
		}
		x.Resolved, x.By, x.Note = f.now, by.ID, note
		f.exec(`UPDATE differences SET open = 0, body = $1 WHERE id = $2`, document{x}, id)
		f.note(by, "resolve", nil, "")
		return err
	})
}
