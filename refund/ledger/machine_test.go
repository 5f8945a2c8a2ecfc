package ledger_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A hand is the books as a writer has them, or the store, with the model of them.
type hand struct {
	base  int // the version of the store that it was read from
	books ledger.Ledger
	model model
}

// A machine is two writers over one store, which takes a writer's books only while it
// has the version that the writer read.
type machine struct {
	*rapid.T
	currency refund.Currency
	price    int64
	store    hand
	writers  [2]hand
	wishes   []wish
	made     []decision.Decision // of the wishes
	numbers  map[refund.Digest]int
	keys     map[instr]string
	instrs   map[string]instr
	named    []instr // that have keys
	hits     map[string]int
}

func (s *machine) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(s.T, label) }

func (s *machine) money(minor int64) refund.Money {
	m, err := refund.NewMoney(decimal.New(minor, -int32(s.currency.Digits())), s.currency)
	if err != nil {
		s.Fatalf("not an amount: %v", err)
	}
	return m
}

func (s *machine) units(m refund.Money) int64 {
	n, err := m.MinorUnits()
	if err != nil || m.Currency() != s.currency {
		s.Fatalf("an amount of %v: %v", m, err)
	}
	return n
}

func (s *machine) hit(format string, args ...any) { s.hits[fmt.Sprintf(format, args...)]++ }

// about draws an amount that is often the whole of another, or its half.
func (s *machine) about(label string, whole int64) int64 {
	switch s.pick(label, 6) {
	case 0, 1:
		return whole
	case 2:
		return max(1, whole/2)
	case 3:
		return max(1, whole/3)
	case 4:
		return whole + 1
	}
	return rapid.Int64Range(1, max(1, whole)).Draw(s.T, label+" at random")
}

// words are an error in the words of the model.
func (s *machine) words(err error) string {
	var is error
	text := ""
	var books *ledger.BooksError
	var step *ledger.TransitionError
	switch {
	case pathsOf(err) != nil:
		return invalid(pathsOf(err)...)
	case errors.As(err, &books):
		is, text = decision.ErrStale, fmt.Sprintf("other books: %s %d, now %d", books.What, s.units(books.Then), s.units(books.Now))
	case errors.As(err, &step):
		is, text = ledger.ErrTransition, transition(step.From.String(), step.To.String())
	case errors.Is(err, ledger.ErrConflict):
		is, text = ledger.ErrConflict, conflict
	case errors.Is(err, ledger.ErrUnknown):
		is, text = ledger.ErrUnknown, unknown
	case errors.Is(err, ledger.ErrDisputed):
		is, text = ledger.ErrDisputed, "disputed"
	case errors.Is(err, decision.ErrNothingToRefund):
		is, text = decision.ErrNothingToRefund, "nothing to refund"
	}
	if wantOnly(s.T, err, is); s.Failed() {
		s.FailNow()
	}
	return text
}

// kind is a verdict without its figures.
func kind(verdict string) string {
	text, rest, _ := strings.Cut(verdict, ":")
	if text == "other books" {
		text += " " + strings.Fields(rest)[0]
	}
	return text
}

// tell makes a writer do what the model has done already, and compares.
func (s *machine) tell(label string, w *hand, next model, want string, do func(ledger.Ledger) (ledger.Ledger, error)) {
	before := w.books
	after, err := do(before)
	got := unchanged
	switch {
	case err != nil:
		if got = s.words(err); !after.Equal(ledger.Ledger{}) {
			s.Fatalf("%s: books beside %v", label, err)
		}
	case after.Version() == before.Version()+1:
		got = entered
	case after.Version() != before.Version():
		s.Fatalf("%s: version %d became %d", label, before.Version(), after.Version())
	}
	if got != want {
		s.Fatalf("%s: %s, want %s (%v)", label, got, want, err)
	}
	s.hit("%s: %s", label, kind(want))
	s.check(before, w.model) // it is what it was
	if err != nil {
		return
	}
	if got == unchanged && !after.Equal(before) {
		s.Fatalf("%s: other books without a new event", label)
	}
	w.books, w.model = after, next
	if got == entered {
		s.check(after, next)
	}
	if s.pick("store it", 10) < 6 {
		s.commit(w)
	}
}

// commit stores what a writer has, if nobody else has stored anything since.
func (s *machine) commit(w *hand) {
	switch {
	case w.books.Version() == w.base:
		return
	case w.base != s.store.books.Version():
		s.hit("store: another one was faster")
		*w = s.store
	default:
		s.hit("store: stored")
		s.store = *w
		s.store.base = w.books.Version()
	}
	w.base = s.store.base
}

// check compares books with the model of them, and holds them to the law.
func (s *machine) check(l ledger.Ledger, m model) {
	all, t := m.sums(), l.Totals()
	got := []int64{int64(l.Version()), s.units(t.Paid), s.units(t.Returned), s.units(t.Disputed), s.units(t.Available), s.units(t.Excess), s.units(t.Refundable)}
	want := []int64{int64(m.version()), all.amount, all.refunded + all.lost, all.disputed, all.available, all.excess, m.refundable()}
	if !slices.Equal(got, want) {
		s.Fatalf("version, paid, returned, disputed, available, excess, refundable are %v, want %v", got, want)
	}
	if all.amount != all.available+all.disputed+all.refunded+all.lost {
		s.Fatalf("paid is not available + disputed + returned: %+v", all)
	}
	for i, f := range m.all("paid") {
		p, x := l.Payments()[i], m.standing(f.id)
		got := []int64{s.units(p.Amount), s.units(p.Refunded), s.units(p.Lost), s.units(p.Disputed), s.units(p.Available)}
		if want := []int64{x.amount, x.refunded, x.lost, x.disputed, x.available}; p.ID != f.id || p.Method != f.method || !slices.Equal(got, want) {
			s.Fatalf("payment %s: amount, refunded, lost, disputed, available are %v, want %v of %s", p.ID, got, want, f.id)
		}
		if slices.Min(got) < 0 || x.refunded+x.lost > x.amount {
			s.Fatalf("payment %s breaks the law: %v", p.ID, got)
		}
	}
	for i, f := range m.all("disputed") {
		d := l.Disputes()[i]
		if d.ID != f.id || d.Payment != f.payment || s.units(d.Amount) != f.amount || d.State.String() != m.disputeState(f.id) {
			s.Fatalf("dispute %+v, want %+v, %s", d, f, m.disputeState(f.id))
		}
	}
	counts := map[int]int{}
	for i, f := range m.all("posted") {
		r := l.Refunds()[i]
		if r.Key != f.id || s.numbers[r.Decision] != f.decision || s.units(r.Amount) != f.amount || r.State.String() != m.refundState(f) || len(r.Shares) != len(f.parts) {
			s.Fatalf("refund %+v, want %+v, %s", r, f, m.refundState(f))
		}
		for j, p := range f.parts {
			of := instr{f.id, f.decision, p}
			if share := r.Shares[j]; share.Payment != p.payment || s.units(share.Amount) != p.amount || share.Key != s.keys[of] || share.State.String() != m.state(of) {
				s.Fatalf("share %+v, want %+v, %s", share, of, m.state(of))
			}
		}
		if m.refundState(f) != "failed" {
			counts[f.decision]++
		}
	}
	for number, n := range counts {
		if n > 1 {
			s.Fatalf("decision %d is paid %d times", number, n)
		}
	}
}

// wanted are the cells of the tables, and the refusals, that the stories must reach.
func wanted() (list []string) {
	add := func(op, verdicts string) {
		for _, v := range strings.Split(verdicts, "; ") {
			list = append(list, op+": "+v)
		}
	}
	list = []string{
		"submitted pending: entered", "settled pending: entered", "failed pending: entered",
		"submitted submitted: no change", "settled submitted: entered", "failed submitted: entered",
		"submitted settled: no change", "settled settled: no change", "failed settled: entered",
		"submitted failed: transition", "settled failed: transition", "failed failed: no change",
		"submitted pending: disputed",
		"dispute unset: entered", "won unset: unknown", "lost unset: unknown",
		"dispute open: no change", "won open: entered", "lost open: entered",
		"dispute won: no change", "won won: no change", "lost won: transition",
		"dispute lost: no change", "won lost: transition", "lost lost: no change",
	}
	for _, what := range []string{"submitted", "settled", "failed"} {
		add(what+" unset", "unknown; invalid id")
	}
	for _, what := range []string{"won", "lost"} {
		add(what+" unset", "invalid id")
	}
	add("dispute unset", "unknown; invalid amount; invalid id; invalid payment")
	add("dispute open", "conflict")
	add("dispute won", "conflict")
	add("dispute lost", "conflict")
	add("pay", "entered; no change; conflict; invalid amount; invalid id")
	add("post", "entered; no change; conflict; other books price; other books paid; other books refunded; other books disputed; nothing to refund; "+
		"invalid decision; invalid key; invalid order")
	add("decide", "approved; goodwill; declined; nothing to refund")
	add("store", "stored; another one was faster")
	add("read", "restored; decoded; from the store")
	return append(list, "a failed refund is posted again under its key", "a failed decision is posted again under another key", "lost before it was submitted", "excess")
}

// Two writers and a store: whatever they do, in whatever order, on whatever books they
// have in hand, the books are those of the model, and the law holds.
func TestMachine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { storyOf(t) })
}

// The stories, which are the same in every run, reach every cell of the tables and every
// refusal.
func TestMachineMeetsEverything(t *testing.T) {
	hits := map[string]int{}
	stories := rapid.Custom(func(t *rapid.T) (hits map[string]int) {
		defer func() { // rapid would draw another example in place of one that fails
			if failure := recover(); failure != nil {
				hits = map[string]int{fmt.Sprint("failed: ", failure): 1}
			}
		}()
		return storyOf(t)
	})
	for seed := range 400 {
		for hit, n := range stories.Example(seed + 1) {
			if hits[hit] += n; strings.HasPrefix(hit, "failed: ") {
				t.Fatalf("story %d %s", seed+1, hit)
			}
		}
	}
	for _, hit := range wanted() {
		if hits[hit] < 3 {
			t.Errorf("%q was met %d times", hit, hits[hit])
		}
	}
}

// round writes the books and reads them again.
func (s *machine) round(w *hand) {
	var again ledger.Ledger
	var err error
	if s.pick("as JSON", 2) == 0 {
		again, err = ledger.Restore("SUB-1", s.money(s.price), w.books.Events())
		s.hit("read: restored")
	} else {
		var text []byte
		if text, err = w.books.MarshalJSON(); err == nil {
			err = again.UnmarshalJSON(text)
		}
		s.hit("read: decoded")
	}
	if err != nil || !again.Equal(w.books) {
		s.Fatalf("the restored ledger differs: %v", err)
	}
	s.check(again, w.model)
	w.books = again
}
