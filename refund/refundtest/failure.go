package refundtest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Failure is one way in which an evaluator is not as the policy says, with a case
// that shows it. [Check] and [CheckLaws] return failures, never the zero Failure.
type Failure struct {
	// Name is that of the vector, refusal or law, as a path: "laws/never-more".
	Name string

	// Clause is the clause that is broken; unset if it is none of them, but what makes
	// an evaluation one.
	Clause refund.Clause

	// Reason says in words what should be, and why.
	Reason string

	// Got and Want are what came and what was expected.
	Got, Want string

	// Policy and Case show it. For a law they are the smallest that could be found.
	Policy refund.Policy
	Case   refund.Case

	// Outcome is what the evaluator came to, the zero Outcome if it came to none.
	// [Explain] prints its argument.
	Outcome refund.Outcome

	// Err is the evaluator's error or panic, if there should have been none or another
	// one.
	Err error
}

// Error is several lines: the name, clause and reason, what came and was expected, the
// evaluator's own reason on the clause, and the case as Go that makes it out of
// [Policy] and [Case].
func (f *Failure) Error() string {
	var b strings.Builder
	b.WriteString(f.Name)
	if f.Clause.IsValid() {
		fmt.Fprintf(&b, " (%v)", f.Clause)
	}
	fmt.Fprintf(&b, ": %s\n\tgot:  %s\n\twant: %s", f.Reason, short(f.Got), short(f.Want))
	if f.Clause.IsValid() && f.Outcome.Verdict != 0 {
		fmt.Fprintf(&b, "\n\tit says: %s", short(f.Outcome.Why(f.Clause)))
	}
	if f.Policy.WindowDays == 0 && f.Policy.Location == nil { // no case shows it
		return b.String()
	}
	for _, line := range source(&f.Policy, &f.Case) {
		b.WriteString("\n\t" + line)
	}
	return b.String()
}

// short cuts off what an evaluator or its subjects may make as long as they like.
func short(text string) string {
	const longest = 400
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return text
}

// Unwrap returns Err.
func (f *Failure) Unwrap() error { return f.Err }

// Failures are all that [Check] found, in the order of the checks, at least one.
//
//	var failures refundtest.Failures
//	if errors.As(err, &failures) {
//		for _, f := range failures {
//			fmt.Println(f.Clause, f.Name)
//		}
//	}
type Failures []*Failure

// Error is of bounded length: how many there are on which clauses, a few of each
// group, and how many more there are.
func (fs Failures) Error() string {
	const ofGroup, inAll = 2, 8
	var b strings.Builder
	fmt.Fprintf(&b, "refundtest: %s: %s", number(len(fs), "failure"), fs.clauses())
	shown := map[string]int{}
	told := 0
	for _, f := range fs {
		group := f.Name[:max(strings.LastIndexByte(f.Name, '/'), 0)]
		if shown[group]++; shown[group] > ofGroup || told == inAll {
			continue
		}
		told++
		b.WriteString("\n\n" + f.Error())
	}
	if rest := len(fs) - told; rest > 0 {
		fmt.Fprintf(&b, "\n\nand %d more", rest)
	}
	return b.String()
}

// clauses tells on which clauses the failures are, most first.
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

// Unwrap returns the failures, each a [*Failure].
func (fs Failures) Unwrap() []error {
	errs := make([]error, len(fs))
	for i, f := range fs {
		errs[i] = f
	}
	return errs
}
