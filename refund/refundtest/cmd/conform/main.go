// Conform tests a program, in any language, with the policy's conformance vectors.
//
//	go run ./refund/refundtest/cmd/conform [-decisions] [-timeout 1m] -- PROGRAM ARGS
//
// The program reads JSON Lines from its standard input until it ends, and writes one line
// for each to its standard output, in order. A line of input is a document: the JSON of a
// refund.Case with a field "policy" beside its own. The answer is an outcome or a refusal;
// examples/evaluate is such a program. With -decisions a line of input is a case with an
// officer's approval, goodwill or denial, and the answer is a decision, the closed gates or
// the faults of the input. README.md of refund/refundtest/conformance describes the lines and
// their comparison.
//
// The report lists each failure with the name, clause and reason of its vector and the
// values that differ. It ends with the number of vectors that passed for each clause. It
// includes the program's standard error if the program failed: a program may exit with
// status 0, or with 1 to report that it refused some lines.
//
// A program that writes no line is not judged: the report has its standard error alone.
// A program that has read all input and written no line is stopped after 10 seconds.
//
// The exit status is 0 if all vectors passed, 1 if some failed, and 2 for unusable
// arguments, a program that cannot be started, and a program that writes no line. Under
// go run, a status other than 0 becomes 1.
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

// usage and example are the texts of -h before and after the flags.
const (
	usage = `usage: conform [-decisions] [-timeout 1m] -- PROGRAM ARGS

Conform runs the program, writes the vectors to its standard input as JSON Lines,
and compares each line of its standard output with the expected answer.

`
	example = `
Example, with a program that passes:

  go build -o evaluate ./examples/evaluate
  conform -- ./evaluate -format json
`
)

// run is main with its input and output as arguments.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintln(stderr, "conform:", err)
		return exitUnusable
	}
	flags := flag.NewFlagSet("conform", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
		fmt.Fprint(stderr, example)
	}
	timeout := flags.Duration("timeout", time.Minute, "time limit of the program for all vectors together")
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
