// Package evidence reviews the logs behind an issue log: calls, recordings of desktop
// sharing, and chats.
//
// Each resolved issue reduces the refund, so a record should show each resolution.
// [Review] compares a [Log] with the issues of a case. The [Report] has the standing of each
// resolution: how well the records show it. Its methods return the findings for the case
// and the refundable amounts if fewer resolutions count. They also return the stake of each
// resolution in doubt, which is the money that depends on it:
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
//   - [github.com/kasperinfotech/refundpolicy/evidence/cdr]: calls, from the call detail
//     records of Asterisk
//   - [github.com/kasperinfotech/refundpolicy/evidence/csvlog]: calls and remote sessions,
//     from CSV files with named columns
//   - [github.com/kasperinfotech/refundpolicy/evidence/webvtt]: transcripts of calls
//   - [github.com/kasperinfotech/refundpolicy/evidence/chats]: chats of Zendesk and Intercom
//   - [github.com/kasperinfotech/refundpolicy/evidence/tickets]: ticket histories, which
//     give the issues of a case
//
// # A report does not decide
//
// Findings are advisory or satisfied. They do not change an amount or hold a refund. A
// reviewer who decides that an issue was not resolved removes its resolution from the issue
// log, and evaluates the case again.
//
// # Missing records do not support a resolution
//
// A resolution without a record is unsupported, never plausible by default. An unanswered
// call, a record of another account and a record with an altered file do not support a
// resolution. If a conversation about an issue began after its resolution, and the side
// that started it is unknown, Review assumes that the customer came back.
//
// # The log has a digest
//
// [Log.Digest] identifies a log by its content. [Report] has this digest in its field Log.
// Findings do not contain it, so the digests of the case and of the outcome do not depend
// on the log. To show later which log was reviewed, store Report.Log beside the case.
//
// # Records are private
//
// Records print as counts and lengths, in structured logs too. They cannot be encoded, for
// example as JSON; to write them, use package jsonl. Package fmt prints all fields of a
// record for the wrong verbs %p and %w, and of a record in an unexported field of a struct,
// since it calls no method there.
//
// Errors have paths, but no text of a record. Ids appear in reports and findings: do not
// use telephone numbers or names as ids.
//
// # Compatibility
//
// Codes (of sides, kinds, standings, objections and states) and the paths of faults are a
// contract: they may be retired, never renamed. Sentences for people may be reworded. If
// the canonical form changes, it gets a new number.
package evidence
