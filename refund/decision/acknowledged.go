package decision

import (
	"slices"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// acknowledgedFaults adds a fault for each acknowledged clause that is not both required
// and objected. o is the outcome that the officer saw, or nil if the case no longer has
// that outcome.
func acknowledgedFaults(f *refund.Faults, path string, acknowledged []refund.Clause, p *refund.Policy, o *refund.Outcome) {
	for i, c := range acknowledged {
		switch {
		case !c.IsValid():
			f.Add(element(path, i), "is not a clause")
		case !slices.Contains(p.Required, c):
			f.Add(element(path, i), c.String()+" is not required, so it cannot be acknowledged")
		case o != nil && o.Statuses[c] != refund.StatusObjected:
			f.Add(element(path, i), c.String()+" is "+o.Statuses[c].String()+", not objected")
		}
	}
}

func element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// clauseSet returns the clauses in the policy's order, without repetitions.
func clauseSet(clauses []refund.Clause) []refund.Clause {
	return slices.Compact(slices.Sorted(slices.Values(clauses)))
}
