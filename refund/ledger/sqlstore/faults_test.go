package sqlstore_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// Errors like those of drivers, with texts that quote a row.

type stateError string

func (e stateError) Error() string    { return "SECRET" }
func (e stateError) SQLState() string { return string(e) }

type codeError int

func (e codeError) Error() string { return "SECRET" }
func (e codeError) Code() int     { return int(e) }

type unsentError struct{}

func (unsentError) Error() string     { return "the connection was closed" }
func (unsentError) SafeToRetry() bool { return true }

var faults = []struct {
	reason  string
	dialect sqlstore.Dialect
	err     error
	again   bool
	text    string
}{
	{"a serialization failure is temporary", sqlstore.PostgreSQL, stateError("40001"), true, ""},
	{"a deadlock is temporary", sqlstore.PostgreSQL, fmt.Errorf("wrapped: %w", stateError("40P01")), true, ""},
	{"a connection that was killed is replaced", sqlstore.PostgreSQL, stateError("57P01"), true, ""},
	{"a server without a free connection will have one later", sqlstore.PostgreSQL, stateError("53300"), true, ""},
	{"a lock that was not available in time may be available later", sqlstore.PostgreSQL, stateError("55P03"), true, ""},
	{"a missing table is not temporary", sqlstore.PostgreSQL, stateError("42P01"), false, "PostgreSQL error 42P01"},
	{"a state of one character is not a SQL state", sqlstore.PostgreSQL, stateError("4"), false, "PostgreSQL error 4"},
	{"PostgreSQL does not report numbers", sqlstore.PostgreSQL, codeError(5), false, "an error of type sqlstore_test.codeError"},
	{"a busy file is free later", sqlstore.SQLite, codeError(5), true, ""},
	{"another try gets a new snapshot", sqlstore.SQLite, codeError(517), true, ""},
	{"a locked table is free later", sqlstore.SQLite, codeError(6), true, ""},
	{"an interrupted statement is repeated", sqlstore.SQLite, codeError(9), true, ""},
	{"a corrupt file is not temporary", sqlstore.SQLite, codeError(11), false, "SQLite error 11"},
	{"SQLite does not report SQL states", sqlstore.SQLite, stateError("40001"), false, "an error of type sqlstore_test.stateError"},
	{"a network error is temporary", sqlstore.PostgreSQL, &net.OpError{Op: "read", Err: errors.New("reset")}, true, ""},
	{"a deadline of the driver, not of the caller, is temporary", sqlstore.PostgreSQL, context.DeadlineExceeded, true, ""},
	{"the end of a stream is a lost connection", sqlstore.PostgreSQL, io.ErrUnexpectedEOF, true, ""},
	{"a bad connection is replaced", sqlstore.SQLite, driver.ErrBadConn, true, ""},
	{"a statement that was never sent is sent again", sqlstore.PostgreSQL, unsentError{}, true, ""},
	{"an unknown error is not repeated", sqlstore.SQLite, errors.New("SECRET"), false, "an error of type *errors.errorString"},
}

// Each step of an update fails once. If the error is temporary, Update succeeds. After any
// error, the refund is stored at most once; if Update succeeds, it is stored.
func TestUpdateWithAFaultAtEachStep(t *testing.T) {
	for _, row := range faults {
		testkit.Row(t, row.reason, func(t *testing.T) {
			for at, more := 1, true; more; at++ {
				f, s, _ := newFake(t, row.dialect)
				opened(t, s, "SUB-1")
				var failed string
				f.steps = 0
				f.fail = func(step string) error {
					if f.steps != at || step == "row" && row.err == driver.ErrBadConn { // drivers return it only if they have not sent the statement
						return nil
					}
					failed = step
					return row.err
				}
				books, err := s.Update(t.Context(), "SUB-1", posting("refund-1"))
				more = f.steps >= at
				f.fail = nil
				stored := loaded(t, s, "SUB-1")
				inCommit := strings.Contains(failed, "commit")
				switch {
				case err == nil && !books.Equal(stored) || len(stored.Refunds()) > 1 || err == nil && len(stored.Refunds()) == 0:
					t.Errorf("step %d, %q: %d refunds are stored", at, failed, len(stored.Refunds()))
				case failed != "" && (row.again || inCommit) != (err == nil):
					t.Errorf("step %d, %q: error %v", at, failed, err)
				case err != nil && (!strings.Contains(err.Error(), row.text) || strings.Contains(err.Error(), "SECRET")):
					t.Errorf("step %d, %q: error %v, want %s", at, failed, err, row.text)
				case err != nil && len(stored.Refunds()) > 0:
					t.Errorf("step %d, %q: stored although the error is %v", at, failed, err)
				}
				if at > 100 {
					t.Fatal("the update does not end")
				}
			}
		})
	}
}

// UpdateTx does not try again, and a part of an update cannot be committed.
func TestUpdateTxWithAFaultAtEachStep(t *testing.T) {
	for _, row := range faults {
		testkit.Row(t, row.reason, func(t *testing.T) {
			for at, more := 1, true; more; at++ {
				f, s, db := newFake(t, row.dialect)
				opened(t, s, "SUB-1")
				tx, err := db.BeginTx(t.Context(), nil)
				if err != nil {
					t.Fatal(err)
				}
				f.steps = 0
				failed := ""
				f.fail = func(step string) error {
					if f.steps != at {
						return nil
					}
					failed = step
					return row.err
				}
				asked := 0
				_, err = s.UpdateTx(t.Context(), tx, "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
					asked++
					return posting("refund-1")(books)
				})
				f.fail = nil
				if more = failed != ""; more && errors.Is(err, sqlstore.ErrRetry) != row.again {
					t.Errorf("step %d, %q: error %v", at, failed, err)
				}
				if (err != nil) != more || asked > 1 || err != nil && strings.Contains(err.Error(), "SECRET") {
					t.Errorf("step %d, %q: the change was called %d times: %v", at, failed, asked, err)
				}
				if committed := tx.Commit() == nil; committed == more {
					t.Errorf("step %d, %q: committed %v", at, failed, committed)
				}
				if n := len(loaded(t, s, "SUB-1").Refunds()); (n == 1) == more {
					t.Errorf("step %d, %q: %d refunds", at, failed, n)
				}
			}
		})
	}
}

func TestUpdateLimitsItsTries(t *testing.T) {
	for _, row := range []struct {
		reason string
		step   string
		err    error
		tries  int
		want   error
	}{
		{"a temporary fault that lasts", "begin", stateError("40001"), 20, sqlstore.ErrBusy},
		{"no commit gets an answer", "commit", errors.New("SECRET"), 20, sqlstore.ErrBusy},
		{"a fault that is not temporary", "begin", stateError("42P01"), 1, nil},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			f, s, _ := newFake(t, sqlstore.PostgreSQL)
			before := opened(t, s, "SUB-1")
			asked := 0
			f.fail = func(step string) error {
				if step == row.step {
					return row.err
				}
				return nil
			}
			_, err := s.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
				asked++
				return posting("refund-1")(books)
			})
			if err == nil || row.want != nil && !errors.Is(err, row.want) || asked != row.tries || strings.Contains(err.Error(), "SECRET") {
				t.Errorf("the change was called %d times: %v", asked, err)
			}
			f.fail = nil
			if !loaded(t, s, "SUB-1").Equal(before) {
				t.Error("stored")
			}
		})
	}
}

func TestCanceledContextEndsTheTries(t *testing.T) {
	f, s, db := newFake(t, sqlstore.PostgreSQL)
	opened(t, s, "SUB-1")
	ctx, cancel := context.WithCancel(t.Context())
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	f.fail = func(step string) error {
		cancel()
		return stateError("57014") // as drivers report it
	}
	if _, err := s.UpdateTx(ctx, tx, "SUB-1", posting("refund-1")); !errors.Is(err, context.Canceled) || errors.Is(err, sqlstore.ErrRetry) {
		t.Errorf("in a transaction: %v", err)
	}
	if _, err := s.Update(ctx, "SUB-1", posting("refund-1")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestOpenWithAFaultAtEachStep(t *testing.T) {
	for at, more := 1, true; more; at++ {
		f, _, db := newFake(t, sqlstore.PostgreSQL)
		f.stored.schema = 0
		f.steps = 0
		f.fail = func(string) error {
			if f.steps != at {
				return nil
			}
			return stateError("42501")
		}
		_, err := sqlstore.Open(t.Context(), db, sqlstore.PostgreSQL)
		more = f.steps >= at
		if (err != nil) != more && f.stored.schema != 1 { // after a lost answer to a commit, Open checks the version again
			t.Errorf("step %d: %v", at, err)
		}
	}
	_, _, db := newFake(t, sqlstore.SQLite)
	for _, d := range []sqlstore.Dialect{0, sqlstore.SQLite + 1} {
		if _, err := sqlstore.Open(t.Context(), db, d); err == nil {
			t.Errorf("dialect %d", d)
		}
	}
}
