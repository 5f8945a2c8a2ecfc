package refund_test

import (
	"flag"
	"os"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata" // for machines without a time-zone database

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// checksGiven is true if the command line or the environment gives the number of checks of a
// property. Tests then do not choose their own.
var checksGiven bool

func TestMain(m *testing.M) {
	flag.Parse()
	_, checksGiven = os.LookupEnv("RAPID_CHECKS")
	flag.Visit(func(f *flag.Flag) { checksGiven = checksGiven || f.Name == "rapid.checks" })
	os.Exit(m.Run())
}

// checkMany is like rapid.Check, with the given number of checks unless checksGiven is true.
func checkMany(t *testing.T, checks int, property func(*rapid.T)) {
	t.Helper()
	if !checksGiven {
		usual := flag.Lookup("rapid.checks").Value.String()
		if err := flag.Set("rapid.checks", strconv.Itoa(checks)); err != nil {
			t.Fatal(err)
		}
		defer flag.Set("rapid.checks", usual)
	}
	rapid.Check(t, property)
}

// zone returns a location by its name.
func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// instant reads RFC 3339; an empty text is the zero Time.
func instant(t testing.TB, text string) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// utc writes an instant as the tables of these tests have it.
func utc(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// faultPaths returns the paths of an InvalidError, and fails on any other error.
func faultPaths(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	invalid, ok := err.(*refund.InvalidError)
	if !ok {
		t.Fatalf("error is a %T: %v", err, err)
	}
	if len(invalid.Faults) == 0 {
		t.Fatal("an InvalidError without faults")
	}
	var paths []string
	for _, fault := range invalid.Faults {
		paths = append(paths, fault.Path)
	}
	return paths
}

// plainCase returns a case of 199.99 USD in the middle of its window, without issues,
// findings or objections.
func plainCase() refund.Case {
	day := func(d, hour int) time.Time { return time.Date(2026, time.March, d, hour, 0, 0, 0, time.UTC) }
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1",
			Account: "ACC-7",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: day(2, 15),
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{},
		Request: refund.Request{
			At:      day(10, 16),
			By:      "ACC-7",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
	}
}

// resolvedAt returns an issue opened and resolved at an instant.
func resolvedAt(id string, at time.Time) refund.Issue {
	return refund.Issue{ID: id, Opened: at, Resolved: at}
}

// evaluated returns the outcome of a case that must be valid.
func evaluated(t testing.TB, p refund.Policy, c refund.Case) refund.Outcome {
	t.Helper()
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	return o
}
