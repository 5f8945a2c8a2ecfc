// Conform tests a program, in any language, with the policy's conformance suite.
//
//	go run ./refund/refundtest/cmd/conform [-decisions] [-timeout 1m] -- PROGRAM ARGS
//
// The program reads JSON Lines from its standard input until it ends, and writes one line
// for each to its standard output, in order. A line of input is a document (the JSON of a
// refund.Case with a policy beside its fields), and the answer an outcome or a refusal;
// examples/evaluate is such a program. With -decisions a line of input is an officer's word
// on a case, and the answer a decision, the closed gates or the faults of the input.
// README.md of refund/refundtest/conformance describes the lines and their comparison.
//
// The report counts the vectors that passed for each clause and then lists each failure:
// the vector's name, clause and reason, the actual and the expected value. It includes the
// program's standard error if the program ended badly: a program may exit with status 0,
// or with 1 to report that it refused some lines.
//
// The exit status is 0 if everything passed, 1 if not, and 2 if there is no answer to
// judge: unusable arguments, a program that cannot be started, or one that writes no line
// at all. (Under go run any status but 0 becomes 1.)
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
}

const (
	exitOK       = 0
	exitFailures = 1
	exitUnusable = 2
)

// run is main with its surroundings as arguments.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintln(stderr, "conform:", err)
		return exitUnusable
	}
	flags := flag.NewFlagSet("conform", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: conform [-decisions] [-timeout 1m] -- PROGRAM ARGS")
		flags.PrintDefaults()
	}
	timeout := flags.Duration("timeout", time.Minute, "how long the program may take for all vectors together")
	decisions := flags.Bool("decisions", false, "test decisions instead of outcomes")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return exitOK
	} else if err != nil {
		return exitUnusable
	}
	switch {
	case flags.NArg() == 0:
		flags.Usage()
		return exitUnusable
	case *timeout <= 0:
		return fail(fmt.Errorf("-timeout %v is not positive", *timeout))
	}

	read := outcomeQuestions
	if *decisions {
		read = decisionQuestions
	}
	questions, err := read()
	if err != nil {
		return fail(err)
	}
	answer, err := ask(ctx, *timeout, flags.Args(), questions)
	if err != nil {
		return fail(err)
	}
	r := judge(questions, answer)
	if err := r.write(stdout); err != nil {
		return fail(err)
	}
	switch {
	case len(answer.lines) == 0:
		return exitUnusable
	case !r.passed():
		return exitFailures
	}
	return exitOK
}
