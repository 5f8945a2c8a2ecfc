package ledger_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// anyText draws a text. Characters that JSON escapes or refuses are frequent.
var anyText = rapid.Custom(func(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom([]string{`"`, `\`, "/", "\n", "\r", "\t", "\b", "\x00", "\x1f", "\x7f", "é", "€", "😀", "\uFFFD", "\u2028", `\u0041`, "{", "]", ":", ","}),
		rapid.StringN(0, 6, -1),
	), 0, 4).Draw(t, "parts")
	return strings.ToValidUTF8(strings.Join(parts, ""), "?")
})

var someText = anyText.Filter(func(s string) bool { return s != "" })

func minor(n int64, currency refund.Currency) refund.Money {
	m, err := refund.NewMoney(decimal.New(n, -int32(currency.Digits())), currency)
	if err != nil {
		panic(err)
	}
	return m
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
		rapid.Int64Range(-62_135_596_799, 253_380_000_000), // about the years 1 to 9999
	).Draw(t, "start"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanosecond"))
})

// whole has the paths for a text that is not JSON.
var whole = []string{""}

func decodeLedger(text []byte) (l ledger.Ledger, err error) {
	err = l.UnmarshalJSON(text)
	return l, err
}

// ok has the paths for a text without a fault.
var ok []string

// exactly returns a text without spare capacity, so that reading beyond its end panics.
func exactly(text string) []byte { return slices.Clip([]byte(text)) }

var errHalf = errors.New("a value and an error from one call, or neither")

func half(zero bool, err error) error {
	if zero != (err != nil) {
		return errHalf
	}
	return err
}

// named fails if a row of a table has no reason.
func named(t testing.TB, why string) {
	t.Helper()
	if strings.TrimSpace(why) == "" {
		t.Fatal("a row without its reason")
	}
}

// A row is an edit of a text, with the paths of the resulting faults.
type row struct {
	why   string
	edits []string
	paths []string
}

func runRows(t *testing.T, text string, rows []row, decode func(string) error) {
	t.Helper()
	for _, r := range rows {
		testkit.Row(t, r.why, func(t *testing.T) {
			testkit.WantPaths(t, decode(testkit.Edit(t, text, r.edits...)), r.paths...)
		})
	}
}
