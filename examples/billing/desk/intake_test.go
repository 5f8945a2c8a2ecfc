package desk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestImports(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	b.sell("S-1")
	r := record("S-1")
	p := ledger.Payment{ID: "pay-S-1", At: r.Subscription.Start, Amount: usd("199.99"), Method: "visa 4242"}
	if err := b.Import(t.Context(), r, p); !errors.Is(err, desk.ErrExists) {
		t.Errorf("imported twice: %v", err)
	}
	// The case cannot be stored, and then the books are not stored either.
	rename := func(from, to string) {
		if _, err := b.SQL().ExecContext(t.Context(), `ALTER TABLE `+from+` RENAME TO `+to); err != nil {
			t.Fatal(err)
		}
	}
	rename("cases", "hidden")
	if err := b.Import(t.Context(), record("S-3"), p); err == nil || errors.Is(err, desk.ErrExists) {
		t.Errorf("imported without a table of cases: %v", err)
	}
	rename("hidden", "cases")
	if err := b.Import(t.Context(), record("S-3"), p); err != nil {
		t.Errorf("imported again after a failure: %v", err)
	}
	for reason, change := range map[string]func(*desk.Record){
		"a negative price":             func(r *desk.Record) { r.Subscription.Price = usd("-1.00") },
		"no list of issues":            func(r *desk.Record) { r.Issues = nil },
		"a name too long for a letter": func(r *desk.Record) { r.Customer.Name = strings.Repeat("ö", 101) },
		"evidence that is not one":     func(r *desk.Record) { r.Evidence = "{" },
		"an unknown customer answer to a clause that takes none": func(r *desk.Record) {
			r.Findings = []refund.Finding{{Clause: refund.ClauseCap, Severity: refund.SeverityAdvisory}}
		},
	} {
		r := record("S-2")
		change(&r)
		var invalid *refund.InvalidError
		if err := b.Import(t.Context(), r); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", reason, err)
		}
	}
	if _, err := b.View(t.Context(), "S-2"); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("an import that was refused: %v", err)
	}
	lines := record("S-3")
	lines.Evidence = "{}\n[]\n"
	var invalid *refund.InvalidError
	if err := b.Import(t.Context(), lines); !errors.As(err, &invalid) || len(invalid.Faults) != 2 || !strings.HasPrefix(invalid.Faults[1].Path, "line 2") {
		t.Errorf("two bad lines of evidence: %v", err)
	}
}

// PostgreSQL refuses such texts, and SQLite does not.
func TestIDsThatNoDatabaseHas(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		for _, id := range []string{"", "S-9", "S-\x00", "S-\xff"} {
			if _, err := b.View(t.Context(), id); !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("view of %q: %v", id, err)
			}
			if err := b.File(t.Context(), officer, id, request("S-9", b.clock.now())); !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("request of %q: %v", id, err)
			}
			if err := b.Resolve(t.Context(), officer, id, "note"); !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("difference %q: %v", id, err)
			}
		}
	})
}

func TestARequestIsFiledOnce(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	b.ask("S-1")
	if err := b.File(t.Context(), officer, "S-1", request("S-1", b.clock.now())); !errors.Is(err, desk.ErrDecided) {
		t.Errorf("filed twice: %v", err)
	}
	b.sell("S-2")
	var invalid *refund.InvalidError
	if err := b.File(t.Context(), officer, "S-2", refund.Request{}); !errors.As(err, &invalid) {
		t.Errorf("the zero Request: %v", err)
	}
	if err := b.File(t.Context(), officer, "S-2", request("S-2", b.clock.now().Add(time.Second))); !errors.As(err, &invalid) {
		t.Errorf("asked in the future: %v", err)
	}
	if got := b.view("S-2").Record; !got.Request.At.IsZero() {
		t.Errorf("a refused request was stored: %+v", got)
	}
}

func TestFindingsAndCallBacks(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	b.sell("S-2")
	var invalid *refund.InvalidError
	if err := b.CallBack(t.Context(), officer, "S-2", b.clock.now(), nil); !errors.As(err, &invalid) || invalid.Faults[0].Path != "request" {
		t.Errorf("a call back before the request: %v", err)
	}
	b.ask("S-1")
	objection := refund.Finding{Clause: refund.ClauseLicensed, Severity: refund.SeverityAdvisory, Subject: "T-1", Detail: "a copy without a license"}
	if err := b.AddFinding(t.Context(), officer, "S-1", objection); err != nil {
		t.Fatal(err)
	}
	for why, at := range map[string]time.Time{"in the future": b.clock.now().Add(time.Hour), "without an instant": {}} {
		if err := b.CallBack(t.Context(), officer, "S-1", at, nil); !errors.As(err, &invalid) || invalid.Faults[0].Path != "request.called_back" {
			t.Errorf("a call back %s: %v", why, err)
		}
	}
	b.clock.add(5 * time.Hour)
	if err := b.CallBack(t.Context(), officer, "S-1", b.clock.now(), customer.Attestations{refund.ClauseCooperation: {Answer: customer.AnswerYes, At: b.clock.now()}}); err != nil {
		t.Fatal(err)
	}
	v := b.view("S-1")
	got := v.Outcome.Statuses
	if got[refund.ClauseLicensed] != refund.StatusObjected || got[refund.ClauseCallback] != refund.StatusSatisfied || got[refund.ClauseCooperation] != refund.StatusSatisfied {
		t.Errorf("licensed %v, callback %v, cooperation %v", got[refund.ClauseLicensed], got[refund.ClauseCallback], got[refund.ClauseCooperation])
	}
	// A second call back adds answers, and replaces the one about the same clause.
	later := customer.Attestations{
		refund.ClauseCooperation: {Answer: customer.AnswerNo, At: b.clock.now()}, refund.ClausePeripherals: {Answer: customer.AnswerYes, At: b.clock.now()},
	}
	if err := b.CallBack(t.Context(), officer, "S-1", b.clock.now(), later); err != nil {
		t.Fatal(err)
	}
	if err := b.CallBack(t.Context(), officer, "S-1", b.clock.now(), nil); err != nil {
		t.Fatal(err)
	}
	v = b.view("S-1")
	if got := v.Outcome.Statuses; got[refund.ClauseCooperation] != refund.StatusObjected || got[refund.ClausePeripherals] != refund.StatusSatisfied {
		t.Errorf("after another call back: cooperation %v, peripherals %v", got[refund.ClauseCooperation], got[refund.ClausePeripherals])
	}
	blocked := refund.Finding{Clause: refund.ClauseLicensed, Severity: refund.SeverityBlocking}
	if err := b.AddFinding(t.Context(), officer, "S-1", blocked); err == nil {
		t.Error("a blocking finding on a clause that cannot hold is accepted")
	}
	if _, err := b.approve(v); err != nil {
		t.Fatal(err)
	}
	if err := b.AddFinding(t.Context(), officer, "S-1", objection); !errors.Is(err, desk.ErrDecided) {
		t.Errorf("a finding on a decided case: %v", err)
	}
}

func TestADelegateMayAsk(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	for id, delegates := range map[string][]customer.Delegate{"stranger": nil, "delegate": {{Account: "ACC-9"}}} {
		r := record(id)
		r.Customer.Delegates = delegates
		if err := b.Import(t.Context(), r, ledger.Payment{ID: "p", At: r.Subscription.Start, Amount: usd("199.99")}); err != nil {
			t.Fatal(err)
		}
		asked := request(id, b.clock.now())
		asked.By = "ACC-9"
		if err := b.File(t.Context(), officer, id, asked); err != nil {
			t.Fatal(err)
		}
		if held := b.view(id).Outcome.Held; held != (delegates == nil) {
			t.Errorf("held is %t for a %s", held, id)
		}
	}
}

func TestAReminderIsForACaseThatWaits(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	reminders := func(id string) (n int) {
		if err := b.Remind(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		for _, e := range b.view(id).Audit {
			if e.Action == "reminder" {
				n++
			}
		}
		return n
	}
	b.ask("waits")
	v := b.ask("decided")
	if _, err := b.approve(v); err != nil {
		t.Fatal(err)
	}
	b.ask("called")
	if err := b.CallBack(t.Context(), officer, "called", b.clock.now(), nil); err != nil {
		t.Fatal(err)
	}
	if a, d, c := reminders("waits"), reminders("decided"), reminders("called"); a != 1 || d != 0 || c != 0 {
		t.Errorf("reminders: %d, %d, %d", a, d, c)
	}
	var earliest, latest string
	err := b.SQL().QueryRowContext(t.Context(), `SELECT min(scheduled_at), max(scheduled_at)
		FROM (SELECT scheduled_at FROM river_job WHERE kind = 'reminder' ORDER BY id LIMIT 2) AS first`).Scan(&earliest, &latest)
	c := b.view("waits").Outcome.Callback
	const form = "2006-01-02 15:04"
	if err != nil || !strings.HasPrefix(earliest, c.Earliest.UTC().Format(form)) || !strings.HasPrefix(latest, c.Latest.UTC().Format(form)) {
		t.Errorf("reminders at %s and %s, want %v: %v", earliest, latest, c, err)
	}
}

func TestTheQueueBeginsWithTheMostUrgentCases(t *testing.T) {
	b := newBench(t, sqliteFile(t))
	for _, id := range []string{"late", "due", "called"} {
		b.ask(id)
		if id == "late" {
			b.clock.add(24 * time.Hour)
		}
	}
	b.ask("called too")
	b.clock.add(time.Minute)
	b.ask("due later")
	for _, id := range []string{"called", "called too"} {
		if err := b.CallBack(t.Context(), officer, id, b.clock.now(), nil); err != nil {
			t.Fatal(err)
		}
	}
	b.clock.add(5 * time.Hour)
	held := record("new")
	held.Customer.Reports = []customer.MisuseReport{{ID: "M-1", Made: held.Subscription.Start}}
	if err := b.Import(t.Context(), held, ledger.Payment{ID: "p", At: held.Subscription.Start, Amount: usd("199.99")}); err != nil {
		t.Fatal(err)
	}
	if err := b.File(t.Context(), officer, "new", request("new", b.clock.now())); err != nil {
		t.Fatal(err)
	}
	items, totals, err := b.Queue(t.Context(), desk.StateOpen, 10)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, i := range items {
		order = append(order, fmt.Sprintf("%s %t %t %t", i.Subscription, i.Overdue, i.Due, i.CalledBack))
	}
	want := []string{"late true false false", "due false true false", "due later false true false", "called false false true", "called too false false true", "new false false false"}
	if strings.Join(order, " ") != strings.Join(want, " ") {
		t.Errorf("order %q", order)
	}
	if i := items[5]; len(i.Held) != 1 || i.Held[0] != refund.ClauseCredentials || i.Frees == "" || i.Customer != "Grace Example" {
		t.Errorf("the held case: %+v", i)
	}
	if totals.Open != 6 || totals.Due != 2 || totals.Overdue != 1 || totals.Held != 1 || len(totals.Refundable) != 1 || totals.Refundable[0].String() != "1049.94 USD" {
		t.Errorf("totals %+v", totals)
	}
	first, all, err := b.Queue(t.Context(), desk.StateOpen, 1)
	if err != nil || len(first) != 1 || first[0].Subscription != "late" || all.Open != 6 {
		t.Errorf("limited to one: %+v, %+v, %v", first, all, err)
	}
}

// With one connection to SQLite, a query inside of a transaction would wait for ever.
func TestNoDeadlockOnOneConnection(t *testing.T) {
	b := newBench(t, sqliteFile(t)).start()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var wait sync.WaitGroup
	for n := range 6 {
		id := fmt.Sprint("S-", n)
		v := b.ask(id)
		b.bank.faults(lost, down)
		for _, do := range []func() error{
			func() error { _, err := b.approve(v); return err },
			func() error { _, err := b.View(ctx, id); return err },
			func() error { _, _, err := b.Queue(ctx, desk.StateOpen, 10); return err },
			func() error { return b.Reconcile(ctx, time.Time{}) },
			func() error { _, _, err := desk.VerifyAudit(ctx, b.SQL(), public); return err },
			func() error { _, err := b.Stats(ctx); return err },
			func() error { return b.Ready(ctx) },
		} {
			wait.Go(func() {
				if err := do(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wait.Wait()
	for n := range 6 {
		eventually(t, "paid", func() bool { return b.state(fmt.Sprint("S-", n)) == desk.StatePaid })
	}
}

// Several programs may start at once on an empty database, and work side by side.
func TestSeveralProgramsOnOneDatabase(t *testing.T) {
	first := &bench{t: t, db: postgresSchema(t), clock: &clock{t: time.Date(2026, 3, 11, 15, 0, 0, 0, time.UTC)}, mail: &mailbox{}}
	first.bank = newBank(first.clock)
	var all [3]*bench
	var wait sync.WaitGroup
	for i := range all {
		all[i] = &bench{t: t, db: first.db, clock: first.clock, bank: first.bank, mail: first.mail}
		wait.Go(func() {
			d, err := desk.Open(t.Context(), all[i].config())
			if err != nil {
				t.Error(err)
			}
			all[i].Desk = d
		})
	}
	wait.Wait()
	if t.Failed() {
		return
	}
	for _, b := range all {
		b.start()
		defer b.close()
	}
	for n := range 12 {
		id := fmt.Sprint("S-", n)
		v := all[n%3].ask(id)
		first.bank.faults(lost)
		for _, b := range all {
			wait.Go(func() {
				if _, err := b.approve(v); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wait.Wait()
	for n := range 12 {
		id := fmt.Sprint("S-", n)
		eventually(t, "paid", func() bool { return all[0].view(id).Books.Outstanding() == nil })
		if first.bank.sum(id) != 17499 {
			t.Errorf("paid %d", first.bank.sum(id))
		}
	}
	eventually(t, "all letters", func() bool { return first.mail.count() == 12 })
	if _, _, err := desk.VerifyAudit(t.Context(), all[0].SQL(), public); err != nil {
		t.Error(err)
	}
	stats, err := all[0].Stats(t.Context())
	if err != nil || stats["cases_paid"] != 12 || stats["differences_open"] != 0 {
		t.Errorf("%v, %v", stats, err)
	}
}

// Nothing personal is in the log, whatever happens.
func TestTheLogHasIdsOnly(t *testing.T) {
	var mu sync.Mutex
	var log bytes.Buffer
	b := newBench(t, sqliteFile(t))
	b.close()
	c := b.config()
	c.Log = slog.New(slog.NewTextHandler(writer(func(p []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return log.Write(p)
	}), &slog.HandlerOptions{Level: slog.LevelDebug}))
	d, err := desk.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	b.Desk = d
	b.start()
	b.mail.fail = errors.New("the mail server is away")
	b.bank.faults(down, refuses)
	v := b.ask("S-1")
	if err := b.Remind(t.Context(), "S-1"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Decide(t.Context(), second, "S-1", decision.Proposal{Outcome: v.Outcome.Digest(), Approval: &decision.Approval{Amount: usd("1.00"), Reason: "a secret reason"}}); err == nil {
		t.Fatal("approved")
	}
	if _, err := b.approve(v); err != nil {
		t.Fatal(err)
	}
	eventually(t, "failed", func() bool { return b.state("S-1") == desk.StateFailed })
	mu.Lock()
	defer mu.Unlock()
	for _, word := range []string{"Grace", "grace@", "moved away", "Lin", "Ada", "secret", "visa"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log has %q", word)
		}
	}
	if !strings.Contains(log.String(), "call back is due") {
		t.Error("the reminder is not in the log")
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

func TestALetterIsSentWhenTheMailServerIsBack(t *testing.T) {
	b := newBench(t, sqliteFile(t)).start()
	b.mail.fail = errors.New("the mail server is away")
	if _, err := b.approve(b.ask("S-1")); err != nil {
		t.Fatal(err)
	}
	eventually(t, "paid", func() bool { return b.state("S-1") == desk.StatePaid })
	if l := b.view("S-1").Decision.Letter; !l.Sent.IsZero() || l.Subject == "" {
		t.Errorf("letter %+v", l)
	}
	b.mail.mu.Lock()
	b.mail.fail = nil
	b.mail.mu.Unlock()
	eventually(t, "sent", func() bool { return !b.view("S-1").Decision.Letter.Sent.IsZero() })
}
