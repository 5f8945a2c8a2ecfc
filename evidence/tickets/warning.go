package tickets

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Warning is a doubt that the history of a ticket leaves. The zero Warning is unset.
type Warning uint8

const (
	// WarningGap means that a change does not begin with the status before it, or that
	// the last one does not end with the status that the ticket has: changes are missing
	// from the export, and with them perhaps a reopening or a later resolution.
	WarningGap Warning = iota + 1

	// WarningStatus means that Zendesk has no such status, or that Jira's category of the
	// ticket's status disagrees with Options.Resolved. The options decide.
	WarningStatus

	// WarningMissing means that the export lacks a ticket that was merged into this one,
	// so that the issue may have been opened before; or that it lacks, or does not name,
	// the ticket that this one was merged into. Then this one is an issue of its own, as
	// it was before the merge.
	WarningMissing

	// WarningDuplicate means that a ticket was merged into this one after the resolution
	// that stands, was opened after it, or is still open: the customer may have come back
	// with the same problem.
	WarningDuplicate
)

var warningCodes = enum.Of[Warning]("Warning", "gap", "status", "missing", "duplicate")

// String returns the code, such as "gap".
func (w Warning) String() string { return warningCodes.String(w) }

// MarshalText returns the code, empty for the zero value.
func (w Warning) MarshalText() ([]byte, error) {
	text, reason := warningCodes.Text(w)
	return text, invalid("warning", reason)
}
