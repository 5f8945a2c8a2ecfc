package evidence_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// These tests observe VerifyMedia while it runs: the number of open files, the progress that
// it reports, how it stops early, and its memory.

// A crowd counts the files that are open, and lets nobody read before so many are. All
// wait together: when the time is up for one, it is for those that come after it.
type crowd struct {
	mu         sync.Mutex
	open, most int
	enough     chan struct{}
}

func (c *crowd) fs(t *testing.T, wanted int) fs.FS {
	c.enough = make(chan struct{})
	patience, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return opener(func(name string) (fs.File, error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.open++
		if c.most = max(c.most, c.open); c.most == wanted && c.open == wanted {
			select {
			case <-c.enough:
			default:
				close(c.enough)
			}
		}
		waiting := readFunc(func([]byte) (int, error) {
			select {
			case <-c.enough:
				return 0, io.EOF
			case <-patience.Done():
				return 0, errors.New("too few files are open")
			}
		})
		return fakeFile{Reader: waiting, closed: func() { c.mu.Lock(); c.open--; c.mu.Unlock() }}, nil
	})
}

func TestVerifyMediaWorkers(t *testing.T) {
	var media []evidence.Media
	for i := range 12 {
		media = append(media, mediumOf(fmt.Sprint(i), ""))
	}
	standard := min(runtime.GOMAXPROCS(0), len(media))
	for workers, want := range map[int]int{1: 1, 3: 3, 12: 12, 100: 12, 0: standard, -1: standard} {
		var c crowd
		for _, check := range verify(t, c.fs(t, want), keeping(media...), &evidence.VerifyOptions{Workers: workers}) {
			if check.State != evidence.MediaIntact {
				t.Fatalf("%d workers: %v, %v", workers, check.State, errors.Unwrap(check.Err))
			}
		}
		if c.most != want || c.open != 0 {
			t.Errorf("%d workers: at most %d files were open, and %d still are; want %d", workers, c.most, c.open, want)
		}
	}
}

func TestVerifyMediaProgress(t *testing.T) {
	const file = 9 << 20
	m := mediumOf("a", strings.Repeat("\x00", file))
	virtual := opener(func(string) (fs.File, error) {
		return fakeFile{size: file, Reader: io.LimitReader(endless(file, new(int64)), file)}, nil
	})
	var told []evidence.Progress
	note := func(p evidence.Progress) { told = append(told, p) } // the race detector sees two at a time
	verify(t, virtual, keeping(m), &evidence.VerifyOptions{Progress: note})
	want := []evidence.Progress{{0, 1, 4 << 20, file}, {0, 1, 8 << 20, file}, {1, 1, file, file}}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("of one file: want -, got +:\n%s", diff)
	}

	told = nil
	var media []evidence.Media
	for i := range 8 {
		other := m
		other.Name = fmt.Sprint(i)
		media = append(media, other)
	}
	verify(t, virtual, keeping(media...), &evidence.VerifyOptions{Progress: note, Workers: 4})
	var last evidence.Progress
	for _, p := range told {
		if p.Files < last.Files || p.Bytes < last.Bytes || p.OfFiles != 8 || p.OfBytes != 8*file {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
	}
	if len(told) != 24 || last.Files != 8 || last.Bytes != 8*file {
		t.Errorf("told %d times, and %+v at the end", len(told), last)
	}

	told = nil
	verify(t, fstest.MapFS{"a": {Data: []byte("a")}, "c": {Data: []byte("c")}}, keeping(mediumOf("a", "aa"), mediumOf("b", "b"), mediumOf("c", "c")),
		&evidence.VerifyOptions{Progress: note, Workers: 1})
	if diff := cmp.Diff([]evidence.Progress{{1, 3, 0, 4}, {2, 3, 0, 4}, {3, 3, 1, 4}}, told); diff != "" {
		t.Errorf("of what is not as said: want -, got +:\n%s", diff)
	}
}

func TestVerifyMediaEndsWithItsContext(t *testing.T) {
	cause := errors.New("the reviewer went home")
	var media []evidence.Media
	for i := range 8 {
		media = append(media, mediumOf(fmt.Sprint(i), sound))
	}
	before := runtime.NumGoroutine()
	// Each row has a file system that ends the context, and says how many files are opened
	// and done until then.
	for _, r := range []struct {
		why          string
		fsys         func(end func()) fs.FS
		opened, done int
	}{
		{"before it begins", nil, 0, 0},
		{"as a file is opened that is not there", func(end func()) fs.FS {
			return opener(func(string) (fs.File, error) { end(); return nil, fs.ErrNotExist })
		}, 1, 1},
		{"as a file is read", func(end func()) fs.FS {
			return opener(func(string) (fs.File, error) {
				return fakeFile{size: int64(len(sound)), Reader: io.MultiReader(strings.NewReader(sound[:9]), readFunc(func(p []byte) (int, error) { end(); return copy(p, "x"), nil }),
					readFunc(func([]byte) (int, error) { t.Error("read on"); return 0, io.EOF }))}, nil
			})
		}, 1, 0},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for range 50 { // what comes first is a matter of luck, and must not matter
				ctx, end := context.WithCancelCause(context.Background())
				stop := func() { end(cause) }
				var fsys fs.FS = fstest.MapFS{}
				if r.fsys == nil {
					stop()
				} else {
					fsys = r.fsys(stop)
				}
				opened, files := 0, 0
				counting := opener(func(name string) (fs.File, error) { opened++; return fsys.Open(name) })
				checks, err := evidence.VerifyMedia(ctx, counting, keeping(media...), &evidence.VerifyOptions{Workers: 1, Progress: func(p evidence.Progress) { files = p.Files }})
				if checks != nil || err != cause {
					t.Fatalf("%d checks, %v", len(checks), err)
				}
				if opened != r.opened || files != r.done {
					t.Fatalf("%d files opened and %d told to be done, want %d and %d", opened, files, r.opened, r.done)
				}
			}
		})
	}
	deadline, cancel := context.WithTimeout(context.Background(), -1)
	defer cancel()
	if _, err := evidence.VerifyMedia(deadline, fstest.MapFS{}, keeping(media...), nil); err != context.DeadlineExceeded {
		t.Errorf("past its deadline: %v", err)
	}
	ctx, end := context.WithCancel(context.Background())
	if checks, err := evidence.VerifyMedia(ctx, fstest.MapFS{}, keeping(media[:1]...), &evidence.VerifyOptions{Progress: func(evidence.Progress) { end() }}); err != nil || len(checks) != 1 {
		t.Errorf("ended when all was done: %d checks, %v", len(checks), err)
	}
	for wait := time.Millisecond; runtime.NumGoroutine() > before; wait *= 2 {
		if wait > 10*time.Second {
			t.Fatalf("%d goroutines, were %d", runtime.NumGoroutine(), before)
		}
		time.Sleep(wait)
	}
}

// Memory is a buffer for each worker, whatever the sizes.
func TestVerifyMediaTakesLittleMemory(t *testing.T) {
	const size, most = 64 << 20, 1 << 20
	read := int64(0)
	m := mediumOf("a", "")
	m.Size = size
	log := keeping(m)
	fsys := opener(func(string) (fs.File, error) {
		return fakeFile{size: size, Reader: io.LimitReader(endless(size, &read), size)}, nil
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	verify(t, fsys, log, &evidence.VerifyOptions{Workers: 1})
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > most || read != size {
		t.Errorf("took %d bytes of memory for a file of %d, want at most %d", took, read, most)
	}
}
