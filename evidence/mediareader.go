package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
)

// A mediaReader reads one file.
type mediaReader struct {
	v    *verification
	f    fs.File
	size int64 // as the file system states it

	done       int64 // bytes read
	unreported int64 // bytes read and not yet reported as progress
}

// read reads a file up to one byte beyond its size, since the file may grow meanwhile or the
// file system may state a wrong size. It returns the SHA-256 in hexadecimal. When ctx ends,
// it returns errStopped.
func (r *mediaReader) read(ctx context.Context, buffer []byte) (digest string, err error) {
	h := sha256.New()
	for idle := 0; ; {
		if ctx.Err() != nil {
			return "", errStopped
		}
		part := buffer
		if left := r.size - r.done; left < int64(len(part)) {
			part = part[:left+1]
		}
		n, err := r.f.Read(part)
		h.Write(part[:n])
		r.done += int64(n)
		if r.unreported += int64(n); r.unreported >= 4<<20 {
			r.v.advance(0, r.unreported)
			r.unreported = 0
		}
		switch {
		case err == io.EOF || r.done > r.size:
			return hex.EncodeToString(h.Sum(nil)), nil
		case err != nil:
			return "", err
		case n > 0:
			idle = 0
		default:
			if idle++; idle == 100 {
				return "", io.ErrNoProgress
			}
		}
	}
}
