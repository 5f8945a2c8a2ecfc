package webvtt

import (
	"iter"
	"slices"
	"strings"
	"time"
)

const (
	foldLines = 16          // more lines than any roll-up caption shows
	foldGap   = time.Second // a repetition after a longer pause was spoken again
)

// A folder removes the lines that roll-up captions repeat. It holds the last lines that the
// previous cue showed.
type folder struct {
	shown []Span // one per line
	end   time.Duration
}

// fold removes from the beginning of a cue the longest run of lines with which the previous
// cue ended. It reports whether to return the cue: it has lines of its own, or no line was
// removed. With carry, text without a voice gets the voice of the removed line above it.
func (f *folder) fold(c *Cue, carry bool) bool {
	var head []Span
	for line := range lines(c.Spans) {
		if head = append(head, line); len(head) == foldLines {
			break
		}
	}
	n := 0
	if c.Start-f.end <= foldGap {
		for k := min(len(head), len(f.shown)); k > 0 && n == 0; k-- {
			if slices.EqualFunc(f.shown[len(f.shown)-k:], head[:k], repeats) {
				n = k
			}
		}
	}
	f.shown = f.shown[len(f.shown)-n:] // with their voices
	f.end = max(f.end, c.End)
	if n > 0 {
		c.Spans = cutLines(c.Spans, n)
		if carry && len(c.Spans) > 0 && c.Spans[0].Voice == "" {
			c.Spans[0].Voice = f.shown[n-1].Voice
		}
	}
	for line := range lines(c.Spans) {
		if f.shown = append(f.shown, line); len(f.shown) == 4*foldLines {
			f.shown = append(f.shown[:0], f.shown[len(f.shown)-foldLines:]...)
		}
	}
	f.shown = slices.Clone(f.shown[max(0, len(f.shown)-foldLines):])
	return n == 0 || c.Spans != nil
}

// repeats reports whether a line repeats a line that was shown: the text is the same, and
// so is the voice, if the line has one.
func repeats(shown, line Span) bool {
	return shown.Text == line.Text && (line.Voice == "" || line.Voice == shown.Voice)
}

// lines yields the lines of spans that are not blank.
func lines(spans []Span) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for _, span := range spans {
			for text := range strings.SplitSeq(span.Text, "\n") {
				if text = strings.TrimSpace(text); text != "" && !yield(Span{span.Voice, text}) {
					return
				}
			}
		}
	}
}

// cutLines removes the first n lines that are not blank, and returns nil if no text
// remains.
func cutLines(spans []Span, n int) []Span {
	for i, span := range spans {
		for ; n > 0 && span.Text != ""; n-- {
			_, span.Text, _ = strings.Cut(span.Text, "\n")
			span.Text = strings.TrimSpace(span.Text)
		}
		if span.Text != "" {
			spans[i] = span
			return spans[i:]
		}
	}
	return nil
}
