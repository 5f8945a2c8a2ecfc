package evidence_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
)

// The size of a recording of some minutes.
const benchSize = 64 << 20

// recorded returns a reader of benchSize bytes, which it copies from one block.
func recorded() io.Reader {
	left := benchSize
	return readFunc(func(p []byte) (n int, err error) {
		if left == 0 {
			return 0, io.EOF
		}
		for n < len(p) && left > 0 {
			part := copy(p[n:], benchBlock[:min(left, len(benchBlock))])
			n, left = n+part, left-part
		}
		return n, nil
	})
}

var benchBlock = func() (b [64 << 10]byte) {
	for i := range b {
		b[i] = byte(i * i >> 3)
	}
	return b
}()

// BenchmarkSHA256 gives the highest speed that one worker of VerifyMedia can reach.
func BenchmarkSHA256(b *testing.B) {
	b.SetBytes(benchSize)
	b.ReportAllocs()
	buffer := make([]byte, 256<<10)
	for b.Loop() {
		h := sha256.New()
		if n, err := io.CopyBuffer(h, recorded(), buffer); n != benchSize || err != nil {
			b.Fatal(n, err)
		}
		h.Sum(nil)
	}
}

func BenchmarkVerifyMedia(b *testing.B) {
	h := sha256.New()
	if _, err := io.Copy(h, recorded()); err != nil {
		b.Fatal(err)
	}
	log := keeping(evidence.Media{Name: "1.webm", Size: benchSize, SHA256: hex.EncodeToString(h.Sum(nil)), Type: "video/webm"})
	disk := opener(func(string) (fs.File, error) { return fakeFile{Reader: recorded()}, nil })
	b.SetBytes(benchSize)
	b.ReportAllocs()
	for b.Loop() {
		checks, err := evidence.VerifyMedia(context.Background(), disk, log, &evidence.VerifyOptions{Workers: 1})
		if err != nil || checks[0].State != evidence.MediaIntact {
			b.Fatal(checks, err)
		}
	}
}
