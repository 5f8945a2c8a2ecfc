package webvtt_test

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
)

// worst are files of about n bytes that need much time or memory.
var worst = map[string]func(n int) string{
	"short cues":          repeated("0:0:0.0-->0:0:0.0\na\n\n"),
	"short cues, no side": repeated("0:0:0.0-->0:0:0.0\nA: a\n\n"),
	"comments":            repeated("NOTE\n\n"),
	"stray lines":         repeated("a\n\n"),
	"cues without a gap":  repeated("0:0:0.0-->0:0:0.0\na\n", ""),
	"voices in a cue":     repeated("<v a>a", c),
	"names in a cue":      repeated("a:a\n", c),
	"prefixes in a cue":   repeated("a: a\n", c),
	"lines in a cue":      repeated("a\n", c),
	"open tags":           repeated("<i>", c),
	"open brackets":       repeated("<", c),
	"ampersands":          repeated("&", c),
	"one line":            repeated("a", c),
	"settings":            repeated("a:b ", strings.TrimSuffix(c, "\n")+" "),
	"roll-up":             repeated("00:01.000 --> 00:02.000\na\nb\n\n00:01.000 --> 00:02.000\nb\na\n\n"),
}

// repeated returns a file with a text repeated, after a beginning. If there is one, each
// block has the largest size.
func repeated(text string, begin ...string) func(n int) string {
	return func(n int) string {
		if len(begin) == 0 {
			return "WEBVTT\n\n" + strings.Repeat(text, n/len(text))
		}
		size := min(n, maxBlock-len(begin[0]))
		block := begin[0] + strings.Repeat(text, size/len(text)) + "\n\n"
		return "WEBVTT\n\n" + strings.Repeat(block, max(1, n/len(block)))
	}
}

// readings are the options under which time and memory are measured.
func readings(yield func(webvtt.Options) bool) {
	for o := range everyOptions {
		if (o.Lenient || !o.FoldRollUp) && !yield(o) {
			return
		}
	}
}

// BenchmarkWorst reads the worst files of three sizes, and reports the time per byte, which
// does not grow with the size.
func BenchmarkWorst(b *testing.B) {
	for name, file := range worst {
		for _, n := range []int{1 << 18, 1 << 19, 1 << 20} {
			b.Run(fmt.Sprintf("%s/%dKiB", name, n>>10), func(b *testing.B) {
				in := file(n)
				for b.Loop() {
					for o := range readings {
						webvtt.ReadAll(strings.NewReader(in), began, nil, o)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(in))/15, "ns/byte")
			})
		}
	}
}

// A monologue is one line, of a number of kilobytes.
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
		for o := range readings {
			speaker := monologue(16 << 10)
			var at, after runtime.MemStats
			runtime.ReadMemStats(&at)
			got, err := collect(t, webvtt.Read(io.MultiReader(strings.NewReader(before), &speaker), o))
			runtime.ReadMemStats(&after)
			if len(got) != 1 || err != nil {
				t.Error(len(got), err)
			}
			if n := after.TotalAlloc - at.TotalAlloc; n > 10<<20 {
				t.Errorf("%d bytes of memory for %q with %+v", n, before, o)
			}
		}
	}
}

// Memory does not grow with the number of cues that were read.
func TestCuesOfALongFileAreNotKept(t *testing.T) {
	cues := strings.Repeat(c+"Ann: Hello.\nBob: Hi.\n\n", 1<<14)
	for o := range readings {
		var least, most uint64
		n := 0
		for _, err := range webvtt.Read(io.MultiReader(strings.NewReader("WEBVTT\n\n"), strings.NewReader(cues)), o) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n%5000 == 0 {
				runtime.GC()
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				if least == 0 {
					least = stats.HeapAlloc
				}
				most = max(most, stats.HeapAlloc)
			}
		}
		if most > least+1<<20 {
			t.Errorf("%+v: %d bytes after 5000 cues, %d later", o, least, most)
		}
	}
}
