package webvtt

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// The verbs %p and %w get past what follows: on a bad verb package fmt asks no method.
// They are for neither cues nor spans, and go vet refuses them.

// String returns line, length in time and counts, such as "cue of line 3 (1.5s, 2
// spans, 40 bytes)": no text of the file.
func (c Cue) String() string {
	n := 0
	for _, s := range c.Spans {
		n += len(s.Text)
	}
	return "cue of line " + strconv.Itoa(c.Line) + " (" + (c.End - c.Start).String() + ", " +
		words.Count(len(c.Spans), "span", "spans") + ", " + words.Count(n, "byte", "bytes") + ")"
}

// String returns the length, such as "span of 40 bytes": neither voice nor text.
func (s Span) String() string { return "span of " + words.Count(len(s.Text), "byte", "bytes") }

// String returns how many voices there are, such as "2 voices": no names.
func (s Sides) String() string { return words.Count(len(s), "voice", "voices") }

// Format writes what String returns.
func (c Cue) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// Format writes what String returns.
func (s Span) Format(f fmt.State, _ rune) { io.WriteString(f, s.String()) }

// Format writes what String returns.
func (s Sides) Format(f fmt.State, _ rune) { io.WriteString(f, s.String()) }

// LogValue returns what String does.
func (c Cue) LogValue() slog.Value { return slog.StringValue(c.String()) }

// LogValue returns what String does.
func (s Span) LogValue() slog.Value { return slog.StringValue(s.String()) }

// LogValue returns what String does.
func (s Sides) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Loggers hand what stands in a slice or a struct to encoding/json, past LogValue.

// MarshalJSON returns an error: a cue is private.
func (c Cue) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

// MarshalJSON returns an error: a span is private.
func (s Span) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

// MarshalJSON returns an error: the names of voices are private.
func (s Sides) MarshalJSON() ([]byte, error) { return nil, errNoJSON }

var errNoJSON = errors.New("webvtt: cues, spans and sides are private, and not written as JSON")
