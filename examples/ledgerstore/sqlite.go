package ledgerstore

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite"
)

// SQLite opens the database in a file. If the file is missing, it creates one that only its
// owner can read. Several programs on the machine may have it open.
func SQLite(path string) (*sql.DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("ledgerstore: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) // SQLite would create a file that everybody can read
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
	// SQLite allows one writer at a time. With one connection, the writers of a program wait
	// for each other instead of polling for the lock.
	db.SetMaxOpenConns(1)
	return db, nil
}

func sqliteSource(path string) string {
	options := url.Values{"_pragma": {
		// This is how long SQLite waits for other programs. Then the store tries again, until the
		// context ends.
		"busy_timeout(500)",
		// With a write-ahead log, a commit never waits for readers.
		"journal_mode(wal)",
		// With FULL, a commit is on the disk when it is acknowledged; with NORMAL, a power cut
		// could undo it.
		"synchronous(full)",
	}}
	source := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	return source.String()
}
