package evidence

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/canon"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Digest returns a digest of every field of every record. It does not depend on the order
// of the records, on the order of the issues and media in a record, or on the locations of
// the instants.
//
// The digest is the SHA-256 of a text. Its first line is "refundpolicy evidence log 1". Then
// it has one line for each record, sorted: the SHA-256 of the record's canonical form, in
// hexadecimal.
//
// The canonical form begins with a line such as "refundpolicy evidence call 1". Like the
// forms of [refund.Digest], it then has a line for each field that is given: its name, a
// space, the length of its value in bytes, a space, and the value. Fields of messages and
// media are always written, even if they are empty. An instant is written as the seconds
// since 1970, a point, and nine digits of nanoseconds.
func (l Log) Digest() refund.Digest {
	var sums []refund.Digest
	form := canon.New("")
	for _, r := range l.records() {
		r.write(form)
		sums = append(sums, form.Sum())
	}
	slices.SortFunc(sums, func(a, b refund.Digest) int { return slices.Compare(a[:], b[:]) })
	h := sha256.New()
	h.Write(canon.New("evidence log").Bytes())
	line := make([]byte, hex.EncodedLen(sha256.Size)+1)
	line[len(line)-1] = '\n'
	for i := range sums {
		hex.Encode(line, sums[i][:])
		h.Write(line)
	}
	return refund.Digest(h.Sum(nil))
}

// write replaces the content of form by the canonical form of the record.
func (r *record) write(form *canon.Form) {
	form.Reset("evidence " + r.kind.String())
	h := r.header
	form.Given("id", h.ID)
	form.Given("account", h.Account)
	form.Given("agent", h.Agent)
	for _, id := range sorted(h.Issues, strings.Compare) {
		form.Text("issue", id)
	}
	form.Instant("start", h.Start)
	form.Instant("end", h.End)
	if h.StartedBy != 0 {
		form.Text("started_by", h.StartedBy.String())
	}
	if r.call != nil {
		form.Instant("answered", r.call.Answered)
		form.Given("from", r.call.From)
		form.Given("to", r.call.To)
	}
	form.Given("software", r.software)
	for _, m := range sorted(r.media, compareMedia) {
		form.Text("media.name", m.Name)
		form.Text("media.size", strconv.FormatInt(m.Size, 10))
		form.Text("media.sha256", m.SHA256)
		form.Text("media.type", m.Type)
	}
	for i := range r.messages {
		m := &r.messages[i]
		form.Text("message.at", canon.InstantText(m.At))
		form.Text("message.from", m.From.String())
		form.Text("message.text", m.Text)
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

// sorted returns a sorted copy of a list, or the list itself if it is sorted.
func sorted[T any](list []T, compare func(a, b T) int) []T {
	if slices.IsSortedFunc(list, compare) {
		return list
	}
	return slices.SortedFunc(slices.Values(list), compare)
}
