package desk_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A server is a PostgreSQL server of the tests, in a temporary folder. It listens on a socket
// there, not on a network.
type server struct {
	dir     string
	process *exec.Cmd
	schemas atomic.Int64
}

var postgres = sync.OnceValues(startServer)

func TestMain(m *testing.M) {
	code := m.Run()
	if s, err := running(); err == nil && s != nil {
		_ = s.process.Process.Signal(syscall.SIGQUIT)
		_ = s.process.Wait()
		_ = os.RemoveAll(s.dir)
	}
	os.Exit(code)
}

var started atomic.Bool

// running returns the server if a test has started it.
func running() (*server, error) {
	if !started.Load() {
		return nil, nil
	}
	return postgres()
}

func startServer() (*server, error) {
	started.Store(true)
	programs, err := findPrograms()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "desk-postgres-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir}
	var owner *syscall.Credential
	if os.Geteuid() == 0 { // PostgreSQL refuses to run as root
		who, err := user.Lookup("nobody")
		if err != nil {
			return nil, err
		}
		uid, _ := strconv.Atoi(who.Uid)
		gid, _ := strconv.Atoi(who.Gid)
		owner = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
	}
	program := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(programs, name), args...)
		cmd.Dir = dir
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "LC_ALL=C"}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Pdeathsig: syscall.SIGQUIT}
		return cmd
	}
	data := filepath.Join(dir, "data")
	init := program("initdb", "--pgdata", data, "--username", "tests", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	s.process = program("postgres", "-D", data, "-c", "listen_addresses=", "-c", "unix_socket_directories="+dir, "-c", "max_connections=80")
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if conn, err := pgx.Connect(context.Background(), s.source("")); err == nil {
			return s, conn.Close(context.Background())
		}
	}
	return nil, errors.New("PostgreSQL does not start")
}

// findPrograms returns the folder of initdb and postgres, which is often not in PATH.
func findPrograms() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if found, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(found))
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
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

func (s *server) source(schema string) string {
	q := url.Values{"host": {s.dir}, "user": {"tests"}, "sslmode": {"disable"}}
	if schema != "" {
		q.Set("search_path", schema)
	}
	return "postgres:///postgres?" + q.Encode()
}

// postgresSchema returns the source of an empty schema.
func postgresSchema(t testing.TB) string {
	t.Helper()
	s, err := postgres()
	if err != nil {
		t.Fatal(err)
	}
	name := "test" + strconv.FormatInt(s.schemas.Add(1), 10)
	conn, err := pgx.Connect(t.Context(), s.source(""))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	return s.source(name)
}

// eachDatabase runs a test with a desk on an empty database of each kind.
func eachDatabase(t *testing.T, test func(t *testing.T, b *bench)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, newBench(t, sqliteFile(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, newBench(t, postgresSchema(t))) })
}
