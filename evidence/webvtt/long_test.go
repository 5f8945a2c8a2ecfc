package webvtt_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// maxBlock is the largest size of a block in bytes.
const maxBlock = 1 << 20

func TestABlockAboveTheLimitIsAFault(t *testing.T) {
	const times = c
	text := strings.Repeat("x", maxBlock-len(times))
	lines := strings.Repeat(strings.Repeat("x", 63)+"\n", maxBlock/64)
	for _, r := range []struct {
		why, block string
		long       bool
	}{
		{"a cue of the largest size is read", times + text, false},
		{"its last line end does not count", times + text + "\n", false},
		{"a CR before the last line end does not count", times + text + "\r\n", false},
		{"a cue of one byte more is a fault", times + text + "x", true},
		{"a cue of three times the size is a fault", times + text + text + text, true},
		{"a long line without an arrow is a fault", text + text, true},
		{"a cue of many lines is a fault", times + lines, true},
		{"a CR and an LF count as one byte", "NOTE\r\n" + strings.ReplaceAll(lines[64:], "\n", "\r\n"), false},
		{"a long comment is a fault", "NOTE\n" + lines, true},
		{"a long style is a fault", "STYLE\n" + lines, true},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for _, next := range []string{"", "\n\nid\n" + times + "y"} {
				got, err := collect(t, webvtt.Read(strings.NewReader("WEBVTT\n\n"+r.block+next), webvtt.Options{}))
				if err != nil {
					t.Fatal(r.why, err)
				}
				if next != "" && (len(got) == 0 || got[len(got)-1].id != "id") {
					t.Errorf("%s: the next cue is missing", r.why)
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
