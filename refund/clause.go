package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Clause is one of the eighteen clauses of the policy. Its code, such as "case-2",
// is the identifier used everywhere: it may be retired, never renamed. The zero
// Clause is unset. Clauses sort in the policy's order, the two that override the
// others last.
type Clause uint8

// The clauses of the policy; [Clause.Summary] paraphrases each.
const (
	ClauseGuarantee     Clause = iota + 1 // the window, and the company's discretion
	ClauseCase1                           // no issue resolved
	ClauseCase2                           // issues resolved
	ClauseOneTime                         // one-time support
	ClauseTicket                          // how a request is made
	ClauseCallback                        // the call back
	ClauseLogReview                       // logs are reviewed
	ClauseCooperation                     // the customer cooperates
	ClausePeripherals                     // the customer brings devices
	ClauseLicensed                        // licensed products only
	ClauseBestEffort                      // third-party software
	ClauseDataLoss                        // no liability for data
	ClauseEnvironment                     // hardware, telephone, power
	ClauseRegistration                    // registration is true and complete
	ClauseCredentials                     // who answers for the account
	ClauseAccountAccess                   // whose account may be used
	ClauseGoodwill                        // case by case, after all
	ClauseCap                             // never more than subscribed or paid

	clauseCount = iota
)

var clauseCodes = enum.Of[Clause]("Clause", "guarantee", "case-1", "case-2", "one-time", "ticket", "callback", "log-review",
	"cooperation", "peripherals", "licensed", "best-effort", "data-loss", "environment",
	"registration", "credentials", "account-access", "goodwill", "cap",
)

// The headings of the policy, as they stand in it.
const (
	sectionServices       = "kasperinfotech services"
	sectionWithin15Days   = "REFUND WITHIN 15 DAYS"
	sectionProcedure      = "Procedure For Refund"
	sectionResponsibility = "Customer Responsibility"
)

var clauseTexts = [...]struct{ section, title, summary string }{
	{},
	{sectionServices, "Guarantee", "For 15 days after subscribing, a dissatisfied customer may ask for the money back; whether it is granted is for the company alone to decide."},
	{sectionWithin15Days, "Nothing resolved", "If no issue was resolved, the whole amount of the subscription is given back."},
	{sectionWithin15Days, "Issues resolved", "If issues were resolved in the first 15 days, the charge per instance is deducted from the amount of the subscription once for each of them."},
	{sectionWithin15Days, "One-time support", "Support that was sold for one time only is not given back."},
	{sectionProcedure, "Ticket", "A request is a ticket: an e-mail that states the reason, or a call to the cancellation desk in its hours, Monday to Friday from 8 AM to 10 PM."},
	{sectionProcedure, "Call back", "Who asks is called back 4 to 8 hours later, to review the request and see it through."},
	{sectionProcedure, "Review of the logs", "The records of calls, of desktop sharing and of chats are reviewed to see that the facts are right."},
	{sectionResponsibility, "Cooperation", "The customer works together with the support team."},
	{sectionResponsibility, "Peripherals", "Third-party devices that solving an issue takes are for the customer to provide."},
	{sectionResponsibility, "Licensed products", "Help is given for genuine, licensed products alone."},
	{sectionResponsibility, "Best effort", "For third-party applications, and for knowing one's way around a program, nothing beyond best effort is promised."},
	{sectionResponsibility, "Data loss", "The company does not answer for lost or damaged software and data; the customer is to have backups and a plan for recovery."},
	{sectionResponsibility, "Environment", "The customer sees to genuine hardware and software, a telephone line that works, and power that lasts."},
	{sectionResponsibility, "Registration", "The customer registers with particulars that are complete, current and true, and picks a username and a password."},
	{sectionResponsibility, "Credentials", "The holder keeps the access confidential, answers for all that is done with the account, and reports misuse without delay."},
	{sectionResponsibility, "Account access", "Nobody uses the account of another without that holder's permission."},
	{sectionProcedure, "Goodwill", "Case by case the company may, whatever the rest says, return the charges for assistance less its servicing fees and less the price of paid software it had given along for free."},
	{sectionProcedure, "Upper limit", "No refund goes beyond what was subscribed or paid, whichever is less."},
}

// Clauses returns all clauses, in the policy's order.
func Clauses() []Clause {
	list := make([]Clause, clauseCount)
	for i := range list {
		list[i] = Clause(i + 1)
	}
	return list
}

// IsValid reports whether c is one of the clauses, and not unset.
func (c Clause) IsValid() bool { return clauseCodes.Valid(c) }

// String returns the code, such as "case-2".
func (c Clause) String() string { return clauseCodes.String(c) }

// Section returns the heading of the policy's text under which the clause stands,
// or "" if c is no clause.
func (c Clause) Section() string { return c.text(0) }

// Title returns a name for people, such as "Issues resolved", or "" if c is no
// clause.
func (c Clause) Title() string { return c.text(1) }

// Summary returns what the clause says, paraphrased in one sentence, or "" if c is
// no clause.
func (c Clause) Summary() string { return c.text(2) }

func (c Clause) text(field int) string {
	if !c.IsValid() {
		return ""
	}
	t := &clauseTexts[c]
	return [...]string{t.section, t.title, t.summary}[field]
}

// TakesFindings reports whether a case may have findings on the clause: on
// [ClauseLogReview] and the nine customer clauses. All others are computed, and
// not argued with.
func (c Clause) TakesFindings() bool { return c >= ClauseLogReview && c <= ClauseAccountAccess }

// mayBlock reports whether a finding on the clause may hold a refund. The company
// cannot deny by assertion.
func (c Clause) mayBlock() bool { return c == ClauseCredentials || c == ClauseAccountAccess }

// MarshalText returns the code, empty for the zero value.
func (c Clause) MarshalText() ([]byte, error) { return marshalCode("clause", clauseCodes, c) }

// UnmarshalText reads a code; an empty text is the zero value.
func (c *Clause) UnmarshalText(text []byte) error {
	return invalid("clause", clauseCodes.Parse(text, c))
}
