package refund_test

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// anyText draws texts in which characters with a meaning in JSON are frequent.
var anyText = rapid.Custom(func(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom([]string{`"`, `\`, "/", "\n", "\r", "\t", "\b", "\x00", "\x1f", "\x7f", "é", "€", "😀", "\uFFFD", "\u2028", `\u0041`, "{", "]", ":", ","}),
		rapid.StringN(0, 6, -1),
	), 0, 4).Draw(t, "parts")
	return strings.ToValidUTF8(strings.Join(parts, ""), "?")
})

var someText = anyText.Filter(func(s string) bool { return s != "" })

// anyID draws a valid id: without control characters, and without white space at either end.
var anyID = rapid.Custom(func(t *rapid.T) string {
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '-'
		}
		return r
	}, anyText.Draw(t, "id"))
	return strings.TrimSpace(text)
})

var someID = anyID.Filter(func(s string) bool { return s != "" })

// minorUnits draws amounts of every length.
func minorUnits(t *rapid.T, label string, most int64) int64 {
	return rapid.OneOf(rapid.Int64Range(0, min(most, 30_000)), rapid.Int64Range(0, most), rapid.Just(most)).Draw(t, label)
}

func minor(n int64, currency refund.Currency) refund.Money {
	m, err := refund.NewMoney(decimal.New(n, -int32(currency.Digits())), currency)
	if err != nil {
		panic(err)
	}
	return m
}

func anyMoney(t *rapid.T, label string, currency refund.Currency) refund.Money {
	if rapid.IntRange(0, 9).Draw(t, label+" is long") == 0 {
		digits := refund.MaxDigits - currency.Digits()
		whole := fmt.Sprint(rapid.IntRange(1, 9).Draw(t, label+" first")) + rapid.StringMatching(fmt.Sprintf("[0-9]{0,%d}", digits-1)).Draw(t, label)
		return refund.MustMoney(whole, currency.Code())
	}
	return minor(minorUnits(t, label, 1<<62), currency)
}

// anyInstant draws an instant that is not before from, in any location.
func anyInstant(t *rapid.T, label string, from time.Time) time.Time {
	const second, day = int64(time.Second), int64(24 * time.Hour)
	passed := rapid.OneOf(
		rapid.Just(int64(0)),
		rapid.Int64Range(0, second),
		rapid.Int64Range(0, 30*day),
	).Draw(t, label)
	place := rapid.SampledFrom([]*time.Location{time.UTC, time.FixedZone("", -5*3600), time.FixedZone("east", 14*3600), time.FixedZone("", 17)}).Draw(t, label+" place")
	return from.Add(time.Duration(passed)).In(place)
}

var anyStart = rapid.Custom(func(t *rapid.T) time.Time {
	return time.Unix(rapid.OneOf(
		rapid.Int64Range(0, 4_000_000_000),
		rapid.Int64Range(-62_135_596_799, 253_380_000_000), // the years 1 to 9999, nearly
	).Draw(t, "start"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanosecond"))
})

var anyCase = rapid.Custom(func(t *rapid.T) refund.Case {
	currency := rapid.SampledFrom(refund.Currencies()).Draw(t, "currency")
	begun := anyStart.Draw(t, "begun")
	s := refund.Subscription{
		ID:      someID.Draw(t, "id"),
		Account: anyID.Draw(t, "account"),
		Service: refund.ServiceType{
			Code:    someText.Draw(t, "code"),
			Billing: rapid.SampledFrom([]refund.Billing{refund.BillingRecurring, refund.BillingOneTime}).Draw(t, "billing"),
		},
		Start: anyInstant(t, "start", begun),
		Price: anyMoney(t, "price", currency),
	}
	if s.Service.Billing == refund.BillingRecurring || rapid.Bool().Draw(t, "charged") {
		s.Service.PerInstance = anyMoney(t, "charge", currency)
	}
	paid := minorUnits(t, "paid", 1<<62)
	s.Paid = minor(paid, currency)
	refunded := int64(0)
	if rapid.Bool().Draw(t, "is refunded") {
		refunded = minorUnits(t, "refunded", paid)
		s.Refunded = minor(refunded, currency)
	}
	if rapid.Bool().Draw(t, "is disputed") {
		s.Disputed = minor(minorUnits(t, "disputed", paid-refunded), currency)
	}
	c := refund.Case{Subscription: s, Issues: refund.IssueLog{}}
	for i := range rapid.IntRange(0, 4).Draw(t, "issues") {
		issue := refund.Issue{
			ID:     fmt.Sprint(i) + anyID.Draw(t, "issue"),
			Opened: anyInstant(t, "opened", begun),
		}
		if rapid.Bool().Draw(t, "ours") {
			issue.Subscription = s.ID
		}
		if rapid.Bool().Draw(t, "resolved") {
			issue.Resolved = anyInstant(t, "resolved at", issue.Opened)
		}
		c.Issues = append(c.Issues, issue)
	}
	c.Request = refund.Request{
		At:         anyInstant(t, "asked", s.Start),
		By:         anyID.Draw(t, "by"),
		RecordedBy: anyID.Draw(t, "recorded by"),
		Channel:    rapid.SampledFrom([]refund.Channel{refund.ChannelEmail, refund.ChannelPhone, refund.ChannelOther}).Draw(t, "channel"),
		Reason:     anyText.Draw(t, "reason"),
	}
	if rapid.Bool().Draw(t, "called back") {
		c.Request.CalledBack = anyInstant(t, "called back at", c.Request.At)
	}
	for range rapid.IntRange(0, 3).Draw(t, "findings") {
		clause := rapid.SampledFrom(refund.Clauses()).Filter(refund.Clause.TakesFindings).Draw(t, "clause")
		worst := refund.SeverityAdvisory
		if clause == refund.ClauseCredentials || clause == refund.ClauseAccountAccess {
			worst = refund.SeverityBlocking
		}
		c.Findings = append(c.Findings, refund.Finding{
			Clause:   clause,
			Severity: refund.Severity(rapid.IntRange(1, int(worst)).Draw(t, "severity")),
			Subject:  anyText.Draw(t, "subject"),
			Detail:   anyText.Draw(t, "detail"),
		})
	}
	return c
})

var anyDocument = rapid.Custom(func(t *rapid.T) document.Document {
	name := rapid.SampledFrom([]string{"America/New_York", "UTC", "Etc/GMT+10", "Asia/Kathmandu", "Pacific/Apia", "US/Eastern"}).Draw(t, "location")
	location, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	p := refund.Published(location)
	p.WindowDays = rapid.IntRange(1, refund.MaxWindowDays).Draw(t, "days")
	p.Readings = refund.Readings{
		DayCount:      refund.DayCount(rapid.IntRange(1, 3).Draw(t, "day count")),
		DeductFrom:    refund.DeductFrom(rapid.IntRange(1, 2).Draw(t, "deduct from")),
		ResolvedUntil: refund.ResolvedUntil(rapid.IntRange(1, 2).Draw(t, "resolved until")),
		CallbackClock: refund.CallbackClock(rapid.IntRange(1, 2).Draw(t, "callback clock")),

		OneTime:        refund.OneTime(rapid.IntRange(1, 2).Draw(t, "one time")),
		ReleasedAmount: refund.ReleasedAmount(rapid.IntRange(1, 2).Draw(t, "released amount")),
		GoodwillAfter:  refund.GoodwillAfter(rapid.IntRange(1, 2).Draw(t, "goodwill after")),
	}
	return document.Document{Policy: p, Case: anyCase.Draw(t, "case")}
})
