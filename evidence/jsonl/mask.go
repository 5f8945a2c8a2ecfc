package jsonl

import (
	"fmt"
	"io"
	"log/slog"
)

// String returns what the record's String does: no text of it. So do the verbs of
// package fmt, and LogValue. [Append] writes the record, and so
// does encoding/json: keep entries in slices and structs away from loggers of JSON.
func (e Entry) String() string {
	switch {
	case e.Call != nil:
		return e.Call.String()
	case e.Recording != nil:
		return e.Recording.String()
	case e.Chat != nil:
		return e.Chat.String()
	}
	return "no record"
}

// Format writes what String returns, whatever the verb.
func (e Entry) Format(f fmt.State, _ rune) { io.WriteString(f, e.String()) }

// LogValue returns what String does.
func (e Entry) LogValue() slog.Value { return slog.StringValue(e.String()) }
