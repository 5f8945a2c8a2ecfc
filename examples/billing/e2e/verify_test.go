package e2e_test

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// count returns the number of jobs with a condition.
func (s *story) count(condition string, args ...any) (n int) {
	if err := s.db.QueryRow(`SELECT count(*) FROM river_job WHERE `+condition, args...).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// quiet waits until all jobs are done, except reminders of later days.
func (s *story) quiet(phase func(string, ...any)) {
	s.t.Helper()
	unfinished := `state <> 'completed' AND kind <> 'reminder'`
	if *refunds <= 100 { // too few to wait a minute until River repeats the jobs that were cut off
		unfinished += ` AND state NOT IN ('running', 'retryable')`
	}
	eventually(s.t, 10*time.Minute, "all jobs are done", func() bool { return s.count(unfinished) == 0 })
	phase("all jobs are done")
}

// verify checks the end: by the records of the provider, the books, the jobs and the audit table.
func (s *story) verify(p *program) {
	keys, moved := map[string]int{}, int64(0)
	for _, id := range s.ids {
		v := s.look(id)
		list := v.Books.Refunds()
		var paid, outside int64
		succeeded := map[string]int64{} // by key
		for _, r := range s.refunds(id) {
			switch {
			case r.State != "succeeded":
			case r.Key == "":
				outside += r.Units
			default:
				keys[r.Key]++
				succeeded[r.Key] += r.Units
				paid += r.Units
			}
		}
		moved += paid + outside
		if len(v.Books.Outstanding()) > 0 {
			s.t.Errorf("%s: an instruction is outstanding", id)
		}
		if x := state(v); x != desk.StatePaid || v.Decision == nil {
			s.t.Errorf("%s: the case is %s", id, x)
			continue
		}
		if approved, err := v.Decision.Facts.Amount.MinorUnits(); err != nil || paid != approved {
			s.t.Errorf("%s: %d was approved, and %d was paid", id, approved, paid)
		}
		if disputed := len(v.Books.Disputes()) > 0; paid+outside != s.grants[id] && !disputed {
			s.t.Errorf("%s: %d was paid, and %d outside of the desk, of %d", id, paid, outside, s.grants[id])
		}
		for _, refund := range list {
			for _, share := range refund.Shares {
				units, err := provider.Units(share.Amount)
				if got := succeeded[share.Key]; err != nil || (share.State == ledger.StateSettled) != (got == units) || got != 0 && got != units {
					s.t.Errorf("%s: an instruction of %d is %s in the books, and %d was paid", id, units, share.State, got)
				}
			}
		}
		statement, err := s.world.client.Statement(context.Background(), id)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, x := range ledger.Reconcile(v.Books, statement, refund.Money{}) {
			s.t.Errorf("%s: a difference: %+v", id, x)
		}
	}
	for key, n := range keys {
		if n != 1 {
			s.t.Errorf("%d refunds with the key %s", n, key)
		}
	}
	if n := s.count(`state IN ('discarded', 'cancelled')`); n > 0 {
		s.t.Errorf("%d jobs were given up", n)
	}
	var differences, entries, decisions int
	if err := s.db.QueryRow(`SELECT (SELECT count(*) FROM differences WHERE open = 1), (SELECT count(*) FROM audit), (SELECT count(*) FROM decisions)`).
		Scan(&differences, &entries, &decisions); err != nil {
		s.t.Fatal(err)
	}
	if differences > 0 {
		s.t.Errorf("%d differences are open", differences)
	}
	out, err := exec.Command(binary(s.t), "verify", "-db", s.world.db, "-public", p.public).CombinedOutput()
	if want := fmt.Sprintf("%d entries are authentic", entries); err != nil || !strings.Contains(string(out), want) {
		s.t.Errorf("verify: %v\n%swant %s", err, out, want)
	}
	s.t.Logf("%d refunds moved %d cents with %d decisions; %d entries in the audit table", len(keys), moved, decisions, entries)
}
