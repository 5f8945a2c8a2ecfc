package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Clause is one of the eighteen clauses of the policy. Its code, such as "case-2",
// is the identifier used everywhere: it may be retired, never renamed. The zero
// Clause is unset. Clauses sort in the policy's order, the two that override the
// others last.
type Clause uint8

// The clauses of the policy; [Policy.Summary] paraphrases each.
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

var clauseTexts = [...]struct{ section, title string }{
	{},
	{sectionServices, "Guarantee"},
	{sectionWithin15Days, "Nothing resolved"},
	{sectionWithin15Days, "Issues resolved"},
	{sectionWithin15Days, "One-time service"},
	{sectionProcedure, "Ticket"},
	{sectionProcedure, "Call back"},
	{sectionProcedure, "Review of the logs"},
	{sectionResponsibility, "Cooperation"},
	{sectionResponsibility, "Peripherals"},
	{sectionResponsibility, "Licensed products"},
	{sectionResponsibility, "Best effort"},
	{sectionResponsibility, "Data loss"},
	{sectionResponsibility, "Environment"},
	{sectionResponsibility, "Registration"},
	{sectionResponsibility, "Credentials"},
	{sectionResponsibility, "Account access"},
	{sectionProcedure, "Goodwill"},
	{sectionProcedure, "Upper limit"},
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

// Section returns the heading of the policy's text under which the clause stands, or ""
// if c is not a clause.
func (c Clause) Section() string {
	if !c.IsValid() {
		return ""
	}
	return clauseTexts[c].section
}

// Title returns a name for people, such as "Issues resolved", or "" if c is not a clause.
func (c Clause) Title() string {
	if !c.IsValid() {
		return ""
	}
	return clauseTexts[c].title
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
