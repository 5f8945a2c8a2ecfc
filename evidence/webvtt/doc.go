// Package webvtt reads transcripts of calls in WebVTT, a format that telephone systems,
// meeting software and speech recognizers export.
//
// [ReadAll] returns the messages of a whole transcript, for the Transcript of an
// [evidence.Call]:
//
//	sides := webvtt.Sides{"Ann Agent": evidence.SideAgent, "Chris Customer": evidence.SideCustomer}
//	call.Transcript, err = webvtt.ReadAll(file, call.Answered, sides, webvtt.Options{Speakers: webvtt.Detect})
//
// [Read] returns the cues one at a time, and [Messages] turns cues into messages. Neither
// needs more memory for a longer file.
//
// # Times are relative
//
// The times of a cue count from the beginning of the recording, and the file does not say
// when that was. The caller has to know: recording may begin with the call, or when it is
// answered. The lines of the header are skipped, including the ones with which streaming
// shifts the times.
//
// # Who speaks
//
// The standard has a voice tag for the speaker. Many tools write the name elsewhere:
// [Options].Speakers says where, and [Detect] finds out for each file.
//
// With [Prefix], a line names its speaker if it begins with a name, a colon, and a blank
// or the end of the line; a full-width colon needs no blank. The name may stand in square
// or round brackets, and a dash or ">>" may stand before it. A name has at most 6 words and
// 60 characters, at least one letter or three digits, and none of the characters
// ?!;"“”„«»<>{}[]=. The words time, date, duration, note, subject, topic, url, http, https
// and email are not names. So "Time: 10:30" and "https://example.com" are text. A name
// without text is text too. Lines without a name belong to the speaker of the line above in
// the same cue; the next cue begins without a speaker.
//
// The rule accepts any short text before a colon, such as "The address is: 5 Main St". The
// name is then one that [Sides] does not have, and an error. A stricter rule could give the
// words of one speaker to another without an error.
//
// A message has a side, and a transcript has names. [Sides] says which side each name is
// on; the package does not guess. Text of another voice, or without a voice, is an error
// and not a message.
//
// # Strict, lenient and warnings
//
// The grammar is W3C WebVTT 1.0. A cue with a fault is an [*evidence.LineError] with all
// its faults, and reading continues after the next blank line. A line with a space is not
// blank. A file without the signature is not WebVTT and is not read; a file without a cue
// is an error.
//
// Real tools depart from the grammar in ways that do not make the cue ambiguous.
// [Options].Lenient lists the ones that it accepts. Each is a warning with its line. Wrong
// settings and timestamps in the text are warnings in a strict reading too, since they only
// affect the display. Warnings go to [Options].Warn. Without it they are errors, each
// followed by its cue; [ReadAll] returns them in its error, beside all messages.
//
// Three things are not checked: whether ids repeat, whether a region exists, and the text of
// styles, regions, rubies and language tags.
//
// # Roll-up captions
//
// Captions of live television and of YouTube roll up: a cue shows the previous lines again
// and adds one, so that each line appears two or three times. [Options].FoldRollUp removes
// from the beginning of a cue the longest run of lines with which the previous cue ended,
// as it was shown. Lines are compared without tags and surrounding blanks, and by their
// voice if they have one; at most 16 are compared. Lines that are shown again more than a
// second after the previous cue ended are kept. With Prefix, the new lines belong to the
// speaker of the line above, unless they have a name. A cue without any other line is not
// returned.
//
// Use it only for roll-up captions. In other files it also removes a line that was spoken
// twice, in cues less than a second apart.
//
// # Faults
//
// The paths of faults are "start", "end", "settings", "settings.align" and the other
// settings, "text", and "voice"; an empty path is the whole block. With wrong arguments,
// "start" and "speakers" are the paths of errors without a line.
//
// # Privacy
//
// A transcript is private. Cues, spans and sides print as counts and lengths, in logs too,
// and cannot be marshaled as JSON. Errors do not quote the file. The fields hold the text.
//
// # Compatibility
//
// As for package refund: the paths of faults are a contract, the reasons are not.
package webvtt
