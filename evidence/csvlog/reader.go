package csvlog

import (
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/csvfile"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/internal/wallclock"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Options hold the facts that the file does not state. The zero Options are not valid: a
// location and a mapping are required.
type Options struct {
	// Location is the place whose clocks the file's times follow, and the location of every
	// time that is returned. Required. As in a [refund.Policy], a location without a name or
	// named "Local" is refused, because the result must not depend on the machine. Use
	// time.UTC for a file of times in UTC.
	Location *time.Location

	// Mapping names the column of each field. Required; see [FreePBX], [CDRCustom] and
	// [TeamViewer]. Its slices and maps must not be changed while the Reader is in use.
	Mapping Mapping

	// Separator is the character between columns: a comma, a semicolon, a tab or a vertical
	// bar. Defaults to a comma.
	Separator byte
}

// validate returns the faults of the options.
func (o *Options) validate() (faults refund.Faults) {
	faults.Add("location", wallclock.Fault(o.Location))
	if !strings.Contains("\x00,;\t|", string(rune(o.Separator))) {
		faults.Add("separator", "is not one of comma, semicolon, tab, vertical bar")
	}
	return append(faults, o.Mapping.validate()...)
}

// A Reader reads the records of one file. NewReader makes one; the zero Reader is not
// valid.
type Reader struct {
	in       *csvfile.Reader
	options  Options
	layouts  []layout
	index    map[string]int // indices of the mapped columns, by their names in the mapping
	columns  int            // the number of columns that every record must have
	unknown  []string
	buffered bool  // in holds the first record, which is not yet returned
	err      error // of the first record, io.EOF for a file without records
}

// NewReader reads the line of column names and returns a Reader for the rest of the file.
//
//   - If the options are not valid, it returns a [*refund.InvalidError] with paths such as
//     "location" and "mapping.start".
//   - If the line of column names has a fault, it returns an [*evidence.LineError] that
//     wraps a [*refund.InvalidError]. The path of each fault is the name of a column that is
//     missing or appears twice, as the mapping has it; an empty path means the whole line.
//   - An error of r is returned unchanged.
func NewReader(r io.Reader, o Options) (*Reader, error) {
	if err := o.validate().Err(); err != nil {
		return nil, err
	}
	if o.Separator == 0 {
		o.Separator = ','
	}
	if o.Mapping.Dispositions == nil {
		o.Mapping.Dispositions = asterisk
	}
	in := &Reader{in: csvfile.NewReader(r, o.Separator), options: o, layouts: layouts(o.Mapping.Layouts)}
	if err := in.header(); err != nil {
		return nil, err
	}
	return in, nil
}

// header reads the first record, and finds the mapped columns.
func (r *Reader) header() error {
	m := &r.options.Mapping
	r.err = r.in.Read()
	switch {
	case r.err == io.EOF && m.Columns != nil:
		return nil // a file without records
	case r.err == io.EOF:
		return lineError(1, "", "the file has no line of column names")
	case r.err == csvfile.ErrTooLong:
		return lineError(r.in.Line(), "", strict.TooLong)
	case r.err != nil:
		return r.err
	case r.in.Len() > csvfile.MaxColumns:
		return lineError(r.in.Line(), "", "has "+strconv.Itoa(r.in.Len())+" columns, and may have "+strconv.Itoa(csvfile.MaxColumns))
	}
	r.columns = r.in.Len()
	first := make([]string, r.columns)
	for i := range first {
		first[i] = r.in.Text(i)
	}
	if m.Columns == nil {
		return r.find(first)
	}
	if r.find(first) == nil {
		return nil // a line of names after all
	}
	r.buffered = true
	names := m.Columns[:min(len(m.Columns), r.columns)]
	for i := len(names); i < r.columns; i++ {
		names = append(slices.Clip(names), "column "+strconv.Itoa(i+1))
	}
	return r.find(names)
}

// find looks for the mapped columns among the names of all columns.
func (r *Reader) find(names []string) error {
	m := &r.options.Mapping
	positions := make(map[string][]int, len(names))
	for i, name := range names {
		positions[fold(name)] = append(positions[fold(name)], i)
	}
	var faults refund.Faults
	known := map[string]bool{}
	r.index, r.unknown = map[string]int{}, nil
	optional := m.ID[min(1, len(m.ID)):]
	for i, name := range append(m.columns(), optional...) {
		known[fold(name)] = true
		switch at := positions[fold(name)]; {
		case len(at) > 1:
			faults.Add(name, "is the name of "+strconv.Itoa(len(at))+" columns")
		case len(at) == 1:
			r.index[name] = at[0]
		case i < len(m.columns()):
			faults.Add(name, "is missing from the file")
		}
	}
	for _, name := range append(slices.Clip(m.Ignored), m.Columns...) {
		known[fold(name)] = true
	}
	for _, name := range names {
		if !known[fold(name)] {
			r.unknown = append(r.unknown, name)
		}
	}
	if err := faults.Err(); err != nil {
		return &evidence.LineError{Line: r.in.Line(), Err: err}
	}
	return nil
}

// Unknown returns the names of the columns that the mapping does not mention, in the
// order of the file. The names are texts of the file.
func (r *Reader) Unknown() []string { return slices.Clone(r.unknown) }

// All returns the records, one at a time. The result can be ranged over once.
//
//   - A record that cannot be read is returned as an [*evidence.LineError] that wraps a
//     [*refund.InvalidError]. The path of each fault is the name of a column as the mapping
//     has it; an empty path means the whole record. Only Line is set in the Record, and
//     reading continues.
//   - An error of the file is returned unchanged, and ends the sequence.
func (r *Reader) All() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for {
			if !r.buffered && r.err == nil {
				r.err = r.in.Read()
			}
			r.buffered = false
			switch r.err {
			case nil:
			case io.EOF:
				return
			case csvfile.ErrTooLong:
				r.err = nil
				if !yield(Record{Line: r.in.Line()}, lineError(r.in.Line(), "", strict.TooLong)) {
					return
				}
				continue
			default:
				yield(Record{Line: r.in.Line()}, r.err)
				r.err = io.EOF
				return
			}
			record, err := r.record()
			if !yield(record, err) {
				return
			}
		}
	}
}

// record converts the record that in holds.
func (r *Reader) record() (Record, error) {
	line := r.in.Line()
	if n := r.in.Len(); n != r.columns {
		return Record{Line: line}, lineError(line, "", "has "+strconv.Itoa(n)+" columns, not "+strconv.Itoa(r.columns))
	}
	p := parser{Reader: r, m: &r.options.Mapping, line: line}
	record := p.record()
	if err := p.faults.Err(); err != nil {
		return Record{Line: line}, &evidence.LineError{Line: line, Err: err}
	}
	return record, nil
}

// lineError returns the error of a line with one fault.
func lineError(line int, path, reason string) error {
	var faults refund.Faults
	faults.Add(path, reason)
	return &evidence.LineError{Line: line, Err: faults.Err()}
}
