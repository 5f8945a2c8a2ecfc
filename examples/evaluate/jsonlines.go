package main

import (
	"bytes"
	"encoding/json"

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

func (jsonLines) refusal(b []byte, line int, invalid *refund.InvalidError) []byte {
	refusal := struct {
		Line   int      `json:"line"`
		Error  string   `json:"error"`
		Fields []string `json:"fields"`
	}{line, invalid.Error(), make([]string, 0, len(invalid.Faults))}
	for _, fault := range invalid.Faults {
		refusal.Fields = append(refusal.Fields, fault.Path)
	}
	out := bytes.NewBuffer(b)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(refusal); err != nil {
		panic(err) // a number and strings can be encoded
	}
	return out.Bytes()
}

func (jsonLines) foot(b []byte, _ *totals) []byte { return b }
