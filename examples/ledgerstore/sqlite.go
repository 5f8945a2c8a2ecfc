package ledgerstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// OpenSQLite opens the database in a file, which is made if there is none, for its owner
// alone. Several programs on the machine may have it open.
func OpenSQLite(ctx context.Context, path string) (Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("ledgerstore: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) // SQLite would let everybody read it
	if err != nil {
		return nil, fmt.Errorf("ledgerstore: %w", err)
	}
	if err := file.Close(); err != nil {
		return nil, fmt.Errorf("ledgerstore: %w", err)
	}
	db, err := sql.Open("sqlite", sqliteSource(path))
	if err != nil {
		return nil, fmt.Errorf("ledgerstore: %w", err)
	}
	// SQLite has one writer at a time. One connection makes those of a program wait in
	// line, rather than poll for the lock.
	db.SetMaxOpenConns(1)
	s := newStore(db, sqliteFault)
	if err := retry(ctx, func() error { return s.prepareSQLite(ctx) }); err != nil {
		_ = db.Close() // it is of no use
		return nil, err
	}
	return s, nil
}

func sqliteSource(path string) string {
	options := url.Values{
		// A transaction has the lock from its beginning: it is never told half-way that
		// somebody else has it.
		"_txlock": {"immediate"},
		"_pragma": {
			// Other programs are waited for so long; then retry does, which a context ends.
			"busy_timeout(500)",
			// With a write-ahead log a commit never waits for readers, so that it does not
			// fail for being busy.
			"journal_mode(wal)",
			// A commit is on the disk when it is acknowledged; with NORMAL a power cut could
			// undo it.
			"synchronous(full)",
		},
	}
	source := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	return source.String()
}

func (s *store) prepareSQLite(ctx context.Context) error {
	var mode string
	if err := s.db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return s.failed(err)
	}
	if mode != "wal" { // a file system without shared memory
		return errors.New("ledgerstore: the file cannot have a write-ahead log")
	}
	if _, err := s.db.ExecContext(ctx, fmt.Sprintf(schema, "text")); err != nil {
		return s.failed(err)
	}
	return nil
}

func sqliteFault(err error) fault {
	var said *sqlite.Error
	if !errors.As(err, &said) {
		return connectionFault(err)
	}
	f := fault{text: "SQLite error " + strconv.Itoa(said.Code())}
	switch said.Code() & 0xff { // the rest is detail
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_PROTOCOL:
		f.again = true
	}
	return f
}
