package main

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A review is a folder with the results of its review.
type review struct {
	*folder
	checks   []evidence.MediaCheck
	report   evidence.Report
	findings []refund.Finding // of the review, without those of the case
	figures  evidence.Figures
	stakes   map[string]refund.Money // by issue, if it has one
	judged   refund.Case             // with all findings
	outcome  refund.Outcome
}

// reviewFolder reads a folder and reviews it at the instant of the decision. A
// *refund.InvalidError is an error of the case.
func reviewFolder(fsys fs.FS, now time.Time) (*review, error) {
	f, err := readFolder(fsys)
	if err != nil {
		return nil, err
	}
	if now.Before(f.Case.Request.At) {
		return nil, errors.New("-at is before the request")
	}
	r := &review{folder: f, stakes: map[string]refund.Money{}}
	if r.checks, err = evidence.VerifyMedia(context.Background(), fsys, f.log, nil); err != nil {
		return nil, err
	}
	c := f.Case
	r.report = evidence.Review(f.log, c, r.checks...)
	if r.figures, err = r.report.Figures(f.Policy, c); err != nil {
		return nil, err
	}
	stakes, err := r.report.Stakes(f.Policy, c)
	if err != nil {
		return nil, err
	}
	for _, stake := range stakes {
		r.stakes[stake.Issue] = stake.Amount
	}
	by := customer.Requester{Account: c.Request.By}
	r.findings = slices.Concat(r.report.Findings(), customer.Review(f.account, by, f.attestations, c.Request.At, now))
	c.Findings = slices.Concat(c.Findings, r.findings)
	r.judged = c
	if r.outcome, err = f.Policy.Evaluate(c); err != nil {
		return nil, err
	}
	return r, nil
}
