package webvtt_test

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
)

const childFile, childMode = "WEBVTT_TEST_FILE", "WEBVTT_TEST_OPTIONS"

// TestReadAllInAChild is the process that BenchmarkPeakMemory measures.
func TestReadAllInAChild(t *testing.T) {
	name := os.Getenv(childFile)
	if name == "" {
		t.Skip("only a process that is measured needs this")
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	mode := 0
	for o := range readings {
		if fmt.Sprint(mode) == os.Getenv(childMode) {
			messages, _ := webvtt.ReadAll(file, began, webvtt.Sides{"": evidence.SideAgent, "a": evidence.SideAgent}, o)
			runtime.KeepAlive(messages)
		}
		mode++
	}
}

// BenchmarkPeakMemory reports the largest resident size of a process that reads a file of
// 4 MiB into messages, and fails if it is above 16 times the file plus 16 MiB.
func BenchmarkPeakMemory(b *testing.B) {
	const size = 4 << 20
	for name, file := range worst {
		in := file(size)
		path := b.TempDir() + "/in.vtt"
		if err := os.WriteFile(path, []byte(in), 0o600); err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			peak := 0.0
			for b.Loop() {
				mode := 0
				for range readings {
					child := exec.Command(os.Args[0], "-test.run=^TestReadAllInAChild$")
					child.Env = append(os.Environ(), childFile+"="+path, fmt.Sprint(childMode, "=", mode))
					if out, err := child.CombinedOutput(); err != nil {
						b.Fatalf("%v: %s", err, out)
					}
					mode++
					if usage, ok := child.ProcessState.SysUsage().(*syscall.Rusage); ok {
						peak = max(peak, float64(usage.Maxrss)/1024) // KiB, on Linux
					}
				}
			}
			mib := float64(len(in)) / (1 << 20)
			b.ReportMetric(mib, "input-MiB")
			b.ReportMetric(peak, "peak-MiB")
			if peak > 16*mib+16 {
				b.Errorf("%.0f MiB of memory for %.1f MiB of input", peak, mib)
			}
		})
	}
}
