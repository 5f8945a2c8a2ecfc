package tickets

import (
	"slices"
	"strings"
	"time"
)

// Options control how an export is read. The zero Options have the defaults given below.
// Upper and lower case are the same in all names.
type Options struct {
	// Resolved are the statuses in which a ticket is resolved. If nil, defaults to solved and
	// closed for Zendesk, and to Done, Resolved and Closed for Jira.
	Resolved []string

	// Dismissed are Jira's resolutions that close an issue without resolving it. If nil,
	// defaults to Won't Do, Won't Fix, Declined, Duplicate, Cannot Reproduce and Incomplete.
	// It does not apply to Zendesk.
	Dismissed []string

	// DuplicateLink is the type of Jira's issue links that merges two issues. Defaults to
	// Duplicate. It does not apply to Zendesk.
	DuplicateLink string

	// Until is the last instant at which a change may affect Issue.Resolved. Later changes
	// are in the history only. If zero, all changes count.
	//
	// Pass the instant of the request to a case that is judged with
	// refund.ResolvedUntilRequest: asking fixes the amount, so a customer who reopens tickets
	// after asking must not raise it.
	Until time.Time
}

// counts reports whether a change at an instant may affect the resolution that stands.
func (o Options) counts(at time.Time) bool { return o.Until.IsZero() || !at.After(o.Until) }

// zendesk returns the options with the defaults for Zendesk.
func (o Options) zendesk() Options {
	if o.Resolved == nil {
		o.Resolved = []string{"solved", "closed"}
	}
	o.Dismissed = nil
	return o
}

// jira returns the options with the defaults for Jira.
func (o Options) jira() Options {
	if o.Resolved == nil {
		o.Resolved = []string{"Done", "Resolved", "Closed"}
	}
	if o.Dismissed == nil {
		o.Dismissed = []string{"Won't Do", "Won't Fix", "Declined", "Duplicate", "Cannot Reproduce", "Incomplete"}
	}
	if o.DuplicateLink == "" {
		o.DuplicateLink = "Duplicate"
	}
	return o
}

// resolved reports whether a ticket with this status and resolution is resolved.
func (o Options) resolved(status, resolution string) bool {
	return has(o.Resolved, status) && !has(o.Dismissed, resolution)
}

func has(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}
