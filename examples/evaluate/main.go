// Evaluate reads cases as JSON Lines and writes, for each, what may be refunded and
// why.
//
//	go run ./examples/evaluate [-format json|table] [-explain] [FILE ...]
//
// A line of input is a document: a case, with the policy to judge it by beside it
// where that is not the published one in New York. Standard input is read when no file
// is named, or for the name "-". Blank lines are skipped.
//
// With -format json, the default when standard output is no terminal and nothing is
// to be explained, a line of output is an outcome, or says why there is none, with the subscription's id where that could be
// read:
//
//	{"line":7,"subscription":"SUB-7","error":"refund: invalid input: …","fields":["subscription.paid"]}
//
// With -format table it is for people, with totals at the end; -explain adds the
// eighteen steps of each case in words, and what was refunded before
// or is disputed. What takes more than a second shows its
// progress, if standard error is a terminal and standard output is none.
//
// The exit status is 0 if all cases were evaluated, 1 if some were refused, and 2
// for unusable arguments, an unreadable file or an output that cannot be written.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	_ "time/tzdata" // so that it runs where no zone database is installed
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

const (
	exitOK      = 0
	exitRefused = 1
	exitFailed  = 2
)

// run is main with its surroundings as arguments.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintln(stderr, "evaluate:", err)
		return exitFailed
	}
	flags := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: evaluate [-format json|table] [-explain] [FILE ...]")
		flags.PrintDefaults()
	}
	name := flags.String("format", "", "json or table (default table on a terminal, else json)")
	explain := flags.Bool("explain", false, "add the steps of each case in words to the table")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return exitOK
	} else if err != nil {
		return exitFailed
	}

	if *name == "" {
		*name = "json"
		if *explain || isTerminal(stdout) {
			*name = "table"
		}
	}
	var f format
	switch {
	case *name == "table":
		f = &table{explain: *explain}
	case *name != "json":
		return fail(fmt.Errorf("-format %q is neither json nor table", *name))
	case *explain:
		return fail(errors.New("-explain goes with -format table: the steps are in the JSON already"))
	default:
		f = jsonLines{}
	}

	in, err := openInputs(flags.Args(), stdin)
	if err != nil {
		return fail(err)
	}
	e := evaluation{format: f, workers: runtime.GOMAXPROCS(0)}
	if showsProgress(stderr, stdout) {
		stop := showProgress(stderr, &e, in)
		defer stop()
	}
	refused, err := e.run(in, stdout)
	switch {
	case err != nil:
		return fail(err)
	case refused > 0:
		return exitRefused
	}
	return exitOK
}

// showsProgress reports whether somebody looks on, who sees nothing else happen.
func showsProgress(stderr, stdout io.Writer) bool { return isTerminal(stderr) && !isTerminal(stdout) }

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull) // a character device too
	return err != nil || !os.SameFile(info, null)
}
