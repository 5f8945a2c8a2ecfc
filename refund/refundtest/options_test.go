package refundtest_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// versioned evaluates a case by Versions with a single policy.
func versioned(p refund.Policy, c refund.Case) (refund.Outcome, error) {
	versions, err := refund.NewVersions(p)
	if err != nil {
		return refund.Outcome{}, err
	}
	o, err := versions.Evaluate(c)
	if errors.Is(err, refund.ErrNoVersion) {
		return refund.Outcome{}, errors.ErrUnsupported
	}
	return o, err
}

// ofVersions maps a path that versioned reports.
func ofVersions(reported string) string {
	return strings.Replace(reported, "versions[0].", "policy.", 1)
}

func TestVersionsPassWithMappedPaths(t *testing.T) {
	refundtest.Run(t, versioned, refundtest.Options{Path: ofVersions})
}

func TestOptionsOfRefusals(t *testing.T) {
	withFaults := func(faults ...refund.Fault) refundtest.Evaluator {
		return func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			if err := c.Validate(); err == nil && p.Validate() == nil {
				return p.Evaluate(c)
			}
			return refund.Outcome{}, &refund.InvalidError{Faults: faults}
		}
	}
	var (
		mapped  = refundtest.Options{Path: ofVersions}
		invalid = refundtest.Options{AnyInvalid: true}
	)
	for _, row := range []struct {
		reason   string
		evaluate refundtest.Evaluator
		options  []refundtest.Options
		refusal  string // that fails; empty if all pass
		got      string
		want     string
	}{
		{"the paths of Versions differ from those of a policy", versioned, nil,
			"policy-without-version", "a fault at versions[0].version", "an *InvalidError with a fault at policy.version only"},
		{"zero Options map no path", versioned, []refundtest.Options{{}},
			"policy-without-version", "a fault at versions[0].version", "an *InvalidError with a fault at policy.version only"},
		{"a mapping is applied to each path", versioned, []refundtest.Options{mapped}, "", "", ""},
		{"AnyInvalid accepts any path", versioned, []refundtest.Options{invalid}, "", "", ""},
		{"AnyInvalid takes precedence over Path", refund.Policy.Evaluate,
			[]refundtest.Options{{AnyInvalid: true, Path: func(string) string { return "elsewhere" }}}, "", "", ""},
		{"the last Options count", versioned, []refundtest.Options{{}, mapped}, "", "", ""},
		{"a mapping to another path is a failure", refund.Policy.Evaluate,
			[]refundtest.Options{{Path: func(string) string { return "case" }}},
			"paid-missing", "a fault at subscription.paid, which is case", "an *InvalidError with a fault at subscription.paid only"},
		{"an InvalidError without a fault fails", withFaults(), []refundtest.Options{invalid},
			"paid-missing", "error: refund: invalid input", "an *InvalidError with a fault"},
		{"another error is not an InvalidError", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			o, err := p.Evaluate(c)
			if err != nil {
				err = errors.New("status 400")
			}
			return o, err
		}, []refundtest.Options{invalid},
			"price-missing", "error: status 400", "an *InvalidError with a fault"},
		{"an outcome with an InvalidError fails", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			o, err := p.Evaluate(c)
			o.Verdict = refund.VerdictFull
			return o, err
		}, []refundtest.Options{invalid},
			"paid-missing", "an outcome and an error", "the zero Outcome with the error"},
	} {
		failures := refundtest.CheckRefusals(row.evaluate, row.options...)
		if row.refusal == "" {
			if failures != nil {
				t.Errorf("%s: %v", row.reason, failures)
			}
			continue
		}
		list := named(failures, "refusals/input/"+row.refusal)
		if len(list) != 1 {
			t.Errorf("%s: %d failures of %s, want 1", row.reason, len(list), row.refusal)
			continue
		}
		if f := list[0]; f.Got != row.got || f.Want != row.want {
			t.Errorf("%s: %v", row.reason, f)
		}
	}
}
