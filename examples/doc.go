// Package examples has stories from a billing desk, each a whole program in one file. It
// has no code to import.
//
//   - full refund: a customer asks on the last evening, and no issue was resolved;
//   - deduction: a help desk's tickets become an issue log, and charges are deducted;
//   - late request: a few minutes after midnight, seen from two places;
//   - held case: a request from another account while a report of misuse is open;
//   - partly paid: installments, the cap, and an earlier refund;
//   - callback: a request before a holiday and a weekend;
//   - readings: one case under other readings of the policy's text;
//   - faults: an import that is not valid becomes a list of questions;
//   - approved part: a refund in two parts, from two forms, under one officer's limit;
//   - goodwill: a refund after the window, less what was refunded before;
//   - stale quote: the case has changed since people saw the amount;
//   - double click: an officer approves twice, and gets the first decision again;
//   - self approval: the agent who recorded the request tries to approve it;
//   - replay: a decision is stored, and read a year later under a newer policy;
//   - delegate: a son asks with his mother's permission, a stranger without;
//   - misuse report: the holder reports misuse between the approval and the payment;
//   - disputed resolution: the customer came back on an issue, and what depends on it;
//   - two witnesses: a transcript and a call detail record support the same resolution;
//   - altered recording: a file is cut after the review;
//   - two agents: both refund the same subscription at once;
//   - retried refund: a gateway does not answer in time;
//   - two cards: a refund on two payments, one of which fails;
//   - disputes: a payment is disputed, and the dispute lost or won;
//   - dashboard refund: a person refunds in the gateway's dashboard, and an agent's decision
//     is stale;
//   - double charge: one of two charges is returned in the dashboard, which was no refund;
//   - bounced debit: a payment bounces, and is made again;
//   - opening books: a subscription was partly refunded before it had books;
//   - running total: a gateway's webhooks report totals, and list refunds by their ids;
//   - gateway units: a gateway counts krónur and rupiahs otherwise than ISO 4217;
//   - tax lines: an invoice in yen is refunded in two parts;
//   - own evaluator: a team tests its own implementation, and finds a mistake.
//
// Program [github.com/kasperinfotech/refundpolicy/examples/evaluate] evaluates cases at a
// prompt. Program [github.com/kasperinfotech/refundpolicy/examples/review] reviews one case
// with its logs. Module
// [github.com/kasperinfotech/refundpolicy/examples/ledgerstore] has drivers for package
// sqlstore, and its tests on SQLite and PostgreSQL.
package examples
