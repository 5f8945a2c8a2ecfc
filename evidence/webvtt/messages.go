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

// Sides says on which side each voice is. The nil Sides knows the voices customer,
// agent and system, in whatever case; one that is not nil knows its own only.
//
// A name is written as [Span] has it, with single blanks, and compared byte for byte.
// The empty name is for text without a voice, as in a file for each side.
//
// The names are private: package fmt and logs show how many there are.
type Sides map[string]evidence.Side

// of returns the side of a voice, or 0.
func (s Sides) of(voice string) evidence.Side {
	voice = collapse(voice)
	if s == nil {
		// A look-alike is another name: no letter of the three is the lower case of any but
		// its own.
		s, voice = defaultSides, strings.ToLower(voice)
	}
	if side := s[voice]; side <= evidence.SideSystem {
		return side
	}
	return 0
}

var defaultSides = Sides{
	"customer": evidence.SideCustomer,
	"agent":    evidence.SideAgent,
	"system":   evidence.SideSystem,
}

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
			yield(evidence.Message{}, &refund.InvalidError{Faults: []refund.Fault{{Path: "start", Reason: "is required: no file says when it began"}}})
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
				m, err := evidence.Message{At: start.Add(cue.Start), From: sides.of(span.Voice), Text: span.Text}, error(nil)
				if m.From == 0 {
					m, err = evidence.Message{}, faults{{Path: "voice", Reason: "is none whose side is known"}}.at(cue.Line)
				}
				if !yield(m, err) {
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
