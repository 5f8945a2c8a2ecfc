package main

import (
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// The voices of a transcript whose sides are not known.
type voices struct {
	File  string   `json:"file"`
	Names []string `json:"names"` // at most mostVoices
}

const mostVoices = 20

// indexCalls indexes the calls by their ids.
func (f *folder) indexCalls() {
	f.callByID = make(map[string]int, len(f.log.Calls))
	for i := range f.log.Calls {
		if _, again := f.callByID[f.log.Calls[i].ID]; !again {
			f.callByID[f.log.Calls[i].ID] = i
		}
	}
}

// readTranscript reads a transcript. The name of its file is the id of the call.
func (f *folder) readTranscript(name string, r io.Reader) {
	i, known := f.callByID[strings.TrimSuffix(path.Base(name), path.Ext(name))]
	if !known {
		f.problems.addError(name, 0, errors.New("belongs to a call that is missing from the logs"))
		return
	}
	call := &f.log.Calls[i]
	if call.Transcript != nil {
		f.problems.addError(name, 0, errors.New("belongs to a call that already has a transcript"))
		return
	}
	start := call.Answered
	if start.IsZero() {
		start = call.Start
	}
	line := 0 // of the cue whose messages come next
	found := voices{File: name}
	cues := func(yield func(webvtt.Cue, error) bool) {
		options := webvtt.Options{
			Speakers: webvtt.Detect,
			Lenient:  true,
			Warn:     func(w *evidence.LineError) { f.warnings.addError(name, w.Line, w) },
		}
		for cue, err := range webvtt.Read(r, options) {
			line = cue.Line
			for _, span := range cue.Spans {
				found.add(f.sides, span.Voice)
			}
			if !yield(cue, err) {
				return
			}
		}
	}
	unknown := 0
	for message, err := range webvtt.Messages(cues, start, f.sides) {
		if err == nil && (message.At.Before(call.Start) || message.At.After(call.End)) {
			err = errors.New("is outside the call")
		}
		switch {
		case isOfUnknownVoice(err):
			unknown++
		case err != nil:
			f.problems.addError(name, line, err)
		default:
			call.Transcript = append(call.Transcript, message)
		}
	}
	if unknown > 0 {
		f.problems.add(problem{File: name, Reason: words.Count(unknown, "message is", "messages are") + " left out, because the side of the voice is unknown: " +
			"add it to " + sidesFile})
		f.voices = append(f.voices, found)
	}
}

// add adds a voice that has no side.
func (v *voices) add(sides webvtt.Sides, voice string) {
	if sides == nil && slices.Contains([]string{"customer", "agent", "system"}, strings.ToLower(voice)) || sides[voice] != 0 {
		return
	}
	if len(v.Names) < mostVoices && !slices.Contains(v.Names, voice) {
		v.Names = append(v.Names, voice)
	}
}

// isOfUnknownVoice reports whether an error is about a message whose side is not known.
func isOfUnknownVoice(err error) bool {
	faults := faultsOf(err)
	return len(faults) == 1 && faults[0].Path == "voice"
}
