package tickets

import (
	"iter"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/elements"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Ticket is one issue as a help desk has it: a ticket, with those that were merged into
// it. The zero Ticket is not valid.
type Ticket struct {
	// Issue is the issue for the log of a case: ID is that of the ticket, Opened the
	// instant at which the first of its tickets was, and Resolved the resolution that
	// stands, or the zero Time. Subscription is empty, since no export has it.
	Issue refund.Issue

	// Merged are the ids of the tickets that were merged into it, directly or through
	// another one, in the order of their bytes. The export
	// need not have them.
	Merged []string

	// History is what happened to its tickets, in the order of time.
	History []Event

	// Warnings are what a reviewer should look at, each once.
	Warnings []Warning
}

// An Event is a part of a ticket's history. The zero Event is not valid.
type Event struct {
	Kind   Kind
	At     time.Time
	By     string // the id of the user who did it, -1 for Zendesk itself; empty if the export lacks it
	Ticket string // the id of the ticket to which it happened
	Status string // the status that the ticket then had, as the export names it
}

// Collect returns the tickets of a sequence that [Zendesk] or [Jira] returns. With an
// error it returns no tickets: a log that lacks some of its issues would change a refund.
// The error joins at most 100 of those of the sequence.
func Collect(seq iter.Seq2[Ticket, error]) ([]Ticket, error) {
	list, err := elements.Collect(seq)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Issues returns the issue log of a case: the issues of all tickets, in their order. It is
// empty and not nil for no tickets.
func Issues(list []Ticket) refund.IssueLog {
	log := make(refund.IssueLog, 0, len(list))
	for i := range list {
		log = append(log, list[i].Issue)
	}
	return log
}
