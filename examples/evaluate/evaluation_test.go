package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
)

// Many batches on many workers are written in the order of the input, refusals in
// their places, over two files and standard input.
func TestOutputInInputOrder(t *testing.T) {
	var all [3]strings.Builder
	var want []string
	for i := range 3000 {
		part := i / 1000
		if i%7 == 3 {
			all[part].WriteString("{}\n")
			want = append(want, fmt.Sprint("line ", i%1000+1))
			continue
		}
		all[part].WriteString(numbered(t, i) + "\n")
		want = append(want, fmt.Sprintf("SUB-%08d", i))
	}
	dir := t.TempDir()
	files := []string{filepath.Join(dir, "a"), filepath.Join(dir, "b")}
	for i, part := range []int{0, 2} {
		if err := os.WriteFile(files[i], []byte(all[part].String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	code, out, _ := evaluate(t, all[1].String(), "-format", "json", files[0], "-", files[1])
	if code != exitRefused {
		t.Errorf("status %d", code)
	}
	var got []string
	for line := range strings.Lines(out) {
		var o struct {
			Subscription string
			Line         int
		}
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		if o.Line > 0 {
			o.Subscription = fmt.Sprint("line ", o.Line)
		}
		got = append(got, o.Subscription)
	}
	if !slices.Equal(got, want) {
		t.Error("the output is not in the order of the input")
	}
}

func TestTooLongLine(t *testing.T) {
	long := strings.Repeat(" ", jsonlines.MaxBytes+1)
	code, out, _ := evaluate(t, numbered(t, 1)+"\n"+long+"\n"+numbered(t, 3), "-format", "json")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != exitRefused || len(lines) != 3 || !strings.HasPrefix(lines[1], `{"line":2,`) || !strings.Contains(lines[2], "SUB-00000003") {
		t.Errorf("status %d, %d lines", code, len(lines))
	}
}

// Outcomes before a read error are written, and the error is reported.
func TestReadErrorAfterACase(t *testing.T) {
	in := io.MultiReader(strings.NewReader(numbered(t, 1)+"\n"), iotest.ErrReader(errors.New("disk on fire")))
	var out, errs strings.Builder
	if code := run([]string{"-format", "json"}, in, &out, &errs); code != exitFailed {
		t.Errorf("status %d", code)
	}
	if !strings.Contains(out.String(), "SUB-00000001") || !strings.Contains(errs.String(), "line 2: disk on fire") {
		t.Errorf("wrote %q, said %q", out.String(), errs.String())
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// A write error ends the work before all input is read.
func TestWriteError(t *testing.T) {
	in := strings.NewReader(strings.Repeat(numbered(t, 1)+"\n", 20_000))
	var errs strings.Builder
	if code := run([]string{"-format", "json"}, in, fullDisk{}, &errs); code != exitFailed || !strings.Contains(errs.String(), "disk full") {
		t.Errorf("status %d, %s", code, errs.String())
	}
	if in.Len() == 0 {
		t.Error("all of the input was read after the write error")
	}
}

// endless repeats a line and records the largest heap.
type endless struct {
	line []byte
	left int
	at   int
	peak uint64
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) && e.left > 0 {
		m := copy(p[n:], e.line[e.at:])
		n += m
		if e.at += m; e.at == len(e.line) {
			e.at = 0
			if e.left--; e.left%2000 == 0 {
				runtime.GC()
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				e.peak = max(e.peak, stats.HeapAlloc)
			}
		}
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Ten times the lines take no more memory.
func TestConstantMemory(t *testing.T) {
	peak := func(lines int) uint64 {
		in := &endless{line: []byte(numbered(t, 1) + "\n"), left: lines}
		if code := run([]string{"-format", "json"}, in, io.Discard, io.Discard); code != exitOK {
			t.Fatalf("status %d", code)
		}
		return in.peak
	}
	few, many := peak(4000), peak(40_000)
	if many > few+8<<20 {
		t.Errorf("%d bytes for 4,000 lines, %d for 40,000", few, many)
	}
}

// BenchmarkEvaluate measures the whole program, on all processors.
func BenchmarkEvaluate(b *testing.B) {
	in := &endless{line: []byte(numbered(b, 1) + "\n"), left: b.N}
	b.SetBytes(int64(len(in.line)))
	start := time.Now()
	if code := run([]string{"-format", "json"}, in, io.Discard, io.Discard); code != exitOK {
		b.Fatalf("status %d", code)
	}
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "cases/s")
}
