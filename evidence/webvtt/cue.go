package webvtt

import "time"

// A Cue is the speech of one stretch of time. With an error, only Line is set.
//
// A cue is private: package fmt and logs show only counts and lengths.
type Cue struct {
	// Line is the first line of the cue: its identifier, or else its times. It is counted
	// from 1.
	Line int

	// ID is the identifier. Empty means that the cue has none. Identifiers may repeat.
	ID string

	// Start and End count from the beginning of the recording, to the millisecond. End is
	// after Start, and Start is not before that of the previous cue. [Options].Lenient
	// accepts cues with an End equal to Start and in any order.
	Start, End time.Duration

	// Spans are the parts of the text, in order. Nil means that the cue has no text.
	Spans []Span
}

// A Span is the text of one voice. The zero Span is empty.
//
// A span is private: package fmt and logs show only its length.
type Span struct {
	// Voice is the speaker's name in the file, with single spaces and none around it. Empty
	// means that the file does not name the speaker.
	Voice string

	// Text is the text, with tags removed, character references replaced, "\n" between
	// lines, and no blanks around it. [Read] never returns an empty one.
	Text string
}
