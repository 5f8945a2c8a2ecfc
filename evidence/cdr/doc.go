// Package cdr reads the call detail records that Asterisk's module cdr_csv writes to the
// file Master.csv.
//
// [Read] takes the file and the [Options], which must name the place whose clocks the
// file's times follow. It returns one [Row] after the other, in memory that does not grow
// with the file. [Row.Call] converts a row to an [evidence.Call]; the host sets the
// account and the issues.
//
// Package [github.com/kasperinfotech/refundpolicy/evidence/csvlog] reads other exports of
// calls, by the names of their columns.
//
// # Reading continues after a bad line
//
// A line with a fault is returned as an [*evidence.LineError] and not as a row. The error
// holds all faults of the line, each with the name of its column as the path. Reading
// continues with the next line. A quoted field cannot continue on the next line: if a
// caller's name has a line break, each of the two lines is a bad row. Blank lines are
// skipped.
//
// A row that can be read but leaves a doubt is returned with [Row.Warnings]. An unknown
// disposition is a doubt and not a fault, since evidence is lost with a refused row. Such a
// call counts as unanswered.
//
// # Other layouts
//
// If a file seems to have another layout, Read returns one fault at the path "layout". It
// then skips lines that are not rows, without an error, until it has read a row. Read
// recognizes a line of column names, such as the first line of FreePBX's export. It also
// recognizes the sample layout of module cdr_custom and the default template of FreeSWITCH.
//
// Optional columns after the sixteenth are recognized by the number of columns; see
// [Options].
//
// # Local times
//
// The file has local times without offsets. A time that the clocks skipped is a fault.
//
// If the clocks showed a time twice, it can mean either of two instants. Read then chooses
// start, answer and end so that they fit the columns duration and billsec. A difference of
// one second still fits, since Asterisk cuts off fractions. More than one choice can fit if
// the whole call is in the repeated hour. Read then takes the earliest and adds a warning
// at "start". If no choice fits, the line has a fault.
//
// Use time.UTC for a file written with usegmtime.
//
// # Calls that are missing from the file
//
// Asterisk omits some unanswered calls unless cdr.conf has unanswered=yes, and drops a
// row of more than about a thousand bytes. So a call that is missing from the file may have
// been made.
//
// # Rows and calls
//
// One channel may have several rows, which share a UniqueID and differ in Sequence.
// [DispositionAnswered] means that a person answered, or a machine such as a menu or a
// mailbox. Row.LastApp may show which.
//
// # Account codes are free text
//
// The dial plan chooses the account code. Use the account of Row.Call only if the dial
// plan writes the id of the customer's account there.
//
// # Privacy
//
// Rows hold names and telephone numbers. Errors and warnings hold no text of the file,
// only lengths and line numbers. A Row prints and logs as its disposition and durations,
// and cannot be encoded, for example as JSON. To show more, read its fields.
//
// # Compatibility
//
// As for package refund: the paths of faults and warnings are a contract, sentences are
// not.
package cdr
