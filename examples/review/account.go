package main

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/internal/jsonobject"
	"github.com/kasperinfotech/refundpolicy/refund"
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
		err = refund.Faults{{Path: "id", Reason: "is another account than the case's"}}.Err()
	}
	if err != nil {
		f.wrong(accountFile, 0, err)
		return
	}
	f.account, f.attestations = account, attestations
}

func parseAccount(data []byte) (customer.Account, customer.Attestations, error) {
	o, err := jsonobject.Parse(data)
	if err != nil {
		return customer.Account{}, nil, err
	}
	var faults refund.Faults
	a := customer.Account{ID: o.Text("id"), Holder: o.Text("holder"), Username: o.Text("username")}
	need(&faults, a.ID != "", "id", "is required")
	present, missing := o.Texts("present"), o.Texts("missing")
	if present != nil || missing != nil {
		a.Particulars = []customer.Particular{}
	}
	for i, name := range present {
		need(&faults, name != "", element("present", i), "is empty")
		a.Particulars = append(a.Particulars, customer.Particular{Name: name, Present: true})
	}
	for i, name := range missing {
		need(&faults, name != "", element("missing", i), "is empty")
		need(&faults, name == "" || !slices.Contains(present, name), element("missing", i), "is present too")
		a.Particulars = append(a.Particulars, customer.Particular{Name: name})
	}
	for i, d := range o.Objects("delegates") {
		in := element("delegates", i) + "."
		delegate := customer.Delegate{Account: d.Text("account"), From: d.Instant("from"), Until: d.Instant("until")}
		need(&faults, delegate.Account != "", in+"account", "is required")
		need(&faults, delegate.Until.IsZero() || delegate.Until.After(delegate.From), in+"until", "is not after from")
		a.Delegates = append(a.Delegates, delegate)
	}
	reports := o.Objects("reports")
	if reports != nil {
		a.Reports = []customer.MisuseReport{}
	}
	for i, r := range reports {
		in := element("reports", i) + "."
		report := customer.MisuseReport{ID: r.Text("id"), Made: r.Instant("made"), Closed: r.Instant("closed")}
		need(&faults, report.ID != "", in+"id", "is required")
		need(&faults, !report.Made.IsZero(), in+"made", "is required")
		need(&faults, report.Closed.IsZero() || !report.Closed.Before(report.Made), in+"closed", "is before made")
		a.Reports = append(a.Reports, report)
	}
	attestations := parseAttestations(o.Objects("attestations"), &faults)
	if err := o.Err(faults.Err()); err != nil {
		return customer.Account{}, nil, err
	}
	return a, attestations, nil
}

func parseAttestations(objects []*jsonobject.Object, faults *refund.Faults) customer.Attestations {
	attestations := customer.Attestations{}
	for i, o := range objects {
		in := element("attestations", i) + "."
		attestation := customer.Attestation{At: o.Instant("at")}
		var clause refund.Clause
		o.Code("clause", &clause)
		o.Code("answer", &attestation.Answer)
		_, again := attestations[clause]
		attested := refund.ClauseCooperation <= clause && clause <= refund.ClauseCredentials
		need(faults, attested, in+"clause", "is not one that a customer answers for")
		need(faults, !attested || !again, in+"clause", "is answered already")
		need(faults, !attestation.At.IsZero(), in+"at", "is required")
		need(faults, attestation.Answer != 0, in+"answer", "is required: yes or no")
		attestations[clause] = attestation
	}
	return attestations
}

// need adds a fault unless something is as it has to be.
func need(faults *refund.Faults, ok bool, path, reason string) {
	if !ok {
		faults.Add(path, reason)
	}
}

func element(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
