package notice

import "github.com/kasperinfotech/refundpolicy/refund"

// Explain returns the reasons of an outcome as plain text: the refundable amount, and the reason
// of each clause, in groups by status. It is the part of a [Note] that needs only the outcome, for
// programs that keep outcomes or compare them ([refund.Outcome.Diff]). Clauses with one status
// and one reason are one line. The text is never empty, even for an outcome that was built by
// hand.
//
// Like a note, the text is for the company: it quotes findings and the ids of accounts.
func Explain(o refund.Outcome) string {
	var w lines
	w.result(&o)
	w.argument(&o)
	return w.String()
}
