package decision

import (
	"log/slog"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// Why returns what was decided as a sentence. It quotes the officer's reason, with
// spaces for control characters. It is "" for the zero Decision.
func (d Decision) Why() string {
	if d.IsZero() {
		return ""
	}
	var text string
	switch d.Kind() {
	case KindApproved:
		text = d.Amount().String() + " approved of " + d.c.outcome.Refundable.String() + " refundable"
	case KindGoodwill:
		text = d.c.whyGoodwill()
	case KindDeclined:
		text = "declined"
	}
	text += ", by " + quote(d.c.officer.ID) + " on " + date(d.At())
	if d.Reason() != "" {
		text += ": " + quote(d.Reason())
	}
	if _, ends := d.EndsService(); ends {
		text += "; the service ends"
	}
	return text
}

func (d *content) whyGoodwill() string {
	g := &d.goodwill
	text := d.amount.String() + " of goodwill: assistance " + g.Charges.String() + " less servicing " + g.Fees.String()
	for i := range g.Software {
		text += " less " + quote(g.Software[i].Name) + " " + g.Software[i].Price.String()
	}
	if net, err := g.Net(); err == nil && exact.Less(d.amount, net) {
		text += " is " + net.String() + ", limited by the cap"
	}
	return text
}

func quote(s string) string { return string(words.AppendQuoted(nil, s)) }

func date(t time.Time) string { return string(words.AppendTime(nil, t)) }

// LogValue returns kind, subscription, amount, officer and instant. It leaves out the
// reason, which is free text.
func (d Decision) LogValue() slog.Value {
	if d.IsZero() {
		return slog.StringValue("no decision")
	}
	return slog.GroupValue(
		slog.String("kind", d.Kind().String()),
		slog.String("subscription", d.Subscription()),
		slog.Any("amount", d.Amount()),
		slog.String("officer", d.c.officer.ID),
		slog.Time("at", d.At()),
	)
}

// String returns kind and amount, such as "approved 100.00 USD", and "no decision" for
// the zero Decision.
func (d Decision) String() string {
	switch d.Kind() {
	case 0:
		return "no decision"
	case KindDeclined:
		return d.Kind().String()
	}
	return d.Kind().String() + " " + d.Amount().String()
}
