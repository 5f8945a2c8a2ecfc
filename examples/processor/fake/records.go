package fake

import (
	"crypto/rand"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
)

// tick returns an instant after all earlier ones, so that instants have the order of the changes.
func (f *Fake) tick() time.Time {
	f.last = f.last.Add(time.Microsecond)
	if now := f.o.Now().UTC().Truncate(time.Microsecond); now.After(f.last) {
		f.last = now
	}
	return f.last
}

// create adds a record in its first state.
func (f *Fake) create(r processor.Record, state string) processor.Record {
	if r.ID == "" {
		r.ID = r.Type + "_" + rand.Text()
	}
	if r.At.IsZero() {
		r.At = f.tick()
	}
	f.list = append(f.list, &r)
	return f.enter(&r, state)
}

// enter brings a record into a state, and sends a webhook.
func (f *Fake) enter(r *processor.Record, state string) processor.Record {
	if r.State == "pending" && state == "succeeded" {
		r.At = f.tick()
	} else if state == "failed" || state == "won" || state == "lost" {
		r.EndedAt = f.tick()
	}
	r.State = state
	f.emit(*r)
	return *r
}

// find returns the record of a type with an id, or nil.
func (f *Fake) find(kind, id string) *processor.Record {
	for _, r := range f.list {
		if r.Type == kind && r.ID == id {
			return r
		}
	}
	return nil
}
