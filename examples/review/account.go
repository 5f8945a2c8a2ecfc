package main

import (
	"errors"
	"io/fs"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// readAccount reads the customer's account, if the file exists. An account with a fault is
// unknown: only the case then says who asked.
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
		// The holder of this account is not the holder of the case's account.
		err = refund.Faults{{Path: "id", Reason: "is another account than the case's"}}.Err()
	}
	if err != nil {
		f.problems.addError(accountFile, 0, err)
		return
	}
	f.account, f.attestations = account, attestations
}

// An answer is an attestation of the customer and its clause.
type answer struct {
	customer.Attestation
	clause refund.Clause
}

func parseAccount(data []byte) (customer.Account, customer.Attestations, error) {
	var a customer.Account
	var present, missing []string
	var answers []answer
	attestations := customer.Attestations{}
	faults := strict.Read(strict.NewReader(data), func(r *strict.Reader) {
		r.Object(
			strict.TextField("id", &a.ID),
			strict.TextField("holder", &a.Holder),
			strict.TextField("username", &a.Username),
			strict.TextsField("present", &present),
			strict.TextsField("missing", &missing),
			strict.ListField("delegates", &a.Delegates, strict.MaxBytes, readDelegate),
			strict.ListField("reports", &a.Reports, strict.MaxBytes, readReport),
			strict.ListField("attestations", &answers, strict.MaxBytes, readAnswer),
		)
	}, func() (faults refund.Faults) {
		need(&faults, a.ID != "", "id", "is required")
		a.Particulars = particulars(present, missing, &faults)
		for i, d := range a.Delegates {
			in := element("delegates", i) + "."
			need(&faults, d.Account != "", in+"account", "is required")
			need(&faults, d.Until.IsZero() || d.Until.After(d.From), in+"until", "is not after from")
		}
		for i, r := range a.Reports {
			in := element("reports", i) + "."
			need(&faults, r.ID != "", in+"id", "is required")
			need(&faults, !r.Made.IsZero(), in+"made", "is required")
			need(&faults, r.Closed.IsZero() || !r.Closed.Before(r.Made), in+"closed", "is before made")
		}
		for i, answer := range answers {
			answer.addTo(attestations, element("attestations", i)+".", &faults)
		}
		return faults
	})
	if faults != nil {
		return customer.Account{}, nil, faults.Err()
	}
	return a, attestations, nil
}

func readDelegate(d *customer.Delegate, r *strict.Reader) {
	r.Object(
		strict.TextField("account", &d.Account),
		strict.InstantField("from", &d.From),
		strict.InstantField("until", &d.Until),
	)
}

func readReport(m *customer.MisuseReport, r *strict.Reader) {
	r.Object(
		strict.TextField("id", &m.ID),
		strict.InstantField("made", &m.Made),
		strict.InstantField("closed", &m.Closed),
	)
}

func readAnswer(a *answer, r *strict.Reader) {
	r.Object(
		strict.CodeField[refund.Fault]("clause", &a.clause),
		strict.CodeField[refund.Fault]("answer", &a.Answer),
		strict.InstantField("at", &a.At),
	)
}

// particulars returns the particulars of an account, present and missing, or nil if neither
// list is given.
func particulars(present, missing []string, faults *refund.Faults) []customer.Particular {
	if present == nil && missing == nil {
		return nil
	}
	list := make([]customer.Particular, 0, len(present)+len(missing))
	given := make(map[string]bool, len(present))
	for i, name := range present {
		given[name] = true
		if name == "" {
			faults.Add(element("present", i), "is empty")
		}
		list = append(list, customer.Particular{Name: name, Present: true})
	}
	for i, name := range missing {
		switch {
		case name == "":
			faults.Add(element("missing", i), "is empty")
		case given[name]:
			faults.Add(element("missing", i), "is also in present")
		}
		list = append(list, customer.Particular{Name: name})
	}
	return list
}

// addTo adds the answer to the attestations.
func (a answer) addTo(attestations customer.Attestations, in string, faults *refund.Faults) {
	_, again := attestations[a.clause]
	attested := refund.ClauseCooperation <= a.clause && a.clause <= refund.ClauseCredentials
	need(faults, attested, in+"clause", "is not a clause that a customer answers for")
	need(faults, !attested || !again, in+"clause", "has an answer already")
	need(faults, !a.At.IsZero(), in+"at", "is required")
	need(faults, a.Answer != 0, in+"answer", "is required: yes or no")
	attestations[a.clause] = a.Attestation
}

// need adds a fault unless ok is true.
func need(faults *refund.Faults, ok bool, path, reason string) {
	if !ok {
		faults.Add(path, reason)
	}
}

func element(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
