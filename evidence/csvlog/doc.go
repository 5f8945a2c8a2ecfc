// Package csvlog reads calls and remote sessions from CSV files, by the names of their
// columns.
//
// A [Mapping] names the column of each field of a record. There are presets for three known
// files: [FreePBX], [CDRCustom] and [TeamViewer]. For any other file, change a preset or
// write a Mapping. [NewReader] reads the line of column names, and [Reader.All] returns one
// [Record] after the other, each an [evidence.Call] or an [evidence.Recording]:
//
//	in, err := csvlog.NewReader(file, csvlog.Options{Location: newYork, Mapping: csvlog.FreePBX()})
//	...
//	for record, err := range in.All() {
//
// The memory does not grow with the file. A record has at most 1 MiB.
//
// # Columns are found by name
//
// The columns can have any order. Names are compared without regard to letter case,
// spaces, hyphens and underscores, so "Start date" matches start_date. If a mapped column
// is missing or appears twice, NewReader returns an error that names it. [Reader.Unknown]
// returns the names of the columns that the mapping does not mention.
//
// # Texts are kept
//
// A text is never trimmed, unescaped or evaluated: a formula such as =1+1 and a number
// after an apostrophe stay as they are. Quotes are read as in RFC 4180. Some programs write
// quotes that break its rules. Such a column is taken as it stands, with its quotes, up to
// the next separator. Only the columns that the mapping names must be UTF-8.
//
// # Local times
//
// A time without an offset is a local time at [Options.Location]. The host must know whether
// the file has local times or UTC. A time that the clocks skipped is a fault.
//
// If the clocks showed a time twice, it can mean either of two instants. The Reader takes
// the one that fits the other times and the durations of the record. If both fit, it takes
// the earlier one, and the record has a warning.
//
// # Reading continues after a bad record
//
// A record with a fault is returned as an [*evidence.LineError] that holds all of its
// faults, each with the name of its column as the path. Reading continues with the next
// record. There is one exception: a quote that is not closed can join all lines up to the
// next closing quote into one record.
//
// A doubt is not a fault, because evidence is lost with a refused record. It is one of
// [Record.Warnings]. For example, a call whose disposition is unknown has a warning, and
// counts as unanswered.
//
// # Issues
//
// A record names the issues in the column [Mapping.Issues]. The presets do not set it: the
// host must know which column has the ids of tickets, if any.
//
// # Privacy
//
// Records hold names and telephone numbers. Errors and warnings hold no text of the file.
// A Record prints and logs as counts and lengths; read its fields to show more. Be careful
// when you show the result of Reader.Unknown: if the file lacks a line of column names, it
// has texts of the first record.
//
// # Compatibility
//
// As for package refund: the paths of faults and warnings are a contract, sentences are
// not.
package csvlog
