// Package webvtt reads transcripts of calls in WebVTT, a format in which telephone
// systems and recognisers of speech hand them over.
//
// [ReadAll] returns the messages of a whole transcript, for the Transcript of an
// [evidence.Call]:
//
//	call.Transcript, err = webvtt.ReadAll(file, call.Answered, nil)
//
// [Read] gives the cues one by one, and [Messages] turns cues into messages; neither
// needs more memory for a longer file.
//
// # Times are relative
//
// A cue counts from the beginning of the recording, and no file says when that was.
// Whoever reads it has to know: recording may begin with the call, or when it is
// answered. Lines of the header are passed over, those too by which streaming shifts
// the times.
//
// # Whose voice
//
// A message has a side, and WebVTT names voices. [Sides] says which is whose; nobody
// is guessed. What was said by somebody else, or by nobody knows whom, is an error and
// no message. Voices do not nest: one lasts until its end tag, the next voice, or the
// end of the cue.
//
// # A bad cue spoils itself alone
//
// The grammar is that of W3C WebVTT 1.0, taken at its word where players are lenient:
// a tag has to be known and closed, a setting known and right, a time in its place. A
// cue that is wrong comes as an [*evidence.LineError] with all its faults, and reading
// goes on behind the next blank line, which is one without even a blank in it. A file
// without the signature is not WebVTT, and nothing of it is read.
//
// The paths of faults are "start", "end", "settings", "settings.align" and so on,
// "text", and "voice"; an empty path is the block as a whole. Not checked is what would
// need the whole file, that ids differ and regions exist, and what is in styles, regions,
// rubies and language tags.
//
// # Privacy
//
// A transcript is private. Cues, spans and sides print as counts and lengths, in logs
// too, and refuse to be JSON; errors quote nothing of the file. What is read is in the
// fields.
//
// # Compatibility
//
// As for package refund: the paths of faults are a contract, reasons are not.
package webvtt
