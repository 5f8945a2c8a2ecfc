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

// Validate returns nil if the log is sound. Otherwise it returns a [*refund.InvalidError]
// with a fault at each path, such as "calls[3].end", at which
//
//   - an id is missing, or is that of another record of the same kind,
//   - a record has no start or no end, or ends before it starts,
//   - a side is not known,
//   - a call was answered before it started or after it ended,
//   - a message was sent before or after the record, or before the previous message,
//   - an id of an issue is empty or named twice, or more than [refund.MaxIssues] are named,
//   - a file has no valid name, size, digest or type, or the name of another file.
//
// If there are more than 1000 faults, the error has the first 1000, and one with an empty
// path that says that there are more.
//
// [Review] accepts a log that is not sound. Its documentation says how it treats faults.
func (l Log) Validate() error {
	var v validator
	first := map[Ref]string{} // the path of the first record with a kind and id
	for _, r := range l.records() {
		path := r.path()
		v.in = path + "."
		if other, used := first[r.ref()]; !used {
			first[r.ref()] = path
		} else if r.header.ID != "" {
			v.add("id", "repeats the id of "+other)
		}
		v.record(&r)
	}
	return v.err()
}

// Validate is [Log.Validate] for one call. Paths are those of its fields, such as "end".
func (c Call) Validate() error { return Log{Calls: []Call{c}}.validateOne() }

// Validate is [Log.Validate] for one recording. Paths are those of its fields.
func (r Recording) Validate() error { return Log{Recordings: []Recording{r}}.validateOne() }

// Validate is [Log.Validate] for one chat. Paths are those of its fields.
func (c Chat) Validate() error { return Log{Chats: []Chat{c}}.validateOne() }

func (l Log) validateOne() error {
	var v validator
	for _, r := range l.records() {
		v.record(&r)
	}
	return v.err()
}

// A validator collects the faults of records.
type validator struct {
	in     string // the path of the record and a point; empty to validate one record
	faults refund.Faults
	more   bool // there are more faults than maxFaults
}

// maxFaults bounds the memory: a file may have several faults in every three bytes.
const maxFaults = 1000

func (v *validator) add(field, reason string) {
	switch {
	case reason == "":
	case len(v.faults) == maxFaults:
		v.more = true
	default:
		v.faults.Add(v.in+field, reason)
	}
}

// addAt adds a fault of an element of a list, or of a field of it, such as ".name".
func (v *validator) addAt(list string, i int, field, reason string) {
	if reason == "" || len(v.faults) == maxFaults {
		v.add("", reason)
		return
	}
	v.add(element(list, i)+field, reason)
}

func (v *validator) err() error {
	if v.more {
		v.faults.Add("", "has more than 1000 faults; these are the first")
	}
	return v.faults.Err()
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
		v.add("answered", "is not between start and end")
	}
	v.media(r.media)
	v.messages(r, spans)
}

func (v *validator) issues(ids []string) {
	if len(ids) > refund.MaxIssues {
		v.add("issues", "has more than "+strconv.Itoa(refund.MaxIssues)+" entries")
		return
	}
	firsts := map[string]int{}
	for i, id := range ids {
		first, again := firsts[id]
		if !again {
			firsts[id] = i
		}
		switch {
		case id == "":
			v.addAt("issues", i, "", "is empty")
		case again:
			v.addAt("issues", i, "", "repeats "+element("issues", first))
		}
	}
}

func (v *validator) media(media []Media) {
	firsts := map[string]int{}
	for i := range media {
		m := &media[i]
		add := func(field, reason string) { v.addAt("media", i, field, reason) }
		first, again := firsts[m.Name]
		if !again {
			firsts[m.Name] = i
		}
		switch {
		case m.Name == "":
			add(".name", "is required")
		case !fs.ValidPath(m.Name) || m.Name == ".":
			add(".name", "is not a relative path such as calls/17.ogg")
		case again:
			add(".name", "repeats the name of "+element("media", first))
		}
		if m.Size < 0 {
			add(".size", "is negative")
		}
		if m.SHA256 == "" {
			add(".sha256", "is required")
		} else if _, err := refund.ParseDigest(m.SHA256); err != nil {
			add(".sha256", "is not 64 hexadecimal digits in lower case")
		}
		if m.Type == "" {
			add(".type", "is required")
		} else if !isMIMEType(m.Type) {
			add(".type", "is not a MIME type such as audio/ogg")
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
		fault := instant.Fault(m.At)
		v.addAt(name, i, ".at", fault)
		if fault == "" && spans && !r.header.during(m.At) {
			v.addAt(name, i, ".at", "is not between start and end")
		}
		if fault == "" && i > 0 && instant.Before(m.At, r.messages[i-1].At) {
			v.addAt(name, i, ".at", "is before the previous message")
		}
		v.addAt(name, i, ".from", sideCodes.Fault(m.From))
	}
}

// during reports whether t is from Start to End.
func (h *Header) during(t time.Time) bool {
	return !instant.Before(t, h.Start) && !instant.Before(h.End, t)
}

func element(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
