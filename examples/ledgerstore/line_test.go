package ledgerstore_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"testing"
)

// A line is a connection to a database that can lose a commit or its answer.
type line struct {
	base   *sql.DB
	commit func(driver.Tx) error // nil: Commit
}

var errLost = errors.New("the connection is lost")

// committed commits and loses the answer; cut loses the commit.
func committed(tx driver.Tx) error { return errors.Join(tx.Commit(), errLost) }
func cut(tx driver.Tx) error       { return errors.Join(tx.Rollback(), errLost) }

// lineStore returns a handle on the database over a line.
func (d database) lineStore(t *testing.T) (handle, *line) {
	t.Helper()
	l := &line{base: d.store(t).db}
	db := sql.OpenDB(l)
	db.SetMaxOpenConns(l.base.Stats().MaxOpenConnections)
	h, err := openOn(t.Context(), db, d.dialect())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return h, l
}

func (l *line) Driver() driver.Driver { return l.base.Driver() }

// Connect borrows a connection of the base.
func (l *line) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := l.base.Conn(ctx)
	if err != nil {
		return nil, err
	}
	var raw rawConn
	err = conn.Raw(func(c any) error {
		raw = c.(rawConn)
		return nil
	})
	return lineConn{raw, l, conn}, err
}

type rawConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
}

type lineConn struct {
	rawConn
	line     *line
	borrowed *sql.Conn
}

func (c lineConn) Close() error { return c.borrowed.Close() }

func (c lineConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	tx, err := c.rawConn.BeginTx(ctx, options)
	return lineTx{tx, c.line}, err
}

type lineTx struct {
	driver.Tx
	line *line
}

func (tx lineTx) Commit() error {
	if tx.line.commit == nil {
		return tx.Tx.Commit()
	}
	return tx.line.commit(tx.Tx)
}
