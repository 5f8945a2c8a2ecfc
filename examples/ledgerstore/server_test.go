package ledgerstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A server is a PostgreSQL server of the tests, in a temporary folder. It listens on a
// socket in the folder, not on a network.
type server struct {
	programs string // the folder of its programs
	dir      string
	owner    *syscall.Credential // nil: the user who runs the tests
	guard    io.Closer           // when it is closed, the guard stops the server and removes the folder

	mu      sync.Mutex
	process *exec.Cmd
	ended   chan struct{}
	schemas int
}

var theServer struct {
	once sync.Once
	*server
	err error
}

// startServer returns the server of all tests. The first call starts it.
func startServer(t testing.TB) *server {
	t.Helper()
	theServer.once.Do(func() { theServer.server, theServer.err = newServer() })
	if theServer.err != nil {
		t.Fatal(theServer.err)
	}
	return theServer.server
}

func stopServer() error {
	s := theServer.server
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.process.Process.Signal(syscall.SIGQUIT) // immediate shutdown; an error means that it has ended
	select {
	case <-s.ended:
	case <-time.After(10 * time.Second):
		return errors.New("PostgreSQL does not stop")
	}
	return errors.Join(s.guard.Close(), os.RemoveAll(s.dir))
}

func newServer() (*server, error) {
	programs, err := findPrograms()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "ledgerstore-postgres-")
	if err != nil {
		return nil, err
	}
	s := &server{programs: programs, dir: dir}
	if err := s.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("PostgreSQL of %s: %w", programs, err), os.RemoveAll(dir))
	}
	return s, nil
}

// findPrograms returns the folder of initdb and postgres, which is often not in PATH.
func findPrograms() (string, error) {
	var folders []string
	if found, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(found))
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		slices.Reverse(found) // later versions first, as far as names are in order
		folders = append(folders, found...)
	}
	for _, folder := range folders {
		_, noInit := os.Stat(filepath.Join(folder, "initdb"))
		_, noServer := os.Stat(filepath.Join(folder, "postgres"))
		if noInit == nil && noServer == nil {
			return folder, nil
		}
	}
	return "", errors.New("PostgreSQL is not installed: its programs initdb and postgres are needed (on Debian: apt-get install postgresql)")
}

// The guard waits until the tests end, even if they are killed.
const guard = `trap '' INT TERM HUP
read -r _
if [ -f "$1/data/postmaster.pid" ]; then
	kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")"
	sleep 1
fi
rm -rf "$1"`

func (s *server) begin() error {
	watch := exec.Command("/bin/sh", "-c", guard, "guard", s.dir)
	watch.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // an interrupt is for the tests only
	pipe, err := watch.StdinPipe()
	if err != nil {
		return err
	}
	if err := watch.Start(); err != nil {
		return err
	}
	s.guard = guardHandle{pipe, watch}

	if os.Geteuid() == 0 { // PostgreSQL refuses to run as root
		if err := s.giveAway(); err != nil {
			return errors.Join(err, s.guard.Close())
		}
	}
	initdb := s.program("initdb", "--pgdata", filepath.Join(s.dir, "data"), "--username", "tests",
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		return errors.Join(fmt.Errorf("initdb: %w\n%s", err, out), s.guard.Close())
	}
	if err := s.start(); err != nil {
		return errors.Join(err, s.guard.Close())
	}
	return nil
}

type guardHandle struct {
	io.Closer
	watch *exec.Cmd
}

func (g guardHandle) Close() error { return errors.Join(g.Closer.Close(), g.watch.Wait()) }

// giveAway makes another user the owner of the folder and of the server.
func (s *server) giveAway() error {
	var who *user.User
	for _, name := range []string{"postgres", "nobody"} {
		if found, err := user.Lookup(name); err == nil {
			who = found
			break
		}
	}
	if who == nil {
		return errors.New("there is no user postgres or nobody, and root may not run the server")
	}
	uid, err := strconv.Atoi(who.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(who.Gid)
	if err != nil {
		return err
	}
	s.owner = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(s.dir, uid, gid)
}

func (s *server) program(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.programs, name), args...)
	cmd.Dir = s.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir, "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: s.owner}
	return cmd
}

// start starts the server, and waits until it answers.
func (s *server) start() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	logfile, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer logfile.Close() // the server has its own
	deadline := time.Now().Add(60 * time.Second)
	for {
		s.process = s.program("postgres", "-D", filepath.Join(s.dir, "data"),
			"-c", "listen_addresses=", "-c", "unix_socket_directories="+s.dir,
			"-c", "fsync=on", "-c", "max_connections=60")
		s.process.Stdout, s.process.Stderr = logfile, logfile
		if err := s.process.Start(); err != nil {
			return err
		}
		s.ended = make(chan struct{})
		go func(process *exec.Cmd, ended chan struct{}) {
			_ = process.Wait() // the log has the reason
			close(ended)
		}(s.process, s.ended)
		for alive := true; alive; {
			if s.answers() {
				return nil
			}
			select {
			case <-s.ended: // after a crash, while processes of the last server end
				alive = false
			case <-time.After(20 * time.Millisecond):
			}
			if time.Now().After(deadline) {
				_ = s.process.Process.Kill()
				said, err := os.ReadFile(logfile.Name())
				return errors.Join(err, fmt.Errorf("the server does not start: %s", bytes.TrimSpace(said)))
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (s *server) answers() bool {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.source("postgres"))
	if err != nil {
		return false
	}
	return conn.Close(ctx) == nil
}

func (s *server) source(database string) string {
	return "host=" + s.dir + " user=tests sslmode=disable dbname=" + database
}

// newSource returns the connection string of an empty schema, which is created faster than
// a database.
func (s *server) newSource(t testing.TB) string {
	t.Helper()
	s.mu.Lock()
	s.schemas++
	name := "test" + strconv.Itoa(s.schemas)
	s.mu.Unlock()
	conn, err := pgx.Connect(t.Context(), s.source("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s.source("postgres") + " search_path=" + name
}

// crash kills the server and all its processes, so that it cannot shut down, and starts it
// again.
func (s *server) crash(t *testing.T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.source("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := conn.Query(t.Context(), "SELECT pid FROM pg_stat_activity")
	if err != nil {
		t.Fatal(err)
	}
	processes, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	if err := s.process.Process.Kill(); err != nil {
		t.Error(err)
	}
	for _, pid := range processes {
		_ = syscall.Kill(pid, syscall.SIGKILL) // a process that has ended needs no signal
	}
	<-s.ended
	s.mu.Unlock()
	_ = conn.Close(t.Context()) // the server is gone
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}
