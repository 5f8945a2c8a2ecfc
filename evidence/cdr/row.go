package cdr

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Row is one call detail record. Its texts are as Asterisk wrote them: valid UTF-8
// without NUL, and possibly empty. The zero Row is not a record.
type Row struct {
	// Line is the row's line in the file, counted from 1. Blank lines count.
	Line int

	// AccountCode is the account that the dial plan charges for the call: free text.
	AccountCode string

	// Source is the caller's number, Destination the extension that was dialed, and
	// Context the part of the dial plan that has this extension.
	Source, Destination, Context string

	// CallerID is the caller's name and number, such as "Jo" <5550100>.
	CallerID string

	// Channel is the caller's channel. DestinationChannel is the channel of the called
	// party, empty if no party was called.
	Channel, DestinationChannel string

	// LastApp is the dial plan's application that ran last, and LastData its arguments.
	LastApp, LastData string

	// Start, Answer and End are the instants at which the call came in, was answered and
	// ended, in whole seconds and in Options.Location. Answer is between Start and End, or
	// the zero Time if the file has no answer.
	Start, Answer, End time.Time

	// Duration is the time from Start to End, and Billable the time from Answer to End, in
	// whole seconds. They are as Asterisk computed them, and can differ by one second from
	// the difference between the instants. Billable is 0 without an Answer.
	Duration, Billable time.Duration

	// Disposition is the result of the call. Unset if the file has no disposition, or one
	// that this package does not know; Warnings then has a warning.
	Disposition Disposition

	// AMAFlags is the billing class: OMIT, BILLING, DOCUMENTATION or Unknown. Warnings
	// reports any other text.
	AMAFlags string

	// UniqueID is the id of the caller's channel. All rows of a channel share it. Empty if
	// the file has no such column.
	UniqueID string

	// UserField is free text of the dial plan. Empty if the file has no such column.
	UserField string

	// PeerAccount is the other channel's account code, and LinkedID the UniqueID of the
	// channel that began the conversation. Both are empty if the file lacks the new columns.
	PeerAccount, LinkedID string

	// Sequence distinguishes the rows of one UniqueID. It is 0 if the file lacks the new
	// columns, and can be 0 if it has them.
	Sequence int

	// Warnings lists the doubts about the row. The path of each is the name of its column.
	// Nil for most rows.
	Warnings refund.Faults
}

// Call returns the row as a record of a log. The call has the row's Start and End, and goes
// from Source to Destination. It is answered at Answer if the disposition is
// [DispositionAnswered]. With any other disposition, or an unset one, it is unanswered.
//
//   - ID is UniqueID. If that is empty, ID is the number of the line, such as "line-17",
//     which is unique only within one file. In a log, each id must be unique: the host has
//     to add Sequence to the ids of rows that share a UniqueID.
//   - Account is AccountCode. The host has to replace it if account codes are not the ids
//     of its accounts.
//   - Issues is nil. The host sets the ids that it knows, for example from UserField.
//   - StartedBy is unset, because Asterisk does not record which party is the customer.
func (r Row) Call() evidence.Call {
	id := r.UniqueID
	if id == "" {
		id = "line-" + strconv.Itoa(r.Line)
	}
	c := evidence.Call{
		Header: evidence.Header{ID: id, Account: r.AccountCode, Start: r.Start, End: r.End},
		From:   r.Source,
		To:     r.Destination,
	}
	if r.Disposition == DispositionAnswered {
		c.Answered = r.Answer
	}
	return c
}

// String returns the line, the disposition and the durations, such as "line 17: ANSWERED
// (1m20s, billable 1m5s)". It has no text of the row.
func (r Row) String() string {
	return "line " + strconv.Itoa(r.Line) + ": " + r.Disposition.String() +
		" (" + r.Duration.String() + ", billable " + r.Billable.String() + ")"
}

// Format writes the text of String for every verb. Package fmt does not call it for the
// wrong verbs %p and %w, nor for a Row in an unexported field of a struct: it then prints
// all fields.
func (r Row) Format(f fmt.State, _ rune) { io.WriteString(f, r.String()) }

// LogValue returns the text of String.
func (r Row) LogValue() slog.Value { return slog.StringValue(r.String()) }

// MarshalJSON returns an error. Structured loggers pass slices and structs to
// encoding/json, which would write every field.
func (r Row) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

var errNoJSON = errors.New("cdr: a row is private and cannot be encoded as JSON")
