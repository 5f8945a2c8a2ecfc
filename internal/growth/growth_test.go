//go:build unix

// Package growth measures the time and the memory that hostile input takes, for every entry
// point that reads bytes from outside.
//
//	go test ./internal/growth -run '^$' -bench . -benchtime 1x
package growth_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// The limits. Four times the input may take at most steepest times as long: a factor of 4 is
// linear, and 16 is quadratic. A process may use base bytes of memory, and perByte bytes
// more for each byte of its input.
const (
	steepest = 10 // leaves room for a busy machine
	perByte  = 16
	base     = 16 << 20
)

const (
	noise   = 20 * time.Millisecond // too short to be compared
	longest = 20 * time.Second      // for one process
)

// A row is one entry point with one kind of hostile input.
type row struct {
	entry   string // the name of the function or program
	hostile string // the reason why the input is hostile
	size    int    // of the smallest input in bytes, about

	// write puts an input of about n bytes into a folder.
	write func(dir string, n int) error

	// read prepares a folder's input in a child process, and returns the work to measure.
	// Nil for a program.
	read func(dir string) (func(), error)

	// program is the folder of a program, relative to examples, and args its arguments for a
	// folder with an input.
	program string
	args    func(dir string) []string
}

func (r *row) name() string { return r.entry + "/" + strings.ReplaceAll(r.hostile, " ", "_") }

// The environment variables that mark a test binary as a child and name its task.
const (
	rowVariable  = "GROWTH_ROW"
	taskVariable = "GROWTH_TASK" // "write" or "read"
	dirVariable  = "GROWTH_DIR"
	sizeVariable = "GROWTH_SIZE"
)

func TestMain(m *testing.M) {
	if os.Getenv(rowVariable) == "" {
		os.Exit(m.Run())
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child does the task of a child process. Reading, it prints its nanoseconds.
func child() error {
	i := slices.IndexFunc(rows, func(r row) bool { return r.name() == os.Getenv(rowVariable) })
	if i < 0 {
		return errors.New("no such row")
	}
	r, dir := rows[i], os.Getenv(dirVariable)
	if os.Getenv(taskVariable) == "write" {
		n, err := strconv.Atoi(os.Getenv(sizeVariable))
		if err != nil {
			return err
		}
		return r.write(dir, n)
	}
	work, err := r.read(dir)
	if err != nil {
		return err
	}
	start := time.Now()
	work()
	fmt.Print(time.Since(start).Nanoseconds())
	return nil
}

// again starts this test binary as a child with a task.
func (r *row) again(ctx context.Context, task, dir string, n int) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), rowVariable+"="+r.name(), taskVariable+"="+task, dirVariable+"="+dir, sizeVariable+"="+strconv.Itoa(n))
	return cmd
}

// input writes an input of about n bytes, and returns its folder and its size. A child
// writes it to keep this process small: Linux counts its peak memory for each child that it
// starts.
func (r *row) input(t testing.TB, n int) (dir string, size int64) {
	t.Helper()
	dir = t.TempDir()
	if out, err := r.again(t.Context(), "write", dir, n).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil || size == 0 {
		t.Fatal(size, err)
	}
	return dir, size
}

// A cost is the time and the peak memory of one process.
type cost struct {
	time   time.Duration
	memory int64
}

// run reads an input in a child process.
func (r *row) run(t testing.TB, dir string) cost {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), longest)
	defer cancel()
	cmd := r.again(ctx, "read", dir, 0)
	if r.program != "" {
		cmd = exec.CommandContext(ctx, program(t, r.program), r.args(dir)...)
	}
	var out, errs bytes.Buffer
	if r.program == "" {
		cmd.Stdout = &out
	}
	cmd.Stderr = &errs
	start := time.Now()
	err := cmd.Run()
	c := cost{time: time.Since(start)}
	if ctx.Err() != nil {
		t.Fatalf("took longer than %v", longest)
	}
	var exit *exec.ExitError
	if err != nil && (r.program == "" || !errors.As(err, &exit) || exit.ExitCode() < 0 || errs.Len() > 0 && strings.HasPrefix(errs.String(), "panic")) {
		t.Fatalf("%v: %.1000s", err, errs.String())
	}
	if r.program == "" {
		ns, err := strconv.ParseInt(out.String(), 10, 64)
		if err != nil {
			t.Fatalf("%q: %v", out.String(), err)
		}
		c.time = time.Duration(ns)
	}
	c.memory = int64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS != "darwin" { // which counts bytes
		c.memory <<= 10
	}
	return c
}

// built are the paths of the programs that were built.
var built = map[string]string{}

// program builds a program once.
func program(t testing.TB, name string) string {
	t.Helper()
	if path, ok := built[name]; ok {
		return path
	}
	dir, err := os.MkdirTemp("", "growth")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, filepath.Base(name))
	if out, err := exec.Command("go", "build", "-o", path, "../../examples/"+name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	built[name] = path
	return path
}

// BenchmarkGrowth prints a line for each row: the times for an input, for twice and for four
// times that input, and the peak memory for the largest with its limit. It fails if a limit
// is exceeded.
func BenchmarkGrowth(b *testing.B) {
	defer func() {
		for _, path := range built {
			os.RemoveAll(filepath.Dir(path))
		}
		clear(built)
	}()
	for _, r := range rows {
		b.Run(r.name(), func(b *testing.B) {
			for b.Loop() {
				r.measure(b)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

func (r *row) measure(b *testing.B) {
	const tries = 3
	var fastest [3]time.Duration
	for i, times := range []int{1, 2, 4} {
		dir, size := r.input(b, times*r.size)
		fastest[i] = math.MaxInt64
		var most int64
		for range tries {
			c := r.run(b, dir)
			fastest[i] = min(fastest[i], c.time)
			most = max(most, c.memory)
		}
		b.ReportMetric(float64(fastest[i].Microseconds())/1000, fmt.Sprintf("ms-at-%dn", times))
		limit := perByte*size + base
		if most > limit {
			b.Errorf("%d bytes of input took %d bytes of memory; the limit is %d", size, most, limit)
		}
		if times == 4 {
			b.ReportMetric(float64(most)/(1<<20), "peak-MiB")
			b.ReportMetric(float64(limit)/(1<<20), "limit-MiB")
		}
	}
	if fastest[2] > noise && fastest[2] > steepest*fastest[0] {
		b.Errorf("four times the input took %.1f times as long: %v, %v, %v", float64(fastest[2])/float64(fastest[0]), fastest[0], fastest[1], fastest[2])
	}
}

// TestRows runs every row. Only the benchmark measures them, since a test that measures time
// fails on a busy machine.
func TestRows(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r.name()] {
			t.Errorf("two rows are %s", r.name())
		}
		seen[r.name()] = true
		testkit.Row(t, r.entry+": "+r.hostile, func(t *testing.T) {
			dir := t.TempDir()
			if err := r.write(dir, 2000); err != nil {
				t.Fatal(err)
			}
			if r.program != "" { // which the benchmark builds
				return
			}
			work, err := r.read(dir)
			if err != nil {
				t.Fatal(err)
			}
			work()
		})
	}
}
