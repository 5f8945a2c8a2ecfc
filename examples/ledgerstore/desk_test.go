package ledgerstore_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// This file has the actions of a billing desk: subscriptions, decisions, and changes of books.

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func usd(cents int64) refund.Money {
	return refund.MustMoney(fmt.Sprintf("%d.%02d", cents/100, cents%100), "USD")
}

func cents(m refund.Money) int64 {
	n, err := m.MinorUnits()
	if err != nil {
		panic(err) // amounts of tests are small
	}
	return n
}

func subscription(id string, price int64) refund.Subscription {
	return refund.Subscription{
		ID:      id,
		Account: "ACC-7",
		Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd(2500)},
		Start:   start,
		Price:   usd(price),
	}
}

// openBooks returns books with payments of the given amounts in cents.
func openBooks(s refund.Subscription, payments ...int64) (ledger.Ledger, error) {
	var list []ledger.Payment
	for i, amount := range payments {
		list = append(list, payment(i+1, amount))
	}
	return ledger.New(s.ID, s.Price, list...)
}

func payment(n int, amount int64) ledger.Payment {
	return ledger.Payment{
		ID:     fmt.Sprintf("PAY-%d", n),
		At:     start.Add(time.Duration(n) * time.Hour),
		Amount: usd(amount),
		Method: fmt.Sprintf("visa %04d", n),
	}
}

// decide evaluates the subscription on its books, and returns an officer's decision to refund a part.
func decide(books ledger.Ledger, officer string, amount int64) (decision.Decision, error) {
	s, err := books.Subscription(subscription(books.SubscriptionID(), cents(books.Price())))
	if err != nil {
		return decision.Decision{}, err
	}
	looked := func(c refund.Clause) refund.Finding {
		return refund.Finding{Clause: c, Severity: refund.SeveritySatisfied}
	}
	asked := start.AddDate(0, 0, 5)
	c := refund.Case{
		Subscription: s,
		Issues:       refund.IssueLog{},
		Request:      refund.Request{At: asked, By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings:     []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
	}
	policy := refund.Published(time.UTC)
	policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
	outcome, err := policy.Evaluate(c)
	if err != nil {
		return decision.Decision{}, err
	}
	return decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: officer, Limit: usd(1_000_000)},
		At:     asked.Add(time.Hour),
		Amount: usd(amount),
	})
}

// posting returns the change that posts a decision.
func posting(d decision.Decision, key string) sqlstore.Change {
	return func(books ledger.Ledger) (ledger.Ledger, error) {
		return books.Post(d, key, ledger.Options{}, time.Now())
	}
}

// submitting returns the change that submits an instruction. If facts do not allow it, the
// same change drops the instruction with Fail, which is safe because it was never sent.
func submitting(instruction string, at time.Time) sqlstore.Change {
	return func(books ledger.Ledger) (ledger.Ledger, error) {
		next, err := books.Submit(instruction, at)
		if errors.Is(err, ledger.ErrDisputed) || errors.Is(err, ledger.ErrInsufficient) {
			return books.Fail(instruction, at)
		}
		return next, err
	}
}

// opened stores books with payments, and returns them.
func opened(t testing.TB, s sqlstore.Books, id string, price int64, payments ...int64) ledger.Ledger {
	t.Helper()
	books, err := openBooks(subscription(id, price), payments...)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Create(t.Context(), books); err != nil {
		t.Fatal(err)
	}
	return books
}

func decided(t testing.TB, books ledger.Ledger, officer string, amount int64) decision.Decision {
	t.Helper()
	d, err := decide(books, officer, amount)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func loaded(t *testing.T, s sqlstore.Books, id string) ledger.Ledger {
	t.Helper()
	books, err := s.Load(context.WithoutCancel(t.Context()), id)
	if err != nil {
		t.Fatal(err)
	}
	return books
}

// posted posts a refund, and returns the stored books.
func posted(t *testing.T, s sqlstore.Books, d decision.Decision, key string) ledger.Ledger {
	t.Helper()
	books, err := s.Update(t.Context(), d.Subscription(), posting(d, key))
	if err != nil {
		t.Fatal(err)
	}
	return books
}

func wantSame(t *testing.T, got, want ledger.Ledger) {
	t.Helper()
	if !got.Equal(want) {
		t.Errorf("version %d, want version %d with the same events", got.Version(), want.Version())
	}
}
