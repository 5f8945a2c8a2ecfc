package refundtest_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// Check tries laws on the same cases every time: another team's test that passes today
// passes tomorrow. A change of them, as by a new vector, is one that is meant, with a new
// digest here.
//
// Only cases in New York and in UTC are told: elsewhere more of their instants come of
// the machine's zone files.
func TestCorpusStays(t *testing.T) {
	const want = "3089849a2392c2a6168126edbe2aa8a6afa5a8101e6b5a9960add3932da3dbf8"
	hash := sha256.New()
	told := 0
	refundtest.Corpus(func(p refund.Policy, c refund.Case) {
		if name := p.Location.String(); name == "UTC" || name == "America/New_York" {
			told++
			fmt.Fprintf(hash, "%+v %+v\n", p, c)
		}
	})
	if got := hex.EncodeToString(hash.Sum(nil)); got != want || told < 1500 {
		t.Errorf("%d cases come to %s, not %s", told, got, want)
	}
}
