package main

import (
	"fmt"
	"strings"

	"github.com/kasperinfotech/refundpolicy/examples/internal/terminal"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A table is the format for people. Its columns have fixed widths, since a line is
// written before the next one is read.
type table struct {
	id      int // width of the column of subscriptions
	remarks int // width of the column of remarks
}

// Widths of the other columns, in characters, with the blanks behind them. An amount
// and a currency follow the verdict.
const (
	numberColumn  = 5 + 2
	verdictColumn = 16 + 1
	amountColumn  = 12 + 1 + 3 + 2
)

// newTable returns a table for a terminal of that width. A wider one has more room for
// the ids and for the remarks.
func newTable(width int) table {
	const narrow = 14
	rest := width - numberColumn - 2 - verdictColumn - amountColumn
	id := min(narrow+max(width-terminal.DefaultWidth, 0)*11/20, 36) // a UUID, 36 characters, fits at a width of 120
	return table{id, rest - id}
}

// line appends a line without the blanks at its end.
func line(b []byte, format string, args ...any) []byte {
	return append(append(b, strings.TrimRight(fmt.Sprintf(format, args...), " ")...), '\n')
}

// row appends a row of the table. Remarks that need more than one line go on below.
func (t table) row(b []byte, number any, id string, verdict any, amount, currency, remarks string) []byte {
	lines := terminal.Wrap(remarks, t.remarks)
	if lines == nil {
		lines = []string{""}
	}
	b = line(b, "%5v  %-*s  %-16v %12s %-3s  %s", number, t.id, id, verdict, amount, currency, lines[0])
	for _, more := range lines[1:] {
		b = line(b, "%*s%s", numberColumn+t.id+2+verdictColumn+amountColumn, "", more)
	}
	return b
}

func (t table) head(b []byte) []byte {
	return t.row(b, "LINE", "SUBSCRIPTION", "VERDICT", "REFUNDABLE", "", "REMARKS")
}

func (t table) outcome(b []byte, number int, o *refund.Outcome) []byte {
	return t.row(b, number, terminal.Shown(o.Subscription, t.id), o.Verdict,
		o.Refundable.Amount(), o.Refundable.Currency().Code(), remarks(o))
}

// remarks names the clauses that hold the refund, and those with an objection.
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

func (t table) refusal(b []byte, number int, subscription string, invalid *refund.InvalidError) []byte {
	const refused = "refused: "
	const hanging = 2 // more for the later lines of a fault
	for i, fault := range invalid.Faults {
		for j, text := range terminal.Wrap(fault.Error(), verdictColumn+amountColumn+t.remarks-len(refused)-hanging) {
			if i == 0 && j == 0 {
				b = line(b, "%5d  %-*s  %s%s", number, t.id, terminal.Shown(subscription, t.id), refused, text)
			} else {
				b = line(b, "%*s%s", numberColumn+t.id+2+len(refused)+min(j, 1)*hanging, "", text)
			}
		}
	}
	return b
}

func (t table) foot(b []byte, sums *totals) []byte { return sumsOf(append(b, '\n'), sums) }

// sumsOf appends the totals.
func sumsOf(b []byte, sums *totals) []byte {
	all := total{}
	row := func(b []byte, name any, sum total) []byte {
		return line(b, "%-17v %8d %16s %-3s %8s", name, sum.cases, sum.refundable.Amount(), sum.refundable.Currency(), positive(sum.held))
	}
	b = line(b, "%-17s %8s %16s %-3s %8s", "VERDICT", "CASES", "REFUNDABLE", "", "HELD")
	for _, key := range sums.keys() {
		b = row(b, key.verdict, sums.of[key])
	}
	currencies := sums.byCurrency()
	for _, key := range currencies.keys() {
		sum := currencies.of[key]
		b = row(b, "total", sum)
		all.cases += sum.cases
		all.held += sum.held
	}
	b = line(b, "%-17s %8d %16s %-3s %8s", "all cases", all.cases, "", "", positive(all.held))
	if sums.refused > 0 {
		b = line(b, "%-17s %8d", "refused", sums.refused)
	}
	return b
}

// positive returns a number as text, and "" for zero.
func positive(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
