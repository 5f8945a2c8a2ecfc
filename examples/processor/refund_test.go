package processor_test

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
)

var requestFaults = []fake.Fault{fake.ErrorBefore, fake.ErrorAfter, fake.TimeoutAfter, fake.Pending, fake.FailsLater}

// Whatever goes wrong, and however often and in which order requests are repeated, the money of
// a key moves at most once, and every acknowledged refund is in the records.
func TestAKeyMovesMoneyAtMostOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, end := newWorld(t)
		defer end()
		payment := w.pay(t, 10_000)
		acknowledged, refused := map[string]string{}, map[string]bool{}
		for range rapid.IntRange(1, 12).Draw(t, "requests") {
			next := map[fake.Fault]int{}
			for _, fault := range requestFaults {
				next[fault] = rapid.IntRange(0, 1).Draw(t, string(fault))
			}
			w.SetFaults(fake.Faults{Next: next})
			n := rapid.IntRange(1, 4).Draw(t, "key")
			key := fmt.Sprintf("KEY-%d", n)
			got, err := w.client.Refund(t.Context(), request(payment, key, int64(2000*n)))
			switch {
			case err == nil:
				acknowledged[key] = got.State
				if refused[key] {
					t.Errorf("%s is refunded after its refusal", key)
				}
			case isRefusal(err):
				refused[key] = true
				if acknowledged[key] == "succeeded" {
					t.Errorf("%s is refused after its refund", key)
				}
			case errors.Is(err, processor.ErrKeyUsed):
				t.Errorf("%s is another refund's: %v", key, err)
			}
		}
		w.SetFaults(fake.Faults{})
		w.Idle()
		moved := int64(0)
		for key := range acknowledged {
			if n := len(w.refunds(t, key)); n != 1 {
				t.Errorf("%s was acknowledged, and is in the records %d times", key, n)
			}
		}
		for key := range refused {
			if list := w.refunds(t, key); len(list) != 1 || list[0].State != "failed" {
				t.Errorf("%s was refused, and has the records %+v", key, list)
			}
		}
		seen := map[string]bool{}
		for _, r := range w.records(t) {
			if r.Type != "refund" {
				continue
			}
			if seen[r.Key] {
				t.Errorf("%s has two refunds", r.Key)
			}
			seen[r.Key] = true
			if r.State == "succeeded" {
				moved += r.Units
			}
		}
		if moved > 10_000 {
			t.Errorf("%d cents moved of a payment of 10,000", moved)
		}
	})
}

// Each fault leaves the money as its name says.
func TestRefundsWithFaults(t *testing.T) {
	for _, row := range []struct {
		fault fake.Fault
		moved bool // after the first request
	}{
		{fake.ErrorBefore, false}, {fake.ErrorAfter, true}, {fake.TimeoutAfter, true},
	} {
		t.Run(string(row.fault), func(t *testing.T) {
			w := worldOf(t)
			payment := w.pay(t, 10_000)
			w.SetFaults(fake.Faults{Next: map[fake.Fault]int{row.fault: 1}})
			_, err := w.client.Refund(t.Context(), request(payment, "KEY-1", 2500))
			if err == nil || isRefusal(err) || errors.Is(err, processor.ErrKeyUsed) {
				t.Errorf("error %v, want one that leaves it open", err)
			}
			if n := len(w.refunds(t, "KEY-1")); (n == 1) != row.moved {
				t.Errorf("%d refunds after the first request", n)
			}
			got, err := w.client.Refund(t.Context(), request(payment, "KEY-1", 2500))
			if err != nil || got.State != "succeeded" || !got.At.After(noon) {
				t.Errorf("the second request: %+v, %v", got, err)
			}
			if n := len(w.refunds(t, "KEY-1")); n != 1 {
				t.Errorf("%d refunds after the second request", n)
			}
		})
	}
}

func TestAPendingRefundEnds(t *testing.T) {
	for _, fails := range []int{0, 1} {
		w := worldOf(t)
		payment := w.pay(t, 10_000)
		w.SetFaults(fake.Faults{Next: map[fake.Fault]int{fake.Pending: 1, fake.FailsLater: fails}})
		first, err := w.client.Refund(t.Context(), request(payment, "KEY-1", 2500))
		if err != nil || first.State != "pending" {
			t.Fatalf("first %+v, %v", first, err)
		}
		w.Idle()
		second, err := w.client.Refund(t.Context(), request(payment, "KEY-1", 2500))
		want := []string{"succeeded", "failed"}[fails]
		if err != nil || second.State != want || !second.ChangedAt().After(first.At) {
			t.Errorf("second %+v, %v, want %v", second, err, want)
		}
	}
}

func TestAKeyOfAnotherRefundIsNotARefusal(t *testing.T) {
	w := worldOf(t)
	payment, other := w.pay(t, 10_000), w.pay(t, 10_000)
	if _, err := w.client.Refund(t.Context(), request(payment, "KEY-1", 2500)); err != nil {
		t.Fatal(err)
	}
	for _, r := range []processor.Record{request(payment, "KEY-1", 2600), request(other, "KEY-1", 2500)} {
		if _, err := w.client.Refund(t.Context(), r); !errors.Is(err, processor.ErrKeyUsed) || isRefusal(err) {
			t.Errorf("error %v, want ErrKeyUsed alone", err)
		}
	}
}

func TestARefusalStaysOneWhenItsCauseIsGone(t *testing.T) {
	for _, cause := range []string{"disputed", "insufficient", "unknown_payment"} {
		t.Run(cause, func(t *testing.T) {
			w := worldOf(t)
			payment := w.pay(t, 10_000)
			asked := request(payment, "KEY-1", 2500)
			end := func() {}
			switch cause {
			case "disputed":
				dispute := w.do(t, "dispute", processor.Record{Payment: payment.ID, Units: 100})
				end = func() { w.do(t, "win", dispute) }
			case "insufficient":
				outside := w.do(t, "refund", processor.Record{Payment: payment.ID, Units: 8_000})
				end = func() { w.do(t, "fail", outside) }
			case "unknown_payment":
				asked.Payment = "PAY-9"
				end = func() {
					w.do(t, "pay", processor.Record{ID: "PAY-9", Subscription: "SUB-1", Units: 5_000, Currency: "USD"})
				}
			}
			for range 2 {
				if _, err := w.client.Refund(t.Context(), asked); !isRefusal(err) {
					t.Errorf("error %v, want a refusal", err)
				}
				end()
				end = func() {}
			}
			again := asked
			again.Key = "KEY-2"
			if got, err := w.client.Refund(t.Context(), again); err != nil || got.State != "succeeded" {
				t.Errorf("under another key: %+v, %v", got, err)
			}
		})
	}
}

func TestRefundsOfAPaymentThatIsNotThereInFull(t *testing.T) {
	w := worldOf(t)
	payment := w.pay(t, 10_000)
	asked := func(key string, cents int64, subscription string) error {
		r := request(payment, key, cents)
		r.Subscription = subscription
		_, err := w.client.Refund(t.Context(), r)
		return err
	}
	if err := asked("KEY-1", 6000, "SUB-1"); err != nil {
		t.Fatal(err)
	}
	if err := asked("KEY-2", 4001, "SUB-1"); !isRefusal(err) {
		t.Errorf("beyond the payment: %v", err)
	}
	if err := asked("KEY-3", 100, "SUB-2"); !isRefusal(err) {
		t.Errorf("for another subscription: %v", err)
	}
	lost := w.do(t, "dispute", processor.Record{Payment: payment.ID, Units: 3_000})
	w.do(t, "lose", lost)
	if err := asked("KEY-5", 2000, "SUB-1"); !isRefusal(err) {
		t.Errorf("beyond the rest after a chargeback: %v", err)
	}
	w.do(t, "reverse", payment)
	if err := asked("KEY-4", 100, "SUB-1"); !isRefusal(err) {
		t.Errorf("after a reversal: %v", err)
	}
}
