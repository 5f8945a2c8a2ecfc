package main

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/kasperinfotech/refundpolicy/examples/internal/inputs"
	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// A result is the report of all cases, and the lines that are not cases.
type result struct {
	whatif.Report

	unread int     // lines that could not be read
	faulty []fault // the first of them, at most mostFaulty
	above  []refund.Money
}

// A fault is a line that could not be read, and why.
type fault struct {
	Line         int    `json:"line"`
	Subscription string `json:"subscription,omitempty"`
	Error        string `json:"error"`
}

const mostFaulty = 10

func (r *result) merge(s result) {
	r.Report = r.Report.Merge(s.Report)
	r.unread += s.unread
	r.faulty = append(r.faulty, s.faulty...)
	slices.SortFunc(r.faulty, func(a, b fault) int { return a.Line - b.Line })
	r.faulty = r.faulty[:min(len(r.faulty), mostFaulty)]
}

// A work is a backtest of files on all processors. It holds a fixed number of batches of
// lines, however long the files.
type work struct {
	before, after whatif.Evaluator
	workers       int
	done          atomic.Int64 // lines
}

const batchesEach = 4 // batches of a worker

// run backtests all lines. Each worker has a report of its own, of the batches that it gets.
func (w *work) run(in *inputs.Inputs) (result, error) {
	free := make(chan *inputs.Batch, w.workers*batchesEach)
	for range cap(free) {
		free <- new(inputs.Batch)
	}
	jobs := make(chan *inputs.Batch, cap(free))
	results := make([]result, w.workers)
	errs := make([]error, w.workers)
	var working sync.WaitGroup
	for i := range w.workers {
		working.Go(func() {
			r := &results[i]
			r.Report, errs[i] = whatif.Backtest(w.before, w.after, func(yield func(refund.Case, error) bool) {
				w.cases(jobs, free, r, yield)
			})
			for b := range jobs { // after an error, so that the reader is not blocked
				free <- b
			}
		})
	}
	var filling *inputs.Batch
	err := in.Fill(func() *inputs.Batch {
		filling = <-free
		return filling
	}, func() { jobs <- filling })
	close(jobs)
	working.Wait()
	if err := errors.Join(append(errs, err)...); err != nil {
		return result{}, err
	}
	var all result
	for _, r := range results {
		all.merge(r)
	}
	return all, nil
}

// cases yields the cases of a worker's batches, and counts the lines that are not cases.
func (w *work) cases(jobs <-chan *inputs.Batch, free chan<- *inputs.Batch, r *result, yield func(refund.Case, error) bool) {
	var decoder document.Decoder
	for b := range jobs {
		for line, unreadable := range b.Lines() {
			d, err := decoder.Decode(line.Text) // of an unreadable line, for the id
			if unreadable != nil {
				err = unreadable
			}
			if err != nil {
				r.unread++
				if len(r.faulty) < mostFaulty { // the lines of a worker come in order
					r.faulty = append(r.faulty, fault{line.Number, decoder.Subscription(), err.Error()})
				}
				continue
			}
			if !yield(d.Case, nil) {
				return
			}
		}
		w.done.Add(int64(b.Len()))
		b.Reset()
		free <- b
	}
}
