package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
)

// State is what came of checking a file. The zero State is unset.
type State uint8

const (
	// StateIntact: the file is what the log says, to the last bit.
	StateIntact State = iota + 1
	// StateAltered: it has another content.
	StateAltered
	// StateTruncated: it is shorter than the log says.
	StateTruncated
	// StateMissing: there is no such file.
	StateMissing
	// StateUnreadable: it could not be read, or is no regular file; Check.Err says why.
	StateUnreadable
)

var stateCodes = [...]string{"unset", "intact", "altered", "truncated", "missing", "unreadable"}

// String returns the code, such as "altered".
func (s State) String() string {
	if int(s) >= len(stateCodes) {
		return "State(" + strconv.Itoa(int(s)) + ")"
	}
	return stateCodes[s]
}

// MarshalText returns the code, empty for the zero value.
func (s State) MarshalText() ([]byte, error) {
	if s == 0 {
		return []byte{}, nil
	}
	if int(s) >= len(stateCodes) {
		return nil, invalid("state", strconv.Itoa(int(s))+" is no state")
	}
	return []byte(stateCodes[s]), nil
}

// A Check is what came of checking one file of a log. For [Review], it is about all
// media of the same name, size and digest. The zero Check is none.
type Check struct {
	Media Media // as in the log; of those that differ in type alone, the first
	State State

	// Size is how many bytes were read; one more than Media.Size stands for any number
	// that is more.
	Size int64

	// Err is why an unreadable file could not be read. Its text has no name of a file.
	Err error
}

// String returns the state, and no name of a file. So do the verbs of package fmt,
// and LogValue.
func (c Check) String() string { return c.State.String() }

// Format writes what String returns, whatever the verb.
func (c Check) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// LogValue returns what String does.
func (c Check) LogValue() slog.Value { return slog.StringValue(c.String()) }

// failed returns the media of which a check failed.
func failed(checks []Check) map[Media]bool {
	m := map[Media]bool{}
	for i := range checks {
		if checks[i].State > StateIntact {
			m[checks[i].Media.content()] = true
		}
	}
	return m
}

// content returns the medium without its type, which is not what it holds.
func (m Media) content() Media {
	m.Type = ""
	return m
}

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
func VerifyMedia(ctx context.Context, fsys fs.FS, log Log, o *VerifyOptions) ([]Check, error) {
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
func (l *Log) toCheck() ([]Check, error) {
	var checks []Check
	var v validation
	seen := map[Media]bool{}
	for r := range l.records() {
		v.in = element(r.kind.String()+"s", r.index)
		v.media(r.media)
		for i := range r.media {
			if key := r.media[i].content(); !seen[key] {
				seen[key] = true
				checks = append(checks, Check{Media: r.media[i]})
			}
		}
	}
	return checks, v.err()
}

// A verification is one under way.
type verification struct {
	fsys   fs.FS
	checks []Check
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
func (v *verification) check(ctx context.Context, c *Check, buffer []byte) {
	untold := int64(0)
	c.State, c.Err = func() (State, error) {
		if s, ok := v.fsys.(fs.StatFS); ok { // before opening, which may wait for ever too
			if info, err := s.Stat(c.Media.Name); err == nil && !info.Mode().IsRegular() {
				return StateUnreadable, errNoFile
			}
		}
		f, err := v.fsys.Open(c.Media.Name)
		if err != nil {
			return stateOf(err)
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return stateOf(err)
		}
		if !info.Mode().IsRegular() { // reading it might never end
			return StateUnreadable, errNoFile
		}
		h := sha256.New()
		for idle := 0; idle < 100; {
			if ctx.Err() != nil {
				return 0, nil
			}
			part := buffer
			if left := c.Media.Size - c.Size; left < int64(len(part)) {
				part = part[:left+1] // one byte beyond the size is enough to know
			}
			n, err := f.Read(part)
			h.Write(buffer[:n])
			c.Size += int64(n)
			if untold += int64(n); untold >= 4<<20 {
				v.advance(0, untold)
				untold = 0
			}
			if err == io.EOF || c.Size > c.Media.Size {
				return c.compared(h.Sum(nil)), nil
			}
			if err != nil {
				return stateOf(err)
			}
			if idle++; n > 0 {
				idle = 0
			}
		}
		return stateOf(io.ErrNoProgress)
	}()
	if c.State != 0 {
		v.advance(1, untold)
	}
}

// compared returns what a file is by the size and digest that were found.
func (c *Check) compared(digest []byte) State {
	switch {
	case c.Size < c.Media.Size:
		return StateTruncated
	case c.Size > c.Media.Size || hex.EncodeToString(digest) != c.Media.SHA256:
		return StateAltered
	}
	return StateIntact
}

var errNoFile = errors.New("evidence: is no regular file")

// stateOf returns what an error of opening or reading means.
func stateOf(err error) (State, error) {
	if errors.Is(err, fs.ErrNotExist) {
		return StateMissing, nil
	}
	return StateUnreadable, &readError{err}
}

// A readError is an error of a file system without its text, which may name the file.
type readError struct{ err error }

// Error says that the file cannot be read, and the reason where it is one of package fs.
func (e *readError) Error() string {
	for _, reason := range []error{fs.ErrPermission, fs.ErrInvalid, fs.ErrClosed} {
		if errors.Is(e.err, reason) {
			return "evidence: the file cannot be read: " + reason.Error()
		}
	}
	return "evidence: the file cannot be read"
}

// Unwrap returns the file system's error, whose text may name the file.
func (e *readError) Unwrap() error { return e.err }
