package inputs

import (
	"errors"
	"iter"

	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Batch is a run of lines. It is large enough that passing it between goroutines costs
// little, and small enough that memory for several a processor does not matter. The zero
// Batch is empty.
type Batch struct {
	text  []byte
	lines []batchLine
}

// BatchLines is the largest number of lines in a batch.
const BatchLines = 64

const batchBytes = 128 << 10

type batchLine struct {
	number int
	end    int                  // of the line's text in Batch.text
	fault  *refund.InvalidError // why the line could not be read, or nil
}

// Len returns the number of lines.
func (b *Batch) Len() int { return len(b.lines) }

// Reset empties the batch and keeps its memory.
func (b *Batch) Reset() { b.text, b.lines = b.text[:0], b.lines[:0] }

// Lines returns the lines, each with the reason why it could not be read, or nil. The text
// is valid until the batch is reset.
func (b *Batch) Lines() iter.Seq2[jsonlines.Line, *refund.InvalidError] {
	return func(yield func(jsonlines.Line, *refund.InvalidError) bool) {
		start := 0
		for _, line := range b.lines {
			text := b.text[start:line.end]
			start = line.end
			if !yield(jsonlines.Line{Number: line.number, Text: text}, line.fault) {
				return
			}
		}
	}
}

// Fill puts all lines into batches. It gets each empty batch from next, and calls send when
// that batch is full or the input has ended. It ends early when next returns nil, and with
// an error that is not the fault of one line.
func (in *Inputs) Fill(next func() *Batch, send func()) error {
	var b *Batch
	for line, err := range in.Lines() {
		var fault *refund.InvalidError
		if err != nil && !errors.As(err, &fault) {
			if b != nil {
				send()
			}
			return err
		}
		if b == nil {
			if b = next(); b == nil {
				return nil
			}
		}
		b.text = append(b.text, line.Text...)
		b.lines = append(b.lines, batchLine{line.Number, len(b.text), fault})
		if len(b.lines) == BatchLines || len(b.text) >= batchBytes {
			send()
			b = nil
		}
	}
	if b != nil {
		send()
	}
	return nil
}
