package refundrapid_test

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
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/refundrapid"
)

type everything struct {
	Policy   refund.Policy
	Case     refund.Case
	Log      evidence.Log
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
		if e.Policy = refundrapid.Policy().Draw(t, "policy"); e.Policy.Location != time.UTC {
			return e
		}
		e.Case = refundrapid.Case(e.Policy).Draw(t, "case")
		e.Log = refundrapid.Log(e.Case).Draw(t, "log")
		e.Checks = refundrapid.Check(e.Log).Draw(t, "checks")
		e.Ledger = refundrapid.Ledger(e.Case.Subscription).Draw(t, "ledger").Events()
		e.Finding = refundrapid.Finding().Draw(t, "finding")
		e.Location = refundrapid.Location().Draw(t, "location").String()
		return e
	})
	for _, c := range []struct {
		reason      string
		first, last int
		want        string
	}{
		{"the first few", 1, 100, "49bd12f51a5f019cf7bd3d2f473ab2e1acd61008abdcd3a17cdc4bd61167bbce"},
		{"enough to meet whatever is drawn", 101, 8000, "a1cb34a59271965bf6c6e468871e960f5bf9a889efcb1c194c9e389d1ef4bf34"},
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
