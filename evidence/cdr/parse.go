package cdr

import (
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/wallclock"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Every file has the first 16 columns, and with all optional ones there are 21.
const (
	fewestColumns = 16
	mostColumns   = 21
	newColumns    = 3 // peeraccount, linkedid and sequence: a file has all or none of them
)

var amaFlags = []string{"OMIT", "BILLING", "DOCUMENTATION", "Unknown"}

// parse reads a line with a csv.Reader that is at its beginning. An error is a
// [*refund.InvalidError], and only Line is then set in the row. If doubt is set, other
// reports whether the line shows another layout.
func (o Options) parse(line jsonlines.Line, in *csv.Reader, doubt bool) (row Row, other bool, err error) {
	p := parser{options: o}
	row = p.line(line, in)
	if len(p.faults) > 0 && doubt {
		if reason := otherLayout(p.all); reason != "" {
			p.faults, other = refund.Faults{{Path: "layout", Reason: reason}}, true
		}
	}
	if err := p.faults.Err(); err != nil {
		return Row{Line: line.Number}, other, err
	}
	row.Warnings = p.warnings
	return row, false, nil
}

// A parser reads one column after the other, and collects their faults and doubts.
type parser struct {
	options  Options
	all      []string // all columns
	columns  []string // those that are not read yet
	faults   refund.Faults
	warnings refund.Faults
}

func (p *parser) line(line jsonlines.Line, in *csv.Reader) Row {
	n := countColumns(line.Text)
	if n > mostFields { // csv.Reader would need 40 bytes for each
		p.faults.Add("", wrongCount(n))
		return Row{}
	}
	in.FieldsPerRecord = -1 // the number of columns is checked below
	columns, err := in.Read()
	if err != nil { // on one line, only its quotes can be wrong
		p.faults.Add("", "has a misplaced or a missing quote")
		return Row{}
	}
	p.all, p.columns = columns, columns
	if n < fewestColumns || n > mostColumns {
		p.faults.Add("", wrongCount(n))
		return Row{}
	}
	return p.row(line.Number)
}

func wrongCount(n int) string { return "has " + strconv.Itoa(n) + " columns, not 16 to 21" }

func (p *parser) next() string {
	s := p.columns[0]
	p.columns = p.columns[1:]
	return s
}

// row reads the columns in their order: Go evaluates calls from left to right.
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
	ids := more % newColumns // uniqueid and userfield; a file may have either one
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

// whole reads a number as printf's %d writes it. It returns -1 for any other text.
func (p *parser) whole(column string) int64 {
	s := p.next()
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil || strconv.FormatUint(n, 10) != s {
		p.faults.Add(column, lengthOf(s)+" is not a whole number from 0 to 2147483647")
		return -1
	}
	return int64(n)
}

// disposition reads a disposition. An unknown one is a doubt and not a fault: evidence would
// be lost with a refused row, and the call counts as unanswered anyway.
func (p *parser) disposition() (d Disposition) {
	reason := dispositionCodes.Parse([]byte(p.next()), &d)
	p.warnings.Add("disposition", cmp.Or(reason, dispositionCodes.Fault(d)))
	return d
}

func (p *parser) amaFlags() string {
	s := p.text("amaflags")
	if !slices.Contains(amaFlags, s) {
		p.warnings.Add("amaflags", "is not one of "+strings.Join(amaFlags, ", "))
	}
	return s
}

// unknown is the list of instants of a column that is empty or unreadable.
var unknown = []time.Time{{}}

// local reads a local time, and returns the instants at which the clocks showed it, the
// earlier one first. It returns nil for an empty column that is not required.
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
		if instants := wallclock.Showing(clock, p.options.Location); instants != nil {
			return instants
		}
		p.faults.Add(column, "is a time that the clocks of "+p.options.Location.String()+" skipped")
	}
	return unknown
}

// lengthOf describes a text of the file, which an error must not quote.
func lengthOf(s string) string { return "a text of " + strconv.Itoa(len(s)) + " bytes" }
