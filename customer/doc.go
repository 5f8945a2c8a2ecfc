// Package customer checks the customer's side of a refund: who asked, whose account it
// is, whether somebody else used it, and what the customer answers for.
//
// [Review] takes what the host knows (an [Account], the [Requester], the
// [Attestations]) and returns findings for a case:
//
//	c.Findings = append(c.Findings, customer.Review(account, requester, attestations, c.Request.At)...)
//
// Package [github.com/kasperinfotech/refundpolicy/refund] turns them into statuses; a
// blocking one holds the refund. Nothing here changes an amount.
//
// # Nobody gets a refund on another person's account
//
// Whoever asks is the holder, or somebody with the holder's permission at that
// instant, or blocks the refund. Ids are compared byte for byte, after blanks around
// them were cut off; nothing else is folded, so that no look-alike passes as the
// holder.
//
// # What is not known is not found
//
// A question that was not answered, and a fact that is missing, make no finding: the
// clause stays not evaluated, which is never a silent yes. A nil list is a missing
// fact, an empty one states that there is none.
//
// # No passwords, and little else that is private
//
// No type here has a field that could hold a password. Findings name accounts and
// particulars, and no person; an [Account] prints without the holder's name and the
// username.
//
// # Compatibility
//
// As for package refund: codes are a contract, sentences are not.
package customer
