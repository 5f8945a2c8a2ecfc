// Package customer reviews the customer's side of a refund: who asked, who holds the
// account, whether somebody else used it, and the customer's own answers.
//
// [Review] compares the facts that the host knows and returns findings for a case:
//
//	c.Findings = append(c.Findings, customer.Review(account, requester, answers, c.Request.At, now)...)
//
// Package [github.com/kasperinfotech/refundpolicy/refund] turns findings into the statuses
// of clauses. A blocking finding holds the refund. No finding changes an amount.
//
// # Two instants
//
// Permission to ask counts at the instant of the request. Reports of unauthorized use and
// the customer's answers count at the instant at which the case is decided, because both
// may change in between. Review again shortly before the decision, and once more before
// the money is paid.
//
// # The account must be the one that holds the subscription
//
// Review compares the requester with the account that it gets. Pass the account of
// [refund.Subscription.Account]. A requester is always the holder of their own account, so
// that account would clear everybody.
//
// # Ids are compared byte for byte
//
// Ids are never trimmed or folded. An id with white space at an end, or with a control
// character, is malformed, as in package refund. A malformed id never makes a requester the
// holder or a delegate. If the account's or the requester's id is malformed, there is no
// finding on account-access, and [refund.Case.Validate] reports the id by its path.
//
// # A missing fact makes no finding
//
// A clause without a finding stays not evaluated, which is never a silent yes. Questions
// without an answer, unknown facts and zero instants make no finding. A nil list is an
// unknown fact; an empty list states that there are no entries.
//
// # Names stay in the fields
//
// No type here has a field for a password. Findings contain ids and the names of
// registration fields, but no name of a person. An [Account] prints and logs as its id and
// counts, and encoders refuse it.
//
// # Compatibility
//
// As for package refund: codes are a contract, sentences may be reworded.
package customer
