package cdr

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
)

// A Row is one call detail record. Its texts are as Asterisk wrote them, any of them
// may be empty, and they are valid UTF-8 without NUL. The zero Row is no record.
type Row struct {
	// Line is the row's line in the file, counted from 1, blank lines too.
	Line int

	// AccountCode is what the dial plan charges the call to: free text.
	AccountCode string

	// Source is the caller's number, Destination the extension that was dialled, and
	// Context that extension's part of the dial plan.
	Source, Destination, Context string

	// CallerID is the caller's name and number, such as "Jo" <5550100>.
	CallerID string

	// Channel is the caller's channel, DestinationChannel the other one. The latter is
	// empty where nobody was called.
	Channel, DestinationChannel string

	// LastApp is the application of the dial plan that ran last, LastData what it was
	// given.
	LastApp, LastData string

	// Start, Answer and End are when the call came in, was answered and was over, to the
	// second, in Options.Location. Answer is from Start to End, or the zero Time where the
	// file has none.
	Start, Answer, End time.Time

	// Duration is the time from Start to End, and Billable that from Answer to End, as
	// Asterisk reckoned them: in whole seconds, at most one away from the difference.
	// Billable is 0 where there is no Answer.
	Duration, Billable time.Duration

	// Disposition is what became of the call.
	Disposition Disposition

	// AMAFlags is how the call is to be billed: OMIT, BILLING, DOCUMENTATION or Unknown.
	AMAFlags string

	// UniqueID is the id of the caller's channel. Empty where the file has no such
	// column. Rows of one channel have the same.
	UniqueID string

	// UserField is the dial plan's own text. Empty where the file has no such column.
	UserField string

	// PeerAccount is the other channel's account code, and LinkedID the UniqueID of the
	// channel with which all began. Empty where the file lacks the new columns.
	PeerAccount, LinkedID string

	// Sequence tells the rows of one UniqueID apart. It is 0 where the file lacks the
	// new columns, and may be where it has them.
	Sequence int
}

// Call returns the row as a record of a log: from Start to End, from Source to
// Destination, and answered at Answer if the disposition is [DispositionAnswered].
//
//   - ID is UniqueID, or else the line, such as "line-17", which is unique within one
//     file only. In a log, where an id may be used once, rows of the same UniqueID need
//     their Sequence added.
//   - Account is AccountCode. A host whose account codes are not the ids of accounts
//     replaces it.
//   - It names no issues. A host that has them, as in UserField, sets them.
//   - StartedBy is unset: Asterisk does not say who is the customer.
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

// String returns line, disposition and durations, such as "line 17: ANSWERED (1m20s,
// billable 1m5s)": no text of the row.
func (r Row) String() string {
	return "line " + strconv.Itoa(r.Line) + ": " + r.Disposition.String() +
		" (" + r.Duration.String() + ", billable " + r.Billable.String() + ")"
}

// Format writes what String returns, whatever the verb. It is not asked where package
// fmt looks into a value itself: for %p and %w, which go vet refuses for a Row, and
// where a struct has a Row in a field that is not exported.
func (r Row) Format(f fmt.State, _ rune) { io.WriteString(f, r.String()) }

// LogValue returns what String does.
func (r Row) LogValue() slog.Value { return slog.StringValue(r.String()) }

// MarshalJSON returns an error: structured loggers hand what stands in a slice or a
// struct to encoding/json, which would tell all.
func (r Row) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

var errNoJSON = errors.New("cdr: rows are not written as JSON, since they are private")
