package cdr

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The columns that every file has, and how many there are with all of the others.
const (
	fewestColumns = 16
	mostColumns   = 21
	newColumns    = 3 // peeraccount, linkedid, sequence: all or none
)

var amaFlags = []string{"OMIT", "BILLING", "DOCUMENTATION", "Unknown"}

// parse reads a line, with a csv.Reader that is at its beginning. With an error, a
// [*refund.InvalidError], comes a row that has nothing but the line.
func (o Options) parse(line jsonlines.Line, in *csv.Reader) (Row, error) {
	p := parser{options: o}
	row := p.line(line, in)
	if err := p.faults.Err(); err != nil {
		return Row{Line: line.Number}, err
	}
	return row, nil
}

// A parser reads one column after the other, and collects their faults.
type parser struct {
	options Options
	columns []string // not read yet
	faults  refund.Faults
}

func (p *parser) line(line jsonlines.Line, in *csv.Reader) Row {
	if bytes.HasPrefix(line.Text, []byte("\uFEFF")) {
		p.faults.Add("", "begins with a byte order mark")
		return Row{}
	}
	in.FieldsPerRecord = -1 // the number of columns is checked below
	columns, err := in.Read()
	if err != nil { // on one line, only its quotes can be wrong
		p.faults.Add("", "has a quote where none may be, or lacks one")
		return Row{}
	}
	if n := len(columns); n < fewestColumns || n > mostColumns {
		p.faults.Add("", "has "+strconv.Itoa(n)+" columns, not 16 to 21")
		return Row{}
	}
	p.columns = columns
	return p.row(line.Number)
}

func (p *parser) next() string {
	s := p.columns[0]
	p.columns = p.columns[1:]
	return s
}

// row reads the columns, in their order: Go calls functions from left to right.
func (p *parser) row(line int) Row {
	more := len(p.columns) - fewestColumns
	r := Row{
		Line:               line,
		AccountCode:        p.text("accountcode"),
		Source:             p.text("src"),
		Destination:        p.text("dst"),
		Context:            p.text("dcontext"),
		CallerID:           p.text("clid"),
		Channel:            p.text("channel"),
		DestinationChannel: p.text("dstchannel"),
		LastApp:            p.text("lastapp"),
		LastData:           p.text("lastdata"),
	}
	t := times{start: p.local("start", true), answer: p.local("answer", false), end: p.local("end", true)}
	t.duration, t.billsec = p.whole("duration"), p.whole("billsec")
	r.Disposition = p.disposition()
	r.AMAFlags = p.amaFlags()
	ids := more % newColumns // uniqueid and userfield, of which a file may have either
	if ids == 2 || ids == 1 && !p.options.UserFieldAlone {
		r.UniqueID = p.text("uniqueid")
	}
	if ids == 2 || ids == 1 && p.options.UserFieldAlone {
		r.UserField = p.text("userfield")
	}
	if more >= newColumns {
		r.PeerAccount, r.LinkedID = p.text("peeraccount"), p.text("linkedid")
		r.Sequence = int(p.whole("sequence"))
	}
	p.settle(&r, t)
	return r
}

// text reads a column of free text.
func (p *parser) text(column string) string {
	s := p.next()
	if !utf8.ValidString(s) {
		p.faults.Add(column, lengthOf(s)+" is not UTF-8")
	} else if strings.Contains(s, "\x00") {
		p.faults.Add(column, lengthOf(s)+" has a NUL")
	}
	return s
}

// whole reads a number as printf's %d writes it, or returns -1.
func (p *parser) whole(column string) int64 {
	s := p.next()
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil || strconv.FormatUint(n, 10) != s {
		p.faults.Add(column, lengthOf(s)+" is not a whole number from 0 to 2147483647")
		return -1
	}
	return int64(n)
}

func (p *parser) disposition() (d Disposition) {
	reason := dispositionCodes.Parse([]byte(p.next()), &d)
	p.faults.Add("disposition", cmp.Or(reason, dispositionCodes.Fault(d)))
	return d
}

func (p *parser) amaFlags() string {
	s := p.next()
	if !slices.Contains(amaFlags, s) {
		p.faults.Add("amaflags", "is not one of "+strings.Join(amaFlags, ", "))
	}
	return s
}

// unknown stands for the instants of a column that nobody can tell.
var unknown = []time.Time{{}}

// local reads a time of the place's clocks, and returns the instants at which they
// showed it, the earlier one first; nil if there is none and none is required.
func (p *parser) local(column string, required bool) []time.Time {
	s := p.next()
	if s == "" && !required {
		return nil
	}
	clock, err := time.Parse(time.DateTime, s) // in UTC, since the layout has no zone
	switch {
	case s == "":
		p.faults.Add(column, "is required")
	case err != nil || clock.Format(time.DateTime) != s: // Parse takes fractions, and 9:05 for 09:05
		p.faults.Add(column, lengthOf(s)+" is not a time such as 2006-01-02 15:04:05")
	case clock.Year() < firstYear || clock.Year() > lastYear:
		p.faults.Add(column, "is not in the years 1970 to 9998")
	default:
		if instants := showing(clock, p.options.Location); instants != nil {
			return instants
		}
		p.faults.Add(column, "is a time that the clocks of "+p.options.Location.String()+" skipped")
	}
	return unknown
}

// lengthOf is how an error speaks of a text of the file, which it must not quote.
func lengthOf(s string) string { return "a text of " + strconv.Itoa(len(s)) + " bytes" }
