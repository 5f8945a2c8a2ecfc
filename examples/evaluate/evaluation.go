package main

import (
	"bufio"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A format appends what is written of lines.
type format interface {
	// head appends what comes before the first case.
	head(b []byte) []byte
	// outcome appends a case that was evaluated, refusal one that was not, with the id of
	// its subscription if that could be read.
	outcome(b []byte, line int, o *refund.Outcome) []byte
	refusal(b []byte, line int, subscription string, err *refund.InvalidError) []byte
	// foot appends what comes after the last case.
	foot(b []byte, t *totals) []byte
}

// An evaluation reads lines, evaluates them on all processors, and writes what came
// of each in the order of the lines. What it holds at a time is a fixed number of
// batches, however long the input.
type evaluation struct {
	format  format
	workers int
	done    atomic.Int64 // lines written
}

// A batch is a run of lines on its way.
type batch struct {
	text  []byte
	lines []batchLine
	ready chan struct{} // has one element when the rest is there

	out    []byte
	totals totals
}

type batchLine struct {
	number int
	end    int                  // of its text within the batch's
	fault  *refund.InvalidError // it could not be read
}

// Batches are large enough that handing them over costs next to nothing, and small
// enough that several for each processor are no burden.
const (
	batchLines  = 64
	batchBytes  = 128 << 10
	batchesEach = 4 // of a processor
)

// run returns how many cases were refused.
func (e *evaluation) run(in *inputs, w io.Writer) (refused int, err error) {
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
	var readErr error // to be read when ordered is closed

	go func() {
		defer close(ordered)
		defer close(jobs)
		readErr = fill(in, free, quit, func(b *batch) {
			ordered <- b
			jobs <- b
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

	out := bufio.NewWriterSize(w, 256<<10) // which gives its first error again and again
	all := totals{}
	_, err = out.Write(e.format.head(nil))
	for b := range ordered {
		<-b.ready
		_, err = out.Write(b.out)
		if len(ordered) == 0 { // the input pauses: show what there is
			err = out.Flush()
		}
		if err != nil && !quitting {
			quitting = true
			close(quit)
		}
		all.merge(&b.totals)
		e.done.Add(int64(len(b.lines)))
		b.text, b.lines, b.out, b.totals = b.text[:0], b.lines[:0], b.out[:0], totals{}
		free <- b
	}
	working.Wait()
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

// fill puts lines into free batches and sends them, until there are no more or quit
// is closed.
func fill(in *inputs, free <-chan *batch, quit <-chan struct{}, send func(*batch)) error {
	var b *batch
	for line, err := range in.lines() {
		var fault *refund.InvalidError
		if err != nil && !errors.As(err, &fault) {
			if b != nil {
				send(b)
			}
			return err
		}
		if b == nil {
			select {
			case b = <-free:
			case <-quit:
				return nil
			}
		}
		b.text = append(b.text, line.Text...)
		b.lines = append(b.lines, batchLine{line.Number, len(b.text), fault})
		if len(b.lines) == batchLines || len(b.text) >= batchBytes {
			send(b)
			b = nil
		}
	}
	if b != nil {
		send(b)
	}
	return nil
}

// evaluate fills in a batch's output.
func (e *evaluation) evaluate(b *batch) {
	start := 0
	var outcome refund.Outcome // one for all lines: formats keep nothing of it
	var decoder document.Decoder
	for _, line := range b.lines {
		text := b.text[start:line.end]
		start = line.end
		fault, subscription := line.fault, ""
		if fault == nil {
			d, err := decoder.Decode(text)
			if err == nil {
				outcome, err = d.Evaluate()
			}
			if err == nil {
				b.totals.add(&outcome)
				b.out = e.format.outcome(b.out, line.number, &outcome)
				continue
			}
			fault, subscription = faultOf(err), decoder.Subscription()
		}
		b.totals.refused++
		b.out = e.format.refusal(b.out, line.number, subscription, fault)
	}
}

// faultOf returns the faults that an error tells.
func faultOf(err error) *refund.InvalidError {
	var fault *refund.InvalidError
	if !errors.As(err, &fault) { // no other error is documented
		fault = &refund.InvalidError{Faults: []refund.Fault{{Reason: err.Error()}}}
	}
	return fault
}

// totals sums up cases.
type totals struct {
	of      map[totalsKey]total
	refused int
}

type totalsKey struct {
	verdict  refund.Verdict
	currency refund.Currency
}

type total struct {
	cases, held int
	refundable  refund.Money
}

func (t *totals) add(o *refund.Outcome) {
	one := total{cases: 1, refundable: o.Refundable}
	if o.Held {
		one.held = 1
	}
	t.plus(totalsKey{o.Verdict, o.Refundable.Currency()}, one)
}

func (t *totals) merge(u *totals) {
	for key, sum := range u.of {
		t.plus(key, sum)
	}
	t.refused += u.refused
}

func (t *totals) plus(key totalsKey, n total) {
	if t.of == nil {
		t.of = map[totalsKey]total{}
	}
	sum := t.of[key]
	sum.cases += n.cases
	sum.held += n.held
	added, err := sum.refundable.Add(n.refundable)
	if err != nil {
		panic(err) // a key has one currency
	}
	sum.refundable = added
	t.of[key] = sum
}
