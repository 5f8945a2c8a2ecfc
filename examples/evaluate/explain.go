package main

import (
	"github.com/kasperinfotech/refundpolicy/examples/internal/terminal"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// An explained is the format for people with the reasons of each case.
type explained struct{}

func (explained) head(b []byte) []byte { return b }

func (explained) outcome(b []byte, number int, o *refund.Outcome) []byte {
	b = line(b, "=== line %d", number)
	return append(append(b, notice.Explain(*o)...), '\n')
}

func (explained) refusal(b []byte, number int, subscription string, invalid *refund.InvalidError) []byte {
	title := "Refused"
	if subscription != "" {
		title = terminal.Shown(subscription, 40) + ". Refused"
	}
	b = line(b, "=== line %d\n%s", number, title)
	for _, fault := range invalid.Faults {
		for i, text := range terminal.Wrap(fault.Error(), terminal.MinWidth-2) {
			b = line(b, "%s%s", [...]string{"- ", "  "}[min(i, 1)], text)
		}
	}
	return append(b, '\n')
}

func (explained) foot(b []byte, sums *totals) []byte { return sumsOf(b, sums) }
