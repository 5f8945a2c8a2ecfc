package webvtt

import "github.com/kasperinfotech/refundpolicy/evidence"

// Options control how a file is read. The zero Options accept only the grammar of the W3C
// and take speakers from voice tags.
type Options struct {
	// Speakers is the place where the file names its speakers. Defaults to VoiceTag.
	Speakers Speakers

	// Lenient accepts these departures from the grammar, each with a warning:
	//
	//   - times with other numbers of digits or a decimal comma: 0:0:1.0, 1:02:03.45,
	//     00:01,000. The fraction is decimal, so .45 is 450 milliseconds. Digits after the
	//     milliseconds are dropped.
	//   - a missing blank beside the arrow
	//   - a cue that ends when it starts, or starts before the previous one
	//   - a cue without an empty line before it, for example after a line of spaces
	//   - tags that are unknown, not closed or badly nested. HTML tags for fonts are removed.
	//     Any other unknown tag, and a < that does not begin a tag, stays in the text.
	//   - an arrow in the text or in a comment, and a style or region after a cue
	//
	// Defaults to false: a block with such a departure is an error.
	Lenient bool

	// FoldRollUp removes the lines that a cue repeats from the previous one, for files of
	// roll-up captions. See the package documentation. Defaults to false.
	FoldRollUp bool

	// Warn is called with each warning, before the cue is returned. Warnings are the
	// departures that Lenient accepts, and always wrong settings and wrong timestamps in the
	// text. Defaults to nil: warnings are then returned as errors, each before its cue.
	Warn func(*evidence.LineError)
}
