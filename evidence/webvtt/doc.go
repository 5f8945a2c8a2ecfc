// Package webvtt reads transcripts of calls in WebVTT, a format that telephone systems,
// meeting software and speech recognizers export.
//
// [ReadAll] returns the messages of a whole transcript, for the Transcript of an
// [evidence.Call]:
//
//	sides := webvtt.Sides{"Ann Agent": evidence.SideAgent, "Chris Customer": evidence.SideCustomer}
//	call.Transcript, err = webvtt.ReadAll(file, call.Answered, sides, webvtt.Options{Speakers: webvtt.Detect})
//
// [Read] returns the cues one at a time, and [Messages] converts cues to messages. Their
// memory does not grow with the file.
//
// # Times are relative
//
// The times of a cue count from the beginning of the recording, and the file does not say
// when that was. The caller must know it: a recording may begin at the start of the call, or
// when the call is answered. The lines of the header are skipped. That includes
// X-TIMESTAMP-MAP, with which streaming shifts the times.
//
// # Who speaks
//
// The standard has a voice tag for the speaker. Many tools write the name elsewhere:
// [Options].Speakers says where, and [Detect] finds out for each file.
//
// With [Prefix], a line names its speaker if it begins with a name and a colon. After the
// colon there must be a blank or the end of the line, except after a full-width colon. The
// name may be in square or round brackets, with a dash or ">>" before it. These are the
// rules for names:
//
//   - A name has at most 6 words and 60 characters.
//   - It has at least one letter or three digits.
//   - It does not contain any of the characters ?!;"“”„«»<>{}[]=.
//   - The words time, date, duration, note, subject, topic, url, http, https and email are
//     not names. So "Time: 10:30" and "https://example.com" are text.
//   - A name without any text after it is text too.
//
// A line without a name belongs to the speaker of the line above in the same cue. The next
// cue begins without a speaker.
//
// These rules take any short text before a colon for a name, such as "The address is" in
// "The address is: 5 Main St". [Sides] does not have this name, so the line is an error.
// With stricter rules, the words of one speaker could go to another without an error.
//
// A message has a side, but a transcript has names. [Sides] maps each name to its side; the
// package does not guess. Text of a voice that Sides does not have is an error and not a
// message. So is text without a voice, unless Sides has the empty name.
//
// # Strict, lenient and warnings
//
// The grammar is W3C WebVTT 1.0. A cue with a fault is returned as an [*evidence.LineError]
// with all its faults, and reading continues after the next empty line. A line with a space
// is not empty. A file without the signature is not WebVTT: Read returns one error and stops.
// A file without a cue is an error.
//
// Many tools depart from the grammar without making the cue ambiguous. [Options].Lenient
// lists the departures that it accepts. Each of them is a warning with its line. Wrong
// settings and wrong timestamps in the text are warnings even without Lenient, since they
// affect only the display.
//
// Warnings go to [Options].Warn. If Warn is nil, they are returned as errors, each followed
// by its cue. [ReadAll] then returns all messages, with the warnings in its error.
//
// Read does not check whether ids repeat, whether a region exists, or the text of styles,
// regions, rubies and language tags.
//
// # Roll-up captions
//
// Captions of live television and of YouTube roll up: a cue shows the previous lines again
// and adds one, so each line appears two or three times. [Options].FoldRollUp removes the
// repeated lines at the beginning of a cue: the longest run of lines that ends the previous
// cue and begins this one.
//
//   - Lines are compared without tags and the blanks around them. A line with a voice
//     repeats only a line of the same voice. At most 16 lines are compared.
//   - Lines are not removed if the cue starts more than a second after the end of the
//     previous ones.
//   - With Prefix, new lines without a name belong to the speaker of the removed line above
//     them.
//   - A cue that has only repeated lines is not returned.
//
// Use FoldRollUp only for roll-up captions. In other files it also removes a line that was
// spoken twice, in cues at most a second apart.
//
// # Faults
//
// The paths of faults are "start", "end", "settings", "text", "voice", and a path for each
// setting, such as "settings.align". An empty path means the whole block. An error about a
// wrong argument has the path "start" or "speakers", and is not a LineError.
//
// # Privacy
//
// A transcript is private. Cues, spans and sides print as counts and lengths, in logs too,
// and cannot be encoded, for example as JSON. Errors do not quote the file. To show the
// text, read the fields.
//
// # Compatibility
//
// As for package refund: the paths of faults are a contract, the reasons are not.
package webvtt
