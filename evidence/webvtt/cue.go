package webvtt

import "time"

// A Cue is what was said in one stretch of time. The zero Cue is what comes with an
// error of reading.
//
// It is private: package fmt and logs show lengths.
type Cue struct {
	// Line is where it begins, with its identifier or else its times: a line of the
	// file, counted from 1.
	Line int

	// ID is the identifier; empty means that it has none. That it is the only one in the
	// file is not checked.
	ID string

	// Start and End are when, from the beginning of the recording, to the millisecond. End
	// is after Start, and Start not before that of the cue before.
	Start, End time.Duration

	// Spans are what was said, in order. Nil means that nothing was.
	Spans []Span
}

// A Span is what one voice said. The zero Span says nothing.
//
// It is private: package fmt and logs show lengths.
type Span struct {
	// Voice is who spoke, as the file names them, with one blank where it has several
	// and none around it; empty means that it does not say.
	Voice string

	// Text is what was said, without tags but with what stands in them, character
	// references replaced, "\n" between lines, and no blanks around it. [Read] never gives
	// an empty one.
	Text string
}
