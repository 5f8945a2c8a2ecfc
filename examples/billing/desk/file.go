package desk

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A file is a case in a transaction that has locked its row.
type file struct {
	Record
	*txn
	desk    *Desk
	books   ledger.Ledger
	decided *Decided // the newest decision
	now     time.Time
	same    bool // the edit has not changed the record and the books
}

// change runs an edit of a case in one transaction: of its record, its books, and other rows.
// It may call the edit again, so the edit sets its results anew each time.
func (d *Desk) change(ctx context.Context, subscription string, edit func(f *file) error) error {
	return d.transact(ctx, func(t *txn) (err error) {
		f := file{txn: t, desk: d, now: d.conf.Now()}
		// All writers of a case wait for each other here.
		f.Record, err = scanRecord(t.QueryRowContext(ctx, `UPDATE cases SET version = version + 1
			WHERE subscription = $1 RETURNING document`, subscription))
		if err != nil {
			return err
		}
		if f.decided, err = d.scanDecided(t.QueryRowContext(ctx, selectDecided, subscription)); err != nil {
			return err
		}
		_, err = d.store.UpdateTx(ctx, t.Tx, subscription, func(books ledger.Ledger) (ledger.Ledger, error) {
			f.books = books
			err := edit(&f)
			return f.books, errors.Join(err, t.err)
		})
		if err != nil || f.same {
			return err
		}
		return f.save()
	})
}

// save stores the record of a file, and its item for the queue.
func (f *file) save() error {
	i, err := f.item()
	if err != nil {
		return err
	}
	f.exec(`UPDATE cases SET document = $1, state = $2, changed = $3, item = $4 WHERE subscription = $5`,
		document{f.Record}, i.State, f.now.UnixMicro(), document{i}, f.Subscription.ID)
	return nil
}

// job inserts a job that runs at an instant.
func (f *file) job(args river.JobArgs, at time.Time) {
	if f.err == nil {
		_, f.err = f.desk.river.InsertTx(f.ctx, f.Tx, args, &river.InsertOpts{ScheduledAt: at})
	}
}

// note adds an entry to the audit table.
func (f *file) note(by Officer, action string, refused error, record string) {
	f.desk.append(f.txn, AuditEntry{At: f.now, Officer: by.ID, Subscription: f.Subscription.ID, Action: action, Refused: codes(refused), Record: record})
}

func (f *file) state() State { return state(f.Record, f.books, f.decided) }

func scanRecord(row *sql.Row) (r Record, err error) {
	err = get(row, document{&r})
	return r, err
}

const selectDecided = `SELECT proposal, facts, record, letter FROM decisions WHERE subscription = $1 ORDER BY number DESC LIMIT 1`

// scanDecided returns the newest decision on a case, or nil.
func (d *Desk) scanDecided(row *sql.Row) (made *Decided, err error) {
	made = &Decided{}
	err = get(row, &made.proposal, document{&made.Case}, &made.Record, document{&made.Letter})
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err == nil {
		made.Facts, err = decision.Verify([]byte(made.Record), d.key)
	}
	return made, err
}
