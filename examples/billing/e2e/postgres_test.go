package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A server is a PostgreSQL of one test, in a temporary folder. It listens on a socket in the
// folder, not on a network.
type server struct {
	programs, dir string
	owner         *syscall.Credential // nil: the user who runs the tests
	process       *exec.Cmd
}

// guard waits until the tests end, even if they are killed, and ends the server.
const guard = `trap '' INT TERM HUP
read -r _
[ -f "$1/data/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")" && sleep 1
rm -rf "$1"`

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{}
	var err error
	if s.programs, err = findPrograms(); err != nil {
		t.Fatal(err)
	}
	if s.dir, err = os.MkdirTemp("", "billing-postgres-"); err != nil { // the path of a socket is short
		t.Fatal(err)
	}
	watch := exec.Command("/bin/sh", "-c", guard, "guard", s.dir)
	watch.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // an interrupt is for the tests only
	pipe, err := watch.StdinPipe()
	if err == nil {
		err = watch.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.stop(syscall.SIGQUIT), pipe.Close(), watch.Wait()); err != nil {
			t.Error(err)
		}
	})
	if os.Geteuid() == 0 { // PostgreSQL refuses to run as root
		if err := s.giveAway(); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := s.program("initdb", "--pgdata", filepath.Join(s.dir, "data"), "--username", "tests", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C", "--no-sync").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	return s
}

// findPrograms returns the folder of initdb and postgres, which is often not in PATH.
func findPrograms() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is valid
	slices.Reverse(folders)                                  // later versions first, as far as names are in order
	if found, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(found))
	}
	for _, folder := range folders {
		if _, err := os.Stat(filepath.Join(folder, "postgres")); err == nil {
			return folder, nil
		}
	}
	return "", errors.New("PostgreSQL is not installed: its programs initdb and postgres are needed (on Debian: apt-get install postgresql)")
}

// giveAway makes another user the owner of the folder and of the server.
func (s *server) giveAway() error {
	who, err := user.Lookup("postgres")
	if err != nil {
		who, err = user.Lookup("nobody")
	}
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(who.Uid)
	gid, err2 := strconv.Atoi(who.Gid)
	if err = errors.Join(err, err2); err != nil {
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
	var log strings.Builder
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		s.process = s.program("postgres", "-D", filepath.Join(s.dir, "data"), "-c", "listen_addresses=",
			"-c", "unix_socket_directories="+s.dir, "-c", "max_connections=100")
		s.process.Stdout, s.process.Stderr = io.Discard, &log
		if err := s.process.Start(); err != nil {
			return err
		}
		ended := make(chan error, 1)
		go func() { ended <- s.process.Wait() }()
		for alive := true; alive && time.Now().Before(deadline); {
			if s.answers() {
				return nil
			}
			select {
			case <-ended: // processes of the last server may still end
				alive = false
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
	return fmt.Errorf("the server does not start: %s", log.String())
}

func (s *server) answers() bool {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.url())
	return err == nil && conn.Close(ctx) == nil
}

// stop ends the server with a signal, and waits for it.
func (s *server) stop(signal os.Signal) error {
	if s.process == nil || s.process.Process == nil {
		return nil
	}
	if err := s.process.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	for deadline := time.Now().Add(20 * time.Second); s.answers() || s.process.Process.Signal(syscall.Signal(0)) == nil; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			return errors.New("PostgreSQL does not stop")
		}
	}
	return nil
}

// restart stops the server in the middle of its transactions, and starts it again.
func (s *server) restart() error {
	return errors.Join(s.stop(syscall.SIGQUIT), s.start())
}

func (s *server) url() string {
	return "postgres:///postgres?" + url.Values{"host": {s.dir}, "user": {"tests"}, "sslmode": {"disable"}}.Encode()
}
