package ledger_test

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// This file compares the books of a machine with the model.

// note counts the rare conditions that hold in a model.
func (s *machine) note(m model) {
	of, all := m.standings()
	note := func(what string, holds bool) {
		if holds {
			s.hit("%s", what)
		}
	}
	_, beyond := m.room()
	alone, rest := int64(0), all.excess
	for _, p := range m.all("paid") {
		x := m.alone(p)
		alone += x.disputed
		rest -= of[p.id].excess
	}
	note("excess", all.excess > 0)
	note("excess without a payment", rest > 0)
	note("a refund without a payment takes a disputed amount", alone > all.disputed)
	note("beyond the cap", beyond > 0)
	note("more was paid than the price", all.net() > m.price)
	for _, p := range m.all("paid") {
		sum, refunds, lost := m.bounced(p)
		note("reversals are more than the payment", sum > p.amount)
		note("a named refund does not fit into the payment", sum > p.amount && refunds > 0)
		note("a named dispute does not fit into the payment", sum > p.amount && lost > 0)
	}
	for _, r := range m.all("refunded") {
		note("a named refund does not count", r.key == "" && latest(m.outcomes(r)).what == "settled" && m.counted(r) == 0)
	}
	for _, d := range m.all("disputed") {
		v := m.decided(d.id)
		note("a lost dispute counts in part", v.what == "lost" && m.counted(d) < v.amount)
		note("lost in part", v.what == "lost" && v.amount < d.amount)
		note("lost more than disputed", v.what == "lost" && v.amount > d.amount)
	}
	posted := map[int]int{}
	for _, r := range m.all("posted") {
		if m.refundState(r) != "failed" {
			posted[r.posting.decision]++
		}
		note("a failed refund settles after its decision was posted again", posted[r.posting.decision] > 1)
	}
}

// check fails unless books agree with the model and obey the laws of totals.
func (s *machine) check(l ledger.Ledger, m model) {
	of, all := m.standings()
	t := l.Totals()
	room, beyond := m.room()
	got := append(s.units(t.Paid, t.Returned, t.Disputed, t.Available, t.Excess, t.BeyondCap, t.Room), int64(l.Version()))
	want := []int64{all.net(), all.gone() - all.excess, all.disputed, all.available, all.excess, beyond, room, int64(m.version())}
	if !slices.Equal(got, want) {
		s.Fatalf("paid, returned, disputed, available, excess, beyond, room, version are %v, want %v", got, want)
	}
	if all.net() != all.available+all.disputed+all.gone()-all.excess {
		s.Fatalf("paid is not available + disputed + returned: %+v", all)
	}
	for i, f := range m.all("paid") {
		p, x := l.Payments()[i], of[f.id]
		got := s.units(p.Amount, p.Reversed, p.Refunded, p.Lost, p.Disputed, p.Available, p.Excess)
		want := []int64{x.amount, x.reversed, x.refunded, x.lost, x.disputed, x.available, x.excess}
		if p.ID != f.id || p.Method != f.method || !slices.Equal(got, want) || slices.Min(want) < 0 {
			s.Fatalf("payment %+v, want %+v, %v", p, f, want)
		}
	}
	s.checkFacts(l, m)
	s.checkRefunds(l, m)
}

// checkFacts compares disputes, outside refunds and reversals.
func (s *machine) checkFacts(l ledger.Ledger, m model) {
	for i, f := range m.all("disputed") {
		d, v := l.Disputes()[i], m.decided(f.id)
		if d.ID != f.id || d.Payment != f.payment || s.units(d.Amount)[0] != f.amount || !d.At.Equal(day(f.at)) || d.State.String() != v.what {
			s.Fatalf("dispute %+v, want %+v, %s", d, f, v.what)
		}
		if v.what == "lost" && s.units(d.Lost)[0] != v.amount || v.what != "lost" && !d.Lost.IsZero() {
			s.Fatalf("dispute %+v, lost %d", d, v.amount)
		}
		if v.what == "open" && !d.DecidedAt.IsZero() || v.what != "open" && !d.DecidedAt.Equal(day(v.at)) {
			s.Fatalf("dispute %+v, decided on day %d", d, v.at)
		}
	}
	for i, f := range m.all("refunded") {
		r, state := l.OutsideRefunds()[i], latest(m.outcomes(f)).what
		if r.ID != f.id || r.Payment != f.payment || r.Key != f.key || r.Reason != f.reason || s.units(r.Amount)[0] != f.amount || !r.At.Equal(day(f.at)) || r.State.String() != state {
			s.Fatalf("outside refund %+v, want %+v, %s", r, f, state)
		}
	}
	for i, f := range m.all("reversed") {
		if v := l.Reversals()[i]; v.ID != f.id || v.Payment != f.payment || v.Refund != f.refund || v.Dispute != f.disputed || s.units(v.Amount)[0] != f.amount || !v.At.Equal(day(f.at)) {
			s.Fatalf("reversal %+v, want %+v", v, f)
		}
	}
}

// checkRefunds compares the refunds, and the instructions that are outstanding.
func (s *machine) checkRefunds(l ledger.Ledger, m model) {
	var outstanding []string
	for i, f := range m.all("posted") {
		r := l.Refunds()[i]
		if r.Key != f.id || s.numbers[r.Decision] != f.posting.decision || s.units(r.Amount)[0] != f.amount || r.State.String() != m.refundState(f) || len(r.Shares) != len(f.posting.parts) {
			s.Fatalf("refund %+v, want %+v, %s", r, f, m.refundState(f))
		}
		for j, p := range f.posting.parts {
			state, since := m.state(p.key)
			if share := r.Shares[j]; share.Payment != p.payment || s.units(share.Amount)[0] != p.amount || share.Key != p.key || share.State.String() != state || !share.At.Equal(day(since)) {
				s.Fatalf("share %+v, want %+v, %s on day %d", share, p, state, since)
			}
			if state == "pending" || state == "submitted" {
				outstanding = append(outstanding, state+" "+p.key)
			}
		}
	}
	var got []string
	for _, share := range l.Outstanding() {
		got = append(got, share.State.String()+" "+share.Key)
	}
	if !slices.Equal(got, outstanding) {
		s.Fatalf("outstanding are %q, want %q", got, outstanding)
	}
	var alerts []string
	for _, a := range l.Alerts() {
		alerts = append(alerts, fmt.Sprint(a.Code, " ", s.units(a.Amount)[0], " ", a.Payment, " ", a.ID))
		s.hit("alert %s", a.Code)
	}
	byCode := slices.IsSortedFunc(l.Alerts(), func(a, b ledger.Alert) int { return cmp.Compare(a.Code, b.Code) })
	if want := m.alerts(); !byCode || !slices.Equal(slices.Sorted(slices.Values(alerts)), want) {
		s.Fatalf("alerts are %q, want %q", alerts, want)
	}
}
