package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Clause is one of the eighteen clauses of the policy. Its code, such as "case-2", is a
// permanent identifier: a code may be retired but is never renamed or reused. The zero
// Clause is unset. Clauses sort in the policy's order; [ClauseGoodwill] and [ClauseCap],
// which override the others, come last.
type Clause uint8

// The clauses of the policy. [Policy.Summary] states each in a sentence.
const (
	ClauseGuarantee     Clause = iota + 1 // the refund window; the company decides
	ClauseCase1                           // no issue was resolved: the whole amount
	ClauseCase2                           // issues were resolved: less a charge for each
	ClauseOneTime                         // one-time services are not refunded
	ClauseTicket                          // how a customer makes a request
	ClauseCallback                        // when the company calls back
	ClauseLogReview                       // the company reviews its logs
	ClauseCooperation                     // the customer works with support
	ClausePeripherals                     // the customer provides devices
	ClauseLicensed                        // only licensed products are supported
	ClauseBestEffort                      // third-party software: best effort
	ClauseDataLoss                        // the company is not liable for data
	ClauseEnvironment                     // hardware, telephone line, power
	ClauseRegistration                    // registration is true and complete
	ClauseCredentials                     // the holder answers for the account
	ClauseAccountAccess                   // who may use the account
	ClauseGoodwill                        // a discretionary refund, case by case
	ClauseCap                             // never more than subscribed or paid

	clauseCount = iota
)

var clauseCodes = enum.Of[Clause]("Clause", "guarantee", "case-1", "case-2", "one-time", "ticket", "callback", "log-review",
	"cooperation", "peripherals", "licensed", "best-effort", "data-loss", "environment",
	"registration", "credentials", "account-access", "goodwill", "cap",
)

// The headings of the published policy, spelled as published.
const (
	sectionServices       = "kasperinfotech services"
	sectionWithin15Days   = "REFUND WITHIN 15 DAYS"
	sectionProcedure      = "Procedure For Refund"
	sectionResponsibility = "Customer Responsibility"
)

var clauseTexts = [...]struct{ section, title string }{
	{},
	{sectionServices, "Guarantee"},
	{sectionWithin15Days, "No issue resolved"},
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

// IsValid reports whether c is one of the clauses. The zero Clause is not valid.
func (c Clause) IsValid() bool { return clauseCodes.Valid(c) }

// String returns the code, such as "case-2".
func (c Clause) String() string { return clauseCodes.String(c) }

// Section returns the heading of the published policy under which the clause appears, or
// "" if c is not a clause.
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

// TakesFindings reports whether a case may have findings on the clause: true for
// [ClauseLogReview] and the nine customer clauses, from [ClauseCooperation] to
// [ClauseAccountAccess]. The statuses of the other clauses are computed from the facts,
// and a finding cannot change them.
func (c Clause) TakesFindings() bool { return c >= ClauseLogReview && c <= ClauseAccountAccess }

// mayBlock reports whether a blocking finding on the clause is valid. On the other
// clauses it is not, so that the company cannot deny a refund by an assertion.
func (c Clause) mayBlock() bool { return c == ClauseCredentials || c == ClauseAccountAccess }

// MarshalText returns the code, or an empty text for the zero value.
func (c Clause) MarshalText() ([]byte, error) { return marshalCode("clause", clauseCodes, c) }

// UnmarshalText reads a code. An empty text is the zero value.
func (c *Clause) UnmarshalText(text []byte) error {
	return invalid("clause", clauseCodes.Parse(text, c))
}
