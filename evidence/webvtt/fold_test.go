package webvtt_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// stamp writes a number of milliseconds as a time.
func stamp(ms int) string {
	return fmt.Sprintf("%02d:%02d.%03d", ms/60_000, ms/1000%60, ms%1000)
}

// shown writes cues of a second each that follow each other directly. Each cue is its
// lines, separated by semicolons.
func shown(cues ...string) string {
	file := "WEBVTT\n\n"
	for i, cue := range cues {
		file += stamp(1000*i) + " --> " + stamp(1000*i+1000) + "\n" + strings.ReplaceAll(cue, ";", "\n") + "\n\n"
	}
	return file
}

// spoken returns the voices and lines of all cues in order, and the starts of the cues.
func spoken(t rapid.TB, file string, o webvtt.Options) (lines []string, starts []time.Duration) {
	t.Helper()
	for cue, err := range webvtt.Read(strings.NewReader(file), o) {
		if err != nil {
			t.Fatal(err)
		}
		starts = append(starts, cue.Start)
		for _, span := range cue.Spans {
			for line := range strings.SplitSeq(span.Text, "\n") {
				if span.Voice != "" {
					line = span.Voice + "=" + line
				}
				lines = append(lines, line)
			}
		}
	}
	return lines, starts
}

func TestFoldRollUp(t *testing.T) {
	const half = "00:00.000 --> 00:01.000\na\n\n"
	for _, r := range []struct {
		why  string
		file string
		want string
	}{
		{"each line is shown three times", shown("a", "a;b", "a;b;c", "b;c;d", "c;d;e"), "a;b;c;d;e"},
		{"a line is held before the next one", shown("a", "a", "a;b", "b", "b;c", "c"), "a;b;c"},
		{"marks of words do not matter", shown("a<00:00.500><c> b</c>", "a b", "a b;c<00:02.500><c> d</c>", "c d"), "a b;c d"},
		{"lines of spaces do not matter", shown(" ;a", "a; ", "a;b"), "a;b"},
		{"a line that was spoken twice stays", shown("a", "a", "a;a", "a", "a;b"), "a;a;b"},
		{"the longest repetition is removed", shown("a;b;a", "a;b;a;c"), "a;b;a;c"},
		{"a repetition at the end of a cue stays", shown("a;b", "c;b"), "a;b;c;b"},
		{"a repetition that does not continue to the end of the previous cue stays", shown("a;b", "a;c"), "a;b;a;c"},
		{"a part of a line is not a repetition", shown("a b", "b;c"), "a b;b;c"},
		{"a line after a second is a repetition", half + "00:02.000 --> 00:03.000\na\nb", "a;b"},
		{"a line after more than a second was spoken again", half + "00:02.001 --> 00:03.000\na\nb", "a;a;b"},
		{"a line of another voice was spoken again", shown("<v A>a", "<v B>a", "<v B>a;b"), "A=a;B=a;B=b"},
		{"the line of a voice is repeated without it", shown("<v A>a", "a;<v B>b"), "A=a;B=b"},
		{"a cue between them ends the repetition", shown("a", "b", "a"), "a;b;a"},
		{"an empty cue ends the repetition", shown("a", "", "a"), "a;a"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			if !strings.HasPrefix(r.file, "WEBVTT") {
				r.file = "WEBVTT\n\n" + r.file
			}
			lines, _ := spoken(t, r.file, webvtt.Options{FoldRollUp: true})
			if got := strings.Join(lines, ";"); got != r.want {
				t.Errorf("%s, want %s", got, r.want)
			}
		})
	}
}

func TestFoldedLinesStartWhenTheyFirstAppear(t *testing.T) {
	_, starts := spoken(t, shown("a", "a", "a;b", "b", "b;c"), webvtt.Options{FoldRollUp: true})
	if diff := cmp.Diff([]time.Duration{0, 2 * time.Second, 4 * time.Second}, starts); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestFoldedLinesKeepTheSpeakerOfTheLineAbove(t *testing.T) {
	file := shown("Ann: a", "Ann: a;b", "b;c", "c;Bob: d", "Bob: d;e", "f")
	got, _ := spoken(t, file, webvtt.Options{FoldRollUp: true, Speakers: webvtt.Prefix})
	if diff := cmp.Diff([]string{"Ann=a", "Ann=b", "Ann=c", "Bob=d", "Bob=e", "f"}, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// A display rolls up as captions do: it shows the last lines, and each new line pushes the
// first one out. Folding recovers the lines.
func TestFoldingRecoversTheLinesOfARollUpDisplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(2, 4).Draw(t, "rows")
		held := rapid.Bool().Draw(t, "each line is held alone") // as YouTube does
		word := rapid.StringMatching(`[ab] ?[ab]?`)
		if !held {
			// Without it, a display full of one line hides how often the line was spoken.
			word = rapid.StringMatching(`[a-z]{12}`)
		}
		var lines, window []string
		file, at := "WEBVTT\n\n", 0
		show := func(lines []string) {
			end := at + rapid.IntRange(1, 3000).Draw(t, "length")
			file += stamp(at) + " --> " + stamp(end) + " align:start position:0%\n" + strings.Join(lines, "\n") + "\n\n"
			at = end + rapid.SampledFrom([]int{0, 0, 10, 1000}).Draw(t, "gap")
		}
		for range rapid.IntRange(1, 12).Draw(t, "lines") {
			line := strings.TrimSpace(word.Draw(t, "line"))
			lines, window = append(lines, line), append(window, line)
			if len(window) > rows {
				window = window[1:]
			}
			show(window)
			if held {
				show([]string{line})
				window = []string{line}
			}
		}
		got, _ := spoken(t, file, webvtt.Options{FoldRollUp: true})
		if diff := cmp.Diff(lines, got); diff != "" {
			t.Fatalf("spoken -, folded +:\n%s\n%s", diff, file)
		}
	})
}

// Folding changes only repetitions: in a file without any, and in one whose cues are far
// apart, all cues stay as they are.
func TestFoldingKeepsOtherFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file, far := "WEBVTT\n\n", rapid.Bool().Draw(t, "cues are far apart")
		at := 0
		for i := range rapid.IntRange(1, 9).Draw(t, "cues") {
			file += stamp(at) + " --> " + stamp(at+1000) + "\n"
			for j := range rapid.IntRange(1, 3).Draw(t, "lines") {
				line := rapid.SampledFrom([]string{"yes", "no", "<v A>yes"}).Draw(t, "line")
				if !far {
					line = fmt.Sprint("line ", i, j)
				}
				file += line + "\n"
			}
			file += "\n"
			at += 1000
			if far {
				at += 1001
			}
		}
		want, err := collect(t, webvtt.Read(strings.NewReader(file), webvtt.Options{}))
		got, failed := collect(t, webvtt.Read(strings.NewReader(file), webvtt.Options{FoldRollUp: true}))
		if diff := cmp.Diff(want, got, entries); diff != "" || err != nil || failed != nil {
			t.Fatalf("read -, folded +:\n%s%v%v", diff, err, failed)
		}
	})
}
