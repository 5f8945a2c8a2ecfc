package tickets

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Warning is a doubt about the history of a ticket. The zero Warning is unset.
type Warning uint8

const (
	// WarningGap means that changes are missing from the export: a change does not begin
	// with the status that the previous one set, or the last change did not set the current
	// status. The missing changes may include a reopening or a later resolution.
	WarningGap Warning = iota + 1

	// WarningStatus means that a Zendesk ticket had a status that neither Zendesk nor
	// Options.Resolved has, or that Jira's category of a status disagrees with
	// Options.Resolved. Options.Resolved decides whether the ticket was resolved.
	WarningStatus

	// WarningMissing means that the export lacks a ticket of a merge. If the missing ticket
	// was merged into this one, the issue may have been opened earlier. If this ticket was
	// merged into the missing one, it is returned as an issue of its own, in the state before
	// the merge. The export may not even name the missing ticket.
	WarningMissing

	// WarningDuplicate means that another ticket was merged into this one, and that it was
	// merged or opened after the resolution that stands, or is still open. The customer may
	// have come back with the same problem.
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
