package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func approval(amount string) *decision.Approval { return &decision.Approval{Amount: usd(amount)} }

func TestADifferenceWithoutAFactNeedsANote(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	b.ask("S-1")
	// More than the 174.99 USD of the guarantee.
	if err := b.Receive(t.Context(), b.bank.dashboard("S-1", "pay-S-1", "re-dash", usd("199.99"))); err != nil {
		t.Fatal(err)
	}
	b.reconcile()
	found := b.openDifferences()
	if len(found) != 1 || found[0].Code != ledger.DifferenceBeyondEntitlement || found[0].Event.Kind != 0 {
		t.Fatalf("differences %+v", found)
	}
	var invalid *refund.InvalidError
	if err := b.Resolve(t.Context(), officer, found[0].ID, " "); !errors.As(err, &invalid) || invalid.Faults[0].Path != "note" {
		t.Errorf("without a note: %v", err)
	}
	if len(b.openDifferences()) != 1 {
		t.Error("a refused note resolved the difference")
	}
	if err := b.Resolve(t.Context(), officer, found[0].ID, "agreed with the customer"); err != nil {
		t.Error(err)
	}
	if d := b.openDifferences(); len(d) != 0 {
		t.Errorf("differences at the end: %+v", d)
	}
}

func TestADifferenceIsResolvedByItsFact(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	b.sell("S-1")
	b.bank.dashboard("S-1", "pay-S-1", "re-dash", usd("50.00")) // its webhook is lost
	b.reconcile()
	found := b.openDifferences()
	if len(found) != 1 || found[0].Code != ledger.DifferenceMissingInBooks || found[0].Subscription != "S-1" || found[0].ID == "" {
		t.Fatalf("differences %+v", found)
	}
	b.clock.add(24 * time.Hour)
	if err := b.Reconcile(t.Context(), b.clock.now()); err != nil { // there was no activity
		t.Fatal(err)
	}
	if found = b.openDifferences(); len(found) != 1 {
		t.Fatalf("the same difference the next night: %+v", found)
	}
	if err := b.Resolve(t.Context(), officer, found[0].ID, "refunded in the dashboard"); err != nil {
		t.Fatal(err)
	}
	if got := b.view("S-1").Books.Totals().Returned.String(); got != "50.00 USD" {
		t.Errorf("returned %s", got)
	}
	if err := b.Resolve(t.Context(), officer, found[0].ID, ""); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("resolved twice: %v", err)
	}
	b.reconcile()
	if d := b.openDifferences(); len(d) != 0 {
		t.Errorf("differences at the end: %+v", d)
	}
	all, err := b.Differences(t.Context(), b.clock.now())
	if err != nil || len(all) != 1 || all[0].By != "ops-1" || all[0].Resolved.IsZero() {
		t.Errorf("differences of the day: %+v, %v", all, err)
	}
}

// A webhook that never arrives is made up for by the nightly reconciliation.
func TestTheReconciliationRecordsTheEndOfOurRefunds(t *testing.T) {
	b := newBench(t, sqliteFile(t)).start()
	b.bank.faults(pends)
	if _, err := b.approve(b.ask("S-1")); err != nil {
		t.Fatal(err)
	}
	eventually(t, "pending", func() bool { return len(b.bank.end("S-1", ledger.StateSettled)) > 0 })
	b.reconcile()
	if s := b.state("S-1"); s != desk.StatePaid || len(b.openDifferences()) != 0 {
		t.Errorf("%s, %+v", s, b.openDifferences())
	}
}

func TestTheReconciliationBeginsALostPayoutAgain(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	if _, err := b.approve(b.ask("S-1")); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SQL().ExecContext(t.Context(), `DELETE FROM river_job`); err != nil {
		t.Fatal(err)
	}
	b.start()
	b.reconcile()
	eventually(t, "paid", func() bool { return b.state("S-1") == desk.StatePaid })
	if b.bank.sum("S-1") != 17499 {
		t.Errorf("paid %d", b.bank.sum("S-1"))
	}
}

// The provider forgets keys after a day: a refund that it lists is never sent again.
func TestARefundInTheListIsNotSentAgainADayLater(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	if _, err := b.approve(b.ask("S-1")); err != nil {
		t.Fatal(err)
	}
	b.bank.faults(lost)
	if err := b.PayOut(t.Context(), "S-1"); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	b.bank.forget()
	b.clock.add(24 * time.Hour)
	if err := b.PayOut(t.Context(), "S-1"); err != nil {
		t.Fatal(err)
	}
	b.reconcile()
	if s := b.state("S-1"); s != desk.StatePaid || b.bank.sum("S-1") != 17499 {
		t.Errorf("%s, paid %d", s, b.bank.sum("S-1"))
	}
}

// A dispute and a refund elsewhere that arrive between the decision and the payout keep the
// money from being returned twice.
func TestFactsBetweenDecisionAndPayout(t *testing.T) {
	for _, test := range []struct {
		reason string
		fact   ledger.Event
		state  desk.State
	}{
		{reason: "the customer's bank disputes the payment", state: desk.StatePaying,
			fact: ledger.Event{Kind: ledger.EventDisputed, ID: "dp-1", Payment: "pay-S-1", Amount: usd("199.99")}},
		{reason: "somebody refunds everything in the dashboard", state: desk.StateFailed,
			fact: ledger.Event{Kind: ledger.EventRefunded, ID: "re-dash", Payment: "pay-S-1", Amount: usd("199.99")}},
	} {
		t.Run(test.reason, func(t *testing.T) {
			b := newBench(t, sqliteFile(t))
			if _, err := b.approve(b.ask("S-1")); err != nil {
				t.Fatal(err)
			}
			test.fact.At = b.clock.now()
			if err := b.Receive(t.Context(), provider.Event{ID: "e", Subscription: "S-1", Fact: test.fact}); err != nil {
				t.Fatal(err)
			}
			if err := b.PayOut(t.Context(), "S-1"); err != nil {
				t.Fatal(err)
			}
			if s := b.state("S-1"); s != test.state || b.bank.calls != 0 {
				t.Errorf("%s, %d calls of the bank", s, b.bank.calls)
			}
		})
	}
}

func TestEventsTheBooksCannotRecord(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	b.sell("S-1")
	at := b.clock.now()
	early := provider.Event{ID: "e", Subscription: "S-1", Fact: ledger.Event{Kind: ledger.EventRefunded, At: at, ID: "re-1", Payment: "pay-2", Amount: usd("1.00")}}
	if err := b.Receive(t.Context(), early); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("before its payment: %v", err)
	}
	early.Subscription = "S-9"
	if err := b.Receive(t.Context(), early); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("of an unknown subscription: %v", err)
	}
	if err := b.Receive(t.Context(), provider.Event{ID: "e", Subscription: "S-1"}); err != nil {
		t.Errorf("of a pending refund: %v", err)
	}
}

func TestNightsEndAtTwoOClock(t *testing.T) {
	for now, want := range map[string]string{
		"2026-03-11T01:59:59Z": "2026-03-11T02:00:00Z", "2026-03-11T02:00:00Z": "2026-03-12T02:00:00Z",
		"2026-03-11T23:00:00Z": "2026-03-12T02:00:00Z", "2026-03-11T23:00:00-05:00": "2026-03-13T02:00:00Z",
	} {
		n, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := desk.Night(n).Format(time.RFC3339); got != want {
			t.Errorf("after %s: %s, want %s", now, got, want)
		}
	}
}

func TestRetriesWaitLongerAndLongerUpToTenMinutes(t *testing.T) {
	for errors, want := range map[int]time.Duration{0: time.Second, 1: 2 * time.Second, 5: 32 * time.Second, 10: 10 * time.Minute, 99: 10 * time.Minute} {
		if got := desk.Retry(errors).Round(time.Second); got != want {
			t.Errorf("after %d errors: %v, want %v", errors, got, want)
		}
	}
}

// A comparison without a result is not activity: a night compares the last two days only.
func TestTheReconciliationLeavesQuietSubscriptionsAlone(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	b.sell("S-1")
	var compared []int
	for range 3 {
		b.clock.add(24 * time.Hour)
		if err := b.Reconcile(t.Context(), b.clock.now().AddDate(0, 0, -2)); err != nil {
			t.Fatal(err)
		}
		compared = append(compared, b.bank.statements)
	}
	if compared[0] != 1 || compared[1] != 1 && compared[1] != 2 || compared[2] != compared[1] {
		t.Errorf("statements after each night: %v", compared)
	}
}

// River gives a job of a program that was killed to another one.
func TestAJobOfAKilledProgramIsDoneByTheNextOne(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		if _, err := b.approve(b.ask("S-1")); err != nil {
			t.Fatal(err)
		}
		then, by := "now() - interval '2 minutes'", "ARRAY['killed']"
		if !strings.HasPrefix(b.db, "postgres") {
			then, by = "datetime('now', '-2 minutes')", `'["killed"]'`
		}
		if _, err := b.SQL().ExecContext(t.Context(), `UPDATE river_job SET state = 'running', attempt = 1,
			attempted_by = `+by+`, attempted_at = `+then+` WHERE kind IN ('payout', 'mail')`); err != nil {
			t.Fatal(err)
		}
		b.start()
		eventually(t, "paid", func() bool { return b.state("S-1") == desk.StatePaid })
		eventually(t, "sent", func() bool { return b.mail.count() == 1 })
	})
}

func TestCloseReturnsJobsThatDoNotFinish(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	b.bank.stall = make(chan struct{}, 100)
	b.start()
	if _, err := b.approve(b.ask("S-1")); err != nil {
		t.Fatal(err)
	}
	<-b.bank.stall
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := b.Close(ctx); err != nil {
		t.Fatal(err)
	}
	b.bank.stall = nil
	b.open()
	b.start()
	eventually(t, "paid", func() bool { return b.state("S-1") == desk.StatePaid })
	if b.bank.sum("S-1") != 17499 {
		t.Errorf("paid %d", b.bank.sum("S-1"))
	}
}
