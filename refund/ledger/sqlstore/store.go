package sqlstore

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A Change returns changed books. It may be called more than once, so its result must
// depend only on the books that it receives, and on keys and instants that were chosen
// before.
type Change = func(books ledger.Ledger) (ledger.Ledger, error)

// Books stores the books of subscriptions. The one of [Open] is safe for concurrent use,
// also by several programs on one database. A test may implement its own.
type Books interface {
	// Create stores new books and their refunds. It returns [ErrExists] if the subscription
	// has books, and [ErrSpent] if the database has refunds of the subscription that the books
	// do not have.
	Create(ctx context.Context, books ledger.Ledger) error

	// CreateTx is Create in a transaction of the host. After an error matching [ErrRetry],
	// repeat the whole transaction. After any error the transaction is rolled back.
	CreateTx(ctx context.Context, tx *sql.Tx, books ledger.Ledger) error

	// Load returns the books of a subscription, after it has applied every rule to them again.
	// It returns [ErrNotFound] if the subscription has no books, or an error matching
	// [ErrUnreadable].
	Load(ctx context.Context, subscription string) (ledger.Ledger, error)

	// Update stores the result of change, and returns it. If another writer was faster, or an
	// answer of the database was lost, Update calls change again with the current books. After
	// 20 tries it returns an error matching [ErrBusy].
	//
	// If change returns an error, Update returns the same error and stores no change. A result
	// with the same version is returned and not stored.
	Update(ctx context.Context, subscription string, change Change) (ledger.Ledger, error)

	// UpdateTx stores the result of change in a transaction of the host, which can also store
	// rows of its own. The transaction holds the lock on the books until it ends. UpdateTx
	// calls change once. After an error matching [ErrRetry], repeat the whole transaction,
	// with the same keys and instants. An error of change leaves the transaction open. After
	// any other error the transaction is rolled back, so a part of an update cannot be
	// committed. If the answer to the host's commit is lost, it is unknown whether the change
	// was stored. InTx is a loop that does all of this.
	UpdateTx(ctx context.Context, tx *sql.Tx, subscription string, change Change) (ledger.Ledger, error)

	// InTx begins a transaction, calls do with it, and commits. After a temporary error, such as
	// a deadlock or a lost connection, it repeats all of this. The error may be that of a
	// statement of the host's own, if do returns or wraps it. After 20 tries InTx returns an
	// error matching [ErrBusy]. Any other error of do is returned as it is, and no change is
	// stored.
	//
	// InTx may call do again, so the result of do must depend only on its inputs. Do not call
	// another server in do: InTx takes a lost connection to it for one to the database. After a
	// commit that was stored, InTx does not call do again. If the answer to the commit is lost,
	// InTx asks PostgreSQL for the result. The changes may have been stored if InTx returns
	// ErrBusy, an error of ctx, or an SQLite error of the commit.
	InTx(ctx context.Context, do func(tx *sql.Tx) error) error

	// Each returns the books of all subscriptions, in the order of their ids. It does not hold
	// a lock or a connection between two subscriptions. For books that cannot be read it
	// returns an error matching [ErrUnreadable], and continues; any other error ends the
	// iteration. Books that are created during the iteration may be missing.
	Each(ctx context.Context) iter.Seq2[ledger.Ledger, error]
}

// A Store is Books with shorthands for frequent changes. The zero Store has no Books, and
// its methods panic. To test a host without a database, use a Store with your own Books.
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

// Record records facts ([ledger.Ledger.Record]). If one of them is refused, Record stores no change.
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
