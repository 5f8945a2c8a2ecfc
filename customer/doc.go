// Package customer reviews the customer's side of a refund: the account, the person who asked,
// reports of unauthorized use, and the customer's own answers.
//
// [Review] compares these facts and returns findings for a case:
//
//	c.Findings = append(c.Findings, customer.Review(account, requester, answers, c.Request.At, now)...)
//
// Package [refund] turns findings into the statuses of clauses. A blocking finding holds the
// refund. No finding changes an amount.
//
// # The account is that of the subscription
//
// Review compares the requester with the account that it gets. Pass the account that holds the
// subscription ([refund.Subscription.Account]), never the requester's own: every requester holds
// their own account, so the review would clear everybody.
//
// # There are two instants
//
// Permission to ask counts at the instant of the request. Reports of unauthorized use and the
// customer's answers count at the instant of the decision, because they may change in between.
// Review shortly before the decision, and again before the money is paid.
//
// # A missing fact makes no finding
//
// A clause without a finding is not evaluated, which never counts as a yes. Review makes no
// finding for an unanswered question, an unknown fact or a zero instant. A nil list of
// reports or of particulars is an unknown fact; an empty list states that there are no
// entries.
//
// # Ids are compared byte for byte
//
// Ids are never trimmed, and case matters. An id with white space at an end, or with a control
// character, is malformed. A requester with a malformed id is neither the holder nor a delegate.
// If the id of the account or of the requester is malformed, there is no finding on
// account-access, and [refund.Case.Validate] reports the id by its path.
//
// # Names stay in the fields
//
// No type here has a field for a password. Findings have ids and the names of registration
// fields, but not the name of a person. An [Account] prints and logs as its id and counts,
// and encoders refuse it. A host stores the facts in a form of its own, and makes the Account
// from it for each review.
//
// # Compatibility
//
// Codes are a contract: they may be retired, never renamed or given a second meaning. Sentences
// for people may be reworded. Before v1.0.0 the Go API may change between minor versions, as
// CHANGELOG.md says.
package customer
