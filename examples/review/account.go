package main

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/wire"
)

// readAccount reads the customer's account, if there is one. One with a fault is not
// known: who asked is then for the case alone to say.
func (f *folder) readAccount() {
	data, err := readSmall(f.fsys, accountFile)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	var account customer.Account
	var attestations customer.Attestations
	if err == nil {
		account, attestations, err = parseAccount(data)
	}
	if of := f.Case.Subscription.Account; err == nil && of != "" && account.ID != of {
		// Else the holder of one account could be taken for that of another.
		err = invalid("id", "is another account than the case's")
	}
	if err != nil {
		f.wrong(accountFile, 0, err)
		return
	}
	f.account, f.attestations = account, attestations
}

func parseAccount(data []byte) (customer.Account, customer.Attestations, error) {
	o, err := wire.ParseObject(data)
	if err != nil {
		return customer.Account{}, nil, err
	}
	var v validation
	a := customer.Account{ID: o.Text("id"), Holder: o.Text("holder"), Username: o.Text("username")}
	v.need(a.ID != "", "id", "is required")
	present, missing := o.Texts("present"), o.Texts("missing")
	if present != nil || missing != nil {
		a.Particulars = []customer.Particular{}
	}
	for i, name := range present {
		v.need(name != "", element("present", i), "is empty")
		a.Particulars = append(a.Particulars, customer.Particular{Name: name, Present: true})
	}
	for i, name := range missing {
		v.need(name != "", element("missing", i), "is empty")
		v.need(name == "" || !slices.Contains(present, name), element("missing", i), "is present too")
		a.Particulars = append(a.Particulars, customer.Particular{Name: name})
	}
	for i, d := range o.Objects("delegates") {
		in := element("delegates", i) + "."
		delegate := customer.Delegate{Account: d.Text("account"), From: d.Instant("from"), Until: d.Instant("until")}
		v.need(delegate.Account != "", in+"account", "is required")
		v.need(delegate.Until.IsZero() || delegate.Until.After(delegate.From), in+"until", "is not after from")
		a.Delegates = append(a.Delegates, delegate)
	}
	reports := o.Objects("reports")
	if reports != nil {
		a.Reports = []customer.Report{}
	}
	for i, r := range reports {
		in := element("reports", i) + "."
		report := customer.Report{ID: r.Text("id"), Made: r.Instant("made"), Closed: r.Instant("closed")}
		v.need(report.ID != "", in+"id", "is required")
		v.need(!report.Made.IsZero(), in+"made", "is required")
		v.need(report.Closed.IsZero() || !report.Closed.Before(report.Made), in+"closed", "is before made")
		a.Reports = append(a.Reports, report)
	}
	attestations := parseAttestations(o.Objects("attestations"), &v)
	if err := o.Err(v.err()); err != nil {
		return customer.Account{}, nil, err
	}
	return a, attestations, nil
}

func parseAttestations(objects []*wire.Object, v *validation) customer.Attestations {
	attestations := customer.Attestations{}
	for i, o := range objects {
		in := element("attestations", i) + "."
		var clause refund.Clause
		o.Code("clause", &clause)
		_, again := attestations[clause]
		switch {
		case clause < refund.ClauseCooperation || clause > refund.ClauseCredentials:
			v.need(false, in+"clause", "is none that a customer answers for")
		case again:
			v.need(false, in+"clause", "is answered already")
		}
		attestation := customer.Attestation{At: o.Instant("at")}
		v.need(!attestation.At.IsZero(), in+"at", "is required")
		switch o.Text("answer") {
		case "yes":
			attestation.Answer = customer.AnswerYes
		case "no":
			attestation.Answer = customer.AnswerNo
		default:
			v.need(false, in+"answer", "is neither yes nor no")
		}
		attestations[clause] = attestation
	}
	return attestations
}

// A validation collects faults.
type validation []refund.Fault

// need adds a fault unless something is as it has to be.
func (v *validation) need(ok bool, path, reason string) {
	if !ok {
		*v = append(*v, refund.Fault{Path: path, Reason: reason})
	}
}

func (v validation) err() error {
	if v == nil {
		return nil
	}
	return &refund.InvalidError{Faults: v}
}

func invalid(path, reason string) error {
	return &refund.InvalidError{Faults: []refund.Fault{{Path: path, Reason: reason}}}
}

func element(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
