// Package jsonlines reads files of JSON Lines.
package jsonlines

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"slices"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// MaxBytes is the maximum length of a line.
const MaxBytes = strict.MaxBytes

// A Line is one line of a file.
type Line struct {
	Number int    // the number of the line, from 1; blank lines count
	Text   []byte // without the line end, "\n" or "\r\n"; valid until the next line is read
}

// Read returns the lines of r that are not blank, one at a time. Its memory does not grow
// with the file.
//
// A line of more than [MaxBytes] is returned without its text, with a
// [*refund.InvalidError]. Any other error is an error of r and ends the sequence.
func Read(r io.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		var text []byte
		for number := 1; ; number++ {
			var tooLong bool
			var err error
			if text, tooLong, err = readLine(in, text[:0]); err != nil && err != io.EOF {
				yield(Line{Number: number}, err)
				return
			}
			if tooLong {
				var faults refund.Faults
				faults.Add("", strict.TooLong)
				if !yield(Line{Number: number}, faults.Err()) {
					return
				}
			} else if len(bytes.Trim(text, " \t\r")) > 0 {
				if !yield(Line{number, bytes.TrimSuffix(text, []byte{'\r'})}, nil) {
					return
				}
			}
			if err == io.EOF {
				return
			}
		}
	}
}

// readLine appends the next line to text, or skips it if it is too long.
func readLine(in *bufio.Reader, text []byte) (_ []byte, tooLong bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if err == nil {
			part = part[:len(part)-1]
		}
		tooLong = tooLong || len(text)+len(part) > MaxBytes
		if !tooLong {
			if err == bufio.ErrBufferFull { // a long line: grow once, to the maximum
				text = slices.Grow(text, MaxBytes-len(text))
			}
			text = append(text, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return text, tooLong, err
		}
	}
}
