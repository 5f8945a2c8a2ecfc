package evidence_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An opener is a file system of one function.
type opener func(name string) (fs.File, error)

func (o opener) Open(name string) (fs.File, error) { return o(name) }

// only is a file system in which every file is this one.
func only(f fakeFile) fs.FS { return opener(func(string) (fs.File, error) { return f, nil }) }

// A fakeFile is a file, and its own information.
type fakeFile struct {
	io.Reader
	size   int64
	mode   fs.FileMode
	stat   error
	closed func()
}

func (f fakeFile) Stat() (fs.FileInfo, error) { return f, f.stat }
func (f fakeFile) Name() string               { return "fake" }
func (f fakeFile) Size() int64                { return f.size }
func (f fakeFile) Mode() fs.FileMode          { return f.mode }
func (f fakeFile) ModTime() time.Time         { return time.Time{} }
func (f fakeFile) IsDir() bool                { return f.mode.IsDir() }
func (f fakeFile) Sys() any                   { return nil }

func (f fakeFile) Close() error {
	if f.closed != nil {
		f.closed()
	}
	return nil
}

// A readFunc is a reader of one function.
type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// steps returns a reader that returns one text at each call, and "" for nothing at all.
func steps(texts ...string) io.Reader {
	return readFunc(func(p []byte) (int, error) {
		if len(texts) == 0 {
			return 0, io.EOF
		}
		n := copy(p, texts[0])
		texts = texts[1:]
		return n, nil
	})
}

// endless returns a file of zeros without an end that states a size, and counts the bytes
// that are read of it.
func endless(size int64, read *int64) fakeFile {
	return fakeFile{size: size, Reader: readFunc(func(p []byte) (int, error) {
		clear(p)
		*read += int64(len(p))
		return len(p), nil
	})}
}

// mediumOf returns the Media of a file with a content.
func mediumOf(name, content string) evidence.Media {
	sum := sha256.Sum256([]byte(content))
	return evidence.Media{Name: name, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Type: "audio/ogg"}
}

// keeping returns a log with a call for each medium. The calls have no other fields, so they
// are not valid.
func keeping(media ...evidence.Media) (log evidence.Log) {
	for _, m := range media {
		log.Calls = append(log.Calls, evidence.Call{Media: []evidence.Media{m}})
	}
	return log
}

func verify(t *testing.T, fsys fs.FS, log evidence.Log, o *evidence.VerifyOptions) []evidence.MediaCheck {
	t.Helper()
	checks, err := evidence.VerifyMedia(t.Context(), fsys, log, o)
	if err != nil {
		t.Fatal(err)
	}
	return checks
}

const sound = "the sound of a call" // of 19 bytes

func TestVerifyMedia(t *testing.T) {
	const block = 256 << 10 // what is read at a time
	long := strings.Repeat("0123456789abcdef", block/16)
	disk := func(content string) fs.FS { return fstest.MapFS{"calls/1.ogg": {Data: []byte(content)}} }
	failing := errors.New("calls/1.ogg: bad sector")
	fails := func(err error) fs.FS {
		return opener(func(name string) (fs.File, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: err} })
	}
	reads := func(size int64, r io.Reader) fs.FS { return only(fakeFile{Reader: r, size: size}) }
	idle := func(n int) []string { return make([]string, n) }
	for _, r := range []struct {
		why   string
		fsys  fs.FS
		said  string // the content that the log says
		state evidence.MediaState
		size  int64
		cause error
	}{
		{"the file is intact", disk(sound), sound, evidence.MediaIntact, 19, nil},
		{"an empty file is intact", disk(""), "", evidence.MediaIntact, 0, nil},
		{"one bit differs", disk("the sound of a calm"), sound, evidence.MediaAltered, 19, nil},
		{"the first bit differs", disk("\xf4" + sound[1:]), sound, evidence.MediaAltered, 19, nil},
		{"the last byte is cut off", disk(sound[:18]), sound, evidence.MediaTruncated, 18, nil},
		{"the whole content is cut off", disk(""), sound, evidence.MediaTruncated, 0, nil},
		{"a byte was added", disk(sound + "!"), sound, evidence.MediaAltered, 20, nil},
		{"many bytes were added", disk(sound + long), sound, evidence.MediaAltered, 19 + block, nil},
		{"the file ends before the size that the file system states", reads(19, strings.NewReader(sound[:18])), sound, evidence.MediaTruncated, 18, nil},
		{"it goes on behind that size: one byte more stands for any number", reads(19, strings.NewReader(sound+long)), sound, evidence.MediaAltered, 20, nil},
		{"a file of a larger stated size is not read", reads(1<<43, iotest.ErrReader(failing)), sound, evidence.MediaAltered, 1 << 43, nil},
		{"a file of a smaller stated size is not read", reads(3, iotest.ErrReader(failing)), sound, evidence.MediaTruncated, 3, nil},
		{"a byte in a file that was empty", disk("!"), "", evidence.MediaAltered, 1, nil},
		{"as long as what is read at a time", disk(long), long, evidence.MediaIntact, block, nil},
		{"a byte shorter", disk(long[1:]), long[1:], evidence.MediaIntact, block - 1, nil},
		{"a byte longer", disk(long + "!"), long + "!", evidence.MediaIntact, block + 1, nil},
		{"a byte more than said, which is as long as what is read at a time", disk(long + "!"), long, evidence.MediaAltered, block + 1, nil},
		{"longer, and read in pieces", reads(9000, iotest.OneByteReader(strings.NewReader(long[:9000]))), long[:9000], evidence.MediaIntact, 9000, nil},
		{"the end of the file comes with its last bytes", reads(19, iotest.DataErrReader(strings.NewReader(sound))), sound, evidence.MediaIntact, 19, nil},
		{"the file does not exist", fstest.MapFS{}, sound, evidence.MediaMissing, 0, nil},
		{"Stat reports that the file does not exist", only(fakeFile{stat: fs.ErrNotExist}), sound, evidence.MediaMissing, 0, nil},
		{"reading is not permitted", fails(fs.ErrPermission), sound, evidence.MediaUnreadable, 0, fs.ErrPermission},
		{"the file system refuses the name", fails(fs.ErrInvalid), sound, evidence.MediaUnreadable, 0, fs.ErrInvalid},
		{"the file system fails", fails(failing), sound, evidence.MediaUnreadable, 0, failing},
		{"Stat fails", only(fakeFile{stat: failing}), sound, evidence.MediaUnreadable, 0, failing},
		{"a directory", fstest.MapFS{"calls/1.ogg/2.ogg": {}}, sound, evidence.MediaUnreadable, 0, nil},
		{"a pipe", only(fakeFile{mode: fs.ModeNamedPipe, Reader: iotest.ErrReader(failing)}), sound, evidence.MediaUnreadable, 0, nil},
		{"a device", only(fakeFile{mode: fs.ModeDevice}), sound, evidence.MediaUnreadable, 0, nil},
		{"reading fails in the middle", reads(19, io.MultiReader(strings.NewReader(sound[:9]), iotest.ErrReader(failing))), sound, evidence.MediaUnreadable, 9, failing},
		{"the file is closed", reads(19, iotest.ErrReader(fs.ErrClosed)), sound, evidence.MediaUnreadable, 0, fs.ErrClosed},
		{"a wrapped io.EOF is an error", reads(19, iotest.ErrReader(fmt.Errorf("%w", io.EOF))), sound, evidence.MediaUnreadable, 0, io.EOF},
		{"the first read fails", reads(19, iotest.ErrReader(io.ErrUnexpectedEOF)), sound, evidence.MediaUnreadable, 0, io.ErrUnexpectedEOF},
		{"reads return no bytes forever", reads(19, steps(idle(1000)...)), sound, evidence.MediaUnreadable, 0, io.ErrNoProgress},
		{"a hundred reads return no bytes", reads(19, steps(append(idle(100), sound)...)), sound, evidence.MediaUnreadable, 0, io.ErrNoProgress},
		{"reads return no bytes for a while, twice", reads(19, steps(slices.Concat(idle(99), []string{sound[:9]}, idle(99), []string{sound[9:]}, idle(99))...)), sound, evidence.MediaIntact, 19, nil},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			m := mediumOf("calls/1.ogg", r.said)
			checks := verify(t, r.fsys, keeping(m), nil)
			if len(checks) != 1 || checks[0].Media != m {
				t.Fatalf("%d checks", len(checks))
			}
			c := checks[0]
			if c.State != r.state || c.Size != r.size {
				t.Errorf("%v of %d bytes, want %v of %d", c.State, c.Size, r.state, r.size)
			}
			if (c.Err != nil) != (c.State == evidence.MediaUnreadable) || r.cause != nil && !errors.Is(c.Err, r.cause) {
				t.Errorf("error %v, want one of %v", c.Err, r.cause)
			}
			for _, text := range []string{fmt.Sprint(c.Err), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", checks)} {
				if strings.Contains(text, "1.ogg") || strings.Contains(text, "sector") {
					t.Errorf("a name of a file got out: %s", text)
				}
			}
		})
	}
}

// The error has a reason of package fs, which helps to repair the file, but no other text.
func TestVerifyMediaReportsReasons(t *testing.T) {
	for want, err := range map[string]error{
		"evidence: the file cannot be read: permission denied":   fs.ErrPermission,
		"evidence: the file cannot be read: invalid argument":    fs.ErrInvalid,
		"evidence: the file cannot be read: file already closed": fs.ErrClosed,
		"evidence: the file cannot be read":                      &fs.PathError{Op: "read", Path: "calls/1.ogg", Err: errors.New("bad sector")},
	} {
		c := verify(t, only(fakeFile{stat: err}), keeping(mediumOf("calls/1.ogg", sound)), nil)[0]
		if c.Err == nil || c.Err.Error() != want || !errors.Is(c.Err, err) {
			t.Errorf("%v, want %s", c.Err, want)
		}
	}
}

// One byte more than said is enough to know, however much there is.
func TestVerifyMediaStopsOneByteAfterTheSize(t *testing.T) {
	for _, size := range []int64{0, 1, 255, 256<<10 - 1, 256 << 10, 256<<10 + 1, 600_000, 1 << 20} {
		m := mediumOf("calls/1.ogg", strings.Repeat("\x00", int(size)))
		var read int64
		c := verify(t, only(endless(size, &read)), keeping(m), nil)[0]
		if c.State != evidence.MediaAltered || c.Size != size+1 || read != size+1 {
			t.Errorf("of %d bytes: %v, %d told, %d read", size, c.State, c.Size, read)
		}
	}
}

func TestVerifyMediaOfTheLargestSize(t *testing.T) {
	m := mediumOf("calls/1.ogg", sound)
	m.Size = math.MaxInt64
	other := m
	other.Name = "calls/2.ogg"
	var last evidence.Progress
	disk := fstest.MapFS{"calls/1.ogg": {Data: []byte(sound)}, "calls/2.ogg": {Data: []byte(sound)}}
	for _, c := range verify(t, disk, keeping(m, other), &evidence.VerifyOptions{Progress: func(p evidence.Progress) { last = p }}) {
		if c.State != evidence.MediaTruncated || c.Size != 19 {
			t.Errorf("%v of %d bytes", c.State, c.Size)
		}
	}
	if want := (evidence.Progress{Files: 2, OfFiles: 2, OfBytes: math.MaxInt64}); last != want {
		t.Errorf("progress %v, want %v", last, want)
	}
}

// Opening a pipe waits for somebody who writes, who may never come.
func TestVerifyMediaOfAPipe(t *testing.T) {
	mkfifo, err := exec.LookPath("mkfifo")
	if err != nil {
		t.Skip("no pipes here")
	}
	dir := t.TempDir()
	pipe := filepath.Join(dir, "1.ogg")
	if err := exec.Command(mkfifo, pipe).Run(); err != nil {
		t.Skip("no pipes here")
	}
	waited := time.AfterFunc(5*time.Second, func() {
		t.Error("waited for a pipe")
		if f, err := os.OpenFile(pipe, os.O_RDWR, 0); err == nil {
			time.AfterFunc(time.Second, func() { f.Close() })
		}
	})
	defer waited.Stop()
	if c := verify(t, os.DirFS(dir), keeping(mediumOf("1.ogg", sound)), nil)[0]; c.State != evidence.MediaUnreadable || c.Err == nil {
		t.Errorf("%v, %v", c.State, c.Err)
	}
}

// Each file is opened once, in the order of the log, however many digests are stated.
func TestVerifyMediaOfALog(t *testing.T) {
	m := mediumOf
	retyped := m("b", "b")
	retyped.Type = "video/webm"
	empty := m("b", "b")
	empty.Size = 0
	log := evidence.Log{
		Chats:      []evidence.Chat{{Media: []evidence.Media{m("z", "z"), m("b", "other")}}},
		Recordings: []evidence.Recording{{Media: []evidence.Media{retyped, m("y", "y")}}, {Media: []evidence.Media{empty}}},
		Calls:      []evidence.Call{{Media: []evidence.Media{m("x", "x"), m("b", "b"), m("a", "a")}}, {}, {Media: []evidence.Media{m("a", "a")}}},
	}
	var opened []string
	disk := fstest.MapFS{"a": {Data: []byte("a")}, "b": {Data: []byte("b")}, "x": {Data: []byte("x")}, "y": {}, "z": {Data: []byte("Z")}}
	counting := opener(func(name string) (fs.File, error) {
		opened = append(opened, name)
		return disk.Open(name)
	})
	var got []string
	for _, c := range verify(t, counting, log, &evidence.VerifyOptions{Workers: 1}) {
		got = append(got, fmt.Sprint(c.Media.Name, " ", c.Media.Type, " ", c.State))
	}
	want := []string{"x audio/ogg intact", "b audio/ogg intact", "a audio/ogg intact", "y audio/ogg truncated", "b audio/ogg altered", "z audio/ogg altered", "b audio/ogg truncated"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("checks: want -, got +:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"x", "b", "a", "y", "z"}, opened); diff != "" {
		t.Errorf("opened: want -, got +:\n%s", diff)
	}
	parallel := verify(t, disk, log, &evidence.VerifyOptions{Workers: 8})
	for i, c := range verify(t, disk, log, &evidence.VerifyOptions{}) {
		if c != parallel[i] {
			t.Errorf("check %d is another with more workers", i)
		}
	}
	if checks := verify(t, nil, evidence.Log{Calls: []evidence.Call{{}}}, nil); len(checks) != 0 {
		t.Errorf("%d checks without media", len(checks))
	}
}

func TestVerifyMediaRefusesMedia(t *testing.T) {
	good, bad := mediumOf("a", "a"), evidence.Media{Name: "/b", Size: -1, SHA256: "c", Type: "d"}
	log := evidence.Log{
		Calls:      []evidence.Call{{Media: []evidence.Media{good}}, {Media: []evidence.Media{good, bad}}},
		Recordings: []evidence.Recording{{Media: []evidence.Media{{}}}},
		Chats:      []evidence.Chat{{Media: []evidence.Media{good, good}}},
	}
	nobody := opener(func(string) (fs.File, error) { t.Error("a file was opened"); return nil, fs.ErrNotExist })
	checks, err := evidence.VerifyMedia(t.Context(), nobody, log, nil)
	var invalid *refund.InvalidError
	if checks != nil || !errors.As(err, &invalid) {
		t.Fatalf("%d checks, %v", len(checks), err)
	}
	var got []string
	for _, f := range invalid.Faults {
		got = append(got, f.Path)
	}
	want := []string{
		"calls[1].media[1].name", "calls[1].media[1].size", "calls[1].media[1].sha256", "calls[1].media[1].type",
		"recordings[0].media[0].name", "recordings[0].media[0].sha256", "recordings[0].media[0].type", "chats[0].media[1].name",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestVerifyMediaFeedsTheReview(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 10, 0, 0, 0, time.UTC) }
	m := mediumOf("screens/1.webm", sound)
	records := evidence.Log{Recordings: []evidence.Recording{{
		Header: evidence.Header{ID: "R-1", Account: "ACC-7", Issues: []string{"T-1"}, Start: day(3), End: day(3)},
		Media:  []evidence.Media{m},
	}}}
	other, longer, retyped := m, m, m
	other.SHA256 = mediumOf("", "x").SHA256
	longer.Size++
	retyped.Type = "video/webm"
	for _, r := range []struct {
		why     string
		content string
		checked evidence.Media
		want    evidence.Standing
	}{
		{"an intact file", sound, m, evidence.StandingCorroborated},
		{"an altered file", "the sound of a calm", m, evidence.StandingDisputed},
		{"a check of the same file with another type", "", retyped, evidence.StandingDisputed},
		{"a check of another digest does not apply", sound, other, evidence.StandingCorroborated},
		{"a check of another size does not apply", sound, longer, evidence.StandingCorroborated},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			checks := verify(t, fstest.MapFS{m.Name: {Data: []byte(r.content)}}, keeping(r.checked), nil)
			c := refund.Case{
				Subscription: refund.Subscription{Account: "ACC-7"},
				Issues:       refund.IssueLog{{ID: "T-1", Opened: day(2), Resolved: day(4)}},
			}
			report := evidence.Review(records, c, checks...)
			if got := report.Standing("T-1"); got != r.want {
				t.Errorf("%s: %v, want %v", r.why, got, r.want)
			}
		})
	}
}
