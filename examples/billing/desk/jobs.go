package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// The jobs. Each may run twice, also at once: River repeats a job whose program was killed.
type (
	payout    struct{ Subscription string } // pays the outstanding instructions
	mail      struct{ Decision string }     // sends the letter about a decision
	reminder  struct{ Subscription string } // of a call back
	reconcile struct{}                      // the nightly one
)

func (payout) Kind() string    { return "payout" }
func (mail) Kind() string      { return "mail" }
func (reminder) Kind() string  { return "reminder" }
func (reconcile) Kind() string { return "reconcile" }

// jobs returns the configuration of River.
func (d *Desk) jobs() *river.Config {
	workers := river.NewWorkers()
	add(workers, d.payOut)
	add(workers, d.send)
	add(workers, d.remind)
	river.AddWorker(workers, &nightly{desk: d})
	c := &river.Config{
		Logger:               d.conf.Log,
		Workers:              workers,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 8}},
		JobTimeout:           15 * time.Second,
		RescueStuckJobsAfter: time.Minute, // of a program that was killed
		MaxAttempts:          100,         // most of a day; then the reconciliation begins again
		RetryPolicy:          retries{},
		PollOnly:             d.listener == nil,
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(night{},
			func() (river.JobArgs, *river.InsertOpts) { return reconcile{}, nil }, nil)},
	}
	if d.conf.tune != nil {
		d.conf.tune(c)
	}
	return c
}

func add[T river.JobArgs](workers *river.Workers, do func(context.Context, T) error) {
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[T]) error { return do(ctx, job.Args) }))
}

// retries doubles the wait after each error of a job, up to ten minutes.
type retries struct{}

func (retries) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(min(time.Second<<min(len(job.Errors), 10), 10*time.Minute))
}

// A night ends at two o'clock, in UTC.
type night struct{}

func (night) Next(now time.Time) time.Time {
	return now.UTC().Add(-2 * time.Hour).Truncate(24 * time.Hour).Add(26 * time.Hour)
}

type nightly struct {
	river.WorkerDefaults[reconcile]
	desk *Desk
}

func (*nightly) Timeout(*river.Job[reconcile]) time.Duration { return time.Hour }

// Work compares two days, so that a night that failed is made up for.
func (w *nightly) Work(ctx context.Context, _ *river.Job[reconcile]) error {
	return w.desk.Reconcile(ctx, w.desk.conf.Now().AddDate(0, 0, -2))
}

// payOut pays the outstanding instructions of a subscription.
func (d *Desk) payOut(ctx context.Context, p payout) error {
	books, err := d.store.Load(ctx, p.Subscription)
	if err != nil {
		return err
	}
	var errs []error
	for _, s := range books.Outstanding() {
		errs = append(errs, d.pay(ctx, p.Subscription, s))
	}
	return errors.Join(errs...)
}

// keyLife is how long the provider surely remembers a key.
const keyLife = 12 * time.Hour

func (d *Desk) pay(ctx context.Context, subscription string, s ledger.ShareStatus) error {
	if s.State == ledger.StateSubmitted && d.conf.Now().Sub(s.At) > keyLife {
		statement, err := d.conf.Provider.Statement(ctx, subscription)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(statement.Refunds, func(r ledger.ListedRefund) bool { return r.Key == s.Key }) {
			return nil // the reconciliation records its state
		}
	}
	send := false
	err := d.change(ctx, subscription, func(f *file) error {
		books, err := f.books.Submit(s.Key, f.now)
		send = err == nil
		switch {
		case errors.Is(err, ledger.ErrInsufficient): // in the same transaction, so that nobody sends it in between
			books, err = f.books.Fail(s.Key, f.now)
		case errors.Is(err, ledger.ErrFailed), errors.Is(err, ledger.ErrDisputed): // the reconciliation asks for the latter again
			return nil
		}
		if err == nil {
			f.books = books
		}
		return err
	})
	if err != nil || !send {
		return err
	}
	fact, err := d.conf.Provider.Refund(ctx, subscription, s.Instruction)
	if errors.Is(err, provider.ErrRefused) {
		fact, err = ledger.Event{Kind: ledger.EventFailed, At: d.conf.Now(), ID: s.Key}, nil
	}
	if err != nil { // the money may have moved: River asks again with the same key
		return err
	}
	return d.Receive(ctx, provider.Event{Subscription: subscription, Fact: fact})
}

// send sends the letter about a decision. If the program ends between the letter and its
// mark, the letter is sent again.
func (d *Desk) send(ctx context.Context, m mail) error {
	var r Record
	var l Letter
	err := get(d.db.QueryRowContext(ctx, `SELECT document, letter FROM decisions AS d JOIN cases AS c
		ON c.subscription = d.subscription WHERE key = $1`, m.Decision), document{&r}, document{&l})
	if err != nil || !l.Sent.IsZero() {
		return err
	}
	if err := d.conf.Mail(ctx, r.Customer.Email, l); err != nil {
		return err
	}
	return d.transact(ctx, func(t *txn) error {
		l.Sent = d.conf.Now()
		t.exec(`UPDATE decisions SET letter = $1 WHERE key = $2`, document{l}, m.Decision)
		return nil
	})
}

// remind notes that a customer who has no decision has not been called back.
func (d *Desk) remind(ctx context.Context, r reminder) error {
	return d.change(ctx, r.Subscription, func(f *file) error {
		if f.state() == StateOpen && f.Request.CalledBack.IsZero() {
			d.conf.Log.WarnContext(ctx, "call back is due", "subscription", r.Subscription)
			f.note(Officer{}, "reminder", nil, "")
		}
		return nil
	})
}
