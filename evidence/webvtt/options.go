package webvtt

import "github.com/kasperinfotech/refundpolicy/evidence"

// Options say how to read a file. The zero Options read the grammar of the W3C strictly
// and take speakers from voice tags.
type Options struct {
	// Speakers is the place where the file names its speakers. Defaults to VoiceTag, which
	// leaves the text as it is.
	Speakers Speakers

	// Lenient accepts these departures from the grammar, each with a warning:
	//
	//   - times with other numbers of digits or a decimal comma: 0:0:1.0, 1:02:03.45,
	//     00:01,000. The fraction is decimal, so that .45 is 450 milliseconds, and is cut to
	//     milliseconds.
	//   - a missing blank beside the arrow
	//   - a cue that ends when it starts, or starts before the previous one
	//   - a cue without a blank line before it, such as after a line of spaces
	//   - tags that are unknown, not closed or badly nested. Tags of HTML for fonts are
	//     removed; any other unknown tag, and a < that does not begin a tag, stays in the
	//     text.
	//   - an arrow in the text or in a comment, and a style or region after a cue
	//
	// Defaults to false: a block with such a departure is an error.
	Lenient bool

	// FoldRollUp removes the lines that a cue repeats from the previous one, as roll-up
	// captions do. See the package documentation. Defaults to false.
	FoldRollUp bool

	// Warn is called with each departure that loses no words: those of Lenient, and in
	// every case wrong settings and wrong timestamps in the text. It is called before the
	// cue is returned. Defaults to nil: warnings are then returned as errors, each before
	// its cue, so that they are never lost.
	Warn func(*evidence.LineError)
}
