package strict

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Writer appends one JSON text to Buf. It records a fault for each field that a Reader
// would reject.
type Writer struct {
	// Unlimited removes the limit of MaxBytes.
	Unlimited bool

	Buf    []byte
	start  int // the index at which the text starts
	faults []Fault
}

// NewWriter returns a writer that appends to b.
func NewWriter(b []byte) *Writer { return &Writer{Buf: b, start: len(b)} }

// Faults returns the faults that a Reader would find in the text.
func (w *Writer) Faults() []Fault {
	if w.faults == nil && !w.Unlimited && len(w.Buf)-w.start > MaxBytes {
		return []Fault{{"", TooLong}}
	}
	return w.faults
}

// Fault records a fault of a field of the current object.
func (w *Writer) Fault(name, reason string) {
	if reason != "" {
		w.faults = append(w.faults, Fault{name, reason})
	}
}

// Below calls write for the value of a field: its faults get paths below name.
func (w *Writer) Below(name string, write func(*Writer)) {
	before := len(w.faults)
	write(w)
	below(name, w.faults[before:])
}

// Object writes an object that is the whole text or an element of an array.
func (w *Writer) Object(write func(*Writer)) {
	w.Buf = append(w.Buf, '{')
	write(w)
	w.Buf = append(w.Buf, '}')
}

// ObjectField writes a field with an object.
func (w *Writer) ObjectField(name string, write func(*Writer)) {
	w.Name(name)
	w.Below(name, func(w *Writer) { w.Object(write) })
}

// Array writes a field with an array of n elements.
func (w *Writer) Array(name string, n int, write func(i int)) {
	w.Name(name)
	w.Buf = append(w.Buf, '[')
	w.Below(name, func(w *Writer) {
		for i := range n {
			before := len(w.faults)
			w.comma()
			write(i)
			belowElement(i, w.faults[before:])
		}
	})
	w.Buf = append(w.Buf, ']')
}

// Objects writes a field with an array of objects.
func Objects[T any](w *Writer, name string, list []T, write func(*T, *Writer)) {
	w.Array(name, len(list), func(i int) {
		w.Object(func(w *Writer) { write(&list[i], w) })
	})
}

// Name writes the name of the next field.
func (w *Writer) Name(name string) {
	w.comma()
	w.Buf = append(w.Buf, '"')
	w.Buf = append(w.Buf, name...)
	w.Buf = append(w.Buf, '"', ':')
}

// comma writes a comma unless the next value is the first of its object or array.
func (w *Writer) comma() {
	if last := w.Buf[len(w.Buf)-1]; last != '{' && last != '[' {
		w.Buf = append(w.Buf, ',')
	}
}

// Text writes a field with a string, unless the string is empty.
func (w *Writer) Text(name, s string) {
	if s == "" {
		return
	}
	if !utf8.ValidString(s) {
		w.Fault(name, "is not valid UTF-8")
	}
	w.Always(name, s)
}

// Always writes a field with a string, even an empty one.
func (w *Writer) Always(name, s string) {
	w.Name(name)
	w.Buf = AppendString(w.Buf, s)
}

// Plain writes a field with a string whose characters need no escape.
func (w *Writer) Plain(name, s string) {
	w.Name(name)
	w.Buf = append(w.Buf, '"')
	w.Buf = append(w.Buf, s...)
	w.Buf = append(w.Buf, '"')
}

// Integer writes a field with a number.
func (w *Writer) Integer(name string, n int) {
	w.Name(name)
	w.Buf = strconv.AppendInt(w.Buf, int64(n), 10)
}

// Instant writes a field with an instant in UTC, unless it is the zero Time.
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

// Code writes a field with a code, unless it is unset.
func Code[E ~uint8](w *Writer, name string, codes *enum.Codes[E], e E) {
	if _, reason := codes.Text(e); reason != "" {
		w.Fault(name, reason)
	} else if e != 0 {
		w.Plain(name, codes.String(e))
	}
}
