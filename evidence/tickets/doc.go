// Package tickets reads the histories of tickets from the exports of help desks, and
// returns the issues for the issue log of a case.
//
// The current status of a ticket does not show when its issue was resolved or whether it was
// reopened. The history of its status changes does. [Zendesk] reads ticket audits, and
// [Jira] reads issues with their changelogs. Both return a [Ticket] for each issue, with the
// resolution that stands and with the history for a reviewer:
//
//	list, err := tickets.Collect(tickets.Zendesk(file, tickets.Options{Until: c.Request.At}))
//	if err != nil {
//		return err
//	}
//	c.Issues = tickets.Issues(list)
//
// # Resolved and reopened
//
// A ticket is resolved while its status is one of Options.Resolved. A resolution is a
// change from another status to one of these. It stands until the ticket leaves these
// statuses. A change from one of them to another one, such as Zendesk's change from solved
// to closed, is neither a resolution nor a reopening.
//
// Changes after Options.Until do not count: under the published policy, asking fixes the
// amount, so a ticket that the customer reopens after asking is still resolved.
//
// Only the status after the last change of an update counts. If an agent solves a ticket and
// a trigger opens it in the same audit, the audit is not a resolution.
//
// # Merged tickets are one issue
//
// When tickets are merged, the issue has the id and the resolution of the ticket that
// remains. Closing a ticket by a merge is not a resolution. The issue was opened when the
// first of its tickets was opened. Ticket.Merged has the ids of the other tickets, since
// calls and chats may name them.
//
// # Tickets of other customers
//
// An export has the tickets of many customers and does not name subscriptions. The host
// selects the tickets of its case. It may set Issue.Subscription.
//
// # Errors
//
// An audit or issue with faults is returned as an error, and reading continues. The error is
// a [*github.com/kasperinfotech/refundpolicy/evidence.LineError] with the path of each fault,
// such as "audits[3].created_at". A ticket is not returned if one of its audits has a fault
// or if its creation is missing. Only the fields that this package needs are checked; all
// others are ignored. A ticket that can be read but leaves a doubt has a [Warning].
//
// # Privacy
//
// Tickets and events print as counts and kinds, in structured logs too, and cannot be
// encoded, for example as JSON. Errors do not quote the file.
//
// # Compatibility
//
// Codes (of kinds and warnings) and the paths of faults are a contract: they may be
// retired, never renamed. Reasons may be reworded.
package tickets
