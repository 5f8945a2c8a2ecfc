package sqlstore_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// creatingAndPosting returns a host's transaction: it creates books, posts a refund to them,
// and adds a row of its own. calls counts its calls.
func creatingAndPosting(ctx context.Context, t testing.TB, s sqlstore.Store, calls *int) func(tx *sql.Tx) error {
	t.Helper()
	price := testkit.USD("100.00")
	books, err := ledger.New("SUB-1", price, ledger.Payment{ID: "PAY-1", At: noon, Amount: price})
	if err != nil {
		t.Fatal(err)
	}
	return func(tx *sql.Tx) error {
		*calls++
		if err := s.CreateTx(ctx, tx, books); err != nil {
			return err
		}
		if _, err := s.UpdateTx(ctx, tx, "SUB-1", posting("refund-1")); err != nil {
			return fmt.Errorf("the host's text: %w", err)
		}
		_, err := tx.ExecContext(ctx, insertOutbox)
		return err
	}
}

// Each step of a host's transaction fails once. If the error is temporary, InTx succeeds. The
// books and the host's row are stored together, and at most once.
func TestInTxWithAFaultAtEachStep(t *testing.T) {
	for _, row := range faults {
		testkit.Row(t, row.reason, func(t *testing.T) {
			for at, more := 1, true; more; at++ {
				f, s, _ := newFake(t, row.dialect)
				failed, calls := "", 0
				f.steps = 0
				f.fail = func(step string) error {
					if f.steps != at || step == "row" && row.err == driver.ErrBadConn { // drivers return it only if they have not sent the statement
						return nil
					}
					if step == "answer to commit" && isCoded(row.dialect, row.err) && !(row.dialect == sqlstore.PostgreSQL && row.again) {
						return nil // such a code means that the commit has failed
					}
					failed = step
					return row.err
				}
				err := s.InTx(t.Context(), creatingAndPosting(t.Context(), t, s, &calls))
				more = f.steps >= at
				f.fail = nil
				again, calledOnce := row.again, failed == "" || failed == "answer to commit"
				if strings.Contains(failed, "commit") && !isCoded(row.dialect, row.err) {
					again = row.dialect == sqlstore.PostgreSQL // SQLite cannot be asked for the result
				}
				if failed != "" && again != (err == nil) {
					t.Errorf("step %d, %q: error %v", at, failed, err)
				}
				if n := f.stored.outbox; n > 1 || n != len(f.stored.refunds) || n != len(f.stored.books) {
					t.Errorf("step %d, %q: %d books, %d refunds and %d rows", at, failed, len(f.stored.books), len(f.stored.refunds), n)
				}
				if stored := f.stored.outbox == 1; stored != (err == nil) && failed != "answer to commit" {
					t.Errorf("step %d, %q: stored %v, error %v", at, failed, stored, err)
				}
				if calls > 2 || calledOnce && calls != 1 {
					t.Errorf("step %d, %q: the host was called %d times", at, failed, calls)
				}
			}
		})
	}
}

// isCoded reports whether an error has an error code of the database.
func isCoded(d sqlstore.Dialect, err error) bool {
	var state stateError
	var code codeError
	return d == sqlstore.PostgreSQL && errors.As(err, &state) || d == sqlstore.SQLite && errors.As(err, &code)
}

// CreateTx does not try again, and a part of it cannot be committed.
func TestCreateTxWithAFaultAtEachStep(t *testing.T) {
	for _, row := range faults {
		testkit.Row(t, row.reason, func(t *testing.T) {
			for at, more := 1, true; more; at++ {
				f, s, db := newFake(t, row.dialect)
				books := opened(t, s, "SUB-1")
				delete(f.stored.books, "SUB-1")
				tx, err := db.BeginTx(t.Context(), nil)
				if err != nil {
					t.Fatal(err)
				}
				f.steps = 0
				more = false
				f.fail = func(step string) error {
					if f.steps != at {
						return nil
					}
					more = true
					return row.err
				}
				err = s.CreateTx(t.Context(), tx, books)
				f.fail = nil
				if (err != nil) != more || errors.Is(err, sqlstore.ErrRetry) != (more && row.again) || err != nil && strings.Contains(err.Error(), "SECRET") {
					t.Errorf("step %d: error %v", at, err)
				}
				if committed := tx.Commit() == nil; committed == more {
					t.Errorf("step %d: committed %v", at, committed)
				}
				if stored := len(f.stored.books) == 1; stored == more {
					t.Errorf("step %d: stored %v", at, stored)
				}
			}
		})
	}
}

// The first call of the host's function returns an error.
func TestInTxWithAnErrorOfTheHost(t *testing.T) {
	own := errors.New("the host's own")
	for _, row := range []struct {
		reason string
		err    error
		again  bool
	}{
		{"an error that is not temporary is returned as it is", own, false},
		{"a missing table is an error of the host's statement", stateError("42P01"), false},
		{"a deadlock of the host's statement is temporary", stateError("40P01"), true},
		{"a deadlock is found behind another error", errors.Join(own, stateError("40P01")), true},
		{"the store asks for a repetition", fmt.Errorf("wrapped: %w", sqlstore.ErrRetry), true},
		{"the store has given up in another transaction", fmt.Errorf("wrapped: %w", sqlstore.ErrBusy), false},
		{"the subscription has no books", sqlstore.ErrNotFound, false},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			f, s, _ := newFake(t, sqlstore.PostgreSQL)
			calls := 0
			err := s.InTx(t.Context(), func(tx *sql.Tx) error {
				if _, err := tx.ExecContext(t.Context(), insertOutbox); err != nil {
					t.Fatal(err)
				}
				if calls++; calls == 1 {
					return row.err
				}
				return nil
			})
			if row.again && (err != nil || calls != 2 || f.stored.outbox != 1) || !row.again && (err != row.err || calls != 1 || f.stored.outbox != 0) {
				t.Errorf("the host was called %d times, with %d rows: %v", calls, f.stored.outbox, err)
			}
		})
	}
}

func TestInTxLimitsItsTries(t *testing.T) {
	for _, row := range []struct {
		reason string
		step   string
		err    error
		calls  int
		want   error
	}{
		{"each of the host's statements has a deadlock", "exec", stateError("40P01"), 20, sqlstore.ErrBusy},
		{"no commit is stored", "commit", errors.New("SECRET"), 20, sqlstore.ErrBusy},
		{"a deferred constraint is checked by the commit", "commit", stateError("23505"), 1, nil},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			f, s, _ := newFake(t, sqlstore.PostgreSQL)
			f.fail = func(step string) error {
				if step == row.step {
					return row.err
				}
				return nil
			}
			calls := 0
			err := s.InTx(t.Context(), creatingAndPosting(t.Context(), t, s, &calls))
			if err == nil || row.want != nil && !errors.Is(err, row.want) || errors.Is(err, sqlstore.ErrRetry) || calls != row.calls || strings.Contains(err.Error(), "SECRET") {
				t.Errorf("the host was called %d times: %v", calls, err)
			}
		})
	}
}

// The answer to the commit is lost, and PostgreSQL does not answer the question either.
func TestInTxDoesNotRepeatWhileTheResultIsUnknown(t *testing.T) {
	f, s, _ := newFake(t, sqlstore.PostgreSQL)
	lost := false
	f.fail = func(step string) error {
		lost = lost || step == "answer to commit"
		if lost {
			return stateError("57P01")
		}
		return nil
	}
	calls := 0
	err := s.InTx(t.Context(), creatingAndPosting(t.Context(), t, s, &calls))
	if !errors.Is(err, sqlstore.ErrBusy) || calls != 1 || f.stored.outbox != 1 {
		t.Errorf("the host was called %d times, with %d rows: %v", calls, f.stored.outbox, err)
	}
}

func TestInTxEndsWithTheContext(t *testing.T) {
	_, s, _ := newFake(t, sqlstore.PostgreSQL)
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	err := s.InTx(ctx, func(*sql.Tx) error {
		calls++
		cancel()
		return stateError("57014") // as drivers report it
	})
	if !errors.Is(err, context.Canceled) || calls != 1 {
		t.Errorf("the host was called %d times: %v", calls, err)
	}
}

// The store has one connection, which a panic of the host must not keep.
func TestInTxRollsBackAfterAPanic(t *testing.T) {
	f, s, _ := newFake(t, sqlstore.SQLite)
	func() {
		defer func() { _ = recover() }()
		_ = s.InTx(t.Context(), func(tx *sql.Tx) error {
			_, _ = tx.ExecContext(t.Context(), insertOutbox)
			panic("the host's own")
		})
	}()
	opened(t, s, "SUB-1")
	if f.stored.outbox != 0 {
		t.Errorf("%d rows", f.stored.outbox)
	}
}
