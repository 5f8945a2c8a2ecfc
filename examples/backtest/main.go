// Backtest reports the effect of a change of policy on past cases. It judges each case by
// the policy before and after the change, and adds up the differences in money, by clause.
//
//	go run ./examples/backtest -old FILE -new FILE [-format json|table] [-columns N]
//		[-fail-above AMOUNT] [FILE ...]
//	go run ./examples/backtest -lint [-at DATE] FILE ...
//
// The files of flags -old and -new hold the JSON of a refund.Policy or a refund.Versions.
// The other files hold cases, one a line, as program evaluate reads them; a field "policy"
// of a case must be valid and is otherwise ignored. The program reads standard input if no
// file is named, and for the name "-".
//
// With -format table, the default on a terminal, the report is for people. It is as wide as
// flag -columns, variable COLUMNS or the terminal says, or 80 characters. With -format json
// it is one JSON object.
//
// Flag -fail-above makes the program a gate for a change to a policy file: the status is 3
// if the new policy refunds more than the old one by a larger amount, such as 500.00USD. The
// flag may be repeated for other currencies. Currencies that it does not name may not rise.
//
// With -lint the files are policies, and the program prints the warnings of package whatif.
// The desk and the special days are looked at from day -at on, by default today.
//
// If standard error is a terminal, work that takes more than a second shows its progress.
//
// The exit status is 0 for a report of all cases, 1 if a policy refuses some cases, some lines
// could not be read as cases, or a policy has warnings, 2 for unusable arguments, an unreadable
// file or an output that cannot be written, and 3 if a difference is above the limit.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"
	_ "time/tzdata" // so that it runs where no zone database is installed

	"github.com/kasperinfotech/refundpolicy/examples/internal/inputs"
	"github.com/kasperinfotech/refundpolicy/examples/internal/terminal"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, time.Now()))
}

const usage = `usage: backtest -old FILE -new FILE [-format json|table] [-columns N]
                [-fail-above AMOUNT] [FILE ...]
       backtest -lint [-at DATE] FILE ...

Backtest judges refund cases, one JSON document a line, by two policies and
reports the difference in money, by clause. With -lint it checks policies.

`

const (
	exitOK      = 0
	exitRefused = 1
	exitFailed  = 2
	exitAbove   = 3
)

// options are the values of the flags.
type options struct {
	before, after string
	format        string
	columns       int
	lint          bool
	day           string
	limits        limits
	files         []string
}

// run is main with its surroundings as arguments.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer, now time.Time) int {
	fail := func(err error) int {
		fmt.Fprintln(stderr, "backtest:", err)
		return exitFailed
	}
	var o options
	flags := flag.NewFlagSet("backtest", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
	}
	flags.StringVar(&o.before, "old", "", "`file` of the policy before the change")
	flags.StringVar(&o.after, "new", "", "`file` of the policy after the change")
	flags.StringVar(&o.format, "format", "", "json or table (default table on a terminal, else json)")
	flags.IntVar(&o.columns, "columns", 0, "width of the table in characters (default $COLUMNS, or the terminal's width, or 80)")
	flags.Var(&o.limits, "fail-above", "exit with status 3 if the new policy refunds more by a larger `amount`, such as 500.00USD")
	flags.BoolVar(&o.lint, "lint", false, "print the warnings of policies instead")
	flags.StringVar(&o.day, "at", "", "the `date` from which -lint looks at the desk (default today)")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return exitOK
	} else if err != nil {
		return exitFailed
	}
	o.files = flags.Args()
	if o.format == "" {
		o.format = "json"
		if terminal.Is(stdout) {
			o.format = "table"
		}
	}
	if o.format != "json" && o.format != "table" {
		return fail(fmt.Errorf("-format %q is not one of json, table", o.format))
	}
	if o.lint {
		code, err := lint(o, stdout, now)
		if err != nil {
			return fail(err)
		}
		return code
	}
	if o.before == "" || o.after == "" {
		return fail(errors.New("-old and -new are required (-h for help)"))
	}
	before, err := readPolicy(o.before)
	if err != nil {
		return fail(err)
	}
	after, err := readPolicy(o.after)
	if err != nil {
		return fail(err)
	}
	in, err := inputs.Open(o.files, stdin)
	if err != nil {
		return fail(err)
	}
	if in.ReadsStdin() && terminal.Is(stdin) {
		fmt.Fprintln(stderr, "backtest: reading documents from standard input, one a line; end with Ctrl-D (-h for help)")
	}
	w := work{before: before, after: after, workers: runtime.GOMAXPROCS(0)}
	stop := func() {}
	if terminal.Is(stderr) {
		stop = in.ShowProgress(stderr, &w.done)
	}
	r, err := w.run(in)
	stop()
	if err != nil {
		return fail(err)
	}
	r.above = o.limits.above(r.Report)

	text := r.table(terminal.TableWidth(o.columns, os.Getenv("COLUMNS"), terminal.Width(stdout)))
	if o.format == "json" {
		text, err = r.json()
	}
	if err == nil {
		_, err = stdout.Write(text)
	}
	switch {
	case err != nil:
		return fail(err)
	case len(r.above) > 0:
		return exitAbove
	case r.unread > 0 || r.Excluded > 0:
		return exitRefused
	}
	return exitOK
}
