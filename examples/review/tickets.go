package main

import (
	"io"
	"iter"
	"slices"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// readZendeskTickets reads an export of the audits of Zendesk.
func (f *folder) readZendeskTickets(name string, r io.Reader) {
	f.readTickets(name, tickets.Zendesk(r, f.ticketOptions()))
}

// readJiraTickets reads an export of the issues of Jira with their changelogs.
func (f *folder) readJiraTickets(name string, r io.Reader) {
	f.readTickets(name, tickets.Jira(r, f.ticketOptions()))
}

// ticketOptions returns the options by which asking fixes the amount, if the policy says so.
func (f *folder) ticketOptions() tickets.Options {
	var o tickets.Options
	if f.Policy.Readings.ResolvedUntil == refund.ResolvedUntilRequest {
		o.Until = f.Case.Request.At
	}
	return o
}

// readTickets adds the tickets of a file, and their issues to those of the case. If the
// case has an issue already, the two must agree: the case decides.
func (f *folder) readTickets(name string, seq iter.Seq2[tickets.Ticket, error]) {
	known := make(map[string]*refund.Issue, len(f.Case.Issues))
	for i := range f.Case.Issues {
		known[f.Case.Issues[i].ID] = &f.Case.Issues[i]
	}
	for t, err := range seq {
		if err != nil {
			f.problems.addError(name, lineOf(err), err)
			continue
		}
		f.tickets = append(f.tickets, t)
		for _, w := range t.Warnings {
			f.warnings.add(problem{File: name, Path: t.Issue.ID, Reason: warningWords[w]})
		}
		issue := known[t.Issue.ID]
		switch {
		case issue == nil:
			f.Case.Issues = append(f.Case.Issues, t.Issue)
		case !issue.Opened.Equal(t.Issue.Opened):
			f.warnings.add(problem{File: name, Path: t.Issue.ID, Reason: "was opened at another time than " + caseFile + " states"})
		case !issue.Resolved.Equal(t.Issue.Resolved):
			f.warnings.add(problem{File: name, Path: t.Issue.ID, Reason: "was resolved at another time than " + caseFile + " states"})
		}
	}
}

var warningWords = map[tickets.Warning]string{
	tickets.WarningGap:       "changes are missing from the history, perhaps a reopening",
	tickets.WarningStatus:    "had a status that may or may not mean resolved",
	tickets.WarningMissing:   "a ticket that was merged with it is missing from the export",
	tickets.WarningDuplicate: "another ticket about it was open after the resolution: the customer may have come back",
}

// joinTickets replaces the ids of merged tickets in records by the ids of their issues.
func (f *folder) joinTickets() {
	into := map[string]string{}
	for _, t := range f.tickets {
		for _, id := range t.Merged {
			into[id] = t.Issue.ID
		}
	}
	if len(into) == 0 {
		return
	}
	join := func(h *evidence.Header) {
		joined := false
		for i, id := range h.Issues {
			if to, merged := into[id]; merged {
				h.Issues[i], joined = to, true
			}
		}
		if joined { // two ids may have become equal
			slices.Sort(h.Issues)
			h.Issues = slices.Compact(h.Issues)
		}
	}
	for i := range f.log.Calls {
		join(&f.log.Calls[i].Header)
	}
	for i := range f.log.Recordings {
		join(&f.log.Recordings[i].Header)
	}
	for i := range f.log.Chats {
		join(&f.log.Chats[i].Header)
	}
}
