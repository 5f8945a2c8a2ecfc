// Package jsonl reads and writes the records of a log as JSON Lines, in a format of this
// module that keeps every field.
//
// [Read] returns the records of a file one at a time, in constant memory, and [ReadAll]
// returns them as a log. [Append] writes a record, and [Write] writes a log. An [Entry] is
// the record of one line, such as
//
//	{"kind":"call","id":"C-1","account":"ACC-7","issues":["T-1"],"start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:20:00Z","answered":"2026-03-02T15:00:09Z"}
//
// A record of any kind can have these fields:
//
//   - kind: "call", "recording" or "chat"
//   - id, account and agent: strings
//   - issues: an array of ids
//   - start and end: instants in the form of RFC 3339
//   - started_by: "customer", "agent" or "system"
//   - media: an array of objects with name, size, sha256 and type
//
// A call also has answered (an instant), from, to, and transcript; a recording has software;
// a chat has messages. Transcript and messages are arrays of objects with at (an instant),
// from (a side, as in started_by) and text. Fields without a value are omitted.
//
// # Reading continues after a bad line
//
// A line with a fault is returned as an [*evidence.LineError]. It has the number of the line
// and wraps a [*refund.InvalidError] with the path of each fault. Reading continues with the
// next line. A line has at most 1 MiB. JSON is read as strictly as in a [refund.Case].
//
// Each record is checked on its own. To find an id that two records have, call
// [evidence.Log.Validate].
//
// # Compatibility
//
// Field names, codes and paths are a contract: they may be retired, never renamed.
package jsonl
