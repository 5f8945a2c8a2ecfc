package main

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

func TestBar(t *testing.T) {
	for _, row := range []struct {
		reason, amount, want string
	}{
		{"the largest amount fills the room", "-100.00", "----------"},
		{"half of it", "-50.00", "-----"},
		{"a rise", "30.00", "+++"},
		{"a part is rounded down", "-19.99", "-"},
		{"the smallest amount has one character", "-0.01", "-"},
		{"zero has no bar", "0.00", ""},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			if got := bar(testkit.USD(row.amount), testkit.USD("100.00"), 10); got != row.want {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}

// Bars of any amounts fit into their room.
func TestBarsFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		usd := refund.MustCurrency("USD")
		a, b := gen.Amount(usd).Draw(t, "a"), gen.Amount(usd).Draw(t, "b")
		most := a
		if sign, _ := b.Cmp(a); sign > 0 {
			most = b
		}
		room := rapid.IntRange(-3, 80).Draw(t, "room")
		if n := len(bar(a, most, room)); n > max(room, 0) || (n == 0) != (a.Sign() == 0 || room < 1) {
			t.Fatalf("%d characters of %d", n, room)
		}
	})
}

func TestGridWrapsWideRows(t *testing.T) {
	p := page{width: 20}
	p.grid("lr", []string{"NAME", "CASES"}, []string{"a name of many words", "7"})
	if got, want := string(p.b), "\nNAME\n  CASES\na name of many\n  words\n  7\n"; strings.Contains(got, "a name of many words  ") {
		t.Errorf("%q, want %q", got, want)
	}
	for line := range strings.Lines(string(p.b)) {
		if len(line)-1 > p.width {
			t.Errorf("a line of %d characters: %q", len(line)-1, line)
		}
	}
}
