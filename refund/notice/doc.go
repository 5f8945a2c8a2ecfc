// Package notice writes the texts that people read about a refund: letters to the customer,
// answers to a card dispute, and notes for the agent. It also draws a case as a picture.
//
// [Letter] reports an outcome: the amount that can be refunded, how it follows, and the next
// steps. [DecisionLetter] reports a decision: approved, goodwill or declined. Each
// returns a [Message] with a subject, plain text and HTML:
//
//	m, err := notice.DecisionLetter(d, notice.Options{Customer: "Ms. Diaz", Company: "Example Support"})
//	if err != nil {
//		return err // an option is not valid
//	}
//	send(m.Subject, m.Text, m.HTML)
//
// [RefundIssued], [PartlyOwed] and [NoRefundOwed] answer a card dispute, as a whole text and as
// the fields that payment processors ask for. [Note] explains a case to the agent, clause by
// clause, with the facts that would change the result; [Explain] needs only the outcome. [Timeline]
// draws a case as a picture: the dates that counted, and the amount by the time of the request.
//
// # An outcome is not a decision
//
// Letter states the amount that can be refunded. If the amount is positive, the letter also states
// that the company has not decided yet. Only DecisionLetter announces a refund or a denial.
//
// # Findings stay inside the company
//
// A note and an explanation quote findings. Never send them to a customer.
//
// No letter, no picture and no answer to a dispute has the text of a finding, the reason or the
// name of an officer, or the id of an account. A letter about an outcome on hold states only the
// condition that ends the hold. It has no amounts and no subscription id, since the person who asked
// may not be the account holder. A picture of such a case has neither, unless
// [TimelineOptions.ForCompany] is set. The name of a file can reveal an id too.
//
// # An answer to a dispute is true
//
// Each answer has conditions on the figures. NoRefundOwed returns an error if the policy grants
// a part, and none of the three can be written if the whole payment is owed and has not been
// refunded. Accept such a dispute.
//
// # A policy does not limit statutory rights
//
// Many countries give consumers rights beyond a company's policy. [Options.Statutory] adds a
// line about them. The package does not know which rights a customer has.
//
// # Amounts and dates are for people
//
// An amount has a symbol only if the symbol is commonly read as that one currency: $174.99 for
// US dollars, but 174.99 CAD. Dates are days at the policy's location, such as 16 March 2026.
// A program reads the outcome or the decision instead.
//
// # Compatibility
//
// Sentences and markup may change with any version. The paths of faults are a contract. Before
// v1.0.0 the Go API may change between minor versions, as CHANGELOG.md says.
package notice
