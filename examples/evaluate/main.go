// Evaluate evaluates cases. It reads them as JSON Lines and writes, for each, the
// refundable amount and the reasons.
//
//	go run ./examples/evaluate [-format json|table] [-explain] [-columns N] [-letters DIR] [FILE ...]
//
// A line of input is a document: the JSON of a refund.Case, with a field "policy" beside
// its own if the case is not judged by the published policy in New York. The program
// reads standard input if no file is named, and for the name "-". It skips blank lines.
//
// With -format json, a line of output is the JSON of a refund.Outcome. This is the default
// if standard output is not a terminal. A case that is refused has this line in its place,
// with the subscription's id if the id could be read:
//
//	{"line":7,"subscription":"SUB-7","error":"refund: invalid input: …","fields":["subscription.paid"]}
//
// A document that is spread over several lines is refused once, at its first line.
//
// With -format table the output is for people, with totals for each verdict and currency
// at the end. It is as wide as flag -columns, variable COLUMNS or the terminal says, or 80
// characters. With -explain, the reasons of each case take the place of its row, in lines of
// 72 characters (notice.Explain).
//
// With -letters, the program also writes files about each case into a folder: the letter to
// the customer as HTML and as plain text, a picture that the customer may see, and a note for
// the agent, which must not leave the company. Their names have the line and the id of the
// subscription, also of a case on hold: rename a letter before you attach it. Start with
// index.html. The program creates the folder if it does not exist, and replaces files of the
// same names. With -letters the cases must be in one file, since the names have only the line.
//
// If standard error is a terminal and standard output is not, work that takes more than a
// second shows its progress.
//
// The exit status is 0 if all cases were evaluated, 1 if some were refused, and 2
// for unusable arguments, an unreadable file, or an output or a letter that cannot be
// written.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	_ "time/tzdata" // so that it runs where no zone database is installed

	"github.com/kasperinfotech/refundpolicy/examples/internal/inputs"
	"github.com/kasperinfotech/refundpolicy/examples/internal/terminal"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// usage and example stand before and after the flags in the text of -h.
const (
	usage = `usage: evaluate [-format json|table] [-explain] [-columns N] [-letters DIR] [FILE ...]

Evaluate reads refund cases, one JSON document a line, from the files or from
standard input, and writes the refundable amount of each. The published policy in
New York applies, unless the document has a policy. With -letters, it also writes
letters, notes and pictures of the cases into a folder, to look through.

`
	example = `
Example, with one case on standard input:

  echo '{"subscription": {"id": "SUB-1", "start": "2026-03-02T10:00:00-05:00",
    "service": {"code": "pc-care", "billing": "recurring",
      "per_instance": {"amount": "25.00", "currency": "USD"}},
    "price": {"amount": "199.99", "currency": "USD"},
    "paid": {"amount": "199.99", "currency": "USD"}},
    "issues": [], "request": {"at": "2026-03-05T10:30:00-05:00",
    "channel": "email", "reason": "not satisfied"}}' | tr -d '\n' | evaluate -format table
`
)

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
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
		fmt.Fprint(stderr, example)
	}
	name := flags.String("format", "", "json or table (default table on a terminal, else json)")
	explain := flags.Bool("explain", false, "write the reasons of each case in place of a table")
	columns := flags.Int("columns", 0, "width of the table in characters (default $COLUMNS, or the terminal's width, or 80)")
	folder := flags.String("letters", "", "also write letters, notes and pictures into the folder `DIR`, with an index.html")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return exitOK
	} else if err != nil {
		return exitFailed
	}

	if *name == "" {
		*name = "json"
		if *explain || terminal.Is(stdout) {
			*name = "table"
		}
	}
	var f format
	switch {
	case *name == "table" && *explain:
		f = explained{}
	case *name == "table":
		f = newTable(terminal.TableWidth(*columns, os.Getenv("COLUMNS"), terminal.Width(stdout)))
	case *name != "json":
		return fail(fmt.Errorf("-format %q is not one of json, table", *name))
	case *explain:
		return fail(errors.New("-explain goes with -format table: the steps are in the JSON already"))
	default:
		f = jsonLines{}
	}
	if *folder != "" && flags.NArg() > 1 {
		return fail(errors.New("-letters needs the cases in one file: the names of letters have only the line of the case"))
	}

	in, err := inputs.Open(flags.Args(), stdin)
	if err != nil {
		return fail(err)
	}
	if in.ReadsStdin() && terminal.Is(stdin) {
		fmt.Fprintln(stderr, "evaluate: reading documents from standard input, one a line; end with Ctrl-D (-h for help)")
	}
	e := evaluation{format: f, workers: runtime.GOMAXPROCS(0)}
	if *folder != "" {
		if e.letters, err = openLetters(*folder); err != nil {
			return fail(err)
		}
	}
	if showsProgress(stderr, stdout) {
		stop := in.ShowProgress(stderr, &e.done)
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

// showsProgress reports whether progress is shown: to somebody at a terminal who does
// not see the results go by.
func showsProgress(stderr, stdout io.Writer) bool { return terminal.Is(stderr) && !terminal.Is(stdout) }
