// Package refundpolicy documents a library that computes how much of a subscription may be
// refunded under a published policy, and why. The code is in the packages below; this one
// has the overview and two examples.
//
// Fill in a [refund.Case] and call [Policy.Evaluate] on [refund.Published]. The
// [refund.Outcome] has a verdict, an amount, and for each of the policy's eighteen clauses a
// status and a reason. [decision.Approve] turns an outcome into a [decision.Decision], which
// releases the money, and [Ledger.Post] turns a decision into instructions for a payment
// gateway:
//
//	payments, refunds, disputes   calls, recordings, chats   account, requester, answers
//	             |                            |                           |
//	           ledger                      evidence                    customer
//	             | Paid, Refunded, Disputed   | findings                  | findings
//	             +----------------------------+---------------------------+
//	                                          |
//	                                     refund.Case
//	                                          |  Policy.Evaluate
//	                                    refund.Outcome -------> shown to people
//	                                          |  Approve, Grant or Decline
//	                                   decision.Decision -----> stored as a signed record
//	                                          |  Ledger.Post
//	                                  ledger.Instruction -----> sent to the payment gateway
//
// The library has no server, no database, no clock and no logger. The host is the program
// that calls it, such as a billing service.
//
// # The life of a case
//
//  1. The customer pays. The host opens the books of the subscription with [ledger.New], and
//     later records every payment, reversal, refund and dispute that the payment provider
//     reports.
//  2. The support team resolves issues. The host keeps them as a [refund.IssueLog].
//  3. The customer asks for a refund. The host records the instant, the channel and the
//     account, and stops the renewals.
//  4. The host builds the case. [Ledger.Subscription] fills in the amounts paid, refunded and
//     disputed. [evidence.Review] and [customer.Review] return findings.
//  5. The host evaluates the case with the policy in force at the subscription's start
//     ([Versions.At]). It shows the outcome and the closed gates ([decision.Check]), and puts
//     the digest of the outcome into the page.
//  6. An officer decides: [decision.Approve], [decision.Grant] or [decision.Decline], with the
//     digest from the page. Any of the three may arrive as a [decision.Proposal]. The host
//     stores the case and the signed record.
//  7. Shortly before the refund, the host builds the case again, with new findings, and calls
//     [decision.Replay]. A report of misuse that has arrived since the approval stops the
//     refund here.
//  8. [Ledger.Post] enters the refund in the books and splits it over the payments.
//  9. For each instruction in [Ledger.Outstanding], the host calls [Ledger.Submit]; then the
//     payment gateway, with the instruction's key as the idempotency key; then [Ledger.Settle],
//     or [Ledger.Fail] if the gateway has confirmed the failure.
//  10. Every day, [ledger.Reconcile] compares the books with the provider's list, and a person
//     looks at [Ledger.Alerts].
//
// # Data to store
//
// The host stores four kinds of data:
//
//   - the books, as the JSON of a [ledger.Ledger], with their version;
//   - the policies, as the JSON of [refund.Versions];
//   - each decided case, as the JSON of a [refund.Case];
//   - the signed record of its decision, to be found by [Decision.OutcomeDigest], so that an
//     officer who clicks twice decides once. After its refund has failed, an officer may decide
//     again.
//
// Outcomes and decisions are not stored, and their JSON cannot be read: evaluate the case, and
// replay the record.
//
// # One writer at a time
//
// Two programs that read the same books could both post a refund. In steps 1, 8 and 9, read
// the books, change them, and replace them only if the stored version is still the one that
// was read; otherwise start again. Store the books after Submit and before the call of the
// gateway. Package [sqlstore] does both.
//
// # Traps
//
// The zero [refund.Money] is a missing amount, not zero, and a nil [refund.IssueLog] is a
// missing fact. Days are calendar days at the policy's location, and the rules of its time
// zone are an input. Late requests and one-time services are outcomes, not errors. The docs of
// the packages say more.
//
// # Packages
//
//   - [refund]: the policy, cases and outcomes; exact amounts of money;
//   - [decision]: approvals, goodwill, denials, and their signed records;
//   - [ledger]: the books of a subscription; reconciliation with a provider's list;
//   - [sqlstore]: books in PostgreSQL and SQLite;
//   - [invoice]: a refund spread over invoice lines and their taxes;
//   - [whatif]: the effect of a change of policy, the amount at stake, and the facts that would
//     have changed a result;
//   - [notice]: letters to the customer, answers to card disputes, and notes for the agent;
//   - [evidence]: calls, recordings and chats, reviewed against the issue log;
//   - [customer]: the account, the requester and the customer's answers, reviewed;
//   - [refundtest]: tests for your own code, fixtures, and vectors for any language;
//   - [examples]: whole stories to run, and the programs evaluate, review and backtest.
//
// # Compatibility
//
// Codes (of clauses, verdicts, statuses, readings and decisions) and the paths of faults are a
// contract: they may be retired, never renamed or given a second meaning. Sentences for people
// may be reworded; no digest covers them. Before v1.0.0 the Go API may change between minor
// versions, as CHANGELOG.md says. The file docs/clauses.md explains each clause.
//
// [refund.Case]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Case
// [Policy.Evaluate]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Policy.Evaluate
// [refund.Published]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Published
// [refund.Outcome]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Outcome
// [decision.Approve]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Approve
// [decision.Decision]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Decision
// [Ledger.Post]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#Ledger.Post
// [ledger.New]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#New
// [refund.IssueLog]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#IssueLog
// [Ledger.Subscription]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#Ledger.Subscription
// [evidence.Review]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/evidence#Review
// [customer.Review]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/customer#Review
// [Versions.At]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Versions.At
// [decision.Check]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Check
// [decision.Grant]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Grant
// [decision.Decline]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Decline
// [decision.Proposal]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Proposal
// [decision.Replay]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Replay
// [Ledger.Outstanding]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#Ledger.Outstanding
// [Ledger.Submit]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#Ledger.Submit
// [Ledger.Settle]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#Ledger.Settle
// [Ledger.Fail]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#Ledger.Fail
// [ledger.Reconcile]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#Reconcile
// [Ledger.Alerts]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#Ledger.Alerts
// [ledger.Ledger]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger#Ledger
// [refund.Versions]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Versions
// [Decision.OutcomeDigest]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision#Decision.OutcomeDigest
// [sqlstore]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore
// [refund.Money]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund#Money
// [refund]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund
// [decision]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/decision
// [ledger]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/ledger
// [invoice]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/invoice
// [whatif]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/whatif
// [notice]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/notice
// [evidence]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/evidence
// [customer]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/customer
// [refundtest]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/refund/refundtest
// [examples]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples
package refundpolicy
