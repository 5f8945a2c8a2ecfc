// Package cdr reads the call detail records that Asterisk's module cdr_csv writes: the
// file Master.csv.
//
// [Read] takes the file and the [Options], above all the place whose clocks the file
// goes by, and gives back one [Row] after the other, in memory that does not grow with
// the file. [Row.Call] makes an [evidence.Call] of a row. Its account and its issues
// are the host's to set.
//
// # Every line is a row, and a bad one spoils itself alone
//
// A line with any fault comes as an [*evidence.LineError] with all of its faults, by
// the names of the columns, and without a row; the next line is read as if nothing had
// happened. A quoted field ends on the line on which it begins: where a caller's name
// has a line break, the parts are two bad rows. Blank lines are passed over.
//
// The columns after the sixteenth are told by their number, as [Options] says. A file
// of another layout, such as one of module cdr_custom, has faults in every line.
//
// # Local times
//
// The file has local times and no offsets. A time that the clocks skipped is a fault.
// One that they showed twice is settled by the row's own durations: start, answer and
// end are read such that duration and billsec fit to a second, which is how far apart
// they get where parts of a second were cut off. Where several readings fit, since all
// of a call lies in the hour that came twice, the earliest does. Durations that fit no
// reading are a fault, whatever the hour.
//
// A file written with usegmtime is read with time.UTC.
//
// # What is not in the file
//
// Asterisk leaves out some calls that nobody answered, unless its cdr.conf has
// unanswered=yes, and drops a row of more than about a thousand bytes. So a call that
// is not there may have been made. One channel may have several rows, which have the
// same UniqueID and differ in Sequence. And [DispositionAnswered] says that something
// answered, which may have been a menu or a mailbox; LastApp tells.
//
// # Account codes are free text
//
// An account code is whatever the dial plan says. Only where it is the id of the
// customer's account may Row.Call be taken as it is.
//
// # Privacy
//
// Rows are made of names and telephone numbers. Errors hold nothing of the file but
// lengths and line numbers. A Row prints and logs as disposition and durations, and
// refuses to be written as JSON; its fields are there for whoever means to show them.
//
// # Compatibility
//
// As for package refund: the paths of faults are a contract, sentences are not.
package cdr
