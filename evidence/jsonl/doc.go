// Package jsonl reads and writes the records of a log as JSON Lines: the format of this
// module's own, which loses nothing.
//
// [Read] goes through a file in constant memory, line by line; [ReadAll] collects a
// log. [Append] writes a record, and [Write] a log. An [Entry] is one line:
//
//	{"kind":"call","id":"C-1","account":"ACC-7","issues":["T-1"],"start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:20:00Z","answered":"2026-03-02T15:00:09Z"}
//
// Every record has kind ("call", "recording" or "chat"), id, account, agent, issues,
// start, end, started_by ("customer", "agent" or "system"), and media: objects of name,
// size, sha256 and type. A call also has answered, from, to, and transcript; a
// recording software; a chat messages. Transcript and messages are objects of at, from
// (a side) and text. What is not given is left out. Instants are RFC 3339.
//
// # A bad line spoils itself alone
//
// It comes with an [*evidence.LineError], which has its number and wraps a
// [*refund.InvalidError] with every fault by its path, and reading goes on. JSON is
// read as strictly as a refund.Case; a line has at most 1 MiB. That an id
// is used twice in a file is for [evidence.Log.Validate] to say.
//
// # Compatibility
//
// Field names, codes and paths are a contract: they may be retired, never renamed.
package jsonl
