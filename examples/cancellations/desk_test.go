package cancellations_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/examples/cancellations"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// This is the whole test of the desk against the policy.
func TestDesk(t *testing.T) { refundtest.Run(t, evaluate) }

// evaluate converts a case to a cancellation and evaluates it at the desk.
func evaluate(p refund.Policy, c refund.Case) (refund.Outcome, error) {
	asked, err := cancellation(c)
	if err != nil {
		return refund.Outcome{}, err
	}
	quote, err := cancellations.Desk{Policy: p}.Quote(asked)
	if err != nil {
		return refund.Outcome{}, err
	}
	// Check the fields that customers see.
	o := quote.Outcome
	o.Refundable, err = refund.NewMoney(decimal.New(quote.Cents, -2), refund.MustCurrency("USD"))
	o.Held = quote.OnHold
	return o, err
}

// unsupported returns the error for a case that the shop cannot have.
func unsupported(what string) error {
	return fmt.Errorf("%s: %w", what, errors.ErrUnsupported)
}

// cancellation converts a case to a cancellation.
func cancellation(c refund.Case) (cancellations.Cancellation, error) {
	s, r := c.Subscription, c.Request
	x := cancellations.Cancellation{
		Order: s.ID, Customer: s.Account, Plan: s.Service.Code, OneOff: s.Service.Billing == refund.BillingOneTime, Ordered: s.Start,
		Asked: r.At, AskedBy: r.By, Agent: r.RecordedBy, Words: r.Reason, Called: r.CalledBack,
		Reviews: c.Findings,
	}
	if _, err := s.Service.Billing.MarshalText(); err != nil || s.Service.Billing == 0 {
		return x, unsupported("neither a plan nor a one-time service")
	}
	for _, m := range []struct {
		cents  *int64
		amount refund.Money
	}{
		{&x.Price, s.Price}, {&x.Paid, s.Paid}, {&x.Returned, s.Refunded}, {&x.Disputed, s.Disputed}, {&x.Fee, s.Service.PerInstance},
	} {
		var err error
		switch {
		case m.amount.IsZero() && m.cents != &x.Returned && m.cents != &x.Disputed: // these may be unset
			return x, unsupported("a missing amount")
		case !m.amount.IsZero() && m.amount.Currency() != refund.MustCurrency("USD"):
			return x, unsupported("another currency than US dollars")
		}
		if *m.cents, err = m.amount.MinorUnits(); err != nil {
			return x, unsupported("cents that do not fit into 64 bits")
		}
	}
	if c.Issues == nil {
		return x, unsupported("a missing list of tickets")
	}
	for _, i := range c.Issues {
		if i.Subscription != "" && i.Subscription != s.ID {
			return x, unsupported("a ticket of another order")
		}
		x.Tickets = append(x.Tickets, cancellations.Ticket{Number: i.ID, Came: i.Opened, Solved: i.Resolved})
	}
	switch r.Channel {
	case refund.ChannelEmail:
		x.How = cancellations.Mail
	case refund.ChannelPhone:
		x.How = cancellations.Call
	case refund.ChannelOther:
		x.How = cancellations.Chat
	default:
		x.How = "pigeon"
	}
	return x, nil
}

// The sentence for customers is not part of an outcome, so refundtest does not check it.
func TestReasonOfQuote(t *testing.T) {
	x, err := cancellation(refundtest.Case())
	if err != nil {
		t.Fatal(err)
	}
	desk := cancellations.Desk{Policy: refundtest.Policy()}
	for _, row := range []struct {
		reason  string
		change  func(*cancellations.Cancellation)
		cents   int64
		because string
	}{
		{"without a solved ticket the whole amount is refundable", func(*cancellations.Cancellation) {}, 19999,
			"no issue was resolved in the window up to the request: the whole amount, 199.99 USD"},
		{"a solved ticket costs its fee", func(x *cancellations.Cancellation) {
			x.Tickets = []cancellations.Ticket{{Number: "4711", Came: refundtest.Day(2), Solved: refundtest.Day(3)}}
		}, 17499, "1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD"},
		{"a one-time service is not refunded", func(x *cancellations.Cancellation) { x.OneOff = true }, 0,
			"one-time services are not refunded under the guarantee; the company may still grant goodwill"},
		{"a request after the window is late", func(x *cancellations.Cancellation) { x.Asked = refundtest.Day(17) }, 0,
			"asked on 17 March 2026; the last day was 16 March 2026 (15 days from 1 March)"},
	} {
		asked := x
		row.change(&asked)
		quote, err := desk.Quote(asked)
		if err != nil || quote.Cents != row.cents || quote.Because != row.because {
			t.Errorf("%s: %d cents, %q, %v", row.reason, quote.Cents, quote.Because, err)
		}
	}
	x.Ordered = time.Time{}
	var invalid *refund.InvalidError
	if _, err := desk.Quote(x); !errors.As(err, &invalid) {
		t.Errorf("an order without a date: %v", err)
	}
}
