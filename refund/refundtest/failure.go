package refundtest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Failure is one deviation of an evaluator from the policy, with a case that reproduces
// it. [Check] and [CheckLaws] never return the zero Failure.
type Failure struct {
	// Name is the name of the vector, refusal or law, as a path: "laws/never-more".
	Name string

	// Clause is the broken clause. It is unset for a failure that does not concern a
	// clause, such as a panic.
	Clause refund.Clause

	// Reason is the rule in words.
	Reason string

	// Got and Want are the actual and the expected result, in words.
	Got, Want string

	// Policy and Case reproduce the failure. For a law they are the simplest that the
	// search found.
	Policy refund.Policy
	Case   refund.Case

	// Outcome is the evaluator's outcome, or the zero Outcome after an error.
	Outcome refund.Outcome

	// Err is an unexpected error or panic of the evaluator, or nil.
	Err error
}

// Error returns several lines: the name, clause and reason, the actual and the expected
// result, the evaluator's own reason for the clause, and Go source that builds the case from
// [Policy] and [Case].
func (f *Failure) Error() string {
	var b strings.Builder
	b.WriteString(f.Name)
	if f.Clause.IsValid() {
		fmt.Fprintf(&b, " (%v)", f.Clause)
	}
	fmt.Fprintf(&b, ": %s\n\tgot:  %s\n\twant: %s", f.Reason, short(f.Got), short(f.Want))
	if f.Clause.IsValid() && f.Outcome.Verdict != 0 {
		fmt.Fprintf(&b, "\n\tevaluator's reason: %s", short(f.Outcome.Why(f.Clause)))
	}
	if f.Policy.WindowDays == 0 && f.Policy.Location == nil { // a failure without a case
		return b.String()
	}
	for _, line := range source(&f.Policy, &f.Case) {
		b.WriteString("\n\t" + line)
	}
	return b.String()
}

// short cuts off a long text.
func short(text string) string {
	const longest = 400
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return text
}

// Unwrap returns Err.
func (f *Failure) Unwrap() error { return f.Err }

// Failures are the failures that [Check] found, at least one, in the order of the checks.
//
//	var failures refundtest.Failures
//	if errors.As(err, &failures) {
//		for _, f := range failures {
//			fmt.Println(f.Clause, f.Name)
//		}
//	}
type Failures []*Failure

// Error returns a text of limited length: the number of failures by clause, the first
// failures of each group, and the number of the others.
func (fs Failures) Error() string {
	const ofGroup, inAll = 2, 8
	var b strings.Builder
	fmt.Fprintf(&b, "refundtest: %s: %s", number(len(fs), "failure"), fs.clauses())
	shown := map[string]int{}
	printed := 0
	for _, f := range fs {
		group := f.Name[:max(strings.LastIndexByte(f.Name, '/'), 0)]
		if shown[group]++; shown[group] > ofGroup || printed == inAll {
			continue
		}
		printed++
		b.WriteString("\n\n" + f.Error())
	}
	if rest := len(fs) - printed; rest > 0 {
		fmt.Fprintf(&b, "\n\nand %d more", rest)
	}
	return b.String()
}

// clauses returns the numbers of failures by clause, the largest first.
func (fs Failures) clauses() string {
	var counts [refund.ClauseCap + 1]int
	for _, f := range fs {
		if f.Clause.IsValid() {
			counts[f.Clause]++
		} else {
			counts[0]++
		}
	}
	clauses := append(refund.Clauses(), 0)
	slices.SortStableFunc(clauses, func(a, b refund.Clause) int { return cmp.Compare(counts[b], counts[a]) })
	var texts []string
	for _, c := range clauses {
		name := c.String()
		if c == 0 {
			name = "no clause"
		}
		if counts[c] > 0 {
			texts = append(texts, fmt.Sprintf("%s %d", name, counts[c]))
		}
	}
	return strings.Join(texts, ", ")
}

// Unwrap returns the failures as errors, each a [*Failure].
func (fs Failures) Unwrap() []error {
	errs := make([]error, len(fs))
	for i, f := range fs {
		errs[i] = f
	}
	return errs
}
