package tickets

import (
	"iter"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/elements"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Ticket is one issue of a help desk: a ticket with the tickets that were merged into it.
// The zero Ticket is not valid.
type Ticket struct {
	// Issue is the issue for the issue log of a case. Its ID is the id of the ticket. Opened
	// is the instant at which the first of its tickets was opened. Resolved is the
	// resolution that stands, or the zero Time. Subscription is empty, since an export does
	// not have it.
	Issue refund.Issue

	// Merged are the ids of the tickets that were merged into this one, directly or through
	// another one, sorted. The export may lack some of these tickets.
	Merged []string

	// History lists the events of all its tickets, sorted by time.
	History []Event

	// Warnings are the doubts that a reviewer should look at, without repetitions.
	Warnings []Warning
}

// An Event is one step in a ticket's history. The zero Event is not valid.
type Event struct {
	Kind   Kind
	At     time.Time
	By     string // the id of the user who made the change; empty if the export lacks it
	Ticket string // the id of the ticket
	Status string // the ticket's status after the change, as the export names it
}

// Collect returns all tickets of a sequence from [Zendesk] or [Jira]. If the sequence has an
// error, Collect returns only the error, since a log that lacks some issues would change a
// refund. The error joins at most 100 errors of the sequence.
func Collect(seq iter.Seq2[Ticket, error]) ([]Ticket, error) {
	list, err := elements.Collect(seq)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Issues returns the issues of all tickets, in their order. Without tickets it returns an
// empty log, not a nil one.
func Issues(list []Ticket) refund.IssueLog {
	log := make(refund.IssueLog, 0, len(list))
	for i := range list {
		log = append(log, list[i].Issue)
	}
	return log
}
