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
// # A bad line loses no other line
//
// A line with a fault is returned as an [*evidence.LineError] that holds all of its
// faults, each at the name of its column, and without a row. Reading continues with the
// next line. A quoted field ends on the line on which it begins: if a caller's name has
// a line break, both parts are bad rows. Blank lines are skipped.
//
// A row that is readable but doubtful is returned with [Row.Warnings]. An unknown
// disposition is a doubt and not a fault, since a refused row is evidence lost. Such a
// call counts as unanswered.
//
// # Other layouts
//
// If a file seems to have another layout, Read returns one fault at the path "layout", and
// skips the lines that are not rows until it has read a row. It recognizes a line of
// column names, such as the first line of FreePBX's export, the sample layout of module
// cdr_custom, and the default template of FreeSWITCH.
//
// Optional columns after the sixteenth are recognized by the number of columns; see
// [Options].
//
// # Local times
//
// The file has local times without offsets. A time that the clocks skipped is a fault.
// If the clocks showed a time twice, the row's own durations decide: Read chooses start,
// answer and end so that duration and billsec fit within a second, which is the most
// that cutting off fractions can cause. If more than one reading fits, because the whole
// call lies in the repeated hour, Read chooses the earliest and adds a warning at
// "start". Durations that fit no reading are a fault.
//
// Use time.UTC for a file written with usegmtime.
//
// # Calls that are missing from the file
//
// Asterisk omits some unanswered calls unless cdr.conf has unanswered=yes, and drops a
// row of more than about a thousand bytes. So a call that is missing may have been made.
// One channel may have several rows, which share a UniqueID and differ in Sequence.
// [DispositionAnswered] says that something answered, which may be a menu or a mailbox;
// see LastApp.
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
// and refuses to be written as JSON; read its fields to show more.
//
// # Compatibility
//
// As for package refund: the paths of faults and warnings are a contract, sentences are
// not.
package cdr
