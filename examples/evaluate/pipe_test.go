//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A named pipe is opened once: what it was closed on would be lost, and its writer
// gone.
func TestPipe(t *testing.T) {
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
