package ledger_test

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// This file has the steps of a machine that are not facts.

// storyOf runs a sequence of steps, and counts their verdicts.
func storyOf(t *rapid.T) *machine {
	s := &machine{
		T:        t,
		currency: rapid.SampledFrom([]refund.Currency{refund.MustCurrency("USD"), refund.MustCurrency("JPY")}).Draw(t, "currency"),
		price:    rapid.SampledFrom([]int64{100, 7, 19_999}).Draw(t, "price"),
		numbers:  map[refund.Digest]int{},
		keys:     map[instr]string{},
		instrs:   map[string]instr{},
		hits:     map[string]int{},
	}
	books := must(t)(ledger.New("SUB-1", s.money(s.price)))
	s.store = hand{books: books, model: model{price: s.price}}
	s.writers = [2]hand{s.store, s.store}
	s.strangers()
	for i := range s.writers {
		s.happen(&s.writers[i], s.paid(&s.writers[i]))
		s.commit(&s.writers[i])
	}
	steps := []func(*hand){
		s.decide, s.decide, s.post, s.post, s.post, s.post, s.post, s.submit, s.submit, s.submit,
		s.provide, s.provide, s.provide, s.provide, s.provide, s.provide, s.provide, s.provide,
		s.deliverLate, s.deliverLate, s.deliverAgain, s.deliverAgain, s.round, s.reread, s.commit,
	}
	for range rapid.IntRange(40, 120).Draw(t, "steps") {
		steps[s.pick("step", len(steps))](&s.writers[s.pick("writer", 2)])
	}
	return s
}

// strangers are decisions that do not belong to these books.
func (s *machine) strangers() {
	s.wishes, s.made = append(s.wishes, wish{none: true}), append(s.made, decision.Decision{})
	for i, other := range []struct {
		id    string
		price int64
	}{{"SUB-2", s.price}, {"SUB-1", s.price + 1}} {
		subscription := sold(s.money(other.price))
		subscription.ID = other.id
		c := asked(s.T, must(s.T)(ledger.New("SUB-1", subscription.Price, ledger.Payment{ID: "P-1", At: day(2), Amount: subscription.Price})))
		c.Subscription.ID = other.id
		d, err := decision.Approve(policy(), c, shown(s.T, c), approval("ana", s.money(1)))
		if err != nil {
			s.Fatalf("not decided: %v", err)
		}
		s.wishes = append(s.wishes, wish{number: -1 - i, amount: 1, price: other.price, paid: other.price, elsewhere: other.id != "SUB-1"})
		s.made = append(s.made, d)
	}
}

// id draws an id, which is rarely empty.
func (s *machine) id(label, prefix string, n int) string {
	if s.rarely("no " + label) {
		return ""
	}
	return prefix + strconv.Itoa(1+s.pick(label, n))
}

// latest draws an index, often the last.
func (s *machine) latest(label string, n int) int {
	if s.pick(label, 5) < 3 {
		return n - 1
	}
	return s.pick(label+" of all", n)
}

func (s *machine) decide(w *hand) {
	c := asked(s.T, w.books)
	paid, before, disputed := w.model.judged()
	left, _ := w.model.room()
	if left == 0 && !s.rarely("decide without room") {
		s.provide(w)
		return
	}
	amount := s.about("decided", max(1, left))
	officer := rapid.SampledFrom([]string{"ana", "bob"}).Draw(s.T, "officer")
	var d decision.Decision
	var err error
	label := "approved"
	switch s.pick("kind of decision", 12) {
	case 10, 11:
		label = "goodwill"
		charges := min(s.about("charges", s.price), s.price)
		d, err = decision.Grant(policy(), c, shown(s.T, c), decision.Goodwill{
			By: decision.Officer{ID: officer, Limit: most(c.Subscription.Price)}, At: day(11), Charges: s.money(charges), Fees: s.money(0), Reason: "a long wait",
		})
		amount = min(charges-before-disputed, left)
	case 9:
		label, amount = "declined", 0
		d = decline(s.T, w.books)
	default:
		amount = min(amount, max(1, left))
		d, err = decision.Approve(policy(), c, shown(s.T, c), approval(officer, s.money(amount)))
	}
	if label != "declined" && min(amount, left) <= 0 {
		if s.hit("decide: nothing to refund"); !errors.Is(err, decision.ErrNothingToRefund) {
			s.Fatalf("without a remaining amount: %v, %v", d, err)
		}
		return
	}
	if err != nil || s.units(d.Amount())[0] != amount {
		s.Fatalf("%s: decided %v, %v; want %d", label, d, err, amount)
	}
	s.hit("decide: %s", label)
	number, known := s.numbers[d.Digest()]
	if !known {
		number = len(s.wishes)
		s.numbers[d.Digest()] = number
	}
	s.wishes = append(s.wishes, wish{number: number, amount: amount, price: s.price, paid: paid, refunded: before, disputed: disputed})
	s.made = append(s.made, d)
}

// fitting returns the decisions that may be posted: those made on books with the same amounts.
func (s *machine) fitting(m model) (list []int) {
	paid, refunded, disputed := m.judged()
	for i, of := range s.wishes {
		if of.price == m.price && of.paid == paid && of.refunded == refunded && of.disputed == disputed && of.amount > 0 && !m.spent(of.number) {
			list = append(list, i)
		}
	}
	return list
}

func (s *machine) post(w *hand) {
	i := s.latest("wish", len(s.wishes))
	if fit := s.fitting(w.model); len(fit) > 0 && s.pick("a fitting wish", 2) == 0 {
		i = fit[s.pick("which fitting one", len(fit))]
	}
	of := s.wishes[i]
	key := s.id("key", "R-", 8)
	var before []fact // refunds of the same decision
	for _, r := range w.model.all("posted") {
		if r.posting.decision == of.number {
			before = append(before, r)
		}
	}
	if len(before) > 0 && s.pick("again", 3) == 0 {
		key = before[s.pick("which", len(before))].id
	}
	order := s.pick("order", 10) % 4
	if order == 3 && !s.rarely("no order") {
		order = 0
	}
	next, want := w.model.post(of, key, order)
	switch all := w.model.sums(); {
	case want == unchanged && !w.model.spent(of.number):
		s.hit("a failed refund is posted again under its key")
	case want != entered:
	case of.amount <= 0 || all.gone()+all.disputed+of.amount > w.model.cap(all):
		s.Fatalf("the model breaks the law: %+v on %+v", of, all)
	default:
		if len(before) > 0 {
			s.hit("a failed decision is posted again under another key")
		}
		s.readKeys(w.books, i, key, order, next)
	}
	s.step("post", w, next, want, func(l ledger.Ledger) (ledger.Ledger, error) {
		return l.Post(s.made[i], key, ledger.Options{Order: ledger.Order(order)}, day(12))
	})
}

// readKeys posts on a copy, compares the instructions with the model, and copies their keys
// into the model.
func (s *machine) readKeys(l ledger.Ledger, i int, key string, order int, m model) {
	after, err := l.Post(s.made[i], key, ledger.Options{Order: ledger.Order(order)}, day(12))
	if err != nil {
		s.Fatalf("not posted: %v", err)
	}
	r, _ := after.Refund(key)
	f, _ := m.find("posted", key)
	parts := f.posting.parts
	for j, share := range r.Shares {
		paid, _ := m.find("paid", share.Payment)
		if len(r.Shares) != len(parts) || share.Payment != parts[j].payment || s.units(share.Amount)[0] != parts[j].amount || share.Method != paid.method || parts[j].amount <= 0 {
			s.Fatalf("split is %+v, want %+v", r.Shares, parts)
		}
		s.name(instr{key, s.wishes[i].number, share.Payment, parts[j].amount}, share.Key)
		parts[j].key = share.Key
	}
}

// name records the key of an instruction. It fails if the key has changed, or if another instruction has it.
func (s *machine) name(i instr, key string) {
	if known, ok := s.keys[i]; ok && known != key {
		s.Fatalf("%+v has the keys %s and %s", i, known, key)
	}
	if known, ok := s.instrs[key]; ok && known != i {
		s.Fatalf("%+v and %+v have one key", i, known)
	}
	if s.keys[i] == "" {
		s.named = append(s.named, key)
	}
	s.keys[i], s.instrs[key] = key, i
}

// instruction draws the key of an instruction. Rarely, the books may not have it, or it is
// not a key.
func (s *machine) instruction(w *hand, states ...string) string {
	var list, fit []string
	for _, r := range w.model.all("posted") {
		for _, p := range r.posting.parts {
			list = append(list, p.key)
			if state, _ := w.model.state(p.key); slices.Contains(states, state) {
				fit = append(fit, p.key)
			}
		}
	}
	if s.rarely("no instruction") {
		return rapid.SampledFrom([]string{"", "R-1"}).Draw(s.T, "no key")
	}
	switch n := s.pick("instruction", 20); {
	case n == 1 && len(s.named) > 0:
		return s.named[s.pick("named", len(s.named))]
	case n < 10 && len(fit) > 0:
		return fit[s.latest("which fitting one", len(fit))]
	case len(list) > 0:
		return list[s.latest("which instruction", len(list))]
	}
	return "R-1"
}

func (s *machine) submit(w *hand) {
	if len(w.model.all("posted")) == 0 && !s.rarely("submit without a refund") {
		s.post(w)
		return
	}
	key := s.instruction(w, "pending")
	next, want := w.model.submit(key, 13)
	if p, known := w.model.part(key); known && (want == "disputed" || want == "insufficient") {
		paid, _ := w.model.find("paid", p.payment)
		x, all := w.model.alone(paid), w.model.sums()
		taken, left := x.gone() > x.net(), all.gone() > w.model.cap(all)
		if want == "disputed" {
			taken, left = x.gone()+x.open > x.net(), all.gone()+all.disputed > w.model.cap(all)
		}
		if taken && !left {
			s.hit("a payment is %s, and the cap is not", want)
		}
		if left && !taken {
			s.hit("the cap is %s, and the payment is not", want)
		}
	}
	s.step("submit "+cmp.Or(stateOf(w.model, fact{what: "settled", id: key}), "unset"), w, next, want, func(l ledger.Ledger) (ledger.Ledger, error) { return l.Submit(key, day(13)) })
}

// reread discards the changes that a writer has not stored.
func (s *machine) reread(w *hand) {
	s.hit("read: from the store")
	*w = s.store
}
