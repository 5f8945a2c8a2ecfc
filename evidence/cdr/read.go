package cdr

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Options are what the file itself does not tell. The zero Options are not valid, since
// a location is required.
type Options struct {
	// Location is the place on whose clocks the file's times were read. Required. As in a
	// [refund.Policy], a location without a name or named "Local" is refused, since the
	// answer must not depend on the machine. For files written with usegmtime it is time.UTC.
	Location *time.Location

	// UserFieldAlone is for files written with loguserfield and without loguniqueid:
	// where there is one column for both, which is so in rows of 17 and of 20 columns,
	// it is the user field. Defaults to false: it is the unique id.
	UserFieldAlone bool
}

// fault returns the reason for which the location is refused, or "".
func (o Options) fault() string {
	// The published policy is sound at any place, so what is wrong with it is the place.
	var wrong *refund.InvalidError
	if errors.As(refund.Published(o.Location).Validate(), &wrong) {
		return wrong.Faults[0].Reason
	}
	return ""
}

// Read returns the rows of a file, one at a time, in memory that does not grow with
// the file: each line is at most 1 MiB. It can be ranged over once, since it reads r.
//
//   - A line that is no row comes with an [*evidence.LineError], in which a
//     [*refund.InvalidError] has every fault at the name of its column, such as "start",
//     "billsec" or "dstchannel"; an empty path means the whole line. The Row has nothing
//     but the line then, and reading goes on.
//   - An error of reading from r comes as it is, and is the last thing.
//   - Options without a good location come to one [*refund.InvalidError], at "location",
//     and nothing is read.
func Read(r io.Reader, o Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err := invalid("location", o.fault()); err != nil {
			yield(Row{}, err)
			return
		}
		// One buffer for all lines: csv.NewReader takes it as it is.
		buffer := bufio.NewReader(nil)
		for line, err := range jsonlines.Read(r) {
			row := Row{Line: line.Number}
			if err == nil {
				buffer.Reset(bytes.NewReader(line.Text))
				row, err = o.parse(line, csv.NewReader(buffer))
			}
			if invalid, ok := err.(*refund.InvalidError); ok { // no other error is the line's own
				err = &evidence.LineError{Line: line.Number, Err: invalid}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}
