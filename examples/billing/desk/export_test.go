package desk

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Fast returns c with short waits of the background work, and without the nightly job.
func Fast(c Config) Config {
	c.tune = func(r *river.Config) {
		r.FetchPollInterval, r.FetchCooldown = 10*time.Millisecond, 10*time.Millisecond
		r.RetryPolicy, r.PeriodicJobs = hasty{}, nil
	}
	return c
}

type hasty struct{}

func (hasty) NextRetry(*rivertype.JobRow) time.Time { return time.Now().Add(10 * time.Millisecond) }

// Retry returns the wait after a number of errors.
func Retry(errors int) time.Duration {
	return time.Until(retries{}.NextRetry(&rivertype.JobRow{Errors: make([]rivertype.AttemptError, errors)}))
}

// StateOf returns the state of a case by other books than those of its view.
func StateOf(v View, books ledger.Ledger) State { return state(v.Record, books, v.Decision) }

// SQL returns the desk's database.
func (d *Desk) SQL() *sql.DB { return d.db }

// PayOut does the work of a payout job.
func (d *Desk) PayOut(ctx context.Context, subscription string) error {
	return d.payOut(ctx, payout{subscription})
}

// Remind does the work of a reminder job.
func (d *Desk) Remind(ctx context.Context, subscription string) error {
	return d.remind(ctx, reminder{subscription})
}

// Night returns the next instant of the nightly reconciliation.
func Night(now time.Time) time.Time { return night{}.Next(now) }
