package ledger_test

import (
	"errors"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

const (
	unchanged = "no change"
	refused   = "refused"
)

// An op is a method that records a state.
type op struct {
	name string
	tell func(l ledger.Ledger, id string, at time.Time) (ledger.Ledger, error)
	to   ledger.State
}

var instructionOps = []op{
	{"Submit", ledger.Ledger.Submit, ledger.StateSubmitted},
	{"Settle", ledger.Ledger.Settle, ledger.StateSettled},
	{"Fail", ledger.Ledger.Fail, ledger.StateFailed},
}

// checkCell calls a method, and checks the state of one instruction or dispute, which get
// returns, against a cell of a table.
func checkCell(t *testing.T, before ledger.Ledger, o op, id, want string, get func(ledger.Ledger) (ledger.State, time.Time)) {
	t.Helper()
	from, since := get(before)
	after, err := o.tell(before, id, day(20))
	switch want {
	case refused:
		refusedWith(t, ledger.ErrTransition)(after, err)
		var of *ledger.TransitionError
		if !errors.As(err, &of) || of.From != from || of.To != o.to {
			t.Errorf("error is %v, want from %v to %v", err, from, o.to)
		}
	case unchanged:
		addsNothing(t, before)(after, err)
		if state, at := get(after); state != from || !at.Equal(since) {
			t.Errorf("%v since %v became %v since %v", from, since, state, at)
		}
	default:
		if err != nil || after.Version() != before.Version()+1 {
			t.Fatalf("version %d became %d, %v", before.Version(), after.Version(), err)
		}
		if state, at := get(after); state.String() != want || state != o.to || !since.IsZero() && !at.Equal(day(20)) {
			t.Errorf("is %v since %v, want %s", state, at, want)
		}
		addsNothing(t, after)(o.tell(after, id, day(21)))
	}
	if state, _ := get(before); state != from {
		t.Errorf("the old books say %v", state)
	}
}

// The table of instructions in the package's doc, cell by cell.
func TestInstructionTable(t *testing.T) {
	pending, keys := refunded(t, opened(t, "100.00", "100.00"), "60.00", "R-1")
	key := keys[0]
	submitted := must(t)(pending.Submit(key, day(13)))
	get := func(l ledger.Ledger) (ledger.State, time.Time) {
		s := l.Refunds()[0].Shares[0]
		return s.State, s.At
	}
	for _, row := range []struct {
		state string
		books []ledger.Ledger // by all ways to get there
		cells [3]string
	}{
		{"pending", []ledger.Ledger{pending}, [3]string{"submitted", "settled", "failed"}},
		{"submitted", []ledger.Ledger{submitted}, [3]string{unchanged, "settled", "failed"}},
		{"settled", []ledger.Ledger{must(t)(submitted.Settle(key, day(14))), must(t)(pending.Settle(key, day(14)))}, [3]string{unchanged, unchanged, "failed"}},
		{"failed", []ledger.Ledger{
			must(t)(pending.Fail(key, day(14))),
			must(t)(submitted.Fail(key, day(14))),
			must(t)(must(t)(submitted.Settle(key, day(14))).Fail(key, day(15))),
		}, [3]string{refused, refused, unchanged}},
	} {
		for i, o := range instructionOps {
			t.Run(row.state+"/"+o.name, func(t *testing.T) {
				for _, books := range row.books {
					if state, _ := get(books); state.String() != row.state {
						t.Fatalf("state is %v: this test is wrong", state)
					}
					checkCell(t, books, o, key, row.cells[i], get)
				}
			})
		}
	}
	// In the states that count, the money is returned.
	wantFigures(t, pending, "100 60 0 40 0 40")
	wantFigures(t, submitted, "100 60 0 40 0 40")
	wantFigures(t, must(t)(submitted.Settle(key, day(14))), "100 60 0 40 0 40")
	wantFigures(t, must(t)(submitted.Fail(key, day(14))), "100 0 0 100 0 100")
	wantFigures(t, must(t)(must(t)(pending.Settle(key, day(14))).Fail(key, day(15))), "100 0 0 100 0 100")
}

// The table of disputes in the package's doc, cell by cell.
func TestDisputeTable(t *testing.T) {
	unknown := opened(t, "100.00", "100.00")
	claim := ledger.Dispute{ID: "D-1", Payment: "P-1", Amount: usd("30.00"), At: day(13)}
	open := must(t)(unknown.RecordDispute(claim))
	won, lost := must(t)(open.WinDispute("D-1", day(14))), must(t)(open.LoseDispute("D-1", day(14)))
	ops := []op{
		{"RecordDispute", func(l ledger.Ledger, id string, at time.Time) (ledger.Ledger, error) {
			again := claim
			again.At = at
			return l.RecordDispute(again)
		}, ledger.StateOpen},
		{"WinDispute", ledger.Ledger.WinDispute, ledger.StateWon},
		{"LoseDispute", ledger.Ledger.LoseDispute, ledger.StateLost},
	}
	get := func(l ledger.Ledger) (ledger.State, time.Time) {
		list := l.Disputes()
		if len(list) == 0 {
			return 0, time.Time{}
		}
		if d := list[0]; d.ID != "D-1" || d.Payment != "P-1" || !d.Amount.Equal(usd("30.00")) {
			t.Errorf("dispute is %+v", d)
		}
		return list[0].State, time.Time{}
	}
	for _, row := range []struct {
		state string
		books ledger.Ledger
		cells [3]string
	}{
		{"unset", unknown, [3]string{"open", "unknown", "unknown"}},
		{"open", open, [3]string{unchanged, "won", "lost"}},
		{"won", won, [3]string{unchanged, unchanged, refused}},
		{"lost", lost, [3]string{unchanged, refused, unchanged}},
	} {
		for i, o := range ops {
			t.Run(row.state+"/"+o.name, func(t *testing.T) {
				if state, _ := get(row.books); state.String() != row.state {
					t.Fatalf("state is %v: this test is wrong", state)
				}
				if row.cells[i] == "unknown" {
					refusedWith(t, ledger.ErrUnknown)(o.tell(row.books, "D-1", day(20)))
					return
				}
				checkCell(t, row.books, o, "D-1", row.cells[i], get)
			})
		}
	}
	wantFigures(t, open, "100 0 30 70 0 70")
	wantFigures(t, won, "100 0 0 100 0 100")
	wantFigures(t, lost, "100 30 0 70 0 70")
	if at := lost.Disputes()[0].At; !at.Equal(day(13)) {
		t.Errorf("disputed at %v", at)
	}
}

func TestUnknown(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	posted, keys := refunded(t, base, "60.00", "R-1")
	for _, r := range []struct {
		why   string
		books ledger.Ledger
		key   string
		paths []string
	}{
		{"no such instruction", posted, "0000", nil},
		{"the key of the refund is not that of an instruction", posted, "R-1", nil},
		{"the id of a payment is not the key of an instruction", posted, "P-1", nil},
		{"not posted in these books", base, keys[0], nil},
		{"no key", posted, "", []string{"id"}},
	} {
		because(t, r.why, func(t *testing.T) {
			for _, o := range instructionOps {
				if r.paths != nil {
					invalidWith(t, r.paths...)(o.tell(r.books, r.key, day(13)))
					continue
				}
				refusedWith(t, ledger.ErrUnknown)(o.tell(r.books, r.key, day(13)))
			}
		})
	}
	for _, o := range instructionOps {
		invalidWith(t, "at")(o.tell(posted, keys[0], time.Time{}))
	}
	refusedWith(t, ledger.ErrUnknown)(posted.WinDispute("R-1", day(13)))
	invalidWith(t, "id", "at")(posted.LoseDispute("", time.Time{}))
	refusedWith(t, ledger.ErrUnknown)(posted.RecordDispute(ledger.Dispute{ID: "D-1", Payment: "P-2", Amount: usd("1.00"), At: day(13)}))
}

// The state of a refund is the earliest of its shares that have not failed.
func TestStateOfARefund(t *testing.T) {
	books, keys := refunded(t, opened(t, "100.00", "50.00", "50.00"), "80.00", "R-1")
	if len(keys) != 2 {
		t.Fatalf("%d instructions", len(keys))
	}
	ways := map[ledger.State][]func(l ledger.Ledger, key string) ledger.Ledger{
		ledger.StatePending: {func(l ledger.Ledger, key string) ledger.Ledger { return l }},
		ledger.StateSubmitted: {func(l ledger.Ledger, key string) ledger.Ledger {
			return must(t)(l.Submit(key, day(13)))
		}},
		ledger.StateSettled: {func(l ledger.Ledger, key string) ledger.Ledger { return must(t)(l.Settle(key, day(13))) }},
		ledger.StateFailed:  {func(l ledger.Ledger, key string) ledger.Ledger { return must(t)(l.Fail(key, day(13))) }},
	}
	states := []ledger.State{ledger.StatePending, ledger.StateSubmitted, ledger.StateSettled, ledger.StateFailed}
	for i, first := range states {
		for j, second := range states {
			t.Run(first.String()+" and "+second.String(), func(t *testing.T) {
				l := ways[second][0](ways[first][0](books, keys[0]), keys[1])
				want := states[min(i, j)]
				r, _ := l.Refund("R-1")
				if r.State != want || l.Refunds()[0].State != want || r.Shares[0].State != first || r.Shares[1].State != second {
					t.Errorf("refund is %v of %v and %v", r.State, r.Shares[0].State, r.Shares[1].State)
				}
				left := map[bool]int{true: 0, false: 1}
				counts := 50*left[first == ledger.StateFailed] + 30*left[second == ledger.StateFailed]
				if got, _ := l.Totals().Returned.MinorUnits(); got != int64(counts)*100 {
					t.Errorf("returned %v, want %d", l.Totals().Returned, counts)
				}
			})
		}
	}
	for _, state := range append(states, 0, ledger.StateOpen, 200) {
		err := error(&ledger.TransitionError{From: state, To: ledger.StateWon})
		if !errors.Is(err, ledger.ErrTransition) || errors.Is(err, decision.ErrStale) || err.Error() != "ledger: won cannot follow "+state.String() {
			t.Errorf("error is %v", err)
		}
	}
}
