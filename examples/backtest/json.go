package main

import (
	"encoding/json"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// The JSON of a report.
type (
	jsonReport struct {
		Cases      int                   `json:"cases"`
		Excluded   int                   `json:"excluded"`
		Unread     int                   `json:"unread"`
		Faults     []fault               `json:"faults,omitempty"`
		Before     *jsonRefused          `json:"refused_before,omitempty"`
		After      *jsonRefused          `json:"refused_after,omitempty"`
		Currencies []jsonTotal           `json:"currencies"`
		Statuses   map[refund.Clause]int `json:"statuses,omitempty"`
		Above      []refund.Money        `json:"above_limit,omitempty"`
	}
	jsonRefused struct {
		Cases int            `json:"cases"`
		Paths map[string]int `json:"paths"`
		More  int            `json:"more,omitempty"`
	}
	jsonTotal struct {
		Currency   refund.Currency `json:"currency"`
		Cases      int             `json:"cases"`
		Changed    int             `json:"changed"`
		Before     refund.Money    `json:"before"`
		After      refund.Money    `json:"after"`
		Difference refund.Money    `json:"difference"`
		Moves      []jsonMove      `json:"moves"`
		Verdicts   []jsonVerdicts  `json:"verdicts"`
		Movers     []jsonMover     `json:"movers"`
	}
	jsonMove struct {
		Cause  whatif.Cause `json:"cause"`
		Amount refund.Money `json:"amount"`
		Cases  int          `json:"cases"`
	}
	jsonVerdicts struct {
		Before refund.Verdict `json:"before"`
		After  refund.Verdict `json:"after"`
		Cases  int            `json:"cases"`
	}
	jsonMover struct {
		Subscription  string         `json:"subscription"`
		Before        refund.Money   `json:"before"`
		After         refund.Money   `json:"after"`
		Difference    refund.Money   `json:"difference"`
		VerdictBefore refund.Verdict `json:"verdict_before"`
		VerdictAfter  refund.Verdict `json:"verdict_after"`
		Cause         whatif.Cause   `json:"cause"`
	}
)

// json returns the report for programs.
func (r *result) json() ([]byte, error) {
	out := jsonReport{
		Cases:      r.Cases,
		Excluded:   r.Excluded,
		Unread:     r.unread,
		Faults:     r.faulty,
		Before:     refusedJSON(r.RefusedBefore),
		After:      refusedJSON(r.RefusedAfter),
		Currencies: []jsonTotal{},
		Statuses:   map[refund.Clause]int{},
		Above:      r.above,
	}
	for clause, n := range r.Statuses {
		if n > 0 {
			out.Statuses[refund.Clause(clause)] = n
		}
	}
	for _, t := range r.Totals {
		total := jsonTotal{
			Currency: t.Currency, Cases: t.Cases, Changed: t.Changed,
			Before: t.Before, After: t.After, Difference: t.Difference(),
			Moves: []jsonMove{}, Verdicts: []jsonVerdicts{}, Movers: []jsonMover{},
		}
		for _, cause := range whatif.Causes() {
			if move := t.Moves[cause]; move.Cases > 0 {
				total.Moves = append(total.Moves, jsonMove{cause, move.Amount, move.Cases})
			}
		}
		for before, row := range t.Verdicts {
			for after, n := range row {
				if n > 0 {
					total.Verdicts = append(total.Verdicts, jsonVerdicts{refund.Verdict(before), refund.Verdict(after), n})
				}
			}
		}
		for _, m := range t.Movers {
			total.Movers = append(total.Movers, jsonMover{m.Subscription, m.Before, m.After, m.Difference(), m.VerdictBefore, m.VerdictAfter, m.Cause})
		}
		out.Currencies = append(out.Currencies, total)
	}
	text, err := json.MarshalIndent(out, "", "  ")
	return append(text, '\n'), err
}

func refusedJSON(r whatif.Refused) *jsonRefused {
	if r.Cases == 0 {
		return nil
	}
	paths := map[string]int{}
	for _, p := range r.Paths {
		paths[p.Path] = p.Cases
	}
	return &jsonRefused{r.Cases, paths, r.More}
}
