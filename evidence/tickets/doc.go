// Package tickets reads the histories of tickets from the exports of help desks, and
// makes the issue log of a case from them.
//
// The last status of a ticket does not say when an issue was resolved, nor whether it was
// reopened; the history of its status changes does. [Zendesk] reads ticket audits and
// [Jira] reads issues with their changelogs. Both return a [Ticket] for each issue, with
// the resolution that stands, if there is one, and the history for a reviewer:
//
//	list, err := tickets.Collect(tickets.Zendesk(file, tickets.Options{}))
//	if err != nil {
//		return err
//	}
//	c.Issues = tickets.Issues(list)
//
// # Resolved and reopened
//
// A ticket is resolved while its status is one of Options.Resolved. A resolution is a
// change into such a status from any other, and it stands unless a later change leaves
// them again. A change between two of them, such as Zendesk's from solved to closed, is
// neither. The changes of one update count together: a ticket that an agent solves and a
// trigger opens in the same audit was not resolved.
//
// # Merged tickets are one issue
//
// The ticket that the others were merged into gives the issue its id and its resolution:
// closing a ticket by a merge resolves nothing. The issue was opened when the first of
// them was. [Ticket] names the others in Merged, since calls and chats may name those.
//
// # Whose ticket it is
//
// An export has the tickets of many customers, and names no subscription. A host keeps
// those of its case. It may set Issue.Subscription.
//
// # What cannot be read
//
// An audit or issue that is wrong comes as a [*github.com/kasperinfotech/refundpolicy/evidence.LineError] with every fault by
// its path, such as "audits[3].created_at", and reading continues. A ticket of which an
// audit is wrong, or whose beginning is missing, is not returned. Only the fields that
// matter are read, strictly; any other field is passed over. A ticket that can be read
// and leaves a doubt has a [Warning].
//
// # Privacy
//
// Tickets and events print as counts and kinds, in structured logs too, and refuse to be
// written as JSON. Errors quote no text of a file.
//
// # Compatibility
//
// Codes (of kinds and warnings) and the paths of faults are a contract: they may be
// retired, never renamed. Reasons may be reworded.
package tickets
