package e2e_test

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

var (
	refunds = flag.Int("refunds", 60, "`number` of refunds by two copies")
	seed    = flag.Uint64("seed", 0, "`seed` of the same test; 0 means a random one")
)

// A story is two copies of the program on one PostgreSQL, with a provider that has all its
// faults. One copy is killed and started again, and the database is restarted.
type story struct {
	*world
	t        *testing.T
	server   *server
	db       *sql.DB
	ids      []string
	grants   map[string]int64 // the cents that the policy grants
	officer  client           // approves
	clerk    client           // files
	copies   relay
	approved atomic.Int64
}

func TestEveryApprovedRefundIsPaidOnce(t *testing.T) {
	t.Parallel()
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	t.Logf("-refunds %d -seed %d", *refunds, *seed)
	random := rand.New(rand.NewPCG(*seed, 0))
	s := &story{t: t, server: newServer(t)}
	s.world = newWorld(t, s.server.url(), 100*time.Millisecond)
	var err error
	if s.db, err = sql.Open("pgx", s.server.url()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.db.Close() })
	began := time.Now()
	phase := func(text string, args ...any) {
		t.Logf("%6.1f s: %s", time.Since(began).Seconds(), fmt.Sprintf(text, args...))
	}
	for i := range *refunds {
		s.ids = append(s.ids, fmt.Sprintf("SUB-%d", i))
	}
	dashboard, disputes := pick(random, s.ids, 20), pick(random, s.ids, 20)
	s.grants = map[string]int64{}
	for _, id := range s.ids {
		s.grants[id] = 7499 // so little that the provider would pay it twice
		if dashboard[id] || disputes[id] {
			s.grants[id] = 19999
		}
	}
	all(8, *refunds, func(i int) { s.sell(s.record(s.ids[i])) })
	phase("%d subscriptions are sold", *refunds)
	first, second := s.copy(), s.copy()
	s.officer, s.clerk = s.client(second, "ben"), s.client(second, "cleo")
	s.route(first, second)
	s.SetFaults(fake.Faults{Seed: *seed, Percent: map[fake.Fault]int{fake.ErrorBefore: 7, fake.ErrorAfter: 7, fake.TimeoutAfter: 7,
		fake.Pending: 20, fake.FailsLater: 10, fake.Doubled: 20, fake.Late: 5, fake.Reordered: 20, fake.Lost: 10}})

	var working sync.WaitGroup
	working.Go(func() { s.disturb(rand.New(rand.NewPCG(*seed, 1)), first, second, phase) })
	at := time.Now().Add(-time.Minute).Truncate(time.Second)
	all(8, *refunds, func(i int) {
		id := s.ids[i]
		if err := s.clerk.file(id, at); err != nil {
			t.Errorf("%s: not filed: %v", id, err)
		}
		if disputes[id] {
			s.do("dispute", processor.Record{ID: "dispute-" + id, Payment: "pay-" + id, Units: 5000})
		}
		s.advance(id)
		if dashboard[id] { // too late, if the refund has been paid
			_, _ = s.Do("refund", processor.Record{Payment: "pay-" + id, Units: 5000})
		}
	})
	working.Wait()
	phase("%d approvals, and the disturbances are over", s.approved.Load())
	for id := range disputes {
		s.do("win", processor.Record{ID: "dispute-" + id})
	}
	if *refunds > 100 {
		s.quiet(phase) // River has to find the jobs of the copy that was killed
	}
	s.SetFaults(fake.Faults{})
	for round := 1; ; round++ {
		s.night()
		open := s.finish()
		phase("after %d nights, %d cases are not paid, %d approvals", round, open, s.approved.Load())
		if open == 0 {
			break
		}
		if t.Failed() {
			t.FailNow()
		}
		if round == 20 {
			t.Fatal("some refunds are never paid")
		}
	}
	s.quiet(phase)
	s.rest()
	s.night()
	s.verify(second)
	phase("verified")
}

// rest waits for the last webhooks. One is never accepted: of a dispute that was won, if that of
// its beginning was lost.
func (s *story) rest() {
	idle := make(chan struct{})
	go func() { s.Idle(); close(idle) }()
	select {
	case <-idle:
	case <-time.After(3 * time.Second):
	}
}

// record returns a subscription with the issues that reduce the refund to what is granted.
func (s *story) record(id string) desk.Record {
	r := subscription(id, "Grace Holloway", 9)
	var names []string
	issue := r.Issues[0]
	r.Issues = refund.IssueLog{}
	for i := range (19999 - s.grants[id]) / 2500 {
		issue.ID = fmt.Sprintf("T-%d", i)
		r.Issues = append(r.Issues, issue)
		names = append(names, fmt.Sprintf("%q", issue.ID))
	}
	r.Evidence = strings.Replace(r.Evidence, `"T-1"`, strings.Join(names, ","), 1)
	return r
}

// all runs a function for numbers below n, in some goroutines.
func all(goroutines, n int, do func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range goroutines {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	group.Wait()
}

// pick returns one of so many ids, by chance.
func pick(random *rand.Rand, ids []string, of int) map[string]bool {
	picked := map[string]bool{}
	for _, id := range ids {
		if random.IntN(of) == 0 {
			picked[id] = true
		}
	}
	return picked
}

// copy starts a copy of the program.
func (s *story) copy() *program {
	s.t.Helper()
	p, err := s.run()
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if p.cmd.ProcessState != nil { // it was killed
			return
		}
		if err := p.stop(); err != nil {
			s.t.Errorf("%v\n%s", err, p.log.tail())
		}
		if s.t.Failed() {
			s.t.Logf("the end of the log of a copy:\n%s", p.log.tail())
		}
	})
	return p
}

func (s *story) client(p *program, officer string) client {
	return client{copies: &s.copies, token: p.officers[officer].token}
}

// route sends requests and webhooks to the copies.
func (s *story) route(copies ...*program) {
	var urls []string
	for _, p := range copies {
		urls = append(urls, p.url)
	}
	s.copies.set(urls...)
	s.relay.set(urls...)
}

// disturb kills a copy and restarts the database, each after a number of approvals.
func (s *story) disturb(random *rand.Rand, first, second *program, phase func(string, ...any)) {
	n := *refunds / 8
	kill, restart := n+random.IntN(2*n), 4*n+random.IntN(2*n)
	s.await(kill)
	first.kill()
	phase("a copy was killed after %d approvals", s.approved.Load())
	s.route(second)
	third := s.copy()
	s.route(second, third)
	s.await(restart)
	if err := s.server.restart(); err != nil {
		s.t.Error(err)
	}
	phase("the database was restarted after %d approvals", s.approved.Load())
	// A reconciliation while the provider misbehaves. Its errors are expected.
	_ = s.Desk.Reconcile(context.Background(), time.Now().Add(-time.Hour))
}

// await waits for a number of approvals.
func (s *story) await(n int) {
	for deadline := time.Now().Add(patience); s.approved.Load() < int64(n) && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
}

// look returns a case. It waits while the database is restarted.
func (s *story) look(id string) desk.View {
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		var v desk.View
		if v, err = s.Desk.View(context.Background(), id); err == nil {
			return v
		}
	}
	s.t.Errorf("%s: %v", id, err)
	return desk.View{}
}

// state returns how far the newest refund of a case is.
func state(v desk.View) desk.State {
	list := v.Books.Refunds()
	if v.Decision == nil || len(list) == 0 {
		return desk.StateOpen
	}
	state := desk.StatePaid
	for _, share := range list[len(list)-1].Shares {
		switch share.State {
		case ledger.StatePending, ledger.StateSubmitted:
			return desk.StatePaying
		case ledger.StateFailed:
			state = desk.StateFailed
		}
	}
	return state
}

// advance does what an officer does with a case: it approves the refund, again if it failed.
func (s *story) advance(id string) {
	var err error
	for range 20 {
		v := s.look(id)
		if x := state(v); x != desk.StateOpen && x != desk.StateFailed || v.Outcome.Refundable.Sign() <= 0 {
			return
		}
		err = s.officer.approve(id, v.Outcome.Digest(), v.Outcome.Refundable)
		if err == nil {
			s.approved.Add(1)
			return
		}
		if p, ok := err.(*problem); !ok || !strings.HasSuffix(p.Type, "/stale") && !strings.HasSuffix(p.Type, "/decided") {
			s.t.Errorf("%s: not approved: %v", id, err)
			return
		}
	}
	s.t.Errorf("%s: not approved after 20 attempts: %v", id, err)
}

// finish lets officers resolve the differences, and approve what failed. It returns the number
// of cases that are not paid.
func (s *story) finish() int {
	s.t.Helper()
	list, err := s.Desk.Differences(context.Background(), time.Now().UTC())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, x := range list {
		if x.Resolved.IsZero() {
			if err := s.Desk.Resolve(context.Background(), desk.Officer{ID: "ana"}, x.ID, ""); err != nil {
				s.t.Errorf("%s: %v", x.Subscription, err)
			}
		}
	}
	var open atomic.Int64
	all(8, len(s.ids), func(i int) {
		v := s.look(s.ids[i])
		if x := state(v); x != desk.StatePaid {
			open.Add(1)
			s.advance(s.ids[i])
		}
	})
	return int(open.Load())
}

// reconcile is the nightly job.
type reconcile struct{}

func (reconcile) Kind() string { return "reconcile" }

// night lets a copy run the nightly job now, and waits for it.
func (s *story) night() {
	s.t.Helper()
	jobs, err := river.NewClient(riverdatabasesql.New(s.db), &river.Config{})
	if err != nil {
		s.t.Fatal(err)
	}
	inserted, err := jobs.Insert(context.Background(), reconcile{}, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	eventually(s.t, 3*time.Minute, "the nightly job ends", func() bool {
		return s.count(`state = 'completed' AND id = $1`, inserted.Job.ID) == 1
	})
}
