package evidence

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// VerifyOptions are options of [VerifyMedia]. Nil and the zero VerifyOptions are the
// defaults.
type VerifyOptions struct {
	// Workers is the number of files that are read at a time. Defaults to GOMAXPROCS.
	Workers int

	// Progress is called about every 4 MiB while a file is read, and at the end of each
	// file. Only one call runs at a time. Defaults to nil, which reports no progress.
	Progress func(Progress)
}

// Progress is the progress of a check.
type Progress struct {
	Files, OfFiles int   // files that are done, and all files
	Bytes, OfBytes int64 // bytes that were read, and the sum of the sizes in the log
}

// VerifyMedia compares the files of a log with the sizes and digests that the log states.
// It returns one check for each name, size and digest, in the order of the log. It reads a
// file only once, even if the log states several digests for it, and does not read a file
// that has another size.
//
// The log chooses the names, so fsys must not lead out of the folder of the media:
//
//	root, err := os.OpenRoot(folder)
//	checks, err := evidence.VerifyMedia(ctx, root.FS(), log, nil)
//
// If fsys is an [fs.ReadLinkFS], VerifyMedia does not follow symbolic links, and their state
// is [MediaUnreadable]. So is the state of directories, pipes and devices in any fsys.
// Opening a pipe may block forever, so VerifyMedia does not open such files if fsys is an
// [fs.ReadLinkFS] or an [fs.StatFS].
//
// Each worker uses a buffer of 256 KiB, whatever the sizes of the files. The workers use
// fsys concurrently.
//
// A failed check is not an error. VerifyMedia returns no checks and a
// [*refund.InvalidError] if the media have a fault that [Log.Validate] reports, or
// [context.Cause] of ctx if ctx ends before all files are checked.
func VerifyMedia(ctx context.Context, fsys fs.FS, log Log, o *VerifyOptions) ([]MediaCheck, error) {
	if o == nil {
		o = &VerifyOptions{}
	}
	checks, err := log.toCheck()
	if err != nil {
		return nil, err
	}
	v := verification{fsys: fsys, files: filesOf(checks), report: o.Progress}
	v.progress.OfFiles = len(v.files)
	for _, f := range v.files {
		var largest int64
		for _, c := range f.checks {
			largest = max(largest, c.Media.Size)
		}
		v.progress.OfBytes = sum(v.progress.OfBytes, largest)
	}
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var working sync.WaitGroup
	for range min(workers, len(v.files)) {
		working.Go(func() {
			buffer := make([]byte, 256<<10)
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(v.files) {
					return
				}
				v.check(ctx, v.files[i], buffer)
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

// sum returns a + b, which are sizes, or the greatest size if that overflows.
func sum(a, b int64) int64 {
	return a + min(b, math.MaxInt64-a)
}

// toCheck returns one check for each name, size and digest.
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

// A mediaFile is one file with its checks.
type mediaFile struct {
	name   string
	checks []*MediaCheck
}

// filesOf returns the files of some checks, in the order of their first check.
func filesOf(checks []MediaCheck) (files []mediaFile) {
	index := map[string]int{}
	for i := range checks {
		name := checks[i].Media.Name
		n, again := index[name]
		if !again {
			n = len(files)
			index[name] = n
			files = append(files, mediaFile{name: name})
		}
		files[n].checks = append(files[n].checks, &checks[i])
	}
	return files
}

// A verification is the state of a call of VerifyMedia.
type verification struct {
	fsys   fs.FS
	files  []mediaFile
	report func(Progress)

	mu       sync.Mutex
	progress Progress
}

// advance counts files and bytes, and reports the progress.
func (v *verification) advance(files int, bytes int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.progress.Files += files
	v.progress.Bytes += bytes
	if v.report != nil {
		v.report(v.progress)
	}
}

var errStopped = errors.New("evidence: stopped")

// check completes the checks of a file, unless ctx ends before.
func (v *verification) check(ctx context.Context, file mediaFile, buffer []byte) {
	unreported, err := v.compare(ctx, file, buffer)
	if err == errStopped {
		return
	}
	for _, c := range file.checks {
		switch {
		case err == nil || c.State != 0:
		case errors.Is(err, fs.ErrNotExist):
			c.State = MediaMissing
		case err == errNotRegular:
			c.State, c.Err = MediaUnreadable, err
		default:
			c.State, c.Err = MediaUnreadable, &readError{err}
		}
	}
	v.advance(1, unreported)
}

// compare completes the checks of a file that can be read. It returns the number of bytes
// that are not reported as progress yet. When ctx ends, it returns errStopped.
func (v *verification) compare(ctx context.Context, file mediaFile, buffer []byte) (unreported int64, err error) {
	if !v.mayOpen(file.name) {
		return 0, errNotRegular
	}
	f, err := v.fsys.Open(file.name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, errNotRegular
	}
	size := info.Size()
	var toRead []*MediaCheck // those that state this size
	for _, c := range file.checks {
		if c.Media.Size == size {
			toRead = append(toRead, c)
			continue
		}
		c.Size, c.State = size, sizeState(size, c.Media.Size)
	}
	if toRead == nil {
		return 0, nil
	}
	r := mediaReader{v: v, f: f, size: size}
	digest, err := r.read(ctx, buffer)
	if err == errStopped {
		return 0, err
	}
	for _, c := range toRead {
		c.Size = r.done
		switch {
		case err != nil: // the caller has the state
		case r.done != size:
			c.State = sizeState(r.done, size)
		case digest != c.Media.SHA256:
			c.State = MediaAltered
		default:
			c.State = MediaIntact
		}
	}
	return r.unreported, err
}

// sizeState returns the state of a file with another size than the stated one.
func sizeState(size, stated int64) MediaState {
	if size < stated {
		return MediaTruncated
	}
	return MediaAltered
}

// mayOpen reports whether a name may be opened. It returns false if a part of the name is
// known to be a symbolic link, or if the file is known not to be regular: opening a pipe may
// block forever.
func (v *verification) mayOpen(name string) bool {
	if links, ok := v.fsys.(fs.ReadLinkFS); ok {
		for i := range name {
			if name[i] == '/' && isLink(links, name[:i]) {
				return false
			}
		}
		info, err := links.Lstat(name)
		return err != nil || info.Mode().IsRegular()
	}
	if s, ok := v.fsys.(fs.StatFS); ok {
		info, err := s.Stat(name)
		return err != nil || info.Mode().IsRegular()
	}
	return true
}

func isLink(fsys fs.ReadLinkFS, name string) bool {
	info, err := fsys.Lstat(name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}
