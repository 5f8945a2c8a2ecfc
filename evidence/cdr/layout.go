package cdr

import (
	"slices"
	"strings"
	"time"
)

// mostFields is the largest number of columns in a line that is split. It is more than any
// known layout has.
const mostFields = 64

// names are the names of columns in the headers of call detail records.
var names = []string{
	"accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "calldate",
	"start", "answer", "end", "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield",
	"caller_id_name", "caller_id_number", "destination_number", "start_stamp", "answer_stamp", "end_stamp", "hangup_cause", "uuid",
}

// otherLayout returns the reason why a line has another layout than that of module cdr_csv,
// or "". A line with a time in cdr_csv's column end never has another layout, since free
// text in its other columns could look like a time.
func otherLayout(columns []string) string {
	const instead = ", not that of module cdr_csv; package evidence/csvlog reads it"
	switch n := len(columns); {
	case isHeader(columns) && strings.EqualFold(columns[0], "calldate"):
		return "is that of FreePBX's export" + instead
	case isHeader(columns):
		return "is that of a file with column names" + instead
	case isTime(columns, 11): // the end of a call of cdr_csv
		return ""
	case n >= 16 && isTime(columns, 8) && isTime(columns, 10):
		return "is the sample layout of module cdr_custom" + instead
	case n >= 15 && isTime(columns, 4) && isTime(columns, 6):
		return "is the default template of FreeSWITCH" + instead
	case n >= 16 && isTime(columns, 0):
		return "is that of FreePBX's export, without its line of column names" + instead
	}
	return ""
}

// isHeader reports whether at least three columns hold the name of a column. A record does
// not have three.
func isHeader(columns []string) bool {
	found := 0
	for _, s := range columns {
		if slices.Contains(names, strings.ToLower(strings.TrimSpace(s))) {
			found++
		}
	}
	return found >= 3
}

func isTime(columns []string, i int) bool {
	if i >= len(columns) {
		return false
	}
	_, err := time.Parse(time.DateTime, columns[i])
	return err == nil
}

// countColumns returns the number of columns of a line, if its quotes are well-formed.
// It needs no memory, however many there are.
func countColumns(line []byte) int {
	n, quoted := 1, false
	for _, c := range line {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			n++
		}
	}
	return n
}
