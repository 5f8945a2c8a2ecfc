package decision

import (
	"log/slog"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/words"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Why explains the decision in a sentence or two for people: the amount, the officer, the
// date, and the reason. Names and the reason are quoted, with spaces in place of control
// characters. Why returns "" for the zero Decision.
func (d Decision) Why() string {
	if d.IsZero() {
		return ""
	}
	o := &d.c.outcome
	by := " by " + quote(d.c.officer.ID) + " on " + date(d.At())
	var text string
	switch d.Kind() {
	case KindApproved:
		text = d.Amount().String()
		if exact.Less(d.Amount(), o.Refundable) {
			text += " of the refundable " + o.Refundable.String()
		}
		text += " approved" + by
	case KindGoodwill:
		text = d.Amount().String() + " granted as goodwill" + by + ": " + d.c.whyGoodwill()
	case KindDeclined:
		text = "declined" + by + "; " + o.Refundable.String() + " was refundable"
		if len(d.c.grounds) > 0 {
			text += ". Grounds: " + titles(d.c.grounds)
		}
	}
	if len(d.c.acknowledged) > 0 {
		text += ". Objections acknowledged: " + titles(d.c.acknowledged)
	}
	if d.Reason() != "" {
		text += ". Reason: " + quote(d.Reason())
	}
	return text
}

// whyGoodwill explains how the amount follows from the charges.
func (d *content) whyGoodwill() string {
	g, o := &d.goodwill, &d.outcome
	text := "assistance charges of " + g.Charges.String()
	due, less := g.Charges, " less "
	deduct := func(m refund.Money, of string) {
		if m.Sign() > 0 {
			text += less + m.String() + of
			due, less = exact.Sub(due, m), ", "
		}
	}
	deduct(g.Fees, " of servicing fees")
	for i := range g.Software {
		deduct(g.Software[i].Price, " for "+quote(g.Software[i].Name))
	}
	if o.Basis.Readings.GoodwillAfter == refund.GoodwillAfterLessRefunds {
		deduct(o.Refunded, " already refunded")
	}
	deduct(o.Disputed, " in dispute")
	if o.Basis.Readings.GoodwillAfter == refund.GoodwillAfterInAddition && o.Refunded.Sign() > 0 {
		text += ", in addition to the " + o.Refunded.String() + " already refunded"
	}
	if exact.Less(d.amount, due) {
		text += "; limited to the " + d.amount.String() + " that remains of the amount subscribed or paid"
	}
	return text
}

// titles returns the titles of clauses.
func titles(clauses []refund.Clause) string {
	texts := make([]string, len(clauses))
	for i, c := range clauses {
		texts[i] = c.Title()
	}
	return strings.Join(texts, ", ")
}

func codes(clauses []refund.Clause) string {
	texts := make([]string, len(clauses))
	for i, c := range clauses {
		texts[i] = c.String()
	}
	return strings.Join(texts, ", ")
}

func quote(s string) string { return string(words.AppendQuoted(nil, s)) }

func date(t time.Time) string { return string(words.AppendTime(nil, t)) }

// LogValue returns the kind, subscription, amount, officer and instant. It omits the reason,
// which is free text.
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

// String returns the kind and the amount, such as "approved 100.00 USD". It returns
// "declined" for a denial, and "no decision" for the zero Decision.
func (d Decision) String() string {
	switch d.Kind() {
	case 0:
		return "no decision"
	case KindDeclined:
		return d.Kind().String()
	}
	return d.Kind().String() + " " + d.Amount().String()
}
