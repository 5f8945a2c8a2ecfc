// Package evidence reviews the logs behind an issue log: calls, recordings of desktop
// sharing, and chats.
//
// Each resolved issue takes a charge off a refund, so each is to be shown by a record
// and not by a helpdesk's word alone. [Review] takes a [Log] and says of each resolution
// how it stands; the [Report] has findings for a case, the refundable amount if
// fewer resolutions count, and the stake of each that is in doubt:
//
//	report := evidence.Review(log, c)
//	figures, err := report.Figures(policy, c)
//	c.Findings = append(c.Findings, report.Findings()...)
//
// [VerifyMedia] compares the files of a log with their digests; what it finds goes into
// the review. Records are read by packages below this one:
// [github.com/kasperinfotech/refundpolicy/evidence/jsonl],
// [github.com/kasperinfotech/refundpolicy/evidence/cdr] and
// [github.com/kasperinfotech/refundpolicy/evidence/webvtt].
//
// # A report decides nothing
//
// The findings are advisory at most: they change no amount and hold no refund. A
// reviewer who decides that an issue was not resolved takes its resolution out of the
// issue log, and the case is evaluated again.
//
// # Saying nothing is not saying yes
//
// A resolution without a record is unsupported, never plausible by default. A call that
// nobody answered, a record of another account and one whose file was tampered with
// speak for nothing. Where it is not known who started a conversation about a resolved
// issue, the customer is taken to have come back.
//
// # What was reviewed can be found again
//
// [Log.Digest] names a log by its content, and [Report] has it in a field. Findings, and so
// the digests of the case and the outcome, do not have it: a host that wants to show later
// which log was reviewed stores Report.Log beside its case.
//
// # Records are private
//
// Records print as counts and lengths, under the verbs of package fmt (but %p and %w,
// for which it asks nobody) and in a structured log. Errors have paths, and no text of a
// record. The JSON of records is written by package jsonl alone, since a logger could
// call encoding/json. Ids are told: a telephone number is no good id.
//
// # Compatibility
//
// Codes (of sides, kinds, standings, objections and states) and the paths of faults are
// a contract: they may be retired, never renamed. Sentences for people may be reworded.
// A canonical form that has to change gets a new number.
package evidence
