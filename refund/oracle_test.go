package refund_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund/internal/oracle"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// The oracle is an independent implementation, written from the policy's clauses.
func TestEvaluateAgreesWithTheOracle(t *testing.T) {
	checkMany(t, 700, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		got, err := p.Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, objection := range oracle.Objections(p, c, got) {
			t.Error(objection)
		}
	})
}
