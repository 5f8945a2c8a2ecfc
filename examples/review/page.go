package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A page is a report under construction.
type page struct {
	width int // the largest length of a line, in characters
	b     []byte
}

// head begins a section.
func (p *page) head(title string) {
	p.b = append(p.b, '\n')
	p.line(title)
}

// line appends a line without the blanks at its end.
func (p *page) line(s string) { p.b = append(append(p.b, strings.TrimRight(s, " ")...), '\n') }

// text appends a text, wrapped at the width.
func (p *page) text(s string) {
	for _, line := range wrap(s, p.width) {
		p.line(line)
	}
}

// table appends rows in columns. Each column is as wide as its widest cell. The last column
// has the rest of the line: its text is wrapped, and "\n" in it begins a line. A column whose
// head ends with a space is aligned to the right.
func (p *page) table(rows [][]string) {
	last := len(rows[0]) - 1
	widths, right := make([]int, last), make([]bool, last)
	indent := 0
	for i := range widths {
		right[i] = strings.HasSuffix(rows[0][i], " ")
		for _, row := range rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(strings.TrimSpace(row[i])))
		}
		indent += widths[i] + len(gap)
	}
	for _, row := range rows {
		var line strings.Builder
		for i, width := range widths {
			cell := strings.TrimSpace(row[i])
			pad := strings.Repeat(" ", width-utf8.RuneCountInString(cell))
			if right[i] {
				line.WriteString(pad + cell + gap)
			} else {
				line.WriteString(cell + pad + gap)
			}
		}
		for i, part := range wrap(row[last], max(p.width-indent, narrowest)) {
			if i > 0 {
				line.WriteString(strings.Repeat(" ", indent))
			}
			line.WriteString(part)
			p.line(line.String())
			line.Reset()
		}
	}
}

const (
	gap       = "  "
	narrowest = 20 // the smallest width of a last column
)

// wrap breaks a text into lines of at most width characters, at its blanks if it can. It
// returns at least one line.
func wrap(s string, width int) (lines []string) {
	for paragraph := range strings.SplitSeq(s, "\n") {
		var line []rune
		for word := range strings.FieldsSeq(paragraph) {
			w := []rune(word)
			if len(line) > 0 && len(line)+1+len(w) > width {
				lines = append(lines, string(line))
				line = nil
			}
			if len(line) > 0 {
				line = append(line, ' ')
			}
			line = append(line, w...)
			for len(line) > width { // does not copy the rest, since the whole text may be one word
				lines = append(lines, string(line[:width]))
				line = line[width:]
			}
		}
		lines = append(lines, string(line))
	}
	return lines
}

// shown returns a text of the input so that a terminal can show it: without control and
// bidirectional characters, and cut to a width. A width of 0 means no limit.
func shown(s string, width int) string {
	runes := []rune(s)
	if width > 0 && len(runes) > width {
		runes = append(runes[:width-1], '…')
	}
	for i, r := range runes {
		if !unicode.IsGraphic(r) {
			runes[i] = '·'
		}
	}
	return string(runes)
}
