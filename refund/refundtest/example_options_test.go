package refundtest_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// Check a service that keeps its policies as [refund.Versions], whose errors have the path
// "versions[0].version" instead of "policy.version".
func ExampleOptions() {
	service := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		versions, err := refund.NewVersions(p)
		if err != nil {
			return refund.Outcome{}, err
		}
		o, err := versions.Evaluate(c)
		if errors.Is(err, refund.ErrNoVersion) { // the policy takes effect after the subscription
			return refund.Outcome{}, errors.ErrUnsupported
		}
		return o, err
	}
	fmt.Println(refundtest.Check(service, refundtest.Options{
		Path: func(reported string) string {
			return strings.Replace(reported, "versions[0].", "policy.", 1)
		},
	}))
	// Output: <nil>
}
