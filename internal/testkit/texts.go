package testkit

import (
	"strings"
	"testing"
)

// CaseText is a valid case with every field and with text of every kind.
const CaseText = `{
  "subscription": {
    "id": "SUB-1",
    "account": "ACC-7",
    "service": {"code": "pc-care", "billing": "recurring", "per_instance": {"amount": "25.00", "currency": "USD"}},
    "start": "2026-03-01T10:00:00-05:00",
    "price": {"amount": "199.99", "currency": "USD"},
    "paid": {"amount": "150.00", "currency": "USD"},
    "refunded": {"amount": "10.50", "currency": "USD"},
    "disputed": {"amount": "5.00", "currency": "USD"}
  },
  "issues": [
    {"id": "T-1", "subscription": "SUB-1", "opened": "2026-03-02T09:00:00Z", "resolved": "2026-03-03T09:30:00.25Z"},
    {"id": "T-2", "opened": "2026-03-05T15:00:00Z"}
  ],
  "request": {
    "at": "2026-03-10T12:00:00-04:00",
    "channel": "email",
    "by": "ACC-8",
    "recorded_by": "ops-3",
    "reason": "caf\u00e9 \ud83d\ude00 closed,\n\"not\" satisfied é",
    "called_back": "2026-03-10T18:00:00-04:00"
  },
  "findings": [
    {"clause": "log-review", "severity": "advisory", "subject": "T-1", "detail": "no call found"},
    {"clause": "credentials", "severity": "blocking"}
  ]
}`

// DocumentText is CaseText with a policy with every field.
var DocumentText = strings.TrimSuffix(CaseText, "\n}") + `,
  "policy": {
    "version": "2026",
    "effective": "2026-01-01T00:00:00Z",
    "location": "Europe/Berlin",
    "desk_location": "America/Chicago",
    "window_days": 30,
    "hours": {"monday": [{"opens": "09:00", "closes": "13:00"}, {"opens": "14:00", "closes": "18:30"}]},
    "special_days": {"2026-12-24": [{"opens": "09:00", "closes": "12:00"}], "2026-12-25": []},
    "callback_after": "3h",
    "callback_within": "7h30m",
    "readings": {"day_count": "same_day", "deduct_from": "amount_paid", "resolved_until": "window_close", "callback_clock": "elapsed",
      "one_time": "refunded_if_unresolved", "released_amount": "any_part", "goodwill_after": "in_addition"},
    "required": ["credentials", "callback"]
  }
}`

// Edit replaces texts, given as pairs of an old and a new one. It fails unless each old one
// occurs exactly once.
func Edit(t testing.TB, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if n := strings.Count(text, pairs[i]); n != 1 {
			t.Fatalf("%q occurs %d times in the text", pairs[i], n)
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}
