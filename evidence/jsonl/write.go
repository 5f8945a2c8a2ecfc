package jsonl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Append appends a record to b as one line of JSON, without a line end. [Read] reads the
// same record from it, with its instants in UTC.
//
// Append returns b unchanged and a [*refund.InvalidError] if the entry does not hold exactly
// one record, or if the record is not valid, has a text that is not valid UTF-8, or is
// longer than 1 MiB as JSON.
func Append(b []byte, e Entry) ([]byte, error) {
	var l line
	var err error
	switch {
	case e.Call != nil && e.Recording == nil && e.Chat == nil:
		c := e.Call
		err = c.Validate()
		l = lineOf("call", &c.Header, c.Media)
		l.Answered = c.Answered.UTC()
		l.From, l.To = c.From, c.To
		l.Transcript = messages(c.Transcript)
	case e.Recording != nil && e.Call == nil && e.Chat == nil:
		r := e.Recording
		err = r.Validate()
		l = lineOf("recording", &r.Header, r.Media)
		l.Software = r.Software
	case e.Chat != nil && e.Call == nil && e.Recording == nil:
		c := e.Chat
		err = c.Validate()
		l = lineOf("chat", &c.Header, c.Media)
		l.Messages = messages(c.Messages)
	default:
		err = refund.Faults{{Reason: "is not one call, recording or chat"}}.Err()
	}
	if err == nil {
		err = l.notUTF8().Err()
	}
	if err != nil {
		return b, err
	}
	out := bytes.NewBuffer(b)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(l); err != nil {
		return b, err
	}
	text := bytes.TrimSuffix(out.Bytes(), []byte("\n"))
	if len(text)-len(b) > jsonlines.MaxBytes {
		return b, refund.Faults{{Reason: "is longer than 1 MiB"}}.Err()
	}
	return text, nil
}

// Write writes a log: first its calls, then its recordings, then its chats, each in the
// order of the log. If a record cannot be written, the error has its path, such as
// "calls[3]". The records before it are written.
func Write(w io.Writer, log evidence.Log) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var b []byte
	write := func(list string, i int, e Entry) (err error) {
		if b, err = Append(b[:0], e); err != nil {
			return fmt.Errorf("%s[%d]: %w", list, i, err)
		}
		b = append(b, '\n')
		_, err = out.Write(b)
		return err
	}
	each := func() error {
		for i := range log.Calls {
			if err := write("calls", i, Entry{Call: &log.Calls[i]}); err != nil {
				return err
			}
		}
		for i := range log.Recordings {
			if err := write("recordings", i, Entry{Recording: &log.Recordings[i]}); err != nil {
				return err
			}
		}
		for i := range log.Chats {
			if err := write("chats", i, Entry{Chat: &log.Chats[i]}); err != nil {
				return err
			}
		}
		return nil
	}
	err := each()
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	return err
}
