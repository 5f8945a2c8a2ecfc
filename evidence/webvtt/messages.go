package webvtt

import (
	"errors"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Messages returns a message for each span of the cues, in a transcript that began at
// an instant, which has to be known: the zero start is a [*refund.InvalidError], and
// nothing else is returned. A message is of the instant at which its cue starts, in the
// location of start.
//
// A voice that is not in sides is an [*evidence.LineError] with the path "voice", and
// spoils its own message alone. Errors of the cues come through as they are.
func Messages(cues iter.Seq2[Cue, error], start time.Time, sides Sides) iter.Seq2[evidence.Message, error] {
	return func(yield func(evidence.Message, error) bool) {
		if start.IsZero() {
			yield(evidence.Message{}, refund.Faults{{Path: "start", Reason: "is required: no file says when it began"}}.Err())
			return
		}
		start := start.Round(0) // no monotonic reading, which is of this machine
		for cue, err := range cues {
			if err != nil {
				if !yield(evidence.Message{}, err) {
					return
				}
				continue
			}
			for _, span := range cue.Spans {
				if strings.TrimSpace(span.Text) == "" { // of a cue that was not read
					continue
				}
				m := evidence.Message{At: start.Add(cue.Start), From: sides.of(span.Voice), Text: span.Text}
				var found faults
				if m.From == 0 {
					m = evidence.Message{}
					found.add("voice", "is not one whose side is known")
				}
				if !yield(m, found.at(cue.Line)) {
					return
				}
			}
		}
	}
}

// ReadAll returns the messages of a whole file, as [Read] and [Messages] do, or else
// all of their errors, joined.
func ReadAll(r io.Reader, start time.Time, sides Sides) ([]evidence.Message, error) {
	var all []evidence.Message
	var errs []error
	for m, err := range Messages(Read(r), start, sides) {
		if err != nil {
			errs = append(errs, err)
		} else {
			all = append(all, m)
		}
	}
	if errs != nil {
		return nil, errors.Join(errs...)
	}
	return all, nil
}
