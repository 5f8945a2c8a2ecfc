// Package evidence reviews the logs behind an issue log: calls, recordings of desktop
// sharing, and chats.
//
// Each resolved issue reduces the refund, so a record should show each resolution.
// [Review] compares a [Log] with the issues of a case. Its [Report] says how well each
// resolution is shown, and has the findings for the case, the refundable amounts if fewer
// resolutions count, and the stake of each resolution in doubt:
//
//	report := evidence.Review(log, c)
//	figures, err := report.Figures(policy, c)
//	c.Findings = append(c.Findings, report.Findings()...)
//
// [VerifyMedia] compares the files of a log with their digests; Review takes its results.
// These packages read records:
//
//   - [github.com/kasperinfotech/refundpolicy/evidence/jsonl]: records of any kind, in the
//     format of this module
//   - [github.com/kasperinfotech/refundpolicy/evidence/cdr]: calls of Asterisk
//   - [github.com/kasperinfotech/refundpolicy/evidence/csvlog]: calls and remote sessions, by
//     the names of columns
//   - [github.com/kasperinfotech/refundpolicy/evidence/webvtt]: transcripts of calls
//   - [github.com/kasperinfotech/refundpolicy/evidence/chats]: chats of Zendesk and Intercom
//   - [github.com/kasperinfotech/refundpolicy/evidence/tickets]: histories of tickets, which
//     are issues
//
// # A report does not decide
//
// Findings are advisory at most: they change no amount and hold no refund. A reviewer who
// decides that an issue was not resolved removes its resolution from the issue log, and
// evaluates the case again.
//
// # Missing records do not support a resolution
//
// A resolution without a record is unsupported, never plausible by default. An unanswered
// call, a record of another account and a record with an altered file support no
// resolution. If the side that started a conversation about a resolved issue is unknown,
// the customer is taken to have come back.
//
// # The log has a digest
//
// [Log.Digest] identifies a log by its content, and [Report] has it in a field. Findings do
// not have it, and so the digests of the case and the outcome do not depend on it. To show
// later which log was reviewed, store Report.Log beside the case.
//
// # Records are private
//
// Records print as counts and lengths, in structured logs too, and encoders refuse them:
// package jsonl writes records on purpose. Package fmt calls no method for %p and %w, which
// are errors here. Errors have paths and no text of a record. Ids appear in reports and
// findings: do not use telephone numbers or names as ids.
//
// # Compatibility
//
// Codes (of sides, kinds, standings, objections and states) and the paths of faults are a
// contract: they may be retired, never renamed. Sentences for people may be reworded. If
// the canonical form changes, it gets a new number.
package evidence
