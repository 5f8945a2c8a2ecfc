package jsonl

import (
	"errors"
	"io"
	"iter"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/jsonobject"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Read returns the records of r, one at a time. A line that is no record comes as an
// Entry of its number alone, with an [*evidence.LineError]; blank lines are passed
// over. Any other error is one of reading from r, and the last thing returned.
func Read(r io.Reader) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for line, err := range jsonlines.Read(r) {
			var fault *refund.InvalidError
			if err != nil && !errors.As(err, &fault) {
				yield(Entry{Line: line.Number}, err)
				return
			}
			var e Entry
			if err == nil {
				e, err = decode(line.Text)
			}
			if err != nil {
				err = &evidence.LineError{Line: line.Number, Err: err}
			}
			e.Line = line.Number
			if !yield(e, err) {
				return
			}
		}
	}
}

// ReadAll returns the log that r holds, or an error that joins those of all its lines
// (errors.Join), and then no log. The log is sound line by line; whether it is as a
// whole, [evidence.Log.Validate] says.
func ReadAll(r io.Reader) (evidence.Log, error) {
	var log evidence.Log
	var errs []error
	for e, err := range Read(r) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		e.AddTo(&log)
	}
	if errs != nil {
		return evidence.Log{}, errors.Join(errs...)
	}
	return log, nil
}

// decode reads a record, or returns the zero Entry.
func decode(data []byte) (e Entry, err error) {
	o, err := jsonobject.Parse(data)
	if err != nil {
		return Entry{}, err
	}
	kind := o.Text("kind")
	h := evidence.Header{
		ID:      o.Text("id"),
		Account: o.Text("account"),
		Agent:   o.Text("agent"),
		Issues:  o.Texts("issues"),
		Start:   o.Instant("start"),
		End:     o.Instant("end"),
	}
	o.Code("started_by", &h.StartedBy)
	media := mediaOf(o)

	switch kind {
	case "call":
		e.Call = &evidence.Call{
			Header:     h,
			Answered:   o.Instant("answered"),
			From:       o.Text("from"),
			To:         o.Text("to"),
			Media:      media,
			Transcript: messagesOf(o, "transcript"),
		}
		err = o.Err(e.Call.Validate())
	case "recording":
		e.Recording = &evidence.Recording{Header: h, Software: o.Text("software"), Media: media}
		err = o.Err(e.Recording.Validate())
	case "chat":
		e.Chat = &evidence.Chat{Header: h, Media: media, Messages: messagesOf(o, "messages")}
		err = o.Err(e.Chat.Validate())
	default: // what its other fields may be is not known then
		return Entry{}, refund.Faults{{Path: "kind", Reason: "is not one of call, recording, chat"}}.Err()
	}
	if err != nil {
		return Entry{}, err
	}
	return e, nil
}

func mediaOf(o *jsonobject.Object) []evidence.Media {
	objects := o.Objects("media")
	if len(objects) == 0 {
		return nil
	}
	media := make([]evidence.Media, len(objects))
	for i, m := range objects {
		media[i] = evidence.Media{
			Name:   m.Text("name"),
			Size:   m.Integer("size"),
			SHA256: m.Text("sha256"),
			Type:   m.Text("type"),
		}
	}
	return media
}

func messagesOf(o *jsonobject.Object, name string) []evidence.Message {
	objects := o.Objects(name)
	if len(objects) == 0 {
		return nil
	}
	messages := make([]evidence.Message, len(objects))
	for i, m := range objects {
		messages[i] = evidence.Message{At: m.Instant("at"), Text: m.Text("text")}
		m.Code("from", &messages[i].From)
	}
	return messages
}
