package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// A soak is a run over many cases.
type soak struct {
	evaluate refundtest.Evaluator
	oracle   int64 // one of so many is held to it; 0 for none
	workers  int
	upTo     int64 // the first seed that is not tried any more
	state    state

	began time.Time
	first int64 // the seed that it began with
}

// blockLength is how many cases a worker takes in hand at a time.
const blockLength = 500

// A block is cases in hand, and then what they came to.
type block struct {
	worker     int
	from, upTo int64
	done       bool
	tally      tally
	broken     *breach
}

// run tries cases until all are done, ctx ends or a law is broken; then it returns the
// breach with the lowest seed. note is called as often as the progress is told, and at
// the end: by then the state is that of whole blocks, from the first on.
func (s *soak) run(ctx context.Context, progress io.Writer, every time.Duration, note func() error) (*breach, error) {
	s.began, s.first = time.Now(), s.state.Next
	feeding, stop := context.WithCancel(ctx)
	defer stop()
	todo, told := s.blocks(feeding), make(chan block)
	var working sync.WaitGroup
	for worker := range s.workers {
		working.Go(func() {
			cases := subjects()
			for b := range todo {
				b.worker = worker
				told <- b
				b.tally, b.broken = tryAll(s.evaluate, cases, b.from, b.upTo, s.oracle)
				b.done = true
				told <- b
			}
		})
	}
	go func() {
		working.Wait()
		close(told)
	}()
	tick := time.NewTicker(every)
	defer tick.Stop()

	var failed error
	var broken *breach
	inHand := make([]block, s.workers)
	ahead := map[int64]block{} // done before one that comes before them
	for open := true; open; {
		select {
		case b, more := <-told:
			if !more {
				open = false
			} else if inHand[b.worker] = b; b.done {
				inHand[b.worker] = block{}
				ahead[b.from] = b
				s.settle(ahead)
				if b.broken != nil && (broken == nil || b.broken.seed < broken.seed) {
					broken = b.broken
					stop()
				}
			}
		case <-tick.C:
			s.tell(progress, inHand, time.Since(s.began))
			if failed = note(); failed != nil {
				tick.Stop()
				stop()
			}
		}
	}
	if failed == nil {
		failed = note()
	}
	if broken != nil {
		broken = broken.shrunk(s.evaluate)
	}
	return broken, failed
}

// blocks sends the blocks that are left, in order, until ctx ends.
func (s *soak) blocks(ctx context.Context) <-chan block {
	todo := make(chan block)
	first := s.state.Next
	go func() {
		defer close(todo)
		for i := range (s.upTo - first + blockLength - 1) / blockLength {
			if ctx.Err() != nil {
				return
			}
			from := first + i*blockLength
			select {
			case todo <- block{from: from, upTo: from + min(blockLength, s.upTo-from)}:
			case <-ctx.Done():
			}
		}
	}()
	return todo
}

// settle moves the state on over blocks that are done and hold.
func (s *soak) settle(ahead map[int64]block) {
	for range len(ahead) {
		b, done := ahead[s.state.Next]
		if !done || b.broken != nil {
			return
		}
		delete(ahead, s.state.Next)
		s.state.Next = b.upTo
		s.state.Tally.add(b.tally)
	}
}

// tryAll tries the cases of seeds until one breaks a law.
func tryAll(evaluate refundtest.Evaluator, cases *rapid.Generator[subject], from, upTo, oracle int64) (t tally, broken *breach) {
	t.Verdicts = map[string]int64{}
	for i := range upTo - from {
		seed := from + i
		ask := oracle > 0 && seed%oracle == 0
		_, o, err := try(evaluate, cases, seed, ask)
		if err != nil {
			return t, &breach{seed, err}
		}
		if ask {
			t.Asked++
		}
		t.Verdicts[o.Verdict.String()]++
		of := o.Digest()
		t.Digest.add(sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, uint64(seed)), of[:]...)))
	}
	return t, nil
}

// tell tells the progress after the time that it took.
func (s *soak) tell(w io.Writer, inHand []block, took time.Duration) {
	done, all := s.state.Next-s.state.From, s.upTo-s.state.From
	fmt.Fprintf(w, "soak: %d of %d cases", done, all)
	if since := s.state.Next - s.first; since > 0 {
		each := max(took/time.Duration(since), 1)
		left := each * time.Duration(s.upTo-s.state.Next)
		fmt.Fprintf(w, ", %d a second, %v left", time.Second/each, left.Round(time.Second))
	}
	for worker, b := range inHand {
		if b.upTo > 0 {
			fmt.Fprintf(w, "; worker %d: seeds %d to %d", worker+1, b.from, b.upTo-1)
		}
	}
	fmt.Fprintln(w)
}
