package tickets

import (
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// For the verbs %p and %w package fmt calls no method, so the masks do not apply to them.

// String returns state and counts, such as "resolved ticket (3 events, 1 merged, 0
// warnings)": no id and no text. So do the verbs of package fmt, and LogValue.
func (t Ticket) String() string {
	state := "unresolved"
	if !t.Issue.Resolved.IsZero() {
		state = "resolved"
	}
	return state + " ticket (" + words.Count(len(t.History), "event", "events") + ", " +
		words.Count(len(t.Merged), "merged", "merged") + ", " + words.Count(len(t.Warnings), "warning", "warnings") + ")"
}

// String returns the kind alone. So do the verbs of package fmt, and LogValue.
func (e Event) String() string { return e.Kind.String() }

// Format writes what String returns, whatever the verb.
func (t Ticket) Format(f fmt.State, _ rune) { io.WriteString(f, t.String()) }

// Format writes what String returns, whatever the verb.
func (e Event) Format(f fmt.State, _ rune) { io.WriteString(f, e.String()) }

// LogValue returns what String does.
func (t Ticket) LogValue() slog.Value { return slog.StringValue(t.String()) }

// LogValue returns what String does.
func (e Event) LogValue() slog.Value { return slog.StringValue(e.String()) }

// Structured loggers pass slices and structs to encoding/json, which ignores LogValue.

// MarshalJSON returns an error: a ticket is private.
func (t Ticket) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

// MarshalJSON returns an error: an event is private.
func (e Event) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

var errNoJSON = errors.New("tickets: tickets and events are private, and not written as JSON")
