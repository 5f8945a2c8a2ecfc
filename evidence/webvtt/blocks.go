package webvtt

import (
	"bufio"
	"bytes"
	"io"
)

// MaxBlock is how many bytes a block, such as a cue or a comment, may have at most. A
// longer one is an error, and passed over.
const MaxBlock = 1 << 20

// A block is lines between blank ones.
type block struct {
	line int    // of its first line, counted from 1
	text string // its lines, with "\n" between them
	long bool   // beyond MaxBlock, and text only its beginning
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
	for b.more() {
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

// more reports whether there is anything to read, and keeps why there is not.
func (b *blocks) more() bool {
	_, b.err = b.in.Peek(1)
	return b.err == nil
}

// readLine adds a line to the block, and reports whether there is anything in it.
func (b *blocks) readLine() (filled bool) {
	for b.more() {
		// What is there will do: a line that ends with a CR need not wait for more.
		part, _ := b.in.Peek(b.in.Buffered())
		if part[0] == '\n' && b.cr {
			part = part[:1]
		} else if end := bytes.IndexAny(part, "\r\n"); end >= 0 {
			b.keep(part[:end])
			b.in.Discard(end)
			last, _ := b.in.ReadByte()
			b.cr = last == '\r'
			return filled || end > 0
		} else {
			b.keep(part)
			filled = true
		}
		b.cr = false
		b.in.Discard(len(part))
	}
	return filled
}

func (b *blocks) keep(part []byte) {
	b.long = b.long || len(b.text)+len(part) > MaxBlock+len("\n")
	if !b.long {
		b.text = append(b.text, part...)
	}
}
