package main

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/kasperinfotech/refundpolicy/examples/internal/inputs"
	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A format writes the results. Each method appends to b and returns it.
type format interface {
	// head appends the text before the first case.
	head(b []byte) []byte
	// outcome appends a case that was evaluated.
	outcome(b []byte, line int, o *refund.Outcome) []byte
	// refusal appends a case that was refused; subscription is its id, or "" if the id
	// could not be read.
	refusal(b []byte, line int, subscription string, err *refund.InvalidError) []byte
	// foot appends the text after the last case.
	foot(b []byte, t *totals) []byte
}

// An evaluation reads lines, evaluates them on all processors, and writes the results
// in the order of the lines. It holds a fixed number of batches, however long the input.
type evaluation struct {
	format  format
	letters *letters // nil for none
	workers int
	done    atomic.Int64 // lines written
}

// A batch is a run of lines on its way from the reader through a worker to the writer.
type batch struct {
	inputs.Batch
	ready chan struct{} // receives when out and totals are complete

	out    []byte
	totals totals

	index     []byte // rows of the letters' index
	letterErr error
}

const batchesEach = 4 // batches of a processor

// run evaluates all lines of in and returns the number of cases that were refused.
func (e *evaluation) run(in *inputs.Inputs, w io.Writer) (refused int, err error) {
	var inFlight []*batch
	for range e.workers {
		for range batchesEach {
			inFlight = append(inFlight, &batch{ready: make(chan struct{}, 1)})
		}
	}
	free := make(chan *batch, len(inFlight))
	for _, b := range inFlight {
		free <- b
	}
	jobs := make(chan *batch, len(inFlight))
	ordered := make(chan *batch, len(inFlight))
	quit, quitting := make(chan struct{}), false
	var readErr error // valid once ordered is closed

	go func() {
		defer close(ordered)
		defer close(jobs)
		var filling *batch
		readErr = in.Fill(func() *inputs.Batch {
			select {
			case filling = <-free:
				return &filling.Batch
			case <-quit:
				return nil
			}
		}, func() {
			ordered <- filling
			jobs <- filling
		})
	}()
	var working sync.WaitGroup
	for range e.workers {
		working.Go(func() {
			for b := range jobs {
				e.evaluate(b)
				b.ready <- struct{}{}
			}
		})
	}

	// The writer and the letters keep returning their first error.
	out := bufio.NewWriterSize(w, 256<<10)
	all := totals{}
	_, err = out.Write(e.format.head(nil))
	for b := range ordered {
		<-b.ready
		_, err = out.Write(b.out)
		if len(ordered) == 0 { // the input pauses: show the results so far
			err = out.Flush()
		}
		if e.letters != nil {
			err = cmp.Or(e.letters.add(b.index, b.letterErr), err)
		}
		if err != nil && !quitting {
			quitting = true
			close(quit)
		}
		all.merge(&b.totals)
		e.done.Add(int64(b.Len()))
		b.Reset()
		b.out, b.totals = b.out[:0], totals{}
		b.index, b.letterErr = b.index[:0], nil
		free <- b
	}
	working.Wait()
	if e.letters != nil {
		err = cmp.Or(err, e.letters.close(&all))
	}
	if err != nil {
		return all.refused, err
	}
	if readErr == nil {
		if _, err := out.Write(e.format.foot(nil, &all)); err != nil {
			return all.refused, err
		}
	}
	return all.refused, errors.Join(readErr, out.Flush())
}

// evaluate sets the output and the totals of a batch.
func (e *evaluation) evaluate(b *batch) {
	var outcome refund.Outcome // reused: formats do not keep it
	var decoder document.Decoder
	for line, fault := range b.Lines() {
		d, err := decoder.Decode(line.Text) // of a line with a fault, for the id
		if fault == nil {
			if err == nil {
				outcome, err = d.Evaluate()
			}
			if err == nil {
				b.totals.add(&outcome)
				b.out = e.format.outcome(b.out, line.Number, &outcome)
				e.writeLetters(b, line.Number, d, &outcome)
				continue
			}
			fault = faultOf(err)
		}
		b.totals.refused++
		b.out = e.format.refusal(b.out, line.Number, decoder.Subscription(), fault)
		if e.letters != nil {
			b.index = append(b.index, indexRefusal(line.Number, decoder.Subscription(), fault)...)
		}
	}
}

// writeLetters writes the letters of a case, unless a case of the batch has failed.
func (e *evaluation) writeLetters(b *batch, number int, d *document.Document, o *refund.Outcome) {
	if e.letters == nil || b.letterErr != nil {
		return
	}
	names, err := e.letters.write(number, d, o)
	if err != nil {
		b.letterErr = err
		return
	}
	b.index = append(b.index, indexOutcome(number, o, names)...)
}

// faultOf returns err as the InvalidError that it is documented to be.
func faultOf(err error) *refund.InvalidError {
	var fault *refund.InvalidError
	if !errors.As(err, &fault) {
		fault = &refund.InvalidError{Faults: []refund.Fault{{Reason: err.Error()}}}
	}
	return fault
}
