package jsonl

import (
	"fmt"
	"io"
	"log/slog"

	"github.com/kasperinfotech/refundpolicy/evidence"
)

// An Entry is one record: exactly one of Call, Recording and Chat is not nil. The zero
// Entry holds no record and cannot be written.
type Entry struct {
	Call      *evidence.Call      // a voice call
	Recording *evidence.Recording // a recording of desktop sharing
	Chat      *evidence.Chat      // a conversation in writing

	Line int // the number of its line in the file, counted from 1; not written
}

// AddTo appends the record to a log.
func (e Entry) AddTo(log *evidence.Log) {
	if e.Call != nil {
		log.Calls = append(log.Calls, *e.Call)
	}
	if e.Recording != nil {
		log.Recordings = append(log.Recordings, *e.Recording)
	}
	if e.Chat != nil {
		log.Chats = append(log.Chats, *e.Chat)
	}
}

// UnmarshalJSON reads the output of [Append]. It leaves e unchanged for null.
func (e *Entry) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	read, err := decode(data)
	if err != nil {
		return err
	}
	*e = read
	return nil
}

// MarshalJSON returns the output of [Append].
func (e Entry) MarshalJSON() ([]byte, error) { return Append(nil, e) }

// String returns the result of the record's String method, which has no text of the record.
// LogValue returns the same. But encoding/json writes the whole record, as [Append] does.
// So does a JSON logger for an entry inside a slice or a struct.
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

// Format writes the result of String under every verb.
func (e Entry) Format(f fmt.State, _ rune) { io.WriteString(f, e.String()) }

// LogValue returns the result of String.
func (e Entry) LogValue() slog.Value { return slog.StringValue(e.String()) }
