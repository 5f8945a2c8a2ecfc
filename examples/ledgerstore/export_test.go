package ledgerstore

import (
	"database/sql"
	"testing"
)

// For package ledgerstore_test: the bounds, and a way to lose the answer to a commit.

const MaxTries = maxTries

// SetCommit makes a store commit in another way until the test ends.
func SetCommit(t *testing.T, s Store, commit func(*sql.Tx) error) {
	t.Helper()
	of, ok := s.(*store)
	if !ok {
		t.Fatalf("a store of type %T", s)
	}
	before := of.commit
	of.commit = commit
	t.Cleanup(func() { of.commit = before })
}
