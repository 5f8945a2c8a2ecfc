package main

import (
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
)

// readRecords reads a file of records of any kind.
func (f *folder) readRecords(name string, r io.Reader) {
	for entry, err := range jsonl.Read(r) {
		if err != nil {
			f.wrong(name, entry.Line, err)
			continue
		}
		entry.AddTo(&f.log)
		list := "chats"
		switch {
		case entry.Call != nil:
			list = "calls"
		case entry.Recording != nil:
			list = "recordings"
		}
		f.places[list] = append(f.places[list], place{name, entry.Line})
	}
}

// readCalls reads a file of call detail records.
func (f *folder) readCalls(name string, r io.Reader) {
	seen := map[string]bool{}
	for row, err := range cdr.Read(r, cdr.Options{Location: f.Policy.Location}) {
		if err != nil {
			f.wrong(name, row.Line, err)
			continue
		}
		for _, w := range row.Warnings {
			f.problems = append(f.problems, problem{name, row.Line, w.Path, w.Reason})
		}
		call := row.Call()
		switch {
		case row.UniqueID == "": // the line is unique in this file alone
			call.ID = strings.TrimSuffix(path.Base(name), path.Ext(name)) + "-" + strconv.Itoa(row.Line)
		case seen[row.UniqueID] && row.Sequence > 0: // a further row of the same channel
			call.ID += "-" + strconv.Itoa(row.Sequence)
		}
		seen[row.UniqueID] = true
		for id := range strings.SplitSeq(row.UserField, ";") {
			if id = strings.TrimSpace(id); id != "" {
				call.Issues = append(call.Issues, id)
			}
		}
		f.log.Calls = append(f.log.Calls, call)
		f.places["calls"] = append(f.places["calls"], place{name, row.Line})
	}
}

// readTranscript reads what was said in the call that the file is named after.
func (f *folder) readTranscript(name string, r io.Reader) {
	call := f.call(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	switch {
	case call == nil:
		f.wrong(name, 0, errors.New("is of a call that no log has"))
		return
	case call.Transcript != nil:
		f.wrong(name, 0, errors.New("is of a call that has a transcript in its log"))
		return
	}
	start := call.Answered
	if start.IsZero() {
		start = call.Start
	}
	line := 0 // of the cue whose messages come next
	cues := func(yield func(webvtt.Cue, error) bool) {
		for cue, err := range webvtt.Read(r, webvtt.Options{}) {
			line = cue.Line
			if !yield(cue, err) {
				return
			}
		}
	}
	for message, err := range webvtt.Messages(cues, start, nil) {
		if err == nil && (message.At.Before(call.Start) || message.At.After(call.End)) {
			err = errors.New("was said when the call was not on")
		}
		if err != nil {
			f.wrong(name, line, err)
			continue
		}
		call.Transcript = append(call.Transcript, message)
	}
}

// call returns the first call of an id, or nil.
func (f *folder) call(id string) *evidence.Call {
	for i := range f.log.Calls {
		if f.log.Calls[i].ID == id {
			return &f.log.Calls[i]
		}
	}
	return nil
}
