// Package csvfile splits files of comma-separated values into records. It keeps every
// text as it is, and reads the misplaced quotes that some programs write.
package csvfile

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
)

const (
	// MaxBytes is the length of the longest record, without its line end.
	MaxBytes = strict.MaxBytes

	// MaxColumns is the number of columns of a record whose texts are kept. Len also counts
	// the columns after them.
	MaxColumns = 1000
)

// ErrTooLong is the error of a record of more than MaxBytes.
var ErrTooLong = errors.New("csvfile: the record is longer than 1 MiB")

// A Reader reads records one at a time, in memory that does not grow with the file and in
// time that is linear in its length.
//
// A quoted column begins with a quote, and ends at a quote that is followed by a
// separator or by the end of a line. In it, two quotes stand for one, and it can have line
// breaks. PHP does not double a quote after a backslash, so such a quote is part of the
// text unless it ends the column.
//
// Any other column is taken as it stands, up to the next separator or the end of its line.
// That includes a column that begins with a quote but does not end as above, and a quoted
// column that would make the record longer than MaxBytes.
type Reader struct {
	in    *bufio.Reader
	comma byte
	buf   []byte // buf[next:] is not consumed
	next  int
	alone int   // a quoted column that begins before buf[alone] must end on its line
	err   error // of the input, io.EOF at its end

	lines   int // consumed
	line    int // on which the record begins
	columns int
	spans   []span
}

// A span is a column: its bytes in buf without the quotes around it.
type span struct {
	from, to int
	doubled  bool // has quotes that stand twice
}

// NewReader returns a Reader of r with a separator. It skips a byte order mark at the
// beginning.
func NewReader(r io.Reader, comma byte) *Reader {
	return &Reader{in: bufio.NewReaderSize(r, 64<<10), comma: comma}
}

// Line returns the line on which the record begins, counted from 1.
func (r *Reader) Line() int { return r.line }

// Len returns the number of columns of the record.
func (r *Reader) Len() int { return r.columns }

// Text returns the text of a column below Len and MaxColumns. It is a copy.
func (r *Reader) Text(i int) string {
	s := r.spans[i]
	text := r.buf[s.from:s.to]
	if !s.doubled {
		return string(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); i++ {
		b.WriteByte(text[i])
		if text[i] == '"' && i+1 < len(text) && text[i+1] == '"' {
			i++
		}
	}
	return b.String()
}

// Read reads the next record, and skips blank lines. It returns io.EOF at the end, and
// ErrTooLong for a record that is too long, which it skips up to the end of its first
// line. Any other error is an error of the input. After it, Read must not be called.
func (r *Reader) Read() error {
	for {
		r.compact()
		r.line = r.lines + 1
		if !r.has(r.next) {
			return r.err
		}
		if r.lines == 0 && r.has(r.next+2) && bytes.HasPrefix(r.buf[r.next:], []byte("\uFEFF")) {
			r.next += 3
		}
		end, ok := r.record()
		if !ok {
			// Quotes that join too many lines are misplaced. Trying again from each of these
			// lines would take quadratic time.
			r.alone = len(r.buf)
			if err := r.skipLine(); err != nil {
				return err
			}
			return ErrTooLong
		}
		if r.err != nil && r.err != io.EOF && end == len(r.buf) {
			return r.err // the record may be incomplete
		}
		text := r.buf[r.next:end]
		r.lines += bytes.Count(text, []byte("\n"))
		r.next = end
		if r.columns > 1 || len(bytes.Trim(text, " \t\r\n")) > 0 {
			return nil
		}
	}
}

// record splits the record at next, and returns its end behind the line end. It reports
// false if the record is too long.
func (r *Reader) record() (end int, ok bool) {
	r.columns, r.spans = 0, r.spans[:0]
	i := r.next
	for {
		s, after, ok := r.quoted(i)
		if !ok {
			s, after, ok = r.plain(i)
		}
		if !ok {
			return 0, false
		}
		if r.columns++; r.columns <= MaxColumns {
			r.spans = append(r.spans, s)
		}
		i = after
		if !r.has(i) || r.buf[i] != r.comma {
			break
		}
		i++
	}
	if r.has(i) && r.buf[i] == '\r' { // behind a closing quote
		i++
	}
	if i-r.next > MaxBytes {
		return 0, false
	}
	if r.has(i) {
		i++ // the line end
	}
	return i, true
}

// quoted returns the quoted column at i, and the position behind it. It reports false if
// the column is not quoted.
func (r *Reader) quoted(i int) (s span, after int, ok bool) {
	if !r.has(i) || r.buf[i] != '"' {
		return span{}, 0, false
	}
	s.from = i + 1
	for i++; r.has(i); i++ {
		if r.buf[i] != '"' {
			n := bytes.IndexByte(r.buf[i:], '"')
			rest := r.buf[i:]
			if n >= 0 {
				rest = rest[:n]
			}
			if s.from <= r.alone && bytes.IndexByte(rest, '\n') >= 0 {
				return span{}, 0, false
			}
			if i += len(rest); n < 0 {
				i--
				continue
			}
		}
		switch {
		case r.has(i+1) && r.buf[i+1] == '"':
			s.doubled = true
			i++
		case r.ends(i + 1):
			s.to = i
			return s, i + 1, true
		case i == s.from || r.buf[i-1] != '\\':
			return span{}, 0, false
		}
	}
	return span{}, 0, false
}

// plain returns the column at i as it stands, and the position behind it. It reports
// false if the record is too long.
func (r *Reader) plain(i int) (s span, after int, ok bool) {
	s.from = i
	for ; r.has(i); i++ {
		if c := r.buf[i]; c == r.comma || c == '\n' {
			break
		}
	}
	if i == len(r.buf) && r.err == nil {
		return span{}, 0, false
	}
	s.to = i
	if s.to > s.from && r.buf[s.to-1] == '\r' && (i == len(r.buf) || r.buf[i] == '\n') {
		s.to--
	}
	return s, i, true
}

// ends reports whether a column ends before i.
func (r *Reader) ends(i int) bool {
	if r.has(i) && r.buf[i] == '\r' {
		i++
		return !r.has(i) || r.buf[i] == '\n'
	}
	return !r.has(i) || r.buf[i] == r.comma || r.buf[i] == '\n'
}

// has reports whether there is a byte at i, and reads more of the file if necessary. It
// reads no further than the longest record.
func (r *Reader) has(i int) bool {
	for i >= len(r.buf) {
		if r.err != nil || len(r.buf)-r.next > MaxBytes+2 {
			return false
		}
		part, err := r.in.ReadSlice('\n')
		r.buf = append(r.buf, part...)
		if err != nil && err != bufio.ErrBufferFull {
			r.err = err
		}
	}
	return true
}

// compact drops the consumed part of the buffer once it is the larger part.
func (r *Reader) compact() {
	if r.next > len(r.buf)/2 {
		r.buf = r.buf[:copy(r.buf, r.buf[r.next:])]
		r.alone = max(r.alone-r.next, 0)
		r.next = 0
	}
}

// skipLine consumes the rest of the line at next.
func (r *Reader) skipLine() error {
	r.lines++
	for {
		if n := bytes.IndexByte(r.buf[r.next:], '\n'); n >= 0 {
			r.next += n + 1
			return nil
		}
		r.buf, r.next, r.alone = r.buf[:0], 0, 0
		if !r.has(0) {
			if r.err == io.EOF {
				return nil
			}
			return r.err
		}
	}
}
