//go:build unix

package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/internal/inputs"
)

// A named pipe is opened once: closing it would lose its content and stop its writer.
func TestNamedPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	written := make(chan error)
	go func() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err == nil {
			_, err = f.WriteString(numbered(t, 1) + "\n")
			f.Close()
		}
		written <- err
	}()
	code, out, errs := evaluate(t, "", "-format", "json", name)
	if code != exitOK || !strings.Contains(out, "SUB-00000001") {
		t.Errorf("status %d, %q, %s", code, out, errs)
	}
	if err := <-written; err != nil {
		t.Error(err)
	}
}

// /dev/zero stands for a terminal: it is a character device and not the null device.
func TestProgressNeedsATerminal(t *testing.T) {
	terminal, err := os.OpenFile("/dev/zero", os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("this machine has no /dev/zero")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	file := opened(t, "cases.jsonl")
	defer file.Close()
	for _, row := range []struct {
		reason         string
		stderr, stdout *os.File
		want           bool
	}{
		{"results go to a file and messages to a terminal", terminal, file, true},
		{"results go to the terminal themselves", terminal, terminal, false},
		{"all output goes to files", file, file, false},
		{"messages go to a file", file, terminal, false},
	} {
		if got := showsProgress(row.stderr, row.stdout); got != row.want || row.reason == "" {
			t.Errorf("%s: %t", row.reason, got)
		}
	}
}

// Results are written while the input pauses.
func TestResultsWhileTheInputPauses(t *testing.T) {
	in, lines := io.Pipe()
	outcomes, out := io.Pipe()
	ended := make(chan int)
	go func() {
		ended <- run([]string{"-format", "json"}, in, out, io.Discard)
		out.Close()
	}()
	for batch := range 3 {
		if _, err := io.WriteString(lines, strings.Repeat(numbered(t, batch)+"\n", inputs.BatchLines)); err != nil {
			t.Fatal(err)
		}
		late := time.AfterFunc(10*time.Second, func() { outcomes.CloseWithError(errors.New("no results within 10 s")) })
		read := bufio.NewReader(outcomes)
		for range inputs.BatchLines {
			if _, err := read.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
		}
		late.Stop()
	}
	lines.Close()
	if code := <-ended; code != exitOK {
		t.Errorf("status %d", code)
	}
}
