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

// A View is a case as an officer sees it at one instant. Its JSON has the fields for programs; the
// other fields are for the pages.
type View struct {
	State    State                 `json:"state,omitempty"` // "" if the customer has not asked; Case then has a request made now
	Case     refund.Case           `json:"case"`            // with the amounts of the books and all findings
	Outcome  refund.Outcome        `json:"outcome"`         // by the policy in force at the start of the subscription
	Gates    []*decision.GateError `json:"gates,omitempty"` // closed before any officer acts
	Books    ledger.Ledger         `json:"books"`
	Decision *Decided              `json:"decision,omitempty"` // the newest; nil before the first

	Record  Record                  `json:"-"`
	Policy  refund.Policy           `json:"-"`
	Report  evidence.Report         `json:"-"`
	Figures evidence.Figures        `json:"-"`
	Changes []whatif.Counterfactual `json:"-"` // facts that would raise the amount
	Audit   []AuditEntry            `json:"-"`
}

// Decided is the decision on a case, from its authentic record, and the letter about it.
type Decided struct {
	Facts  decision.Facts `json:"facts"`
	Record string         `json:"record"`

	Case   refund.Case `json:"-"` // as it was decided, without the refund
	Letter Letter      `json:"-"`

	proposal string // its JSON
}

// A Letter is the letter about a decision. Sent is zero until it has been sent.
type Letter struct {
	notice.Message
	Sent time.Time
}
