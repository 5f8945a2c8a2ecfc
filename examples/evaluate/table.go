package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// table is the format for people. Columns have fixed widths, since what is to come
// is not known.
type table struct{ explain bool }

const (
	columns      = "%6v  %-20s  %-16s  %18s %-3s  %s"
	totalColumns = "%-20s  %-8s  %18s %-3s  %s"
)

func (t *table) head(b []byte) []byte {
	return line(b, columns, "LINE", "SUBSCRIPTION", "VERDICT", "REFUNDABLE", "", "REMARKS")
}

// line appends a line without the blanks at its end.
func line(b []byte, format string, args ...any) []byte {
	return append(append(b, strings.TrimRight(fmt.Sprintf(format, args...), " ")...), '\n')
}

func (t *table) outcome(b []byte, number int, o *refund.Outcome) []byte {
	b = line(b, columns, number, shown(o.Subscription, 20), o.Verdict,
		o.Refundable.Amount(), o.Refundable.Currency(), remarks(o))
	if !t.explain {
		return b
	}
	for _, step := range o.Steps() {
		amount, currency := "", ""
		if !step.Amount.IsZero() {
			amount, currency = step.Amount.Amount(), step.Amount.Currency().Code()
		}
		b = line(b, columns, "", "  "+step.Clause.String(), step.Status, amount, currency, o.Why(step.Clause))
	}
	for _, taken := range []struct {
		name   string
		amount refund.Money
	}{{"refunded", o.Refunded}, {"disputed", o.Disputed}} {
		if taken.amount.Sign() > 0 {
			b = line(b, columns, "", "  "+taken.name, "", "-"+taken.amount.Amount(), taken.amount.Currency(), "")
		}
	}
	if o.Refunded.Sign() > 0 || o.Disputed.Sign() > 0 {
		b = line(b, columns, "", "  refundable", "", o.Refundable.Amount(), o.Refundable.Currency(), o.WhyRefundable())
	}
	return append(b, '\n')
}

// remarks names what is objected to, and what holds the refund.
func remarks(o *refund.Outcome) string {
	var parts []string
	for _, kind := range [...]struct {
		status refund.Status
		words  string
	}{{refund.StatusBlocking, "held: "}, {refund.StatusObjected, "objected: "}} {
		var clauses []string
		for _, clause := range refund.Clauses() {
			if o.Statuses[clause] == kind.status {
				clauses = append(clauses, clause.String())
			}
		}
		if clauses != nil {
			parts = append(parts, kind.words+strings.Join(clauses, ", "))
		}
	}
	return strings.Join(parts, "; ")
}

func (t *table) refusal(b []byte, number int, subscription string, invalid *refund.InvalidError) []byte {
	for i, fault := range invalid.Faults {
		if i == 0 {
			b = line(b, "%6v  %-20s  refused: %s", number, shown(subscription, 20), fault.Error())
		} else {
			b = line(b, "%6v  %-20s           %s", "", "", fault.Error())
		}
	}
	return b
}

func (t *table) foot(b []byte, sums *totals) []byte {
	b = append(b, '\n')
	b = line(b, totalColumns, "VERDICT", "   CASES", "REFUNDABLE", "", "OF THESE")
	keys := slices.SortedFunc(maps.Keys(sums.of), func(x, y totalsKey) int {
		return cmp.Or(cmp.Compare(x.verdict, y.verdict), strings.Compare(x.currency.Code(), y.currency.Code()))
	})
	cases, held := 0, 0
	for _, key := range keys {
		sum := sums.of[key]
		b = line(b, totalColumns, key.verdict, fmt.Sprintf("%8d", sum.cases),
			sum.refundable.Amount(), key.currency, heldWords(sum.held))
		cases += sum.cases
		held += sum.held
	}
	b = line(b, totalColumns, "all", fmt.Sprintf("%8d", cases), "", "", heldWords(held))
	if sums.refused > 0 {
		b = line(b, totalColumns, "refused", fmt.Sprintf("%8d", sums.refused), "", "", "")
	}
	return b
}

func heldWords(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n, " held")
}

// shown returns a text of the input as a terminal may show it: without control
// characters, and no longer than a column.
func shown(s string, width int) string {
	runes := []rune(s)
	if len(runes) > width {
		runes = append(runes[:width-1], '…')
	}
	for i, r := range runes {
		if !unicode.IsGraphic(r) {
			runes[i] = '·'
		}
	}
	return string(runes)
}
