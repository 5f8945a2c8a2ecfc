package csvlog

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Mapping names the column of a file for each field of a record. An empty name means that
// the file has no such column. The zero Mapping is not valid.
type Mapping struct {
	// Kind is the kind of every record: [evidence.KindCall] or [evidence.KindRecording].
	// Required.
	Kind evidence.Kind

	// ID lists the columns whose texts, joined by hyphens, are the record's id. The file
	// must have the first of these columns; it may lack the others. If ID is empty, or if
	// the text of the first column is empty, the id is the number of the line, such as
	// "line-17", which is unique only within one file.
	ID []string

	// Account is the column of the id of the customer's account, and Agent the column of
	// the agent. Optional.
	Account, Agent string

	// Issues is the column that names issues, at most 1000 in a record. Optional.
	Issues string

	// SplitIssues returns the ids in a text of the column Issues. Empty and repeated ids are
	// dropped. Defaults to splitting at spaces, commas and semicolons.
	SplitIssues func(text string) []string

	// Start is the column of the time at which the record begins. Required.
	Start string

	// End is the column of the time at which the record ends, and Duration the column of
	// the duration from start to end. At least one of the two is required. If the file has
	// both, they must agree within one second.
	End, Duration string

	// Answered is the column of the time at which a call was answered. Billable is the
	// column of the duration from then to the end. Calls require at least one of the two.
	Answered, Billable string

	// Disposition is the column of a call's result; see Dispositions. If it is empty, a call
	// counts as answered if the text at Answered is not empty or that at Billable is not
	// zero.
	Disposition string

	// Dispositions maps each known text of the column Disposition to whether the call was
	// answered. Defaults to the texts that Asterisk writes.
	Dispositions map[string]bool

	// From and To are the columns of a call's telephone numbers. Optional.
	From, To string

	// Software is the Software of every recording. It is a text, not a column. Optional.
	Software string

	// Layouts are the layouts of times, as in [time.Parse]. Each time is read with the first
	// layout that fits. If a layout has no offset, such as -0700 or Z07:00, its times are
	// local times at Options.Location. An abbreviation such as MST is not allowed, because
	// it is ambiguous. Defaults to [time.DateTime], 2006-01-02 15:04:05.
	Layouts []string

	// Columns are the names of all columns, in order, for a file that has no line of column
	// names. All records must have as many columns as the first one. These can be more than
	// Columns, or fewer if no mapped column is missing. If the first line has the names of
	// all mapped columns, it is skipped. Defaults to nil: the file's first line has the
	// names.
	Columns []string

	// Ignored are the names of other known columns, which Reader.Unknown leaves out.
	// Optional.
	Ignored []string
}

// asterisk is the default of Mapping.Dispositions.
var asterisk = map[string]bool{
	"ANSWERED": true, "NO ANSWER": false, "BUSY": false, "FAILED": false, "CONGESTION": false, "UNKNOWN": false, "CANCEL": false,
}

// columns returns the names of the columns that the file must have.
func (m *Mapping) columns() (names []string) {
	all := []string{m.Account, m.Agent, m.Issues, m.Start, m.End, m.Duration, m.Answered, m.Billable, m.Disposition, m.From, m.To}
	if len(m.ID) > 0 {
		all = append([]string{m.ID[0]}, all...)
	}
	for _, name := range all {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// validate returns the faults of a mapping, at paths such as "mapping.start".
func (m *Mapping) validate() (faults refund.Faults) {
	call := m.Kind == evidence.KindCall
	if !call && m.Kind != evidence.KindRecording {
		faults.Add("mapping.kind", "is required: one of call, recording")
	}
	if slices.Contains(m.ID, "") {
		faults.Add("mapping.id", "has an empty name")
	}
	if m.Start == "" {
		faults.Add("mapping.start", "is required")
	}
	if m.End == "" && m.Duration == "" {
		faults.Add("mapping.end", "is required unless there is a duration")
	}
	if call && m.Answered == "" && m.Billable == "" {
		faults.Add("mapping.answered", "is required for calls unless there is a billable time")
	}
	if !call {
		for _, f := range []struct{ path, name string }{
			{"answered", m.Answered}, {"billable", m.Billable}, {"disposition", m.Disposition}, {"from", m.From}, {"to", m.To},
		} {
			if f.name != "" {
				faults.Add("mapping."+f.path, "is allowed for calls only")
			}
		}
	}
	for _, layout := range m.Layouts {
		if !isLayout(layout) {
			faults.Add("mapping.layouts", "must have a date and a time of day, and no abbreviation of a zone")
			break
		}
	}
	for i, name := range m.Columns {
		if slices.ContainsFunc(m.Columns[:i], func(other string) bool { return fold(other) == fold(name) }) {
			faults.Add("mapping.columns", "has a name twice")
			break
		}
	}
	return faults
}

// fold returns the form in which names are compared.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '_' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// isLayout reports whether a layout has a date and a time of day, and no abbreviation of
// a zone.
func isLayout(layout string) bool {
	at := time.Date(2019, time.December, 31, 22, 47, 0, 0, time.FixedZone("AAA", 3600))
	other := at.In(time.FixedZone("BBB", 3600))
	text := at.Format(layout)
	back, err := time.Parse(layout, text)
	return err == nil && back.Format("200601021504") == at.Format("200601021504") && text == other.Format(layout)
}

// hasOffset reports whether the times of a layout have their offset from UTC.
func hasOffset(layout string) bool {
	at := time.Date(2019, time.December, 31, 22, 47, 0, 0, time.UTC)
	return at.Format(layout) != time.Date(2019, time.December, 31, 22, 47, 0, 0, time.FixedZone("UTC", 3600)).Format(layout)
}
