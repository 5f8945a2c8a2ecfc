package evidence

import "time"

// A Header has the fields that calls, recordings and chats share. The zero Header is not
// valid in a log.
type Header struct {
	// ID names the record. Required, and unique among the records of the same kind. It
	// appears in reports and findings: do not use a telephone number or a name.
	ID string

	// Account is the id of the customer's account, compared byte for byte with that of the
	// subscription. Empty means unknown.
	Account string

	// Agent is the agent who helped the customer. Optional.
	Agent string

	// Issues are the ids of the issues that the record is about, in any order, at most
	// [refund.MaxIssues]. Nil and empty both mean that it names no issue.
	Issues []string

	// Start and End are the first and the last instant of the record. Required. End must not
	// be before Start.
	Start, End time.Time

	// StartedBy is the side that started the conversation. Unset means unknown: [Review]
	// then assumes that it was the customer, who has the benefit of the doubt.
	StartedBy Side
}
