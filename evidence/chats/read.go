package chats

import (
	"io"
	"iter"

	"github.com/kasperinfotech/refundpolicy/internal/elements"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// read returns the conversations of a file. For each, object reads the fields and returns a
// function that completes the conversation when all fields were read.
func read(r io.Reader, list string, object func(*Conversation, *strict.Reader) (complete func() refund.Faults)) iter.Seq2[Conversation, error] {
	return func(yield func(Conversation, error) bool) {
		for e, err := range elements.Read(r, list) {
			c := Conversation{Line: e.Line}
			if err == nil {
				err = decode(e, &c, object)
			}
			if err != nil {
				c = Conversation{Line: e.Line}
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func decode(e elements.Element, c *Conversation, object func(*Conversation, *strict.Reader) func() refund.Faults) error {
	var complete func() refund.Faults
	var sound func() bool
	return e.Decode(func(r *strict.Reader) {
		complete = object(c, r)
		sound = func() bool { return r.Count() == 0 }
	}, func() refund.Faults {
		if complete == nil { // it is not an object
			return nil
		}
		faults := complete()
		if sound() && len(faults) == 0 { // else the faults of Validate would only repeat these
			c.finish()
			faults.Merge(c.Chat.Validate())
		}
		return faults
	})
}

// optional returns a field that can be null.
func optional(name string, read func(*strict.Reader)) strict.Field {
	return strict.ValueField(name, func(r *strict.Reader) {
		if r.Peek() == 'n' {
			r.Skip()
			return
		}
		read(r)
	})
}

// text returns a field that is a string or null.
func text(name string, s *string) strict.Field {
	return optional(name, func(r *strict.Reader) { *s, _ = r.Text() })
}

// id returns a field that is an id, as a string or an integer, or null.
func id(name string, s *string) strict.Field {
	return optional(name, func(r *strict.Reader) { *s = readID(r) })
}

func readID(r *strict.Reader) string {
	if r.Peek() == '"' {
		s, _ := r.Text()
		return s
	}
	return formatInt(r.Integer(64))
}
