package refund_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// The kit that other teams run, on the evaluator that they are held to.
func TestTheKit(t *testing.T) { refundtest.Run(t, refund.Policy.Evaluate) }
