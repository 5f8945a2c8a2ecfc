package evidence

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Digest names the log by its content, so that what was reviewed can be told in a
// finding and found again: every field of every record, whatever the order of the
// records, of the issues and the media of a record, and the locations of the instants.
//
// The digest is the SHA-256 of the line "refundpolicy evidence log 1" and, sorted, a
// line for each record: the SHA-256 of its canonical form in hexadecimal. That form
// begins with a line such as "refundpolicy evidence call 1"; then it has, as those of
// [refund.Digest] do, a line for each field that is given: its name, a blank, the
// length of its value in bytes, a blank, and the value. The fields of messages and
// media are all there, given or not. Instants are seconds since 1970, a point, and
// nine digits of nanoseconds.
func (l Log) Digest() refund.Digest {
	sums := make([]refund.Digest, 0, l.Len())
	var c canon
	for r := range l.records() {
		c.b = c.b[:0]
		c.record(&r)
		sums = append(sums, sha256.Sum256(c.b))
	}
	slices.SortFunc(sums, func(a, b refund.Digest) int { return slices.Compare(a[:], b[:]) })
	h := sha256.New()
	h.Write([]byte("refundpolicy evidence log 1\n"))
	line := make([]byte, hex.EncodedLen(sha256.Size)+1)
	line[len(line)-1] = '\n'
	for i := range sums {
		hex.Encode(line, sums[i][:])
		h.Write(line)
	}
	return refund.Digest(h.Sum(nil))
}

// A canon is a canonical form under construction.
type canon struct{ b []byte }

func (c *canon) record(r *record) {
	c.b = append(c.b, "refundpolicy evidence "...)
	c.b = append(c.b, r.kind.String()...)
	c.b = append(c.b, " 1\n"...)
	h := r.header
	c.given("id", h.ID)
	c.given("account", h.Account)
	c.given("agent", h.Agent)
	for _, id := range sorted(h.Issues, strings.Compare) {
		c.always("issue", id)
	}
	c.instant("start", h.Start)
	c.instant("end", h.End)
	if h.StartedBy != 0 {
		c.always("started_by", h.StartedBy.String())
	}
	if r.call != nil {
		c.instant("answered", r.call.Answered)
		c.given("from", r.call.From)
		c.given("to", r.call.To)
	}
	c.given("software", r.software)
	for _, m := range sorted(r.media, compareMedia) {
		c.always("media.name", m.Name)
		c.always("media.size", strconv.FormatInt(m.Size, 10))
		c.always("media.sha256", m.SHA256)
		c.always("media.type", m.Type)
	}
	for i := range r.messages {
		m := &r.messages[i]
		c.always("message.at", instantText(m.At))
		c.always("message.from", m.From.String())
		c.always("message.text", m.Text)
	}
}

func compareMedia(a, b Media) int {
	return cmp.Or(
		strings.Compare(a.Name, b.Name),
		strings.Compare(a.SHA256, b.SHA256),
		cmp.Compare(a.Size, b.Size),
		strings.Compare(a.Type, b.Type),
	)
}

// sorted returns a list in order: itself, if it is.
func sorted[T any](list []T, compare func(a, b T) int) []T {
	if slices.IsSortedFunc(list, compare) {
		return list
	}
	return slices.SortedFunc(slices.Values(list), compare)
}

func (c *canon) given(name, value string) {
	if value != "" {
		c.always(name, value)
	}
}

func (c *canon) always(name, value string) {
	c.b = append(c.b, name...)
	c.b = append(c.b, ' ')
	c.b = strconv.AppendInt(c.b, int64(len(value)), 10)
	c.b = append(c.b, ' ')
	c.b = append(c.b, value...)
	c.b = append(c.b, '\n')
}

func (c *canon) instant(name string, t time.Time) { c.given(name, instantText(t)) }

// instantText is empty for the zero Time.
func instantText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	nanoseconds := strconv.Itoa(t.Nanosecond())
	return strconv.FormatInt(t.Unix(), 10) + "." + "000000000"[len(nanoseconds):] + nanoseconds
}
