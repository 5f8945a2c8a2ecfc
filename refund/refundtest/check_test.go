package refundtest_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// found returns the failures of an evaluator, at least one.
func found(t *testing.T, evaluate refundtest.Evaluator) refundtest.Failures {
	t.Helper()
	var failures refundtest.Failures
	if err := refundtest.Check(evaluate); !errors.As(err, &failures) {
		t.Fatalf("Check returns %v", err)
	}
	return failures
}

// named returns the failures whose names have a prefix.
func named(failures refundtest.Failures, prefix string) (list refundtest.Failures) {
	for _, f := range failures {
		if strings.HasPrefix(f.Name, prefix) {
			list = append(list, f)
		}
	}
	return list
}

// An empty implementation must not pass the laws on outcomes.
func TestEvaluatorWithoutOutcomesFails(t *testing.T) {
	t.Parallel()
	failures := found(t, func(refund.Policy, refund.Case) (refund.Outcome, error) { return refund.Outcome{}, nil })
	for _, kind := range []string{"vectors/", "refusals/", "laws/"} {
		if named(failures, kind) == nil {
			t.Errorf("no failure of the %s", kind)
		}
	}
}

func TestPanicIsAFailure(t *testing.T) {
	t.Parallel()
	failures := found(t, func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if p.Location == nil || len(c.Issues) > 0 {
			panic(fs.ErrNotExist)
		}
		return p.Evaluate(c)
	})
	for _, name := range []string{"laws/judged", "refusals/input/policy-without-place", "vectors/case-2/"} {
		list := named(failures, name)
		if list == nil {
			t.Errorf("no failure of %s:\n%v", name, failures)
			continue
		}
		if f := list[0]; !strings.Contains(f.Error(), "panic: file does not exist, at check_test.go:") || !errors.Is(f, fs.ErrNotExist) {
			t.Errorf("%v does not name the panic in this file", f)
		}
	}
	if failures := found(t, nil); named(failures, "laws/judged") == nil {
		t.Errorf("the failures of a nil evaluator are\n%v", failures)
	}
}

func TestFailureWrapsTheEvaluatorsError(t *testing.T) {
	t.Parallel()
	mine := errors.New("no database")
	failures := found(t, func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		return refund.Outcome{}, fmt.Errorf("not available: %w", mine)
	})
	if !errors.Is(failures, mine) || named(failures, "refusals/input/")[0].Got != "error: not available: no database" {
		t.Errorf("%v", failures)
	}
}

func TestRefusalNeedsThePathAlone(t *testing.T) {
	for _, row := range []struct {
		reason string
		change func(o refund.Outcome, invalid *refund.InvalidError) (refund.Outcome, error)
		got    string
	}{
		{"a fault at another path fails", func(o refund.Outcome, invalid *refund.InvalidError) (refund.Outcome, error) {
			return o, &refund.InvalidError{Faults: []refund.Fault{{Path: "case", Reason: "is invalid"}}}
		}, "a fault at case"},
		{"an additional fault fails", func(o refund.Outcome, invalid *refund.InvalidError) (refund.Outcome, error) {
			return o, &refund.InvalidError{Faults: append(invalid.Faults, refund.Fault{Path: "subscription", Reason: "is invalid"})}
		}, "a fault at subscription"},
		{"an error without faults fails", func(o refund.Outcome, invalid *refund.InvalidError) (refund.Outcome, error) {
			return o, &refund.InvalidError{}
		}, "error: refund: invalid input"},
		{"an outcome with an error fails", func(o refund.Outcome, invalid *refund.InvalidError) (refund.Outcome, error) {
			o.Verdict = refund.VerdictFull
			return o, invalid
		}, "an outcome and an error"},
		{"an outcome of an invalid input fails", func(o refund.Outcome, invalid *refund.InvalidError) (refund.Outcome, error) {
			o.Verdict, o.Refundable = refund.VerdictFull, refund.MustMoney("0.00", "USD")
			return o, nil
		}, "verdict full, refundable 0.00 USD"},
	} {
		failures := refundtest.CheckRefusals(func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			o, err := p.Evaluate(c)
			var invalid *refund.InvalidError
			if errors.As(err, &invalid) {
				return row.change(o, invalid)
			}
			return o, err
		})
		if len(failures) < 50 {
			t.Errorf("%s: only %d failures", row.reason, len(failures))
			continue
		}
		if f := failures[0]; f.Got != row.got {
			t.Errorf("%s: %v", row.reason, f)
		}
		for _, f := range failures {
			if text := f.Error(); strings.Count(text, "\n") < 5 || len(text) > 2000 {
				t.Errorf("%s: the failure does not show its case: %s", row.reason, text)
			}
		}
	}
}

// dollars is an adapter that supports US dollars and the published policy only.
func dollars(p refund.Policy, c refund.Case) (refund.Outcome, error) {
	if !p.Equal(refundtest.Policy()) || c.Subscription.Price.Currency() != refund.MustCurrency("USD") {
		return refund.Outcome{}, fmt.Errorf("not supported here: %w", errors.ErrUnsupported)
	}
	return p.Evaluate(c)
}

func TestUnsupportedCasesAreSkipped(t *testing.T) {
	t.Parallel()
	if err := refundtest.Check(dollars); err != nil {
		t.Error(err)
	}
}

func TestEachGroupNeedsASupportedCase(t *testing.T) {
	failures := found(t, func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		return refund.Outcome{}, errors.ErrUnsupported
	})
	for _, name := range []string{"vectors/guarantee", "vectors/case-2", "refusals/input", "laws/never-more"} {
		list := named(failures, name)
		if len(list) != 1 || !strings.HasPrefix(list[0].Got, "0 of ") || strings.Contains(list[0].Error(), "c :=") {
			t.Errorf("%s: %v", name, list)
		}
	}
}

func TestTextOfManyFailuresIsShort(t *testing.T) {
	t.Parallel()
	failures := found(t, func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		return refund.Outcome{}, errors.New(strings.Repeat("long ", 10_000))
	})
	text := failures.Error()
	if len(failures) < 50 || len(text) > 20_000 {
		t.Errorf("%d bytes for %d failures", len(text), len(failures))
	}
	if first, _, _ := strings.Cut(text, "\n"); !strings.HasPrefix(first, fmt.Sprintf("refundtest: %d failures: ", len(failures))) || !strings.Contains(first, "no clause ") {
		t.Errorf("begins with %q", first)
	}
	if !strings.Contains(text, "\n\nand ") || !strings.HasSuffix(text, " more") {
		t.Errorf("the number of other failures is missing: …%q", text[len(text)-50:])
	}
}

// wrongInSubtests is set when this program runs itself to see Run fail.
const wrongInSubtests = "REFUNDTEST_WRONG_IN_SUBTESTS"

// With -timeout 0 -rapid.checks=10000000 this test checks the laws on ten million cases.
func TestLaws(t *testing.T) {
	if os.Getenv(wrongInSubtests) == "" {
		refundtest.Run(t, refund.Policy.Evaluate)
		return
	}
	refundtest.Run(t, func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if c.Subscription.Service.Billing == refund.BillingOneTime {
			return refund.Outcome{}, errors.ErrUnsupported
		}
		o, err := dollars(p, c)
		if len(c.Issues) > 0 {
			o.Deduction = o.Deduction.Times(2)
		}
		return o, err
	})
}

func TestRunNamesItsSubtests(t *testing.T) {
	t.Parallel()
	run := exec.Command(os.Args[0], "-test.run=^TestLaws$", "-test.v")
	run.Env = append(os.Environ(), wrongInSubtests+"=yes")
	out, err := run.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, line := range []string{
		"--- FAIL: TestLaws ",
		"--- FAIL: TestLaws/vectors/case-2 ",
		"--- FAIL: TestLaws/vectors/case-2/one-resolved ",
		"--- PASS: TestLaws/vectors/case-1 ",
		"--- PASS: TestLaws/refusals/input/paid-missing ",
		"--- SKIP: TestLaws/refusals/input/policy-without-version ",
		"--- FAIL: TestLaws/vectors/one-time ",
		"got:  0 of ",
		"--- FAIL: TestLaws/laws/case-2 ",
		"--- PASS: TestLaws/laws/window ",
		"laws/case-2 (case-2): each resolved issue deducts",
	} {
		if !strings.Contains(string(out), line) {
			t.Errorf("no %q", line)
		}
	}
	if strings.Contains(string(out), "#") {
		t.Error("a subtest has no name")
	}
	if t.Failed() {
		t.Logf("%s", out)
	}
}
