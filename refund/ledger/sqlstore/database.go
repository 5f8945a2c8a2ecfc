package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// The parameters of a statement first occur in numerical order: some drivers for SQLite
// number them by their first occurrence.
const (
	// One statement reads both tables, so that it sees both at the same moment.
	selectBooks = `SELECT version, books, '', false, false FROM ledgers WHERE subscription = $1
		UNION ALL SELECT -1, key, decision, live,
			EXISTS (SELECT 1 FROM ledger_refunds AS other WHERE other.decision = r.decision AND other.live)
		FROM ledger_refunds AS r WHERE subscription = $1`
	selectIDs = `SELECT subscription FROM ledgers WHERE subscription > $1 ORDER BY subscription LIMIT 100`

	insertBooks = `INSERT INTO ledgers (subscription, version, books) VALUES ($1, $2, $3)
		ON CONFLICT DO NOTHING`
	lockBooks    = `UPDATE ledgers SET version = version WHERE subscription = $1`
	replaceBooks = `UPDATE ledgers SET version = $1, books = $2
		WHERE subscription = $3 AND version = $4`
)

// errMoved: the stored version is no longer the one that was read.
var errMoved = errors.New("other writers were faster")

// A database is the Books that [Open] returns.
type database struct {
	db      *sql.DB
	dialect Dialect
}

func (s *database) Create(ctx context.Context, books ledger.Ledger) error {
	text, books, err := encode(books)
	if err != nil {
		return err
	}
	lost := false
	return retry(ctx, func() error {
		err := s.transact(ctx, func(tx *sql.Tx) error { return s.create(ctx, tx, books, text) })
		if lost && errors.Is(err, ErrExists) {
			stored, loadErr := s.load(ctx, s.db, books.SubscriptionID())
			switch {
			case loadErr != nil:
				return loadErr
			case stored.Equal(books): // stored by the try whose answer was lost
				return nil
			}
		}
		lost = lost || isLost(err)
		return err
	})
}

func (s *database) CreateTx(ctx context.Context, tx *sql.Tx, books ledger.Ledger) error {
	text, books, err := encode(books)
	if err == nil {
		err = s.create(ctx, tx, books, text)
	}
	return abort(ctx, tx, err)
}

// create stores new books in a transaction.
func (s *database) create(ctx context.Context, tx *sql.Tx, books ledger.Ledger, text string) error {
	id := books.SubscriptionID()
	if err := s.one(ctx, tx, ErrExists, insertBooks, id, books.Version(), text); err != nil {
		return err
	}
	if err := s.enter(ctx, tx, ledger.Ledger{}, books); err != nil {
		return err
	}
	_, err := s.load(ctx, tx, id)
	if errors.Is(err, ErrUnreadable) { // the table has refunds of deleted books
		return ErrSpent
	}
	return err
}

func (s *database) Load(ctx context.Context, subscription string) (books ledger.Ledger, err error) {
	err = retry(ctx, func() error {
		books, err = s.load(ctx, s.db, subscription)
		return err
	})
	return books, err
}

func (s *database) Update(ctx context.Context, subscription string, change Change) (result ledger.Ledger, err error) {
	err = retry(ctx, func() error {
		old, err := s.load(ctx, s.db, subscription)
		if err != nil {
			return err
		}
		next, text, err := apply(change, old)
		if err != nil {
			return err
		}
		if text != "" {
			err = s.transact(ctx, func(tx *sql.Tx) error { return s.write(ctx, tx, old, next, text) })
		}
		if err == nil {
			result = next
		}
		return err
	})
	return result, err
}

func (s *database) UpdateTx(ctx context.Context, tx *sql.Tx, subscription string, change Change) (ledger.Ledger, error) {
	books, err := s.updateTx(ctx, tx, subscription, change)
	var own *final
	if errors.As(err, &own) {
		return ledger.Ledger{}, own.error
	}
	if err = abort(ctx, tx, err); err != nil {
		return ledger.Ledger{}, err
	}
	return books, nil
}

func (s *database) updateTx(ctx context.Context, tx *sql.Tx, subscription string, change Change) (ledger.Ledger, error) {
	// Lock the row before reading the books: the write waits for any other writer.
	if err := s.one(ctx, tx, ErrNotFound, lockBooks, subscription); err != nil {
		return ledger.Ledger{}, err
	}
	old, err := s.load(ctx, tx, subscription)
	if err != nil {
		return ledger.Ledger{}, err
	}
	next, text, err := apply(change, old)
	if err != nil || text == "" {
		return next, err
	}
	return next, s.write(ctx, tx, old, next, text)
}

func (s *database) Each(ctx context.Context) iter.Seq2[ledger.Ledger, error] {
	return func(yield func(ledger.Ledger, error) bool) {
		for last := ""; ; {
			var ids []string
			err := retry(ctx, func() (err error) {
				ids, err = s.idsAfter(ctx, last)
				return err
			})
			if err != nil {
				yield(ledger.Ledger{}, err)
				return
			}
			for _, id := range ids {
				books, err := s.Load(ctx, id)
				if errors.Is(err, ErrNotFound) { // deleted in the meantime
					continue
				}
				if !yield(books, err) || err != nil && !errors.Is(err, ErrUnreadable) {
					return
				}
				last = id
			}
			if len(ids) == 0 {
				return
			}
			last = ids[len(ids)-1]
		}
	}
}

func (s *database) idsAfter(ctx context.Context, last string) (ids []string, err error) {
	err = s.query(ctx, s.db, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, selectIDs, last)
	return ids, err
}

// load reads books, in a transaction or outside of one.
func (s *database) load(ctx context.Context, from querier, subscription string) (ledger.Ledger, error) {
	found, version := false, 0
	var text string
	var table []entry
	err := s.query(ctx, from, func(rows *sql.Rows) error {
		var n int
		var books string
		var e entry
		err := rows.Scan(&n, &books, &e.decision, &e.live, &e.held)
		if n < 0 {
			e.key = books
			table = append(table, e)
		} else {
			found, version, text = true, n, books
		}
		return err
	}, selectBooks, subscription)
	switch {
	case err != nil:
		return ledger.Ledger{}, err
	case !found:
		return ledger.Ledger{}, ErrNotFound
	}
	var books ledger.Ledger
	unreadable := func(reason string, cause error) (ledger.Ledger, error) {
		return ledger.Ledger{}, &UnreadableError{subscription, reason, cause}
	}
	if err := json.Unmarshal([]byte(text), &books); err != nil {
		return unreadable("the text breaks a rule", err) // the error may quote an unknown field
	}
	switch {
	case books.SubscriptionID() != subscription:
		return unreadable("they belong to another subscription", nil)
	case books.Version() != version:
		return unreadable(fmt.Sprintf("they have version %d and are stored as version %d", books.Version(), version), nil)
	case !agree(books, table):
		return unreadable("they disagree with the table of refunds", nil)
	}
	return books, nil
}

// write replaces the stored books old by next.
func (s *database) write(ctx context.Context, tx *sql.Tx, old, next ledger.Ledger, text string) error {
	// This comes first: it waits for any other writer, and of several writers with the same
	// version, only one changes the row.
	if err := s.one(ctx, tx, errMoved, replaceBooks, next.Version(), text, old.SubscriptionID(), old.Version()); err != nil {
		return err
	}
	return s.enter(ctx, tx, old, next)
}

// apply returns the result of a change, and its text, which is empty if the books are unchanged.
func apply(change Change, old ledger.Ledger) (next ledger.Ledger, text string, err error) {
	next, err = change(old)
	switch {
	case err != nil:
		return ledger.Ledger{}, "", &final{err}
	case !continues(next, old):
		return ledger.Ledger{}, "", ErrRewritten
	case next.Version() == old.Version():
		return old, "", nil
	}
	text, next, err = encode(next)
	return next, text, err
}

// encode returns the text of books, and the books read back from it, so that a text that
// cannot be read is never stored.
func encode(books ledger.Ledger) (string, ledger.Ledger, error) {
	text, err := json.Marshal(books)
	if err != nil {
		return "", ledger.Ledger{}, fmt.Errorf("sqlstore: %w", err)
	}
	var read ledger.Ledger
	if err := json.Unmarshal(text, &read); err != nil {
		return "", ledger.Ledger{}, fmt.Errorf("sqlstore: %w", err)
	}
	return string(text), read, nil
}

// continues reports whether next is old, possibly with more events.
func continues(next, old ledger.Ledger) bool {
	was, is := old.Events(), next.Events()
	return next.SubscriptionID() == old.SubscriptionID() && next.Price().Equal(old.Price()) &&
		len(is) >= len(was) && slices.EqualFunc(was, is[:len(was)], ledger.Event.Equal)
}
