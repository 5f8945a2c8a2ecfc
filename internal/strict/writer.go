package strict

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Writer appends one JSON text to Buf. It notes what a Reader would refuse with the
// path of its field.
type Writer struct {
	Buf    []byte
	start  int // of the text
	levels [maxLevels]level
	depth  int
	faults []Fault
}

// maxLevels is how deep a text may be: a time of day of versions is on level 6.
const maxLevels = 8

// A level is an object or array that has not ended.
type level struct {
	name    string // of the field
	index   int    // of the element at hand
	closing byte
}

// NewWriter returns a writer that appends to b.
func NewWriter(b []byte) *Writer { return &Writer{Buf: b, start: len(b)} }

// Faults returns what a Reader would refuse in the text.
func (w *Writer) Faults() []Fault {
	if w.faults == nil && len(w.Buf)-w.start > MaxBytes {
		return []Fault{{"", TooLong}}
	}
	return w.faults
}

// Fault notes what is wrong with a field of the object at hand.
func (w *Writer) Fault(name, reason string) {
	if reason == "" {
		return
	}
	var trail []place
	for i, l := range w.levels[:w.depth] {
		if l.name != "" {
			trail = append(trail, place{name: l.name})
		}
		if l.closing == ']' && i+1 < w.depth {
			trail = append(trail, place{index: l.index})
		}
	}
	w.faults = append(w.faults, Fault{pathOf(append(trail, place{name: name})), reason})
}

// Object begins an object that is the value of a field, or the whole text or the next
// element if there is no name.
func (w *Writer) Object(name string) { w.open(name, '{', '}') }

// Array begins an array.
func (w *Writer) Array(name string) { w.open(name, '[', ']') }

func (w *Writer) open(name string, opening, closing byte) {
	if name != "" {
		w.Name(name)
	} else if w.depth > 0 {
		w.Element()
	}
	w.levels[w.depth] = level{name: name, index: -1, closing: closing}
	w.depth++
	w.Buf = append(w.Buf, opening)
}

// End ends the innermost object or array.
func (w *Writer) End() {
	w.depth--
	w.Buf = append(w.Buf, w.levels[w.depth].closing)
}

// Element begins the next element of an array.
func (w *Writer) Element() {
	w.comma()
	w.levels[w.depth-1].index++
}

// Name writes the name of the next field.
func (w *Writer) Name(name string) {
	w.comma()
	w.Buf = append(w.Buf, '"')
	w.Buf = append(w.Buf, name...)
	w.Buf = append(w.Buf, '"', ':')
}

// comma separates what comes next from what was written before.
func (w *Writer) comma() {
	if last := w.Buf[len(w.Buf)-1]; last != '{' && last != '[' {
		w.Buf = append(w.Buf, ',')
	}
}

// Text writes a string unless it is empty.
func (w *Writer) Text(name, s string) {
	if s == "" {
		return
	}
	if !utf8.ValidString(s) {
		w.Fault(name, "is not valid UTF-8")
	}
	w.Always(name, s)
}

// Always writes a string, even an empty one.
func (w *Writer) Always(name, s string) {
	w.Name(name)
	w.Buf = AppendString(w.Buf, s)
}

// Plain writes a string of characters that need no escape.
func (w *Writer) Plain(name, s string) {
	w.Name(name)
	w.Buf = append(w.Buf, '"')
	w.Buf = append(w.Buf, s...)
	w.Buf = append(w.Buf, '"')
}

// Integer writes a number.
func (w *Writer) Integer(name string, n int) {
	w.Name(name)
	w.Buf = strconv.AppendInt(w.Buf, int64(n), 10)
}

// Instant writes an instant in UTC, unless it is the zero Time.
func (w *Writer) Instant(name string, t time.Time) {
	if t.IsZero() {
		return
	}
	if !instant.Writable(t) {
		w.Fault(name, instant.OutsideYears)
	}
	w.Name(name)
	w.Buf = append(w.Buf, '"')
	w.Buf = instant.Append(w.Buf, t)
	w.Buf = append(w.Buf, '"')
}

// Code writes a code unless it is unset.
func Code[E ~uint8](w *Writer, name string, codes *enum.Codes[E], e E) {
	if _, reason := codes.Text(e); reason != "" {
		w.Fault(name, reason)
	} else if e != 0 {
		w.Plain(name, codes.String(e))
	}
}
