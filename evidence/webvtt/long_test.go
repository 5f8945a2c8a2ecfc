package webvtt_test

import (
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// maxBlock is how many bytes a block may have at most.
const maxBlock = 1 << 20

// A block of the maximum length is read; a longer one is a fault.
func TestReadLong(t *testing.T) {
	const times = c
	text := strings.Repeat("x", maxBlock-len(times))
	lines := strings.Repeat(strings.Repeat("x", 63)+"\n", maxBlock/64)
	for _, r := range []struct {
		why, block string
		long       bool
	}{
		{"a cue is as long as it may be", times + text, false},
		{"and its last line end does not count", times + text + "\n", false},
		{"nor does a CR before it", times + text + "\r\n", false},
		{"a cue is a byte longer", times + text + "x", true},
		{"it is much longer", times + text + text + text, true},
		{"all of it is one line", text + text, true},
		{"it is of many lines", times + lines, true},
		{"line ends count one, whatever they are", "NOTE\r\n" + strings.ReplaceAll(lines[64:], "\n", "\r\n"), false},
		{"a comment is too long", "NOTE\n" + lines, true},
		{"a style is", "STYLE\n" + lines, true},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for _, next := range []string{"", "\n\nid\n" + times + "y"} {
				got, err := collect(t, webvtt.Read(strings.NewReader("WEBVTT\n\n"+r.block+next), webvtt.Options{}))
				if err != nil {
					t.Fatal(r.why, err)
				}
				if next != "" && (len(got) == 0 || got[len(got)-1].id != "id") {
					t.Errorf("%s: and the next cue is not told", r.why)
				}
				long := len(got) > 0 && cmp.Equal(got[0], entry{line: 3, faults: []string{": is longer than 1 MiB"}}, entries)
				if long != r.long {
					t.Errorf("%s: %t, before %q", r.why, long, next)
				}
			}
		})
	}

	for _, header := range []string{"WEBVTT " + text + text, "WEBVTT\n" + times + text} {
		got, err := collect(t, webvtt.Read(strings.NewReader(header+"\n\n"+times+"y"), webvtt.Options{}))
		if err != nil || len(got) != 2 || !cmp.Equal(got[0].faults, []string{": is longer than 1 MiB"}) || got[1].faults != nil {
			t.Errorf("a long header gives %d cues, %v", len(got), err)
		}
	}
}

// A monologue is one line of so many kilobytes.
type monologue int

var kilobyte = strings.Repeat("x", 1<<10)

func (m *monologue) Read(p []byte) (int, error) {
	if *m--; *m < 0 {
		return 0, io.EOF
	}
	return copy(p, kilobyte), nil
}

func TestReadInBoundedMemory(t *testing.T) {
	for _, before := range []string{"WEBVTT ", "WEBVTT\n\nNOTE ", "WEBVTT\n\n00:01.000 --> 00:02.000\n"} {
		speaker := monologue(16 << 10)
		var at, after runtime.MemStats
		runtime.ReadMemStats(&at)
		got, err := collect(t, webvtt.Read(io.MultiReader(strings.NewReader(before), &speaker), webvtt.Options{}))
		runtime.ReadMemStats(&after)
		if len(got) != 1 || err != nil {
			t.Error(len(got), err)
		}
		if n := after.TotalAlloc - at.TotalAlloc; n > 10<<20 {
			t.Errorf("%d bytes of memory for %q", n, before)
		}
	}
}
