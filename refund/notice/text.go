package notice

import (
	"strings"
	"unicode/utf8"
)

// width is the length of a line of plain text, in characters.
const width = 72

// The headings and the closing words of a letter.
const (
	headFigures = "How we arrive at the amount"
	headFacts   = "The dates that count"
	headGrounds = "Our reasons"
	headNext    = "What happens next"
	closing     = "Kind regards"
	referenceIs = "Reference: "
)

// A lines is a plain text under construction.
type lines struct{ strings.Builder }

func (w *lines) line(s string) {
	w.WriteString(s)
	w.WriteByte('\n')
}

// wrap writes a text in lines that begin with indent; the first begins with first instead.
func (w *lines) wrap(s, first, indent string) {
	for i, part := range wrapped(s, width-utf8.RuneCountInString(indent)) {
		if i == 0 {
			w.line(first + part)
			continue
		}
		w.line(indent + part)
	}
}

// paragraph writes a text with an empty line before it.
func (w *lines) paragraph(s string) {
	w.line("")
	w.wrap(s, "", "")
}

// heading writes a heading with an empty line before it.
func (w *lines) heading(s string) {
	w.line("")
	w.line(s)
}

// row writes a label, and a value that starts or ends in a column of its own.
func (w *lines) row(label, value string, labels, values int, right bool) {
	gap := values - utf8.RuneCountInString(value)
	if !right {
		gap = 0
	}
	parts := wrapped(label, labels)
	for i, part := range parts {
		if i < len(parts)-1 {
			w.line("  " + part)
			continue
		}
		w.line("  " + part + strings.Repeat(" ", max(labels-utf8.RuneCountInString(part), 0)+2+gap) + value)
	}
}

// wrapped returns a text in lines of at most so many characters, unless a word is longer.
func wrapped(s string, most int) (list []string) {
	line, n := "", 0
	for _, word := range strings.Fields(s) {
		size := utf8.RuneCountInString(word)
		if n > 0 && n+1+size > most {
			list, line, n = append(list, line), "", 0
		}
		if n > 0 {
			line, n = line+" ", n+1
		}
		line, n = line+word, n+size
	}
	return append(list, line)
}

// text returns the letter as plain text.
func (p *page) text() string {
	var w lines
	p.head(&w)
	w.line(p.subject)
	w.paragraph(p.greeting())
	w.paragraph(p.first)
	for _, s := range p.said {
		w.paragraph(s)
	}
	p.list(&w, headGrounds, p.grounds)
	if rows := p.rows(); rows != nil {
		w.heading(headFigures)
		w.sum(rows)
	}
	if p.facts != nil {
		w.heading(headFacts)
		w.facts(p.facts)
	}
	p.list(&w, headNext, p.next)
	w.paragraph(closing)
	w.line(p.company())
	for _, s := range plainLines(p.opt.Statutory) {
		w.paragraph(s)
	}
	return w.String()
}

// head writes addresses, date and reference, with an empty line after each group.
func (p *page) head(w *lines) {
	group := func(list []string) {
		for _, s := range list {
			w.line(s)
		}
		if list != nil {
			w.line("")
		}
	}
	group(p.sender())
	group(p.recipient())
	group(p.about())
}

func (p *page) list(w *lines, heading string, list []string) {
	if list != nil {
		w.heading(heading)
		w.bullets(list)
	}
}

// bullets writes a list.
func (w *lines) bullets(list []string) {
	for _, s := range list {
		w.wrap(s, "- ", "  ")
	}
}

// facts writes labels and their values in two columns.
func (w *lines) facts(list [][2]string) {
	labels := 0
	for _, fact := range list {
		labels = max(labels, utf8.RuneCountInString(fact[0]))
	}
	for _, fact := range list {
		w.row(fact[0], fact[1], labels, 0, false)
	}
}

// sum writes the rows of a sum, with a rule above each total.
func (w *lines) sum(rows []row) {
	labels, values := 0, 0
	for _, r := range rows {
		values = max(values, utf8.RuneCountInString(r.Amount))
	}
	for _, r := range rows {
		labels = max(labels, min(utf8.RuneCountInString(r.Label), max(width-4-values, 24)))
	}
	for _, r := range rows {
		if r.Total {
			w.line("  " + strings.Repeat("-", labels+2+values))
		}
		w.row(r.Label, r.Amount, labels, values, true)
	}
}

// A row is a line of a sum as it is shown.
type row struct {
	Label, Amount string
	Total         bool
}

// rows returns the lines of a sum, and the total.
func (f *figures) rows() (list []row) {
	for _, line := range f.lines {
		list = append(list, row{line.label, money(line.amount), false})
	}
	return append(list, row{f.total.label, money(f.total.amount), true})
}

// rows returns the sum of the letter, and the part of it that is released. It is nil for a
// letter without a sum.
func (p *page) rows() []row {
	if p.figures.lines == nil {
		return nil
	}
	list := p.figures.rows()
	if !p.released.amount.IsZero() {
		list = append(list, row{p.released.label, money(p.released.amount), true})
	}
	return list
}

// sender returns the company's name and address.
func (p *page) sender() []string {
	return append(plainLines(p.opt.Company), plainLines(p.opt.CompanyAddress...)...)
}

// recipient returns the customer's name and address, or nil without an address.
func (p *page) recipient() []string {
	address := plainLines(p.opt.CustomerAddress...)
	if address == nil {
		return nil
	}
	return append(plainLines(p.opt.Customer), address...)
}

// about returns the date and the reference.
func (p *page) about() (list []string) {
	list = plainLines(p.date())
	if s := p.reference(); s != "" {
		list = append(list, referenceIs+s)
	}
	return list
}
