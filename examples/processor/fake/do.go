package fake

import (
	"crypto/rand"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
)

// Do carries out an action, and returns the record afterwards. With a key, refund is the request
// of a client, which is carried out once. The other actions are those of a person in the
// dashboard, a customer or a bank:
//
//   - pay: a payment, with its subscription, amount, currency and method, maybe of an earlier instant;
//   - refund, dispute: on a payment, with an amount that defaults to the whole payment;
//   - settle, fail: a pending refund succeeds; a refund fails, or its money comes back;
//   - win, lose: a dispute is decided, maybe again; a chargeback is a lost dispute;
//   - reverse: the bank takes a payment back, as it does with a bounced debit.
//
// The last five have the id of the record.
func (f *Fake) Do(action string, given processor.Record) (done processor.Record, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := endings[action]; ok {
		return f.end(action, given.ID)
	}
	payment := f.find("payment", given.Payment)
	switch {
	case action == "refund" && given.Key != "":
		return f.refundOnce(given.Asked(), payment)
	case action == "pay":
		given.Type = "payment"
	case payment == nil || action != "refund" && action != "dispute":
		return done, failure("malformed")
	default:
		given.Type, given.Subscription, given.Currency = action, payment.Subscription, payment.Currency
		if given.Units == 0 {
			given.Units = payment.Units
		}
	}
	given.Key, given.EndedAt = "", time.Time{}
	if given.Subscription == "" || !isAmount(given.Units, given.Currency) || f.find(given.Type, given.ID) != nil {
		return done, failure("malformed")
	}
	if action == "dispute" {
		return f.create(given, "open"), nil
	} else if action == "refund" {
		given.Reason = "dashboard"
		if objection := f.objection(given, payment); objection != "" {
			return done, objection
		}
	}
	return f.create(given, "succeeded"), nil
}

// endings are the actions that bring a record from a state, or any other one, into another.
var endings = map[string]struct{ kind, from, to string }{
	"settle": {"refund", "pending", "succeeded"}, "fail": {"refund", "", "failed"},
	"win": {"dispute", "", "won"}, "lose": {"dispute", "", "lost"},
	"reverse": {"payment", "succeeded", "failed"},
}

func (f *Fake) end(action, id string) (done processor.Record, err error) {
	x := endings[action]
	r := f.find(x.kind, id)
	if r == nil || r.State == x.to || x.from != "" && r.State != x.from {
		return done, failure("malformed")
	}
	if action == "reverse" {
		r.Reversal = "reversal_" + rand.Text()
	}
	return f.enter(r, x.to), nil
}

// refundOnce makes the refund of a key, or finds it. A refusal is recorded as a failed refund
// with a reason: otherwise the same key could move money later.
func (f *Fake) refundOnce(asked processor.Record, payment *processor.Record) (done processor.Record, err error) {
	if i := slices.IndexFunc(f.list, func(r *processor.Record) bool { return r.Key == asked.Key }); i >= 0 {
		done = *f.list[i]
	} else if !isAmount(asked.Units, asked.Currency) {
		return done, failure("amount")
	} else if objection := f.objection(asked, payment); objection != "" {
		refused := asked
		refused.Reason = string(objection)
		done = f.create(refused, "failed")
	} else if f.happens(Pending) {
		done = f.create(asked, "pending")
		f.endLater(done.ID)
	} else {
		done = f.create(asked, "succeeded")
	}
	if done.Asked() != asked {
		return processor.Record{}, failure("key_used")
	} else if done.Reason != "" {
		return processor.Record{}, failure(done.Reason)
	}
	return done, nil
}

// objection returns the reason for refusing a refund, or "".
func (f *Fake) objection(r processor.Record, payment *processor.Record) failure {
	if payment == nil || payment.Subscription != r.Subscription || payment.Currency != r.Currency {
		return "unknown_payment"
	}
	rest := payment.Units
	for _, x := range f.list {
		switch {
		case x.Payment != payment.ID:
		case x.State == "open":
			return "disputed"
		case x.State == "pending" || x.State == "succeeded" || x.State == "lost":
			rest -= x.Units
		}
	}
	if payment.State == "failed" || r.Units > rest {
		return "insufficient"
	}
	return ""
}
