package main

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// jsonLines is the format for programs.
type jsonLines struct{}

func (jsonLines) head(b []byte) []byte { return b }

func (jsonLines) outcome(b []byte, _ int, o *refund.Outcome) []byte {
	b, err := o.AppendJSON(b)
	if err != nil {
		panic(err) // documented to be nil
	}
	return append(b, '\n')
}

func (jsonLines) refusal(b []byte, line int, subscription string, invalid *refund.InvalidError) []byte {
	b = strconv.AppendInt(append(b, `{"line":`...), int64(line), 10)
	if subscription != "" {
		b = strict.AppendString(append(b, `,"subscription":`...), subscription)
	}
	b = strict.AppendString(append(b, `,"error":`...), invalid.Error())
	b = append(b, `,"fields":[`...)
	for i, fault := range invalid.Faults {
		if i > 0 {
			b = append(b, ',')
		}
		b = strict.AppendString(b, fault.Path)
	}
	return append(b, "]}\n"...)
}

func (jsonLines) foot(b []byte, _ *totals) []byte { return b }
