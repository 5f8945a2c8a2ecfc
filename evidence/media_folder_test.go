package evidence_test

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// The log names the files, and whoever wrote it may want others to be read than those of
// the folder.

// A log that states a thousand digests for one file costs one reading.
func TestVerifyMediaReadsAFileOnce(t *testing.T) {
	const n = 1000
	var media []evidence.Media
	for i := range n {
		m := mediumOf("a", sound)
		if i > 0 {
			m.SHA256 = fmt.Sprintf("%064x", i)
		}
		media = append(media, m)
	}
	opened, read := 0, 0
	fsys := opener(func(string) (fs.File, error) {
		opened++
		sounds := strings.NewReader(sound)
		return fakeFile{size: sounds.Size(), Reader: readFunc(func(p []byte) (int, error) {
			k, err := sounds.Read(p)
			read += k
			return k, err
		})}, nil
	})
	var last evidence.Progress
	checks := verify(t, fsys, keeping(media...), &evidence.VerifyOptions{Progress: func(p evidence.Progress) { last = p }})
	if opened != 1 || read != len(sound) || last != (evidence.Progress{Files: 1, OfFiles: 1, Bytes: 19, OfBytes: 19}) {
		t.Errorf("%d times opened, %d bytes read, %+v", opened, read, last)
	}
	for i, c := range checks {
		if c.Media != media[i] || (c.State == evidence.MediaIntact) != (i == 0) || c.Size != 19 {
			t.Fatalf("check %d is %v of %d bytes", i, c.State, c.Size)
		}
	}
}

// A file of another size than the log states is not read: it may have terabytes of holes.
func TestVerifyMediaDoesNotReadAnotherSize(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "sparse"))
	if err != nil {
		t.Fatal(err)
	}
	const terabytes = 7 << 40
	if err := f.Truncate(terabytes); err != nil {
		t.Skip("no sparse files here: ", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	m := mediumOf("sparse", sound)
	var last evidence.Progress
	o := &evidence.VerifyOptions{Progress: func(p evidence.Progress) { last = p }}
	c := verify(t, os.DirFS(dir), keeping(m), o)[0]
	if c.State != evidence.MediaAltered || c.Size != terabytes || last.Bytes != 0 {
		t.Errorf("%v of %d bytes, %+v", c.State, c.Size, last)
	}
	m.Size = terabytes + 1
	if c := verify(t, os.DirFS(dir), keeping(m), o)[0]; c.State != evidence.MediaTruncated || last.Bytes != 0 {
		t.Errorf("a byte less: %v, %+v", c.State, last)
	}
}

// Symbolic links are not followed, neither out of the folder nor within it.
func TestVerifyMediaDoesNotFollowLinks(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	put := func(name string) {
		if err := os.WriteFile(name, []byte(sound), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(filepath.Join(outside, "secret"))
	put(filepath.Join(dir, "plain"))
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	put(filepath.Join(dir, "sub", "plain"))
	for link, target := range map[string]string{
		"out":      filepath.Join(outside, "secret"),
		"within":   "plain",
		"dir":      outside,
		"sub/up":   "..",
		"device":   "/dev/zero",
		"nowhere":  "nothing",
		"sub/self": ".",
	} {
		if err := os.Symlink(target, filepath.Join(dir, filepath.FromSlash(link))); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, r := range []struct {
		why, name string
		state     evidence.MediaState
	}{
		{"a file", "plain", evidence.MediaIntact},
		{"a file in a folder", "sub/plain", evidence.MediaIntact},
		{"a link out of the folder", "out", evidence.MediaUnreadable},
		{"a link within the folder", "within", evidence.MediaUnreadable},
		{"through a linked folder", "dir/secret", evidence.MediaUnreadable},
		{"through a linked folder within the folder", "sub/self/plain", evidence.MediaUnreadable},
		{"through a link to the folder above", "sub/up/plain", evidence.MediaUnreadable},
		{"a link to a device without an end", "device", evidence.MediaUnreadable},
		{"a link to a file that is not there", "nowhere", evidence.MediaUnreadable},
		{"no file", "none", evidence.MediaMissing},
		{"a file as a folder", "plain/none", evidence.MediaUnreadable},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for name, fsys := range map[string]fs.FS{"os.DirFS": os.DirFS(dir), "os.Root": root.FS()} {
				c := verify(t, fsys, keeping(mediumOf(r.name, sound)), nil)[0]
				if c.State != r.state {
					t.Errorf("%s: %v, %v", name, c.State, c.Err)
				}
			}
		})
	}
}

// A file system that knows no links is asked for the kind of the file before it is opened.
func TestVerifyMediaDoesNotOpenAPipe(t *testing.T) {
	fsys := statOnly{opener(func(string) (fs.File, error) {
		t.Error("the pipe was opened")
		return fakeFile{Reader: strings.NewReader("")}, io.EOF
	})}
	if c := verify(t, fsys, keeping(mediumOf("pipe", sound)), nil)[0]; c.State != evidence.MediaUnreadable {
		t.Error(c.State)
	}
}

type statOnly struct{ opener }

func (statOnly) Stat(string) (fs.FileInfo, error) { return fakeFile{mode: fs.ModeNamedPipe}, nil }
