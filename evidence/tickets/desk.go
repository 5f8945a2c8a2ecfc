package tickets

import (
	"io"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/elements"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// maxChanges is the largest number of changes of one ticket.
const maxChanges = 10_000

// A desk holds the tickets of a file, in the order in which they were first read. The
// changes of different tickets may be mixed, so a ticket is complete only at the end of the
// file.
type desk struct {
	options Options
	tickets []*ticket
	byID    map[string]*ticket
	names   map[string]string // one copy of each status and user id
	claims  []claim
}

// A claim is an audit or link that says that other tickets were merged into a ticket.
type claim struct {
	by     *ticket
	ids    []string
	at     time.Time // zero if it is not known
	author string
}

// A ticket is one ticket of an export, without those that were merged into it.
type ticket struct {
	id    string
	first elements.Element // where it was first read, without the text
	bad   bool             // an error was returned instead of the ticket

	opened             time.Time
	openedBy           string
	status, resolution string // at the beginning, and after replay at the end
	changes            []change

	into     string   // the id of the ticket that it was merged into, from its own audit or link
	claimed  *ticket  // the ticket that it was merged into, from a claim of that ticket
	absent   []string // the ids of the tickets merged into it that the export lacks
	merged   bool     // it was merged, into a known or an unknown ticket
	mergedAt time.Time
	mergedBy string

	target   *ticket // the ticket that it was merged into
	visit    int     // of desk.root
	events   []Event
	resolved time.Time
	warnings []Warning
}

// A change is a change of one field, which is the status unless ofResolution is set.
type change struct {
	at           time.Time
	order        int64 // of the update among those of one instant
	index        int   // in the update
	created      bool  // the ticket began with it
	ofResolution bool
	known        bool // from is known
	from, to, by string
}

func newDesk(o Options) *desk {
	return &desk{options: o, byID: map[string]*ticket{}, names: map[string]string{}}
}

// name returns the desk's copy of a name.
func (d *desk) name(b []byte) string {
	if s, ok := d.names[string(b)]; ok {
		return s
	}
	s := string(b)
	d.names[s] = s
	return s
}

// ticket returns the ticket with an id, which may be new.
func (d *desk) ticket(id string, e elements.Element) *ticket {
	t, ok := d.byID[id]
	if !ok {
		e.Text = nil
		t = &ticket{id: id, first: e}
		d.byID[id] = t
		d.tickets = append(d.tickets, t)
	}
	return t
}

func (t *ticket) warn(w Warning) {
	if !slices.Contains(t.warnings, w) {
		t.warnings = append(t.warnings, w)
	}
}

// fail excludes a ticket from those that are returned, and returns the reason as an error.
func (t *ticket) fail(reason string) error {
	t.bad = true
	return t.first.Err(refund.Faults{{Reason: reason}})
}

// add adds a change.
func (t *ticket) add(c change) error {
	if t.bad {
		return nil
	}
	if len(t.changes) == maxChanges {
		return t.fail("is of a ticket with more than 10000 changes")
	}
	t.changes = append(t.changes, c)
	return nil
}

// each reads all elements of a file. It returns false if the sequence is over because the
// consumer stopped or the file is broken.
func each(r io.Reader, list string, yield func(Ticket, error) bool, read func(elements.Element) error) bool {
	for e, err := range elements.Read(r, list) {
		if err == nil {
			err = read(e)
		}
		if err != nil && !yield(Ticket{}, err) || e.Last {
			return false
		}
	}
	return true
}
