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

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// Programs that refund are killed at random moments, and so is the server. Every
// acknowledged change must be in the books, and the next program completes the refunds of
// the last.

const (
	programEnv = "LEDGERSTORE_PROGRAM" // makes the test binary a program
	crashes    = 10                    // each kills two programs that refund and one that records facts
	crashSubs  = 16
	crashMany  = 200_000 // cents for each: more than the test refunds
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
	var facts [][2]string
	for round := range crashes {
		recorder := startRecorder(t, d, fmt.Sprintf("fact-%d", round))
		asking := make(chan struct{})
		go func() {
			defer close(asking)
			for n := 0; recorder.on(id(n % crashSubs)); n++ {
				time.Sleep(2 * time.Millisecond)
			}
		}()
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
		recorder.kill()
		<-asking
		facts = append(facts, recorder.facts...)
		for i := range crashSubs {
			books := loaded(t, s, id(i))
			audit(t, books)
			wantContinued(t, books, before[id(i)])
			before[id(i)] = books
		}
		wantPosts(t, posts, before)
		wantFacts(t, facts, before)
		if t.Failed() {
			return
		}
	}

	all := map[string]ledger.Ledger{}
	refunds := 0
	for i := range crashSubs {
		if err := deliverAll(t.Context(), s.Store, loaded(t, s, id(i)), g.pay); err != nil {
			t.Fatal(err)
		}
		all[id(i)] = loaded(t, s, id(i))
		refunds += len(all[id(i)].Refunds())
		if refunded, paid := audit(t, all[id(i)]), g.sums()[id(i)]; refunded != paid {
			t.Errorf("%s: the gateway paid %d cents, the books have %d", id(i), paid, refunded)
		}
	}
	wantPosts(t, posts, all)
	wantFacts(t, facts, all)
	wantTable(t, d, all)
	for _, wrong := range g.wrong {
		t.Error(wrong)
	}
	t.Logf("%s: %d programs killed, the server %d times; %d posts acknowledged, %d in the books; %d facts; %d pay-outs requested %d times; %.1f s",
		d.kind, 3*crashes, servers, len(posts), refunds, len(facts), len(g.paid), g.calls, time.Since(began).Seconds())
	if len(posts) < 2*crashes || len(facts) < crashes {
		t.Error("fewer posts were stored than programs ran: the test does too little")
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

// runWriter starts a program that refunds, kills it at a random moment after its first
// refund, and returns its output lines.
func runWriter(t *testing.T, d database, name string) (said [][]string, err error) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := programOn(ctx, d, "refunds", name)
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
				_ = cmd.Process.Kill() // SIGKILL; if it had ended by itself, Wait reports it
			})
		}
		said = append(said, strings.Fields(lines.Text()))
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		return said, fmt.Errorf("writer %s ended by itself: %v", name, err)
	}
	if len(said) == 0 {
		return nil, fmt.Errorf("writer %s wrote no line for a minute", name)
	}
	return said, nil
}

func programOn(ctx context.Context, d database, role, name string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), programEnv+"="+strings.Join([]string{role, d.kind, name, d.source}, "|"))
	cmd.Stderr = os.Stderr
	return cmd
}

// program is the main function of such a program. It writes each line with one call, so that a line is complete or missing.
func program(of string) int {
	parts := strings.SplitN(of, "|", 4)
	role, kind, name, source := parts[0], parts[1], parts[2], parts[3]
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour) // if nobody kills it
	defer cancel()
	var h handle
	var err error
	for h, err = openStore(ctx, kind, source); err != nil; h, err = openStore(ctx, kind, source) {
		if ctx.Err() != nil {
			break
		}
	}
	s := sqlstore.Store{Books: stubborn{h.Books}} // the server is also killed
	run := refundForever
	if role == "facts" {
		run = factProgram
	}
	if err := run(ctx, s, name); err != nil {
		fmt.Fprintln(os.Stderr, role, name, err)
		return 1
	}
	return 0
}

func refundForever(ctx context.Context, s sqlstore.Store, name string) error {
	pay := func(subscription, key string, amount int64) answer {
		fmt.Println("pay", subscription, key, amount)
		return answer{ledger.StateSettled, start.AddDate(0, 0, 8)}
	}
	// First complete the refunds that the last program left.
	for i := range crashSubs {
		books, err := s.Load(ctx, id(i))
		if err != nil {
			return err
		}
		if err := deliverAll(ctx, s, books, pay); err != nil {
			return err
		}
	}
	for n := 0; ; n++ {
		subscription, key := id(n%crashSubs), fmt.Sprintf("%s-%d", name, n)
		books, err := s.Load(ctx, subscription)
		if err != nil {
			return err
		}
		d, err := decide(books, "officer-"+name, 1)
		if err != nil {
			return err
		}
		books, err = s.Post(ctx, d, key, ledger.Options{}, start.AddDate(0, 0, 6))
		// After some facts the books have the amounts of an earlier decision of this officer
		// again. A decision with the same instant and amount is then equal to one that is already
		// posted.
		if errors.Is(err, decision.ErrStale) || errors.Is(err, ledger.ErrConflict) {
			continue
		}
		if err != nil {
			return err
		}
		fmt.Println("posted", subscription, key, d.Digest())
		r, _ := books.Refund(key)
		for _, share := range r.Shares {
			if err := deliver(ctx, s, subscription, share.Instruction, pay); err != nil {
				return err
			}
		}
	}
}
