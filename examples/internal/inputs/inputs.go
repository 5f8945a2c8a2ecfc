// Package inputs reads JSON Lines from the files that are named at a prompt, and shows the
// progress of that.
package inputs

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"sync/atomic"

	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Inputs are the files to read, one after the other.
type Inputs struct {
	names []string
	pipes []*os.File // by index of names; nil for a regular file, which is opened when its turn comes
	stdin io.Reader
	size  int64        // bytes in all files, 0 if unknown
	read  atomic.Int64 // bytes read so far
}

// Open checks that all files exist and are readable before the first is evaluated.
// Without names it reads standard input.
func Open(names []string, stdin io.Reader) (*Inputs, error) {
	if len(names) == 0 {
		names = []string{"-"}
	}
	in := &Inputs{names: names, pipes: make([]*os.File, len(names)), stdin: stdin}
	known := true
	for i, name := range names {
		if name == "-" {
			known = false
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		info, err := f.Stat()
		if err != nil {
			return nil, err
		}
		switch {
		case info.IsDir():
			return nil, fmt.Errorf("%s is a directory", name)
		case info.Mode().IsRegular():
			in.size += info.Size()
			f.Close()
		default: // a pipe stays open: its writer would lose its reader
			known = false
			in.pipes[i] = f
		}
	}
	if !known {
		in.size = 0
	}
	return in, nil
}

// ReadsStdin reports whether standard input is among the files.
func (in *Inputs) ReadsStdin() bool { return slices.Contains(in.names, "-") }

// Lines returns the lines of all files. A *refund.InvalidError is an error of its line;
// any other error ends the sequence.
func (in *Inputs) Lines() iter.Seq2[jsonlines.Line, error] {
	return func(yield func(jsonlines.Line, error) bool) {
		for i, name := range in.names {
			if !in.linesOf(name, in.pipes[i], yield) {
				return
			}
		}
	}
}

func (in *Inputs) linesOf(name string, f *os.File, yield func(jsonlines.Line, error) bool) bool {
	r := in.stdin
	if name != "-" {
		if f == nil {
			var err error
			if f, err = os.Open(name); err != nil {
				yield(jsonlines.Line{}, err)
				return false
			}
		}
		defer f.Close()
		r = f
	}
	for line, err := range joined(jsonlines.Read(countingReader{r, &in.read})) {
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

// A countingReader counts the bytes read from a Reader.
type countingReader struct {
	io.Reader
	n *atomic.Int64
}

func (r countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.n.Add(int64(n))
	return n, err
}
