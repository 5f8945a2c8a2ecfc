package main

import (
	"errors"
	"io"
	"iter"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/evidence/chats"
	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// readRecords reads a file of records of any kind.
func (f *folder) readRecords(name string, r io.Reader) {
	for entry, err := range jsonl.Read(r) {
		if err != nil {
			f.problems.addError(name, entry.Line, err)
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
			f.problems.addError(name, row.Line, err)
			continue
		}
		f.warnings.addError(name, row.Line, row.Warnings.Err())
		call := row.Call()
		switch {
		case row.UniqueID == "": // the number of the line is unique only in this file
			call.ID = strings.TrimSuffix(path.Base(name), path.Ext(name)) + "-" + strconv.Itoa(row.Line)
		case seen[row.UniqueID] && row.Sequence > 0: // a further row of the same channel
			call.ID += "-" + strconv.Itoa(row.Sequence)
		}
		seen[row.UniqueID] = true
		call.Issues = append(call.Issues, splitIssues(row.UserField)...)
		f.log.Calls = append(f.log.Calls, call)
		f.places["calls"] = append(f.places["calls"], place{name, row.Line})
	}
}

// readFreePBX reads an export of FreePBX. The account and the issues are in the same columns
// as for readCalls.
func (f *folder) readFreePBX(name string, r io.Reader) {
	m := csvlog.FreePBX()
	m.Account, m.Issues, m.SplitIssues = "accountcode", "userfield", splitIssues
	f.readExport(name, r, csvlog.Options{Location: f.Policy.Location, Mapping: m})
}

// readTeamViewer reads a connection report of TeamViewer, whose times are in UTC. The notes
// have the ids of issues, with semicolons between them.
func (f *folder) readTeamViewer(name string, r io.Reader) {
	m := csvlog.TeamViewer()
	m.Issues, m.SplitIssues = "notes", splitIssues
	f.readExport(name, r, csvlog.Options{Location: time.UTC, Mapping: m})
}

func (f *folder) readExport(name string, r io.Reader, o csvlog.Options) {
	in, err := csvlog.NewReader(r, o)
	if err != nil {
		f.problems.addError(name, 1, err)
		return
	}
	for record, err := range in.All() {
		if err != nil {
			f.problems.addError(name, record.Line, err)
			continue
		}
		f.warnings.addError(name, record.Line, record.Warnings.Err())
		list := "recordings"
		if record.Call != nil {
			list = "calls"
		}
		record.AddTo(&f.log)
		f.places[list] = append(f.places[list], place{name, record.Line})
	}
}

// splitIssues returns the ids of a text with semicolons between them.
func splitIssues(text string) (ids []string) {
	for id := range strings.SplitSeq(text, ";") {
		if id = strings.TrimSpace(id); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// readZendeskChats reads an export of Zendesk Chat.
func (f *folder) readZendeskChats(name string, r io.Reader) { f.readChats(name, chats.Zendesk(r)) }

// readIntercom reads an export of Intercom.
func (f *folder) readIntercom(name string, r io.Reader) { f.readChats(name, chats.Intercom(r)) }

func (f *folder) readChats(name string, seq iter.Seq2[chats.Conversation, error]) {
	for c, err := range seq {
		if err != nil {
			f.problems.addError(name, lineOf(err), err)
			continue
		}
		c.Chat.Account = f.customers[c.Customer]
		if c.Missing > 0 {
			f.warnings.add(problem{File: name, Line: c.Line, Reason: "lacks " + words.Count(c.Missing, "entry", "entries") + " of the conversation"})
		}
		f.log.Chats = append(f.log.Chats, c.Chat)
		f.places["chats"] = append(f.places["chats"], place{name, c.Line})
	}
}

// lineOf returns the line of an error, or 0.
func lineOf(err error) int {
	var at *evidence.LineError
	if errors.As(err, &at) {
		return at.Line
	}
	return 0
}
