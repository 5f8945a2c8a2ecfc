package desk

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// A Record holds the stored facts about a subscription, except for its books.
type Record struct {
	// Subscription has the facts of the contract. Its amounts Paid, Refunded and Disputed
	// are ignored: they come from the books.
	Subscription refund.Subscription
	Issues       refund.IssueLog
	Request      refund.Request   // the zero Request while the customer has not asked
	Findings     []refund.Finding // by officers
	Customer     Customer
	Answers      customer.Attestations // the customer's own
	Evidence     string                // calls and chats, in the format of package evidence/jsonl
}

// A Customer is the holder of the account. Name and Email are for letters, and are never
// logged. The lists are as in [customer.Account], whose JSON the library refuses to write.
type Customer struct {
	Name, Email string
	Particulars []customer.Particular
	Delegates   []customer.Delegate
	Reports     []customer.MisuseReport
}

// A View is a case as an officer sees it at one instant.
type View struct {
	Record   Record
	Policy   refund.Policy // in force at the start of the subscription
	Case     refund.Case   // with the amounts of the books and all findings
	Outcome  refund.Outcome
	Books    ledger.Ledger
	Report   evidence.Report
	Figures  evidence.Figures
	Gates    []*decision.GateError   // closed before any officer acts
	Changes  []whatif.Counterfactual // facts that would raise the amount
	Decision *Decided                // the newest; nil before the first
	Audit    []AuditEntry
}

// Decided is the decision on a case, from its authentic record, and the letter about it.
type Decided struct {
	Facts  decision.Facts
	Case   refund.Case // as it was decided, without the refund
	Record []byte
	Letter Letter

	number int // counts the decisions on the case
}

// A Letter is the letter about a decision. Sent is zero until it has been sent.
type Letter struct {
	notice.Message
	Sent time.Time
}
