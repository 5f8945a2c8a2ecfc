// Package jsonl reads and writes the records of a log as JSON Lines, in a format of this
// module that keeps every field.
//
// [Read] returns the records of a file one at a time, in constant memory; [ReadAll] returns
// a log. [Append] writes a record, and [Write] a log. An [Entry] is one line:
//
//	{"kind":"call","id":"C-1","account":"ACC-7","issues":["T-1"],"start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:20:00Z","answered":"2026-03-02T15:00:09Z"}
//
// Every record has kind ("call", "recording" or "chat"), id, account, agent, issues,
// start, end, started_by ("customer", "agent" or "system"), and media: objects of name,
// size, sha256 and type. A call also has answered, from, to, and transcript; a recording
// has software; a chat has messages. Transcript and messages are objects of at, from (a
// side) and text. Fields that are not given are omitted. Instants are RFC 3339.
//
// # A bad line loses no other line
//
// A line with a fault is returned as an [*evidence.LineError], which has its number and
// wraps a [*refund.InvalidError] with its faults by their paths. Reading continues with the
// next line. JSON is read as strictly as a refund.Case is. A line has at most 1 MiB. A
// record is checked by itself: [evidence.Log.Validate] finds an id that is used twice.
//
// # Compatibility
//
// Field names, codes and paths are a contract: they may be retired, never renamed.
package jsonl
