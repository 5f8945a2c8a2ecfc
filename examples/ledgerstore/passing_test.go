package ledgerstore_test

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// This file has temporary faults: lost connections and locked files.

// Callers do not see temporary faults.
func TestTemporaryFaultsAreRetried(t *testing.T) {
	for _, row := range []struct {
		reason string
		kind   string
		befall func(t *testing.T, d database)
	}{
		{"connections are lost, idle ones too", "postgres", func(t *testing.T, d database) {
			if _, err := d.raw.ExecContext(t.Context(), `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
				WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`); err != nil {
				t.Fatal(err)
			}
		}},
		{"a connection is lost while it waits for the row", "postgres", func(t *testing.T, d database) {
			tx, err := d.raw.BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.ExecContext(t.Context(), `UPDATE ledgers SET version = version`); err != nil {
				t.Fatal(err)
			}
			go func() {
				for n := 0; n == 0 && t.Context().Err() == nil; {
					if err := d.raw.QueryRow(`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
						WHERE wait_event_type = 'Lock'`).Scan(&n); err != nil {
						break
					}
				}
				_ = tx.Rollback() // it made no change
			}()
		}},
		{"the file is locked for longer than SQLite waits", "sqlite", func(t *testing.T, d database) {
			tx, err := d.raw.BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.ExecContext(t.Context(), `UPDATE ledgers SET version = version`); err != nil {
				t.Fatal(err)
			}
			released := make(chan error, 1)
			time.AfterFunc(800*time.Millisecond, func() { released <- tx.Rollback() })
			t.Cleanup(func() {
				if err := <-released; err != nil {
					t.Error(err)
				}
			})
		}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			d := map[string]func(testing.TB) database{"sqlite": newSQLite, "postgres": newPostgres}[row.kind](t)
			s := d.store(t)
			ana := decided(t, opened(t, s, "SUB-1", 10000, 10000), "ana", 5000)
			var once sync.Once
			if _, err := s.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
				once.Do(func() { row.befall(t, d) }) // between reading and writing
				return posting(ana, "refund-1")(books)
			}); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// The connection is really lost: after the server has answered, and before the store gets
// the answer.
func TestLostConnectionAtEachAnswer(t *testing.T) {
	for _, row := range []struct{ reason, word string }{
		{"the answer to BEGIN is lost, and no change is stored", "BEGIN"},
		{"the answer to the first statement is lost, and no change is stored", "UPDATE 1"},
		{"the answer to the second statement is lost, and no change is stored", "INSERT 0 1"},
		{"the answer to the commit is lost, and the change is stored", "COMMIT"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) { lineDies(t, row.word) })
	}
}

func lineDies(t *testing.T, word string) {
	d := newPostgres(t)
	s, armed := d.frailStore(t, word)
	ana := decided(t, opened(t, s, "SUB-1", 10000, 10000), "ana", 5000)
	armed.Store(true)
	asked := 0
	books, err := s.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
		asked++
		return posting(ana, "refund-1")(books)
	})
	if err != nil || asked != 2 || armed.Load() {
		t.Errorf("the change was called %d times: %v", asked, err)
	}
	wantSame(t, loaded(t, d.store(t), "SUB-1"), books)
	if books.Version() != 2 {
		t.Errorf("version %d", books.Version())
	}
}

// frailStore returns a handle over a connection that is lost instead of the given answer, once
// the returned flag is set.
func (d database) frailStore(t *testing.T, word string) (handle, *atomic.Bool) {
	t.Helper()
	var armed atomic.Bool
	dir, err := os.MkdirTemp("", "line-") // short: the path of a socket has at most about a hundred bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) }) // the listener may already have removed its socket
	host, database, _ := strings.Cut(strings.TrimPrefix(d.source, "host="), " ")
	listenAsServer(t, dir, host, word, &armed)
	s, err := openStore(t.Context(), "postgres", "host="+dir+" "+database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // its connection was lost
	return s, &armed
}

// listenAsServer relays data between a store and the server. Once it is armed, it closes
// the connection instead of relaying the given answer.
func listenAsServer(t *testing.T, dir, host, word string, armed *atomic.Bool) {
	t.Helper()
	const socket = ".s.PGSQL.5432"
	listener, err := net.Listen("unix", filepath.Join(dir, socket))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	pass := func(to, from net.Conn, watch bool) {
		defer to.Close()
		defer from.Close()
		said := make([]byte, 64<<10)
		for {
			n, err := from.Read(said)
			if watch && bytes.Contains(said[:n], []byte(word+"\x00")) && armed.CompareAndSwap(true, false) {
				return
			}
			if _, failed := to.Write(said[:n]); failed != nil || err != nil {
				return
			}
		}
	}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil { // closed
				return
			}
			server, err := net.Dial("unix", filepath.Join(host, socket))
			if err != nil {
				_ = client.Close()
				continue
			}
			go pass(server, client, false)
			go pass(client, server, true)
		}
	}()
}
