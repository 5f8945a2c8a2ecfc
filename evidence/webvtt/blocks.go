package webvtt

import (
	"bufio"
	"bytes"
	"io"
)

// maxBlock is the largest size of a block in bytes. A longer block is a fault.
const maxBlock = 1 << 20

// A block is a run of lines that are not blank.
type block struct {
	line        int    // the number of its first line, counted from 1
	text        string // its lines, with "\n" between them
	long        bool   // the block is above maxBlock, and text is only its beginning
	unseparated bool   // it was split from the lines before it
}

// blocks reads blocks one at a time.
type blocks struct {
	in   *bufio.Reader
	err  error // the error that ended the reading
	line int   // the number of the current line, counted from 1
	cr   bool  // the previous line ended with a CR, and an LF would belong to it
	text []byte
	long bool
}

// next returns the next block, or an error: io.EOF at the end. A block that an error of
// reading cuts short is not returned.
func (b *blocks) next() (block, error) {
	first := 0
	b.text, b.long = b.text[:0], false
	for b.err == nil {
		b.line++
		if b.readLine() {
			b.keep([]byte{'\n'})
			if first == 0 {
				first = b.line
			}
		} else if first != 0 {
			break
		}
	}
	if first == 0 || b.err != nil && b.err != io.EOF {
		return block{}, b.err
	}
	return block{line: first, text: string(bytes.TrimSuffix(b.text, []byte{'\n'})), long: b.long}, nil
}

// readLine adds a line to the block, and reports whether it is not empty.
func (b *blocks) readLine() (filled bool) {
	for {
		if _, b.err = b.in.Peek(1); b.err != nil {
			return filled
		}
		// Buffered bytes only: after a CR, the line is complete without waiting for an LF.
		part, _ := b.in.Peek(b.in.Buffered())
		if b.cr && part[0] == '\n' {
			part = part[:1]
		} else if end := bytes.IndexAny(part, "\r\n"); end >= 0 {
			b.keep(part[:end])
			b.cr = part[end] == '\r'
			b.in.Discard(end + 1)
			return filled || end > 0
		} else {
			b.keep(part)
			filled = true
		}
		b.cr = false
		b.in.Discard(len(part))
	}
}

func (b *blocks) keep(part []byte) {
	b.long = b.long || len(b.text)+len(part) > maxBlock+len("\n")
	if !b.long {
		b.text = append(b.text, part...)
	}
}
