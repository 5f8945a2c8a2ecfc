package webvtt

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// Package fmt does not call the methods below for the wrong verbs %p and %w, nor for a value
// in an unexported field of a struct.

// String returns the line, the duration and counts, such as "cue of line 3 (1.5s, 2
// spans, 40 bytes)". It has no text of the file.
func (c Cue) String() string {
	n := 0
	for _, s := range c.Spans {
		n += len(s.Text)
	}
	return "cue of line " + strconv.Itoa(c.Line) + " (" + (c.End - c.Start).String() + ", " +
		words.Count(len(c.Spans), "span", "spans") + ", " + words.Count(n, "byte", "bytes") + ")"
}

// String returns the length of the text, such as "span of 40 bytes".
func (s Span) String() string { return "span of " + words.Count(len(s.Text), "byte", "bytes") }

// String returns the number of voices, such as "2 voices".
func (s Sides) String() string { return words.Count(len(s), "voice", "voices") }

// Format writes the result of String.
func (c Cue) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// Format writes the result of String.
func (s Span) Format(f fmt.State, _ rune) { io.WriteString(f, s.String()) }

// Format writes the result of String.
func (s Sides) Format(f fmt.State, _ rune) { io.WriteString(f, s.String()) }

// LogValue returns the result of String.
func (c Cue) LogValue() slog.Value { return slog.StringValue(c.String()) }

// LogValue returns the result of String.
func (s Span) LogValue() slog.Value { return slog.StringValue(s.String()) }

// LogValue returns the result of String.
func (s Sides) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Loggers pass the elements of a slice or a struct to encoding/json without LogValue.

// MarshalJSON returns an error: a cue is private.
func (c Cue) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

// MarshalJSON returns an error: a span is private.
func (s Span) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

// MarshalJSON returns an error: the names of voices are private.
func (s Sides) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

var errNoJSON = errors.New("webvtt: cues, spans and sides are private and cannot be marshaled as JSON")
