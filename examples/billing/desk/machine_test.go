package desk_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A machine does random things to one case. Its bank is the oracle: it knows how much money
// moved, whatever the desk believes.
type machine struct {
	b      *bench
	id     string
	seen   desk.View        // maybe old
	late   []provider.Event // webhooks that have not arrived
	nextID int
	since  time.Time
}

func (m *machine) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"look":    func(*rapid.T) { m.seen = m.b.view(m.id) },
		"approve": func(t *rapid.T) { m.decided(m.b.approve(m.seen))(t) },
		"grant": func(t *rapid.T) {
			charges := usd(fmt.Sprintf("%d.00", rapid.IntRange(1, 199).Draw(t, "charges")))
			m.decided(m.b.Decide(m.b.t.Context(), second, m.id, decision.Proposal{Outcome: m.seen.Outcome.Digest(), Goodwill: &decision.Goodwill{Charges: charges, Fees: usd("0.00"), Reason: "goodwill"}}))(t)
		},
		"decline": func(t *rapid.T) {
			if rapid.IntRange(0, 4).Draw(t, "really") == 0 {
				m.decided(m.b.Decide(m.b.t.Context(), second, m.id, decision.Proposal{Outcome: m.seen.Outcome.Digest(), Denial: &decision.Denial{Reason: "no"}}))(t)
			}
		},
		// A program that is killed before or after the money moves, or before the books have the
		// answer, leaves what an error leaves: the next one begins again.
		"pay": func(t *rapid.T) {
			m.b.bank.faults(rapid.SliceOfN(rapid.SampledFrom([]fault{works, lost, down, refuses, pends}), 0, 2).Draw(t, "faults")...)
			if err := m.b.PayOut(t.Context(), m.id); err != nil && !errors.Is(err, errBroken) {
				t.Fatal(err)
			}
		},
		"pay twice at once": func(t *rapid.T) {
			done := make(chan error)
			for range 2 {
				go func() { done <- m.b.PayOut(t.Context(), m.id) }()
			}
			for range 2 {
				if err := <-done; err != nil && !errors.Is(err, errBroken) {
					t.Error(err)
				}
			}
		},
		"a pending refund ends": func(t *rapid.T) {
			m.late = append(m.late, m.b.bank.end(m.id, rapid.SampledFrom([]ledger.State{ledger.StateSettled, ledger.StateFailed}).Draw(t, "end"))...)
		},
		"somebody refunds in the dashboard": func(t *rapid.T) {
			if m.nextID < 2 {
				m.nextID++
				m.late = append(m.late, m.b.bank.dashboard(m.id, "pay-"+m.id, fmt.Sprint("re-", m.id, m.nextID), usd("7.00")))
			}
		},
		"a webhook arrives": func(t *rapid.T) { // in any order, and the same one again
			if len(m.late) > 0 {
				i := rapid.IntRange(0, len(m.late)-1).Draw(t, "webhook")
				m.receive(t, m.late[i])
				if rapid.Bool().Draw(t, "once") {
					m.late = append(m.late[:i:i], m.late[i+1:]...)
				}
			}
		},
		"a webhook is lost": func(*rapid.T) {
			if len(m.late) > 0 {
				m.late = m.late[1:]
			}
		},
		"a night passes": func(t *rapid.T) {
			if err := m.b.Reconcile(t.Context(), m.since); err != nil {
				t.Fatal(err)
			}
		},
		"": m.check,
	}
}

func (m *machine) decided(_ desk.Decided, err error) func(*rapid.T) {
	return func(t *rapid.T) {
		var gates *decision.GatesError
		var invalid *refund.InvalidError
		if err != nil && !errors.Is(err, desk.ErrDecided) && !errors.Is(err, decision.ErrStale) && !errors.As(err, &gates) && !errors.As(err, &invalid) {
			t.Fatal(err)
		}
	}
}

func (m *machine) receive(t *rapid.T, e provider.Event) {
	if err := m.b.Receive(t.Context(), e); err != nil && !errors.Is(err, ledger.ErrUnknown) {
		t.Fatal(err)
	}
}

func (m *machine) check(t *rapid.T) {
	m.b.bank.mu.Lock()
	for key, n := range m.b.bank.moved {
		if n > 1 {
			t.Errorf("the money of one instruction moved %d times: %s", n, key)
		}
	}
	m.b.bank.mu.Unlock()
	if sum := m.b.bank.sum(m.id); sum > 19999+int64(m.nextID)*700 {
		t.Fatalf("%d refunded of a payment of 19999", sum)
	}
}

func TestNoCrashPaysTwiceAndTheBooksAgreeWithTheBank(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	runs, paid := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		runs++
		m := &machine{b: b, id: fmt.Sprint("M-", runs), since: b.clock.now()}
		m.seen = b.ask(m.id)
		t.Repeat(m.actions())

		// Afterwards everybody does their work: the jobs, the bank, the night, the officers.
		b.bank.mu.Lock()
		b.bank.fault = nil
		b.bank.mu.Unlock()
		if err := b.PayOut(t.Context(), m.id); err != nil {
			t.Fatal(err)
		}
		b.bank.end(m.id, ledger.StateSettled)
		if err := b.Reconcile(t.Context(), m.since); err != nil {
			t.Fatal(err)
		}
		for _, d := range b.openDifferences() {
			if d.Event.Kind == 0 {
				if d.Code == ledger.DifferenceBeyondCap || d.Code == ledger.DifferenceBeyondEntitlement {
					continue // the dashboard's refunds are on top of the desk's
				}
				t.Fatalf("a difference without a fact: %+v", d)
			}
			if err := b.Resolve(t.Context(), officer, d.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
		m.check(t)
		v := b.view(m.id)
		totals := v.Books.Totals()
		returned, err := totals.Returned.Add(totals.Excess)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := returned.MinorUnits(); err != nil || n != b.bank.sum(m.id) || v.Books.Outstanding() != nil {
			t.Fatalf("the books have %s, the bank %d; outstanding %v", returned, b.bank.sum(m.id), v.Books.Outstanding())
		}
		if returned.Sign() > 0 {
			paid++
		}
	})
	if paid < runs/4 {
		t.Errorf("money moved in %d of %d runs", paid, runs)
	}
	if _, _, err := desk.VerifyAudit(t.Context(), b.SQL(), public); err != nil {
		t.Error(err)
	}
}
