package cdr

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"iter"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/wallclock"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Options hold the facts that the file does not state. The zero Options are not valid,
// because a location is required.
type Options struct {
	// Location is the place whose clocks the file's times follow. Required. As in a
	// [refund.Policy], a location without a name or named "Local" is refused, because the
	// result must not depend on the machine. Use time.UTC for files written with usegmtime.
	Location *time.Location

	// UserFieldAlone means that the file was written with loguserfield and without
	// loguniqueid. A row of 17 or 20 columns has only one of the two columns: the user field
	// if UserFieldAlone is true, otherwise the unique id. Defaults to false.
	UserFieldAlone bool
}

// Read returns the rows of a file, one at a time, in memory that does not grow with
// the file: each line is at most 1 MiB. The result can be ranged over once, because it
// reads r.
//
//   - A line that is not a row is returned as an [*evidence.LineError] that wraps a
//     [*refund.InvalidError]. Each fault is at the name of its column, such as "start",
//     "billsec" or "dstchannel"; an empty path means the whole line. The Row holds only
//     its Line, and reading continues.
//   - A file of another layout also yields such an error, with one fault at "layout". Lines
//     that are not rows are then skipped until a row is read.
//   - An error of r is returned unchanged, and ends the sequence.
//   - Options without a valid location yield one [*refund.InvalidError] with the path
//     "location". Read then does not read r.
func Read(r io.Reader, o Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err := invalid("location", wallclock.Fault(o.Location)); err != nil {
			yield(Row{}, err)
			return
		}
		// One buffer for all lines: csv.NewReader uses it directly.
		buffer := bufio.NewReader(nil)
		known := false // a row was read, so the layout is known
		other := false // the file seems to have another layout, which was reported
		for line, err := range jsonlines.Read(r) {
			row, layout := Row{Line: line.Number}, false
			if line.Number == 1 { // an editor may have put a byte order mark there
				line.Text = bytes.TrimPrefix(line.Text, []byte("\uFEFF"))
			}
			if err == nil && len(line.Text) == 0 {
				continue
			}
			if err == nil {
				buffer.Reset(bytes.NewReader(line.Text))
				row, layout, err = o.parse(line, csv.NewReader(buffer), !known)
			}
			if invalid, ok := err.(*refund.InvalidError); ok { // any other error is an error of r
				if other && !known {
					continue
				}
				err = &evidence.LineError{Line: line.Number, Err: invalid}
			}
			known, other = known || err == nil, other || layout
			if !yield(row, err) {
				return
			}
		}
	}
}
