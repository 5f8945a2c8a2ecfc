package evidence

import (
	"io/fs"
	"mime"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
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
	var v validator
	first := map[string]string{} // the path of the first record with an id
	for _, r := range l.records() {
		path := r.path()
		v.in = path + "."
		if other, used := first[r.header.ID]; !used {
			first[r.header.ID] = path
		} else if r.header.ID != "" {
			v.add("id", "is the id of "+other+" too")
		}
		v.record(&r)
	}
	return v.faults.Err()
}

// Validate is [Log.Validate] for one call: paths are those of its fields, such as
// "end".
func (c Call) Validate() error { return Log{Calls: []Call{c}}.validateOne() }

// Validate is [Log.Validate] for one recording.
func (r Recording) Validate() error { return Log{Recordings: []Recording{r}}.validateOne() }

// Validate is [Log.Validate] for one chat.
func (c Chat) Validate() error { return Log{Chats: []Chat{c}}.validateOne() }

func (l Log) validateOne() error {
	var v validator
	for _, r := range l.records() {
		v.record(&r)
	}
	return v.faults.Err()
}

// A validator collects the faults of records.
type validator struct {
	in     string // the path of the record with a point; empty for one alone
	faults refund.Faults
}

func (v *validator) add(field, reason string) {
	if reason != "" {
		v.faults.Add(v.in+field, reason)
	}
}

func (v *validator) record(r *record) {
	h := r.header
	if h.ID == "" {
		v.add("id", "is required")
	}
	v.issues(h.Issues)
	v.add("start", instant.Fault(h.Start))
	v.add("end", instant.Fault(h.End))
	start, end := instant.Of(h.Start), instant.Of(h.End)
	spans := start.Given() && end.Given()
	if spans && end.Before(start) {
		v.add("end", "is before start")
		spans = false
	}
	if h.StartedBy != 0 {
		v.add("started_by", sideCodes.Fault(h.StartedBy))
	}
	if r.call != nil && !r.call.Answered.IsZero() && spans && !h.during(r.call.Answered) {
		v.add("answered", "is not from start to end")
	}
	v.media(r.media)
	v.messages(r, spans)
}

func (v *validator) issues(ids []string) {
	firsts := map[string]int{}
	for i, id := range ids {
		first, again := firsts[id]
		if !again {
			firsts[id] = i
		}
		switch {
		case id == "":
			v.add(element("issues", i), "is empty")
		case again:
			v.add(element("issues", i), "is "+element("issues", first)+" again")
		}
	}
}

func (v *validator) media(media []Media) {
	firsts := map[string]int{}
	for i := range media {
		m := &media[i]
		in := element("media", i) + "."
		first, again := firsts[m.Name]
		if !again {
			firsts[m.Name] = i
		}
		switch {
		case m.Name == "":
			v.add(in+"name", "is required")
		case !fs.ValidPath(m.Name) || m.Name == ".":
			v.add(in+"name", "is not a path of a file such as calls/17.ogg")
		case again:
			v.add(in+"name", "is that of "+element("media", first)+" too")
		}
		if m.Size < 0 {
			v.add(in+"size", strconv.FormatInt(m.Size, 10)+" is negative")
		}
		if m.SHA256 == "" {
			v.add(in+"sha256", "is required")
		} else if _, err := refund.ParseDigest(m.SHA256); err != nil {
			v.add(in+"sha256", "is not 64 hexadecimal digits in lower case")
		}
		if m.Type == "" {
			v.add(in+"type", "is required")
		} else if !isMIMEType(m.Type) {
			v.add(in+"type", "is not a MIME type such as audio/ogg")
		}
	}
}

func isMIMEType(s string) bool {
	mediaType, _, err := mime.ParseMediaType(s)
	major, minor, slash := strings.Cut(mediaType, "/")
	return err == nil && slash && major != "" && minor != ""
}

func (v *validator) messages(r *record, spans bool) {
	name := "messages"
	if r.call != nil {
		name = "transcript"
	}
	for i := range r.messages {
		m := &r.messages[i]
		in := element(name, i) + "."
		fault := instant.Fault(m.At)
		v.add(in+"at", fault)
		if fault == "" && spans && !r.header.during(m.At) {
			v.add(in+"at", "is not from start to end")
		}
		if fault == "" && i > 0 && instant.Before(m.At, r.messages[i-1].At) {
			v.add(in+"at", "is before the message before it")
		}
		v.add(in+"from", sideCodes.Fault(m.From))
	}
}

// during reports whether t is from Start to End.
func (h *Header) during(t time.Time) bool {
	return !instant.Before(t, h.Start) && !instant.Before(h.End, t)
}

func element(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
