package tickets

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Warning is a doubt about the history of a ticket. The zero Warning is unset.
type Warning uint8

const (
	// WarningGap means that changes are missing from the export: a change does not begin
	// with the status before it, or the last change does not end with the current status.
	// A reopening or a later resolution may be among them.
	WarningGap Warning = iota + 1

	// WarningStatus means that the ticket had a status that Zendesk does not have, or that
	// Jira's category of its status disagrees with Options.Resolved. The options decide.
	WarningStatus

	// WarningMissing means that the export lacks a ticket of the merge. If that ticket was
	// merged into this one, the issue may have been opened earlier. If this one was merged
	// into that ticket, or into one that the export does not name, this one is an issue of
	// its own, in the state before the merge.
	WarningMissing

	// WarningDuplicate means that a ticket was merged into this one after the resolution
	// that stands, was opened after it, or is still open. The customer may have come back
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
