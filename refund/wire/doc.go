// Package wire reads and writes cases and outcomes as JSON, strictly.
//
// [DecodeCase] reads a case and refuses what does not belong to one; [AppendCase]
// and [AppendOutcome] write. A program whose input is its operator's own reads
// documents instead, with [DecodeDocument]: a case that brings its policy along.
// [Lines] walks through a file of JSON Lines. [DecodePolicy] and [DecodeVersions]
// read a company's policies. [Case] and [Outcome] are for fields of a host's own
// structs under encoding/json.
//
// # Strict means that nothing is lost or guessed
//
// Names match exactly, in their case too. Refused are: an unknown field, a field
// given twice, null, an amount that is a JSON number, a lost half of a surrogate
// pair, text after the object, a text of more than [MaxBytes] bytes or
// [MaxDepth] levels. What is accepted, encoding/json would read the same.
//
// # Errors name every fault by its path
//
// An error is a [*refund.InvalidError]: all faults of one text, those of
// [refund.Case.Validate] included, each with the path of its field, such as
// "subscription.paid.amount" or "issues[0].id"; the empty path is the text as a
// whole, and "*" a field whose name is not fit to be repeated. A missing object is
// one fault, and a field with a fault has no others that only follow from it. Errors
// quote codes and amounts, never other text.
//
// # A case does not choose its policy
//
// Whoever sends a case could otherwise choose the rules it is judged by:
// [DecodeCase] refuses a field "policy".
//
// # Compatibility
//
// Field names, codes and paths are a contract: they may be retired, never renamed.
package wire
