package ledgerstore_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/ledgerstore"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Programs that refund are killed in the middle of it, again and again, and so is the
// server. Whatever they were told is in the books, and each next one finishes what the
// last has begun.

const (
	writerEnv = "LEDGERSTORE_WRITER" // makes the test binary a program that refunds
	crashes   = 10
	crashSubs = 16
	crashMany = 200_000 // cents for each: more than is refunded in the time
)

func TestCrashes(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { crash(t, newSQLite(t), nil) })
	t.Run("postgres", func(t *testing.T) { crash(t, newPostgres(t), startServer(t).crash) })
}

func crash(t *testing.T, d database, crashServer func(t *testing.T)) {
	began := time.Now()
	s := d.store(t)
	for i := range crashSubs {
		opened(t, s, id(i), crashMany, crashMany)
	}
	g := newGateway(false)
	posts := map[string]string{} // the digest of the decision, by subscription and key
	before := map[string]ledger.Ledger{}
	servers := 0
	for round := range crashes {
		var mu sync.Mutex
		var killed sync.WaitGroup
		for n := range 2 { // programs at once
			killed.Go(func() {
				said, err := runWriter(t, d, fmt.Sprintf("%d-%d", round, n))
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				for _, words := range said {
					switch words[0] {
					case "posted":
						posts[words[1]+words[2]] = words[3]
					case "pay":
						amount, err := strconv.ParseInt(words[3], 10, 64)
						if err != nil {
							t.Error(err)
						}
						g.pay(words[1], words[2], amount)
					}
				}
			})
		}
		if crashServer != nil && round%4 == 2 {
			time.Sleep(300 * time.Millisecond)
			crashServer(t)
			servers++
		}
		killed.Wait()
		for i := range crashSubs {
			books := loaded(t, s, id(i))
			audit(t, books)
			wantContinued(t, books, before[id(i)])
			before[id(i)] = books
		}
		wantPosts(t, posts, before)
		if t.Failed() {
			return
		}
	}

	update := func(subscription string, change func(ledger.Ledger) (ledger.Ledger, error)) (ledger.Ledger, error) {
		return s.Update(t.Context(), subscription, change)
	}
	all := map[string]ledger.Ledger{}
	refunds := 0
	for i := range crashSubs {
		if err := deliverAll(update, loaded(t, s, id(i)), g.pay); err != nil {
			t.Fatal(err)
		}
		all[id(i)] = loaded(t, s, id(i))
		refunds += len(all[id(i)].Refunds())
		if refunded, paid := audit(t, all[id(i)]), g.sums()[id(i)]; refunded != paid {
			t.Errorf("%s: the gateway paid %d cents, the books say %d", id(i), paid, refunded)
		}
	}
	wantPosts(t, posts, all)
	wantTable(t, d, all)
	for _, wrong := range g.wrong {
		t.Error(wrong)
	}
	t.Logf("%s: %d programs killed, the server %d times; %d posts acknowledged, %d in the books; %d pay-outs asked for %d times; %.1f s",
		d.kind, 2*crashes, servers, len(posts), refunds, len(g.paid), g.calls, time.Since(began).Seconds())
	if len(posts) < 2*crashes {
		t.Error("less was posted than there were programs: the test tries less than it should")
	}
}

func wantPosts(t *testing.T, posts map[string]string, all map[string]ledger.Ledger) {
	t.Helper()
	for key, digest := range posts {
		r, there := all[key[:len(id(0))]].Refund(key[len(id(0)):])
		if !there || r.Decision.String() != digest {
			t.Errorf("an acknowledged refund is lost: %s", key)
		}
	}
}

// runWriter runs a program that refunds, kills it at some moment after it has begun to,
// and returns the lines that it said.
func runWriter(t *testing.T, d database, name string) (said [][]string, err error) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), writerEnv+"="+strings.Join([]string{d.kind, name, d.source}, "|"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if len(said) == 0 {
			time.AfterFunc(time.Duration(100+rand.IntN(600))*time.Millisecond, func() {
				_ = cmd.Process.Kill() // SIGKILL; that it has ended by itself is told below
			})
		}
		said = append(said, strings.Fields(lines.Text()))
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		return said, fmt.Errorf("writer %s ended by itself: %v", name, err)
	}
	if len(said) == 0 {
		return nil, fmt.Errorf("writer %s said nothing for a minute", name)
	}
	return said, nil
}

// crashWriter is such a program. A line is written at once, or not at all.
func crashWriter(of string) int {
	parts := strings.SplitN(of, "|", 3)
	kind, name, source := parts[0], parts[1], parts[2]
	if err := refundForever(kind, name, source); err != nil {
		fmt.Fprintln(os.Stderr, "writer", name, err)
		return 1
	}
	return 0
}

func refundForever(kind, name, source string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // if nobody kills it
	defer cancel()
	var s ledgerstore.Store
	for {
		var err error
		if s, err = openStore(ctx, kind, source); err == nil {
			break
		} else if ctx.Err() != nil {
			return err
		}
	}
	// The server is killed too: whatever comes to no answer is called again, as it is.
	update := func(subscription string, change func(ledger.Ledger) (ledger.Ledger, error)) (ledger.Ledger, error) {
		for {
			books, err := s.Update(ctx, subscription, change)
			if err == nil || isAnswer(err) || isBroken(err) || ctx.Err() != nil {
				return books, err
			}
		}
	}
	pay := func(subscription, key string, amount int64) ledger.State {
		fmt.Println("pay", subscription, key, amount)
		return ledger.StateSettled
	}
	load := func(subscription string) (ledger.Ledger, error) {
		for {
			books, err := s.Load(ctx, subscription)
			if err == nil || isBroken(err) || ctx.Err() != nil {
				return books, err
			}
		}
	}
	// What the last program left undone, before anything else.
	for i := range crashSubs {
		books, err := load(id(i))
		if err != nil {
			return err
		}
		if err := deliverAll(update, books, pay); err != nil {
			return err
		}
	}
	for n := 0; ; n++ {
		subscription, key := id(n%crashSubs), fmt.Sprintf("%s-%d", name, n)
		books, err := load(subscription)
		if err != nil {
			return err
		}
		d, err := decide(books, "officer-"+name, 1)
		if err != nil {
			return err
		}
		books, err = update(subscription, posting(d, key))
		if errors.Is(err, decision.ErrStale) {
			continue
		}
		if err != nil {
			return err
		}
		fmt.Println("posted", subscription, key, d.Digest())
		r, _ := books.Refund(key)
		for _, share := range r.Shares {
			if err := deliver(update, subscription, key, share.Instruction, pay); err != nil {
				return err
			}
		}
	}
}
