package jsonl

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Read returns the records of r, one at a time. A line with a fault is returned as an
// [*evidence.LineError], with an Entry in which only Line is set. Blank lines are skipped.
// Any other error is an error of r, and ends the sequence.
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

// maxErrors is the number of errors that ReadAll keeps.
const maxErrors = 100

// ReadAll returns the log in a file. If the file has errors, ReadAll returns the records
// that it could read and an error that joins the first 100 errors (see [errors.Join]). If
// there are more, the joined error ends with the number of the others. It always includes an
// error of r. [refund.Faults.Merge] lists the faults of all lines, with paths such as
// "line 3: end". Each record is valid on its own; call [evidence.Log.Validate] to check the
// log as a whole.
func ReadAll(r io.Reader) (evidence.Log, error) {
	var log evidence.Log
	var errs []error
	more := 0
	for e, err := range Read(r) {
		var line *evidence.LineError
		switch {
		case err == nil:
			e.AddTo(&log)
		case len(errs) < maxErrors || !errors.As(err, &line):
			errs = append(errs, err)
		default:
			more++
		}
	}
	if more > 0 {
		errs = append(errs, fmt.Errorf("jsonl: %d more errors", more))
	}
	return log, errors.Join(errs...)
}

// decode reads a record, or returns the zero Entry.
func decode(data []byte) (Entry, error) {
	var kind string
	err := read(data, nil, strict.TextField("kind", &kind), strict.Rest)
	if err != nil {
		return Entry{}, err
	}
	var e Entry
	switch kind {
	case "call":
		c := new(evidence.Call)
		e.Call = c
		err = read(data, func() error { return c.Validate() }, append(headerFields(&c.Header, &kind),
			strict.InstantField("answered", &c.Answered),
			strict.TextField("from", &c.From),
			strict.TextField("to", &c.To),
			strict.ListField("media", &c.Media, strict.MaxBytes, readMedia),
			strict.ListField("transcript", &c.Transcript, strict.MaxBytes, readMessage),
		)...)
	case "recording":
		c := new(evidence.Recording)
		e.Recording = c
		err = read(data, func() error { return c.Validate() }, append(headerFields(&c.Header, &kind),
			strict.TextField("software", &c.Software),
			strict.ListField("media", &c.Media, strict.MaxBytes, readMedia),
		)...)
	case "chat":
		c := new(evidence.Chat)
		e.Chat = c
		err = read(data, func() error { return c.Validate() }, append(headerFields(&c.Header, &kind),
			strict.ListField("media", &c.Media, strict.MaxBytes, readMedia),
			strict.ListField("messages", &c.Messages, strict.MaxBytes, readMessage),
		)...)
	default: // an unknown kind: the other fields cannot be checked
		err = refund.Faults{{Path: "kind", Reason: "is not one of call, recording, chat"}}.Err()
	}
	if err != nil {
		return Entry{}, err
	}
	return e, nil
}

// read reads an object with these fields, and checks it with validate unless that is nil.
func read(data []byte, validate func() error, fields ...strict.Field) error {
	return strict.Read(strict.NewReader(data), func(r *strict.Reader) { r.Object(fields...) }, func() (faults refund.Faults) {
		if validate != nil {
			faults.Merge(validate())
		}
		return faults
	}).Err()
}

// headerFields returns the fields that every record may have.
func headerFields(h *evidence.Header, kind *string) []strict.Field {
	return []strict.Field{
		strict.TextField("kind", kind),
		strict.TextField("id", &h.ID),
		strict.TextField("account", &h.Account),
		strict.TextField("agent", &h.Agent),
		strict.ValueField("issues", func(r *strict.Reader) { h.Issues = readIssues(r) }),
		strict.InstantField("start", &h.Start),
		strict.InstantField("end", &h.End),
		strict.CodeField[refund.Fault]("started_by", &h.StartedBy),
	}
}

// readIssues returns a list without spare capacity: a log may have very many lists.
func readIssues(r *strict.Reader) []string {
	few := make([]string, 0, 16)
	r.Array(func() {
		id, _ := r.Text()
		if len(few) <= refund.MaxIssues { // one more shows the validation that there are too many
			few = append(few, id)
		}
	})
	return slices.Clone(few)
}

func readMedia(m *evidence.Media, r *strict.Reader) {
	r.Object(
		strict.TextField("name", &m.Name).Required(),
		strict.ValueField("size", func(r *strict.Reader) { m.Size = r.Integer(64) }),
		strict.TextField("sha256", &m.SHA256).Required(),
		strict.TextField("type", &m.Type).Required(),
	)
}

func readMessage(m *evidence.Message, r *strict.Reader) {
	r.Object(
		strict.InstantField("at", &m.At).Required(),
		strict.CodeField[refund.Fault]("from", &m.From).Required(),
		strict.TextField("text", &m.Text),
	)
}
