// Package testkit holds helpers that the tests of several packages share.
package testkit

import (
	"errors"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // for machines without a time-zone database

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/shopspring/decimal"
)

// TB is the part of testing.TB that *rapid.T also has.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Row runs one row of a table as a subtest named by its reason. A row without a reason fails.
func Row(t *testing.T, reason string, test func(t *testing.T)) {
	t.Helper()
	if strings.TrimSpace(reason) == "" {
		t.Fatal("a row without a reason")
	}
	t.Run(reason, test)
}

// Zone returns the location with a name. It panics if there is none.
func Zone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// NewYork is the location of the policy in tests.
var NewYork = Zone("America/New_York")

// USD returns an amount of US dollars.
func USD(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

// March returns an instant of March 2026 in New York.
func March(day, hour, minute int) time.Time {
	return time.Date(2026, time.March, day, hour, minute, 0, 0, NewYork)
}

// Policy returns the published policy in New York.
func Policy() refund.Policy { return refund.Published(NewYork) }

// ReviewedCase returns a case with one resolved issue and without objections, in which
// 174.99 USD is refundable.
func ReviewedCase() refund.Case {
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: USD("25.00")},
			Start:   March(2, 10, 0),
			Price:   USD("199.99"),
			Paid:    USD("199.99"),
		},
		Issues: refund.IssueLog{{ID: "T-1", Opened: March(3, 9, 0), Resolved: March(3, 11, 0)}},
		Request: refund.Request{
			At: March(10, 12, 0), By: "ACC-7", RecordedBy: "ops-1", Channel: refund.ChannelEmail, Reason: "not satisfied",
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "T-1", Detail: "call heard"},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseAccountAccess, Severity: refund.SeveritySatisfied},
		},
	}
}

// Shown returns the digest of the outcome that an officer would see.
func Shown(t TB, p refund.Policy, c refund.Case) refund.Digest {
	t.Helper()
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatalf("no outcome: %v", err)
	}
	return o.Digest()
}

// Paths returns the paths of the faults of an InvalidError, in order. It returns nil for any
// other error and for nil.
func Paths(err error) (paths []string) {
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		for _, f := range invalid.Faults {
			paths = append(paths, f.Path)
		}
	}
	return paths
}

// HasPaths reports whether an error is an InvalidError with faults at exactly these paths, in
// this order.
func HasPaths(err error, want ...string) bool {
	return err != nil && slices.Equal(Paths(err), want)
}

// Line returns a field of a canonical form, as documented at refund.Digest.
func Line(name, value string) string {
	return name + " " + strconv.Itoa(len(value)) + " " + value + "\n"
}

// Form returns a canonical form. fields holds names and values in turn.
func Form(thing string, fields ...string) string {
	form := "refundpolicy " + thing + " 1\n"
	for i := 0; i < len(fields); i += 2 {
		form += Line(fields[i], fields[i+1])
	}
	return form
}

// Minor returns an amount given in minor units, of at most 34 digits.
func Minor(t TB, minor *big.Int, c refund.Currency) refund.Money {
	t.Helper()
	m, err := refund.NewMoney(decimal.NewFromBigInt(minor, -int32(c.Digits())), c)
	if err != nil {
		t.Fatalf("%v %v: %v", minor, c, err)
	}
	return m
}

// WantPaths fails unless an error has exactly one fault at each of these paths, in any order,
// and no others.
func WantPaths(t TB, err error, want ...string) {
	t.Helper()
	if got := slices.Sorted(slices.Values(Paths(err))); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		t.Fatalf("paths of the faults: got %q, want %q: %v", got, want, err)
	}
}
