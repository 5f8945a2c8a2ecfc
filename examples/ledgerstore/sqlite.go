package ledgerstore

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite"
)

// SQLite opens the database in a file, which is made for its owner alone if there is none.
// Several programs on the machine may have it open.
func SQLite(path string) (*sql.DB, error) {
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
	return db, nil
}

func sqliteSource(path string) string {
	options := url.Values{"_pragma": {
		// SQLite waits so long for other programs; then the store tries again, which a
		// context ends.
		"busy_timeout(500)",
		// With a write-ahead log a commit never waits for readers.
		"journal_mode(wal)",
		// A commit is on the disk when it is acknowledged; with NORMAL a power cut could
		// undo it.
		"synchronous(full)",
	}}
	source := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	return source.String()
}
