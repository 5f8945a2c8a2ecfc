package webvtt

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Messages returns a message for each span of the cues. start is the instant at which the
// recording began; if it is zero, the sequence is one [*refund.InvalidError]. The time of a
// message is the start of its cue, in the location of start.
//
// A span whose voice is not in sides yields an [*evidence.LineError] with the path
// "voice" instead of a message. Errors of the cues are passed on unchanged.
func Messages(cues iter.Seq2[Cue, error], start time.Time, sides Sides) iter.Seq2[evidence.Message, error] {
	return func(yield func(evidence.Message, error) bool) {
		if start.IsZero() {
			yield(evidence.Message{}, refund.Faults{{Path: "start", Reason: "is required: the file does not say when the recording began"}}.Err())
			return
		}
		start := start.Round(0) // removes the monotonic reading, which is valid only in this process
		for cue, err := range cues {
			if err != nil {
				if !yield(evidence.Message{}, err) {
					return
				}
				continue
			}
			for _, span := range cue.Spans {
				if strings.TrimSpace(span.Text) == "" { // possible in cues that Read did not make
					continue
				}
				m, err := message(cue, span, start, sides)
				if !yield(m, err) {
					return
				}
			}
		}
	}
}

// message returns the message of a span.
func message(cue Cue, span Span, start time.Time, sides Sides) (evidence.Message, error) {
	side := sides.of(span.Voice)
	if side != 0 {
		return evidence.Message{At: start.Add(cue.Start), From: side, Text: span.Text}, nil
	}
	var found faults
	if span.Voice == "" {
		found.add("voice", "is missing, and sides has no entry for text without a voice")
	} else {
		found.add("voice", "is not a name in sides")
	}
	return evidence.Message{}, found.at(cue.Line)
}

// The limits of ReadAll.
const (
	maxErrors   = 100
	maxMessages = 100_000 // more than one in each second of a day
)

// ReadAll returns the messages of a whole file, as [Read] and [Messages] do. If the file
// has errors, ReadAll returns the messages that it could read and an error that joins
// the first 100 errors (see [errors.Join]). If there are more, the joined error ends with
// the number of the others. It always includes an error of r.
//
// ReadAll returns at most 100,000 messages. If the file has more, it stops reading and adds
// an [*evidence.LineError] with an empty path.
func ReadAll(r io.Reader, start time.Time, sides Sides, o Options) ([]evidence.Message, error) {
	var all []evidence.Message
	var errs []error
	more, line := 0, 0
	cues := func(yield func(Cue, error) bool) {
		for cue, err := range Read(r, o) {
			line = cue.Line
			if !yield(cue, err) {
				return
			}
		}
	}
	for m, err := range Messages(cues, start, sides) {
		var wrong *evidence.LineError
		switch {
		case err != nil && (len(errs) < maxErrors || !errors.As(err, &wrong)):
			errs = append(errs, err)
		case err != nil:
			more++
		default:
			all = append(all, m)
		}
		if len(all) > maxMessages {
			all = all[:maxMessages]
			var found faults
			found.add("", "has message 100,001: reading stops after 100,000 messages")
			errs = append(errs, found.at(line))
			break
		}
	}
	if more > 0 {
		errs = append(errs, fmt.Errorf("webvtt: %d more errors", more))
	}
	return all, errors.Join(errs...)
}
