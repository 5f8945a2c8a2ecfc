// Package examples has whole stories from a billing desk, each in one file that
// runs as it stands. It has no code of its own to import.
//
//   - full refund: a customer asks on the last evening, and nothing was resolved;
//   - deduction: a help desk's tickets become an issue log, and charges come off;
//   - late request: a few minutes after midnight, seen from two places;
//   - held case: a stranger asks while misuse is reported, and how both are cleared;
//   - partly paid: instalments, an earlier refund, and the cap;
//   - call back: a request before a holiday and a weekend;
//   - readings: one case under every reading of the policy's text;
//   - faults: an import that cannot be judged becomes a list of things to ask;
//   - authorized part: an officer grants a refund in two parts, from two forms;
//   - goodwill: something is given back after the window, and the cap limits it;
//   - stale quote: the case has changed since people saw the figure;
//   - self approval: the agent who took the call tries to approve, and what is told;
//   - replay: a decision is kept, and read a year later under a newer version;
//   - delegate: a son asks with his mother's permission, a stranger without;
//   - disputed resolution: the customer came back on an issue, and what hangs on it;
//   - two witnesses: a transcript and a call detail record back the same resolution;
//   - altered recording: a file is cut after the review;
//   - two agents: both refund the same subscription at once;
//   - retried refund: a gateway does not answer in time;
//   - two cards: a refund over two payments, one of which fails;
//   - disputes: a payment is disputed, and the dispute lost or won;
//   - tax lines: an invoice in yen goes back in two parts;
//   - own evaluator: a team's desk is held to the policy, and a mistake caught.
//
// Program [github.com/kasperinfotech/refundpolicy/examples/evaluate] does the main
// job at a prompt: cases in, outcomes out. Program
// [github.com/kasperinfotech/refundpolicy/examples/review] reviews one case with its
// logs.
package examples
