package desk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

var second = desk.Officer{ID: "ops-2", Name: "Lin Example", Limit: usd("500.00")}

func TestAnApprovedRefundIsPaidAndTheLetterSent(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		b.start()
		v := b.ask("S-1")
		if got := v.Outcome.Refundable.String(); got != "174.99 USD" || len(v.Gates) != 0 {
			t.Fatalf("refundable %s, gates %v", got, v.Gates)
		}
		made, err := b.approve(v)
		if err != nil {
			t.Fatal(err)
		}
		eventually(t, "paid", func() bool { return b.state("S-1") == desk.StatePaid })
		eventually(t, "sent", func() bool { return !b.view("S-1").Decision.Letter.Sent.IsZero() })
		v = b.view("S-1")
		if n := b.mail.count(); n != 1 || b.mail.to[0] != "grace@example.com" || !strings.Contains(b.mail.letters[0].Text, "174.99") {
			t.Errorf("%d letters, to %v", n, b.mail.to)
		}
		if got := v.Books.Totals().Returned.String(); got != "174.99 USD" || b.bank.sum("S-1") != 17499 {
			t.Errorf("returned %s in the books, %d at the bank", got, b.bank.sum("S-1"))
		}
		if string(v.Decision.Record) != string(made.Record) || made.Facts.Officer.ID != "ops-2" {
			t.Errorf("the decision is not the one that was returned")
		}
		if v.Decision.Case.Digest() != v.Decision.Facts.Case {
			t.Errorf("the case of the decision is not the one that was decided")
		}
	})
}

func TestGoodwillIsPaid(t *testing.T) {
	b := newBench(t, sqliteFile(t)).start()
	b.sell("S-1")
	b.clock.add(60 * 24 * time.Hour) // after the window
	if err := b.File(t.Context(), officer, "S-1", request("S-1", b.clock.now())); err != nil {
		t.Fatal(err)
	}
	v := b.view("S-1")
	if _, err := b.approve(v); !errors.Is(err, decision.ErrNothingToRefund) {
		t.Fatalf("approval after the window: %v", err)
	}
	made, err := b.Decide(t.Context(), second, "S-1", decision.Proposal{Outcome: v.Outcome.Digest(), Goodwill: &decision.Goodwill{Charges: usd("100.00"), Fees: usd("20.00"),
		Software: []decision.FreeSoftware{{Name: "a tool", Price: usd("30.00")}}, Reason: "long-time customer"}})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "paid", func() bool { return b.state("S-1") == desk.StatePaid })
	if b.bank.sum("S-1") != 5000 || made.Facts.Kind != decision.KindGoodwill {
		t.Errorf("paid %d by %v", b.bank.sum("S-1"), made.Facts.Kind)
	}
	b.reconcile()
	if d := b.openDifferences(); len(d) != 0 {
		t.Errorf("differences %+v", d)
	}
}

func TestADeclinedCaseGetsALetterAndNoMoney(t *testing.T) {
	b := newBench(t, sqliteFile(t)).start()
	v := b.ask("S-1")
	made, err := b.Decide(t.Context(), second, "S-1", decision.Proposal{Outcome: v.Outcome.Digest(), Denial: &decision.Denial{Grounds: []refund.Clause{refund.ClauseCooperation}, Reason: "the customer did not work with us"}})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "sent", func() bool { return b.mail.count() == 1 })
	if b.state("S-1") != desk.StateDeclined || b.bank.calls != 0 || strings.Contains(made.Letter.Text, "did not work with us") {
		t.Errorf("state %s, %d calls of the bank", b.state("S-1"), b.bank.calls)
	}
	if _, err := b.approve(v); !errors.Is(err, desk.ErrDecided) {
		t.Errorf("approval of a declined case: %v", err)
	}
}

func TestFaultsOfTheProvider(t *testing.T) {
	for _, test := range []struct {
		reason string
		faults []fault
		end    ledger.State // of a pending refund
		state  desk.State
		sum    int64
	}{
		{reason: "the answer is lost after the money moved", faults: []fault{lost}, state: desk.StatePaid, sum: 17499},
		{reason: "the provider is down for a while", faults: []fault{down, down, down, down}, state: desk.StatePaid, sum: 17499},
		{reason: "errors before and after the money moved", faults: []fault{down, lost, down, down}, state: desk.StatePaid, sum: 17499},
		{reason: "the refund is refused for good", faults: []fault{refuses}, state: desk.StateFailed},
		{reason: "a pending refund succeeds", faults: []fault{pends}, end: ledger.StateSettled, state: desk.StatePaid, sum: 17499},
		{reason: "a pending refund fails", faults: []fault{pends}, end: ledger.StateFailed, state: desk.StateFailed},
	} {
		t.Run(test.reason, func(t *testing.T) {
			b := newBench(t, sqliteFile(t)).start()
			b.bank.faults(test.faults...)
			if _, err := b.approve(b.ask("S-1")); err != nil {
				t.Fatal(err)
			}
			if test.end != 0 {
				var events []provider.Event
				eventually(t, "pending", func() bool { events = b.bank.end("S-1", test.end); return len(events) > 0 })
				for range 2 { // each webhook comes twice
					if err := b.Receive(t.Context(), events[0]); err != nil {
						t.Fatal(err)
					}
				}
			}
			eventually(t, string(test.state), func() bool { return b.state("S-1") == test.state })
			if got := b.bank.sum("S-1"); got != test.sum {
				t.Errorf("paid %d, want %d", got, test.sum)
			}
			b.reconcile()
			if d := b.openDifferences(); len(d) != 0 {
				t.Errorf("differences %+v", d)
			}
			// A failed case is open again, and a paid one is not.
			err := b.AddFinding(t.Context(), officer, "S-1", refund.Finding{Clause: refund.ClauseLicensed, Severity: refund.SeveritySatisfied})
			if open := err == nil; open != (test.state == desk.StateFailed) || !open && !errors.Is(err, desk.ErrDecided) {
				t.Errorf("a finding at the end: %v", err)
			}
		})
	}
}

func TestAFailedRefundCanBeDecidedAgain(t *testing.T) {
	b := newBench(t, sqliteFile(t)).start()
	b.bank.faults(refuses)
	v := b.ask("S-1")
	first, err := b.approve(v)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "failed", func() bool { return b.state("S-1") == desk.StateFailed })
	again := b.view("S-1")
	if again.Outcome.Digest() != v.Outcome.Digest() {
		t.Fatal("the outcome differs: this test checks the same one")
	}
	next, err := b.approve(again)
	if err != nil || string(next.Record) == string(first.Record) {
		t.Fatalf("the second decision: %v", err)
	}
	eventually(t, "paid", func() bool { return b.state("S-1") == desk.StatePaid })
	if b.bank.sum("S-1") != 17499 {
		t.Errorf("paid %d", b.bank.sum("S-1"))
	}
}

func TestTheStateOfAView(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		b.sell("S-0")
		if got := b.view("S-0").State; got != "" {
			t.Errorf("before the request: %q", got)
		}
		// No payout runs, so no view may say that a case is paid.
		var wait sync.WaitGroup
		for i := range 20 {
			v := b.ask(fmt.Sprint("S-", i+1))
			if v.State != desk.StateOpen {
				t.Errorf("before the decision: %q", v.State)
			}
			wait.Go(func() {
				if _, err := b.approve(v); err != nil {
					t.Error(err)
				}
			})
			deadline := time.Now().Add(15 * time.Second)
			for got := desk.StateOpen; got == desk.StateOpen && time.Now().Before(deadline); {
				if got = b.view(v.Case.Subscription.ID).State; got != desk.StateOpen && got != desk.StatePaying {
					t.Fatalf("at the time of the decision: %q", got)
				}
			}
		}
		wait.Wait()
		b.start()
		eventually(t, "paid", func() bool { return b.view("S-1").State == desk.StatePaid })
		v := b.view("S-1")
		unpaid, err := ledger.New("S-1", usd("199.99"))
		if err != nil {
			t.Fatal(err)
		}
		if got := desk.StateOf(v, unpaid); got != desk.StatePaying {
			t.Errorf("by books without the refund: %q", got)
		}
		v = b.ask("S-99")
		denial := decision.Proposal{Outcome: v.Outcome.Digest(), Denial: &decision.Denial{Reason: "no"}}
		if _, err := b.Decide(t.Context(), second, "S-99", denial); err != nil {
			t.Fatal(err)
		}
		if got := b.view("S-99").State; got != desk.StateDeclined {
			t.Errorf("after a denial: %q", got)
		}
	})
}

func TestAProposalHasOneKind(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	v := b.ask("S-1")
	var invalid *refund.InvalidError
	if _, err := b.Decide(t.Context(), second, "S-1", decision.Proposal{Outcome: v.Outcome.Digest()}); !errors.As(err, &invalid) {
		t.Errorf("a proposal without a kind: %v", err)
	}
	if got := len(b.view("S-1").Audit); got != len(v.Audit) {
		t.Errorf("%d new entries in the audit table", got-len(v.Audit))
	}
}

// Two tabs, double clicks and two officers: one decision is made, and each gets it.
func TestDecisionsOnTheSameOutcomeAtOnceAreOne(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		v := b.ask("S-1")
		var wait sync.WaitGroup
		made := make([]desk.Decided, 8)
		for i := range made {
			wait.Go(func() {
				var err error
				if made[i], err = b.approve(v); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		for _, m := range made {
			if string(m.Record) != string(made[0].Record) || len(m.Record) == 0 {
				t.Fatal("two decisions were made")
			}
		}
		if n := len(b.view("S-1").Books.Refunds()); n != 1 {
			t.Errorf("%d refunds in the books", n)
		}
		b.start()
		eventually(t, "paid", func() bool { return b.state("S-1") == desk.StatePaid })
		if n := b.mail.count(); b.bank.sum("S-1") != 17499 || n > 1 {
			t.Errorf("paid %d, %d letters", b.bank.sum("S-1"), n)
		}
		if _, err := b.Decide(t.Context(), second, "S-1", decision.Proposal{Outcome: v.Outcome.Digest(), Denial: &decision.Denial{Reason: "no"}}); !errors.Is(err, desk.ErrDecided) {
			t.Errorf("a denial of an approved case: %v", err)
		}
		less := decision.Proposal{Outcome: v.Outcome.Digest(), Approval: &decision.Approval{Amount: usd("1.00")}}
		if _, err := b.Decide(t.Context(), second, "S-1", less); !errors.Is(err, desk.ErrDecided) {
			t.Errorf("another amount on the same outcome: %v", err)
		}
	})
}

func TestADashboardRefundMakesTheCaseStale(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	v := b.ask("S-1")
	if err := b.Receive(t.Context(), b.bank.dashboard("S-1", "pay-S-1", "re-dash", usd("50.00"))); err != nil {
		t.Fatal(err)
	}
	if _, err := b.approve(v); !errors.Is(err, decision.ErrStale) {
		t.Fatalf("approval of the old outcome: %v", err)
	}
	fresh := b.view("S-1")
	if got := fresh.Outcome.Refundable.String(); got != "124.99 USD" {
		t.Errorf("refundable %s", got)
	}
	if _, err := b.approve(fresh); err != nil {
		t.Fatal(err)
	}
	last := b.view("S-1").Audit
	if e := last[len(last)-2]; e.Action != "approve" || !slices.Equal(e.Refused, []string{"stale"}) || e.Record != "" {
		t.Errorf("audit entry of the refusal: %+v", e)
	}
}

func TestEachClosedGateIsInTheAuditTable(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	for _, test := range []struct {
		reason string
		change func(r *desk.Record)
		by     desk.Officer
		amount refund.Money
		want   []string
	}{
		{reason: "the reports of misuse are unknown", change: func(r *desk.Record) { r.Customer.Reports = nil }, want: []string{"not_reviewed", "not_reviewed:credentials"}},
		{reason: "no record shows the resolution", change: func(r *desk.Record) { r.Evidence = "" }, want: []string{"not_acknowledged", "not_acknowledged:log-review"}},
		{reason: "a report of misuse is open", change: func(r *desk.Record) {
			r.Customer.Reports = []customer.MisuseReport{{ID: "M-1", Made: r.Subscription.Start}}
		}, want: []string{"held", "held:credentials"}},
		{reason: "the officer recorded the request", by: officer, want: []string{"self_approval"}},
		{reason: "the officer holds the account", by: desk.Officer{ID: "ops-4", Account: "ACC-the-officer-holds-the-account", Limit: usd("500.00")}, want: []string{"self_approval"}},
		{reason: "the officer's limit is below the amount", by: desk.Officer{ID: "ops-3", Limit: usd("100.00")}, want: []string{"above_limit"}},
		{reason: "only a part is approved", amount: usd("10.00"), want: []string{"partial"}},
		{reason: "more than the refundable amount is approved", amount: usd("180.00"), want: []string{"above_refundable"}},
	} {
		t.Run(test.reason, func(t *testing.T) {
			id := strings.ReplaceAll(test.reason, " ", "-")
			r := record(id)
			if test.change != nil {
				test.change(&r)
			}
			if err := b.Import(t.Context(), r, ledger.Payment{ID: "p", At: r.Subscription.Start, Amount: usd("199.99")}); err != nil {
				t.Fatal(err)
			}
			if err := b.File(t.Context(), officer, id, request(id, b.clock.now())); err != nil {
				t.Fatal(err)
			}
			v := b.view(id)
			by, amount := second, v.Outcome.Refundable
			if test.by.ID != "" {
				by = test.by
			}
			if !test.amount.IsZero() {
				amount = test.amount
			}
			_, err := b.Decide(t.Context(), by, id, decision.Proposal{Outcome: v.Outcome.Digest(), Approval: &decision.Approval{Amount: amount}})
			var gates *decision.GatesError
			if !errors.As(err, &gates) {
				t.Fatal(err)
			}
			v = b.view(id)
			if e := v.Audit[len(v.Audit)-1]; e.Officer != by.ID || e.Action != "approve" || !slices.Equal(e.Refused, test.want) {
				t.Errorf("audit entry %+v, want %v", e, test.want)
			}
			if v.Decision != nil || len(v.Books.Refunds()) != 0 || b.state(id) != desk.StateOpen {
				t.Error("the case is not as before")
			}
		})
	}
}

func TestADecisionNeedsARequest(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	b.sell("S-1")
	v := b.view("S-1")
	var invalid *refund.InvalidError
	if _, err := b.approve(v); !errors.As(err, &invalid) || invalid.Faults[0].Path != "request" {
		t.Errorf("%v", err)
	}
	if _, err := b.Decide(t.Context(), second, "S-9", decision.Proposal{Outcome: v.Outcome.Digest(), Approval: &decision.Approval{}}); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("of an unknown subscription: %v", err)
	}
}
