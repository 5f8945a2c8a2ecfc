package ledgerstore_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// A second program records facts between the refunds, like those of a provider's webhooks
// and exports. It reads subscriptions from its input, records a fact on each, and writes a
// line for each stored fact.

// factProgram is the main function of that program. It runs until it is killed or its input ends.
func factProgram(ctx context.Context, s sqlstore.Store, name string) error {
	random := rand.New(rand.NewPCG(uint64(crc32.ChecksumIEEE([]byte(name))), 7))
	in := bufio.NewScanner(os.Stdin)
	for n := 0; in.Scan(); n++ {
		subscription := in.Text()
		books, err := s.Load(ctx, subscription)
		if err != nil {
			return err
		}
		id := fmt.Sprintf("%s-%d", name, n)
		facts := someFacts(random, books, id, start.AddDate(0, 0, 7).Add(time.Duration(n)*time.Minute))
		for range 1 + random.IntN(2) { // webhooks are delivered again
			if books, err = s.Record(ctx, subscription, facts...); err != nil {
				return fmt.Errorf("%v: %w", facts[0].Kind, err)
			}
		}
		for _, e := range facts {
			if !hasFact(books, factID(e)) {
				return fmt.Errorf("%v was recorded, but is not in the books", e.Kind)
			}
			fmt.Println("fact", subscription, factID(e))
		}
	}
	return in.Err()
}

// factID identifies a fact; the instant of a verdict is a part of it.
func factID(e ledger.Event) string {
	switch e.Kind {
	case ledger.EventWon, ledger.EventLost, ledger.EventRefundFailed:
		return fmt.Sprintf("%v/%s/%d", e.Kind, e.ID, e.At.Unix())
	}
	return fmt.Sprintf("%v/%s", e.Kind, e.ID)
}

func hasFact(books ledger.Ledger, id string) bool {
	for _, e := range books.Events() {
		if factID(e) == id {
			return true
		}
	}
	return false
}

// someFacts returns one or two facts on books.
func someFacts(random *rand.Rand, books ledger.Ledger, id string, at time.Time) []ledger.Event {
	paid := fmt.Sprintf("PAY-%d", 1+random.IntN(len(books.Payments())))
	amount := usd(int64(1 + random.IntN(30)))
	dispute := ledger.Event{Kind: ledger.EventDisputed, At: at, ID: id, Payment: paid, Amount: usd(int64(50 + random.IntN(50)))}
	verdict := func(id string) ledger.Event {
		if random.IntN(2) == 0 {
			return ledger.Event{Kind: ledger.EventWon, At: at, ID: id}
		}
		return ledger.Event{Kind: ledger.EventLost, At: at, ID: id, Amount: usd(int64(1 + random.IntN(120)))}
	}
	switch random.IntN(10) {
	case 0:
		p := payment(len(books.Payments())+1, 1000)
		if len(books.Payments()) > 3 {
			p = books.Payments()[2].Payment // an earlier report again
		}
		return []ledger.Event{{Kind: ledger.EventPaid, At: p.At, ID: p.ID, Amount: p.Amount, Method: p.Method}}
	case 1, 2:
		return []ledger.Event{{Kind: ledger.EventReversed, At: at, ID: id, Payment: paid, Amount: amount}}
	case 3:
		return []ledger.Event{dispute}
	case 4, 5:
		if list := books.Disputes(); len(list) > 0 {
			return []ledger.Event{verdict(list[random.IntN(len(list))].ID)} // maybe for the second time
		}
		return []ledger.Event{dispute, verdict(id)}
	case 6:
		if list := books.OutsideRefunds(); len(list) > 0 && list[0].Key == "" {
			return []ledger.Event{{Kind: ledger.EventRefundFailed, At: at, ID: list[0].ID}}
		}
	case 7: // a refund of ours, in the provider's list
		for _, r := range books.Refunds() {
			for _, share := range r.Shares {
				if share.State == ledger.StateSettled && !hasFact(books, "refunded/re-"+share.Key) {
					return []ledger.Event{{
						Kind: ledger.EventRefunded, At: share.At, ID: "re-" + share.Key,
						Amount: share.Amount, Payment: share.Payment, Key: share.Key,
					}}
				}
			}
		}
	}
	outside := ledger.Event{Kind: ledger.EventRefunded, At: at, ID: id, Amount: amount, Payment: paid, Reason: "dashboard"}
	if random.IntN(4) == 0 {
		outside.Payment = ""
	}
	return []ledger.Event{outside}
}

// A recorder is a running program of this kind.
type recorder struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	ended chan struct{}

	mu    sync.Mutex
	facts [][2]string // stored facts: the subscription and the fact's id
}

func startRecorder(t *testing.T, d database, name string) *recorder {
	t.Helper()
	r := &recorder{cmd: programOn(t.Context(), d, "facts", name), ended: make(chan struct{})}
	var err error
	if r.in, err = r.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if words := strings.Fields(lines.Text()); len(words) == 3 {
				r.mu.Lock()
				r.facts = append(r.facts, [2]string{words[1], words[2]})
				r.mu.Unlock()
			}
		}
		close(r.ended)
	}()
	return r
}

// on requests a fact on a subscription. It reports whether the program is still running.
func (r *recorder) on(subscription string) bool {
	_, err := fmt.Fprintln(r.in, subscription)
	return err == nil
}

// end waits for the program to read to the end.
func (r *recorder) end() error {
	err := r.in.Close()
	<-r.ended
	return errors.Join(err, r.cmd.Wait())
}

// kill kills the program.
func (r *recorder) kill() {
	_ = r.cmd.Process.Kill()
	<-r.ended
	_ = r.cmd.Wait() // it was killed
}

func wantFacts(t *testing.T, facts [][2]string, all map[string]ledger.Ledger) {
	t.Helper()
	for _, f := range facts {
		if !hasFact(all[f[0]], f[1]) {
			t.Errorf("%s: an acknowledged fact is lost: %s", f[0], f[1])
		}
	}
}
