package tickets

import (
	"io"
	"iter"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/elements"
	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Jira returns the issues of an export of Jira issues with their changelogs, in the order of
// the file. The sequence can be ranged over once. It reads all of r before it returns the
// first ticket, and keeps only the events and links that it needs. An issue can have at most
// 10,000 changes of status and resolution.
//
// The file has issues as the API returns them with expand=changelog: in pages of a search
// ({"issues": […]}), as an array, or as JSON Lines. An issue has at most 16 MiB. The fields
// key, fields.created, fields.status and changelog.histories are required, and the
// histories must be complete.
//
//   - An issue was opened at fields.created by fields.creator. Its first status is the one
//     that its first status change replaces or, without such a change, the current one. The
//     same rule gives its first resolution.
//   - It is resolved while its status is one of Options.Resolved and its resolution is
//     not one of Options.Dismissed.
//   - A link of the type Options.DuplicateLink is a merge. If the link has an outwardIssue,
//     the issue was merged into that one. If it has an inwardIssue, that one was merged into
//     the issue. A link has no date, so the merge is not an event.
//   - Event.By is the author's accountId or, on a server, the author's key or name.
//
// An issue with faults, or one that appears twice, is returned at once, as an
// *evidence.LineError without a ticket. Any other error is an error of r. The sequence ends
// after an error of r, and after the fault of a file that is cut off.
//
// It follows these descriptions:
//
//   - https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/
//   - https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
func Jira(r io.Reader, o Options) iter.Seq2[Ticket, error] {
	return func(yield func(Ticket, error) bool) {
		d := newDesk(o.jira())
		if each(r, "issues", yield, d.jiraIssue) {
			d.yield(yield)
		}
	}
}

// A jiraIssue is one issue of an export.
type jiraIssue struct {
	key        string
	created    time.Time
	creator    string
	status     string
	category   string // the key of the status's category
	resolution string
	into       string   // the key of the issue that it duplicates
	twice      bool     // it duplicates two issues
	duplicates []string // the keys of the issues that duplicate it
	total      int64    // of its histories
	histories  int64
	changes    []change
}

// jiraIssue adds an issue.
func (d *desk) jiraIssue(e elements.Element) error {
	var j jiraIssue
	err := e.Decode(func(r *strict.Reader) { d.readIssue(&j, r) }, j.validate)
	if ident.Required(j.key) != "" {
		return err
	}
	known := d.byID[j.key] != nil
	t := d.ticket(j.key, e)
	switch {
	case err != nil:
		t.bad = true
		return err
	case known && t.bad:
		return nil
	case known:
		return t.fail("is an issue that appears twice in the file")
	case len(j.changes) > maxChanges:
		return t.fail("is an issue with more than 10000 changes")
	}
	t.opened, t.openedBy, t.changes, t.into, t.merged = j.created, j.creator, j.changes, j.into, j.into != ""
	if len(j.duplicates) > 0 {
		d.claims = append(d.claims, claim{by: t, ids: j.duplicates})
	}
	t.sort()
	if t.contradicts() {
		return t.fail("is an issue that has two different histories with one id")
	}
	t.status, t.resolution = j.status, j.resolution
	for i := len(t.changes) - 1; i >= 0; i-- {
		if c := &t.changes[i]; c.ofResolution {
			t.resolution = c.from
		} else {
			t.status = c.from
		}
	}
	t.replay(d.options)
	t.changes = nil
	if t.status != j.status || t.resolution != j.resolution {
		t.warn(WarningGap)
	}
	if j.category != "" && (j.category == "done") != has(d.options.Resolved, j.status) {
		t.warn(WarningStatus)
	}
	return nil
}

func (j *jiraIssue) validate() (faults refund.Faults) {
	faults.Add("key", ident.Required(j.key))
	faults.Add("fields.created", instant.Fault(j.created))
	if j.status == "" {
		faults.Add("fields.status.name", "is required")
	}
	if j.total > j.histories {
		faults.Add("changelog.histories", "are "+strconv.FormatInt(j.histories, 10)+" of "+strconv.FormatInt(j.total, 10)+
			": read all pages of the changelog")
	}
	if j.twice {
		faults.Add("fields.issuelinks", "name two issues that this one duplicates")
	}
	for i := range j.changes {
		if j.changes[i].at.Before(j.created) {
			faults.Add("changelog.histories", "begin before fields.created")
			break
		}
	}
	return faults
}
