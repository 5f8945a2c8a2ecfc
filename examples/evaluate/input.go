package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"sync/atomic"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/wire"
)

// inputs are the files to read, one after the other.
type inputs struct {
	names []string
	stdin io.Reader
	size  int64        // of all, 0 if that is not known
	read  atomic.Int64 // bytes of it
}

// openInputs checks that all files are there and readable before the first is
// evaluated.
func openInputs(names []string, stdin io.Reader) (*inputs, error) {
	if len(names) == 0 {
		names = []string{"-"}
	}
	in := &inputs{names: names, stdin: stdin}
	known := true
	for _, name := range names {
		if name == "-" {
			known = false
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		info, err := f.Stat()
		f.Close()
		if err != nil {
			return nil, err
		}
		if info.IsDir() {
			return nil, fmt.Errorf("%s is a directory", name)
		}
		known = known && info.Mode().IsRegular()
		in.size += info.Size()
	}
	if !known {
		in.size = 0
	}
	return in, nil
}

// lines returns the lines of all files. An error that is a *refund.InvalidError
// concerns its line, any other one ends the sequence.
func (in *inputs) lines() iter.Seq2[wire.Line, error] {
	return func(yield func(wire.Line, error) bool) {
		for _, name := range in.names {
			if !in.linesOf(name, yield) {
				return
			}
		}
	}
}

func (in *inputs) linesOf(name string, yield func(wire.Line, error) bool) bool {
	r := in.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			yield(wire.Line{}, err)
			return false
		}
		defer f.Close()
		r = f
	}
	for line, err := range wire.Lines(countingReader{r, &in.read}) {
		var invalid *refund.InvalidError
		if err != nil && !errors.As(err, &invalid) {
			yield(line, fmt.Errorf("line %d: %w", line.Number, err))
			return false
		}
		if !yield(line, err) {
			return false
		}
	}
	return true
}

// A countingReader counts what is read.
type countingReader struct {
	io.Reader
	n *atomic.Int64
}

func (r countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.n.Add(int64(n))
	return n, err
}
