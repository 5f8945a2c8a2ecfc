package ledger_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A hand is a copy of the books, that of a writer or of the store, and their model.
type hand struct {
	base  int // the version that was read from the store
	books ledger.Ledger
	model model
}

// A machine has two writers, a store and a provider. The store accepts a writer's books
// only while it has the version that the writer read. Facts happen at the provider, and its
// reports reach the writers too early, late, twice, or never.
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
	named    []string // keys of instructions, also in discarded books
	happened []fact   // at the provider
	late     []fact   // of these, those not yet delivered
	hits     map[string]int
	steps    int
}

// An instr is the content of an instruction.
type instr struct {
	refund   string
	decision int
	payment  string
	amount   int64
}

func (s *machine) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(s.T, label) }

// rarely returns true in 1 of 30 draws. It is for faults. It compares with 20, because rapid draws 0 more often.
func (s *machine) rarely(label string) bool { return s.pick(label, 30) == 20 }

func (s *machine) money(minor int64) refund.Money {
	m, err := refund.NewMoney(decimal.New(minor, -int32(s.currency.Digits())), s.currency)
	if err != nil {
		s.Fatalf("not an amount: %v", err)
	}
	return m
}

// units returns amounts in minor units.
func (s *machine) units(amounts ...refund.Money) (list []int64) {
	for _, m := range amounts {
		n, err := m.MinorUnits()
		if err != nil || m.Currency() != s.currency {
			s.Fatalf("an amount of %v: %v", m, err)
		}
		list = append(list, n)
	}
	return list
}

func (s *machine) hit(format string, args ...any) { s.hits[fmt.Sprintf(format, args...)]++ }

// about draws an amount that is often another amount, or its half.
func (s *machine) about(label string, whole int64) int64 {
	switch s.pick(label, 6) {
	case 0, 1:
		return max(1, whole)
	case 2:
		return max(1, whole/2)
	case 3:
		return max(1, whole/3)
	case 4:
		return whole + 1
	}
	return rapid.Int64Range(1, max(1, whole)).Draw(s.T, label+" at random")
}

// words returns an error in the words of the model.
func (s *machine) words(err error) string {
	var is error
	text := ""
	var books *ledger.BooksError
	switch {
	case pathsOf(err) != nil:
		return invalid(pathsOf(err)...)
	case errors.As(err, &books):
		is, text = decision.ErrStale, fmt.Sprintf("other books: %s %d, now %d", books.What, s.units(books.Then)[0], s.units(books.Now)[0])
	case errors.Is(err, ledger.ErrConflict):
		is, text = ledger.ErrConflict, conflict
	case errors.Is(err, ledger.ErrUnknown):
		is, text = ledger.ErrUnknown, unknown
	case errors.Is(err, ledger.ErrDisputed):
		is, text = ledger.ErrDisputed, "disputed"
	case errors.Is(err, ledger.ErrInsufficient):
		is, text = ledger.ErrInsufficient, "insufficient"
	case errors.Is(err, ledger.ErrFailed):
		is, text = ledger.ErrFailed, "failed"
	case errors.Is(err, decision.ErrNothingToRefund):
		is, text = decision.ErrNothingToRefund, "nothing to refund"
	}
	if wantOnly(s.T, err, is); s.Failed() {
		s.FailNow()
	}
	return text
}

// kind returns a verdict without its amounts.
func kind(verdict string) string {
	text, rest, _ := strings.Cut(verdict, ":")
	if text == "other books" {
		text += " " + strings.Fields(rest)[0]
	}
	return text
}

// step makes the same change to a writer's books as to the model, and compares the results.
func (s *machine) step(label string, w *hand, next model, want string, do func(ledger.Ledger) (ledger.Ledger, error)) {
	s.steps++
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
	if err != nil {
		return
	}
	if got == unchanged && !after.Equal(before) {
		s.Fatalf("%s: other books without a new event", label)
	}
	if got == entered {
		s.check(before, w.model) // the old books have not changed
		s.check(after, next)
		s.note(next)
	}
	w.books, w.model = after, next
	if s.pick("store it", 10) < 6 {
		s.commit(w)
	}
}

// commit stores a writer's books, unless the other writer has stored newer ones.
func (s *machine) commit(w *hand) {
	switch {
	case w.books.Version() == w.base:
		return
	case w.base != s.store.books.Version():
		s.hit("store: the other writer was faster")
		*w = s.store
	default:
		s.hit("store: stored")
		s.store = *w
		s.store.base = w.books.Version()
	}
	w.base = s.store.base
}

// wanted lists the refusals and the changes of state that must occur in the stories.
func wanted() (list []string) {
	add := func(op, verdicts string) {
		for _, v := range strings.Split(verdicts, "; ") {
			list = append(list, op+": "+v)
		}
	}
	add("paid", "entered; no change; conflict; invalid amount; invalid id")
	add("reversed", "entered; no change; conflict; unknown; invalid amount; invalid id; invalid payment")
	add("refunded", "entered; no change; conflict; unknown; invalid amount; invalid id")
	add("refunded by key", "entered; no change; conflict; unknown")
	add("refunded without a payment", "entered; no change; conflict")
	add("refund_failed unset", "unknown; invalid id")
	add("disputed", "entered; no change; conflict; unknown; invalid amount; invalid id; invalid payment")
	add("won unset", "unknown; invalid id")
	add("lost unset", "unknown; invalid amount; invalid id")
	add("settled unset", "unknown; invalid id")
	add("failed unset", "unknown; invalid id")
	add("submit unset", "unknown; invalid id")
	for _, way := range []string{
		"refund_failed settled to failed", "refund_failed settled to settled", "refund_failed failed to failed",
		"won open to won", "won won to won", "won lost to won", "won lost to lost",
		"lost open to lost", "lost lost to lost", "lost won to lost", "lost won to won",
		"settled pending to settled", "settled submitted to settled", "settled settled to settled", "settled failed to settled", "settled failed to failed",
		"failed pending to failed", "failed submitted to failed", "failed failed to failed", "failed settled to failed", "failed settled to settled",
		"refunded by key pending to settled", "refunded by key submitted to settled", "refunded by key settled to settled",
		"refunded by key failed to settled", "refunded by key failed to failed", "refund_failed of a key settled to failed",
	} {
		add(way, entered)
	}
	for _, same := range []string{"won won", "lost lost", "settled settled", "failed failed", "refund_failed failed"} {
		add(same+" to "+same[strings.Index(same, " ")+1:], unchanged)
	}
	add("submit pending", "entered; insufficient; disputed")
	add("submit submitted", unchanged)
	add("submit settled", unchanged)
	add("submit failed", "failed")
	add("post", "entered; no change; conflict; other books price; other books paid; other books refunded; other books disputed; nothing to refund; "+
		"invalid decision; invalid key; invalid order")
	add("decide", "approved; goodwill; declined; nothing to refund")
	add("store", "stored; the other writer was faster")
	add("read", "restored; decoded; from the store")
	return append(list,
		"a failed refund is posted again under its key", "a failed decision is posted again under another key",
		"a failed refund settles after its decision was posted again", "a tie is the loss", "a tie is the larger loss", "a tie is the settlement",
		"a reversal names a refund", "a reversal names a refund that is not known", "a reversal names a dispute", "a reversal names a dispute that is not known",
		"a named refund does not count", "a lost dispute counts in part", "reversals are more than the payment",
		"a named refund does not fit into the payment", "a named dispute does not fit into the payment",
		"a dispute is above the payment", "lost in part", "lost more than disputed", "excess", "excess without a payment",
		"a refund without a payment takes a disputed amount", "beyond the cap", "more was paid than the price",
		"a payment is insufficient, and the cap is not", "the cap is insufficient, and the payment is not",
		"a payment is disputed, and the cap is not", "the cap is disputed, and the payment is not",
		"alert beyond_cap", "alert excess", "alert overpayment_returned", "alert instruction_blocked", "alert settled_after_failure",
		"alert dispute_beyond_payment", "alert reversal_beyond_payment",
		"delivered late", "delivered again", "delivered too early, and again")
}

// After any steps of the two writers, the store and the provider, in any order, the books
// agree with the model, and the laws of totals hold. With -rapid.checks=20000, as in
// .ci/long, the test takes a million steps.
func TestBooksAgreeWithTheModel(t *testing.T) {
	steps := 0
	rapid.Check(t, func(t *rapid.T) { steps += storyOf(t).steps })
	t.Log(steps, "steps")
}

// Every refusal and every change of state occurs in the stories, which are the same in
// every run.
func TestMachineReachesEveryRefusalAndState(t *testing.T) {
	hits, steps := map[string]int{}, 0
	stories := rapid.Custom(func(t *rapid.T) (s *machine) {
		defer func() { // rapid replaces an example that fails by another one
			if failure := recover(); failure != nil {
				s = &machine{hits: map[string]int{fmt.Sprint("failed: ", failure): 1}}
			}
		}()
		return storyOf(t)
	})
	for seed := range 180 {
		s := stories.Example(seed + 1)
		steps += s.steps
		for hit, n := range s.hits {
			if hits[hit] += n; strings.HasPrefix(hit, "failed: ") {
				t.Fatalf("story %d %s", seed+1, hit)
			}
		}
	}
	for _, hit := range wanted() {
		if hits[hit] == 0 {
			t.Errorf("%q did not occur in %d steps", hit, steps)
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
