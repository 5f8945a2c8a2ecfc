// Package csvlog reads calls and remote sessions from CSV files, by the names of their
// columns.
//
// A [Mapping] says which column has which fact. There are presets for three known files:
// [FreePBX], [CDRCustom] and [TeamViewer]; change a preset, or write a Mapping, for any
// other file. [NewReader] reads the line of column names, and [Reader.All] returns one
// [Record] after the other, each an [evidence.Call] or an [evidence.Recording]:
//
//	in, err := csvlog.NewReader(file, csvlog.Options{Location: newYork, Mapping: csvlog.FreePBX()})
//	...
//	for record, err := range in.All() {
//
// The memory does not grow with the file: a record has at most 1 MiB.
//
// # Columns are found by name
//
// The columns can have any order. Names are compared without regard to letter case,
// spaces, hyphens and underscores, so that "Start date" is start_date. If a mapped column
// is missing or is there twice, NewReader returns an error that names it. [Reader.Unknown]
// returns the names of the columns that the mapping does not mention.
//
// # Texts are kept
//
// A text is never trimmed, unescaped or evaluated: a formula such as =1+1 and a number
// after an apostrophe stay as they are. Quotes follow RFC 4180. Some programs write
// quotes that do not: a column whose quotes cannot be read as RFC 4180 says is taken as
// it stands, up to the next separator. Only columns that the mapping names have to be
// UTF-8.
//
// # Local times
//
// A time without an offset is a local time at [Options.Location]. A time that the clocks
// skipped is a fault. If the clocks showed a time twice, the reading that fits the other
// times and the durations of the record is used; if several fit, the earliest is used and
// the record has a warning. Whether a file has local times or UTC is for the host to know.
//
// # A bad record loses no other record
//
// A record with a fault is returned as an [*evidence.LineError] that holds all of its
// faults, each at the name of its column, and reading continues. A doubt, such as an
// unknown disposition, is one of [Record.Warnings], because a refused record is evidence
// lost. A call whose disposition is unknown counts as unanswered. The exception is a quote
// that is not closed: it can join the lines up to the next closing quote into one record.
//
// # Issues
//
// A record names the issues that [Mapping.Issues] has. No preset maps it: which column
// has the ids of tickets, if any, is for the host to know.
//
// # Privacy
//
// Records hold names and telephone numbers. Errors and warnings hold no text of the file.
// A Record prints and logs as counts and lengths; read its fields to show more. Show
// Reader.Unknown with care: if the file lacks its line of column names, it has texts of
// the first record.
//
// # Compatibility
//
// As for package refund: the paths of faults and warnings are a contract, sentences are
// not.
package csvlog
