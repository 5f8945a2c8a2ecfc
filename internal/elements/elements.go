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
	Last bool   // reading ended with the error that comes with it, before the end of the file
}

// Read returns the elements of a file one at a time, in memory that does not grow with the
// file. A file is one or more JSON texts, with blanks between them. Each is
//
//   - an object that has the list as an array, such as {"audits": […]}: a page,
//   - an array of elements, or
//   - an element, as in JSON Lines.
//
// Only the structure is checked here: strings, and brackets by number. An element is
// whatever stands in its place. Half of a surrogate pair in it is changed to U+FFFD.
//
// An element of more than [MaxBytes] comes with an [*evidence.LineError] and without its
// text. A file whose structure is broken ends with such an error, and any other error is
// one of reading from r and ends the sequence.
func Read(r io.Reader, list string) iter.Seq2[Element, error] {
	return func(yield func(Element, error) bool) {
		s := scanner{in: r, line: 1, buffer: make([]byte, 64<<10)}
		walk := walk{scanner: &s, list: list, yield: yield}
		if walk.texts() && s.err != nil && s.err != io.EOF {
			yield(Element{Line: s.line, Last: true}, s.err)
		}
	}
}

// Decode reads an element with read. It returns an [*evidence.LineError] with the faults
// of read and those that validate finds.
func (e Element) Decode(read func(*strict.Reader), validate func() refund.Faults) error {
	r := strict.NewReader(e.Text)
	r.Unlimited = true
	return e.Err(strict.Read(r, read, validate))
}

// maxFaults is how many faults of one element are kept.
const maxFaults = 20

// Err returns an [*evidence.LineError] with faults of the element, or nil if there is
// none. It keeps the first 20.
func (e Element) Err(faults refund.Faults) error {
	if len(faults) == 0 {
		return nil
	}
	var kept refund.Faults
	for _, f := range faults[:min(len(faults), maxFaults)] {
		kept.Add(e.at(f.Path), f.Reason)
	}
	if len(faults) > maxFaults {
		kept.Add(e.Path, "has more faults than these")
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
