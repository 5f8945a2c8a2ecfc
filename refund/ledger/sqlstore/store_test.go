package sqlstore_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

func TestEachReturnsAllBooks(t *testing.T) {
	f, s, _ := newFake(t, sqlstore.SQLite)
	const many = 250 // more than two pages
	id := func(n int) string { return fmt.Sprintf("SUB-%03d", n) }
	for n := range many {
		opened(t, s, id(n))
	}
	f.stored.books[id(7)] = "SECRET"
	n := 0
	for books, err := range s.Each(t.Context()) {
		if n == 3 { // during the iteration
			delete(f.stored.books, id(5))
			if _, err := s.Record(t.Context(), id(4), paid(2)); err != nil {
				t.Fatal(err)
			}
		}
		if n == 5 {
			n++
		}
		var unreadable *sqlstore.UnreadableError
		switch {
		case n == 7:
			if !errors.As(err, &unreadable) || unreadable.Subscription != id(7) || books.Version() != 0 {
				t.Errorf("unreadable books: %v", err)
			}
		case err != nil || books.SubscriptionID() != id(n):
			t.Fatalf("%s, want %s: %v", books.SubscriptionID(), id(n), err)
		case n == 4 && books.Version() != 2:
			t.Errorf("version %d", books.Version())
		}
		n++
	}
	if n != many {
		t.Errorf("%d books", n)
	}
	for range s.Each(t.Context()) {
		break
	}
	f.fail = func(step string) error { return stateError("42P01") }
	n = 0
	for _, err := range s.Each(t.Context()) {
		if n++; err == nil || n > 1 {
			t.Errorf("time %d: %v", n, err)
		}
	}
	f.fail = nil
	n = 0
	for _, err := range s.Each(t.Context()) {
		if f.fail = func(string) error { return stateError("42P01") }; n == 1 && err == nil || n > 1 {
			t.Errorf("time %d: %v", n, err)
		}
		n++
	}
}

// The shorthands have the same effect as the methods of the ledger.
func TestShorthandsMatchTheLedgersMethods(t *testing.T) {
	price := testkit.USD("100.00")
	books, err := ledger.New("SUB-1", price, ledger.Payment{ID: "PAY-1", At: noon, Amount: price})
	if err != nil {
		t.Fatal(err)
	}
	s := sqlstore.Store{Books: memory{all: map[string]ledger.Ledger{"SUB-1": books}}}
	ctx := t.Context()
	if books, err = s.Update(ctx, "SUB-1", posting("refund-1")); err != nil {
		t.Fatal(err)
	}
	key, at := books.Outstanding()[0].Key, noon
	state := func() ledger.State {
		r, _ := loaded(t, s, "SUB-1").Refund("refund-1")
		return r.State
	}
	for _, step := range []struct {
		reason string
		do     func(ctx context.Context, subscription, key string, at time.Time) (ledger.Ledger, error)
		want   ledger.State
	}{
		{"the instruction is sent", s.Submit, ledger.StateSubmitted},
		{"the gateway has carried it out", s.Settle, ledger.StateSettled},
		{"the money came back later", s.Fail, ledger.StateFailed},
	} {
		testkit.Row(t, step.reason, func(t *testing.T) {
			at = at.Add(time.Hour)
			if books, err := step.do(ctx, "SUB-1", key, at); err != nil || state() != step.want || !books.Equal(loaded(t, s, "SUB-1")) {
				t.Errorf("state %v: %v", state(), err)
			}
		})
	}
	if _, err := s.Submit(ctx, "SUB-1", key, noon); !errors.Is(err, ledger.ErrFailed) {
		t.Error(err)
	}
	before := loaded(t, s, "SUB-1").Version()
	if _, err := s.Record(ctx, "SUB-1", paid(2), ledger.Event{Kind: ledger.EventWon, At: noon, ID: "none"}); !errors.Is(err, ledger.ErrUnknown) || loaded(t, s, "SUB-1").Version() != before {
		t.Errorf("one of two facts is about an unknown dispute: %v", err)
	}
	if books, err := s.Record(ctx, "SUB-1", paid(2), paid(3), paid(2)); err != nil || books.Version() != before+2 {
		t.Errorf("two facts, one of them twice: %v", err)
	}
	if _, err := s.Settle(ctx, "SUB-2", key, noon); !errors.Is(err, sqlstore.ErrNotFound) {
		t.Error(err)
	}
}

// The error for a text that breaks a rule has no detail in its own text, and wraps the faults.
func TestUnreadableErrorHasTheFaultsOfTheText(t *testing.T) {
	f, s, _ := newFake(t, sqlstore.SQLite)
	opened(t, s, "SUB-1")
	f.stored.books["SUB-1"] = `{"SECRET":1}`
	_, err := s.Load(t.Context(), "SUB-1")
	var faults *refund.InvalidError
	if !errors.Is(err, sqlstore.ErrUnreadable) || !errors.As(err, &faults) {
		t.Errorf("error %v", err)
	}
}
