package webvtt

import (
	"slices"
	"strings"
	"time"
)

const (
	foldLines = 16          // more lines than any roll-up caption shows
	foldGap   = time.Second // a repetition after a longer pause was spoken again
)

// A folder removes the lines that roll-up captions repeat. It holds the last lines of the
// previous cue, as shown.
type folder struct {
	shown []Span // one per line
	end   time.Duration
}

// fold removes from the beginning of a cue the longest run of lines with which the
// previous cue ended, and reports whether the cue has text of its own. With carry, the
// line after them belongs to the voice of the last of them, unless it has its own.
func (f *folder) fold(c *Cue, carry bool) bool {
	lines := linesOf(c.Spans)
	n := 0
	if c.Start-f.end <= foldGap {
		for k := min(len(lines), len(f.shown)); k > 0 && n == 0; k-- {
			if slices.EqualFunc(f.shown[len(f.shown)-k:], lines[:k], repeats) {
				n = k
			}
		}
	}
	copy(lines, f.shown[len(f.shown)-n:]) // with their voices
	if carry && 0 < n && n < len(lines) {
		for i := n; i < len(lines) && lines[i].Voice == ""; i++ {
			lines[i].Voice = lines[n-1].Voice
		}
	}
	f.shown = slices.Clone(lines[max(0, len(lines)-foldLines):])
	f.end = max(f.end, c.End)
	if n == 0 {
		return true
	}
	c.Spans = spansOf(lines[n:])
	return c.Spans != nil
}

// repeats reports whether a line repeats a line that was shown: the text is the same, and
// so is the voice, if the line has one.
func repeats(shown, line Span) bool {
	return shown.Text == line.Text && (line.Voice == "" || line.Voice == shown.Voice)
}

// linesOf returns the lines of spans that are not blank.
func linesOf(spans []Span) (lines []Span) {
	for _, span := range spans {
		for text := range strings.SplitSeq(span.Text, "\n") {
			if text = strings.TrimSpace(text); text != "" {
				lines = append(lines, Span{span.Voice, text})
			}
		}
	}
	return lines
}

// spansOf joins neighboring lines of the same voice.
func spansOf(lines []Span) (spans []Span) {
	for len(lines) > 0 {
		n := 1
		for n < len(lines) && lines[n].Voice == lines[0].Voice {
			n++
		}
		texts := make([]string, n)
		for i, line := range lines[:n] {
			texts[i] = line.Text
		}
		spans = append(spans, Span{lines[0].Voice, strings.Join(texts, "\n")})
		lines = lines[n:]
	}
	return spans
}
