package sqlstore

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A Change returns the books that follow from those that it is given. It may be called
// more than once, so that it must depend on the books alone, and on keys and instants that
// were fixed before.
type Change = func(books ledger.Ledger) (ledger.Ledger, error)

// Books keeps the books of subscriptions. [Open] returns one that is safe for concurrent
// use, also by several programs on one database. A test may have another.
type Books interface {
	// Create stores new books, with the refunds in them. It returns [ErrExists] if the
	// subscription has books, and [ErrSpent] if the database has other refunds of it.
	Create(ctx context.Context, books ledger.Ledger) error

	// Load returns the books of a subscription, after every rule was applied to them again.
	// It returns [ErrNotFound] if there are none, or an error matching [ErrUnreadable].
	Load(ctx context.Context, subscription string) (ledger.Ledger, error)

	// Update stores the result of change, and returns it. If another writer was faster, or
	// an answer of the database was lost, Update calls change again on the books as they
	// are then, up to 20 times in all ([ErrBusy]).
	//
	// An error of change is returned as it is, and the stored ledger stays. A result with the
	// same version is returned and not stored.
	Update(ctx context.Context, subscription string, change Change) (ledger.Ledger, error)

	// UpdateTx stores the result of change in a transaction of the host's, beside rows of
	// its own. From then on the transaction has the lock on the books. It calls change
	// once, and never tries again: on an error matching [ErrRetry], repeat the whole
	// transaction, with the same keys and instants. An error of change leaves the
	// transaction open. Any other error has rolled it back, so that no half of an update
	// can be committed.
	//
	// If the answer to Commit is lost, the change may be stored or not: repeat the whole
	// transaction too.
	UpdateTx(ctx context.Context, tx *sql.Tx, subscription string, change Change) (ledger.Ledger, error)

	// Each returns the books of all subscriptions, in the order of their ids. It holds no
	// lock or connection between two of them. Books that cannot be read are an error
	// matching [ErrUnreadable], after which the iteration continues; any other error ends
	// it. Books created meanwhile may be missing.
	Each(ctx context.Context) iter.Seq2[ledger.Ledger, error]
}

// A Store is Books with shorthands for frequent changes. The zero Store has no Books, and
// its methods panic. To test a host without a database, put other Books into it.
type Store struct{ Books }

// Post posts a decision ([ledger.Ledger.Post]).
func (s Store) Post(ctx context.Context, d decision.Decision, key string, o ledger.Options, at time.Time) (ledger.Ledger, error) {
	return s.Update(ctx, d.Subscription(), func(books ledger.Ledger) (ledger.Ledger, error) {
		return books.Post(d, key, o, at)
	})
}

// Submit records that an instruction is sent to the gateway ([ledger.Ledger.Submit]).
func (s Store) Submit(ctx context.Context, subscription, key string, at time.Time) (ledger.Ledger, error) {
	return s.Update(ctx, subscription, func(books ledger.Ledger) (ledger.Ledger, error) {
		return books.Submit(key, at)
	})
}

// Settle records that an instruction was carried out ([ledger.Ledger.Settle]).
func (s Store) Settle(ctx context.Context, subscription, key string, at time.Time) (ledger.Ledger, error) {
	return s.Update(ctx, subscription, func(books ledger.Ledger) (ledger.Ledger, error) {
		return books.Settle(key, at)
	})
}

// Fail records that an instruction was not carried out ([ledger.Ledger.Fail]).
func (s Store) Fail(ctx context.Context, subscription, key string, at time.Time) (ledger.Ledger, error) {
	return s.Update(ctx, subscription, func(books ledger.Ledger) (ledger.Ledger, error) {
		return books.Fail(key, at)
	})
}

// Record records facts, all or none of them ([ledger.Ledger.Record]).
func (s Store) Record(ctx context.Context, subscription string, facts ...ledger.Event) (ledger.Ledger, error) {
	return s.Update(ctx, subscription, func(books ledger.Ledger) (ledger.Ledger, error) {
		for _, fact := range facts {
			var err error
			if books, err = books.Record(fact); err != nil {
				return ledger.Ledger{}, err
			}
		}
		return books, nil
	})
}
