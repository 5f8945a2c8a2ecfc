package ledgerstore

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"time"
)

const (
	// maxTries and the waits make about a second: a server that starts anew takes
	// longer, and then the caller decides how long to wait.
	maxTries  = 20
	firstWait = time.Millisecond
	maxWait   = 100 * time.Millisecond
)

// retry calls do until it is done, or what is wrong will not go away by itself.
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
		case ctx.Err() != nil: // which drivers say in many ways
			return fmt.Errorf("ledgerstore: %w", ctx.Err())
		case !f.again:
			return err
		}
		if try == maxTries {
			return fmt.Errorf("%w after %d tries: %w", ErrBusy, try, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("ledgerstore: %w", ctx.Err())
		case <-time.After(wait/2 + rand.N(wait)): // jitter: whoever collided does not meet again
		}
		wait = min(2*wait, maxWait)
	}
}

// final is an error of the caller's own, which is returned as it is.
type final struct{ error }

// A fault is what a database said. It does not have the driver's text where that could
// quote a value, nor the driver's error, which has more than its text.
type fault struct {
	text  string
	again bool // it may go away by itself
	lost  bool // it was the answer to a commit
}

func (f *fault) Error() string { return "ledgerstore: " + f.text }

func (s *store) failed(err error) error {
	f := s.fault(err)
	if s.closed.Load() {
		f = fault{text: "the store is closed"}
	}
	return &f
}

func isLost(err error) bool {
	var f *fault
	return errors.As(err, &f) && f.lost
}

// connectionFault is for errors that do not come from a database, but from the way to
// it.
func connectionFault(err error) fault {
	var network net.Error
	switch {
	case errors.As(err, &network),
		errors.Is(err, context.DeadlineExceeded), // the driver's own
		errors.Is(err, driver.ErrBadConn),
		errors.Is(err, net.ErrClosed),
		errors.Is(err, io.EOF),
		errors.Is(err, io.ErrUnexpectedEOF):
		return fault{text: err.Error(), again: true}
	}
	return fault{text: fmt.Sprintf("an error of type %T", err)}
}
