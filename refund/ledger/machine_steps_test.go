package ledger_test

import (
	"errors"
	"slices"
	"strconv"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// The steps of a machine.

// storyOf plays a sequence of steps, and counts their verdicts.
func storyOf(t *rapid.T) map[string]int {
	s := &machine{
		T:        t,
		currency: rapid.SampledFrom([]refund.Currency{refund.MustCurrency("USD"), refund.MustCurrency("JPY")}).Draw(t, "currency"),
		price:    rapid.SampledFrom([]int64{100, 7, 19_999}).Draw(t, "price"),
		numbers:  map[refund.Digest]int{},
		keys:     map[instr]string{},
		instrs:   map[string]instr{},
		hits:     map[string]int{},
	}
	books := must(t)(ledger.New(sold(s.money(s.price))))
	s.store = hand{books: books, model: model{price: s.price}}
	s.writers = [2]hand{s.store, s.store}
	s.strangers()
	for i := range s.writers {
		s.pay(&s.writers[i])
		s.commit(&s.writers[i])
	}
	steps := []func(*hand){
		s.decide, s.decide, s.post, s.post, s.post, s.post, s.post, s.instruct, s.instruct, s.instruct, s.instruct,
		s.dispute, s.dispute, s.resolve, s.resolve, s.resolve, s.pay, s.round, s.reread, s.commit,
	}
	for range rapid.IntRange(30, 90).Draw(t, "steps") {
		steps[s.pick("step", len(steps))](&s.writers[s.pick("writer", 2)])
	}
	return s.hits
}

// strangers are decisions that are not for these books.
func (s *machine) strangers() {
	s.wishes, s.made = append(s.wishes, wish{none: true}), append(s.made, decision.Decision{})
	for i, other := range []struct {
		id    string
		price int64
	}{{"SUB-2", s.price}, {"SUB-1", s.price + 1}} {
		subscription := sold(s.money(other.price))
		subscription.ID = other.id
		c := asked(s.T, must(s.T)(ledger.New(sold(subscription.Price), ledger.Payment{ID: "P-1", At: day(2), Amount: subscription.Price})))
		c.Subscription.ID = other.id
		d, err := decision.Approve(policy(), c, shown(s.T, c), approval("ana", s.money(1)))
		if err != nil {
			s.Fatalf("not decided: %v", err)
		}
		s.wishes = append(s.wishes, wish{number: -1 - i, amount: 1, price: other.price, paid: other.price, elsewhere: other.id != "SUB-1"})
		s.made = append(s.made, d)
	}
}

// id draws an id, which is rarely none.
func (s *machine) id(label, prefix string, n int) string {
	if s.pick("no "+label, 20) == 0 {
		return ""
	}
	return prefix + strconv.Itoa(1+s.pick(label, n))
}

// latest draws an index, which is often the last one.
func (s *machine) latest(label string, n int) int {
	if s.pick(label, 5) < 3 {
		return n - 1
	}
	return s.pick(label+" of all", n)
}

func (s *machine) decide(w *hand) {
	c := asked(s.T, w.books)
	paid, before, disputed := w.model.judged()
	left := w.model.refundable()
	amount := s.about("decided", max(1, left))
	officer := rapid.SampledFrom([]string{"ana", "bob"}).Draw(s.T, "officer")
	var d decision.Decision
	var err error
	label := "approved"
	switch s.pick("kind of decision", 6) {
	case 0:
		label = "goodwill"
		charges := min(s.about("charges", s.price), s.price)
		d, err = decision.Grant(policy(), c, shown(s.T, c), decision.Goodwill{
			By: decision.Officer{ID: officer, Limit: most(c.Subscription.Price)}, At: day(11), Charges: s.money(charges), Fees: s.money(0), Reason: "a long wait",
		})
		amount = min(charges-before-disputed, left)
	case 1:
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
	if err != nil || s.units(d.Amount()) != amount {
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

func (s *machine) post(w *hand) {
	i := s.latest("wish", len(s.wishes))
	of := s.wishes[i]
	key := s.id("key", "R-", 8)
	var before []fact // refunds of the same decision
	for _, r := range w.model.all("posted") {
		if r.decision == of.number {
			before = append(before, r)
		}
	}
	if len(before) > 0 && s.pick("again", 3) == 0 {
		key = before[s.pick("which", len(before))].id
	}
	order := s.pick("order", 10) % 4
	if order == 3 && s.pick("no order", 3) > 0 {
		order = 0
	}
	next, want := w.model.post(of, key, order)
	switch all := w.model.sums(); {
	case want == unchanged && !w.model.spent(of.number):
		s.hit("a failed refund is posted again under its key")
	case want != entered:
	case of.amount <= 0 || all.gone()+all.disputed+of.amount > min(s.price, all.amount):
		s.Fatalf("the model breaks the law: %+v on %+v", of, all)
	default:
		if len(before) > 0 {
			s.hit("a failed decision is posted again under another key")
		}
		s.readKeys(w.books, i, key, order, next)
	}
	s.tell("post", w, next, want, func(l ledger.Ledger) (ledger.Ledger, error) {
		return l.Post(s.made[i], key, ledger.Options{Order: ledger.Order(order)}, day(12))
	})
}

// readKeys posts on a copy, compares the instructions with the model, and notes their keys.
func (s *machine) readKeys(l ledger.Ledger, i int, key string, order int, m model) {
	after, err := l.Post(s.made[i], key, ledger.Options{Order: ledger.Order(order)}, day(12))
	if err != nil {
		s.Fatalf("not posted: %v", err)
	}
	r, _ := after.Refund(key)
	var got []part
	for _, share := range r.Shares {
		p := part{share.Payment, s.units(share.Amount)}
		got = append(got, p)
		s.name(instr{key, s.wishes[i].number, p}, share.Key)
		if paid, _ := m.find("paid", p.payment); share.Method != paid.method || p.amount <= 0 {
			s.Fatalf("share %+v on %+v", share, paid)
		}
	}
	if want, _ := m.find("posted", key); !slices.Equal(got, want.parts) {
		s.Fatalf("split is %v, want %v", got, want.parts)
	}
}

// name notes the key of an instruction, which never changes, and no other one has.
func (s *machine) name(i instr, key string) {
	if known, ok := s.keys[i]; ok && known != key {
		s.Fatalf("%+v has the keys %s and %s", i, known, key)
	}
	if known, ok := s.instrs[key]; ok && known != i {
		s.Fatalf("%+v and %+v have one key", i, known)
	}
	if s.keys[i] == "" {
		s.named = append(s.named, i)
	}
	s.keys[i], s.instrs[key] = key, i
}

func (s *machine) instruct(w *hand) {
	var list []instr
	for _, r := range w.model.all("posted") {
		for _, p := range r.parts {
			list = append(list, instr{r.id, r.decision, p})
		}
	}
	of, key := instr{}, rapid.SampledFrom([]string{"", "R-1"}).Draw(s.T, "no key")
	switch n := s.pick("instruction", 20); {
	case n < 17 && len(list) > 0:
		if claimed := slices.DeleteFunc(slices.Clone(list), func(i instr) bool {
			x := w.model.standing(i.payment)
			return x.excess == 0 && x.disputed == x.open || w.model.state(i) != "pending"
		}); len(claimed) > 0 && s.pick("claimed", 2) == 0 {
			list = claimed
		}
		of = list[s.latest("which instruction", len(list))]
		key = s.keys[of]
	case n < 19:
		if len(s.named) > 0 { // of a refund that may not be in these books
			of = s.named[s.pick("named", len(s.named))]
			key = s.keys[of]
		}
	}
	o := instructionOps[s.pick("state", 3)]
	next, want := w.model.instruct(of, o.to.String())
	state := w.model.state(of)
	if state == "" {
		state = "unset"
	}
	if key == "" {
		want = invalid("id")
	}
	if x := w.model.standing(of.payment); want == "disputed" && x.open == 0 {
		s.hit("lost before it was submitted")
	}
	s.tell(o.to.String()+" "+state, w, next, want, func(l ledger.Ledger) (ledger.Ledger, error) { return o.tell(l, key, day(13)) })
}

func (s *machine) dispute(w *hand) {
	id := s.id("dispute", "D-", 4)
	payment := s.id("payment", "P-", 3)
	if list := w.model.all("posted"); len(list) > 0 && s.pick("of a refund", 2) == 0 {
		payment = list[s.latest("which refund", len(list))].parts[0].payment
	}
	paid, _ := w.model.find("paid", payment)
	amount := s.about("claimed", paid.amount)
	if s.pick("a faulty claim", 20) == 0 {
		amount = -amount
	}
	known, again := w.model.find("disputed", id)
	if again && s.pick("again", 2) == 0 {
		payment, amount = known.payment, known.amount
	}
	state := w.model.disputeState(id)
	if !again {
		state = "unset"
	}
	next, want := w.model.dispute(id, payment, amount, 13)
	s.tell("dispute "+state, w, next, want, func(l ledger.Ledger) (ledger.Ledger, error) {
		return l.RecordDispute(ledger.Dispute{ID: id, Payment: payment, Amount: s.money(amount), At: day(13)})
	})
	if s.pick("decided at once", 3) == 0 {
		s.resolved(w, id)
	}
}

func (s *machine) resolve(w *hand) {
	id := s.id("dispute", "D-", 4)
	if list := w.model.all("disputed"); len(list) > 0 && s.pick("one that is known", 4) > 0 {
		id = list[s.latest("which dispute", len(list))].id
	}
	s.resolved(w, id)
}

func (s *machine) resolved(w *hand, id string) {
	to := rapid.SampledFrom([]string{"won", "lost"}).Draw(s.T, "outcome")
	state := w.model.disputeState(id)
	if state == "" {
		state = "unset"
	}
	next, want := w.model.resolve(id, to)
	resolve := ledger.Ledger.LoseDispute
	if to == "won" {
		resolve = ledger.Ledger.WinDispute
	}
	s.tell(to+" "+state, w, next, want, func(l ledger.Ledger) (ledger.Ledger, error) { return resolve(l, id, day(14)) })
	if w.model.sums().excess > 0 {
		s.hit("excess")
	}
}

func (s *machine) pay(w *hand) {
	id := s.id("payment", "P-", 4)
	at := rapid.IntRange(2, 4).Draw(s.T, "received")
	method := rapid.SampledFrom([]string{"", "visa 4242"}).Draw(s.T, "method")
	amount := s.about("paid", s.price)
	if s.pick("a faulty payment", 20) == 0 {
		amount = rapid.SampledFrom([]int64{0, -1, -amount}).Draw(s.T, "faulty amount")
	}
	if known, again := w.model.find("paid", id); again && s.pick("again", 2) == 0 {
		amount, method = known.amount, known.method
	}
	next, want := w.model.pay(id, at, amount, method)
	s.tell("pay", w, next, want, func(l ledger.Ledger) (ledger.Ledger, error) {
		return l.RecordPayment(ledger.Payment{ID: id, At: day(at), Amount: s.money(amount), Method: method})
	})
}

// reread drops the changes that a writer has not stored.
func (s *machine) reread(w *hand) {
	s.hit("read: from the store")
	*w = s.store
}
