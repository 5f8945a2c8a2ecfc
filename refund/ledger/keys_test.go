package ledger_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// keyed returns the key of the only instruction of books with one refund.
func keyed(t *testing.T, subscription, refundKey string, digest refund.Digest, payment string, amount refund.Money) string {
	t.Helper()
	books := must(t)(ledger.Restore(subscription, amount, []ledger.Event{
		{Kind: ledger.EventPaid, At: day(2), ID: payment, Amount: amount, Method: "visa 4242"},
		{Kind: ledger.EventPosted, At: day(3), ID: refundKey, Amount: amount, Decision: digest, Shares: []ledger.Share{{Payment: payment, Amount: amount}}},
	}))
	return books.Refunds()[0].Shares[0].Key
}

// The key of an instruction never changes, because gateways store it.
func TestGoldenKeys(t *testing.T) {
	for _, r := range []struct {
		why                   string
		subscription, refund  string
		digest                refund.Digest
		payment, amount, code string
		want                  string
	}{
		{"plain ids", "SUB-1", "R-1", refund.Digest{1}, "P-1", "60.00", "USD",
			"49a7ce5450f56308be25ff9be68cc2f558d24457e3f19689d769c0f18e7bd81d"},
		{"lengths are in bytes, and yen have no decimals", "SUB-é", "R 1\n", refund.Digest{1}, "P", "500", "JPY",
			"c5e9baa5d794a5478a7cbfdcac795683a3c805a283e5652e5672edf1f1f651a3"},
	} {
		because(t, r.why, func(t *testing.T) {
			amount := refund.MustMoney(r.amount, r.code)
			if got := keyed(t, r.subscription, r.refund, r.digest, r.payment, amount); got != r.want {
				t.Errorf("key is %s, want %s", got, r.want)
			}
		})
	}
}

// keyOf computes the key from its definition, independently of the package.
func keyOf(subscription, refundKey string, digest refund.Digest, payment string, amount refund.Money) string {
	text := ""
	for _, part := range []string{"refundpolicy instruction 1", subscription, refundKey, fmt.Sprintf("%x", digest[:]), payment, amount.Amount() + " " + amount.Currency().Code()} {
		text += fmt.Sprintf("%d %s\n", len(part), part)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestKeysDifferWithEachPart(t *testing.T) {
	type parts struct {
		subscription, refund string
		digest               refund.Digest
		payment              string
		amount               refund.Money
	}
	seen := map[string]string{}
	for _, r := range []struct {
		why string
		parts
	}{
		{"the unchanged instruction", parts{"SUB-1", "R-1", refund.Digest{1}, "P-1", usd("60.00")}},
		{"another subscription", parts{"SUB-2", "R-1", refund.Digest{1}, "P-1", usd("60.00")}},
		{"another refund", parts{"SUB-1", "R-2", refund.Digest{1}, "P-1", usd("60.00")}},
		{"another decision", parts{"SUB-1", "R-1", refund.Digest{2}, "P-1", usd("60.00")}},
		{"another payment", parts{"SUB-1", "R-1", refund.Digest{1}, "P-2", usd("60.00")}},
		{"another amount", parts{"SUB-1", "R-1", refund.Digest{1}, "P-1", usd("60.01")}},
		{"another currency", parts{"SUB-1", "R-1", refund.Digest{1}, "P-1", refund.MustMoney("60.00", "EUR")}},
		{"the boundary between two parts is moved", parts{"SUB-1R", "-1", refund.Digest{1}, "P-1", usd("60.00")}},
		{"a part contains a line of another part", parts{"SUB-1\n3 R-1", "R-1", refund.Digest{1}, "P-1", usd("60.00")}},
	} {
		because(t, r.why, func(t *testing.T) {
			got := keyed(t, r.subscription, r.refund, r.digest, r.payment, r.amount)
			if got != keyOf(r.subscription, r.refund, r.digest, r.payment, r.amount) || len(got) != 64 {
				t.Errorf("key is %s", got)
			}
			if other, ok := seen[got]; ok {
				t.Errorf("has the key of %q", other)
			}
			seen[got] = r.why
		})
	}
}

// The key of an instruction is the same when it is posted, restored, settled and failed.
func TestKeysAreStable(t *testing.T) {
	books := opened(t, "100.00", "25.00", "75.00")
	d := decide(t, books, "60.00")
	books = posted(t, books, d, "R-1")
	want := []string{keyOf("SUB-1", "R-1", d.Digest(), "P-1", usd("25.00")), keyOf("SUB-1", "R-1", d.Digest(), "P-2", usd("35.00"))}
	later := must(t)(must(t)(books.Submit(want[0], day(13))).Settle(want[1], day(13)))
	for what, l := range map[string]ledger.Ledger{
		"posted":                books,
		"restored":              must(t)(ledger.Restore("SUB-1", usd("100.00"), books.Events())),
		"submitted and settled": later,
		"failed":                must(t)(later.Fail(want[0], day(14))),
	} {
		if got := keysOf(l, "R-1"); !slices.Equal(got, want) {
			t.Errorf("%s: keys are %q, want %q", what, got, want)
		}
	}
	if events := later.Events(); events[3].ID != want[0] || events[4].ID != want[1] {
		t.Errorf("events are of %q and %q", events[3].ID, events[4].ID)
	}
}
