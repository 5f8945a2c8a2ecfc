package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// VerifyOptions are options of [VerifyMedia]. Nil and the zero VerifyOptions are the
// defaults.
type VerifyOptions struct {
	// Workers is how many files are read at a time. Defaults to GOMAXPROCS.
	Workers int

	// Progress is called as files are read, about once in 4 MiB and at the end of each,
	// by one goroutine at a time. Defaults to nobody.
	Progress func(Progress)
}

// Progress is how far a check is.
type Progress struct {
	Files, OfFiles int   // done, of all
	Bytes, OfBytes int64 // read, of what the log says
}

// VerifyMedia reads every file of a log once, below fsys, and compares its size and
// SHA-256 with what the log says: a check for each file, by name, in the order of the
// log. It takes a buffer of memory for each worker, whatever the sizes; fsys is used by
// all of them at a time.
//
// A failed check is no error. The error is that of ctx, with no checks, if it ends
// first; or a [*refund.InvalidError] for media that cannot be looked for: those with a
// fault that [Log.Validate] would tell.
func VerifyMedia(ctx context.Context, fsys fs.FS, log Log, o *VerifyOptions) ([]MediaCheck, error) {
	if o == nil {
		o = &VerifyOptions{}
	}
	checks, err := log.toCheck()
	if err != nil {
		return nil, err
	}
	v := verification{fsys: fsys, checks: checks, tell: o.Progress}
	v.progress.OfFiles = len(checks)
	for i := range checks {
		v.progress.OfBytes = sum(v.progress.OfBytes, checks[i].Media.Size)
	}
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var working sync.WaitGroup
	for range min(workers, len(checks)) {
		working.Go(func() {
			buffer := make([]byte, 256<<10)
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(checks) {
					return
				}
				v.check(ctx, &checks[i], buffer)
			}
		})
	}
	working.Wait()
	for i := range checks {
		if checks[i].State == 0 {
			return nil, context.Cause(ctx)
		}
	}
	return checks, nil
}

// sum returns a + b, which are sizes, or the most that there is: what a log says may be
// anything.
func sum(a, b int64) int64 {
	return a + min(b, math.MaxInt64-a)
}

// toCheck returns what is to be checked: each file with a size and digest once.
func (l *Log) toCheck() ([]MediaCheck, error) {
	var checks []MediaCheck
	var v validator
	seen := map[Media]bool{}
	for _, r := range l.records() {
		v.in = r.path() + "."
		v.media(r.media)
		for i := range r.media {
			if key := r.media[i].content(); !seen[key] {
				seen[key] = true
				checks = append(checks, MediaCheck{Media: r.media[i]})
			}
		}
	}
	return checks, v.err()
}

// A verification is one under way.
type verification struct {
	fsys   fs.FS
	checks []MediaCheck
	tell   func(Progress)

	mu       sync.Mutex
	progress Progress
}

// advance counts what was done, and tells it.
func (v *verification) advance(files int, bytes int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.progress.Files += files
	v.progress.Bytes += bytes
	if v.tell != nil {
		v.tell(v.progress)
	}
}

// check fills a check in, unless ctx ends before.
func (v *verification) check(ctx context.Context, c *MediaCheck, buffer []byte) {
	digest, unreported, err := v.read(ctx, c, buffer)
	switch {
	case err == errStopped:
		return
	case errors.Is(err, fs.ErrNotExist):
		c.State = MediaMissing
	case err == errNotRegular:
		c.State, c.Err = MediaUnreadable, err
	case err != nil:
		c.State, c.Err = MediaUnreadable, &readError{err}
	case c.Size < c.Media.Size:
		c.State = MediaTruncated
	case c.Size > c.Media.Size || hex.EncodeToString(digest) != c.Media.SHA256:
		c.State = MediaAltered
	default:
		c.State = MediaIntact
	}
	v.advance(1, unreported)
}

var errStopped = errors.New("evidence: stopped")

// read reads a file up to one byte beyond the size that the log states. It counts the
// bytes into c.Size, and returns their digest and how many were not reported as progress
// yet. When ctx ends, it returns errStopped.
func (v *verification) read(ctx context.Context, c *MediaCheck, buffer []byte) (digest []byte, unreported int64, err error) {
	if s, ok := v.fsys.(fs.StatFS); ok { // before opening, which may wait for ever too
		if info, err := s.Stat(c.Media.Name); err == nil && !info.Mode().IsRegular() {
			return nil, 0, errNotRegular
		}
	}
	f, err := v.fsys.Open(c.Media.Name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() { // reading it might never end
		return nil, 0, errNotRegular
	}
	h := sha256.New()
	for idle := 0; ; {
		if ctx.Err() != nil {
			return nil, 0, errStopped
		}
		part := buffer
		if left := c.Media.Size - c.Size; left < int64(len(part)) {
			part = part[:left+1]
		}
		n, err := f.Read(part)
		h.Write(part[:n])
		c.Size += int64(n)
		if unreported += int64(n); unreported >= 4<<20 {
			v.advance(0, unreported)
			unreported = 0
		}
		switch {
		case err == io.EOF || c.Size > c.Media.Size:
			return h.Sum(nil), unreported, nil
		case err != nil:
			return nil, unreported, err
		case n > 0:
			idle = 0
		default:
			if idle++; idle == 100 {
				return nil, unreported, io.ErrNoProgress
			}
		}
	}
}
