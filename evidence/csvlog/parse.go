package csvlog

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// mostIssues is the largest number of issues in one record. It bounds the memory.
const mostIssues = 1000

// A parser converts one record, and collects its faults and doubts.
type parser struct {
	*Reader
	m        *Mapping
	line     int
	faults   refund.Faults
	warnings refund.Faults
}

func (p *parser) record() Record {
	h := evidence.Header{ID: p.id(), Account: p.text(p.m.Account), Agent: p.text(p.m.Agent), Issues: p.issues()}
	t := p.times()
	h.Start, h.End = t.start, t.end
	record := Record{Line: p.line}
	if p.m.Kind == evidence.KindCall {
		record.Call = &evidence.Call{Header: h, Answered: t.answered, From: p.text(p.m.From), To: p.text(p.m.To)}
	} else {
		record.Recording = &evidence.Recording{Header: h, Software: p.m.Software}
	}
	record.Warnings = p.warnings
	return record
}

// text returns the text of a column, and "" for one that the file does not have.
func (p *parser) text(column string) string {
	i, ok := p.index[column]
	if !ok {
		return ""
	}
	s := p.in.Text(i)
	reason := ""
	if !utf8.ValidString(s) {
		reason = lengthOf(s) + " is not UTF-8"
	} else if strings.Contains(s, "\x00") {
		reason = lengthOf(s) + " has a NUL"
	}
	if !slices.Contains(p.faults, refund.Fault{Path: column, Reason: reason}) { // two fields may have one column
		p.faults.Add(column, reason)
	}
	return s
}

// lengthOf describes a text of the file, which an error must not quote.
func lengthOf(s string) string { return "a text of " + strconv.Itoa(len(s)) + " bytes" }

func (p *parser) id() string {
	var parts []string
	for _, column := range p.m.ID {
		if text := p.text(column); text != "" || len(parts) == 0 {
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 || parts[0] == "" {
		return "line-" + strconv.Itoa(p.line)
	}
	return strings.Join(parts, "-")
}

func (p *parser) issues() (ids []string) {
	text := p.text(p.m.Issues)
	if text == "" {
		return nil
	}
	all := strings.FieldsFuncSeq(text, isBetweenIssues)
	if p.m.SplitIssues != nil {
		all = slices.Values(p.m.SplitIssues(text))
	}
	seen := map[string]bool{"": true}
	for id := range all {
		if seen[id] {
			continue
		}
		if len(ids) == mostIssues {
			p.faults.Add(p.m.Issues, "names more than "+strconv.Itoa(mostIssues)+" issues")
			return nil
		}
		seen[id] = true
		ids = append(ids, id)
	}
	return ids
}

func isBetweenIssues(c rune) bool {
	switch c {
	case ' ', '\t', '\r', '\n', ',', ';':
		return true
	}
	return false
}

// answered reports whether the record states that a call was answered.
func (p *parser) answered(billable time.Duration) bool {
	if p.m.Disposition == "" {
		return p.text(p.m.Answered) != "" || billable > 0
	}
	answered, known := p.m.Dispositions[p.text(p.m.Disposition)]
	if !known {
		p.warnings.Add(p.m.Disposition, "is not a known disposition; the call counts as unanswered")
	}
	return answered
}
