package evidence

import (
	"io/fs"
	"iter"
	"mime"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Validate returns nil if the log is sound, else a [*refund.InvalidError] with every
// fault, at paths such as "calls[3].end": ids that are missing or used twice, in
// whatever lists; an end before its start; an answer outside the call; messages
// outside the span or out of order; unknown sides; an issue named twice; media without
// a name, size, digest or type that could be right.
//
// [Review] takes any log, and goes by its documented rules where one is faulty.
func (l Log) Validate() error {
	v := validation{ids: make(map[string]string, l.Len())}
	for r := range l.records() {
		v.in = element(r.kind.String()+"s", r.index)
		v.record(&r)
	}
	return v.err()
}

// Validate is [Log.Validate] for one call: paths are those of its fields, such as
// "end".
func (c Call) Validate() error { return Log{Calls: []Call{c}}.validateOne() }

// Validate is [Log.Validate] for one recording.
func (r Recording) Validate() error { return Log{Recordings: []Recording{r}}.validateOne() }

// Validate is [Log.Validate] for one chat.
func (c Chat) Validate() error { return Log{Chats: []Chat{c}}.validateOne() }

func (l Log) validateOne() error {
	var v validation
	for r := range l.records() {
		v.record(&r)
	}
	return v.err()
}

// A validation collects faults.
type validation struct {
	in     string            // the path of the record; "" for one alone
	ids    map[string]string // the path of the first record with an id
	faults []refund.Fault
}

func (v *validation) err() error {
	if v.faults == nil {
		return nil
	}
	return &refund.InvalidError{Faults: v.faults}
}

func (v *validation) add(field, reason string) {
	if v.in != "" {
		field = v.in + "." + field
	}
	v.faults = append(v.faults, refund.Fault{Path: field, Reason: reason})
}

func (v *validation) record(r *record) {
	h := r.header
	if h.ID == "" {
		v.add("id", "is required")
	} else if first, used := v.ids[h.ID]; used {
		v.add("id", "is the id of "+first+" too")
	} else if v.ids != nil {
		v.ids[h.ID] = v.in
	}
	for i, first := range repeats(len(h.Issues), func(i int) string { return h.Issues[i] }) {
		if h.Issues[i] == "" {
			v.add(element("issues", i), "is empty")
		} else if first != i {
			v.add(element("issues", i), "is "+element("issues", first)+" again")
		}
	}
	started, ended := v.instant("start", h.Start), v.instant("end", h.End)
	spans := started && ended
	if spans && instantOf(h.End).before(instantOf(h.Start)) {
		v.add("end", "is before start")
		spans = false
	}
	if h.StartedBy != 0 && h.StartedBy.fault() != "" {
		v.add("started_by", h.StartedBy.fault())
	}
	if r.call != nil && !r.call.Answered.IsZero() && spans && !within(r.call.Answered, h) {
		v.add("answered", "is not from start to end")
	}
	v.media(r.media)
	v.messages(r, spans)
}

func (v *validation) instant(field string, t time.Time) bool {
	switch {
	case t.IsZero():
		v.add(field, "is required")
	case t.UTC().Year() < 1 || t.UTC().Year() > 9999:
		v.add(field, "is outside the years 1 to 9999")
	default:
		return true
	}
	return false
}

func (v *validation) media(media []Media) {
	for i, first := range repeats(len(media), func(i int) string { return media[i].Name }) {
		m := &media[i]
		in := element("media", i) + "."
		if m.Name == "" {
			v.add(in+"name", "is required")
		} else if !fs.ValidPath(m.Name) || m.Name == "." {
			v.add(in+"name", "is no path of a file such as calls/17.ogg")
		} else if first != i {
			v.add(in+"name", "is that of "+element("media", first)+" too")
		}
		if m.Size < 0 {
			v.add(in+"size", strconv.FormatInt(m.Size, 10)+" is negative")
		}
		if m.SHA256 == "" {
			v.add(in+"sha256", "is required")
		} else if !isSHA256(m.SHA256) {
			v.add(in+"sha256", "is not 64 hexadecimal digits in lower case")
		}
		if m.Type == "" {
			v.add(in+"type", "is required")
		} else if !isMIMEType(m.Type) {
			v.add(in+"type", "is no MIME type such as audio/ogg")
		}
	}
}

func isSHA256(s string) bool {
	_, err := refund.ParseDigest(s)
	return err == nil
}

func isMIMEType(s string) bool {
	mediaType, _, err := mime.ParseMediaType(s)
	major, minor, slash := strings.Cut(mediaType, "/")
	return err == nil && slash && major != "" && minor != ""
}

func (v *validation) messages(r *record, spans bool) {
	name := "messages"
	if r.call != nil {
		name = "transcript"
	}
	for i := range r.messages {
		m := &r.messages[i]
		in := element(name, i) + "."
		if v.instant(in+"at", m.At) {
			if spans && !within(m.At, r.header) {
				v.add(in+"at", "is not from start to end")
			}
			if i > 0 && instantOf(m.At).before(instantOf(r.messages[i-1].At)) {
				v.add(in+"at", "is before the message before it")
			}
		}
		if reason := m.From.fault(); reason != "" {
			v.add(in+"from", reason)
		}
	}
}

func within(t time.Time, h *Header) bool {
	at := instantOf(t)
	return !at.before(instantOf(h.Start)) && !instantOf(h.End).before(at)
}

func element(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// repeats returns, for each index below n, the first one that has the same text.
func repeats(n int, text func(i int) string) iter.Seq2[int, int] {
	return func(yield func(i, first int) bool) {
		switch n { // mostly: no map for it
		case 0:
			return
		case 1:
			yield(0, 0)
			return
		}
		firsts := make(map[string]int, n)
		for i := range n {
			first, repeated := firsts[text(i)]
			if !repeated {
				first = i
				firsts[text(i)] = i
			}
			if !yield(i, first) {
				return
			}
		}
	}
}

// An instant is a time.Time that compares fast, and without the monotonic clock.
type instant struct {
	second     int64
	nanosecond int32
}

func instantOf(t time.Time) instant { return instant{t.Unix(), int32(t.Nanosecond())} }

func (i instant) before(j instant) bool {
	return i.second < j.second || i.second == j.second && i.nanosecond < j.nanosecond
}

func (i instant) compare(j instant) int {
	switch {
	case i.before(j):
		return -1
	case j.before(i):
		return 1
	}
	return 0
}
