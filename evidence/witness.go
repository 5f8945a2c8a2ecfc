package evidence

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A witness is a record as the rules of a review see it.
type witness struct {
	record
	start, end instant.Instant
	begins     bool // has a start
	spans      bool // has a start, and an end that is not before it
	damaged    bool // a check of one of its files failed
	speaks     bool // can support a resolution
	asks       bool // the customer asked for the refund in it
}

// witnesses returns the records in the order of a report's lists.
func witnesses(log *Log, failed map[Media]bool) []*witness {
	var list []*witness
	for _, r := range log.records() {
		w := &witness{record: r, start: instant.Of(r.header.Start), end: instant.Of(r.header.End)}
		w.begins = !w.start.IsZero()
		w.spans = w.begins && !w.end.IsZero() && !w.end.Before(w.start)
		w.damaged = slices.ContainsFunc(r.media, func(m Media) bool { return failed[m.content()] })
		w.speaks = w.spans && !w.damaged && (r.call == nil || !r.call.Answered.IsZero())
		list = append(list, w)
	}
	slices.SortFunc(list, (*witness).compare)
	return list
}

// compare orders records as the lists of a report do. Records that compare equal, which a
// sound log does not have, have the same Ref.
func (w *witness) compare(v *witness) int {
	return cmp.Or(
		w.start.Compare(v.start),
		strings.Compare(w.header.ID, v.header.ID),
		cmp.Compare(w.kind, v.kind),
	)
}

// named returns the ids of the issues that a record names, sorted, each once.
func (w *witness) named() []string {
	ids := w.header.Issues
	rises := true
	for i := 1; i < len(ids) && rises; i++ {
		rises = ids[i-1] < ids[i]
	}
	if rises {
		return ids
	}
	return slices.Compact(slices.Sorted(slices.Values(ids)))
}

// requestChannel maps the kind of a record to the channel of a request that is made in it.
var requestChannel = map[Kind]refund.Channel{KindCall: refund.ChannelPhone, KindChat: refund.ChannelOther}

// isRequest reports whether the customer made the request in the record.
func (w *witness) isRequest(q *refund.Request) bool {
	channel := requestChannel[w.kind]
	if channel == 0 || channel != q.Channel || !w.spans || q.At.IsZero() {
		return false
	}
	at := instant.Of(q.At)
	return !at.Before(w.start) && !w.end.Before(at)
}

// touches reports whether a record was made in the time of a resolution.
func (w *witness) touches(issue *refund.Issue) bool {
	return w.spans && timed(issue) && !instant.Of(issue.Resolved).Before(w.start) && !w.end.Before(instant.Of(issue.Opened))
}

// timed reports whether a resolution has a time: it has an opening, and is not before it.
func timed(issue *refund.Issue) bool {
	return !issue.Opened.IsZero() && !instant.Before(issue.Resolved, issue.Opened)
}
