package customer

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Review looks at the customer's side as it was at an instant, that of the request as
// a rule, and returns a finding for each thing that could be looked at, in the order
// of the clauses. It is a pure function and keeps nothing of its arguments. That the
// account is the one which holds the subscription is for the caller to see to.
//
//   - [refund.ClauseCooperation], [refund.ClausePeripherals], [refund.ClauseLicensed],
//     [refund.ClauseBestEffort], [refund.ClauseDataLoss], [refund.ClauseEnvironment]:
//     satisfied for a yes, advisory for a no.
//   - [refund.ClauseRegistration]: advisory for each particular that is missing, for a
//     missing username, and for a no; else satisfied, if the registration is known.
//   - [refund.ClauseCredentials]: blocking for each open report of unauthorized use;
//     advisory for a no; else satisfied, if the reports are known.
//   - [refund.ClauseAccountAccess]: satisfied for the holder and for a delegate whose
//     permission holds, blocking for anybody else.
//
// Where nothing is known there is no finding. Answers that were given after the
// instant do not count; a report does from its making until its closing.
func Review(account Account, requester Requester, attestations Attestations, at time.Time) []refund.Finding {
	at = at.Round(0) // without a monotonic reading: a time compares as what is stored of it
	var found []refund.Finding
	add := func(c refund.Clause, s refund.Severity, subject, detail string) {
		found = append(found, refund.Finding{Clause: c, Severity: s, Subject: subject, Detail: detail})
	}
	for c := refund.ClauseCooperation; c <= refund.ClauseEnvironment; c++ {
		switch attestations.given(c, at) {
		case AnswerYes:
			add(c, refund.SeveritySatisfied, "", "attested")
		case AnswerNo:
			add(c, refund.SeverityAdvisory, "", "not attested: the answer was no")
		}
	}

	n := len(found)
	if account.Particulars != nil {
		for _, p := range account.Particulars {
			if !p.Present {
				add(refund.ClauseRegistration, refund.SeverityAdvisory, p.Name, "missing from the registration")
			}
		}
		if account.Username == "" {
			add(refund.ClauseRegistration, refund.SeverityAdvisory, "username", "missing from the registration")
		}
	}
	conclude(&found, n, refund.ClauseRegistration, attestations.given(refund.ClauseRegistration, at),
		account.Particulars != nil, "complete")

	n = len(found)
	for _, r := range account.Reports {
		if r.Open(at) {
			add(refund.ClauseCredentials, refund.SeverityBlocking, r.ID, "a report of unauthorized use is open")
		}
	}
	conclude(&found, n, refund.ClauseCredentials, attestations.given(refund.ClauseCredentials, at),
		account.Reports != nil, "no report of unauthorized use is open")

	switch account.access(requester, at) {
	case accessHolder:
		add(refund.ClauseAccountAccess, refund.SeveritySatisfied, id(requester.Account), "the holder asked")
	case accessDelegate:
		add(refund.ClauseAccountAccess, refund.SeveritySatisfied, id(requester.Account), "asked with the holder's permission")
	case accessStranger:
		add(refund.ClauseAccountAccess, refund.SeverityBlocking, id(requester.Account), "asked without the holder's permission")
	}
	return found
}

// conclude adds what an answer comes to on a clause on which facts were looked at
// before: an objection of its own, or, where nothing was found since n and the facts
// are known, that the clause is satisfied. A yes alone is no fact.
func conclude(found *[]refund.Finding, n int, c refund.Clause, answer Answer, known bool, good string) {
	switch {
	case answer == AnswerNo:
		*found = append(*found, refund.Finding{Clause: c, Severity: refund.SeverityAdvisory, Detail: "not attested: the answer was no"})
	case len(*found) == n && known:
		*found = append(*found, refund.Finding{Clause: c, Severity: refund.SeveritySatisfied, Detail: good})
	}
}
