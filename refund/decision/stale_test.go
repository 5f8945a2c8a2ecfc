package decision_test

import (
	"errors"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

func TestStaleErrorSaysWhatChangedAndWhatToDo(t *testing.T) {
	then, now := refund.Published(nil).Digest(), refund.Case{}.Digest()
	for _, r := range []struct {
		because string
		stale   decision.StaleError
		want    string
	}{
		{"the outcome is not the one shown", decision.StaleError{What: "outcome", Then: then, Now: now},
			"decision: stale: the outcome has changed since the officer saw it: show the new outcome and decide again"},
		{"no outcome was shown", decision.StaleError{What: "outcome", Now: now},
			"decision: stale: no outcome was shown: pass the digest of the outcome that the officer saw"},
		{"the case is not the one of the record", decision.StaleError{What: "case", Then: then, Now: now},
			"decision: stale: the case has changed since the decision: evaluate it and decide again"},
		{"the policy is not the one of the record", decision.StaleError{What: "policy", Then: then, Now: now},
			"decision: stale: the policy has changed since the decision: use the policy of that time, or decide again"},
	} {
		testkit.Row(t, r.because, func(t *testing.T) {
			if got := r.stale.Error(); got != r.want || !errors.Is(&r.stale, decision.ErrStale) {
				t.Errorf("got %q, want %q", got, r.want)
			}
		})
	}
}
