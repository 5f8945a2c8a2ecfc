package webvtt

import (
	"bufio"
	"bytes"
	"io"
)

// maxBlock is how many bytes a block may have at most. A longer block is a fault.
const maxBlock = 1 << 20

// A block is lines between blank ones.
type block struct {
	line int    // of its first line, counted from 1
	text string // its lines, with "\n" between them
	long bool   // beyond maxBlock, and text only its beginning
}

// blocks reads blocks one by one.
type blocks struct {
	in   *bufio.Reader
	err  error // what ended the reading
	line int   // the line that is read, counted from 1
	cr   bool  // the line before ended with a CR, of which an LF would be the other half
	text []byte
	long bool
}

// next returns the next block, or an error: io.EOF when there is none. A block that an
// error of reading cuts short is not returned.
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
	return block{first, string(bytes.TrimSuffix(b.text, []byte{'\n'})), b.long}, nil
}

// readLine adds a line to the block, and reports whether it has any text.
func (b *blocks) readLine() (filled bool) {
	for {
		if _, b.err = b.in.Peek(1); b.err != nil {
			return filled
		}
		// The buffered bytes are enough: a line that ends with a CR need not wait for more.
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
