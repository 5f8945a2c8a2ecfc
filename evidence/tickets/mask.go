package tickets

import (
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// Package fmt does not call the methods below for the wrong verbs %p and %w, nor for a value
// in an unexported field of a struct.

// String returns the state and counts, such as "resolved ticket (3 events, 1 merged, 0
// warnings)". It has no id and no text. Format and LogValue use the same text.
func (t Ticket) String() string {
	state := "unresolved"
	if !t.Issue.Resolved.IsZero() {
		state = "resolved"
	}
	return state + " ticket (" + words.Count(len(t.History), "event", "events") + ", " +
		words.Count(len(t.Merged), "merged", "merged") + ", " + words.Count(len(t.Warnings), "warning", "warnings") + ")"
}

// String returns only the kind. Format and LogValue use the same text.
func (e Event) String() string { return e.Kind.String() }

// Format writes the result of String under every verb.
func (t Ticket) Format(f fmt.State, _ rune) { io.WriteString(f, t.String()) }

// Format writes the result of String under every verb.
func (e Event) Format(f fmt.State, _ rune) { io.WriteString(f, e.String()) }

// LogValue returns the result of String.
func (t Ticket) LogValue() slog.Value { return slog.StringValue(t.String()) }

// LogValue returns the result of String.
func (e Event) LogValue() slog.Value { return slog.StringValue(e.String()) }

// Structured loggers pass slices and structs to encoding/json, which ignores LogValue.

// MarshalJSON returns an error: a ticket is private.
func (t Ticket) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

// MarshalJSON returns an error: an event is private.
func (e Event) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

var errNoJSON = errors.New("tickets: tickets and events are private, and not written as JSON")
