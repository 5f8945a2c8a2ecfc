package sqlstore

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"time"
)

const (
	// All tries with their waits take about a second. A server takes longer to start; the
	// caller decides how long to wait for it.
	maxTries  = 20
	firstWait = time.Millisecond
	maxWait   = 100 * time.Millisecond
)

// retry calls do until it succeeds or returns an error that is not temporary.
func retry(ctx context.Context, do func() error) error {
	wait := firstWait
	for try := 1; ; try++ {
		err := do()
		var own *final
		var f *fault
		switch {
		case err == nil:
			return nil
		case errors.As(err, &own):
			return own.error
		case errors.Is(err, errMoved):
		case !errors.As(err, &f):
			return err
		case ctx.Err() != nil: // drivers report this in many ways
			return fmt.Errorf("sqlstore: %w", ctx.Err())
		case !f.again && !f.lost:
			return err
		}
		if try == maxTries {
			return fmt.Errorf("%w after %d tries: %w", ErrBusy, try, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("sqlstore: %w", ctx.Err())
		case <-time.After(wait/2 + rand.N(wait)): // random, so that two writers do not collide again
		}
		wait = min(2*wait, maxWait)
	}
}

// final is an error of the caller's own, which is returned as it is.
type final struct{ error }

// A fault is an error of a database. It does not wrap the driver's error or have its text,
// which may quote stored values.
type fault struct {
	text  string
	coded bool // the text is an error code of the database
	again bool // it is temporary: another try may succeed
	lost  bool // it is the error of a commit, which may have succeeded: another try finds out
}

func (f *fault) Error() string { return "sqlstore: " + f.text }

func isLost(err error) bool {
	var f *fault
	return errors.As(err, &f) && f.lost
}

// failed returns the fault for a driver's error. It recognizes drivers by the methods of
// their errors. An unknown error is not retried. It never causes a second refund, because
// an update checks the number of rows that it changed.
func (s *database) failed(err error) *fault {
	var state interface{ SQLState() string } // of pgx and pq
	if s.dialect == PostgreSQL && errors.As(err, &state) {
		return postgresFault(state.SQLState())
	}
	var code interface{ Code() int } // of modernc.org/sqlite
	if s.dialect == SQLite && errors.As(err, &code) {
		return sqliteFault(code.Code())
	}
	return connectionFault(err)
}

func postgresFault(code string) *fault {
	f := &fault{text: "PostgreSQL error " + code, coded: true}
	switch code[:min(2, len(code))] {
	case "08", // connection
		"40", // serialization, deadlock
		"53", // resources
		"57": // shut down, terminated, starting up
		f.again = true
	}
	f.again = f.again || code == "55P03" // a lock that was not available in time
	return f
}

func sqliteFault(code int) *fault {
	f := &fault{text: "SQLite error " + strconv.Itoa(code), coded: true}
	switch code & 0xff { // the low byte is the primary code
	case 5, 6, 9, 15: // busy, locked, interrupted, locking protocol
		f.again = true
	}
	return f
}

// connectionFault returns the fault for an error of the connection, not of the database.
func connectionFault(err error) *fault {
	var network net.Error
	var unsent interface{ SafeToRetry() bool } // of pgx: the statement was not sent
	switch {
	case errors.As(err, &network),
		errors.Is(err, context.DeadlineExceeded), // of the driver, not of ctx
		errors.Is(err, driver.ErrBadConn),
		errors.Is(err, net.ErrClosed),
		errors.Is(err, io.EOF),
		errors.Is(err, io.ErrUnexpectedEOF),
		errors.As(err, &unsent) && unsent.SafeToRetry():
		return &fault{text: err.Error(), again: true}
	case err.Error() == "sql: database is closed": // database/sql does not export this error
		return &fault{text: "the database is closed"}
	}
	return &fault{text: fmt.Sprintf("an error of type %T", err)}
}
