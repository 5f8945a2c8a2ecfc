// Package tickets reads the histories of tickets from the exports of help desks, and
// returns the issues for the issue log of a case.
//
// The last status of a ticket does not say when its issue was resolved, nor whether it was
// reopened. The history of its status changes does. [Zendesk] reads ticket audits, and
// [Jira] reads issues with their changelogs. Both return a [Ticket] for each issue, with
// the resolution that stands and the history for a reviewer:
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
// change from any other status into one of these. It stands unless the ticket leaves these
// statuses later. A change from one of them to another, such as Zendesk's change from
// solved to closed, is neither a resolution nor a reopening.
//
// All changes of one update count together. A ticket that an agent solves and a trigger
// opens in the same audit is not resolved by that audit.
//
// # Merged tickets are one issue
//
// When tickets are merged, the one that remains gives the issue its id and its resolution.
// Closing a ticket by a merge is not a resolution. The issue was opened when the first of
// its tickets was. Ticket.Merged has the ids of the others, since calls and chats may name
// those.
//
// # Tickets of other customers
//
// An export has the tickets of many customers and does not name subscriptions. The host
// selects the tickets of its case. It may set Issue.Subscription.
//
// # Errors
//
// An audit or issue with faults is returned as an error, a
// [*github.com/kasperinfotech/refundpolicy/evidence.LineError] with every fault by its path,
// such as "audits[3].created_at", and reading continues. A ticket is not returned if one of
// its audits has a fault or if its creation is missing. The fields that matter are read
// strictly, and all others are ignored. A ticket that can be read but leaves a doubt has a
// [Warning].
//
// # Privacy
//
// Tickets and events print as counts and kinds, in structured logs too, and cannot be
// written as JSON. Errors do not quote the file.
//
// # Compatibility
//
// Codes (of kinds and warnings) and the paths of faults are a contract: they may be
// retired, never renamed. Reasons may be reworded.
package tickets
