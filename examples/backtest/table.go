package main

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/examples/internal/terminal"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// A page is a report for people, as wide as a terminal.
type page struct {
	b     []byte
	width int
}

// table returns the report for people.
func (r *result) table(width int) []byte {
	p := &page{width: width}
	p.paragraph(count(r.Cases, "case", "cases") + ", " + strconv.Itoa(r.Cases-r.Excluded) + " of them judged by both policies.")
	if r.unread > 0 {
		p.paragraph(count(r.unread, "line", "lines") + " could not be read as a case.")
	}
	if r.Unchanged() {
		p.paragraph("No amount, verdict or status differs.")
	}
	for i := range r.Totals {
		p.total(&r.Totals[i])
	}
	p.statuses(r.Statuses)
	p.refused("by the old policy", r.RefusedBefore)
	p.refused("by the new policy", r.RefusedAfter)
	p.faulty(r)
	for _, m := range r.above {
		p.blank()
		p.paragraph("Above the limit: the new policy refunds " + m.String() + " more.")
	}
	return p.b
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func (p *page) blank() { p.b = append(p.b, '\n') }

// paragraph adds a text, later lines indented.
func (p *page) paragraph(text string) {
	for i, line := range terminal.Wrap(text, p.width-2) {
		if i > 0 {
			line = "  " + line
		}
		p.b = append(append(p.b, line...), '\n')
	}
}

// grid adds rows of cells in columns. The columns in left are aligned to the left, all others
// to the right. A row that is wider than the page is wrapped at its last column.
func (p *page) grid(left string, rows ...[]string) {
	widths := widths(rows)
	p.blank()
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			fill := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i > 0 {
				line.WriteString("  ")
			}
			if left[i] == 'l' {
				line.WriteString(cell + fill)
			} else {
				line.WriteString(fill + cell)
			}
		}
		text := strings.TrimRight(line.String(), " ")
		if utf8.RuneCountInString(text) <= p.width {
			p.b = append(append(p.b, text...), '\n')
		} else {
			p.paragraph(text)
		}
	}
}

// widths returns the widths of the columns.
func widths(rows [][]string) []int {
	list := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			list[i] = max(list[i], utf8.RuneCountInString(cell))
		}
	}
	return list
}

// mostMovers is how many of the movers of a currency are shown.
const mostMovers = 8

// total adds the figures of a currency.
func (p *page) total(t *whatif.Total) {
	p.grid("lrrrrr",
		[]string{"", "CASES", "CHANGED", "BEFORE", "AFTER", "DIFFERENCE"},
		[]string{t.Currency.Code(), strconv.Itoa(t.Cases), strconv.Itoa(t.Changed), t.Before.Amount(), t.After.Amount(), signed(t.Difference())},
	)

	var most refund.Money
	for _, move := range t.Moves {
		if sign, _ := size(move.Amount).Cmp(most); sign > 0 {
			most = size(move.Amount)
		}
	}
	rows := [][]string{{"MOVED BY", "CASES", t.Currency.Code(), ""}}
	var amounts []refund.Money
	for _, cause := range whatif.Causes() {
		if move := t.Moves[cause]; move.Cases > 0 {
			rows = append(rows, []string{cause.String(), strconv.Itoa(move.Cases), signed(move.Amount), ""})
			amounts = append(amounts, move.Amount)
		}
	}
	if amounts != nil {
		room := p.width
		for _, width := range widths(rows)[:3] {
			room -= width + 2
		}
		for i, amount := range amounts {
			rows[i+1][3] = bar(amount, most, room)
		}
		p.grid("lrrl", rows...)
	}

	rows = [][]string{{"VERDICT BEFORE", "VERDICT AFTER", "CASES"}}
	for before, row := range t.Verdicts {
		for after, n := range row {
			if n > 0 {
				rows = append(rows, []string{refund.Verdict(before).String(), refund.Verdict(after).String(), strconv.Itoa(n)})
			}
		}
	}
	p.grid("llr", rows...)

	if len(t.Movers) == 0 {
		return
	}
	rows = [][]string{{"LARGEST DIFFERENCES", "BEFORE", "AFTER", "DIFFERENCE", "MOVED BY"}}
	for _, m := range t.Movers[:min(len(t.Movers), mostMovers)] {
		rows = append(rows, []string{terminal.Shown(m.Subscription, 24), m.Before.Amount(), m.After.Amount(), signed(m.Difference()), m.Cause.String()})
	}
	p.grid("lrrrl", rows...)
}

// statuses adds the clauses whose status changed.
func (p *page) statuses(statuses [len(refund.Statuses{})]int) {
	rows := [][]string{{"STATUS CHANGED", "CASES"}}
	for _, clause := range refund.Clauses() {
		if n := statuses[clause]; n > 0 {
			rows = append(rows, []string{clause.String(), strconv.Itoa(n)})
		}
	}
	if len(rows) > 1 {
		p.grid("lr", rows...)
	}
}

// refused adds the paths at which a policy refuses cases.
func (p *page) refused(by string, r whatif.Refused) {
	if r.Cases == 0 {
		return
	}
	rows := [][]string{{"REFUSED " + by, "CASES"}}
	for _, path := range r.Paths {
		rows = append(rows, []string{terminal.Shown(path.Path, 50), strconv.Itoa(path.Cases)})
	}
	if r.More > 0 {
		rows = append(rows, []string{"other paths", strconv.Itoa(r.More)})
	}
	p.grid("lr", rows...)
}

// faulty adds the first lines that could not be read.
func (p *page) faulty(r *result) {
	if r.unread == 0 {
		return
	}
	p.blank()
	for _, f := range r.faulty {
		id := ""
		if f.Subscription != "" {
			id = " (" + terminal.Shown(f.Subscription, 36) + ")"
		}
		p.paragraph(fmt.Sprintf("line %d%s: %s", f.Line, id, terminal.Shown(f.Error, 1000)))
	}
	if more := r.unread - len(r.faulty); more > 0 {
		p.paragraph("and " + count(more, "more line", "more lines"))
	}
}

// signed returns an amount with a plus sign if it is positive.
func signed(m refund.Money) string {
	if m.Sign() > 0 {
		return "+" + m.Amount()
	}
	return m.Amount()
}

func size(m refund.Money) refund.Money {
	if m.Sign() < 0 {
		return m.Times(-1)
	}
	return m
}

// bar draws an amount as a part of the largest one, which is room characters long: at least
// one character unless it is zero, of "+" if the new policy refunds more, else of "-".
func bar(m, most refund.Money, room int) string {
	if m.Sign() == 0 || room < 1 {
		return ""
	}
	part := size(m).Decimal().Coefficient()
	part.Mul(part, big.NewInt(int64(room)))
	part.Quo(part, most.Decimal().Coefficient())
	n := max(int(part.Int64()), 1)
	if m.Sign() > 0 {
		return strings.Repeat("+", n)
	}
	return strings.Repeat("-", n)
}
