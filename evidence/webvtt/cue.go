package webvtt

import "time"

// A Cue is the text spoken from one time to another. With an error, only Line is set.
//
// A cue is private: package fmt and logs show only counts and lengths.
type Cue struct {
	// Line is the number of the cue's first line, counted from 1. That line has the
	// identifier or, without one, the times.
	Line int

	// ID is the identifier. Empty means that the cue has none. Identifiers may repeat.
	ID string

	// Start and End count from the beginning of the recording, in whole milliseconds. End is
	// after Start, and Start is not before that of the previous cue. With [Options].Lenient,
	// End can be equal to Start, and the cues can have any order.
	Start, End time.Duration

	// Spans are the parts of the text, in order. Nil means that the cue has no text.
	Spans []Span
}

// A Span is the text of one voice. The zero Span is empty.
//
// A span is private: package fmt and logs show only its length.
type Span struct {
	// Voice is the speaker's name in the file, with single spaces between its words. Empty
	// means that the file does not name the speaker.
	Voice string

	// Text is the text without tags and surrounding blanks, with character references
	// replaced and "\n" between lines. [Read] never returns a Span without text.
	Text string
}
