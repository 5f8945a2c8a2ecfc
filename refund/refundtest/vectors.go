package refundtest

import (
	"errors"
	"sync"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

// A vector is a conformance vector with its decoded document.
type vector struct {
	conformance.Vector
	p refund.Policy
	c refund.Case
}

// vectors returns the vectors that expect an outcome. The others expect a refusal of the
// text, which an evaluator does not see.
var vectors = sync.OnceValues(func() ([]vector, error) {
	all, err := conformance.Vectors()
	if err != nil {
		return nil, err
	}
	var list []vector
	for _, v := range all {
		if v.Want == nil {
			continue
		}
		d, err := document.Decode(v.Document)
		if err != nil {
			return nil, errors.Join(errors.New("refundtest: vector "+v.Name), err)
		}
		list = append(list, vector{v, d.Policy, d.Case})
	}
	return list, nil
})

// vectorGroups returns the vectors by clause.
func vectorGroups() ([]group, error) {
	list, err := vectors()
	if err != nil {
		return nil, err
	}
	var groups []group
	for _, v := range list {
		if n := len(groups); n == 0 || groups[n-1].name != v.Clause {
			groups = append(groups, group{kind: "vectors", name: v.Clause})
		}
		g := &groups[len(groups)-1]
		g.checks = append(g.checks, check{v.Name[len(v.Clause)+1:], v.run})
	}
	return groups, nil
}

// clauseOf returns the clause with a code, or zero if the code is unknown.
func clauseOf(code string) refund.Clause {
	var clause refund.Clause
	if err := clause.UnmarshalText([]byte(code)); err != nil {
		return 0
	}
	return clause
}

func (v vector) run(on *session) (*Failure, bool) {
	o, err := judge(on.evaluate, &v.p, &v.c)
	if errors.Is(err, errors.ErrUnsupported) {
		return nil, false
	}
	f := &Failure{Name: "vectors/" + v.Name, Clause: clauseOf(v.Clause), Reason: v.Reason, Policy: v.p, Case: v.c}
	if err != nil {
		f.Got, f.Want, f.Err = "error: "+err.Error(), "verdict "+v.Want.Verdict.String(), err
		return f, true
	}
	differences := v.Want.Differences(o)
	if differences == nil {
		return nil, true
	}
	f.Outcome = o
	f.Got, f.Want = summary(differences)
	return f, true
}

// summary returns the first differences as text.
func summary(differences []conformance.Difference) (got, want string) {
	const most = 4
	for i, d := range differences {
		if i == most {
			more := ", and " + number(len(differences)-most, "field") + " more"
			return got + more, want + more
		}
		if i > 0 {
			got, want = got+", ", want+", "
		}
		got, want = got+d.Field+" "+d.Got, want+d.Field+" "+d.Want
	}
	return got, want
}
