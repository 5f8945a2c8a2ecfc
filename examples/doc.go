// Package examples has a story for each question that people ask about refunds: a whole
// program in one file. It has no code to import.
//
// # The amount
//
// With package refund:
//
//   - [How much may be refunded, and why?]
//   - [Which tickets are deducted?]
//   - [What if the input is wrong?]
//   - [When does the window close?]
//   - [What if the price is only partly paid?]
//   - [What would another reading of the policy change?]
//   - [When is the call back due?]
//
// # The decision
//
// With package decision:
//
//   - [Who may approve a refund?]
//   - [What if an officer approves twice?]
//   - [What if the window has closed?]
//   - [Can a refund be made in parts?]
//   - [Can a decision be checked a year later?]
//   - [What if the case changes before the approval?]
//
// # The books
//
// With package ledger:
//
//   - [How is a bounced payment recorded?]
//   - [What if somebody refunds in the gateway's dashboard?]
//   - [How are the books compared with the provider's?]
//   - [What if the customer also disputes the payment?]
//   - [What if a customer was charged twice?]
//   - [How are books opened for an old subscription?]
//   - [What if the gateway does not answer?]
//   - [What if webhooks report totals?]
//   - [What if two agents refund the same subscription at once?]
//   - [How is a refund split over two payments?]
//   - [How is a refund split over invoice lines and tax?]
//   - [What if a gateway's units differ from ISO 4217?]
//
// # The customer and the records
//
// With packages customer and evidence:
//
//   - [May somebody else request a refund?]
//   - [What puts a refund on hold, and what ends the hold?]
//   - [What if misuse is reported after the approval?]
//   - [How is an altered recording found?]
//   - [Was an issue really resolved?]
//   - [Which records support a resolution?]
//
// # What if
//
// With package whatif:
//
//   - [What does a shorter window cost?]
//   - [What does a higher charge change?]
//   - [How much could be asked back tonight?]
//   - [What if the customer had asked on another day?]
//   - [What would have made the refund larger?]
//
// # Letters
//
// With package notice:
//
//   - [How is a refund explained to the customer?]
//   - [How is a denial explained to the customer?]
//   - [How does the company answer a card dispute?]
//   - [How does the company show a case in a picture?]
//
// # Tests
//
// With package refundtest:
//
//   - [How does a team test its own implementation?]
//
// # Programs
//
// Program [evaluate] evaluates cases at a prompt. Program [review] reviews one case with its
// logs. Program [backtest] compares two policies over a file of cases. Module [billing] is a
// whole refund desk, with pages, an API and payouts. Module [processor] is a card processor with
// faults, to test payouts. Module [ledgerstore] stores ledgers in SQLite and PostgreSQL.
//
// [evaluate]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples/evaluate
// [backtest]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples/backtest
// [review]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples/review
// [billing]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples/billing
// [processor]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples/processor
// [ledgerstore]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples/ledgerstore
// [How much may be refunded, and why?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-AmountBasic
// [Which tickets are deducted?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-AmountDeduction
// [What if the input is wrong?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-AmountInvalidCase
// [When does the window close?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-AmountLateRequest
// [What if the price is only partly paid?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-AmountPartlyPaid
// [What would another reading of the policy change?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-AmountReadings
// [When is the call back due?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-CallbackDue
// [Who may approve a refund?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-ApprovalByAnother
// [What if an officer approves twice?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-ApprovalDoubleClick
// [What if the window has closed?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-ApprovalGoodwill
// [Can a refund be made in parts?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-ApprovalInParts
// [Can a decision be checked a year later?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-ApprovalReplay
// [What if the case changes before the approval?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-ApprovalStaleQuote
// [How is a bounced payment recorded?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksBouncedDebit
// [What if somebody refunds in the gateway's dashboard?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksDashboardRefund
// [How are the books compared with the provider's?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksDayEnd
// [What if the customer also disputes the payment?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksDisputes
// [What if a customer was charged twice?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksDoubleCharge
// [How are books opened for an old subscription?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksOpening
// [What if the gateway does not answer?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksRetriedRefund
// [What if webhooks report totals?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksRunningTotal
// [What if two agents refund the same subscription at once?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksTwoAgents
// [How is a refund split over two payments?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-BooksTwoCards
// [How is a refund split over invoice lines and tax?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-GatewayTaxLines
// [What if a gateway's units differ from ISO 4217?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-GatewayUnits
// [May somebody else request a refund?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-CustomerDelegate
// [What puts a refund on hold, and what ends the hold?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-CustomerHeldCase
// [What if misuse is reported after the approval?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-CustomerMisuseReport
// [How is an altered recording found?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-EvidenceAlteredRecording
// [Was an issue really resolved?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-EvidenceDisputedResolution
// [Which records support a resolution?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-EvidenceTwoWitnesses
// [What does a shorter window cost?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-WhatifShorterWindow
// [What does a higher charge change?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-WhatifRaisedCharge
// [How much could be asked back tonight?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-WhatifMonthEnd
// [What if the customer had asked on another day?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-WhatifTimeline
// [What would have made the refund larger?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-WhatifSaidAloud
// [How is a refund explained to the customer?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-LetterRefund
// [How is a denial explained to the customer?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-LetterDeclined
// [How does the company answer a card dispute?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-LetterDispute
// [How does the company show a case in a picture?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-LetterPicture
// [How does a team test its own implementation?]: https://pkg.go.dev/github.com/kasperinfotech/refundpolicy/examples#example-package-TestingOwnEvaluator
package examples
