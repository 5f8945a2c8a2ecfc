package ledger_test

import (
	"fmt"
	"slices"
)

// alerts returns the alerts of the model, sorted.
func (m model) alerts() (list []string) {
	add := func(code string, amount int64, payment, id string) {
		if amount > 0 {
			list = append(list, fmt.Sprint(code, " ", amount, " ", payment, " ", id))
		}
	}
	of, all := m.standings()
	_, beyond := m.room()
	add("beyond_cap", beyond, "", "")
	rest := all.excess
	for _, p := range m.all("paid") {
		add("excess", of[p.id].excess, p.id, "")
		rest -= of[p.id].excess
		reversed := int64(0)
		for _, v := range m.all("reversed") {
			if v.payment == p.id {
				reversed += v.amount
			}
		}
		add("reversal_beyond_payment", reversed-p.amount, p.id, "")
	}
	add("excess", rest, "", "")
	overpaid := max(0, all.net()-m.price)
	for _, r := range m.all("refunded") {
		add("overpayment_returned", min(overpaid, m.counted(r)), r.payment, r.id)
	}
	for _, d := range m.all("disputed") {
		add("overpayment_returned", min(overpaid, m.counted(d)), d.payment, d.id)
		amount := m.counted(d)
		if m.decided(d.id).what == "open" {
			amount = d.amount
		}
		paid, _ := m.find("paid", d.payment)
		add("dispute_beyond_payment", amount-paid.amount, d.payment, d.id)
	}
	for _, r := range m.all("posted") {
		for _, p := range r.posting.parts {
			state, _ := m.state(p.key)
			if _, want := m.submit(p.key, 0); state == "pending" && want != entered {
				add("instruction_blocked", p.amount, p.payment, p.key)
			}
			failed := slices.ContainsFunc(m.outcomes(m.settler(p.key)), func(f fact) bool { return f.what == "failed" })
			for _, f := range m.all("failed") {
				failed = failed || f.id == p.key
			}
			if state == "settled" && failed {
				add("settled_after_failure", p.amount, p.payment, p.key)
			}
		}
	}
	slices.Sort(list)
	return list
}
