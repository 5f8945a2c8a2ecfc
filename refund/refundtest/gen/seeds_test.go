package gen_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

type everything struct {
	Policy   refund.Policy
	Case     refund.Case
	Log      refund.Digest // as text a log is masked
	Checks   []evidence.Check
	Ledger   []ledger.Event
	Finding  refund.Finding
	Location string
}

// A soak is told by its seeds, so that what comes of one changes only where that is
// meant, in a generator or with a version of rapid. Such a change gets a line in
// CHANGELOG.md and new digests here: the figures of soaks before it are of other cases.
//
// Only cases in UTC are told: elsewhere instants also come of the machine's zone files.
func TestSeeds(t *testing.T) {
	all := rapid.Custom(func(t *rapid.T) everything {
		var e everything
		if e.Policy = gen.Policy().Draw(t, "policy"); e.Policy.Location != time.UTC {
			return e
		}
		e.Case = gen.Case(e.Policy).Draw(t, "case")
		log := gen.Log(e.Case).Draw(t, "log")
		e.Log = log.Digest()
		e.Checks = gen.Check(log).Draw(t, "checks")
		e.Ledger = gen.Ledger(e.Case.Subscription).Draw(t, "ledger").Events()
		e.Finding = gen.Finding().Draw(t, "finding")
		e.Location = gen.Location().Draw(t, "location").String()
		return e
	})
	for _, c := range []struct {
		reason      string
		first, last int
		want        string
	}{
		{"the first few", 1, 100, "a4f0f38429ff063357452eb853bc9e60ba5534e7526435caa7fbce3f4467b85d"},
		{"enough to meet whatever is drawn", 101, 8000, "8c37aa3c85650155b8c040b6ef0692f8b6691b0334f9a30656076c084520b9ab"},
	} {
		because(t, c.reason, func(t *testing.T) {
			hash := sha256.New()
			for seed := c.first; seed <= c.last; seed++ {
				if e := all.Example(seed); e.Policy.Location == time.UTC {
					fmt.Fprintf(hash, "%d: %+v\n", seed, e)
				}
			}
			if got := hex.EncodeToString(hash.Sum(nil)); got != c.want {
				t.Errorf("seeds %d to %d come to %s, not %s", c.first, c.last, got, c.want)
			}
		})
	}
}
