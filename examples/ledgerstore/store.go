package ledgerstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// What a program acts on, beside the errors of its own changes.
var (
	// ErrExists: there are books for the subscription already.
	ErrExists = errors.New("ledgerstore: there are books for the subscription already")
	// ErrNotFound: there are none.
	ErrNotFound = errors.New("ledgerstore: there are no books for the subscription")
	// ErrBusy: others were faster, or the database did not answer, time and again. The
	// change may be stored: call again with the same keys.
	ErrBusy = errors.New("ledgerstore: gave up")
	// ErrSpent: the database has the key, or the decision in a refund that has not
	// failed, and the books do not. Somebody has written around the store. Nothing was
	// stored, and nothing is to be paid.
	ErrSpent = errors.New("ledgerstore: the key or the decision is spent, and not in the books")
	// ErrUnreadable: what is stored is not the books of the subscription, or breaks the
	// law, or is at odds with the table of refunds. Somebody has written around the store.
	// Where the text is at fault there is a [*refund.InvalidError] too, whose paths may
	// quote it.
	ErrUnreadable = errors.New("ledgerstore: what is stored are no books")
	// ErrRewritten: a change returned books that do not continue those that it was given.
	// Nothing was stored.
	ErrRewritten = errors.New("ledgerstore: the change does not continue the books")
)

// A Store keeps the books of subscriptions. It is safe for concurrent use, also by
// several programs on one database.
type Store interface {
	// Create stores new books. It returns an error matching [ErrExists] if the
	// subscription has some.
	Create(ctx context.Context, books ledger.Ledger) error

	// Load returns the books of a subscription, read through every rule again. It returns
	// an error matching [ErrNotFound] if there are none.
	Load(ctx context.Context, subscription string) (ledger.Ledger, error)

	// Update stores what change makes of the books, and returns them. If others were
	// faster, or an answer of the database was lost, change is called again on the books
	// as they are by then, a bounded number of times ([ErrBusy]); the last call's word
	// counts. It must depend on the books and on keys that were fixed before.
	//
	// An error of change is returned as it is, and nothing of that call is stored. Books
	// of the same version are returned, and not stored again.
	Update(ctx context.Context, subscription string, change func(ledger.Ledger) (ledger.Ledger, error)) (ledger.Ledger, error)

	// Close lets go of the database. What is under way is not waited for.
	Close() error
}

// The two tables are the same in both databases. No foreign key: when books are deleted,
// what they spent stays spent.
//
// A failed refund releases its decision, so that it is unique among the live ones only.
const schema = `
CREATE TABLE IF NOT EXISTS ledgers (
	subscription %[1]s PRIMARY KEY,
	version      bigint NOT NULL,
	books        text NOT NULL
);
CREATE TABLE IF NOT EXISTS ledger_refunds (
	subscription %[1]s NOT NULL,
	key          %[1]s NOT NULL,
	decision     %[1]s NOT NULL,
	live         boolean NOT NULL,
	PRIMARY KEY (subscription, key)
);
CREATE UNIQUE INDEX IF NOT EXISTS ledger_refunds_live ON ledger_refunds (decision) WHERE live;
`

const (
	selectBooks = `SELECT version, books FROM ledgers WHERE subscription = $1`
	insertBooks = `INSERT INTO ledgers (subscription, version, books) VALUES ($1, $2, $3)
		ON CONFLICT DO NOTHING`
	replaceBooks = `UPDATE ledgers SET version = $3, books = $4
		WHERE subscription = $1 AND version = $2`
	insertRefund = `INSERT INTO ledger_refunds (subscription, key, decision, live)
		VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
	releaseRefund = `UPDATE ledger_refunds SET live = false
		WHERE subscription = $1 AND key = $2 AND live`
)

// errMoved: another version than the one that was read is stored by now.
var errMoved = errors.New("others were faster")

type store struct {
	db     *sql.DB
	fault  func(error) fault      // what the driver's error means
	commit func(tx *sql.Tx) error // (*sql.Tx).Commit, but in tests of lost answers
	closed atomic.Bool
}

func newStore(db *sql.DB, meaning func(error) fault) *store {
	return &store{db: db, fault: meaning, commit: (*sql.Tx).Commit}
}

func (s *store) Close() error {
	s.closed.Store(true)
	return s.db.Close()
}

func (s *store) Create(ctx context.Context, books ledger.Ledger) error {
	text, books, err := encode(books)
	if err != nil {
		return err
	}
	lost := false
	return retry(ctx, func() error {
		err := s.transact(ctx, func(tx *sql.Tx) error {
			err := s.one(ctx, tx, ErrExists, insertBooks, books.SubscriptionID(), books.Version(), text)
			if err != nil {
				return err
			}
			return s.enter(ctx, tx, ledger.Ledger{}, books)
		})
		if lost && errors.Is(err, ErrExists) {
			stored, loadErr := s.load(ctx, books.SubscriptionID())
			switch {
			case loadErr != nil:
				return loadErr
			case stored.Equal(books): // by the try whose answer was lost
				return nil
			}
		}
		lost = lost || isLost(err)
		return err
	})
}

func (s *store) Load(ctx context.Context, subscription string) (books ledger.Ledger, err error) {
	err = retry(ctx, func() error {
		books, err = s.load(ctx, subscription)
		return err
	})
	return books, err
}

func (s *store) Update(ctx context.Context, subscription string, change func(ledger.Ledger) (ledger.Ledger, error)) (ledger.Ledger, error) {
	var result ledger.Ledger
	err := retry(ctx, func() error {
		result = ledger.Ledger{}
		old, err := s.load(ctx, subscription)
		if err != nil {
			return err
		}
		next, err := change(old)
		switch {
		case err != nil:
			return &final{err}
		case !continues(next, old):
			return ErrRewritten
		case next.Version() == old.Version():
			result = old
			return nil
		}
		text, next, err := encode(next)
		if err != nil {
			return err
		}
		err = s.transact(ctx, func(tx *sql.Tx) error {
			// First, since it waits for whoever holds the row.
			if err := s.one(ctx, tx, errMoved, replaceBooks, subscription, old.Version(), next.Version(), text); err != nil {
				return err
			}
			return s.enter(ctx, tx, old, next)
		})
		if err != nil {
			return err
		}
		result = next
		return nil
	})
	return result, err
}

func (s *store) load(ctx context.Context, subscription string) (ledger.Ledger, error) {
	var version int
	var text []byte
	err := s.db.QueryRowContext(ctx, selectBooks, subscription).Scan(&version, &text)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ledger.Ledger{}, ErrNotFound
	case err != nil:
		return ledger.Ledger{}, s.failed(err)
	}
	var books ledger.Ledger
	err = json.Unmarshal(text, &books)
	switch {
	case err != nil:
		return ledger.Ledger{}, &unreadable{err}
	case books.SubscriptionID() != subscription:
		return ledger.Ledger{}, fmt.Errorf("%w: they are another subscription's", ErrUnreadable)
	case books.Version() != version:
		return ledger.Ledger{}, fmt.Errorf("%w: they are of version %d and stored as %d", ErrUnreadable, books.Version(), version)
	}
	return books, nil
}

// unreadable does not tell what is wrong: the name of an unknown field is text of the
// books. It is there for who asks for the [*refund.InvalidError].
type unreadable struct{ cause error }

func (e *unreadable) Error() string   { return ErrUnreadable.Error() }
func (e *unreadable) Unwrap() []error { return []error{ErrUnreadable, e.cause} }

// enter writes into the table of refunds what has changed since old.
func (s *store) enter(ctx context.Context, tx *sql.Tx, old, next ledger.Ledger) error {
	for _, r := range next.Refunds() {
		before, known := old.Refund(r.Key)
		live := r.State != ledger.StateFailed
		var err error
		switch {
		case !known:
			err = s.one(ctx, tx, ErrSpent, insertRefund, next.SubscriptionID(), r.Key, r.Decision.String(), live)
		case !live && before.State != ledger.StateFailed: // which is never taken back
			err = s.one(ctx, tx, ErrUnreadable, releaseRefund, next.SubscriptionID(), r.Key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// one runs a statement that is to change one row, and returns otherwise if it changes
// none.
func (s *store) one(ctx context.Context, tx *sql.Tx, otherwise error, statement string, args ...any) error {
	result, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return s.failed(err)
	}
	n, err := result.RowsAffected()
	switch {
	case err != nil:
		return s.failed(err)
	case n != 1:
		return otherwise
	}
	return nil
}

// transact does all or nothing.
func (s *store) transact(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.failed(err)
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // if that fails, the connection does, and the transaction with it
		return err
	}
	if err := s.commit(tx); err != nil {
		f := s.fault(err)
		f.lost, f.again = true, true // whatever it says: a look at the books tells
		return &f
	}
	return nil
}

// encode returns the text of books, and the books that will be read from it: nothing is
// stored that cannot be read.
func encode(books ledger.Ledger) (string, ledger.Ledger, error) {
	text, err := json.Marshal(books)
	if err != nil {
		return "", ledger.Ledger{}, fmt.Errorf("ledgerstore: %w", err)
	}
	var read ledger.Ledger
	if err := json.Unmarshal(text, &read); err != nil {
		return "", ledger.Ledger{}, fmt.Errorf("ledgerstore: %w", err)
	}
	return string(text), read, nil
}

// continues reports whether next has all that old has, at the same places.
func continues(next, old ledger.Ledger) bool {
	was, is := old.Events(), next.Events()
	return next.SubscriptionID() == old.SubscriptionID() && next.Price().Equal(old.Price()) &&
		len(is) >= len(was) && slices.EqualFunc(was, is[:len(was)], ledger.Event.Equal)
}
