// Soak tries the laws of package refundtest on many random cases, and shows the
// smallest case that it can if one is broken.
//
//	go run ./refund/refundtest/cmd/soak [-n CASES] [-from SEED] [-state FILE]
//	go run ./refund/refundtest/cmd/soak -case SEED
//
// Each case comes from a seed, a number from 1 on: seed 7 is the same case in every
// run, on every machine with the same zone data. Every law is tried on every case, and
// one case of 64 (-oracle) is also held to the policy written a second time, which is
// slow. A processor does about ten thousand cases a second.
//
// Progress goes to standard error: which seeds each worker has in hand, and how far all
// of them are. The lowest seed of a case that breaks a law ends a run, and is tried
// again alone, with what it comes to, by -case.
//
// # Stop and go on
//
// With -state FILE, a run that was stopped (by an interrupt, or by the loss of its
// machine) goes on where it was when the same command is given again. It comes to the
// same digest of all outcomes as one that was never stopped, on whatever number of
// workers. A state that goes with other cases or outcomes than those of today is
// refused.
//
// # Fuzzing
//
// What reads bytes has fuzz targets, which take time and not seeds:
//
//	go test -run='^$' -fuzz='^FuzzDecode$' -fuzztime=10m ./refund/wire
//
// fuzzes one. The script .ci/soak soaks, and then fuzzes every target of the module for
// ten minutes; CASES and FUZZTIME change how long that takes.
//
//	CASES=100000 FUZZTIME=20s bash .ci/soak
//
// # Exit status
//
// 0 if no law is broken, 1 if one is, 2 for unusable arguments or a state that cannot
// be used, 3 if the run was stopped before its end.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	debug.SetGCPercent(400) // cases are short-lived, and there is little else
	status := run(ctx, refund.Policy.Evaluate, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

const (
	exitOK      = 0
	exitBroken  = 1
	exitFailed  = 2
	exitStopped = 3
)

// run is main with its surroundings as arguments.
func run(ctx context.Context, evaluate refundtest.Evaluator, args []string, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintln(stderr, "soak:", err)
		return exitFailed
	}
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	flags.SetOutput(stderr)
	n := flags.Int64("n", 10_000_000, "how many cases")
	from := flags.Int64("from", 1, "the seed of the first case")
	one := flags.Int64("case", 0, "try the case with this seed alone, and show it")
	oracle := flags.Int64("oracle", 64, "hold one case of so many to the oracle too; 0 for none")
	workers := flags.Int("workers", runtime.GOMAXPROCS(0), "how many cases at a time")
	file := flags.String("state", "", "where to note how far the run is, and to go on from if it is there")
	every := flags.Duration("every", 10*time.Second, "how often to tell the progress, and to note the state")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return exitOK
	} else if err != nil {
		return exitFailed
	}
	switch {
	case flags.NArg() > 0:
		return fail(fmt.Errorf("%q is no option", flags.Arg(0)))
	case *n < 1 || *from < 1 || *from > math.MaxInt-*n || *workers < 1 || *oracle < 0 || *every <= 0:
		return fail(errors.New("-n, -from, -workers and -every are at least 1, -oracle at least 0, and seeds integers of this machine"))
	case *one < 0 || *one > math.MaxInt:
		return fail(errors.New("-case is a seed, from 1 on"))
	case *one > 0:
		return tryOne(evaluate, *one, stdout)
	}

	s := &soak{evaluate: evaluate, oracle: *oracle, workers: *workers, upTo: *from + *n}
	s.state = state{From: *from, Next: *from, Oracle: *oracle}
	if *file != "" {
		if err := s.state.load(*file, evaluate); err != nil {
			return fail(err)
		}
		if s.state.Next > *from {
			fmt.Fprintf(stderr, "soak: going on from seed %d\n", s.state.Next)
		}
	}
	note := func() error {
		if *file == "" {
			return nil
		}
		return s.state.save(*file)
	}
	broken, err := s.run(ctx, stderr, *every, note)
	switch {
	case err != nil:
		return fail(err)
	case broken != nil:
		broken.show(stdout)
		return exitBroken
	}
	s.state.show(stdout)
	if s.state.Next < s.upTo {
		fmt.Fprintf(stdout, "stopped: seeds %d to %d are left\n", s.state.Next, s.upTo-1)
		return exitStopped
	}
	fmt.Fprintln(stdout, "no law is broken")
	return exitOK
}
