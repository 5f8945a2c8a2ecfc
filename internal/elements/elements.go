// Package elements reads exports in JSON: pages of a list, or one object after another.
package elements

import (
	"io"
	"iter"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// MaxBytes is the length of the longest element: 16 MiB.
const MaxBytes = 16 << 20

// An Element is one object of a list.
type Element struct {
	Line int    // of the file, on which it begins, counted from 1
	Path string // of the element in its text, such as "audits[3]"; empty for a text that is the element
	Text []byte // valid until the next element is read
	Last bool   // its error ended the reading before the end of the file
}

// Read returns the elements of a file one at a time, in memory that does not grow with the
// file. A file has one or more JSON texts, separated by blanks. Each text is one of
//
//   - a page: an object with the list as an array, such as {"audits": […]},
//   - an array of elements,
//   - an element, as in JSON Lines.
//
// Read checks only the structure: where strings end, and the number of brackets. An element
// may be any value. Half of a surrogate pair in it is replaced by U+FFFD.
//
// An element longer than [MaxBytes] is returned without its text, with an
// [*evidence.LineError]. The sequence ends after the fault of a file whose structure is
// broken. It also ends after an error of r, which is returned unchanged.
func Read(r io.Reader, list string) iter.Seq2[Element, error] {
	return func(yield func(Element, error) bool) {
		s := scanner{in: r, line: 1, buffer: make([]byte, 64<<10)}
		walk := walk{scanner: &s, list: list, yield: yield}
		if walk.texts() && s.err != nil && s.err != io.EOF {
			yield(Element{Line: s.line, Last: true}, s.err)
		}
	}
}

// Decode reads an element with read, which is not called if the element is not an object. It
// returns an [*evidence.LineError] with the faults of read and validate.
func (e Element) Decode(read func(*strict.Reader), validate func() refund.Faults) error {
	r := strict.NewReader(e.Text)
	r.Unlimited = true
	return e.Err(strict.Read(r, read, validate))
}

// maxFaults is the largest number of faults of one element that are kept.
const maxFaults = 20

// Err returns an [*evidence.LineError] with the first 20 faults of the element, or nil
// without faults.
func (e Element) Err(faults refund.Faults) error {
	if len(faults) == 0 {
		return nil
	}
	var kept refund.Faults
	for _, f := range faults[:min(len(faults), maxFaults)] {
		kept.Add(e.at(f.Path), f.Reason)
	}
	if len(faults) > maxFaults {
		kept.Add(e.Path, "has more than 20 faults, of which these are the first")
	}
	return &evidence.LineError{Line: e.Line, Err: kept.Err()}
}

// at returns the path of a field of the element.
func (e Element) at(path string) string {
	switch {
	case path == "":
		return e.Path
	case e.Path == "", path[0] == '[':
		return e.Path + path
	}
	return e.Path + "." + path
}
