package customer

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Review returns findings about the customer's side of a case, in the order of the
// clauses. asked is the instant of the request, now the instant at which the case is
// decided. account must be the account that holds the subscription, and requester the one
// of [refund.Request.By].
//
//   - [refund.ClauseCooperation], [refund.ClausePeripherals], [refund.ClauseLicensed],
//     [refund.ClauseBestEffort], [refund.ClauseDataLoss], [refund.ClauseEnvironment]:
//     satisfied for a yes given by now, advisory for a no.
//   - [refund.ClauseRegistration]: advisory for each missing particular, for a missing
//     username, and for a no given by now; otherwise satisfied, if the registration is
//     known.
//   - [refund.ClauseCredentials]: blocking for each report that is open at now, advisory
//     for a no given by now; otherwise satisfied, if the reports are known.
//   - [refund.ClauseAccountAccess]: satisfied for the holder, and for a delegate whose
//     permission holds at asked; blocking for anybody else. The subject is the requester's
//     account id as given, so that a satisfied finding vouches only for this requester.
//
// Review returns no finding at all, neither satisfied nor an objection:
//
//   - on account-access, if asked is zero, or if the id of the account or of the requester
//     is empty or malformed;
//   - on the other clauses, if now is zero;
//   - on any clause, if now is before asked, because one of the two must be wrong.
//
// Review is a pure function and keeps no part of its arguments.
func Review(account Account, requester Requester, answers Attestations, asked, now time.Time) []refund.Finding {
	asked, now = asked.Round(0), now.Round(0) // without monotonic readings, as they are stored
	if !now.IsZero() && now.Before(asked) {
		return nil
	}
	var found findings
	if !now.IsZero() {
		found.addAnswers(answers, now)
		found.addRegistration(&account, answers.given(refund.ClauseRegistration, now))
		found.addCredentials(&account, answers.given(refund.ClauseCredentials, now), now)
	}
	found.addAccess(&account, requester, asked)
	return found
}

type findings []refund.Finding

func (f *findings) add(c refund.Clause, s refund.Severity, subject, detail string) {
	*f = append(*f, refund.Finding{Clause: c, Severity: s, Subject: subject, Detail: detail})
}

const answeredNo = "the customer answered no"

// addAnswers adds a finding for each clause that depends on the answer alone.
func (f *findings) addAnswers(answers Attestations, now time.Time) {
	for c := refund.ClauseCooperation; c <= refund.ClauseEnvironment; c++ {
		switch answers.given(c, now) {
		case AnswerYes:
			f.add(c, refund.SeveritySatisfied, "", "the customer answered yes")
		case AnswerNo:
			f.add(c, refund.SeverityAdvisory, "", answeredNo)
		}
	}
}

func (f *findings) addRegistration(a *Account, answer Answer) {
	before := len(*f)
	if a.Particulars != nil {
		for _, p := range a.Particulars {
			if !p.Present {
				f.add(refund.ClauseRegistration, refund.SeverityAdvisory, p.Name, "missing from the registration")
			}
		}
		if a.Username == "" {
			f.add(refund.ClauseRegistration, refund.SeverityAdvisory, "username", "missing from the registration")
		}
	}
	if answer == AnswerNo {
		f.add(refund.ClauseRegistration, refund.SeverityAdvisory, "", answeredNo)
	}
	// A yes is not enough: the registration must be known.
	if len(*f) == before && a.Particulars != nil {
		f.add(refund.ClauseRegistration, refund.SeveritySatisfied, "", "complete")
	}
}

func (f *findings) addCredentials(a *Account, answer Answer, now time.Time) {
	before := len(*f)
	for _, r := range a.Reports {
		if r.Open(now) {
			f.add(refund.ClauseCredentials, refund.SeverityBlocking, r.ID, "a report of unauthorized use is open")
		}
	}
	if answer == AnswerNo {
		f.add(refund.ClauseCredentials, refund.SeverityAdvisory, "", answeredNo)
	}
	// A yes is not enough: the reports must be known.
	if len(*f) == before && a.Reports != nil {
		f.add(refund.ClauseCredentials, refund.SeveritySatisfied, "", "no report of unauthorized use is open")
	}
}

func (f *findings) addAccess(a *Account, r Requester, asked time.Time) {
	switch a.access(r, asked) {
	case accessHolder:
		f.add(refund.ClauseAccountAccess, refund.SeveritySatisfied, r.Account, "the holder asked")
	case accessDelegate:
		f.add(refund.ClauseAccountAccess, refund.SeveritySatisfied, r.Account, "asked with the holder's permission")
	case accessStranger:
		f.add(refund.ClauseAccountAccess, refund.SeverityBlocking, r.Account, "asked without the holder's permission")
	}
}
