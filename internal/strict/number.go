package strict

import (
	"errors"
	"strconv"
)

// Integer reads a JSON integer that fits into the given number of bits.
func (r *Reader) Integer(bits int) int64 {
	if c := r.Peek(); !isNumeric(c) {
		r.refuse(c, "an integer")
		return 0
	}
	text := r.number()
	if r.broken != "" {
		return 0
	}
	n, err := strconv.ParseInt(string(text), 10, bits)
	switch {
	case errors.Is(err, strconv.ErrRange):
		r.Fault("is out of range")
		return 0
	case err != nil:
		r.Fault("is not an integer")
		return 0
	}
	return n
}

// number reads a number and returns its text.
func (r *Reader) number() []byte {
	start := r.at
	r.optional('-')
	if !r.optional('0') && !r.digits() {
		return nil
	}
	if r.optional('.') && !r.digits() {
		return nil
	}
	if r.optional('e') || r.optional('E') {
		if !r.optional('+') {
			r.optional('-')
		}
		if !r.digits() {
			return nil
		}
	}
	return r.data[start:r.at]
}

// optional skips c if it is the next byte, and reports whether it was.
func (r *Reader) optional(c byte) bool {
	if r.at < len(r.data) && r.data[r.at] == c {
		r.at++
		return true
	}
	return false
}

// digits skips digits. If there are none, reading fails.
func (r *Reader) digits() bool {
	start := r.at
	for r.at < len(r.data) && '0' <= r.data[r.at] && r.data[r.at] <= '9' {
		r.at++
	}
	if r.at == start {
		r.fail(notJSON)
		return false
	}
	return true
}
