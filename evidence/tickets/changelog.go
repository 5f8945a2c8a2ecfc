package tickets

import (
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
)

func (d *desk) readIssue(j *jiraIssue, r *strict.Reader) {
	r.Object(
		strict.TextField("key", &j.key).Required(),
		strict.ValueField("fields", func(r *strict.Reader) { d.readFields(j, r) }).Required(),
		strict.ValueField("changelog", func(r *strict.Reader) {
			r.Object(
				strict.ValueField("total", func(r *strict.Reader) { j.total = r.Integer(64) }),
				strict.ValueField("histories", func(r *strict.Reader) {
					r.Array(func() {
						j.histories++
						d.readHistory(j, r)
					})
				}).Required(),
				strict.Rest,
			)
		}).Required(),
		strict.Rest,
	)
}

func (d *desk) readFields(j *jiraIssue, r *strict.Reader) {
	r.Object(
		strict.ValueField("created", func(r *strict.Reader) { j.created = readTime(r) }).Required(),
		optional("creator", func(r *strict.Reader) { j.creator = d.readUser(r) }),
		strict.ValueField("status", func(r *strict.Reader) {
			r.Object(
				strict.ValueField("name", func(r *strict.Reader) { j.status = d.readName(r) }).Required(),
				optional("statusCategory", func(r *strict.Reader) {
					r.Object(optional("key", func(r *strict.Reader) { j.category = d.readName(r) }), strict.Rest)
				}),
				strict.Rest,
			)
		}).Required(),
		optional("resolution", func(r *strict.Reader) {
			r.Object(strict.ValueField("name", func(r *strict.Reader) { j.resolution = d.readName(r) }).Required(), strict.Rest)
		}),
		optional("issuelinks", func(r *strict.Reader) { r.Array(func() { d.readLink(j, r) }) }),
		strict.Rest,
	)
}

// readLink reads a link to another issue, and keeps it if one duplicates the other.
func (d *desk) readLink(j *jiraIssue, r *strict.Reader) {
	var duplicate bool
	var outward, inward string
	issue := func(key *string) func(*strict.Reader) {
		return func(r *strict.Reader) {
			r.Object(strict.ValueField("key", func(r *strict.Reader) { *key = d.readName(r) }).Required(), strict.Rest)
		}
	}
	r.Object(
		strict.ValueField("type", func(r *strict.Reader) {
			r.Object(strict.ValueField("name", func(r *strict.Reader) {
				b, _ := r.TextBytes()
				duplicate = strings.EqualFold(string(b), d.options.DuplicateLink)
			}).Required(), strict.Rest)
		}).Required(),
		optional("outwardIssue", issue(&outward)),
		optional("inwardIssue", issue(&inward)),
		strict.Rest,
	)
	if duplicate && outward != "" {
		j.twice = j.twice || j.into != "" && j.into != outward
		j.into = outward
	}
	if duplicate && inward != "" {
		j.duplicates = append(j.duplicates, inward)
	}
}

// readHistory reads one update, and keeps its changes of status and resolution.
func (d *desk) readHistory(j *jiraIssue, r *strict.Reader) {
	var at time.Time
	var by string
	var order int64
	first := len(j.changes)
	r.Object(
		strict.ValueField("id", func(r *strict.Reader) {
			b, ok := r.TextBytes()
			n, err := strconv.ParseInt(string(b), 10, 64)
			if ok && err != nil {
				r.Fault("is not a whole number")
			}
			order = n
		}).Required(),
		optional("author", func(r *strict.Reader) { by = d.readUser(r) }),
		strict.ValueField("created", func(r *strict.Reader) { at = readTime(r) }).Required(),
		strict.ValueField("items", func(r *strict.Reader) { r.Array(func() { d.readItem(j, r) }) }).Required(),
		strict.Rest,
	)
	for i := range j.changes[first:] {
		c := &j.changes[first+i]
		c.at, c.order, c.index, c.by = at, order, i, by
	}
}

func (d *desk) readItem(j *jiraIssue, r *strict.Reader) {
	c := change{known: true}
	var status bool
	name := func(s *string) func(*strict.Reader) {
		return func(r *strict.Reader) {
			if r.Peek() != '"' {
				r.Skip()
			} else if b, _ := r.TextBytes(); len(b) <= longestName {
				*s = d.name(b)
			} else {
				*s = longerName
			}
		}
	}
	r.Object(
		strict.ValueField("field", func(r *strict.Reader) {
			b, _ := r.TextBytes()
			status, c.ofResolution = string(b) == "status", string(b) == "resolution"
		}).Required(),
		strict.ValueField("fromString", name(&c.from)),
		strict.ValueField("toString", name(&c.to)),
		strict.Rest,
	)
	switch {
	case !status && !c.ofResolution:
	case c.from == longerName:
		r.FaultBelow("fromString", longName)
	case c.to == longerName:
		r.FaultBelow("toString", longName)
	case status && c.from == "":
		r.FaultBelow("fromString", "is required: a status")
	case status && c.to == "":
		r.FaultBelow("toString", "is required: a status")
	case len(j.changes) <= maxChanges:
		j.changes = append(j.changes, c)
	}
}

const (
	longName   = "is longer than 100 bytes"
	longerName = "\x00" // stands for a name that is longer
)

// readName reads a name of at most longestName bytes.
func (d *desk) readName(r *strict.Reader) string {
	b, _ := r.TextBytes()
	if len(b) > longestName {
		r.Fault(longName)
		return ""
	}
	return d.name(b)
}

// readUser reads the id of a user.
func (d *desk) readUser(r *strict.Reader) string {
	var account, key, name string
	r.Object(
		optional("accountId", func(r *strict.Reader) { account = d.readName(r) }),
		optional("key", func(r *strict.Reader) { key = d.readName(r) }),
		optional("name", func(r *strict.Reader) { name = d.readName(r) }),
		strict.Rest,
	)
	switch {
	case account != "":
		return account
	case key != "":
		return key
	}
	return name
}

// readTime reads an instant in RFC 3339 or in Jira's form, whose offset has no colon.
func readTime(r *strict.Reader) time.Time {
	b, ok := r.TextBytes()
	if !ok {
		return time.Time{}
	}
	if n := len(b) - 5; n > 0 && (b[n] == '+' || b[n] == '-') {
		b = append(append(append(make([]byte, 0, n+6), b[:n+3]...), ':'), b[n+3:]...)
	}
	at, reason := instant.Parse(b)
	if reason != "" {
		r.Fault(reason)
	}
	return at
}
